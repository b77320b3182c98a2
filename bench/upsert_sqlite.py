"""Upserting replies with their revisions and authors: the store's own function beside raw sqlite3 executemany.

The raw side writes the very rows that the store wrote (read back from its file) into the same tables, one
executemany a table, in one transaction. CPU seconds of the process, median of five interleaved runs.
"""

import asyncio
import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench.rows import START, make_replies
from bench.seed import seed_post
from bench.table import Figure, Figures
from storage.engine import Store, resolve_url
from storage.replies.ingest import upsert_replies
from storage.replies.storable import ReplyRow
from storage.upgrade import upgrade

TABLES = ("authors", "replies", "revisions")
PAGE = 5_000


async def measure_store(path: Path, rows: list[ReplyRow]) -> float:
    """CPU seconds of the store's function, a transaction a page."""
    async with Store(resolve_url(f"sqlite:///{path}", path.parent)) as store:
        started = time.process_time()
        for start in range(0, len(rows), PAGE):
            async with store.write() as session:
                await upsert_replies(session, rows[start : start + PAGE], START)
        return time.process_time() - started


def measure_raw(path: Path, tables: dict[str, tuple[str, list[tuple[object, ...]]]]) -> float:
    """CPU seconds of one executemany a table."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    started = time.process_time()
    connection.execute("BEGIN IMMEDIATE")
    for table, (marks, rows) in tables.items():
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
    connection.execute("COMMIT")
    spent = time.process_time() - started
    connection.close()
    return spent


def read_tables(path: Path) -> dict[str, tuple[str, list[tuple[object, ...]]]]:
    """All rows of the three tables, with the marks to insert them."""
    connection = sqlite3.connect(path)
    found = {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
    connection.close()
    return {table: (",".join("?" * len(rows[0])), rows) for table, rows in found.items()}


async def prepare(path: Path) -> tuple[int, int, int]:
    """A new database with one question, one post and one account: (question, post, account) ids."""
    async with Store(resolve_url(f"sqlite:///{path}", path.parent)) as store:
        await upgrade(store)
        async with store.write() as session:
            return await seed_post(session)


def main(count: int = 100_000, runs: int = 5) -> Figures:
    """Print one line: the medians and their ratio (raw ÷ store)."""
    ours, raw = [], []
    with tempfile.TemporaryDirectory() as folder:
        for run in range(runs):
            path, other = Path(folder) / f"store-{run}.db", Path(folder) / f"raw-{run}.db"
            rows = make_replies(count, *asyncio.run(prepare(path)))
            asyncio.run(prepare(other))
            ours.append(asyncio.run(measure_store(path, rows)))
            raw.append(measure_raw(other, read_tables(path)))
            path.unlink()
            other.unlink()
    store, plain = statistics.median(ours), statistics.median(raw)
    ratio = plain / store
    print(f"upsert {count:,} replies, SQLite: store {store:.2f} s, raw executemany {plain:.2f} s, ratio {ratio:.2f}")
    return {f"upsert {count:,}, SQLite": Figure(store, plain)}


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
