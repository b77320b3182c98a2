"""What an author decided, as an editor heard it; and whom the editor never quotes."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.context import Context
from bot.desk.errors import DeskError
from bot.desk.find import find_answer, find_author
from bot.digest.rewrite import rewrite_stale
from storage.acts import acts
from storage.replies import authors, consents
from storage.replies.current import CurrentReply
from storage.states import REFUSALS, ConsentState

DECISIONS = {
    "granted": ConsentState.GRANTED,
    "anonymous": ConsentState.GRANTED_ANONYMOUSLY,
    "refused": ConsentState.REFUSED,
    "withdrawn": ConsentState.WITHDRAWN,
}
"""The words of an editor."""


@dataclass(frozen=True, slots=True)
class RecordedConsent:
    """What was entered. replies: ids of the answer's parts. rewritten: files that had shown it. told: what is not
    done.
    """

    replies: tuple[int, ...]
    state: ConsentState
    rewritten: tuple[Path, ...]
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DoNotQuoteMark:
    """Whose mark was set. changed: False where it was so already. rewritten: files that had shown them. told: as
    above.
    """

    author_id: int
    platform: str
    name: str
    changed: bool
    rewritten: tuple[Path, ...]
    told: tuple[str, ...] = ()


async def record_consent(
    context: Context,
    workspace: str,
    reply_id: int,
    decision: str,
    *,
    wording: str = "",
    proof: str = "",
    credit: str = "",
    by: str = "",
) -> RecordedConsent:
    """Enter one of `DECISIONS` for the whole answer that a reply belongs to. Raises DeskError.

    wording: what was asked or agreed; proof: where that can be seen; credit: how they want to be named.
    """
    state = DECISIONS[decision]
    async with context.store.write() as session:
        answer, _, _ = await find_answer(context, session, [workspace], reply_id)
        added = await consents.add_consent(
            session,
            _choose_wordings(reply_id, state, [part.reply for part in answer.parts]),
            state,
            context.now(),
            wording=wording,
            proof=proof,
            credit=credit,
        )
        subject, entered = f"reply {reply_id}", {"consents": added}
        await acts.record_act(session, workspace, acts.DECIDED, subject, by=by, now=context.now(), added=entered)
    done = await rewrite_stale(context)
    return RecordedConsent(tuple(part.reply.id for part in answer.parts), state, done.paths, done.told)


def _choose_wordings(reply_id: int, state: ConsentState, parts: Sequence[CurrentReply]) -> list[int]:
    """A yes is for words that are there; a no is for whatever there was."""
    if state in REFUSALS:
        return [part.revision_id for part in parts]
    there = [part.revision_id for part in parts if part.text is not None]
    if not there:
        raise DeskError(f"reply {reply_id} has no words any more: there is nothing to agree to")
    return there


async def mark_do_not_quote(
    context: Context, workspace: str, named: str, *, on: bool, reason: str = "", by: str = ""
) -> DoNotQuoteMark:
    """Put an author on the do-not-quote list or take them off; it reaches every digest. Raises DeskError."""
    async with context.store.write() as session:
        author = await find_author(session, workspace, named)
        changed = author.do_not_quote is not on
        if changed:
            now = context.now()
            await authors.set_do_not_quote(session, author, reason, now if on else None)
            await acts.record_act(session, workspace, acts.LISTED, f"author {author.id}", by=by, now=now)
    done = await rewrite_stale(context)
    name = author.display_name or author.handle
    return DoNotQuoteMark(author.id, author.platform, name, changed, done.paths, done.told)
