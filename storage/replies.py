"""Replies, their authors and revisions: one ingest for collected, submitted, saved and imported ones."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Author, Consent, Post, Question, Reply, Revision
from storage.states import ConsentState, Origin, ReplyState
from storage.upsert import insert

CHUNK = 500
"""Rows a statement: below SQLite's limit of 32,766 variables with the widest table."""


@dataclass(frozen=True, slots=True)
class AuthorRow:
    """A profile as a platform gives it."""

    remote_id: str
    handle: str = ""
    display_name: str = ""
    link: str = ""
    labels: tuple[str, ...] = ()
    opted_out: bool = False


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """A reply to be stored; its identity is (question_id, platform, remote_id). text None: it could not be read."""

    question_id: int
    platform: str
    remote_id: str
    author: AuthorRow
    text: str | None
    posted_at: datetime
    origin: Origin
    post_id: int | None = None
    account_id: int | None = None
    parent_remote_id: str | None = None
    link: str = ""
    state: ReplyState = ReplyState.STANDING
    version: str = ""
    language: str = ""
    foreign: tuple[tuple[int, int], ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Ingested:
    """What an ingest changed: ids of new replies and of those with a new revision."""

    added: list[int] = field(default_factory=list)
    edited: list[int] = field(default_factory=list)
    moved: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Held:
    id: int
    state: ReplyState
    number: int
    text: str | None
    version: str


def _chunks(rows: Sequence[Any]) -> Iterator[list[Any]]:
    iterator = iter(rows)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk


async def upsert_replies(session: AsyncSession, rows: Iterable[ReplyRow], now: datetime) -> Ingested:
    """Store replies by their identity; a repeat changes nothing.

    The first wording is never changed: another text adds a revision. A text that could not be read never replaces
    one, and a deleted reply stays deleted, whatever a stale page says.
    """
    wanted = list({(row.question_id, row.platform, row.remote_id): row for row in rows}.values())
    done = Ingested()
    for chunk in _chunks(wanted):
        await _upsert_chunk(session, chunk, now, done)
    if done.added or done.edited or done.moved:
        touched = {row.question_id for row in wanted}
        await session.execute(update(Question).where(Question.id.in_(touched)).values(changed_at=now))
    return done


async def _upsert_chunk(session: AsyncSession, rows: list[ReplyRow], now: datetime, done: Ingested) -> None:
    author_ids = await _upsert_authors(session, rows, now)
    held = await _load_held(session, rows)
    new = [row for row in rows if _identity(row) not in held]
    if new:
        await session.execute(
            insert(session, Reply).on_conflict_do_nothing(), [_reply_values(r, author_ids, now) for r in new]
        )
        held_now = await _load_ids(session, new)
        revisions = [_revision_values(held_now[_identity(row)], 1, row, now) for row in new]
        await session.execute(insert(session, Revision).on_conflict_do_nothing(), revisions)
        done.added.extend(held_now[_identity(row)] for row in new)
    for row in rows:
        if (known := held.get(_identity(row))) is not None:
            await _update_known(session, known, row, now, done)


def _identity(row: ReplyRow) -> tuple[int, str, str]:
    return (row.question_id, row.platform, row.remote_id)


async def _upsert_authors(session: AsyncSession, rows: list[ReplyRow], now: datetime) -> dict[tuple[str, str], int]:
    authors = {(row.platform, row.author.remote_id): row.author for row in rows}
    statement = insert(session, Author)
    fresh = ("handle", "display_name", "link", "labels", "opted_out", "seen_at")
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["platform", "remote_id"], set_={name: statement.excluded[name] for name in fresh}
        ),
        [
            {
                "platform": platform,
                "remote_id": author.remote_id,
                "handle": author.handle,
                "display_name": author.display_name,
                "link": author.link,
                "labels": sorted(author.labels),
                "opted_out": author.opted_out,
                "do_not_quote": False,
                "seen_at": now,
            }
            for (platform, _), author in authors.items()
        ],
    )
    found = await session.execute(
        select(Author.platform, Author.remote_id, Author.id).where(
            Author.platform.in_({platform for platform, _ in authors}),
            Author.remote_id.in_([remote_id for _, remote_id in authors]),
        )
    )
    return {(platform, remote_id): id_ for platform, remote_id, id_ in found}


def _same(rows: list[ReplyRow]) -> Any:
    return (
        Reply.question_id.in_({row.question_id for row in rows})
        & Reply.platform.in_({row.platform for row in rows})
        & Reply.remote_id.in_([row.remote_id for row in rows])
    )


async def _load_ids(session: AsyncSession, rows: list[ReplyRow]) -> dict[tuple[int, str, str], int]:
    found = await session.execute(
        select(Reply.question_id, Reply.platform, Reply.remote_id, Reply.id).where(_same(rows))
    )
    return {(question_id, platform, remote_id): id_ for question_id, platform, remote_id, id_ in found}


async def _load_held(session: AsyncSession, rows: list[ReplyRow]) -> dict[tuple[int, str, str], _Held]:
    last = (
        (select(Revision.reply_id, func.max(Revision.number).label("number")).group_by(Revision.reply_id))
        .where(Revision.reply_id.in_(select(Reply.id).where(_same(rows))))
        .subquery()
    )
    found = await session.execute(
        select(
            Reply.question_id,
            Reply.platform,
            Reply.remote_id,
            Reply.id,
            Reply.state,
            Revision.number,
            Revision.text,
            Revision.version,
        )
        .join(last, last.c.reply_id == Reply.id)
        .join(Revision, (Revision.reply_id == Reply.id) & (Revision.number == last.c.number))
        .where(_same(rows))
    )
    return {(row[0], row[1], row[2]): _Held(*row[3:]) for row in found}


def _reply_values(row: ReplyRow, author_ids: Mapping[tuple[str, str], int], now: datetime) -> dict[str, Any]:
    return {
        "question_id": row.question_id,
        "post_id": row.post_id,
        "account_id": row.account_id,
        "author_id": author_ids[row.platform, row.author.remote_id],
        "platform": row.platform,
        "remote_id": row.remote_id,
        "parent_remote_id": row.parent_remote_id,
        "link": row.link,
        "origin": row.origin,
        "state": ReplyState.UNREADABLE if row.text is None else row.state,
        "posted_at": row.posted_at,
        "seen_at": now,
        "extra": dict(row.extra),
    }


def _revision_values(reply_id: int, number: int, row: ReplyRow, now: datetime) -> dict[str, Any]:
    return {
        "reply_id": reply_id,
        "number": number,
        "text": row.text,
        "version": row.version,
        "language": row.language,
        "foreign": [list(span) for span in row.foreign],
        "seen_at": now,
    }


async def _update_known(session: AsyncSession, held: _Held, row: ReplyRow, now: datetime, done: Ingested) -> None:
    if held.state in (ReplyState.DELETED, ReplyState.PURGED):
        return
    if row.text is not None and row.text != held.text:
        session.add(Revision(**_revision_values(held.id, held.number + 1, row, now)))
        done.edited.append(held.id)
    elif row.text is not None and row.version != held.version:
        await session.execute(
            update(Revision)
            .where(Revision.reply_id == held.id, Revision.number == held.number)
            .values(version=row.version)
        )
    if row.text is not None and row.state is not held.state:
        await session.execute(update(Reply).where(Reply.id == held.id).values(state=row.state))
        done.moved.append(held.id)


async def empty_replies(
    session: AsyncSession, reply_ids: Sequence[int], now: datetime, *, purged: bool = False
) -> None:
    """Deleted at the source, or purged by us: the words of every revision go, a tombstone stays."""
    state = ReplyState.PURGED if purged else ReplyState.DELETED
    for chunk in _chunks(reply_ids):
        await session.execute(update(Reply).where(Reply.id.in_(chunk)).values(state=state, checked_at=now))
        await session.execute(
            update(Revision).where(Revision.reply_id.in_(chunk)).values(text=None, foreign=[], emptied_at=now)
        )
        touched = select(Reply.question_id).where(Reply.id.in_(chunk))
        await session.execute(update(Question).where(Question.id.in_(touched)).values(changed_at=now))


async def find_reply_ids(session: AsyncSession, platform: str, remote_ids: Sequence[str]) -> dict[str, list[int]]:
    """Ids of stored replies by the platform's id; one reply can stand under two questions."""
    found: dict[str, list[int]] = {}
    for chunk in _chunks(remote_ids):
        rows = await session.execute(
            select(Reply.remote_id, Reply.id).where(Reply.platform == platform, Reply.remote_id.in_(chunk))
        )
        for remote_id, id_ in rows:
            found.setdefault(remote_id, []).append(id_)
    return found


def current_revisions(question_id: int) -> Any:
    """A subquery (reply_id, number) of the newest revision of each reply of a question."""
    return (
        select(Revision.reply_id, func.max(Revision.number).label("number"))
        .join(Reply, Reply.id == Revision.reply_id)
        .where(Reply.question_id == question_id)
        .group_by(Revision.reply_id)
        .subquery()
    )


async def load_replies(session: AsyncSession, question_id: int) -> list[tuple[Reply, Author, Revision]]:
    """All replies of a question with author and newest revision, by (posted_at, remote_id)."""
    newest = current_revisions(question_id)
    rows = await session.execute(
        select(Reply, Author, Revision)
        .join(Author, Author.id == Reply.author_id)
        .join(newest, newest.c.reply_id == Reply.id)
        .join(Revision, (Revision.reply_id == Reply.id) & (Revision.number == newest.c.number))
        .where(Reply.question_id == question_id)
        .order_by(Reply.posted_at, Reply.remote_id)
    )
    return [(reply, author, revision) for reply, author, revision in rows]


async def count_replies(session: AsyncSession, post_ids: Sequence[int]) -> dict[int, int]:
    """Stored replies a post, deleted ones too: the platform counted them once."""
    rows = await session.execute(
        select(Reply.post_id, func.count()).where(Reply.post_id.in_(post_ids)).group_by(Reply.post_id)
    )
    return {post_id: count for post_id, count in rows if post_id is not None}


async def load_known(session: AsyncSession, reply_ids: Sequence[int]) -> list[tuple[Reply, Revision]]:
    """Stored replies that are not deleted, with their newest revision."""
    found: list[tuple[Reply, Revision]] = []
    for chunk in _chunks(reply_ids):
        newest = (
            select(Revision.reply_id, func.max(Revision.number).label("number"))
            .where(Revision.reply_id.in_(chunk))
            .group_by(Revision.reply_id)
            .subquery()
        )
        rows = await session.execute(
            select(Reply, Revision)
            .join(newest, newest.c.reply_id == Reply.id)
            .join(Revision, (Revision.reply_id == Reply.id) & (Revision.number == newest.c.number))
            .where(Reply.state.not_in([ReplyState.DELETED, ReplyState.PURGED]))
            .order_by(Reply.id)
        )
        found.extend((reply, revision) for reply, revision in rows)
    return found


async def mark_checked(
    session: AsyncSession, reply_ids: Sequence[int], now: datetime, state: ReplyState | None = None
) -> None:
    """A re-read answered; `state` where it found another one."""
    values: dict[str, Any] = {"checked_at": now, "unknown_at": None} | ({} if state is None else {"state": state})
    await session.execute(update(Reply).where(Reply.id.in_(reply_ids)).values(**values))


async def mark_unknown(session: AsyncSession, reply_ids: Sequence[int], now: datetime) -> None:
    """A re-read gave no answer: not quoted today, and nothing is purged for it."""
    await session.execute(update(Reply).where(Reply.id.in_(reply_ids)).values(unknown_at=now))


async def newest_revisions_of(session: AsyncSession, platform: str, remote_id: str) -> list[int]:
    """Ids of the newest revision of each stored reply with this remote id (one a question)."""
    rows = await session.execute(
        select(Revision.reply_id, func.max(Revision.id))
        .join(Reply, Reply.id == Revision.reply_id)
        .where(Reply.platform == platform, Reply.remote_id == remote_id)
        .group_by(Revision.reply_id)
    )
    return [revision_id for _, revision_id in rows]


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


async def replies_past(session: AsyncSession, closed_before: datetime) -> list[int]:
    """Replies with a text whose post closed before a moment, and for which nobody waits (asked for leave)."""
    waiting = (
        select(Revision.reply_id)
        .join(Consent, Consent.revision_id == Revision.id)
        .where(Consent.state == ConsentState.ASKED)
    )
    rows = await session.scalars(
        select(Reply.id)
        .join(Post, Post.id == Reply.post_id)
        .where(
            Post.closed_at <= closed_before,
            Reply.state.not_in([ReplyState.DELETED, ReplyState.PURGED]),
            Reply.id.not_in(waiting),
        )
    )
    return list(rows)
