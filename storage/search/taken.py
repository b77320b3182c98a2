"""Words that were taken out of the indexes: FTS5 notes that they are gone, and keeps their letters until it merges."""

from datetime import datetime
from secrets import token_hex

from sqlalchemy import delete, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from storage.accounts.accounts import set_control
from storage.engine import Store
from storage.models import Control
from storage.search import INDEXES
from storage.search.words import has_index
from storage.states import CONFIG_WORKSPACE

TAKEN = "words taken"
"""The control that stands from the taking on until the indexes were written anew."""
_PAGES = 1_000
"""Merged in one transaction: a writer never holds the database for long."""


async def note_taken(session: AsyncSession, now: datetime) -> None:
    """Words were taken out in this transaction, for good."""
    await set_control(session, CONFIG_WORKSPACE, TAKEN, token_hex(8), by="", now=now)


async def find_taken(session: AsyncSession) -> str | None:
    """The name of the last taking since which the indexes were not written anew."""
    query = select(Control.value).where(Control.workspace == CONFIG_WORKSPACE, Control.name == TAKEN)
    return (await session.scalars(query)).one_or_none()


async def merge_words(store: Store) -> None:
    """Where words were taken out, write the indexes anew without them; the log is to be emptied after it.

    PostgreSQL's are vacuumed with its tables.
    """
    async with store.read() as session:
        name = await find_taken(session)
        is_kept = store.is_sqlite and await has_index(session)
    if name is None:
        return
    for index in INDEXES if is_kept else ():
        pages = -_PAGES  # below zero it begins, with all there is
        while await _merge(store, index, pages):
            pages = _PAGES
    async with store.write() as session:
        await session.execute(delete(Control).where(Control.name == TAKEN, Control.value == name))


async def _merge(store: Store, index: str, pages: int) -> bool:
    """Whether there may be more to do: FTS5 says so by how many rows it wrote."""
    async with store.write() as session:
        before = await session.scalar(text("SELECT total_changes()")) or 0
        await session.execute(text(f"INSERT INTO {index} ({index}, rank) VALUES ('merge', {pages})"))  # noqa: S608
        after = await session.scalar(text("SELECT total_changes()")) or 0
    return after - before > 1
