"""Databases, and a whole pullquote, for every test.

PULLQUOTE_TEST_DATABASES names the databases that tests of the store run on: "sqlite" (default) or "sqlite postgresql".
"""

import asyncio
import gc
import os
import shutil
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import structlog
from hypothesis import settings

from storage.engine import Store, resolve_url
from storage.upgrade import upgrade
from tests.postgresql import NotInstalled, run_server
from tests.running import Bot, Clock, Services, configure
from tests.statements import share_compiled_statements

settings.register_profile("pullquote", deadline=None)  # speed is for `make bench`
settings.load_profile("pullquote")
share_compiled_statements()

sys.dont_write_bytecode = False  # else each worker and each process of a test compiles everything anew
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

DATABASES = os.environ.get("PULLQUOTE_TEST_DATABASES", "sqlite").split()


def pytest_collection_finish():
    """What stands from now on to the end is not looked through again at each collection of garbage."""
    gc.freeze()


def migrate(url: str) -> None:
    """Bring a database to the newest version."""

    async def run() -> None:
        async with Store(resolve_url(url, Path())) as store:
            await upgrade(store)

    asyncio.run(run())


@pytest.fixture(scope="session")
def postgresql_server():
    try:
        with run_server() as server:
            yield server
    except NotInstalled as reason:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(str(reason))


@pytest.fixture(scope="session")
def discord_server():
    """One loopback Discord for all tests of a process; see `tests.servers.discord.fixtures`."""
    from tests.servers.discord.network import run_discord

    with run_discord() as server:
        yield server


@pytest.fixture(scope="session")
def x_process(tmp_path_factory):
    """One loopback X for all tests of a process; see `tests.servers.x.fixtures`."""
    from tests.servers.x.network import run_x

    with run_x(tmp_path_factory.mktemp("x")) as network:
        yield network


@pytest.fixture(scope="session")
def upgraded_sqlite(tmp_path_factory):
    """A SQLite file of the newest version, to be copied: a migration takes longer than most tests."""
    path = tmp_path_factory.mktemp("upgraded") / "pullquote.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def upgraded_postgresql(postgresql_server):
    """A PostgreSQL database of the newest version, to be copied."""
    url = postgresql_server.make_database()
    migrate(show(url))
    yield url
    postgresql_server.drop_database(url)


@pytest.fixture(params=DATABASES)
def empty_database(request, tmp_path):
    """The URL of a database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server = request.getfixturevalue("postgresql_server")
    url = server.make_database()
    yield show(url)
    server.drop_database(url)


@pytest.fixture(params=DATABASES)
def database(request, tmp_path):
    """The URL of a database of the newest version without any row."""
    if request.param == "sqlite":
        path = tmp_path / "pullquote.db"
        shutil.copyfile(request.getfixturevalue("upgraded_sqlite"), path)
        yield f"sqlite:///{path}"
        return
    server = request.getfixturevalue("postgresql_server")
    url = server.make_database(template=request.getfixturevalue("upgraded_postgresql"))
    yield show(url)
    server.drop_database(url)


def show(url) -> str:
    return url.render_as_string(hide_password=False)


@pytest.fixture
async def store(database):
    """An opened store without any row."""
    async with Store(resolve_url(database, Path())) as store:
        yield store


@pytest.fixture
def clock():
    """What every pullquote of a test takes for the present: Monday 2026-11-16 08:00 UTC until it is moved."""
    return Clock()


@pytest.fixture
def plain_log():
    """What is logged in a test is printed where the test fails, without a picture of every frame."""
    plain = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[structlog.processors.add_log_level, plain], cache_logger_on_first_use=False)
    yield
    structlog.reset_defaults()


@pytest.fixture
async def open_bot(database, clock, tmp_path, plain_log):
    """Open a pullquote; see `tests.running.configure` for what can be given. One account, square, by default."""
    opened = []

    async def open_bot(**given):
        services = Services()
        config = configure(tmp_path, database, services, {"accounts": ("square",)} | given)
        bot = Bot(tmp_path, database, clock, services, config)
        opened.append(bot)
        await bot.open()
        return bot

    yield open_bot
    for bot in opened:
        await bot.close()


@pytest.fixture
async def bot(open_bot, clock):
    """A pullquote with one question, `habits`, that is due at once on its only account."""
    bot = await open_bot(questions={"habits": {"at": f"{clock() + timedelta(minutes=1):%Y-%m-%dT%H:%M}"}})
    clock.advance(minutes=1)
    return bot
