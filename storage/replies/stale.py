"""Replies whose digests on disk say what they may no longer say; noted in the transaction that makes them so."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.models import Reply, Revision, StaleReply
from storage.sql.chunks import chunked


async def note_stale(session: AsyncSession, reply_ids: Collection[int]) -> None:
    """Note that these replies changed."""
    if reply_ids:
        await session.execute(insert(StaleReply), [{"reply_id": reply_id} for reply_id in sorted(reply_ids)])


async def note_author(session: AsyncSession, author_id: int) -> None:
    """Note all replies of an author."""
    of_author = select(Reply.id).where(Reply.author_id == author_id)
    await session.execute(insert(StaleReply).from_select(["reply_id"], of_author))


async def note_refused(session: AsyncSession, revision_ids: Sequence[int]) -> None:
    """These wordings were refused, and with them what their authors said else to the same questions."""
    other = aliased(Reply)
    for chunk in chunked(revision_ids):
        ids = (
            select(other.id)
            .distinct()
            .join(Reply, (Reply.author_id == other.author_id) & (Reply.question_id == other.question_id))
            .join(Revision, Revision.reply_id == Reply.id)
            .where(Revision.id.in_(chunk))
        )
        await session.execute(insert(StaleReply).from_select(["reply_id"], ids))


async def load_stale(session: AsyncSession) -> dict[int, int]:
    """What is noted: the reply's id by the note's."""
    rows = await session.execute(select(StaleReply.id, StaleReply.reply_id).order_by(StaleReply.id))
    return {row.id: row.reply_id for row in rows}


async def drop_stale(session: AsyncSession, note_ids: Sequence[int]) -> None:
    """Their digests were written anew."""
    for chunk in chunked(note_ids):
        await session.execute(delete(StaleReply).where(StaleReply.id.in_(chunk)))
