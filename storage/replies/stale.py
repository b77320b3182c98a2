"""What makes digests on disk say what they may no longer say; noted in the transaction that makes it so."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.models import Reply, Revision, StaleDigest, StaleReply
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


async def note_digests(session: AsyncSession, digest_ids: Collection[int]) -> None:
    """These digests are to be written anew, whatever they quote."""
    if digest_ids:
        await session.execute(insert(StaleDigest), [{"digest_id": digest_id} for digest_id in sorted(digest_ids)])


@dataclass(frozen=True, slots=True)
class Noted:
    """What is noted: replies and digests, by the id of the note."""

    replies: Mapping[int, int]
    digests: Mapping[int, int]

    def __bool__(self) -> bool:
        return bool(self.replies or self.digests)


async def load_stale(session: AsyncSession) -> Noted:
    """All that is noted."""
    replies = await session.execute(select(StaleReply.id, StaleReply.reply_id).order_by(StaleReply.id))
    digests = await session.execute(select(StaleDigest.id, StaleDigest.digest_id).order_by(StaleDigest.id))
    return Noted(dict(replies.all()), dict(digests.all()))


async def drop_stale(session: AsyncSession, noted: Noted) -> None:
    """Their digests were written anew."""
    for chunk in chunked(list(noted.replies)):
        await session.execute(delete(StaleReply).where(StaleReply.id.in_(chunk)))
    for chunk in chunked(list(noted.digests)):
        await session.execute(delete(StaleDigest).where(StaleDigest.id.in_(chunk)))
