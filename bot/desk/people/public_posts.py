"""Quoting a public post whose author was not asked: an editor decides it, by name."""

from dataclasses import dataclass

from bot.context import Context
from bot.desk.errors import DeskError, Sentence, refuse
from bot.desk.find import find_answer
from bot.digest.selection.select import Answer
from bot.quotes import Barrier, Edition
from storage.replies import consents
from storage.states import ConsentState


@dataclass(frozen=True, slots=True)
class QuotedAsPublic:
    """What an editor decided to quote. replies: ids of the parts of the answer that were not asked."""

    replies: tuple[int, ...]
    author: str


async def quote_as_public(context: Context, workspace: str, reply_id: int, *, by: str) -> QuotedAsPublic:
    """Let a public post that was not asked stand in the edition to share too, by the word of an editor.

    It holds for these very words. Raises DeskError where something else bars it: what its author or an editor said, or
    a question of ours without a notice.
    """
    async with context.store.write() as session:
        answer, _, _ = await find_answer(context, session, [workspace], reply_id)
        unasked = [part for part in answer.parts if part.barriers[Edition.PUBLIC] is Barrier.NOT_ASKED]
        if not unasked:
            raise _say_why_not(reply_id, answer)
        await consents.add_consent(
            session,
            [part.reply.revision_id for part in unasked],
            ConsentState.PUBLIC_POST,
            context.now(),
            wording="quoted as a public post; its author was not asked",
            proof=f"decided by {by}",
        )
    first = answer.parts[0].reply
    return QuotedAsPublic(tuple(part.reply.id for part in unasked), first.display_name or first.handle)


def _say_why_not(reply_id: int, answer: Answer) -> DeskError:
    barriers = [barrier for part in answer.parts if (barrier := part.barriers[Edition.PUBLIC]) is not None]
    if not barriers:
        return refuse("quotable_already", reply=reply_id)
    if barriers[0] is Barrier.WAITING:
        return refuse("waits_for_leave", reply=reply_id)
    why = Sentence(f"face.review.barriers.{barriers[0]}", {})
    return refuse("not_as_public", reply=reply_id, why=why)
