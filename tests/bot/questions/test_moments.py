"""Times as people write them are understood in the question's zone, or refused with what to write."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.questions.moments import read_close, read_moment

NOW = datetime(2026, 11, 30, 12, 54, tzinfo=UTC)
"""A Monday, 13:54 in Berlin."""
BERLIN = "Europe/Berlin"


def local(text, now=NOW):
    return f"{read_moment(text, now, BERLIN).astimezone(ZoneInfo(BERLIN)):%Y-%m-%dT%H:%M}"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("17:30", "2026-11-30T17:30"),
        ("at 17:30", "2026-11-30T17:30"),
        ("17.30 Uhr", "2026-11-30T17:30"),
        ("17h30", "2026-11-30T17:30"),
        ("5:30 pm", "2026-11-30T17:30"),
        ("5 PM", "2026-11-30T17:00"),
        ("12 am", "2026-12-01T00:00"),
        ("9:00", "2026-12-01T09:00"),  # today it is over
        ("today 18:00", "2026-11-30T18:00"),
        ("heute um 18 Uhr", "2026-11-30T18:00"),
        ("tomorrow 9:00", "2026-12-01T09:00"),
        ("Tomorrow at 9", "2026-12-01T09:00"),
        ("9:00 tomorrow", "2026-12-01T09:00"),
        ("morgen 9:00", "2026-12-01T09:00"),
        ("morgen um 9 Uhr", "2026-12-01T09:00"),
        ("übermorgen 9:00", "2026-12-02T09:00"),
        ("demain à 9:00", "2026-12-01T09:00"),
        ("friday 9:00", "2026-12-04T09:00"),
        ("Fri, 9:00", "2026-12-04T09:00"),
        ("Freitag um 9:00 Uhr", "2026-12-04T09:00"),
        ("monday 9:00", "2026-12-07T09:00"),  # today it is over
        ("monday 15:00", "2026-11-30T15:00"),
        ("4 hours", "2026-11-30T17:54"),
        ("in 4 hours", "2026-11-30T17:54"),
        ("in 4 Stunden", "2026-11-30T17:54"),
        ("in 90 minutes", "2026-11-30T15:24"),
        ("2 Tage", "2026-12-02T13:54"),
        ("36h", "2026-12-02T01:54"),
        ("2027-01-15T18:00", "2027-01-15T18:00"),
        ("2027-01-15 18:00", "2027-01-15T18:00"),
        ("15.1.2027 18:00", "2027-01-15T18:00"),
    ],
)
def test_a_time_is_understood(text, moment):
    assert local(text) == moment


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("180", "180 has no unit: write 180d"),
        ("", "no time is given"),
        ("soon", "is no time that is understood; write 17:30, tomorrow 9:00"),
        ("25:00", "is no time that is understood"),
        ("13 pm", "is no time that is understood"),
        ("tomorrow", "is no time that is understood"),
        ("2027-01-15", "is no time that is understood"),
        ("2027-02-30 9:00", "is no time that is understood"),
        ("11/24 9:00", "is no time that is understood"),
        ("today 9:00", "is over: it was 2026-11-30 09:00"),
        ("2025-01-15T18:00", "is over: it was 2025-01-15 18:00"),
    ],
)
def test_what_is_not_understood_or_over_is_refused_with_what_to_write(text, why):
    with pytest.raises(ValueError, match=why.replace("+", r"\+")):
        read_moment(text, NOW, BERLIN)


def test_a_time_keeps_its_hour_over_a_change_of_the_clocks():
    assert local("tomorrow 9:00", datetime(2026, 10, 24, 12, tzinfo=UTC)) == "2026-10-25T09:00"


def test_a_question_closes_after_a_while_or_at_a_moment():
    assert read_close("7d", NOW, BERLIN) == timedelta(days=7)
    assert read_close("tomorrow 9:00", NOW, BERLIN) == timedelta(hours=19, minutes=6)
    with pytest.raises(ValueError, match="7 has no unit: write 7d for days"):
        read_close("7", NOW, BERLIN)


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_moment_to_come_or_refused(text):
    try:
        assert read_moment(text, NOW, BERLIN) >= NOW
    except ValueError as refusal:
        assert str(refusal)  # noqa: PT017  # it is understood, or says why not
