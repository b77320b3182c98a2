"""When something was said: every way to write it that forms, spreadsheets and networks have, and what is not known."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.desk.bringing.moments import Moments

BERLIN = ZoneInfo("Europe/Berlin")
AT = datetime(2026, 11, 20, 13, 5, tzinfo=UTC)


def read(value, order="", others=()):
    moments = Moments(BERLIN, order)
    for each in (value, *others):
        moments.note(each)
    return moments.read(value), str(moments.tell() or "")


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-20T14:05", "2026-11-20T13:05Z", "2026-11-20 14:05:00", "2026/11/20 2:05:00 PM GMT+1",
        "2026/11/20 2:05:00 PM UTC+01:00", "2026/11/20 14:05", "11/20/2026 14:05", "11/20/2026 2:05 PM",
        "20/11/2026 14:05", "20.11.2026 14:05", "20.11.26 14:05", "20-11-2026 14:05", "1795179900", "1795179900000",
        "1795179900.000200", 1795179900, 1795179900.0, "Fri, 20 Nov 2026 14:05:00 +0100",
        "Fri Nov 20 13:05:00 +0000 2026", "Nov 20, 2026, 2:05\u202fPM", "2:05 PM · Nov 20, 2026", "20. November 2026 um 14:05 Uhr",
        "20 novembre 2026 à 14:05", "20 de noviembre de 2026 14:05", "20 novembre 2026 14:05", "vrijdag 20 november 2026 14:05",
        "20 de novembro de 2026 às 14:05", "2026-11-20 14:05 CET", "2026-11-20T14:05:00.0000000+01:00", datetime(2026, 11, 20, 14, 5, tzinfo=BERLIN),
    ],
)  # fmt: skip
def test_a_moment_is_read_however_it_is_written(written):
    found, told = read(written)
    assert (found.replace(second=0, microsecond=0), told) == (AT, "")


@pytest.mark.parametrize("serial", [46346.586805555555, "46346.586805555555"])
def test_days_as_a_spreadsheet_counts_them_are_read(serial):
    assert abs((read(serial)[0] - AT).total_seconds()) < 1


@pytest.mark.parametrize(
    "month", ["3 Mar 2026", "Mar 3, 2026", "3. März 2026", "3 mars 2026", "3 marzo 2026", "3 maart 2026"]
)
def test_march_is_a_month_though_other_languages_have_a_tuesday_of_that_name(month):
    assert read(month)[0].astimezone(BERLIN).date().isoformat() == "2026-03-03"


@pytest.mark.parametrize(
    "written",
    ["yesterday", "3h", "Nov 20", "20.11.", "10:30", "January 2026", "2026", "7", "0", "-5", "never", "", "x" * 9000,
     "99/99/2026", "1e300", float("nan"), float("inf"), 1e300, "0001-01-01T00:00:00+10:00", "9" * 300],
)  # fmt: skip
def test_what_does_not_say_when_is_no_moment(written):
    assert read(written)[0] is None


def test_a_day_and_a_month_that_may_be_each_other_are_told_once_with_what_to_say():
    found, told = read("11/12/2026 10:00")
    assert (found.month, found.day) == (12, 11)
    assert "“11/12/2026 10:00”" in told
    assert "--dates mdy" in told
    found, told = read("11/12/2026 10:00", order="mdy")
    assert (found.month, found.day, told) == (11, 12, "")


@pytest.mark.parametrize(
    ("other", "month"),
    [("25/12/2026", 12), ("12/25/2026", 11), ("12/5/2026 3:00 PM", 11), ("1.2.2026", 12), ("2026-01-01", 12)],
)
def test_other_rows_of_the_file_show_what_stands_first(other, month):
    found, told = read("11/12/2026 10:00", others=[other])
    assert found.month == month
    assert bool(told) == (other == "2026-01-01")
