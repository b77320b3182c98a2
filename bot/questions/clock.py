"""When is it due. Everything but `now` is pure; nothing else in pullquote reads the machine's clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from cronsim import CronSim

from bot.questions.content import OCCURRENCE, USUAL_DURATION, Content

LEAST_GRACE = timedelta(hours=4)
"""A question that is due five minutes before midnight is not missed for a limit of ten."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A nominal local time as text (`2026-10-25T02:30`) and the moment that is derived from it (aware UTC)."""

    nominal: str
    due_at: datetime


def now() -> datetime:
    """The present moment, aware UTC."""
    return datetime.now(UTC)


def resolve(nominal: datetime, zone: ZoneInfo) -> datetime:
    """The moment of a local wall-clock time.

    In the autumn hour that is there twice it is the first one; in the spring hour that is not there it is as long
    after the change as it would have been after the hour's beginning (02:30 → 03:30). PEP 495, fold=0.
    """
    return nominal.replace(tzinfo=zone, fold=0).astimezone(UTC)


def _is_skipped(nominal: datetime, zone: ZoneInfo) -> bool:
    back = resolve(nominal, zone).astimezone(zone).replace(tzinfo=None)
    return back != nominal


def occurrences(content: Content, after: datetime) -> Iterator[Occurrence]:
    """The due times of a question later than `after`, in order; endless for a cron.

    Cron runs on wall-clock time, so that each nominal time is there once whatever the clocks do. A time within the
    skipped spring hour is left out only where another occurrence is due at that very moment.
    """
    zone = ZoneInfo(content.zone)
    if content.at is not None:
        once = datetime.strptime(content.at, OCCURRENCE)  # noqa: DTZ007  # nominal
        nominals: Iterator[datetime] = iter([once])
    elif content.cron is not None:
        # one day back: a nominal time shifted by a clock change must not be lost at the seam
        start = after.astimezone(zone).replace(tzinfo=None) - timedelta(days=1)
        nominals = CronSim(content.cron, start)
    else:
        return
    skipped: list[Occurrence] = []
    for nominal in nominals:
        occurrence = Occurrence(nominal.strftime(OCCURRENCE), resolve(nominal, zone))
        if _is_skipped(nominal, zone):
            skipped.append(occurrence)
            continue
        earlier = [each for each in skipped if each.due_at < occurrence.due_at]
        skipped = [each for each in skipped if each.due_at > occurrence.due_at]
        yield from (each for each in (*earlier, occurrence) if each.due_at > after)
    yield from (each for each in skipped if each.due_at > after)


def due_between(content: Content, after: datetime, until: datetime) -> list[Occurrence]:
    """Occurrences later than `after` and not later than `until`."""
    return list(takewhile(lambda each: each.due_at <= until, occurrences(content, after)))


def next_due(content: Content, after: datetime, count: int) -> list[Occurrence]:
    """The next `count` occurrences later than `after`."""
    return list(islice(occurrences(content, after), count))


def end_of_grace(content: Content, due_at: datetime) -> datetime:
    """Until when a late post still goes out: `grace` after it was due, by default the end of that local day, and some
    hours at least; never past the deadline that it would print.
    """
    deadline = find_deadline(content)
    if content.grace is not None:
        ends_at = due_at + content.grace
    else:
        local_day = due_at.astimezone(ZoneInfo(content.zone)).date()
        ends_at = max(start_of_day(local_day + timedelta(days=1), content.zone), due_at + LEAST_GRACE)
    return ends_at if deadline is None or deadline <= due_at else min(ends_at, deadline)


def find_deadline(content: Content) -> datetime | None:
    """The moment until which answers help, where there is one."""
    if content.deadline is None:
        return None
    return resolve(datetime.strptime(content.deadline, OCCURRENCE), ZoneInfo(content.zone))  # noqa: DTZ007  # nominal


def find_close(content: Content, asked_at: datetime) -> datetime:
    """When a question that is asked at `asked_at` closes: as it says itself, else at its deadline."""
    if content.closes_after is not None:
        return asked_at + content.closes_after
    deadline = find_deadline(content)
    return deadline if deadline is not None and deadline > asked_at else asked_at + USUAL_DURATION


def find_time_faults(content: Content, asked_at: datetime) -> list[str]:
    """What is wrong with the times of a question that is asked at `asked_at`: a sentence each, with what to do."""
    deadline, closes_at = find_deadline(content), find_close(content, asked_at)
    if closes_at <= asked_at:
        return ['it closes at once: write closes_after = "7d"']
    if deadline is None:
        return []
    zone = ZoneInfo(content.zone)
    shown = f"{deadline.astimezone(zone):%Y-%m-%d %H:%M} ({content.zone})"
    if deadline <= asked_at:
        asked = f"{asked_at.astimezone(zone):%Y-%m-%d %H:%M}"
        return [f"its deadline, {shown}, is over when it is asked ({asked}): write a later one, or none"]
    if closes_at < deadline:
        closes = f"{closes_at.astimezone(zone):%Y-%m-%d %H:%M}"
        return [f"it closes on {closes}, before its deadline, {shown}: let it run longer, or leave closes_after out"]
    return []


def start_of_day(day: date, zone: str) -> datetime:
    """Local midnight as a moment."""
    return resolve(datetime.combine(day, time()), ZoneInfo(zone))


def nominal_now(moment: datetime, zone: str) -> str:
    """The local wall-clock minute of a moment, as an occurrence."""
    return moment.astimezone(ZoneInfo(zone)).strftime(OCCURRENCE)
