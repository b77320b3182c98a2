"""An editor's verdict on a reply."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.context import Context
from bot.desk.answers.review import Seen, find_passage, see
from bot.desk.errors import refuse
from bot.desk.find import find_answer
from bot.digest.selection.select import Answer
from bot.quotes import Edition
from storage.acts import acts
from storage.engine import Session
from storage.replies import verdicts
from storage.replies.review import add_passage
from storage.states import VerdictValue


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of an editor's verdict. seen: the answer before it. barrier: what keeps the reply from being quoted
    all the same, "" for nothing. is_done: False where it was not what the editor had seen. act: its number in the
    history, None where it is not done.
    """

    seen: Seen
    barrier: str
    is_done: bool
    act: int | None


async def decide(
    context: Context, workspace: str, reply_id: int, value: VerdictValue, *, editor: str, note: str = ""
) -> int:
    """An editor's verdict on the whole answer that a reply belongs to; answers how many of its parts it covers."""
    async with context.store.write() as session:
        answer, _, _ = await find_answer(context, session, [workspace], reply_id)
        await _record(context, session, (workspace, reply_id), answer, value, editor=editor, note=note)
    return len(answer.parts)


async def keep_passage(context: Context, workspace: str, reply_id: int, words: str, *, by: str) -> int:
    """Quote these words of an answer, and keep it: one act, taken back as one; its number in the history.

    Raises DeskError as `choose_passage`.
    """
    async with context.store.write() as session:
        answer, _, _ = await find_answer(context, session, [workspace], reply_id)
        passage, _ = find_passage(context, answer, words, by=by)
        added = await add_passage(session, passage)
        where = (workspace, reply_id)
        return await _record(context, session, where, answer, VerdictValue.KEEP, editor=by, note="", passages=[added])


async def decide_as_seen(  # where, what, which, as whom, and what they saw
    context: Context,
    workspaces: Sequence[str],
    reply_id: int,
    value: VerdictValue,
    *,
    editor: str,
    note: str = "",
    is_same: Callable[[Seen], bool],
) -> Decided:
    """The same where the answer is still what the editor saw. Raises DeskError."""
    async with context.store.write() as session:
        answer, _, question = await find_answer(context, session, workspaces, reply_id)
        seen = see(question.workspace, answer)
        barriers = (part.barriers[Edition.PUBLIC] for part in answer.parts if part.reply.id == reply_id)
        is_done, act = is_same(seen), None
        if is_done:
            where = (question.workspace, reply_id)
            act = await _record(context, session, where, answer, value, editor=editor, note=note)
    return Decided(seen, str(next(barriers) or ""), is_done, act)


async def _record(
    context: Context,
    session: Session,
    where: tuple[str, int],
    answer: Answer,
    value: VerdictValue,
    *,
    editor: str,
    note: str,
    passages: Sequence[int] = (),
) -> int:
    """where: the workspace, and the reply that was named. passages: the ids of those that were chosen with it.

    Answers the number of the act.
    """
    (workspace, reply_id), now = where, context.now()
    ids = [part.reply.revision_id for part in answer.parts]
    added = await verdicts.add_editors(session, ids, value, editor=editor, note=note, now=now)
    entered = {"verdicts": added, "chosen_passages": passages}
    subject = f"reply {reply_id}"
    act = await acts.record_act(session, workspace, acts.JUDGED, subject, by=editor, now=now, added=entered)
    return act.id


async def restore(context: Context, workspace: str, reply_id: int, *, by: str = "") -> int:
    """Take an editor's verdict on an answer back: the rules' stands again. Raises DeskError where there is none."""
    async with context.store.write() as session:
        answer, _, _ = await find_answer(context, session, [workspace], reply_id)
        ids = [part.reply.revision_id for part in answer.parts]
        restored = await verdicts.restore_verdicts(session, ids, context.now())
        if restored:
            subject = f"reply {reply_id}"
            await acts.record_act(session, workspace, acts.RESTORED, subject, by=by, now=context.now())
    if not restored:
        raise refuse("not_decided", reply=reply_id)
    return restored
