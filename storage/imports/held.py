"""What is stored of the rows of a file."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Author, Consent, Reply, Revision
from storage.sql.chunks import chunked
from storage.states import TOMBSTONES, ConsentState, Origin

_SIZE = 250
"""Ids a statement: each stands in it several times."""


@dataclass(frozen=True, slots=True)
class HeldReply:
    """A stored reply as an import compares it. person: its author's id. wordings: (revision id, text), oldest first."""

    id: int
    platform: str
    remote_id: str
    source: str
    source_id: str
    origin: Origin
    is_gone: bool
    person: str
    name: str
    handle: str
    wordings: tuple[tuple[int, str | None], ...]


async def load_held(
    session: AsyncSession, question_id: int, remote_ids: Sequence[str], source_ids: Sequence[str]
) -> list[HeldReply]:
    """Replies to a question that have one of these ids, from whatever source and network."""
    found: dict[int, tuple[Reply, Author]] = {}
    # with the network the index leads to the rows of these ids; without it every reply to the question is looked at
    networks = await _list_networks(session, question_id)
    wanted: list[ColumnElement[bool]] = [
        and_(Reply.platform.in_(networks), Reply.remote_id.in_(names)) for names in chunked(remote_ids, _SIZE)
    ]
    wanted += [and_(Reply.source_id.in_(names), Reply.source_id != "") for names in chunked(source_ids, _SIZE)]
    for condition in wanted:
        rows = await session.execute(
            select(Reply, Author)
            .join(Author, Author.id == Reply.author_id)
            .where(Reply.question_id == question_id, condition)
        )
        found |= {reply.id: (reply, author) for reply, author in rows}
    wordings = await _load_wordings(session, sorted(found))
    return [
        HeldReply(
            reply.id,
            reply.platform,
            reply.remote_id,
            reply.source,
            reply.source_id,
            reply.origin,
            reply.state in TOMBSTONES,
            author.remote_id,
            author.display_name,
            author.handle,
            tuple(wordings.get(reply.id, ())),
        )
        for reply, author in found.values()
    ]


async def _list_networks(session: AsyncSession, question_id: int) -> list[str]:
    """The networks of the replies to a question: a look into the index for each, however many replies there are."""
    networks: list[str] = []
    while True:
        further = Reply.platform > networks[-1] if networks else true()
        last = await session.scalar(select(func.min(Reply.platform)).where(Reply.question_id == question_id, further))
        if last is None:
            return networks
        networks.append(last)


async def _load_wordings(session: AsyncSession, reply_ids: Sequence[int]) -> dict[int, list[tuple[int, str | None]]]:
    wordings: dict[int, list[tuple[int, str | None]]] = {}
    for chunk in chunked(reply_ids):
        rows = await session.execute(
            select(Revision.reply_id, Revision.id, Revision.text)
            .where(Revision.reply_id.in_(chunk))
            .order_by(Revision.number)
        )
        for reply_id, revision_id, text in rows:
            wordings.setdefault(reply_id, []).append((revision_id, text))
    return wordings


async def load_ledgers(session: AsyncSession, reply_ids: Collection[int]) -> dict[int, list[tuple[int, ConsentState]]]:
    """What was said about quoting each of these replies: (revision id, state), oldest first."""
    ledgers: dict[int, list[tuple[int, ConsentState]]] = {}
    for chunk in chunked(sorted(reply_ids)):
        rows = await session.execute(
            select(Revision.reply_id, Consent.revision_id, Consent.state)
            .join(Consent, Consent.revision_id == Revision.id)
            .where(Revision.reply_id.in_(chunk))
            .order_by(Consent.id)
        )
        for reply_id, revision_id, state in rows:
            ledgers.setdefault(reply_id, []).append((revision_id, state))
    return ledgers


async def load_names(session: AsyncSession, platform: str, people: Collection[str]) -> dict[str, str]:
    """The names under which these people of a network are stored, by their ids there."""
    names: dict[str, str] = {}
    for chunk in chunked(sorted(people)):
        rows = await session.execute(
            select(Author.remote_id, Author.display_name).where(
                Author.platform == platform, Author.remote_id.in_(chunk)
            )
        )
        names.update((person, name) for person, name in rows)
    return names
