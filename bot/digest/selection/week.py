"""What belongs into a weekly digest. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from adapters.contract.capabilities import Capabilities
from bot.digest.model import Block, OpenLine, Selection
from bot.digest.selection.block import Material, build_block, build_late_block, build_line
from bot.digest.selection.rounds import Round
from bot.quotes import Edition

LATEST = timedelta(days=180)
"""How long after its close a question can yield new quotes: then its texts are purged (retention)."""


class WeekSection(StrEnum):
    """The section of the weekly digest in which a round stands."""

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


@dataclass(frozen=True, slots=True)
class Gathered:
    """The rounds that have a place in a week. known: ids of answers that earlier weeks could quote, by slug.

    first: the start of the first weekly digest there was, None where this is it.
    """

    materials: Sequence[Material]
    known: Mapping[str, set[int]]
    first: datetime | None


def find_section(asked: Round | None, week: Week, first: datetime | None) -> WeekSection | None:
    """Where a round belongs, or None: not begun, or over for good.

    first: the start of the first weekly digest there was. What closed earlier is history; what closed later and
    never had a digest of its own (the machine slept) counts as late.
    """
    if asked is None or asked.starts_at >= min(week.ends_at, week.as_of):
        return None
    closes_at = asked.closes_at
    if closes_at is None or closes_at > week.as_of or closes_at >= week.ends_at:
        return WeekSection.OPEN if asked.answerable else None
    if closes_at >= week.starts_at:
        return WeekSection.CLOSED
    if first is None or closes_at < max(first, week.starts_at - LATEST):
        return None
    return WeekSection.LATE


def find_known(earlier: Iterable[Selection]) -> dict[str, set[int]]:
    """The answers that earlier weeks could quote, by the question's slug."""
    known: dict[str, set[int]] = defaultdict(set)
    for selection in earlier:
        for block in selection.blocks:
            known[block.slug].update(block.usable_ids)
    return known


def select_week(
    gathered: Gathered,
    week: Week,
    *,
    edition: Edition,
    capabilities: Mapping[str, Capabilities],
    most_quotes: int,
) -> Selection:
    """The blocks of what closed, then of what came late, then a line for each open question."""
    placed = [(find_section(material.round, week, gathered.first), material) for material in gathered.materials]
    closed = [
        build_block(material, capabilities, edition=edition, as_of=week.as_of, most_quotes=most_quotes)
        for place, material in placed
        # What was never asked is the writer's business: the private edition tells why.
        if place is WeekSection.CLOSED and (material.has_anything or edition is Edition.PRIVATE)
    ]
    late = [
        build_late_block(
            material,
            capabilities,
            gathered.known.get(material.slug, set()),
            edition=edition,
            most_quotes=most_quotes,
        )
        for place, material in placed
        if place is WeekSection.LATE
    ]
    lines = [
        build_line(material, capabilities, edition=edition) for place, material in placed if place is WeekSection.OPEN
    ]
    new = [block for block in late if block is not None]
    return Selection(
        _find_language(gathered.materials),
        (*sorted(closed, key=_order_block), *sorted(new, key=_order_block)),
        tuple(sorted(lines, key=_order)),
    )


def _find_language(materials: Sequence[Material]) -> str:
    """That of all questions, English where they differ."""
    languages = {material.content.language for material in materials}
    return languages.pop() if len(languages) == 1 else "en"


def _order_block(block: Block) -> tuple[bool, bool, datetime | None, str]:
    """What can be used first."""
    return not block.usable, *_order(block)


def _order(each: Block | OpenLine) -> tuple[bool, datetime | None, str]:
    """By when it closes, what has no end last."""
    return each.closes_at is None, each.closes_at, each.slug
