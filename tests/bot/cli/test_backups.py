"""A copy while the bot runs, and putting one in place, as a person types it."""

import json
import os
import sqlite3
import stat
from contextlib import closing

import pytest

from storage.lock import hold_lock
from tests.bot.cli.conftest import ANSWER


@pytest.fixture
def copied(asked):
    """A question with answers, and a copy of it."""
    asked.done("collect")
    asked.done("backup", "copy.db")
    return asked


def read(folder, statement, name="pullquote.db"):
    with closing(sqlite3.connect(folder / name)) as database:
        return database.execute(statement).fetchall()


def test_a_copy_has_everything_and_is_its_owners_alone(copied):
    assert (ANSWER,) in read(copied.folder, "SELECT text FROM revisions", "copy.db")
    if os.name == "posix":
        assert stat.S_IMODE((copied.folder / "copy.db").stat().st_mode) == 0o600
    assert [path.name for path in copied.folder.iterdir() if path.name.startswith(".copy")] == []


def test_nothing_is_overwritten(copied):
    shown = copied("backup", "copy.db")
    assert shown.code == 1
    assert "copy.db is there already" in shown.err


def test_a_copy_holds_no_secret(empty_folder, square, monkeypatch):
    monkeypatch.setenv("MAIL_PASSWORD", "correct horse battery")
    empty_folder.configure(
        f'[accounts.square]\nplatform = "sandbox"\nurl = "{square.url}"\n'
        '[mail]\nhost = "localhost"\nsender = "a@example.org"\nto = ["b@example.org"]\n'
        'user = "a"\npassword = { env = "MAIL_PASSWORD" }\n[digest]\ndeliver = ["mail"]\n'
    )
    empty_folder.done("backup", "copy.db")
    assert b"correct horse" not in (empty_folder.folder / "copy.db").read_bytes()


def test_what_was_lost_comes_back(copied):
    (copied.folder / "pullquote.db").unlink()
    shown = copied.done("restore", "copy.db", "--yes")
    assert "restored as of" in shown
    assert "We dropped AMP last March" in copied.done("replies")


def test_where_nobody_knows_who_left_it_says_so(copied):
    for path in (*copied.folder.glob("pullquote.db*"), *copied.folder.glob("state/barred.log")):
        path.unlink()
    shown = copied("restore", "copy.db", "--yes")
    assert shown.code == 0
    assert "is not known" in shown.err


def test_it_is_asked_before_anything_is_replaced(copied):
    copied.done("forget", "ada", "--yes")
    shown = copied("restore", "copy.db")
    assert shown.code == 2
    assert "--yes" in shown.err
    assert (ANSWER,) not in read(copied.folder, "SELECT text FROM revisions")


def test_who_left_since_does_not_come_back(copied):
    copied.done("forget", "ada", "--yes")
    done = json.loads(copied.done("restore", "copy.db", "--yes", "--json"))
    assert done["erased"] == 1
    assert (ANSWER,) not in read(copied.folder, "SELECT text FROM revisions")
    copied.done("collect")
    assert "We dropped AMP" not in copied.done("replies")


def test_who_left_since_is_known_where_the_database_is_lost(copied):
    copied.done("forget", "ada", "--yes")
    for path in copied.folder.glob("pullquote.db*"):
        path.unlink()
    assert json.loads(copied.done("restore", "copy.db", "--yes", "--json"))["erased"] == 1


def test_a_refusal_holds_after_a_restore(copied):
    copied.done("consent", "ada", "refused")
    for path in copied.folder.glob("pullquote.db*"):
        path.unlink()
    copied.done("restore", "copy.db", "--yes")
    assert ("refused",) in read(copied.folder, "SELECT state FROM consents")


def test_who_was_taken_off_the_list_since_stays_off(copied):
    copied.done("do-not-quote", "ada")
    copied.done("backup", "second.db")
    copied.done("do-not-quote", "ada", "--undo")
    for path in copied.folder.glob("pullquote.db*"):
        path.unlink()
    copied.done("restore", "second.db", "--yes")
    assert read(copied.folder, "SELECT do_not_quote FROM authors WHERE handle = 'ada'") == [(0,)]


def test_beside_a_running_bot_nothing_is_restored(copied):
    with hold_lock(copied.folder / "pullquote.db.lock"):
        shown = copied("restore", "copy.db", "--yes")
    assert shown.code == 1
    assert "already runs on this database" in shown.err


def test_what_is_no_copy_is_refused(copied):
    (copied.folder / "notes.db").write_text("nothing of ours")
    assert "is no copy" in copied("restore", "notes.db", "--yes").err
    assert "there is no file" in copied("restore", "missing.db", "--yes").err


def test_an_editors_verdict_is_still_taken_back_by_the_same_word(copied):
    copied.done("keep", "grace")
    assert "as the rules say" in copied.done("restore", "grace")
