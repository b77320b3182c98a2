"""An editor's verdict on a reply."""

from bot.context import Context
from bot.desk.errors import DeskError
from bot.desk.find import find_answer
from storage.acts import acts
from storage.replies import verdicts
from storage.states import VerdictValue


async def decide(
    context: Context, workspace: str, reply_id: int, value: VerdictValue, *, editor: str, note: str = ""
) -> int:
    """An editor's verdict on the whole answer that a reply belongs to; answers how many of its parts it covers."""
    async with context.store.write() as session:
        answer, _, _ = await find_answer(context, session, [workspace], reply_id)
        ids = [part.reply.revision_id for part in answer.parts]
        now = context.now()
        added = await verdicts.add_editors(session, ids, value, editor=editor, note=note, now=now)
        entered = {"verdicts": added}
        await acts.record_act(session, workspace, acts.JUDGED, f"reply {reply_id}", by=editor, now=now, added=entered)
    return len(ids)


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
        raise DeskError(f"no editor has decided about reply {reply_id}: there is nothing to restore")
    return restored
