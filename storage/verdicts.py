"""Verdicts: which one stands, and adding one only where it differs."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Reply, Revision, Verdict


def choose_standing(verdicts: Iterable[Verdict]) -> dict[int, Verdict]:
    """The verdict that stands, by revision: the last one of an editor, else the last one of the rules."""
    standing: dict[int, Verdict] = {}
    for verdict in sorted(verdicts, key=lambda each: each.id):
        if verdict.editor is not None and verdict.restored_at is not None:
            continue
        before = standing.get(verdict.revision_id)
        if before is None or verdict.editor is not None or before.editor is None:
            standing[verdict.revision_id] = verdict
    return standing


async def load_standing(session: AsyncSession, question_id: int) -> dict[int, Verdict]:
    """The standing verdicts of all revisions of a question, by revision id."""
    rows = await session.scalars(
        select(Verdict)
        .join(Revision, Revision.id == Verdict.revision_id)
        .join(Reply, Reply.id == Revision.reply_id)
        .where(Reply.question_id == question_id)
        .execution_options(populate_existing=True)
    )
    return choose_standing(rows)


async def load_by_rules(session: AsyncSession, question_id: int) -> dict[int, Verdict]:
    """The last verdict of the rules, by revision id."""
    rows = await session.scalars(
        select(Verdict)
        .join(Revision, Revision.id == Verdict.revision_id)
        .join(Reply, Reply.id == Revision.reply_id)
        .where(Reply.question_id == question_id, Verdict.editor.is_(None))
        .order_by(Verdict.id)
    )
    return {verdict.revision_id: verdict for verdict in rows}


async def restore_verdicts(session: AsyncSession, revision_ids: Sequence[int], now: datetime) -> int:
    """Take the editors' verdicts of these revisions back, so that the rules' stand again; answers how many."""
    restored = await session.execute(
        update(Verdict)
        .where(Verdict.revision_id.in_(revision_ids), Verdict.editor.is_not(None), Verdict.restored_at.is_(None))
        .values(restored_at=now)
        .returning(Verdict.id)
    )
    return len(restored.all())
