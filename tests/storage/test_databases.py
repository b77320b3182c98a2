"""A database that an older version wrote opens and goes on: nothing is lost, and every command works on it.

`databases/NNNN.sql` was written by the pullquote of that version (`databases/make.py`); 0001 by commit f7eac91.
"""

import contextlib
import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.models import Activity
from storage.search import INDEXES
from storage.upgrade import LATEST
from tests.bot.cli.conftest import Pullquote
from tests.running import Bot, Clock, Services, configure
from tests.storage.databases.make import CONFIG, lay_key

FOLDER = Path(__file__).parent / "databases"
VERSIONS = sorted(path.stem for path in FOLDER.glob("*.sql"))
MOVED = {"erasures": "barred WHERE bar = 'erased'"}
"""Where the rows of tables that are no more stand today."""
MIGRATIONS = Path(__file__).parents[2] / "storage/migrations/versions"
TOML = """
[pullquote]
name = "The Example Review"
[accounts.square]
platform = "sandbox"
consent_first = true
forms = true
[questions.habits]
text = "What did you stop doing, and what happened?"
accounts = ["square"]
at = "2026-11-16T08:01"
closes_after = "3d"
[questions.links]
text = "Do you still disavow links?"
accounts = ["square"]
at = "2026-11-16T08:01"
closes_after = "5d"
[digest]
private = ["json"]
public = ["json"]
"""


@pytest.fixture(params=VERSIONS)
def old(request, tmp_path):
    """The file that a pullquote of this version left behind, in its folder."""
    path = tmp_path / "pullquote.db"
    lay_key(tmp_path)
    dump = (FOLDER / f"{request.param}.sql").read_text(encoding="utf-8")
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript(dump.replace("{folder}", str(tmp_path)))
    return path


COUNTED = ("uncounted", "counted_replies")
"""What is made anew of the replies whenever it is counted otherwise."""


@pytest.fixture
def count_rows(old):
    """How many rows each table has that the old version knew, by the name that it gave it."""
    with contextlib.closing(sqlite3.connect(old)) as connection:
        named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        tables = [name for (name,) in named if not name.startswith(INDEXES) and name not in COUNTED]

    def count_rows():
        with contextlib.closing(sqlite3.connect(old)) as connection:
            there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            now = {name: name if name in there else MOVED[name] for name in tables}
            return {name: connection.execute(f"SELECT count(*) FROM {now[name]}").fetchone()[0] for name in tables}

    return count_rows


@pytest.fixture
def before(count_rows):
    """The counts before anything of today opens it."""
    return count_rows()


@pytest.fixture
def pullquote(old, monkeypatch, capsys):
    """The commands of today, in that folder."""
    monkeypatch.chdir(old.parent)
    monkeypatch.setenv("COLUMNS", "200")
    pullquote = Pullquote(old.parent, capsys)
    pullquote.configure(TOML)
    return pullquote


@pytest.fixture
async def bot(old, plain_log):
    """The pullquote of today on that file, a week later."""
    services, database = Services(), f"sqlite:///{old}"
    clock = Clock(datetime(2026, 11, 30, 8, 0, tzinfo=UTC))
    bot = Bot(old.parent, database, clock, services, configure(old.parent, database, services, CONFIG))
    await bot.open()
    yield bot
    await bot.close()


def test_every_version_before_the_newest_has_left_a_database():
    versions = sorted(re.match(r"\d+", path.name)[0] for path in MIGRATIONS.glob("[0-9]*.py"))
    missing = set(versions) - {LATEST} - set(VERSIONS)
    assert not missing, f"at the commit before {LATEST} was added, run `python -m tests.storage.databases.make`"


def test_no_table_of_an_old_database_is_empty(count_rows):
    assert [name for name, rows in count_rows().items() if not rows] == []


async def test_an_old_database_is_brought_to_today_and_loses_no_row(old, count_rows, before, bot):
    await bot.close()
    assert count_rows() == before
    with contextlib.closing(sqlite3.connect(old)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(LATEST,)]


def test_the_commands_show_what_an_old_database_holds(pullquote):
    assert "square" in pullquote.done("status")
    questions = pullquote.done("questions")
    assert [slug for slug in ("habits", "links") if slug not in questions] == []
    assert "1 closed" in questions
    shown = pullquote.done("replies")
    assert "8 replies" in shown
    assert "I stopped disavowing links in 2019" in shown  # grace agreed
    assert "We dropped AMP" in shown  # ada was asked, and agreed
    assert "relatives" not in shown  # otto was erased


def test_a_digest_is_written_from_an_old_database(pullquote):
    pullquote.done("digest", "habits", "--offline")
    (path,) = (pullquote.folder / "digests").glob("What did you stop doing*to share.json")
    written = path.read_text(encoding="utf-8")
    assert ("I stopped disavowing links in 2019" in written, "We dropped AMP" in written) == (True, False)


async def test_an_old_database_goes_on(bot):
    await bot.tick()
    await bot.tick(minutes=1)
    assert [text.partition("\n")[0] for text in bot.visible()][:2] == [
        "Which tool did you drop?",  # was planned by the old version
        "Digest: Do you still disavow links?",  # has closed since
    ]
    assert [activity.name for activity in await bot.rows(Activity) if activity.error] == []
