"""A database is brought to the version of the program, or refused with what to do."""

import asyncio
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from storage.engine import Store, StoreError, resolve_url
from storage.models import Base
from storage.search import INDEXES
from storage.upgrade import LATEST, configure, upgrade


@pytest.fixture
async def empty(empty_database):
    async with Store(resolve_url(empty_database, Path())) as store:
        yield store


def is_no_index(name, kind="table", _parents=None):
    """Whether it is a table of ours: an index of words is made of tables, each database's own."""
    return kind != "table" or not name.startswith(INDEXES)


def compare(connection):
    """What the models have and the migrated database has not, or the other way round."""
    options = {"compare_type": True, "render_as_batch": True, "include_name": is_no_index}
    context = MigrationContext.configure(connection, opts=options)
    return compare_metadata(context, Base.metadata)


async def test_an_empty_database_becomes_one_of_the_newest_version(empty):
    assert await upgrade(empty) is None
    async with empty.engine.connect() as connection:
        tables = await connection.run_sync(lambda sync: set(inspect(sync).get_table_names()))
    assert {*filter(is_no_index, tables)} == set(Base.metadata.tables) | {"alembic_version"}
    assert {name for name in tables if not is_no_index(name)}


async def test_the_models_and_the_migrations_agree(empty):
    await upgrade(empty)
    async with empty.engine.connect() as connection:
        assert await connection.run_sync(compare) == []


async def test_a_database_of_the_newest_version_is_left_as_it_is(empty):
    await upgrade(empty)
    assert await upgrade(empty) == LATEST


async def test_the_newest_version_is_the_newest_migration(empty):
    async with empty.engine.connect() as connection:
        head = await connection.run_sync(lambda sync: ScriptDirectory.from_config(configure(sync)).get_current_head())
    assert head == LATEST


async def test_a_database_of_a_newer_version_is_refused_and_not_touched(empty):
    await upgrade(empty)
    async with empty.engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match=r"is of a newer pullquote .its version is 9999") as caught:
        await upgrade(empty)
    assert "install that pullquote, or restore an older copy" in str(caught.value)
    async with empty.engine.connect() as connection:
        assert await connection.scalar(text("SELECT version_num FROM alembic_version")) == "9999"


async def test_two_that_start_at_once_upgrade_once(empty_database):
    async with Store(resolve_url(empty_database, Path())) as one, Store(resolve_url(empty_database, Path())) as two:
        assert set(await asyncio.gather(upgrade(one), upgrade(two))) == {None, LATEST}
        async with one.engine.connect() as connection:
            assert await connection.run_sync(compare) == []


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("mysql://localhost/pullquote", "mysql is not supported; write sqlite:/// or postgresql://"),
        ("not a url", "'not a url' is no database URL; write sqlite:/// or postgresql://"),
    ],
)
def test_another_database_is_refused(url, message):
    with pytest.raises(StoreError, match=message):
        resolve_url(url, Path())


async def test_a_file_that_is_no_database_is_refused(tmp_path):
    (tmp_path / "pullquote.db").write_text("Dear diary, today nobody answered." * 100)
    async with Store(resolve_url("sqlite:///pullquote.db", tmp_path)) as store:
        with pytest.raises(StoreError, match="does not open: file is not a database"):
            await upgrade(store)


async def test_a_database_that_cannot_be_reached_is_refused_without_its_password():
    pytest.importorskip("psycopg")
    url = resolve_url("postgresql://ada:secret@127.0.0.1:9/pullquote", Path())
    async with Store(url) as store:
        with pytest.raises(StoreError, match="does not open") as caught:
            await upgrade(store)
    assert "secret" not in str(caught.value)
