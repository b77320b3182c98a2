"""A reply is named by its number, who said it, its link or words of it, in every command that takes one."""

import json
import re
import sqlite3
import zipfile
from contextlib import closing
from typing import get_args

import pytest

from bot.config.sections import FormatName
from storage import engine
from tests.bot.cli.test_replies import ids

HUGE = "9" * 23
TAKE_ONE = {
    "keep": ["keep", "{}"],
    "maybe": ["maybe", "{}"],
    "aside": ["aside", "{}", "--reason", "x"],
    "restore": ["restore", "{}"],
    "why": ["replies", "--why", "{}"],
    "consent": ["consent", "{}", "granted"],
    "credit": ["credit", "{}", "--name", "Ada", "--said-by", "her page"],
    "used": ["used", "{}", "https://review.example/amp"],
}
NUMBERS = TAKE_ONE | {"source": ["source", "{}"], "check-source": ["check-source", "{}", "--spoken"]}
NUMBERS |= {"forget": ["forget", "{}", "--yes"], "do-not-quote": ["do-not-quote", "{}"]}


@pytest.mark.parametrize("number", [HUGE, str(2**63), "9" * 5000], ids=["23 digits", "64 bits", "5000 digits"])
@pytest.mark.parametrize("command", NUMBERS.values(), ids=NUMBERS)
def test_a_number_beyond_all_ids_is_told_in_one_sentence(asked, command, number):
    shown = asked(*(each.format(number) for each in command))
    assert (shown.code, shown.out) == (1, "")
    assert shown.err.count("\n") == 1
    assert "there is no reply 9" in shown.err or "no author '9" in shown.err


@pytest.mark.parametrize("command", TAKE_ONE.values(), ids=TAKE_ONE)
def test_who_said_it_is_as_good_as_its_number(asked, command):
    number = ids(asked)["ada"]
    asked.done("keep", number)
    shown = asked.done(*(each.format("ada") for each in command))
    assert str(number) in shown


def test_a_part_of_a_name_a_link_and_words_are_as_good(asked):
    number = ids(asked)["ada"]
    for named in ("AD", "@ada", "sandbox:ada", "https://sandbox.example/post/sandbox-2", "Traffic stayed flat"):
        assert f"{number}: keep" in asked.done("keep", named)


def test_what_could_be_several_lists_the_choices_and_changes_nothing(asked):
    shown = asked("keep", "a")
    assert shown.code == 1
    for who in ("ada", "grace", "alan"):
        assert f"{ids(asked)[who]} ({who} to stopped" in shown.err
    assert "name one by its number" in shown.err
    assert not any(each["editor"] for each in json.loads(asked.done("replies", "--json")))


def test_two_people_of_one_name_are_two_choices(asked):
    asked.done("add", "stopped", "--author", "ada", "--text", "We stopped writing minutes in 2020, with 7 people.")
    shown = asked("keep", "ada")
    assert (shown.code, shown.out) == (1, "")
    assert "two people are called ada" in shown.err
    assert "We stopped writing minutes" in shown.err


def test_nobody_of_that_name_is_told_in_one_sentence(asked):
    shown = asked("keep", "hanna")
    assert "nobody of this name has answered" in shown.err
    assert shown.err.count("\n") == 1


@pytest.mark.parametrize("mode", ["NORMAL", "EXCLUSIVE"])
def test_a_database_that_another_program_holds_is_one_sentence(asked, monkeypatch, mode):
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 200)
    with closing(sqlite3.connect(asked.folder / "pullquote.db", isolation_level=None)) as holder:
        holder.execute(f"PRAGMA locking_mode={mode}")
        holder.execute("BEGIN EXCLUSIVE")
        for command in (["keep", "1"], ["consent", "1", "granted"], ["forget", "ada", "--yes"]):
            shown = asked(*command)
            assert shown.code == 1
            assert shown.out == "" or command[0] == "forget"  # it lists what would go, which it can read
            assert shown.err.count("\n") == 1
            assert "held by another program" in shown.err


@pytest.mark.parametrize("name", get_args(FormatName))
def test_each_quote_for_the_writer_carries_the_number_that_the_commands_take(asked, name):
    number = ids(asked)["ada"]
    asked.done("keep", number)
    asked.done("digest", "stopped", "--format", name)
    files = [path for path in (asked.folder / "digests").rglob("*") if path.is_file()]
    shown = {path: read(path) for path in files}
    said = f'"replies": [{number}]' if name == "json" else f"Reply {number}"
    having = [path for path, text in shown.items() if said in text]
    assert len(having) == 1, list(shown)
    assert "for you" in having[0].name
    assert f"{number}: keep" in asked.done("keep", number)


def read(path):
    """What a file says, however it is packed."""
    if path.suffix != ".docx":
        return " ".join(path.read_text(encoding="utf-8").split())
    with zipfile.ZipFile(path) as package:
        return re.sub(r"<[^>]+>", "", package.read("word/document.xml").decode())
