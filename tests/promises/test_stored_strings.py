"""Strings that stand in databases, on messages already sent, in configs and in files of words stay as they are.

What is listed in `stored_strings.toml` must go on to be written and understood: a string that is renamed there strands
what was stored under it. A new one is written down by `python -m tests.promises.stored_strings`.
"""

import contextlib
import sqlite3

import pytest

from tests.promises.stored_strings import (
    COLUMNS,
    FILE,
    gather,
    list_constants,
    list_patterns,
    read_snapshot,
    read_values,
)
from tests.running import Bot, Clock, Services, configure
from tests.storage.databases.make import CONFIG, live
from tests.storage.test_databases import FOLDER, VERSIONS

KEPT = read_snapshot()
NOW = gather()

RETIRED = {
    "questions.enough_at": "written by nothing and read by nothing; migration 0002 drops it",
    "digest.method.chosen": "untrue of what was adopted or imported; digest.origin says it, a user's file may hold both",
    "digest.months": "still read from a user's file; ours are Babel's",
    "digest.thousands": "as above",
    "digest.weekdays": "as above",
    "post.months": "as above",
    "erasures.name": "migration 0003 moves its rows into barred.name; secure_names gives them a key",
    "mail ": "the outbox writes a kind's name and its state for every kind",
}
"""What the code of today no longer names itself, and why nothing is stranded by that."""

RENAMED = (
    f"is stored in databases, messages or files of users: give it back its name, and never take it from {FILE.name}"
)


@pytest.mark.parametrize("kind", KEPT["gathered"])
def test_no_string_that_is_stored_is_renamed(kind):
    gone = sorted(set(KEPT["gathered"][kind]) - set(NOW.get(kind, ())) - RETIRED.keys())
    gone = [each for each in gone if kind != "enums" or not has_grown(each)]
    assert not gone, f"{kind}: {gone} {RENAMED}"


def has_grown(entry):
    """Whether an enum of today has all members of one that is kept, and more: then no value was renamed."""
    members = set(entry.partition(" ")[0].split("|"))
    return any(members < set(each.partition(" ")[0].split("|")) for each in NOW["enums"])


@pytest.mark.parametrize("kind", NOW)
def test_a_new_string_is_written_down(kind):
    new = sorted(set(NOW[kind]) - set(KEPT["gathered"].get(kind, ())))
    assert not new, (
        f"{kind}: {new} will be stored: run `python -m tests.promises.stored_strings` and commit {FILE.name}"
    )


@pytest.mark.parametrize("folder", KEPT["constants"])
def test_no_constant_that_is_stored_is_renamed(folder):
    gone = sorted(set(KEPT["constants"][folder]) - list_constants(folder) - RETIRED.keys())
    assert not gone, f"{folder}: {gone} {RENAMED}"


@pytest.mark.parametrize("custom_id", KEPT["custom_ids"])
def test_a_button_of_a_message_that_was_sent_is_understood(custom_id):
    assert any(pattern.fullmatch(custom_id) for pattern in list_patterns()), f"{custom_id} {RENAMED}"


@pytest.fixture
async def lived_in(tmp_path, plain_log):
    """What today's pullquote writes into its database, by column."""
    path, services = tmp_path / "lived.db", Services()
    bot = Bot(
        tmp_path, f"sqlite:///{path}", Clock(), services, configure(tmp_path, f"sqlite:///{path}", services, CONFIG)
    )
    await bot.open()
    await live(bot)
    await bot.close()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return read_values(connection)


@pytest.mark.parametrize("version", VERSIONS)
async def test_the_same_life_writes_the_same_words_as_in_an_older_version(version, lived_in):
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript((FOLDER / f"{version}.sql").read_text(encoding="utf-8"))
        before = read_values(connection)
    assert sorted(before) == sorted(f"{table}.{column}" for table, column in COLUMNS)
    gone = {name: sorted(values - lived_in[name]) for name, values in before.items() if values - lived_in[name]}
    assert not gone, f"{gone} {RENAMED}"
