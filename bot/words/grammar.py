"""Numbers, and the names of days and months, by the rules of a language (CLDR), whatever the machine is set to."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from bot.words import FALLBACK, find_language

if TYPE_CHECKING:
    from babel import Locale


@cache
def find_locale(language: str) -> "Locale":
    """The rules of a language; those of English for one that CLDR does not know."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return Locale(FALLBACK)


def write_number(n: int, language: str, own: Mapping[str, Any]) -> str:
    """`1,234` or `1.234`. own: the table whose `thousands`, where it has any, stand before CLDR's."""
    if "thousands" in own:
        return f"{n:,}".replace(",", own["thousands"])
    from babel.numbers import format_decimal

    return format_decimal(n, locale=find_locale(find_language(language)))


def write_date(
    pattern: str,
    day: date,
    language: str,
    own: Mapping[str, Any],
    width: Literal["wide", "abbreviated"] = "wide",
    **values: object,
) -> str:
    """A pattern with `day`, `month`, `year` and `weekday` filled in, in the language in which `words` speaks.

    own: the table whose `months` and `weekdays`, where it has any, stand before CLDR's. width: of the month's name.
    """
    locale = find_locale(find_language(language))
    month = own["months"][day.month - 1] if "months" in own else locale.months["format"][width][day.month]
    weekday = (own["weekdays"] if "weekdays" in own else locale.days["format"]["wide"])[day.weekday()]
    return pattern.format(day=day.day, month=month, year=day.year, weekday=weekday, **values)


def write_age(age: timedelta) -> str:
    """How long ago, in its largest unit: `40 s`, `3 h`."""
    seconds = max(0, int(age.total_seconds()))
    for size, unit in ((86400, "days"), (3600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"
