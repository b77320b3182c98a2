"""What an editor entered is recorded and can be taken back; what a person said, was sent or is erased cannot."""

import json
import sqlite3
from contextlib import closing

import pytest

from tests.bot.cli.test_leave import digests
from tests.bot.cli.test_printed import URL, rows
from tests.bot.cli.test_replies import ids

TEXT = "We stopped writing minutes in 2020, because 7 people never read them."
ENTERED = {
    "used": (["used", "ada", URL], "printings"),
    "credit": (["credit", "ada", "--name", "Ada Lovelace", "--said-by", "her page"], "credits_given"),
    "check-source": (["check-source", "ada", "--spoken"], "source_checks"),
    "consent granted": (["consent", "ada", "granted"], "consents"),
    "consent refused": (["consent", "ada", "refused"], "consents"),
    "keep": (["keep", "grace"], "verdicts WHERE editor IS NOT NULL AND restored_at IS NULL"),
    "add": (["add", "stopped", "--author", "Hanna", "--text", TEXT], "replies WHERE state != 'purged'"),
}


def history(pullquote):
    return json.loads(pullquote.done("history", "--json"))


def count(pullquote, table):
    return rows(pullquote, f"SELECT count(*) FROM {table}")[0][0]


@pytest.mark.parametrize(("command", "table"), ENTERED.values(), ids=ENTERED)
def test_what_an_editor_entered_is_taken_back_and_the_record_says_so(asked, command, table):
    before = count(asked, table)
    asked.done(*command)
    assert count(asked, table) == before + 1
    (act,) = history(asked)
    assert (act["kind"], act["can_be_undone"]) == (command[0] if command[0] != "keep" else "judged", True)
    assert "taken back: act 1" in asked.done("undo", "--yes")
    assert count(asked, table) == before
    (act,) = history(asked)
    assert (act["can_be_undone"], act["undone_by"] != "") == (False, True)
    assert "taken back already" in asked("undo", "1", "--yes").err


def test_an_act_by_number_is_taken_back_and_later_ones_stand(asked):
    asked.done("consent", "ada", "refused")
    asked.done("check-source", "ada", "--spoken")
    asked.done("undo", "1", "--yes")
    assert (count(asked, "consents"), count(asked, "source_checks")) == (0, 1)


def test_an_undo_reaches_the_files(asked):
    asked.done("consent", "ada", "refused")
    asked.done("digest", "stopped")
    assert "We dropped AMP" not in digests(asked)
    asked.done("undo", "--yes")
    asked.done("digest", "stopped")
    assert "We dropped AMP" in digests(asked)
    asked.done("credit", "ada", "--name", "Ada Lovelace", "--said-by", "her page")
    asked.done("digest", "stopped")
    assert "Ada Lovelace" in digests(asked)
    asked.done("undo", "--yes")
    asked.done("digest", "stopped")
    assert "Ada Lovelace" not in digests(asked)


def test_an_import_is_taken_back_whole_and_can_be_made_again(asked):
    row = {"author": "Hanna", "handle": "hanna"}
    lines = [json.dumps(row | {"id": str(n), "text": f"{TEXT} {n}"}) for n in range(3)]
    (asked.folder / "mail.jsonl").write_text("\n".join(lines), encoding="utf-8")
    asked.done("import", "stopped", "mail.jsonl", "--consent", "yes, print it")
    asked.done("digest", "stopped")
    assert "writing minutes" in digests(asked)
    assert "3 replies" in asked.done("undo", "--yes")
    assert "writing minutes" not in digests(asked)
    assert not rows(asked, "SELECT 1 FROM authors WHERE handle = 'hanna' OR display_name = 'Hanna'")
    assert "nobody of this name has answered" in asked("keep", "hanna").err
    assert "3 added" in asked.done("import", "stopped", "mail.jsonl")


def test_an_import_of_which_something_was_printed_stays(asked):
    asked.done("add", "stopped", "--author", "Hanna", "--text", TEXT, "--consent", "yes")
    asked.done("used", "Hanna", URL)
    number = max(ids(asked).values())
    refused = asked("undo", "1", "--yes")
    assert f"replies {number} were printed" in refused.err
    asked.done("undo", "2", "--yes")
    asked.done("undo", "1", "--yes")


def test_what_a_person_said_themselves_is_no_act_of_an_editor(asked):
    with closing(sqlite3.connect(asked.folder / "pullquote.db")) as database, database:
        database.execute(
            "INSERT INTO consents (revision_id, state, wording, proof, credit, covers_vote, at)"
            " VALUES (1, 'refused', '', 'interaction 7', '', 0, '2026-11-16 09:00:00.000000')"
        )
    assert history(asked) == []
    assert "has done nothing here that can be taken back" in asked("undo", "--yes").err
    asked.done("consent", "1", "granted", "--proof", "a mail of 16 November")
    asked.done("undo", "--yes")
    assert rows(asked, "SELECT state, proof FROM consents") == [("refused", "interaction 7")]


def test_what_is_erased_is_listed_first_and_has_no_undo(asked):
    asked.done("check-source", "ada", "--spoken")
    shown = asked.done("forget", "ada", "--yes")
    before = shown.partition("erased:")[0]
    assert "This goes" in before
    assert "We dropped AMP" in before
    assert "1 check" in before
    assert [(act["kind"], act["can_be_undone"]) for act in history(asked)] == [
        ("forget", False),
        ("check-source", False),
    ]
    assert "what is sent or erased is gone" in asked("undo", "2", "--yes").err
    assert "nothing of what it entered is left" in asked("undo", "1", "--yes").err


@pytest.mark.parametrize("number", ["99", "9" * 30, "x", "0"])
def test_an_act_that_is_none_is_told_in_one_sentence(asked, number):
    shown = asked("undo", number, "--yes")
    assert (shown.code, shown.err.count("\n")) == (1, 1)
    assert "there is no act" in shown.err


def test_without_a_terminal_and_a_yes_nothing_is_taken_back(asked):
    asked.done("keep", "ada")
    assert "say --yes" in asked("undo").err
    assert history(asked)[0]["can_be_undone"]


def test_the_history_names_nobody_but_editors(asked):
    for command, _ in ENTERED.values():
        asked.done(*command)
    shown = asked.done("history")
    assert "judged reply" in shown
    assert not {"Ada", "ada", "grace", "Hanna"} & set(shown.split())
