"""A statement of SQLite takes one trip to the thread of its connection."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from storage.engine import Store, resolve_url
from storage.trips import FIRST

COUNT = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) SELECT i FROM n"


@pytest.fixture
async def opened(tmp_path):
    async with Store(resolve_url("sqlite:///trips.db", Path(tmp_path))) as store:
        yield store


@pytest.fixture
async def trips(opened):
    """What its connection was asked to do in its thread, from now on."""
    async with opened.engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
    known, asked = driver._execute, []

    async def go(work, *arguments):
        asked.append(work.__name__)
        return await known(work, *arguments)

    driver._execute = go
    return asked


async def test_a_short_result_comes_with_the_statement(opened, trips):
    async with opened.read() as session:
        await session.execute(text("SELECT 1"))
        trips.clear()
        assert (await session.scalars(text(COUNT.format(FIRST - 1)))).all() == list(range(1, FIRST))
    assert trips[:2] == ["_execute", "rollback"]


@pytest.mark.parametrize("rows", [0, 1, FIRST - 1, FIRST, FIRST + 1, 4 * FIRST])
async def test_every_row_comes_once_and_in_its_order(opened, rows):
    async with opened.read() as session:
        found = (await session.scalars(text(COUNT.format(rows) + (" LIMIT 0" if rows == 0 else "")))).all()
    assert found == list(range(1, rows + 1))


@pytest.mark.parametrize("size", [1, 7, FIRST, 3 * FIRST])
async def test_a_long_result_is_fetched_as_it_is_read(opened, trips, size):
    found = []
    async with opened.read() as session:
        result = await session.stream_scalars(text(COUNT.format(4 * FIRST)))
        async for page in result.partitions(size):
            found += page
            if len(found) < 2 * FIRST:
                assert trips.count("_fetch") <= 1 + len(found) // size
    assert found == list(range(1, 4 * FIRST + 1))


async def test_a_result_that_is_left_holds_nobody_up(opened):
    async with opened.write() as session:
        await session.execute(text("CREATE TABLE kept (i INTEGER PRIMARY KEY)"))
    async with opened.read() as session:
        result = await session.stream_scalars(text(COUNT.format(4 * FIRST)))
        assert [await anext(aiter(result)), await anext(aiter(result))] == [1, 2]
    async with opened.write() as session:
        await session.execute(text("DROP TABLE kept"))


async def test_what_was_changed_is_counted_and_what_is_refused_is_raised(opened):
    async with opened.write() as session:
        await session.execute(text("CREATE TABLE kept (i INTEGER PRIMARY KEY)"))
        inserted = await session.execute(text(f"INSERT INTO kept {COUNT.format(2 * FIRST)} RETURNING i"))
        assert len(inserted.all()) == 2 * FIRST
        await session.execute(text("INSERT INTO kept VALUES (:i)"), [{"i": 9_001}, {"i": 9_002}])
        assert (await session.execute(text("DELETE FROM kept WHERE i > 1"))).rowcount == 2 * FIRST + 1
    with pytest.raises(IntegrityError):
        async with opened.write() as session:
            await session.execute(text("INSERT INTO kept VALUES (1)"))
