"""Passages that editors chose."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import ChosenPassage, Reply, Revision


async def chosen_passages(session: AsyncSession, question_id: int) -> dict[int, tuple[int, int]]:
    """The last chosen span of each revision of a question's replies, by revision id."""
    rows = await session.execute(
        select(ChosenPassage.revision_id, ChosenPassage.start, ChosenPassage.end)
        .join(Revision, Revision.id == ChosenPassage.revision_id)
        .join(Reply, Reply.id == Revision.reply_id)
        .where(Reply.question_id == question_id)
        .order_by(ChosenPassage.id)
    )
    return {revision_id: (start, end) for revision_id, start, end in rows}
