"""Who is dead holds nothing: their leases and claims are free at once, not when their time is over.

Each process holds an OS lock on a file that is named by its holder. On one machine whoever's lock can be taken is dead.
On several, which share a PostgreSQL, nobody sees the others' files: there a heartbeat decides.
"""

import asyncio
from datetime import timedelta

from bot.context import Context
from bot.log import get_logger
from storage.accounts import holders
from storage.accounts.accounts import drop_lease
from storage.lock import is_dead

EVERY = timedelta(seconds=5)
SILENT = timedelta(seconds=20)
"""So long without a heartbeat, and a process is dead: seen, and its leases taken, within half a minute."""

log = get_logger(__name__)


async def bury_dead(context: Context) -> list[str]:
    """Free what the dead hold; answers who they were. Nothing is written where nobody died."""
    now, folder = context.now(), context.config.holders_folder
    async with context.store.read() as session:
        held = [holder for holder in await holders.list_holders(session) if holder != context.holder]
        silent = set() if context.store.is_sqlite else set(await holders.find_silent(session, now))
    dead = [holder for holder in held if holder in silent or await asyncio.to_thread(is_dead, folder, holder)]
    if dead:
        async with context.store.write() as session:
            await holders.free_what_they_hold(session, dead, now)
        log.info("what ended processes held is free", processes=dead)
    return dead


async def keep_alive(context: Context) -> None:
    """Until cancelled: say that this process lives, where others could not see it, and bury who does not."""
    name = f"alive:{context.holder}"
    try:
        while True:
            try:
                if not context.store.is_sqlite:
                    async with context.store.write() as session:
                        await holders.beat(session, context.holder, context.now(), SILENT)
                await bury_dead(context)
            except Exception:
                log.exception("cannot look for ended processes")
            await asyncio.sleep(EVERY.total_seconds())
    finally:
        if not context.store.is_sqlite:
            async with context.store.write() as session:
                await drop_lease(session, name, context.holder)
