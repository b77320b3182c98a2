"""One file with everything: a SQLite database, whatever the original is. It holds no secret: those lie elsewhere."""

import asyncio
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, insert, select, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.backup.moments import mark_copied
from storage.engine import BUSY_TIMEOUT_MS, Store, StoreError
from storage.models import AnswerCount, Base, Post
from storage.private import make_file, make_folder
from storage.upgrade import upgrade

_ROWS = 1_000
_HEAD = b"SQLite format 3\0"


def is_copy(path: Path) -> bool:
    """Whether a file is a SQLite database by its first bytes."""
    try:
        with path.open("rb") as file:
            return file.read(len(_HEAD)) == _HEAD
    except OSError:
        return False


def open_copy(path: Path, barred_key: Path | None = None) -> Store:
    """A copy as a store."""
    return Store(URL.create("sqlite+aiosqlite", database=str(path.resolve())), barred_key=barred_key)


async def copy_database(store: Store, path: Path, now: datetime, noted: int) -> None:
    """Write a copy of everything to a new file that only its owner can read, while others read and write.

    noted: how long the notes on who is barred are. The file has its name once it is whole and durable. Raises
    StoreError.
    """
    if path.exists():  # noqa: ASYNC240  # one look
        raise StoreError(f"{path} is there already: name a file that is not there yet, nothing is overwritten")
    if store.is_sqlite and store.sqlite_path is None:
        raise StoreError("the database is in memory: there is nothing to copy")
    try:
        with beside(path) as draft:
            if store.is_sqlite:
                await store.copy_into(draft)
            else:
                await _copy_rows_into(store, draft)
            async with open_copy(draft) as copy:
                async with copy.write() as session:
                    await mark_copied(session, now, noted)
                await copy.end_log()
            _flush(draft)
            draft.replace(path)
    except (OSError, sqlite3.Error, DBAPIError) as error:
        raise StoreError(f"the copy {path} could not be written: {getattr(error, 'orig', error)}") from error


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """An empty private file in the folder of `path`, removed with what SQLite lays beside it unless it was moved."""
    make_folder(path.parent)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(descriptor)
    try:
        yield Path(name)
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            Path(name + ending).unlink(missing_ok=True)


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


async def _copy_rows_into(store: Store, path: Path) -> None:
    """All rows as of one moment, into a database that has the same tables."""
    async with open_copy(path) as copy:
        await upgrade(copy)
        async with (
            store.engine.execution_options(isolation_level="REPEATABLE READ").connect() as source,
            copy.engine.execution_options(writes=True).begin() as target,
        ):
            await _copy_rows(source, target)


async def _copy_rows(source: AsyncConnection, target: AsyncConnection) -> None:
    for table in Base.metadata.sorted_tables:
        if table is AnswerCount.__table__:
            continue  # triggers count what is copied
        rows = await source.stream(select(table))
        async for part in rows.partitions(_ROWS):
            await target.execute(insert(table), [dict(row._mapping) for row in part])  # noqa: SLF001


async def put_in_place(copy: Path, store: Store, floor: int) -> None:
    """Let `store` hold what a copy of the same version holds, in one step: whoever reads sees the one or the other.

    floor: new posts have ids above it. Raises StoreError.
    """
    try:
        if store.sqlite_path is None:
            await upgrade(store)
            await _replace_rows(copy, store, floor)
        else:
            await _replace_file(copy, store)
    except (OSError, sqlite3.Error, DBAPIError) as error:
        raise StoreError(f"nothing was restored: {getattr(error, 'orig', error)}") from error


async def _replace_file(copy: Path, store: Store) -> None:
    assert store.sqlite_path is not None
    make_folder(store.sqlite_path.parent)
    make_file(store.sqlite_path)
    await asyncio.to_thread(_load, copy, store.sqlite_path)
    await store.empty_log()


def _load(copy: Path, database: Path) -> None:
    with (
        closing(sqlite3.connect(copy)) as source,
        closing(sqlite3.connect(database, timeout=BUSY_TIMEOUT_MS / 1000)) as target,
    ):
        target.execute("PRAGMA journal_mode=WAL")
        target.execute("PRAGMA synchronous=FULL")
        target.execute("PRAGMA secure_delete=ON")
        source.backup(target)


async def _replace_rows(copy: Path, store: Store, floor: int) -> None:
    tables = Base.metadata.sorted_tables
    async with (
        open_copy(copy) as source_store,
        source_store.engine.connect() as source,
        store.engine.begin() as target,
    ):
        names = ", ".join(f'"{table.name}"' for table in tables)
        await target.execute(text(f"TRUNCATE {names}"))
        await _copy_rows(source, target)
        for table in tables:
            ids = [column for column in table.primary_key if column is table.autoincrement_column]
            for column in ids:
                last = await target.scalar(select(func.max(column)))
                sequence = func.pg_get_serial_sequence(table.name, column.name)
                if last is not None and await target.scalar(select(sequence)) is not None:
                    least = floor if table.name == Post.__tablename__ else 0
                    await target.execute(select(func.setval(sequence, max(last, least))))
