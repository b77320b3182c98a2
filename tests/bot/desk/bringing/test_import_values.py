"""Caps and kinds hold for every value of a row; a column that stands twice loses nobody's words."""

import json

import pytest

from bot.desk import DeskError
from storage.models import Author, Reply

GOOD = {"text": "We stopped.", "author": "Ada"}


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("id", ["x" * 9000], "'id' is a list"),
        ("id", {"a": 1}, "'id' is an object"),
        ("id", True, "'id' is true or false"),
        ("id", 1.5, "'id' is 1.5"),
        ("id", float("nan"), "'id' is nan"),
        ("id", int("9" * 600), "'id' has 600 characters"),
        ("author", {"name": "Ada"}, "'author' is an object"),
        ("author", False, "'author' is true or false"),
        ("handle", ["ada"], "'handle' is a list"),
        ("handle", "x\0y", "'handle' holds bytes"),
        ("link", 5, "'link' is 5"),
        ("link", ["https://example.org"], "'link' is a list"),
        ("link", "x" * 2001, "'link' has 2,001 characters"),
        ("text", 5, "'text' is 5"),
        ("text", ["words"], "'text' is a list"),
        ("text", None, "'text' is missing"),
        ("at", True, "'at' is true or false"),
        ("at", [2026], "'at' is a list"),
        ("at", {"year": 2026}, "'at' is an object"),
    ],
)
async def test_a_value_of_another_kind_is_told_with_its_line_and_the_others_are_kept(bot, load, column, value, told):
    rows = [{"text": "First."}, {**GOOD, column: value}, {"text": "Last."}]
    done = await load("form.jsonl", rows)
    assert [(bad.line, bad.message[: len(told)]) for bad in done.bad] == [(2, told)]
    assert done.added == 2
    assert len(await bot.rows(Reply)) == 2


async def test_numbers_are_taken_where_forms_write_them(bot, load):
    done = await load("form.jsonl", [{"id": 7, "text": "One.", "author": 12, "handle": 3.0, "at": 1763283600.5}])
    assert (done.added, done.bad) == (1, [])
    assert [(author.display_name, author.handle) for author in await bot.rows(Author)] == [("12", "3")]


@pytest.mark.parametrize(
    "text", ["[deleted]", "[removed]", " [Deleted] ", "[ Removed by Reddit ]", "[deleted by user]"]
)
async def test_what_a_network_leaves_of_a_deleted_post_is_no_reply(bot, load, text):
    done = await load("reddit.jsonl", [{"id": "k2", "author": "[deleted]", "text": text}, GOOD])
    assert (done.read, done.added, done.deleted, done.bad) == (2, 1, 1, [])


async def test_words_outlive_the_account_that_wrote_them_without_its_tombstone_as_a_name(bot, load):
    await load("reddit.jsonl", [{"author": "[deleted]", "text": "One."}, {"author": "[deleted]", "text": "Two."}])
    assert [author.display_name for author in await bot.rows(Author)] == ["", ""]


@pytest.mark.parametrize("header", ["text,author,text", "text,author, Author", "Text,author,TEXT", "id,text,id"])
async def test_a_column_that_is_read_stands_once(load, header):
    with pytest.raises(DeskError, match="stands 2 times"):
        await load("form.csv", f"{header}\nOne.,Ada,Two.\n")


async def test_a_column_about_quoting_stands_once(load):
    with pytest.raises(DeskError, match="stands 2 times"):
        await load("form.csv", "text,consent,Consent\nOne.,no,yes\n")


async def test_columns_that_nothing_reads_may_stand_twice(load):
    assert (await load("form.csv", "text,,,mood,mood\nOne.,,,a,b\n")).added == 1


async def test_a_key_that_stands_twice_in_a_line_is_a_bad_row(load):
    done = await load("form.jsonl", '{"text": "One.", "Text": "Two."}\n{"text": "a", "text": "b"}\n{"text": "Good."}\n')
    assert ([bad.line for bad in done.bad], done.added) == ([1, 2], 1)


async def test_columns_with_other_headings_are_named(bot, load):
    content = '"Your name","Why did you stop?"\nAda,It cost too much.\n'
    done = await load("form.csv", content, columns={"text": "why did you stop?", "author": "Your name"})
    assert (done.added, done.unread) == (1, [])
    assert [author.display_name for author in await bot.rows(Author)] == ["Ada"]
    with pytest.raises(DeskError, match="there is no column 'nobody'"):
        await load("form.csv", content, columns={"text": "Why did you stop?", "author": "Nobody"})


async def test_letters_that_no_database_takes_reach_no_heading(load):
    done = await load("form.jsonl", json.dumps({"text": "One.", "a\ud800\0\u202eb": 1}) + "\n")
    assert done.unread == ["ab"]


async def test_a_file_of_thousands_of_columns_is_refused_and_a_line_of_them_is_bad(load):
    names = [f"c{number}" for number in range(3_000)]
    with pytest.raises(DeskError, match="it has 3,001 columns, at most 2,000"):
        await load("wide.csv", f"text,{','.join(names)}\nOne.,1\n")
    done = await load("wide.jsonl", [{"text": "One."}, dict.fromkeys(names, 1) | {"text": "Two."}, {"text": "Three."}])
    assert ([bad.line for bad in done.bad], done.added) == ([2], 2)
