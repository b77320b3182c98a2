"""When is it due: each nominal local time once, whatever the clocks do."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.questions.clock import (
    due_between,
    end_of_grace,
    next_due,
    nominal_now,
    occurrences,
    resolve,
    start_of_day,
)
from bot.questions.content import Content

BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"
YEAR = (datetime(2025, 12, 31, 12, tzinfo=UTC), datetime(2027, 1, 1, 12, tzinfo=UTC))


def plan(cron, zone, after, until):
    return due_between(Content(text="?", cron=cron, zone=zone), after, until)


def show(found):
    return [(each.nominal[5:], f"{each.due_at:%m-%dT%H:%M}") for each in found]


def on(day, cron, zone):
    """What is due on a local day."""
    first = datetime.fromisoformat(f"{day}T00:00").replace(tzinfo=ZoneInfo(zone)) - timedelta(seconds=1)
    return show(plan(cron, zone, first, start_of_day(first.date() + timedelta(days=2), zone) - timedelta(seconds=1)))


# Berlin goes forward on 2026-03-29 at 02:00 and back on 2026-10-25 at 03:00; New York on 03-08 and 11-01 at 02:00.


@pytest.mark.parametrize(
    ("day", "zone", "cron", "due"),
    [
        ("2026-03-29", BERLIN, "30 2 * * *", [("03-29T02:30", "03-29T01:30")]),
        ("2026-03-29", BERLIN, "0 3 * * *", [("03-29T03:00", "03-29T01:00")]),
        ("2026-03-29", BERLIN, "0 9 * * *", [("03-29T09:00", "03-29T07:00")]),
        ("2026-10-25", BERLIN, "30 2 * * *", [("10-25T02:30", "10-25T00:30")]),
        ("2026-10-25", BERLIN, "0 3 * * *", [("10-25T03:00", "10-25T02:00")]),
        ("2026-10-25", BERLIN, "0 9 * * *", [("10-25T09:00", "10-25T08:00")]),
        ("2026-03-08", NEW_YORK, "15 2 * * *", [("03-08T02:15", "03-08T07:15")]),
        ("2026-11-01", NEW_YORK, "15 1 * * *", [("11-01T01:15", "11-01T05:15")]),
    ],
)
def test_a_daily_question_is_asked_once_on_the_day_of_a_change(day, zone, cron, due):
    assert on(day, cron, zone) == due


def test_a_time_that_is_skipped_is_left_out_only_where_another_is_due_at_that_moment():
    found = on("2026-03-29", "*/30 1-3 * * *", BERLIN)
    assert [nominal[3:] for nominal, _ in found] == ["29T01:00", "29T01:30", "29T03:00", "29T03:30"]
    found = on("2026-03-29", "15,45 2 * * *", BERLIN)
    assert [due[3:] for _, due in found] == ["29T01:15", "29T01:45"]


def test_each_half_hour_of_the_doubled_hour_is_due_once_and_the_first_time():
    found = on("2026-10-25", "*/30 1-3 * * *", BERLIN)
    assert [due[3:] for _, due in found] == ["24T23:00", "24T23:30", "25T00:00", "25T00:30", "25T02:00", "25T02:30"]


@pytest.mark.parametrize("zone", [BERLIN, NEW_YORK])
@pytest.mark.parametrize("cron", ["30 2 * * *", "0 9 * * *", "59 23 * * *", "0 0 * * *", "30 1 * * *"])
def test_a_daily_question_is_asked_on_each_of_the_365_days_of_a_year(zone, cron):
    days = [each.nominal[:10] for each in plan(cron, zone, *YEAR) if each.nominal.startswith("2026")]
    assert len(days) == len(set(days)) == 365


@pytest.mark.parametrize("zone", [BERLIN, NEW_YORK])
def test_nine_and_fifteen_is_twice_a_day_for_a_year_at_nine_and_fifteen_local_time(zone):
    found = [each for each in plan("0 9,15 * * *", zone, *YEAR) if each.nominal.startswith("2026")]
    assert len(found) == len({each.nominal for each in found}) == 730
    assert {each.nominal[11:] for each in found} == {"09:00", "15:00"}
    assert {each.due_at.astimezone(ZoneInfo(zone)).hour for each in found} == {9, 15}


def test_monday_is_one_and_sunday_is_nought_or_seven():
    monday = datetime(2026, 11, 16, tzinfo=UTC) - timedelta(seconds=1)
    week = monday + timedelta(days=7)
    assert [each.nominal[:10] for each in plan("0 9 * * 1", "UTC", monday, week)] == ["2026-11-16"]
    for sunday in ("0", "7"):
        assert [each.nominal[:10] for each in plan(f"0 9 * * {sunday}", "UTC", monday, week)] == ["2026-11-22"]


def test_a_question_asked_once_is_due_at_its_local_time_and_never_again():
    content = Content(text="?", at="2026-10-25T02:30", zone=BERLIN)
    assert show(next_due(content, datetime(2026, 1, 1, tzinfo=UTC), 5)) == [("10-25T02:30", "10-25T00:30")]
    assert next_due(content, datetime(2026, 10, 25, 0, 30, tzinfo=UTC), 5) == []


def test_a_question_without_a_schedule_is_never_due():
    assert next_due(Content(text="?"), YEAR[0], 1) == []


def test_the_grace_ends_with_the_local_day_unless_the_question_says_otherwise():
    due_at = datetime(2026, 10, 25, 7, tzinfo=UTC)
    assert end_of_grace(Content(text="?", zone=BERLIN), due_at) == datetime(2026, 10, 25, 23, tzinfo=UTC)
    assert end_of_grace(Content(text="?", grace="2h"), due_at) == due_at + timedelta(hours=2)


def test_the_day_of_the_spring_change_has_23_hours_and_that_of_autumn_25():
    lengths = []
    for day in ("2026-03-29", "2026-10-25"):
        date = datetime.fromisoformat(day).date()
        lengths.append(start_of_day(date + timedelta(days=1), BERLIN) - start_of_day(date, BERLIN))
    assert lengths == [timedelta(hours=23), timedelta(hours=25)]


# ---------------------------------------------------------------- for any cron, zone and moment

minutes = st.lists(st.integers(0, 59), min_size=1, max_size=3, unique=True)
hours = st.one_of(st.just("*"), st.lists(st.integers(0, 23), min_size=1, max_size=4, unique=True))
zones = st.sampled_from([BERLIN, NEW_YORK, "Australia/Lord_Howe", "Asia/Kathmandu", "America/Havana", "UTC"])
moments = st.integers(0, 4 * 365 * 24 * 60).map(
    lambda minute: YEAR[0] - timedelta(days=365) + timedelta(minutes=minute)
)


@st.composite
def contents(draw):
    hour = draw(hours)
    listed = hour if hour == "*" else ",".join(map(str, hour))
    cron = f"{','.join(map(str, draw(minutes)))} {listed} * * {draw(st.sampled_from(['*', '1', '0,6', '1-5']))}"
    return Content(text="?", cron=cron, zone=draw(zones))


def take(content, after, count=40):
    found = []
    for each in occurrences(content, after):
        found.append(each)
        if len(found) == count:
            return found
    return found


@given(contents(), moments)
def test_due_times_grow_strictly_and_none_is_in_the_past(content, after):
    due = [each.due_at for each in take(content, after)]
    assert all(after < each for each in due)
    assert all(earlier < later for earlier, later in pairwise(due))


@given(contents(), moments)
def test_each_nominal_time_is_there_once_and_is_the_local_time_of_its_moment_unless_it_was_skipped(content, after):
    found = take(content, after)
    assert len({each.nominal for each in found}) == len(found)
    for each in found:
        wall = datetime.fromisoformat(each.nominal)
        assert each.due_at == resolve(wall, ZoneInfo(content.zone))
        shown = nominal_now(each.due_at, content.zone)
        assert shown >= each.nominal
        assert datetime.fromisoformat(shown) - wall <= timedelta(hours=1)


@given(contents(), moments, st.lists(st.timedeltas(timedelta(0), timedelta(days=3)), max_size=8))
def test_planning_in_pieces_plans_what_planning_at_once_does(content, after, steps):
    pieces, at = [], after
    for step in steps:
        pieces += due_between(content, at, at + step)
        at += step
    assert pieces == due_between(content, after, at)


@given(contents(), moments)
def test_a_day_without_a_change_of_the_clocks_has_every_time_of_its_cron(content, after):
    """Against a reference that tries each minute."""
    zone = ZoneInfo(content.zone)
    day = after.astimezone(zone).date() + timedelta(days=1)
    first, last = start_of_day(day, content.zone), start_of_day(day + timedelta(days=1), content.zone)
    if last - first != timedelta(days=1):
        return
    minute, hour, _, _, weekday = content.cron.split()
    at_minutes = set(map(int, minute.split(",")))
    at_hours = set(range(24)) if hour == "*" else set(map(int, hour.split(",")))
    at_days = {"*": set(range(7)), "1": {0}, "0,6": {5, 6}, "1-5": set(range(5))}[weekday]
    expected = [
        first + timedelta(minutes=each)
        for each in range(24 * 60)
        if each % 60 in at_minutes and each // 60 in at_hours and day.weekday() in at_days
    ]
    found = due_between(content, first - timedelta(microseconds=1), last - timedelta(microseconds=1))
    assert [each.due_at for each in found] == expected
