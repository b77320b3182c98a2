"""What a restored copy must know of people: who had themselves erased, is not to be quoted, said no since."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Text, cast, delete, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from storage.backup.moments import find_last_post
from storage.engine import Store, StoreError
from storage.erasing.barred import name_person, name_reply, read_key
from storage.erasing.names import DOCUMENTS, TEXTS
from storage.erasing.notes import KEPT, BarNotes
from storage.erasing.people import Erased, erase_person
from storage.models import Account, Author, Barred, Consent, Post, Reply, Revision, Target, Vote
from storage.replies.consents import add_consent
from storage.replies.stale import note_author
from storage.sql.upsert import insert
from storage.states import DECISIONS, REFUSALS, Bar
from storage.upgrade import upgrade

PROOF = "noted beside the database, which was restored from an older copy"
_MARK = re.compile(r"\(([a-z][a-z0-9_-]*):([^()\s]+)\)")
"""Behind the name of an editor or asker: platform and id."""


async def read_replaced(store: Store, since: datetime | None) -> tuple[BarNotes | None, int]:
    """What the database that is replaced knows, and its last post; None where there is none that can be read."""
    path = store.sqlite_path
    if path is not None and not (path.exists() and path.stat().st_size):
        return None, 0
    try:
        await upgrade(store)
        async with store.read() as session:
            return await _read_bars(session, since), await find_last_post(session)
    except (StoreError, DBAPIError):
        return None, 0


async def _read_bars(session: AsyncSession, since: datetime | None) -> BarNotes:
    """What the database that is replaced knows: who is barred, and what was refused last since the copy was made."""
    noted, key = BarNotes(), read_key(session)
    rows = await session.execute(select(Barred.bar, Barred.name).where(Barred.bar.in_(KEPT)))
    noted.people = dict.fromkeys(((bar, name) for bar, name in rows), True)
    decided = (
        select(Reply.platform, Reply.remote_id, Consent.state)
        .join(Revision, Revision.reply_id == Reply.id)
        .join(Consent, Consent.revision_id == Revision.id)
        .where(Consent.state.in_(DECISIONS))
        .order_by(Consent.id)
    )
    last = {}
    for platform, remote_id, state in await session.execute(
        decided if since is None else decided.where(Consent.at >= since)
    ):
        last[name_reply(key, platform, remote_id)] = state
    noted.refused = {name: state for name, state in last.items() if state in REFUSALS}
    return noted


async def apply_bars(session: AsyncSession, noted: BarNotes, now: datetime) -> list[Erased]:
    """Erase who had themselves erased, mark who is not to be quoted, enter what was refused; answers the erasures."""
    key, people = read_key(session), list(noted.people.items())
    for (bar, name), is_on in people:
        if is_on:
            await session.execute(insert(session, Barred).values(name=name, bar=bar).on_conflict_do_nothing())
    off = [name for (bar, name), is_on in people if bar is Bar.DO_NOT_QUOTE and not is_on]
    barred = set(await session.scalars(select(Barred.name).where(Barred.bar == Bar.ERASED)))
    known = await _list_people(session)
    erased = [await erase_person(session, *who, now) for who in known if name_person(key, *who) in barred]
    unquoted = {name for (bar, name), is_on in people if bar is Bar.DO_NOT_QUOTE and is_on}
    await _mark_unquoted(session, key, unquoted, set(off), now)
    await _enter_refusals(session, key, noted, now)
    return erased


async def _list_people(session: AsyncSession) -> list[tuple[str, str]]:
    """Everybody of whom anything is known, as (platform, id): who answered, voted, asked or edited."""
    found = {(row.platform, row.remote_id) for row in await session.execute(select(Author.platform, Author.remote_id))}
    voters = (
        select(Account.platform, Vote.voter)
        .join(Post, Post.id == Vote.post_id)
        .join(Target, Target.id == Post.target_id)
        .join(Account, Account.id == Target.account_id)
        .distinct()
    )
    found.update((platform, voter) for platform, voter in await session.execute(voters))
    for column in (*TEXTS, *DOCUMENTS):
        found.update(await _list_marks(session, column))
    return sorted(found)


async def _list_marks(session: AsyncSession, column: InstrumentedAttribute[Any]) -> set[tuple[str, str]]:
    values = await session.scalars(select(cast(column, Text)).where(cast(column, Text).like("%(%:%)%")))
    return {(platform, remote_id) for value in values for platform, remote_id in _MARK.findall(value)}


async def _mark_unquoted(session: AsyncSession, key: bytes, on: set[str], off: set[str], now: datetime) -> None:
    await session.execute(delete(Barred).where(Barred.bar == Bar.DO_NOT_QUOTE, Barred.name.in_(off)))
    for author in await session.scalars(select(Author)) if on or off else ():
        name = name_person(key, author.platform, author.remote_id)
        if (name in on) is not author.do_not_quote and name in on | off:
            author.do_not_quote = name in on
            author.do_not_quote_at, author.do_not_quote_reason = (now, PROOF) if name in on else (None, None)
            await note_author(session, author.id)


async def _enter_refusals(session: AsyncSession, key: bytes, noted: BarNotes, now: datetime) -> None:
    if not noted.refused:
        return
    rows = await session.execute(select(Reply.id, Reply.platform, Reply.remote_id))
    by_state: dict[Any, list[int]] = {}
    there: set[str] = set()
    for reply_id, platform, remote_id in rows:
        state = noted.refused.get(name_reply(key, platform, remote_id))
        if state is not None:
            by_state.setdefault(state, []).append(reply_id)
            there.add(name_reply(key, platform, remote_id))
    for name in noted.refused.keys() - there:  # a collection may bring it
        await session.execute(insert(session, Barred).values(name=name, bar=Bar.DO_NOT_QUOTE).on_conflict_do_nothing())
    for state, reply_ids in by_state.items():
        await add_consent(session, await _find_unrefused(session, reply_ids), state, now, proof=PROOF)


async def _find_unrefused(session: AsyncSession, reply_ids: Iterable[int]) -> Sequence[int]:
    """The wordings of these replies; of one that is refused already none."""
    wordings: list[int] = []
    for reply_id in reply_ids:
        ids = list(await session.scalars(select(Revision.id).where(Revision.reply_id == reply_id)))
        last = await session.scalar(
            select(Consent.state)
            .where(Consent.revision_id.in_(ids), Consent.state.in_(DECISIONS))
            .order_by(Consent.id.desc())
            .limit(1)
        )
        wordings += [] if last in REFUSALS else ids
    return wordings
