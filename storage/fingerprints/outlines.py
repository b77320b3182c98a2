"""Outlines of answers: what is judged already, and with what it was compared. A reply without one is to be judged."""

from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.models import Author, Outline, Reply, Revision
from storage.sql.bulk import BulkInsert
from storage.sql.chunks import chunked
from storage.sql.newest import newest_revision

_UPSERT_OUTLINE = BulkInsert(
    into="outlines (question_id, reply_id, outline)",
    values="?, ?, ?",
    types=("int", "int", "bytea"),
    conflict="ON CONFLICT (question_id, reply_id) DO UPDATE SET outline = excluded.outline",
)


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A reply that is to be judged. is_edited: it had other words before."""

    reply_id: int
    author_id: int
    is_edited: bool


async def list_unjudged(session: AsyncSession, question_id: int, most: int) -> list[Unjudged]:
    """Replies of a question that can be read and have no outline, the earliest first."""
    judged = exists().where(Outline.question_id == question_id, Outline.reply_id == Reply.id)
    rows = await session.execute(
        select(Reply.id, Reply.author_id, Revision.number > 1)
        .join(Revision, Revision.reply_id == Reply.id)
        .where(Reply.question_id == question_id, ~judged, newest_revision(), Revision.text.is_not(None))
        .order_by(Reply.posted_at, Reply.id)
        .limit(most)
    )
    return [Unjudged(*row) for row in rows]


async def stream_outlines(session: AsyncSession, question_id: int, size: int) -> AsyncIterator[list[tuple[int, bytes]]]:
    """(Reply id, outline) of all that is judged, `size` at a time, in no order."""
    rows = await session.stream(
        select(Outline.reply_id, Outline.outline)
        .where(Outline.question_id == question_id)
        .execution_options(yield_per=size)
    )
    async for partition in rows.partitions():
        yield [(reply_id, outline) for reply_id, outline in partition]


async def write_outlines(
    session: AsyncSession, question_id: int, answers: Sequence[Sequence[tuple[int, int, bytes]]]
) -> None:
    """Note what answers were judged from, in place of what stood there: (reply id, revision id, outline) of each part.

    Of what was emptied or edited since it was read nothing is written: until this transaction ends, nobody empties it.
    """
    given = [revision_id for parts in answers for _, revision_id, _ in parts]
    standing = await session.scalars(
        select(Revision.id)
        .where(Revision.id.in_(given), Revision.text.is_not(None), newest_revision())
        .with_for_update(read=True)
    )
    ids = set(standing)
    rows = [
        (question_id, reply_id, outline)
        for parts in answers
        if all(revision_id in ids for _, revision_id, _ in parts)
        for reply_id, _, outline in parts
    ]
    await _UPSERT_OUTLINE.run(session, sorted(rows))


async def drop_outlines(session: AsyncSession, reply_ids: Sequence[int]) -> None:
    """The words of these replies are gone or others: so is what was made of them, and of the answers they are part of.

    Those are of one author.
    """
    for chunk in chunked(reply_ids):
        dropped, sibling = aliased(Reply), aliased(Reply)
        found = await session.execute(
            select(sibling.question_id, sibling.id)
            .join(dropped, (dropped.author_id == sibling.author_id) & (dropped.question_id == sibling.question_id))
            .where(dropped.id.in_(chunk))
            .distinct()
        )
        await forget_judged(session, [(question_id, reply_id) for question_id, reply_id in found])


async def forget_changed_profiles(session: AsyncSession, remote_ids: Sequence[str], now: datetime) -> None:
    """Of these authors those who say something else of themselves since `now`: their answers are to be judged again."""
    for chunk in chunked(remote_ids):
        found = await session.execute(
            select(Reply.question_id, Reply.id)
            .join(Author, Author.id == Reply.author_id)
            .where(Author.remote_id.in_(chunk), Author.seen_at == now)
        )
        await forget_judged(session, [(question_id, reply_id) for question_id, reply_id in found])


async def forget_judged(session: AsyncSession, replies: Collection[tuple[int, int]]) -> None:
    """These replies, (question id, reply id), are to be judged again."""
    for chunk in chunked(sorted(replies)):
        await session.execute(delete(Outline).where(tuple_(Outline.question_id, Outline.reply_id).in_(chunk)))


async def forget_all_judged(session: AsyncSession, question_id: int) -> None:
    """All replies of a question are to be judged again."""
    await session.execute(delete(Outline).where(Outline.question_id == question_id))
