"""Locks that end with their holder, however that ends: one `run` a database file, one writer of digests."""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import IO

from sqlalchemy import text

from storage.engine import Store, StoreError
from storage.private import make_file, make_folder

LOOK_AGAIN = 0.05
"""Seconds after which a lock that somebody holds is tried again."""
_FILES = 0x70756C66
"""The number of PostgreSQL's lock for digest files."""


class AlreadyRuns(StoreError):
    """Another process runs on this database."""


class FilesBusy(StoreError):
    """Somebody else writes digest files, for longer than was waited."""


@contextmanager
def hold_lock(path: Path) -> Iterator[None]:
    """Hold `path` alone among all processes. Raises AlreadyRuns with the file and the holder's process id."""
    make_folder(path.parent)
    make_file(path)
    with path.open("a+", encoding="ascii") as file:
        if not _try_lock(file):
            file.seek(0)
            raise AlreadyRuns(
                f"pullquote already runs on this database (process {file.read().strip() or 'unknown'}, lock {path}): "
                "stop it first; every other command works beside it"
            )
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield


@contextmanager
def hold_name(folder: Path, holder: str) -> Iterator[None]:
    """Hold the file that is named by a holder for as long as its process lives; it is gone when that ends in order."""
    path = _name_file(folder, holder)
    make_folder(folder)
    make_file(path)
    with path.open("a+", encoding="ascii") as file:
        _try_lock(file)
        try:
            yield
        finally:
            _unlock(file)
            with suppress(OSError):
                path.unlink(missing_ok=True)


def is_dead(folder: Path, holder: str) -> bool:
    """Whether the process of a holder has ended without a word. False where its file is not here: nobody can say."""
    path = _name_file(folder, holder)
    try:
        with path.open("r+", encoding="ascii") as file:
            if not _try_lock(file):
                return False
            _unlock(file)
    except OSError:
        return False
    with suppress(OSError):
        path.unlink(missing_ok=True)
    return True


def _name_file(folder: Path, holder: str) -> Path:
    """The last part of a holder is a random word of its own; a host's name may hold what no file can be called."""
    return folder / f"{holder.rpartition(':')[2]}.lock"


@asynccontextmanager
async def hold_files(store: Store, wait: float) -> AsyncIterator[None]:
    """Be the only one, of all tasks and processes on a database, that writes digest files or forgets what to rewrite.

    wait: seconds. Raises FilesBusy where somebody else holds it for longer.
    """
    until = time.monotonic() + wait
    busy = FilesBusy("another pullquote writes digest files on this database and does not end: stop it, or wait")
    if store.is_sqlite:
        path = store.sqlite_path
        if path is None:  # in memory: nobody else has it
            yield
            return
        lock = path.with_name(f"{path.name}.files.lock")
        make_file(lock)
        with lock.open("a+", encoding="ascii") as file:
            while not _try_lock(file):
                await _wait(until, busy)
            try:
                yield
            finally:
                _unlock(file)
        return
    async with (
        store.engine.connect() as connection
    ):  # a transaction's lock: it passes poolers, and ends with its holder
        while not await connection.scalar(text(f"SELECT pg_try_advisory_xact_lock({_FILES})")):
            await _wait(until, busy)
        yield


async def _wait(until: float, busy: FilesBusy) -> None:
    if time.monotonic() >= until:
        raise busy
    await asyncio.sleep(LOOK_AGAIN)


if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30
    """A locked byte cannot be read on Windows: this one lies beyond the text that names the holder."""

    def _try_lock(file: IO[str]) -> bool:
        file.seek(_FAR)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(file: IO[str]) -> None:
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(file: IO[str]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _unlock(file: IO[str]) -> None:
        """Also where a child of this process has the file open yet."""
        fcntl.flock(file, fcntl.LOCK_UN)
