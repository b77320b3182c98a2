"""What is asked: the content of a question, as the config writes it and as a version stores it."""

import hashlib
import json
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator

from bot.questions.schedules import explain_zone

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
_DURATION = re.compile(r"(\d+)\s*([smhdw]|[^\W\d_]{2,}\.?)(?![^\W\d_])")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_UNITS = {  # what people call them, in the languages in which they are asked; no month: it has no length
    "s": "sec secs second seconds sekunde sekunden seconde secondes segundo segundos secondo secondi",
    "m": "min mins minute minutes minuten minuto minutos minuti",
    "h": "hr hrs hour hours std stunde stunden heure heures hora horas ora ore uur uren",
    "d": "day days tag tage tagen jour jours dia dias día días giorno giorni dag dagen",
    "w": "week weeks wk wks woche wochen semaine semaines semana semanas settimana settimane weken",
}
_UNIT = {word: unit for unit, words in _UNITS.items() for word in (unit, *words.split())}
USUAL_DURATION = timedelta(days=7)
MOST_DECOYS = 10
LONGEST_DECOY = 5000
"""Characters: more than a chat model answers to one question."""
_LONGEST_DURATION = timedelta(days=3650)
CALL_OUT = ("region", "medium", "human_only", "pitches", "link", "read_back")
"""Keys that a question has had since there are call-outs."""
OCCURRENCE = "%Y-%m-%dT%H:%M"
_NOMINAL = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?")


def parse_duration(value: object) -> object:
    """`90m`, `36h`, `4 hours`, `1w 2d` as a timedelta, and a timedelta as it is.

    Raises ValueError with what to write: a number without a unit means days to one and seconds to another.
    """
    if isinstance(value, timedelta):
        return value
    number = str(value).strip()
    if not isinstance(value, bool) and re.fullmatch(r"\d+(?:[.,]\d+)?", number):
        whole = number if number.isdecimal() else number.replace(",", ".").partition(".")[0]
        raise ValueError(f"{number} has no unit: write {whole}d for days, or 90m, 36h, 7d or 2w")
    found = _DURATION.findall(number) if isinstance(value, str) else []
    units = [_UNIT.get(unit if len(unit) == 1 else unit.casefold().rstrip(".")) for _, unit in found]
    if not found or None in units or _DURATION.sub("", number).strip():
        raise ValueError(f"{value!r} is no duration; write 90m, 36h, 7d or 2w")
    seconds = sum(int(count) * _SECONDS[unit] for (count, _), unit in zip(found, units, strict=True) if unit)
    if seconds > _LONGEST_DURATION.total_seconds():
        raise ValueError(f"{value!r} is longer than ten years; write 90m, 36h, 7d or 2w")
    return timedelta(seconds=seconds)


def write_duration(value: timedelta) -> str:
    """The shortest text that `parse_duration` reads back."""
    seconds = int(value.total_seconds())
    unit = next(unit for unit in "wdhms" if seconds % _SECONDS[unit] == 0)
    return f"{seconds // _SECONDS[unit]}{unit}"


def _check_zone(value: object) -> object:
    if isinstance(value, str):
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a folder of zones
            raise ValueError(f"{value!r} is no time zone; {explain_zone(value)}") from None
    return value


def _read_nominal(value: object) -> object:
    """A local time as text, `2026-12-01T09:00`, also where TOML read it or somebody wrote seconds or a blank."""
    if isinstance(value, datetime):
        if value.tzinfo is not None:
            raise ValueError("write it without an offset, such as 2026-12-01T09:00: 'zone' says where that is")
        return value.strftime(OCCURRENCE)
    if value is None or isinstance(value, str):
        found = None if value is None else _NOMINAL.fullmatch(value.strip())
        return f"{found[1]}T{found[2]}" if found else value
    raise ValueError(f"'{value}' is no day with a time; write a local time such as 2026-12-01T09:00")


def check_decoys(value: Sequence[str]) -> tuple[str, ...]:
    """Raise ValueError with what to write where these are too many, too long or empty; answers each once."""
    if len(value) > MOST_DECOYS:
        raise ValueError(f"there are {len(value)} texts; write at most {MOST_DECOYS}")
    for number, text in enumerate(value, 1):
        if not text.strip():
            raise ValueError(f"text {number} is empty; write what a chat model answers to the question")
        if len(text) > LONGEST_DECOY:
            raise ValueError(f"text {number} has {len(text):,} characters; write at most {LONGEST_DECOY:,}")
    return tuple(dict.fromkeys(text.strip() for text in value))


Duration = Annotated[timedelta, BeforeValidator(parse_duration), PlainSerializer(write_duration, when_used="json")]
LocalTime = Annotated[str | None, BeforeValidator(_read_nominal)]
Decoys = Annotated[tuple[str, ...], AfterValidator(check_decoys)]
ZoneName = Annotated[str, BeforeValidator(_check_zone)]


class Content(BaseModel):
    """One version of a question.

    votes: `buttons` where a poll would name its voters or show its results too early; a network without buttons has
    what it has. accounts: names from the config, `name` or `name:place`. at: nominal local time
    (`2026-12-01T09:00`) in `zone`, or cron, or neither (adopted). closes_after: None where the deadline says when it
    closes (`clock.find_close`), seven days where there is none. grace: how late a post may go out; None is the same
    local day, or some hours. decoys: what
    a chat model answers to it, compared with the replies; they stand in no post and in no digest.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str = Field(min_length=1)
    options: tuple[str, ...] = ()
    votes: Literal["native", "buttons"] = "native"
    hide_results: bool = False
    why: str = ""
    asker: str = ""
    outlet: str = ""
    hide_outlet: bool = False
    wanted: str = ""
    deadline: LocalTime = None
    language: str = "en"
    sensitive: bool = False
    accounts: tuple[str, ...] = ()
    zone: ZoneName = "UTC"
    at: LocalTime = None
    cron: str | None = None
    closes_after: Duration | None = None
    grace: Duration | None = None
    enough: int = Field(default=5, ge=1)
    thread: bool = False
    decoys: Decoys = ()
    region: str = ""
    medium: str = ""
    human_only: bool = False
    pitches: int = Field(default=1, ge=1)
    link: Literal["", "none", "nofollow", "ours to decide"] = ""
    read_back: Literal["check", "leave"] = "check"

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.closes_after is None and self.deadline is None:
            object.__setattr__(self, "closes_after", USUAL_DURATION)
        if self.at is not None and self.cron is not None:
            raise ValueError("'at' and 'cron' exclude each other: a question is asked once or repeatedly")
        if len(self.options) == 1:
            raise ValueError("one option is no poll; give two or more, or none")
        if len(set(self.options)) != len(self.options):
            raise ValueError("two options are the same")
        if self.hide_results and self.votes != "buttons":
            raise ValueError('a poll of the network shows its results at once; to hide them write votes = "buttons"')
        if self.votes == "buttons" and not self.options:
            raise ValueError("votes by buttons need options")
        for key, value in (("at", self.at), ("deadline", self.deadline)):
            if value is not None:
                _check_local_time(key, value)
        if self.cron is not None:
            check_cron(self.cron)
        return self

    @property
    def hash(self) -> str:
        """A name for exactly this content, whatever its decoys: they are judged with and never posted.

        What a call-out does not say has no part in it: questions that were stored before call-outs keep their names.
        """
        unsaid = {name for name in CALL_OUT if getattr(self, name) == type(self).model_fields[name].default}
        content = self.model_dump(mode="json", exclude={"decoys", *unsaid})
        text = json.dumps(content, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def split_account(entry: str) -> tuple[str, str]:
    """`name:place` as (name, place); the place is empty where there is none."""
    name, _, place = entry.partition(":")
    return name, place


def _check_local_time(key: str, value: str) -> None:
    try:
        datetime.strptime(value, OCCURRENCE)  # noqa: DTZ007  # a nominal local time has no zone on purpose
    except ValueError:
        raise ValueError(f"'{key}' is {value!r}; write a local time such as 2026-12-01T09:00") from None


def check_cron(expression: str) -> None:
    """Raise ValueError with what to write where `expression` is no cron of five fields."""
    try:
        CronSim(expression, datetime(2026, 1, 1))  # noqa: DTZ001  # wall-clock arithmetic
    except CronSimError as error:
        raise ValueError(f"cron {expression!r}: {error}; write five fields such as '0 9 * * 1'") from None
