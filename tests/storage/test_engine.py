"""Several writers at once: nobody is told that the database is locked, and nothing is half written."""

import asyncio
import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError

from storage.accounts.accounts import add_spending, record_account, take_lease
from storage.engine import Store, resolve_url
from storage.models import Lease
from tests.running import START

WRITERS = 8


async def test_eight_writers_of_one_process_lose_no_write(store):
    async with store.write() as session:
        account_id = (await record_account(session, "square", "sandbox")).id

    async def write():
        for _ in range(20):
            async with store.write() as session:
                # a read that becomes a write is what SQLite refuses at once where it began as a read
                assert await session.scalar(text("SELECT count(*) FROM accounts")) == 1
                await add_spending(session, account_id, "posts", "2026-11-16", 1)

    await asyncio.gather(*(write() for _ in range(WRITERS)))
    async with store.write() as session:
        assert await add_spending(session, account_id, "posts", "2026-11-16", 0) == WRITERS * 20


WRITE = """
import asyncio, sys
from pathlib import Path
from storage.accounts.accounts import add_spending
from storage.engine import Store, resolve_url

async def main(url, times):
    async with Store(resolve_url(url, Path())) as store:
        for _ in range(times):
            async with store.read() as session:
                await session.connection()
            async with store.write() as session:
                await add_spending(session, 1, "posts", "2026-11-16", 1)

asyncio.run(main(sys.argv[1], int(sys.argv[2])))
"""


async def test_four_processes_lose_no_write_and_meet_no_lock(store, database):
    async with store.write() as session:
        await record_account(session, "square", "sandbox")
    command = [sys.executable, "-c", WRITE, database, "40"]
    started = [await asyncio.create_subprocess_exec(*command, stderr=subprocess.PIPE) for _ in range(4)]
    errors = [await process.communicate() for process in started]
    assert [error.decode() for _, error in errors if error] == []
    async with store.write() as session:
        assert await add_spending(session, 1, "posts", "2026-11-16", 0) == 4 * 40


async def test_a_write_that_fails_leaves_nothing_behind(store):
    async def fail():
        async with store.write() as session:
            await record_account(session, "square", "sandbox")
            raise KeyError

    with pytest.raises(KeyError):
        await fail()
    async with store.read() as session:
        assert await session.scalar(text("SELECT count(*) FROM accounts")) == 0


async def test_a_lease_is_held_by_one_and_taken_over_when_it_has_lapsed(store):
    async def take(holder, after):
        async with store.write() as session:
            return await take_lease(session, "collect:1", holder, START + after, timedelta(minutes=5))

    assert await take("one", timedelta())
    assert not await take("two", timedelta(minutes=4))
    assert await take("one", timedelta(minutes=4))
    assert not await take("two", timedelta(minutes=8))
    assert await take("two", timedelta(minutes=9))
    async with store.read() as session:
        assert (await session.get_one(Lease, "collect:1")).holder == "two"


async def test_a_lease_asked_for_by_eight_at_once_is_given_to_one(store):
    async def take(number):
        async with store.write() as session:
            return await take_lease(session, "listen:1", f"holder {number}", START, timedelta(minutes=5))

    assert sum(await asyncio.gather(*(take(number) for number in range(WRITERS)))) == 1


async def test_a_sqlite_file_is_in_wal_mode_and_survives_a_power_cut(tmp_path):
    async with Store(resolve_url("sqlite:///pullquote.db", tmp_path)) as store, store.read() as session:
        found = [
            await session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert found == ["wal", 2, 1]


async def test_what_is_deleted_is_overwritten_however_sqlite_was_built(tmp_path):
    async with Store(resolve_url("sqlite:///pullquote.db", tmp_path)) as store, store.read() as session:
        assert await session.scalar(text("PRAGMA secure_delete")) == 1


async def test_a_writer_waits_for_another_program_that_holds_the_file(tmp_path):
    url = resolve_url("sqlite:///pullquote.db", tmp_path)
    async with Store(url) as store:
        async with store.write() as session:
            await session.execute(text("CREATE TABLE notes (words TEXT)"))
        other = sqlite3.connect(tmp_path / "pullquote.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")

        async def write():
            async with store.write() as session:
                await session.execute(text("INSERT INTO notes VALUES ('mine')"))

        writing = asyncio.create_task(write())
        await asyncio.sleep(0.2)
        assert not writing.done()
        other.execute("INSERT INTO notes VALUES ('theirs')")
        other.execute("COMMIT")
        await writing
        assert [words for (words,) in other.execute("SELECT words FROM notes")] == ["theirs", "mine"]
        other.close()


def test_a_relative_sqlite_url_is_relative_to_the_config(tmp_path):
    assert Path(resolve_url("sqlite:///pullquote.db", tmp_path).database) == tmp_path.resolve() / "pullquote.db"


async def test_an_error_of_the_database_repeats_no_value(store):
    """What people wrote is among the values, and errors are logged, stored and shown."""

    async def write():
        async with store.write() as session:
            await session.execute(insert(Lease).values(name="words of ada", holder="ada", lease_until=START))

    await write()
    with pytest.raises(DBAPIError) as caught:
        await write()
    assert "leases" in str(caught.value)
    assert "words of ada" not in str(caught.value).partition("DETAIL")[0]
