"""What belongs into a weekly digest. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.digest.model import Selection
from bot.digest.rounds import Round

LATEST = timedelta(days=180)
"""How long after its close a question can bring something new: then its texts are purged (retention)."""


class Place(StrEnum):
    """Where a round stands in a week."""

    CLOSED = "closed"  # in it: in full
    LATE = "late"  # before it: what became usable since
    OPEN = "open"  # a line


@dataclass(frozen=True, slots=True)
class Week:
    """Monday midnight to Monday midnight, as moments; `as_of` may stand within it."""

    starts_at: datetime
    ends_at: datetime
    as_of: datetime

    @property
    def is_over(self) -> bool:
        """Whether nothing more can close in it."""
        return self.as_of >= self.ends_at


def find_place(asked: Round | None, week: Week, first: datetime | None) -> Place | None:
    """Where a round belongs, or None: not begun, or over for good.

    first: the start of the first weekly digest there was. What closed earlier is history; what closed later and
    never had a digest of its own (the machine slept) comes as late.
    """
    if asked is None or asked.starts_at >= min(week.ends_at, week.as_of):
        return None
    closes_at = asked.closes_at
    if closes_at is None or closes_at > week.as_of or closes_at >= week.ends_at:
        return Place.OPEN if asked.stood else None
    if closes_at >= week.starts_at:
        return Place.CLOSED
    if first is None or closes_at < max(first, week.starts_at - LATEST):
        return None
    return Place.LATE


def find_known(earlier: Iterable[Selection]) -> dict[str, set[int]]:
    """The answers that earlier weeks could quote, by the question's slug."""
    known: dict[str, set[int]] = defaultdict(set)
    for selection in earlier:
        for block in selection.blocks:
            known[block.slug].update(block.usable_ids)
    return known
