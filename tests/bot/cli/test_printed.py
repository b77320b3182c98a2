import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

from tests.bot.cli.conftest import ANSWER
from tests.bot.cli.test_leave import digests
from tests.bot.cli.test_replies import ids

URL = "https://review.example/amp"


def rows(pullquote, query):
    with closing(sqlite3.connect(pullquote.folder / "pullquote.db")) as database, database:
        return database.execute(query).fetchall()


def withdrawn(pullquote):
    return json.loads(pullquote.done("withdrawn", "--json"))["printed"]


def test_a_use_is_noted_and_answered_with_a_thank_you_to_paste_under_the_reply(asked):
    shown = asked.done("used", ids(asked)["ada"], URL, "--title", "After AMP")
    assert "verbatim, consent public notice" in shown
    assert "under https://sandbox.example/post/sandbox-2" in shown
    assert f"Thank you, ada! We quoted you in “After AMP”: {URL}" in shown
    assert "noted before" in asked.done("used", "https://sandbox.example/post/sandbox-2", URL)


def test_a_reply_is_found_by_words_of_it_and_no_words_of_it_are_kept_with_the_use(asked):
    asked.done("used", "Traffic stayed flat", URL)
    (row,) = rows(asked, "SELECT * FROM printings")
    assert not [value for value in row if "Traffic" in str(value)]
    assert "does not say" in asked("used", ids(asked)["ada"], URL, "--quote", "Traffic rose").err
    assert "no reply has this link or these words" in asked("used", "Traffic rose", URL).err


def test_only_a_web_address_is_taken(asked):
    assert "is no web address" in asked("used", ids(asked)["ada"], "page 4").err


def test_what_was_printed_and_deleted_since_is_listed_without_its_words(asked, square):
    asked.done("used", ids(asked)["ada"], URL)
    assert "nothing that was printed" in asked.done("withdrawn")
    square.network.delete("sandbox-2", datetime.now(UTC))  # noqa: TID251
    asked.done("collect")
    (found,) = withdrawn(asked)
    assert (found["what"], found["url"]) == ("deleted", URL)
    shown = asked.done("withdrawn")
    assert "its author deleted it: take it out" in " ".join(shown.split())
    assert ANSWER[:20] not in shown


def test_what_was_printed_and_changed_or_refused_since_is_listed_with_what_to_do(asked, square):
    asked.done("used", ids(asked)["ada"], URL)
    square.network.edit("sandbox-2", "We kept AMP after all, with 3 people.", datetime.now(UTC))  # noqa: TID251
    asked.done("collect")
    assert [found["what"] for found in withdrawn(asked)] == ["edited"]
    asked.done("consent", ids(asked)["ada"], "withdrawn")
    assert [found["what"] for found in withdrawn(asked)] == ["withdrawn"]


def test_a_source_is_shown_with_what_they_said_and_the_editors_checks(asked):
    asked.done("used", ids(asked)["ada"], URL)
    asked.done(
        "check-source", "ada", "--found-at", "https://ada.example", "--spoken", "--by", "mara", "--note", "by phone"
    )
    shown = " ".join(asked.done("source", "ada").split())
    assert ANSWER in shown
    assert "by mara: found at https://ada.example; spoken to; by phone" in shown
    assert URL in shown
    asked.done("digest", "--offline")
    assert "by phone" not in digests(asked)
    asked.done("do-not-quote", "ada", "--reason", "a pen name")
    shown = " ".join(asked.done("source", "ada").split())
    assert "on the do-not-quote list" in shown
    assert ANSWER not in shown


def test_a_check_says_what_was_done(asked):
    assert "say what you did" in asked("check-source", "ada").err


def test_who_is_forgotten_is_nowhere_and_does_not_come_back(asked, square):
    asked.done("digest", "--offline")
    asked.done("used", ids(asked)["ada"], URL)
    asked.done("check-source", "ada", "--spoken")
    shown = asked.done("forget", "ada", "--yes")
    assert f"printed at {URL}" in " ".join(shown.split())
    square.reply("ada", "One more thing: it took us 4 days in 2021.")
    asked.done("collect")
    assert ANSWER not in digests(asked)
    stored = "\n".join(line for line in dump(asked) if "INSERT" in line)
    for secret in (ANSWER[:20], "'ada'", '"ada"', "sandbox-2", URL, "4 days"):
        assert secret not in stored, secret
    assert len(rows(asked, "SELECT * FROM replies")) == 3
    assert "ada" not in asked.done("replies")
    assert "no author 'ada' has answered" in asked("source", "ada").err


def dump(pullquote):
    with closing(sqlite3.connect(pullquote.folder / "pullquote.db")) as database, database:
        return list(database.iterdump())


def test_nobody_is_forgotten_unasked(asked):
    assert asked("forget", "ada").code == 2
    assert ids(asked)["ada"]
