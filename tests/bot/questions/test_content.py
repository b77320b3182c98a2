"""What a question's fields take: durations with their unit, local times as TOML or a person writes them."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from bot.questions.clock import end_of_grace, find_close, find_time_faults
from bot.questions.content import Content, parse_duration

ASKED = datetime(2026, 11, 30, 9, tzinfo=UTC)


@pytest.mark.parametrize("value", [180, 0.5, 7, "180", " 180 ", "1.5", True, 0])
@pytest.mark.parametrize("field", ["closes_after", "grace"])
def test_a_number_without_a_unit_is_no_duration(field, value):
    with pytest.raises(ValidationError, match=r"has no unit: write \d+d|is no duration"):
        Content.model_validate({"text": "What?", field: value})


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("90m", timedelta(minutes=90)),
        ("1w 2d", timedelta(days=9)),
        ("1w2d", timedelta(days=9)),
        ("4 hours", timedelta(hours=4)),
        ("3 Tage", timedelta(days=3)),
        ("2 weeks", timedelta(days=14)),
        ("1 hour 30 min.", timedelta(minutes=90)),
    ],
)
def test_a_duration_is_understood(text, duration):
    assert parse_duration(text) == duration


@pytest.mark.parametrize("text", ["6M", "6 months", "-3d", "1h30", "P7D", "d", "7 d d", "99999999999999d", "11y"])
def test_what_is_no_duration_is_refused_with_what_to_write(text):
    with pytest.raises(ValueError, match="write 90m, 36h, 7d or 2w"):
        parse_duration(text)


@pytest.mark.parametrize(
    "value",
    ["2027-01-11T09:00", "2027-01-11 09:00", "2027-01-11T09:00:00", datetime(2027, 1, 11, 9)],  # noqa: DTZ001
)
def test_a_local_time_is_read_as_toml_or_a_person_writes_it(value):
    assert Content.model_validate({"text": "What?", "at": value, "deadline": value}).at == "2027-01-11T09:00"


@pytest.mark.parametrize("value", [1768122000, datetime(2027, 1, 11, 9, tzinfo=UTC), "2027-01-11", "tomorrow 9:00"])
def test_another_time_is_refused_with_what_to_write(value):
    with pytest.raises(ValidationError, match="2026-12-01T09:00"):
        Content.model_validate({"text": "What?", "at": value})


def test_a_zone_that_is_a_folder_is_no_zone():
    with pytest.raises(ValidationError, match="'Europe' is no time zone"):
        Content(text="What?", zone="Europe")


# ---------------------------------------------------------------- close, deadline, grace


def test_the_deadline_drives_the_close_unless_it_is_said_otherwise():
    asked = {"text": "What?", "deadline": "2026-12-04T18:00", "zone": "Europe/Berlin"}
    assert find_close(Content.model_validate(asked), ASKED) == datetime(2026, 12, 4, 17, tzinfo=UTC)
    assert find_close(Content.model_validate(asked | {"closes_after": "7d"}), ASKED) == ASKED + timedelta(days=7)
    assert find_close(Content(text="What?"), ASKED) == ASKED + timedelta(days=7)


@pytest.mark.parametrize(
    ("keys", "fault"),
    [
        ({"deadline": "2026-11-29T18:00"}, "its deadline, 2026-11-29 18:00 .UTC., is over when it is asked"),
        ({"deadline": "2026-12-04T18:00", "closes_after": "2d"}, "closes on 2026-12-02 09:00, before its deadline"),
        ({"closes_after": "0d"}, "it closes at once"),
    ],
)
def test_times_that_cannot_be_meant_are_told(keys, fault):
    (told,) = find_time_faults(Content.model_validate({"text": "What?"} | keys), ASKED)
    assert re.search(fault, told)


@pytest.mark.parametrize("keys", [{}, {"deadline": "2026-12-04T18:00"}, {"closes_after": "3d"}])
def test_usual_times_are_not_told(keys):
    assert find_time_faults(Content.model_validate({"text": "What?"} | keys), ASKED) == []


def test_a_question_due_before_midnight_has_some_hours_of_grace():
    berlin = ZoneInfo("Europe/Berlin")
    late, early = (datetime(2026, 11, 16, hour, 55, tzinfo=berlin) for hour in (23, 8))
    content = Content(text="What?", zone="Europe/Berlin")
    assert end_of_grace(content, late) - late == timedelta(hours=4)
    assert end_of_grace(content, early) == datetime(2026, 11, 17, 0, 0, tzinfo=berlin)


def test_a_question_never_goes_out_after_its_deadline():
    content = Content(text="What?", deadline="2026-11-30T10:00")
    assert end_of_grace(content, ASKED) == datetime(2026, 11, 30, 10, tzinfo=UTC)
