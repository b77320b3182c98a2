import json
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.replies.counting import BATCH

SCHEDULED = """
[questions.weekly]
text = "Which tool saved you time?"
accounts = ["square"]
at = "{at}"
grace = "6h"
"""


def schedule(pullquote):
    """A question that has been due for two minutes."""
    at = datetime.now(ZoneInfo("Europe/Berlin")) - timedelta(minutes=2)  # noqa: TID251
    with (pullquote.folder / "config.toml").open("a") as file:
        file.write(SCHEDULED.format(at=at.strftime("%Y-%m-%dT%H:%M")))
    pullquote.done("questions")
    with closing(sqlite3.connect(pullquote.folder / "pullquote.db")) as database, database:
        database.execute("UPDATE question_versions SET seen_at = datetime(seen_at, '-1 day') || '.000000'")


def test_what_is_due_is_published(pullquote, square):
    schedule(pullquote)
    assert "posted https://sandbox.example/post/sandbox-1" in pullquote.done("publish")
    assert len(square.standing()) == 1


def test_nothing_due_says_so(pullquote):
    assert pullquote.done("publish").startswith("nothing is due")


def test_while_paused_nothing_is_planned_or_sent_and_it_says_so(pullquote, square):
    schedule(pullquote)
    pullquote.done("pause")
    shown = pullquote("publish")
    assert shown.code == 1
    assert "pullquote resume" in shown.err
    assert square.standing() == []
    assert "paused" in pullquote.done("status")


def test_one_question_is_paused_and_resumed(asked):
    asked.done("pause", "stopped")
    assert "paused" in asked.done("questions")
    asked.done("resume", "stopped")
    assert "active" in asked.done("questions")


def test_collecting_goes_on_while_posting_is_paused(asked, square):
    asked.done("pause")
    square.reply("mallory", "We stopped in 2020, because it cost us 3 hours a week.")
    assert asked.done("collect") == "square: 1 new reply\n"


def test_collecting_where_nothing_is_open_says_so(pullquote):
    assert pullquote.done("collect") == "no post is open: nothing to collect\n"


def test_an_account_that_cannot_be_reached_is_told_and_fails(asked, square):
    asked.configure((asked.folder / "config.toml").read_text().replace(square.url, "http://127.0.0.1:9"))
    shown = asked("collect")
    assert shown.code == 1
    assert shown.err.startswith("square: ")


def test_the_database_is_upgraded_and_told(empty_folder):
    assert "up to date" in empty_folder.done("db", "upgrade")
    (empty_folder.folder / "pullquote.db").unlink()
    assert "upgraded from nothing to version" in empty_folder.done("db", "upgrade")


def test_a_database_of_a_newer_pullquote_is_left_alone(empty_folder):
    with closing(sqlite3.connect(empty_folder.folder / "pullquote.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    shown = empty_folder("status")
    assert shown.code == 1
    assert "of a newer pullquote" in shown.err


# ---------------------------------------------------------------- status


def test_the_status_of_nothing_says_what_to_do(empty_folder):
    shown = empty_folder.done("status")
    assert "pullquote init" in shown
    assert "pullquote adopt LINK" in shown
    assert "180 days after the close" in " ".join(shown.split())


def test_status_tells_how_complete_the_collection_is(asked):
    shown = asked.done("status")
    assert "square: 3 of 3 collected, closes " in shown
    assert "1 of 5 wanted may be quoted so far" in shown
    assert "run: not running" in shown


def test_status_tells_what_did_not_go_out_and_why(pullquote, square):
    pullquote.configure((pullquote.folder / "config.toml").read_text().replace(square.url, "http://127.0.0.1:9"))
    pullquote("ask", "What?", "--slug", "what", "--yes")
    shown = " ".join(pullquote.done("status").split())
    assert "Not out what on square" in shown
    assert "not out yet: " in shown


def test_status_tells_what_fails(asked, square):
    asked.configure((asked.folder / "config.toml").read_text().replace(square.url, "http://127.0.0.1:9"))
    asked("collect")
    assert "collect square" in asked.done("status")


def test_a_program_reads_the_status(asked):
    told = json.loads(asked.done("status", "--json"))
    assert told["is_running"] is False
    assert told["questions"][0]["posts"][0]["stored"] == 3


def test_status_imports_neither_an_sdk_nor_alembic(tmp_path, upgraded_sqlite):
    shutil.copy(upgraded_sqlite, tmp_path / "pullquote.db")
    script = """
import sys
import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo
from bot.cli.main import main
try:
    main(["status"])
except SystemExit as stop:
    assert stop.code == 0
print([name for name in ("atproto", "atproto_client", "alembic", "apscheduler", "jinja2", "psycopg", "httpx") if name in sys.modules], file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"


def test_status_imports_no_rule_of_judging_or_quoting_where_nothing_is_to_be_counted(tmp_path, upgraded_sqlite):
    shutil.copy(upgraded_sqlite, tmp_path / "pullquote.db")
    unneeded = (
        *("structlog", "numpy", "babel", "markdown_it", "pydantic_settings", "adapters.sandbox.adapter"),
        *("bot.filter.judging", "bot.filter.rules", "bot.quotes.typography", "bot.quotes.refusals"),
        *("bot.digest.selection.select", "bot.digest.rewrite", "bot.replies.outcomes"),
    )
    script = f"""
import sys
from bot.cli.main import main
try:
    main(["status"])
except SystemExit as stop:
    assert stop.code == 0
print([name for name in {unneeded} if name in sys.modules], file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"


def test_status_says_that_it_counts_where_that_takes_long(asked):
    with closing(sqlite3.connect(asked.folder / "pullquote.db")) as database, database:
        (question_id,) = database.execute("SELECT id FROM questions").fetchone()
        (author_id,) = database.execute("SELECT min(id) FROM authors").fetchone()
        note = "INSERT INTO uncounted (question_id, author_id) VALUES (?, ?)"
        database.executemany(note, [(question_id, author_id)] * BATCH)
    assert "counting all answers anew" in asked("status").all
    assert "counting" not in asked("status").all


def test_a_command_that_only_reads_waits_for_no_writer(asked):
    with closing(sqlite3.connect(asked.folder / "pullquote.db", isolation_level=None)) as writer, writer:
        writer.execute("BEGIN IMMEDIATE")
        started = time.monotonic()
        assert "stopped" in asked.done("status")
        assert "stopped" in asked.done("questions")
        assert time.monotonic() - started < 20  # of the 30 s that a writer is waited for
        writer.execute("ROLLBACK")
    writer.close()
