"""What in a schedule means something else than most people think, and what to write."""

import pytest
from pydantic import ValidationError

from bot.questions.clock import next_due
from bot.questions.content import Content
from bot.questions.schedules import find_cron_trap, find_zone_trap
from tests.running import START


@pytest.mark.parametrize(
    ("zone", "remedy"),
    [
        ("Europe", "it is a folder of zones: write one of them, such as Europe/Berlin"),
        ("America", "it is a folder of zones: write one of them, such as America/Adak"),
        ("europe/berlin", r"did you mean Europe/Berlin\?"),
        ("UTC+2", r"or Etc/GMT-2 for UTC\+2 all year"),
        ("-05:00", r"or Etc/GMT\+5 for UTC-5 all year"),
        ("Berlin", "write a name such as Europe/Berlin"),
    ],
)
def test_what_is_no_zone_is_explained(zone, remedy):
    with pytest.raises(ValidationError, match=rf"is no time zone; .*{remedy}"):
        Content(text="What?", zone=zone)


@pytest.mark.parametrize(
    ("zone", "trap"),
    [
        ("EST", "EST has no summer time; write America/New_York"),
        ("Etc/GMT+2", "Etc/GMT+2 is UTC−2"),
        ("Etc/GMT-2", "Etc/GMT-2 is UTC+2"),
    ],
)
def test_a_zone_that_misleads_is_taken_with_a_warning(zone, trap):
    assert Content(text="What?", zone=zone).zone == zone
    assert find_zone_trap(zone).startswith(trap)


@pytest.mark.parametrize("zone", ["UTC", "Etc/GMT+0", "Europe/Berlin", "HST", "CET"])
def test_a_zone_that_is_what_it_says_has_no_trap(zone):
    assert find_zone_trap(zone) == ""


def test_days_and_a_weekday_are_due_on_both_and_the_first_monday_is_written_otherwise():
    def list_days(cron):
        return [each.nominal[8:10] for each in next_due(Content(text="What?", cron=cron), START, 40)]

    assert len(set(list_days("0 9 1-7 * 1"))) > 7  # every Monday, and each of the seven days
    assert all(int(day) <= 7 for day in list_days("0 9 * * 1#1"))
    assert "write * as the day and 1#1 as the weekday" in find_cron_trap("0 9 1-7 * 1")
    assert "write * as the day and 5#2 as the weekday" in find_cron_trap("0 9 8-14 * 5")
    assert "the first Monday of a month" in find_cron_trap("0 9 13 * 5")


@pytest.mark.parametrize("cron", ["0 9 * * 1", "0 9 1-7 * *", "0 9 * * 1#1", "0 9 */2 * 1"])
def test_a_plain_cron_has_no_trap(cron):
    assert find_cron_trap(cron) == ""
