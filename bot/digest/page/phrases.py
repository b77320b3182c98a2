"""Sentences, dates and numbers in the language of a digest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from bot.words import Forms, words
from bot.words.grammar import write_date, write_number


@dataclass(frozen=True, slots=True)
class Phrases:
    """The words of a language and the zone in which moments are told."""

    words: Mapping[str, Any]
    zone: str
    language: str = "en"

    def say(self, key: str, n: int | None = None, **values: object) -> str:
        """The sentence at `key` (`sum.some`), filled in; `n` chooses its plural form."""
        found: Any = self.words
        for name in key.split("."):
            found = found[name]
        if n is not None:
            found = found.choose(n) if isinstance(found, Forms) else found
            values["n"] = self.write_number(n)
        return str(found).format_map(values)

    def has(self, key: str) -> bool:
        """Whether there are words for `key`."""
        table, _, name = key.rpartition(".")
        return name in self.words[table]

    def write_number(self, n: int) -> str:
        """1,234 or 1.234."""
        return write_number(n, self.language, self.words)

    def join(self, items: Sequence[str]) -> str:
        """`a, b and c`."""
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])}{self.words['and']}{items[-1]}"

    def write_day(self, moment: datetime) -> str:
        """The local day of a moment: `17 November 2026`."""
        return self._day("date", moment.astimezone(ZoneInfo(self.zone)).date())

    def write_moment(self, moment: datetime) -> str:
        """Day and time of a moment, with the zone."""
        local = moment.astimezone(ZoneInfo(self.zone))
        return self._day("moment", local.date(), time=f"{local:%H:%M}", zone=self.zone)

    def write_week(self, monday: date) -> str:
        """`Week of 16 to 22 November 2026`."""
        sunday = monday + timedelta(days=6)
        if monday.month == sunday.month:
            start = self._day("week_same_month", monday)
        else:
            start = self._day("week_same_year" if monday.year == sunday.year else "date", monday)
        return self.say("week", start=start, end=self._day("date", sunday))

    def _day(self, key: str, day: date, **values: Any) -> str:
        return write_date(self.words[key], day, self.language, self.words, **values)


@cache
def load_phrases(language: str, zone: str) -> Phrases:
    """The phrases of a digest."""
    return Phrases(words(language)["digest"], zone, language)


def name_network(platform: str) -> str:
    """A platform's name as it is written in a sentence."""
    return platform if platform != platform.lower() else platform.capitalize()
