"""A moment as people write it: `17:30`, `tomorrow 9:00`, `friday at 5 pm`, `in 4 hours`, `2026-12-01 09:00`. Pure."""

import re
from datetime import date, datetime, time, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from bot.questions.clock import resolve
from bot.questions.content import parse_duration

HOW = "write 17:30, tomorrow 9:00, friday 9:00, in 4 hours or 2026-12-01T09:00"
_DAYS = {  # days from today
    0: "today heute aujourd'hui hoy oggi vandaag hoje",
    1: "tomorrow morgen demain mañana manana domani amanhã amanha",
    2: "übermorgen uebermorgen overmorgen après-demain dopodomani",
}
_WEEKDAYS = (  # Monday first
    "monday mon montag mo lundi lunes lunedì lunedi maandag segunda segunda-feira",
    "tuesday tue tues dienstag di mardi martes martedì martedi dinsdag terça terça-feira",
    "wednesday wed mittwoch mi mercredi miércoles miercoles mercoledì mercoledi woensdag quarta quarta-feira",
    "thursday thu thur thurs donnerstag do jeudi jueves giovedì giovedi donderdag quinta quinta-feira",
    "friday fri freitag fr vendredi viernes venerdì venerdi vrijdag sexta sexta-feira",
    "saturday sat samstag sonnabend sa samedi sábado sabado sabato zaterdag",
    "sunday sun sonntag so dimanche domingo domenica zondag",
)
_AHEAD = {word: days for days, words in _DAYS.items() for word in words.split()}
_WEEKDAY = {word: number for number, words in enumerate(_WEEKDAYS) for word in words.split()}
_IN = re.compile(r"(?:in|dans|en|tra|fra|over|em)\s+")
_AT = re.compile(r"\s*(?:,|\b(?:at|um|à|a las|alle|om|às)(?=\s))\s*")
_ISO = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?:t|\s+)(.+)")
_GERMAN = re.compile(r"(\d\d?)\.\s?(\d\d?)\.\s?(\d{4})\s+(.+)")
_TIME = re.compile(r"(\d\d?)(?:(?:[:.]|\s?h\s?)(\d\d)(?::\d\d)?)?\s*(am|pm|a\.m\.|p\.m\.|uhr|uur|h|o'clock)?")


def read_moment(text: str, now: datetime, zone: str) -> datetime:
    """The moment that `text` means in `zone`, aware UTC. A time alone is the next one, a weekday the next such day.

    Raises ValueError with what to write: where it is not understood, or names what is over.
    """
    wanted = " ".join(text.casefold().replace("\u2019", "'").split())
    if not wanted:
        raise ValueError(f"no time is given; {HOW}")
    lasting = _read_lasting(wanted)
    if lasting is not None:
        return now + lasting
    local = now.astimezone(ZoneInfo(zone))
    day, rest = _split_day(_AT.sub(" ", wanted).strip(), local.date())
    clock_time = _read_time(rest, has_day=day is not None)
    if clock_time is None:
        raise ValueError(f"{text!r} is no time that is understood; {HOW}")
    step = timedelta(days=7 if _names_weekday(wanted) else 1)
    moment = resolve(datetime.combine(day or local.date(), clock_time), ZoneInfo(zone))
    if moment <= now and (day is None or _names_weekday(wanted)):
        moment = resolve(datetime.combine((day or local.date()) + step, clock_time), ZoneInfo(zone))
    if moment <= now:
        raise ValueError(f"{text!r} is over: it was {moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} ({zone})")
    return moment


def read_close(text: str, now: datetime, zone: str) -> timedelta:
    """How long a question runs that is asked `now` and closes after `7d`, or on `friday 17:30`. Raises ValueError."""
    try:
        return cast("timedelta", parse_duration(text))
    except ValueError as error:
        if "has no unit" in str(error):
            raise
    try:
        return read_moment(text, now, zone) - now
    except ValueError as error:
        raise ValueError(str(error).replace(HOW, f"{HOW}, or how long: 36h, 7d or 2w")) from None


def suggest_closes(now: datetime, zone: str) -> list[datetime]:
    """Hours at which people hand in, all later than in half an hour: today 17:30, the next noons, in a week."""
    today = now.astimezone(ZoneInfo(zone)).date()
    to_friday = (_WEEKDAY["friday"] - today.weekday()) % 7 or 7
    noon, evening = time(12), time(17, 30)
    wanted = [(0, evening), (1, noon), (to_friday, noon), (7, evening)]
    moments = {resolve(datetime.combine(today + timedelta(days), at), ZoneInfo(zone)) for days, at in wanted}
    return sorted(each for each in moments if each > now + timedelta(minutes=30))


def _read_lasting(wanted: str) -> timedelta | None:
    """`in 4 hours`, `90m`; a number without a unit is refused by what says why."""
    try:
        return cast("timedelta", parse_duration(_IN.sub("", wanted, count=1) if _IN.match(wanted) else wanted))
    except ValueError as error:
        if "no unit" in str(error) or "ten years" in str(error):
            raise
        return None


def _names_weekday(wanted: str) -> bool:
    words = wanted.replace(",", " ").split()
    return any(word.rstrip(".") in _WEEKDAY for word in (words[0], words[-1]))


def _split_day(wanted: str, today: date) -> tuple[date | None, str]:
    """The day that it names, and what is left."""
    for pattern, order in ((_ISO, (1, 2, 3)), (_GERMAN, (3, 2, 1))):
        if found := pattern.fullmatch(wanted):
            try:
                return date(*(int(found[group]) for group in order)), found[4]
            except ValueError:
                return today, ""
    first, _, rest = wanted.partition(" ")
    first = first.rstrip(".,")
    if first in _AHEAD:
        return today + timedelta(days=_AHEAD[first]), rest
    if first in _WEEKDAY:
        return today + timedelta(days=(_WEEKDAY[first] - today.weekday()) % 7), rest
    before, _, last = wanted.rpartition(" ")
    if before and last in (*_AHEAD, *_WEEKDAY):
        return _split_day(f"{last} {before}", today)
    return None, wanted


def _read_time(text: str, *, has_day: bool) -> time | None:
    """`17:30`, `5 pm`, `9 Uhr`; an hour alone only behind a day."""
    found = _TIME.fullmatch(text.strip())
    if found is None or not (found[2] or found[3] or has_day):
        return None
    hour, half = int(found[1]), (found[3] or "").replace(".", "")
    if half in ("am", "pm"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    minute = int(found[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
