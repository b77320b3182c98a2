"""Replies as they are stored: reading them, emptying them, and what a re-read found."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.erasing.senders import forget_senders
from storage.fingerprints.prints import drop_prints
from storage.models import Author, Consent, Post, PostPart, Question, Reply, Revision, Target
from storage.read_backs import drop_read_backs
from storage.replies.stale import note_stale
from storage.replies.verdicts import strip_evidence
from storage.search.taken import note_taken
from storage.sql.chunks import chunked
from storage.sql.newest import newest_revision
from storage.states import NOT_OVER, TOMBSTONES, ConsentState, ReplyState


async def empty_replies(
    session: AsyncSession, reply_ids: Sequence[int], now: datetime, *, purged: bool = False
) -> None:
    """Deleted at the source, or purged by us: the words of every revision go, a tombstone stays."""
    state = ReplyState.PURGED if purged else ReplyState.DELETED
    for chunk in chunked(reply_ids):
        await session.execute(update(Reply).where(Reply.id.in_(chunk)).values(state=state, checked_at=now))
        await session.execute(
            update(Revision)
            .where(Revision.reply_id.in_(chunk))
            .values(text=None, original=None, foreign=[], emptied_at=now)
        )
        await strip_evidence(session, chunk)
        await drop_read_backs(session, chunk)
        if purged:
            await forget_senders(session, chunk)
        await drop_prints(session, chunk, now)
        touched = select(Reply.question_id).where(Reply.id.in_(chunk))
        await session.execute(update(Question).where(Question.id.in_(touched)).values(changed_at=now))
        await note_stale(session, chunk)
        await note_taken(session, now)


async def find_reply_ids(session: AsyncSession, platform: str, remote_ids: Sequence[str]) -> dict[str, list[int]]:
    """Ids of stored replies by the platform's id; one reply can stand under two questions."""
    found: dict[str, list[int]] = {}
    for chunk in chunked(remote_ids):
        rows = await session.execute(
            select(Reply.remote_id, Reply.id).where(Reply.platform == platform, Reply.remote_id.in_(chunk))
        )
        for remote_id, id_ in rows:
            found.setdefault(remote_id, []).append(id_)
    return found


async def find_reply(
    session: AsyncSession, workspaces: Collection[str], reply_id: int
) -> tuple[Reply, Question] | None:
    """A reply with its question, where that is of one of these workspaces."""
    query = select(Reply, Question).join(Question, Question.id == Reply.question_id)
    row = (await session.execute(query.where(Reply.id == reply_id, Question.workspace.in_(workspaces)))).first()
    return None if row is None else (row[0], row[1])


async def list_replies_of(session: AsyncSession, author_id: int, reply_id: int | None = None) -> list[Reply]:
    """What an author said, or that one reply of it, where it has its words yet."""
    query = select(Reply).where(Reply.author_id == author_id, Reply.state.not_in(TOMBSTONES)).order_by(Reply.id)
    return list(await session.scalars(query if reply_id is None else query.where(Reply.id == reply_id)))


async def slugs_of_replies(session: AsyncSession, workspace: str, author_id: int) -> dict[int, str]:
    """What an author said in a workspace: the question's slug by the reply's id."""
    rows = await session.execute(
        select(Reply.id, Question.slug)
        .join(Question, Question.id == Reply.question_id)
        .where(Reply.author_id == author_id, Question.workspace == workspace)
    )
    return dict(rows.all())


async def count_replies(session: AsyncSession, post_ids: Sequence[int]) -> dict[int, int]:
    """Stored replies a post, deleted ones too: the platform counted them once."""
    rows = await session.execute(
        select(Reply.post_id, func.count()).where(Reply.post_id.in_(post_ids)).group_by(Reply.post_id)
    )
    return {post_id: count for post_id, count in rows if post_id is not None}


async def count_undeleted(session: AsyncSession, post_id: int, *, nested: bool) -> int:
    """Replies to a post that a platform would count: not the deleted ones, with those of who asked.

    nested: replies to replies too; without them quotes and direct replies to any part of the post.
    """
    parts = set(await session.scalars(select(PostPart.remote_id).where(PostPart.post_id == post_id)))
    query = select(func.count()).where(Reply.post_id == post_id, Reply.state != ReplyState.DELETED)
    if not nested:
        query = query.where(or_(Reply.parent_remote_id.is_(None), Reply.parent_remote_id.in_(parts)))
    asked = (await session.get_one(Post, post_id)).asker_replies
    by_asker = sum(nested or parent in parts for parent in asked.values())
    return (await session.scalar(query) or 0) + by_asker


async def load_known(session: AsyncSession, reply_ids: Sequence[int]) -> list[tuple[Reply, Revision]]:
    """Stored replies that are not deleted, with their newest revision."""
    found: list[tuple[Reply, Revision]] = []
    for chunk in chunked(reply_ids):
        rows = await session.execute(
            select(Reply, Revision)
            .join(Revision, Revision.reply_id == Reply.id)
            .where(Reply.id.in_(chunk), Reply.state.not_in(TOMBSTONES), newest_revision())
            .order_by(Reply.id)
        )
        found.extend((reply, revision) for reply, revision in rows)
    return found


async def find_hinted(session: AsyncSession, hinted: Collection[tuple[int, str]]) -> list[int]:
    """Ids of the replies that (account id, remote id) pairs name, and of all to a post of ours that they name."""
    found: set[int] = set()
    for account_id in sorted({account_id for account_id, _ in hinted}):
        names = sorted(remote_id for owner, remote_id in hinted if owner == account_id)
        for chunk in chunked(names):
            posts = select(PostPart.post_id).where(PostPart.remote_id.in_(chunk))
            rows = await session.scalars(
                select(Reply.id).where(
                    Reply.account_id == account_id, or_(Reply.remote_id.in_(chunk), Reply.post_id.in_(posts))
                )
            )
            found.update(rows)
    return sorted(found)


async def mark_checked(
    session: AsyncSession, reply_ids: Sequence[int], now: datetime, state: ReplyState | None = None
) -> None:
    """A re-read answered; `state` where it found another one."""
    values: dict[str, Any] = {"checked_at": now, "unknown_at": None} | ({} if state is None else {"state": state})
    await session.execute(update(Reply).where(Reply.id.in_(reply_ids)).values(**values))
    if state is not None:
        await note_stale(session, reply_ids)


async def mark_unknown(session: AsyncSession, reply_ids: Sequence[int], now: datetime) -> None:
    """A re-read gave no answer: not quoted today, and nothing is purged for it."""
    await session.execute(update(Reply).where(Reply.id.in_(reply_ids)).values(unknown_at=now))


async def unknown_replies(session: AsyncSession, question_id: int) -> list[int]:
    """Replies to a question whose last re-read gave no answer."""
    return list(
        await session.scalars(
            select(Reply.id).where(
                Reply.question_id == question_id,
                Reply.unknown_at.is_not(None),
                Reply.state.not_in(TOMBSTONES),
            )
        )
    )


async def replies_of_platforms(
    session: AsyncSession, reply_ids: Collection[int], platforms: Collection[str]
) -> set[int]:
    """Those of the replies that were written on one of these platforms."""
    found: set[int] = set()
    for chunk in chunked(sorted(reply_ids)):
        found.update(await session.scalars(select(Reply.id).where(Reply.id.in_(chunk), Reply.platform.in_(platforms))))
    return found


async def newest_revisions_of(session: AsyncSession, platform: str, remote_id: str) -> list[int]:
    """Ids of the newest revision of each stored reply with this remote id (one a question)."""
    rows = await session.scalars(
        select(Revision.id)
        .join(Reply, Reply.id == Revision.reply_id)
        .where(Reply.platform == platform, Reply.remote_id == remote_id, newest_revision())
        .order_by(Revision.id)
    )
    return list(rows)


async def revisions_of_author(
    session: AsyncSession, platform: str, author_remote_id: str, remote_id: str | None
) -> list[int]:
    """Ids of all revisions of an author, or of one reply of theirs."""
    query = (
        select(Revision.id)
        .join(Reply, Reply.id == Revision.reply_id)
        .join(Author, Author.id == Reply.author_id)
        .where(Author.platform == platform, Author.remote_id == author_remote_id)
    )
    if remote_id is not None:
        query = query.where(Reply.remote_id == remote_id)
    return list(await session.scalars(query))


async def replies_past(
    session: AsyncSession,
    closed_before: datetime,
    asked_before: datetime,
    platforms: Collection[str] | None = None,
) -> list[int]:
    """Replies with a text whose post closed before a moment and whose author was not asked for leave after another.

    What has no post (an import) counts from when it came, and while its question is open it is past nothing.
    platforms: of these alone.
    """
    answer = aliased(Consent)
    answered = exists().where(answer.revision_id == Consent.revision_id, answer.id > Consent.id)
    waiting = (
        select(Revision.reply_id)
        .join(Consent, Consent.revision_id == Revision.id)
        .where(Consent.state == ConsentState.ASKED, ~answered, Consent.at > asked_before)
    )
    other = aliased(Post)
    open_or_late = (
        exists()
        .where(Target.question_id == Reply.question_id, other.target_id == Target.id)
        .where(or_(other.closed_at > closed_before, and_(other.closed_at.is_(None), other.state.in_(NOT_OVER))))
    )
    past = (
        select(Reply.id)
        .outerjoin(Post, Post.id == Reply.post_id)
        .where(
            or_(
                Post.closed_at <= closed_before,
                and_(Reply.post_id.is_(None), Reply.seen_at <= closed_before, ~open_or_late),
            ),
            Reply.state.not_in(TOMBSTONES),
            Reply.id.not_in(waiting),
        )
    )
    return list(await session.scalars(past if platforms is None else past.where(Reply.platform.in_(platforms))))
