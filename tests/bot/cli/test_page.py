from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.parts.page import measure, shorten, show_moment, tabulate, wrap, wrap_text
from bot.words.grammar import write_age


@given(st.text())
def test_nothing_of_a_text_can_steer_the_terminal(text):
    assert not any(
        ord(letter) < 32 and letter not in "\n\t" for letter in wrap(text) + wrap_text(text) + shorten(text, 40)
    )


@given(st.text(max_size=200), st.integers(min_value=2, max_value=50))
def test_a_shortened_line_fits(text, most):
    assert measure(shorten(text, most)) <= most


@given(st.lists(st.tuples(st.text(max_size=9), st.text(max_size=9)), min_size=1, max_size=5))
def test_a_table_has_a_line_a_row(rows):
    assert len(tabulate(rows).split("\n")) == len(rows)


def test_columns_are_aligned_where_letters_are_wide():
    first, second = tabulate([("图灵", "x"), ("alan", "x")], indent="").split("\n")
    assert measure(first) == measure(second)


def test_lines_are_wrapped_behind_their_indent(monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    lines = wrap("word " * 30, "  │ ").split("\n")
    assert len(lines) > 1
    assert all(line.startswith("  │ ") and len(line) <= 40 for line in lines)


def test_a_text_keeps_its_own_lines():
    assert wrap_text("one\n\ntwo", "> ") == "> one\n>\n> two"


@pytest.mark.parametrize(
    ("age", "shown"),
    [(timedelta(seconds=40), "40 s"), (timedelta(minutes=5), "5 min"), (timedelta(hours=50), "2 days")],
)
def test_an_age_is_told_in_its_largest_unit(age, shown):
    assert write_age(age) == shown


def test_a_moment_is_told_in_the_zone():
    assert show_moment(datetime(2026, 11, 16, 8, tzinfo=UTC), "Europe/Berlin") == "Mon 2026-11-16 09:00 CET"
    assert show_moment(None, "UTC") == "never"


@given(st.text())
def test_a_paragraph_of_ours_takes_no_line_break_from_what_stands_in_it(text):
    joined = "".join(wrap(text, "> ").replace("\n> ", " ").replace("\n>", " ").split())
    assert "\n" not in joined
    assert all(line.startswith(">") for line in wrap(text, "> ").split("\n"))
