"""What in a schedule means something else than most people think: a sentence each. Pure."""

import re
from functools import cache
from zoneinfo import available_timezones

_FIXED = {"EST": "America/New_York", "MST": "America/Denver"}
"""Zones without summer time whose name people use for a place that has it."""
_TURNED = re.compile(r"Etc/GMT([+-])(\d{1,2})")
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+-])\s*(\d{1,2})(?::?00)?")
_WEEKS = {"1-7": 1, "8-14": 2, "15-21": 3, "22-28": 4}


@cache
def list_zones() -> frozenset[str]:
    """The names of all time zones. Read once: they are a thousand files."""
    return frozenset(available_timezones())


def explain_zone(zone: str) -> str:
    """What to write where `zone` is no time zone."""
    known = list_zones()
    if near := next((name for name in known if name.casefold() == zone.casefold()), ""):
        return f"did you mean {near}?"
    if inside := sorted(name for name in known if name.startswith(f"{zone}/")):
        usual = f"{zone}/Berlin"
        return f"it is a folder of zones: write one of them, such as {usual if usual in inside else inside[0]}"
    if found := _OFFSET.fullmatch(zone):
        turned = "-" if found[1] == "+" else "+"
        return (
            "an offset changes with summer time: write a name such as Europe/Berlin, "
            f"or Etc/GMT{turned}{int(found[2])} for UTC{found[1]}{int(found[2])} all year"
        )
    return "write a name such as Europe/Berlin"


def find_zone_trap(zone: str) -> str:
    """What surprises people about a zone that there is, "" where nothing does."""
    if zone in _FIXED:
        return f"{zone} has no summer time; write {_FIXED[zone]} where the clocks change"
    found = _TURNED.fullmatch(zone)
    if found is None or found[2] == "0":
        return ""
    sign = "−" if found[1] == "+" else "+"
    return f"{zone} is UTC{sign}{found[2]}, the other way round than it reads; write a name such as Europe/Berlin"


def find_cron_trap(expression: str) -> str:
    """What surprises people about a cron, "" where nothing does.

    Where both the day and the weekday are limited, either is enough, as in every cron (crontab(5)).
    """
    _, _, day, _, weekday = expression.split()
    if day.startswith("*") or weekday.startswith("*"):
        return ""
    first = f"{weekday}#{_WEEKS[day]}" if day in _WEEKS and weekday.isalnum() else "1#1"
    meant = "that weekday of these days alone" if day in _WEEKS else "the first Monday of a month"
    return (
        f"either is enough, the day of the month ({day}) or the weekday ({weekday}), and it is due on all of them; "
        f"for {meant} write * as the day and {first} as the weekday"
    )
