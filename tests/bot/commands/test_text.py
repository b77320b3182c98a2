"""What people typed cannot ping, link, format or leave its quotation; nothing of it is lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.text import count_units as measure
from adapters.discord.text import cut
from bot.commands.parts.text import escape, moment, plain, quote, split
from bot.words.cleaning import clean
from tests.running import START

HOSTILE = [
    "@everyone @here",
    "<@123> <@!123> <@&123> <#123> </forget-me:123> <:x:123> <a:x:1> <t:0:R> <id:customize>",
    "[click](https://evil.example) https://evil.example <https://evil.example> discord.gg/evil",
    "```\nout of the block\n``` `code` ``x``",
    "**bold** __under__ *it* _it_ ~~no~~ ||spoiler||",
    "# heading\n## second\n-# small\n> quote\n>>> all of it\n* list\n- list\n1. first\n1. again",
    "back\\slash \\*kept\\* \\",
    "line\rbreaks\u2028of\x0bevery\x85kind",
    "\u202eright to left",
]


def unescape(text: str) -> str:
    """What Discord shows: a backslash before a sign goes."""
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", text)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_and_means_nothing(text):
    shown = escape(text)
    assert unescape(shown) == clean(text)
    bare = re.sub(r"\\[^0-9A-Za-z\s]", "", shown)
    assert not re.search(r"[`*_~|<>#\[\]@/]", bare)
    assert "://" not in shown


@given(st.text())
def test_every_text_reads_as_it_was_written(text):
    assert unescape(escape(text)) == clean(text)


@given(st.text())
def test_no_line_of_a_quotation_stands_outside_it(text):
    assert all(line.startswith("> ") for line in quote(text).split("\n"))


@given(st.text(alphabet="a *\n>\\🙂", max_size=300), st.integers(10, 60))
def test_a_long_quotation_is_split_within_the_limit_and_stays_a_quotation(text, most):
    parts = split(quote(text), most)
    assert all(measure(part) <= most for part in parts)
    assert all(line.startswith(">") for part in parts for line in part.split("\n"))
    assert not any((len(part) - len(part.rstrip("\\"))) % 2 for part in parts)


@given(st.text(alphabet="ab \n🙂", max_size=300), st.integers(2, 40))
def test_splitting_loses_nothing_but_blanks_at_the_seams(text, most):
    assert "".join("".join(split(text, most)).split()) == "".join(text.split())


def test_a_text_is_split_between_paragraphs_before_it_is_split_between_words():
    assert split("one two\n\nthree four five", 20) == ["one two", "three four five"]


def test_emoji_are_counted_as_discord_may_count_them():
    assert measure("🙂🙂") == 4
    assert split("🙂" * 1500, 2000) == ["🙂" * 1000, "🙂" * 500]


def test_a_cut_says_that_it_is_one_and_never_parts_a_sign_from_its_backslash():
    assert cut("short", 10) == "short"
    assert cut("0123456789abc", 10) == "012345678…"
    assert cut("ab\\*cdef", 4) == "ab…"


def test_a_name_stands_on_one_line_and_is_no_mention():
    assert plain("Ada\n<@1>") == r"Ada \<\@1\>"


def test_times_are_told_so_that_each_reads_their_own():
    assert moment(START, "R") == f"<t:{int(START.timestamp())}:R>"
