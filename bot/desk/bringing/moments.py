"""When something was said, as forms, spreadsheets and networks write it. No row is refused for its moment.

Whether a day or a month stands first is what an editor said, else what the file shows: 20/11 can only be a day first.
Where it shows nothing, it is told once how it was read. The parser is dateutil's, with the months of seven languages.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from bot.desk.errors import Sentence

ORDERS = ("dmy", "mdy", "ymd")
LONGEST = 100
_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt")
_ZONES = {"CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "WET": 0, "WEST": 1, "EET": 2, "EEST": 3, "BST": 1}
_ZONES |= {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
"""Hours; what else stands for several zones (IST) is read as the zone that is given."""
_TRIPLE = re.compile(r"(?<!\d)(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?!\d)")
_FULL = re.compile(r"(?<!\d)(?:\d{1,2}[./-]\s?\d{1,2}[./-]\s?(?:\d{4}|\d{2})|\d{4}[./-]\d{1,2}[./-]\d{1,2})(?!\d)")
_NUMBER = re.compile(r"\d{4,20}(?:\.\d+)?")
_HALF = re.compile(r"\b[ap]\.?\s?m\b", re.IGNORECASE)
_OFFSET = re.compile(r"\b(?:GMT|UTC)\s?(?=[+-]\d)")
"""`GMT+1`, which dateutil reads as POSIX has it: an hour behind."""
_NARROW = str.maketrans({"·": " ", "\u202f": " ", "\u00a0": " ", "\u2009": " "})
_BETWEEN = ("um", "uhr", "de", "del", "le", "den", "il", "alle", "om", "à", "las", "às", "o", "clock")
_SERIALS = (20_000, 80_000)
"""Days since 1899-12-30, as spreadsheets count them: 1954 to 2119. As seconds they would be a day of 1970."""
_SERIAL_START = datetime(1899, 12, 30)  # noqa: DTZ001  # in the zone of the file
_FIRST_SECOND = 100_000_000  # 1973: what is less is no moment
_UNITS = ((1e11, 1), (1e14, 1e3), (1e17, 1e6), (1e20, 1e9))


@dataclass(slots=True)
class Moments:
    """How the moments of a file are read. order: as an editor said, "" for what the file shows. zone: where none is
    written. day_first, month_first: rows that can only be read so; unclear: the first that can be read as either.
    """

    zone: ZoneInfo
    order: str = ""
    day_first: int = 0
    month_first: int = 0
    unclear: str = ""

    def note(self, value: object) -> None:
        """Look at a value before the first one is read."""
        if not isinstance(value, str):
            return
        found = _TRIPLE.search(value[:LONGEST])
        if found is None:
            return
        first, mark, second = int(found[1]), found[2], int(found[3])
        if first > 12 or (mark == "." and second <= 12):
            self.day_first += 1
        elif second > 12 or _HALF.search(value[:LONGEST]):
            self.month_first += 1
        elif first != second and not self.unclear:
            self.unclear = value[:LONGEST]

    @property
    def has_day_first(self) -> bool:
        """Where a row may be read as either."""
        return self.order == "dmy" if self.order else not self.month_first or self.day_first > self.month_first

    def tell(self) -> Sentence | None:
        """What an editor has to know of the order, None for nothing."""
        if self.order or not self.unclear or bool(self.day_first) != bool(self.month_first):
            return None
        read = self.read(self.unclear)
        other = "mdy" if self.has_day_first else "dmy"
        when = f"{read.astimezone(self.zone):%Y-%m-%d}" if read else "–"
        return Sentence("read_as.order", {"written": self.unclear, "when": when, "other": other})

    def read(self, value: object) -> datetime | None:
        """In UTC, None for what is no moment."""
        try:
            if isinstance(value, datetime):
                found: datetime | None = value
            elif isinstance(value, int | float):
                found = self._count(float(value))
            else:
                found = self._parse(str(value)[:LONGEST].translate(_NARROW).strip())
            if found is None:
                return None
            return (found if found.tzinfo else found.replace(tzinfo=self.zone)).astimezone(UTC)
        except (ValueError, OverflowError, OSError, TypeError):
            return None

    def _parse(self, written: str) -> datetime | None:
        try:
            return datetime.fromisoformat(written)
        except ValueError:
            pass
        if _NUMBER.fullmatch(written):
            return self._count(float(written))
        return _parse(_OFFSET.sub("", written), self.has_day_first, self.order == "ymd")

    def _count(self, number: float) -> datetime | None:
        if _SERIALS[0] <= number < _SERIALS[1]:
            return (_SERIAL_START + timedelta(days=number)).replace(tzinfo=self.zone)
        if number < _FIRST_SECOND:
            return None
        return next((datetime.fromtimestamp(number / unit, UTC) for most, unit in _UNITS if number < most), None)


def _parse(written: str, day_first: bool, year_first: bool) -> datetime | None:
    """By dateutil; None where a day, a month or a year is missing, which it would take from today."""
    parser, defaults = _load_parser()
    options = {"dayfirst": day_first, "yearfirst": year_first, "tzinfos": _find_zone}
    try:
        found = parser.parse(written, default=defaults[0], **options)
        if not _FULL.search(written) and found != parser.parse(written, default=defaults[1], **options):
            return None
    except (ValueError, OverflowError, TypeError, AttributeError, IndexError):
        return None
    return found if isinstance(found, datetime) else None


def _find_zone(name: str | None, seconds: int | None) -> Any:
    if seconds is not None:
        return timezone(timedelta(seconds=seconds))
    return timezone(timedelta(hours=_ZONES[name])) if name in _ZONES else None


@cache
def _load_parser() -> tuple[Any, tuple[datetime, datetime]]:
    from babel import Locale
    from dateutil.parser import parser, parserinfo

    def list_names(key: str, places: Sequence[int]) -> list[tuple[str, ...]]:
        found: list[tuple[str, ...]] = []
        for place in places:
            names: dict[str, None] = {}
            for language in _LANGUAGES:
                table = getattr(Locale(language), key)["format"]
                for width in ("wide", "abbreviated"):
                    names[table[width][place].casefold().rstrip(".")] = None
            found.append(tuple(names))
        return found

    months = list_names("months", range(1, 13))
    named = {name for names in months for name in names}  # "mar" is March in more of them than Tuesday

    tables = {
        "JUMP": [*parserinfo.JUMP, *_BETWEEN],
        "MONTHS": months,
        "WEEKDAYS": [tuple(name for name in names if name not in named) for names in list_names("days", range(7))],
    }
    known = type("SevenLanguages", (parserinfo,), tables)()
    # of two defaults that differ in year, month and day, what is written in full takes nothing
    return parser(known), (datetime(2000, 1, 1), datetime(2001, 2, 2))  # noqa: DTZ001
