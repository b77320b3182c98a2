"""Whether somebody was erased since something was read: what is compiled from it must then be read again."""

from datetime import datetime
from secrets import token_hex

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.accounts.accounts import set_control
from storage.erasing.barred import lock_erasing
from storage.models import Control
from storage.search.taken import note_taken
from storage.states import CONFIG_WORKSPACE

_NAME = "erased"


async def begin_erasing(session: AsyncSession, now: datetime) -> None:
    """The first of an erasure: whoever read before and writes later, notices."""
    await lock_erasing(session, alone=True)
    await set_control(session, CONFIG_WORKSPACE, _NAME, token_hex(8), by="", now=now)
    await note_taken(session, now)


async def read_generation(session: AsyncSession) -> str:
    """Another word after every erasure; in a transaction that writes, none is begun before its end."""
    await lock_erasing(session)
    query = select(Control.value).where(Control.workspace == CONFIG_WORKSPACE, Control.name == _NAME)
    return (await session.scalar(query)) or ""
