"""A copy of everything, and putting one in place: nobody who left comes back with it, nothing is sent twice."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copyfile
from zoneinfo import ZoneInfo

from bot.config import Config
from bot.config.database import open_store
from bot.context import Context
from bot.desk.errors import DeskError
from bot.digest import erase_from_digests
from bot.digest.rewrite import Rewritten, rewrite_stale
from storage.accounts.accounts import load_activity
from storage.backup import bars, doubts, moments
from storage.backup.copies import beside, copy_database, is_copy, open_copy, put_in_place, remove_unfinished_copies
from storage.engine import Store
from storage.erasing.notes import NAME, BarNotes, measure_notes, read_notes
from storage.lock import hold_lock
from storage.private import make_folder
from storage.upgrade import upgrade

STOPPED = timedelta(minutes=2)
"""A running bot writes at least every half minute that it ticks."""
_GAP = 100_000
"""Ids that are left out where it is not known which were given away since the copy was made."""


@dataclass(frozen=True, slots=True)
class PreparedCopy:
    """A copy that is ready to take the place of the database.

    copied_at: when it was made. knows: where it was looked for who left since: the database that is replaced, the
    notes beside it; empty where neither is there. erased, refused: people and replies that the copy did not know of.
    """

    draft: Path
    copied_at: datetime
    knows: tuple[str, ...]
    erased: int
    refused: int
    floor: int


async def back_up(context: Context, path: Path) -> int:
    """Write a copy of everything to a new file, while the bot runs; answers its size in bytes. Raises StoreError."""
    noted = measure_notes(context.config.state_folder / NAME)
    await copy_database(context.store, path, context.now(), noted)
    return path.stat().st_size  # noqa: ASYNC240  # one look


async def back_up_beside(context: Context) -> tuple[Path, int]:
    """The same into a new file of the folder `backups` beside the config; answers the file and its size."""
    local = context.now().astimezone(ZoneInfo(context.zone))
    path = context.config.folder / "backups" / f"pullquote-{local:%Y-%m-%d-%H%M%S}.db"
    make_folder(path.parent)
    await asyncio.to_thread(remove_unfinished_copies, path.parent, context.now())
    return path, await back_up(context, path)


@asynccontextmanager
async def prepare_restore(config: Config, path: Path, now: datetime) -> AsyncIterator[PreparedCopy]:
    """Make ready what a copy holds, in a private file beside the database; nothing is replaced yet.

    Until the end no `pullquote run` starts. Raises DeskError, StoreError.
    """
    if not path.exists():  # noqa: ASYNC240  # one look
        raise DeskError(f"there is no file {path}: name one that `pullquote backup` made")
    if not is_copy(path):
        raise DeskError(f"{path} is no copy that `pullquote backup` made: nothing is changed")
    async with open_store(config) as store:
        home = store.sqlite_path or config.state_folder / "restored.db"
        if store.sqlite_path is None:
            await _check_stopped(store, now)
            with beside(home) as draft:
                yield await _prepare(config, store, path, draft, now)
            return
        with hold_lock(home.with_name(f"{home.name}.lock")), beside(home) as draft:
            yield await _prepare(config, store, path, draft, now)


async def put_back(config: Config, prepared: PreparedCopy) -> None:
    """Let what was prepared take the place of the database, in one step. Raises StoreError."""
    async with open_store(config) as store:
        await put_in_place(prepared.draft, store, prepared.floor)


async def finish_restore(context: Context) -> Rewritten:
    """Write the digests anew that show what may no longer be shown."""
    return await rewrite_stale(context)


async def _check_stopped(store: Store, now: datetime) -> None:
    await upgrade(store)
    async with store.read() as session:
        tick = await load_activity(session, "tick")
    if tick is not None and tick.succeeded_at is not None and now - tick.succeeded_at < STOPPED:
        raise DeskError("pullquote runs on this database, or did two minutes ago: stop it, wait, and restore then")


async def _prepare(config: Config, store: Store, path: Path, draft: Path, now: datetime) -> PreparedCopy:
    copyfile(path, draft)
    async with open_copy(draft, config.barred_key) as copy:
        await upgrade(copy)
        async with copy.read() as session:
            copied, posts = await moments.load_copied(session), await moments.find_last_post(session)
        copied_at = copied.at or now
        replaced, last = await bars.read_replaced(store, copied.at)
        notes, knows = replaced or BarNotes(), [] if replaced is None else ["the database that is replaced"]
        file = config.state_folder / NAME
        if file.exists():
            knows.append(str(file))
            noted = read_notes(file, copied.noted)
            notes.people |= noted.people
            notes.refused |= noted.refused
        restored = moments.Restored(now, copied_at, posts, max(last, posts + (_GAP if replaced is None else 0)))
        async with copy.write() as session:
            erased = await bars.apply_bars(session, notes, now)
            for each in erased:
                await erase_from_digests(session, each)
            await doubts.doubt_everything(session, restored)
            await moments.mark_restored(session, restored)
        await copy.end_log()
    return PreparedCopy(draft, copied_at, tuple(knows), len(erased), len(notes.refused), restored.floor)
