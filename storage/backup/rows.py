"""Rows as plain values: of everything, and of one person."""

from collections.abc import AsyncIterator
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Table, or_, select

from storage.engine import Session, Store
from storage.models import (
    Account,
    Author,
    Base,
    ChosenPassage,
    Consent,
    CreditGiven,
    EditorAct,
    Look,
    Outgoing,
    Post,
    Printing,
    ReadBack,
    Reply,
    Revision,
    SourceCheck,
    Target,
    Verdict,
    Vote,
    WatchedQuote,
)

_ROWS = 500
_OF_MACHINES = (
    "fingerprints",
    "outlines",
    "counted_replies",
    "answer_counts",
    "uncounted",
    "leases",
    "barred",
    "billed",
    "stale_replies",
    "stale_digests",
)
"""What says nothing to a person: hashes, what is counted of the rest, and what is to be done next."""

PlainRow = dict[str, Any]


def list_tables() -> list[str]:
    """What is exported, by name."""
    return [table.name for table in Base.metadata.sorted_tables if table.name not in _OF_MACHINES]


def list_columns(name: str) -> list[str]:
    """The columns of a table."""
    return [column.name for column in Base.metadata.tables[name].columns]


async def stream_rows(store: Store, name: str) -> AsyncIterator[PlainRow]:
    """All rows of a table in the order of their keys, some at a time in memory."""
    table = Base.metadata.tables[name]
    async with store.engine.connect() as connection:
        rows = await connection.stream(select(table).order_by(*table.primary_key))
        async for part in rows.partitions(_ROWS):
            for row in part:
                yield _make_plain(row._mapping)  # noqa: SLF001


async def list_about(session: Session, author: Author) -> dict[str, list[PlainRow]]:
    """All that is held on one person, by table: who they are, what they said, what was done about it."""
    replies = select(Reply.id).where(Reply.author_id == author.id)
    revisions = select(Revision.id).where(Revision.reply_id.in_(replies))
    own_posts = select(Post.id).join(Target, Target.id == Post.target_id).join(Account, Account.id == Target.account_id)
    ids = list(await session.scalars(replies))
    subjects = [f"author {author.id}", *(f"reply {id_}" for id_ in ids)]
    mark = f"({author.platform}:{author.remote_id})"
    conditions: list[tuple[type[Base], ColumnElement[bool]]] = [
        (Author, Author.id == author.id),
        (Reply, Reply.author_id == author.id),
        (Revision, Revision.reply_id.in_(replies)),
        (Verdict, Verdict.revision_id.in_(revisions)),
        (Consent, Consent.revision_id.in_(revisions)),
        (ChosenPassage, ChosenPassage.revision_id.in_(revisions)),
        (CreditGiven, CreditGiven.reply_id.in_(replies)),
        (ReadBack, ReadBack.reply_id.in_(replies)),
        (Look, Look.reply_id.in_(replies)),
        (WatchedQuote, WatchedQuote.reply_id.in_(replies)),
        (SourceCheck, SourceCheck.author_id == author.id),
        (Printing, Printing.reply_id.in_(replies)),
        (Outgoing, Outgoing.reply_id.in_(replies)),
        (
            Vote,
            (Vote.voter == author.remote_id) & Vote.post_id.in_(own_posts.where(Account.platform == author.platform)),
        ),
        (EditorAct, or_(EditorAct.subject.in_(subjects), EditorAct.by.contains(mark, autoescape=True))),
    ]
    return {row.__tablename__: await _read(session, row.__table__, where) for row, where in conditions}


async def _read(session: Session, table: Any, where: ColumnElement[bool]) -> list[PlainRow]:
    assert isinstance(table, Table)
    rows = await session.execute(select(table).where(where).order_by(*table.primary_key))
    return [_make_plain(row._mapping) for row in rows]  # noqa: SLF001


def _make_plain(row: Any) -> PlainRow:
    return {str(name): _simplify(value) for name, value in row.items()}


def _simplify(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
