"""What a reply is worth beside the others of its thread: part of its rank alone, never of its verdict.

Sums over all replies, without the reply itself, drawn towards nothing where there are few: whatever one sibling says,
it moves no score by more than .05.

Where more reply than can be quoted, an editor has to choose, and chooses who says something in particular: the more
have to be left out, the more a figure, a name, a limit or a reason counts beside replies that have none.

Each term is a difference from the mean of the others. So three numbers are kept of each reply, and added when all that
stand beside it are known: in a digest.
"""

import math
from collections.abc import Sequence

from bot.filter.rank.card import Term
from bot.filter.rank.estimate import DIGITS
from bot.filter.rank.features import Features
from bot.filter.values import BesideAll, Reason

FEW = 10  # siblings: with so many a term reaches half of what it can reach
SHORTEST, LONGEST = 2.0, 7.0  # log columns: no sibling counts as shorter or longer
QUOTED = 10  # replies: no more have to be chosen from so many
MANY_LEFT = 20  # replies beside those QUOTED: the more there are, the more of what a choice can count it counts
FULL_LENGTH = (3.2, 5.2)  # log columns: what is longer is not more particular
FEATURES = ("beside_length",)
CHOICE = {
    "among_length": "beside_length",
    "among_figures": "beside_detail",
    "among_names": "beside_detail",
    "among_turns": "beside_detail",
    "among_denials": "beside_detail",
    "among_reasons": "beside_detail",
    "among_demands": "beside_detail",
    "among_profiles": "beside_detail",
}
"""Features that count only where replies have to be left out, and the group of each."""


def measure_beside(features: Features, terms: Sequence[Term]) -> BesideAll:
    """What is kept of a reply. terms: those of the card that compare siblings."""
    slopes = {term.feature: term.slope for term in terms}
    always = slopes.get("beside_length", 0.0) * _limit(features, SHORTEST, LONGEST)
    groups = {"beside_length": 0.0, "beside_detail": 0.0}
    for (name, group), value in zip(CHOICE.items(), _count_details(features), strict=True):
        groups[group] += slopes.get(name, 0.0) * value
    return BesideAll(*(round(each, DIGITS) for each in (always, *groups.values())))


def stand_beside(measured: Sequence[BesideAll]) -> list[list[Reason]]:
    """The terms of each reply beside all others, whatever their order."""
    count = len(measured)
    if count < 2:
        return [[] for _ in measured]
    few, choice = _share_few(count), _share_choice(count)
    totals = [math.fsum(column) for column in zip(*measured, strict=True)]
    found: list[list[Reason]] = []
    for each in measured:
        over = BesideAll(*(value - (total - value) / (count - 1) for value, total in zip(each, totals, strict=True)))
        weights = {"beside_length": few * over.always + choice * over.length, "beside_detail": choice * over.detail}
        found.append([_say(group, rounded) for group, each in weights.items() if (rounded := round(each, DIGITS))])
    return found


def _say(group: str, weight: float) -> Reason:
    return Reason(f"rank_{group}" if weight > 0 else f"rank_no_{group}", weight, None)


def _share_few(count: int) -> float:
    return (count - 1) / (count - 1 + FEW)


def _share_choice(count: int) -> float:
    """From nothing on, so that the reply that is the first too many moves no other by much."""
    return max(0, count - QUOTED) ** 2 / (count * (count + MANY_LEFT))


def _limit(features: Features, shortest: float, longest: float) -> float:
    return min(longest, max(shortest, math.log1p(features.size)))


def compare_siblings(measured: Sequence[Features]) -> list[dict[str, float]]:
    """Return the features of FEATURES, and of CHOICE where some are left out, of each reply: what is fitted."""
    few, choice = _share_few(len(measured)), _share_choice(len(measured))
    rows = [(_limit(each, SHORTEST, LONGEST), *_count_details(each)) for each in measured]
    totals = [math.fsum(column) for column in zip(*rows, strict=True)]
    shares = (few, *[choice] * len(CHOICE))
    names = (*FEATURES, *CHOICE)[: None if choice else len(FEATURES)]
    others = max(1, len(measured) - 1)
    return [
        {
            name: share * (value - (total - value) / others)
            for name, share, value, total in zip(names, shares, row, totals, strict=False)
        }
        for row in rows
    ]


def _count_details(features: Features) -> tuple[float, ...]:
    """Return what CHOICE compares, in its order."""
    values = features.values
    return (
        _limit(features, *FULL_LENGTH),
        float(values["numbers"] > 0),
        values.get("names", 0.0),
        values.get("contrast", 0.0) + values.get("compare", 0.0),
        *(values.get(name, 0.0) for name in ("negation", "reason", "demand", "profile")),
    )
