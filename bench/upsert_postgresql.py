"""The same upsert on PostgreSQL, beside COPY into temporary tables and one merge a table.

CPU seconds of both sides, the process and the server with all its children; median of interleaved runs, each into empty
tables of a server of its own on a socket. Linux alone tells the server's.
"""

import asyncio
import os
import statistics
import sys
import time
from contextlib import suppress
from pathlib import Path

import psycopg
from sqlalchemy import text

from bench.rows import START, make_replies
from bench.seed import seed_post
from bench.table import Figure, Figures
from storage.engine import Store, resolve_url
from storage.replies.ingest import upsert_replies
from storage.replies.storable import ReplyRow
from storage.upgrade import upgrade
from tests.postgresql import Server, run_server

PAGE = 5_000
TABLES = ("authors", "replies", "revisions")


async def prepare(url: str) -> tuple[int, int, int]:
    """Empty tables with one question, one post and one account: (question, post, account) ids."""
    async with Store(resolve_url(url, Path())) as store:
        await upgrade(store)
        async with store.write() as session:
            return await seed_post(session)


def spend(server: Server) -> float:
    """CPU seconds of this process and of the server until now; what a connection did counts once it is closed."""
    folder = Path(str(server.url.query["host"]))
    leader = (folder / "data" / "postmaster.pid").read_text().split()[0]
    time.sleep(0.3)  # the last backend ends
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended meanwhile
            fields = stat.read_text().rpartition(")")[2].split()
            if stat.parent.name == leader:
                ticks += sum(map(int, fields[11:15]))
            elif fields[1] == leader:
                ticks += sum(map(int, fields[11:13]))
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


async def measure_store(server: Server, url: str, rows: list[ReplyRow]) -> float:
    """CPU seconds of the store's function, a transaction a page."""
    async with Store(resolve_url(url, Path())) as store:
        async with store.read() as session:
            await session.execute(text("SELECT 1"))  # it connects
        started = spend(server)
        for start in range(0, len(rows), PAGE):
            async with store.write() as session:
                await upsert_replies(session, rows[start : start + PAGE], START)
    return spend(server) - started


def read_tables(url: str) -> dict[str, list[tuple[object, ...]]]:
    """The rows that the store wrote, as COPY takes them: text, so that JSON goes back as it came."""
    with psycopg.connect(url) as connection:
        return {table: _read(connection, table) for table in TABLES}


def _read(connection: psycopg.Connection, table: str) -> list[tuple[object, ...]]:
    columns = connection.execute(f"SELECT * FROM {table} LIMIT 0").description or []
    texts = ", ".join(f'"{column.name}"::text' for column in columns)
    return connection.execute(f"SELECT {texts} FROM {table}").fetchall()


def measure_copy(server: Server, url: str, tables: dict[str, list[tuple[object, ...]]]) -> float:
    """CPU seconds of COPY and merge, in one transaction."""
    with psycopg.connect(url) as connection:
        started = spend(server)
        for table, rows in tables.items():
            connection.execute(f"CREATE TEMPORARY TABLE new_{table} (LIKE {table}) ON COMMIT DROP")
            with connection.cursor().copy(f"COPY new_{table} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            connection.execute(f"INSERT INTO {table} SELECT * FROM new_{table} ON CONFLICT DO NOTHING")
        connection.commit()
    return spend(server) - started


def main(count: int = 100_000, runs: int = 3) -> Figures:
    """Print one line: the medians and their ratio (COPY ÷ store)."""
    ours, copied = [], []
    with run_server() as server:
        for _ in range(runs):
            url, other = (
                server.make_database().set(drivername="postgresql").render_as_string(hide_password=False)
                for _ in range(2)
            )
            rows = make_replies(count, *asyncio.run(prepare(url)))
            asyncio.run(prepare(other))
            ours.append(asyncio.run(measure_store(server, url, rows)))
            copied.append(measure_copy(server, other, read_tables(url)))
    store, plain = statistics.median(ours), statistics.median(copied)
    ratio = plain / store
    told = f"store {store:.2f} s, COPY and merge {plain:.2f} s, ratio {ratio:.2f}"
    print(f"upsert {count:,} replies, PostgreSQL, CPU of both sides: {told}")
    return {f"upsert {count:,}, PostgreSQL, both sides": Figure(store, plain)}


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
