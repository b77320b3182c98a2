"""What a reply is worth beside the others of its thread: part of its rank alone, never of its verdict.

Sums over all replies, without the reply itself, drawn towards nothing where there are few: whatever one sibling says,
it moves no score by more than .05.

Where more reply than can be quoted, an editor has to choose, and chooses who says something in particular: the more
have to be left out, the more a figure, a name, a limit or a reason counts beside replies that have none.
"""

import math
from collections import Counter
from collections.abc import Sequence

from bot.filter.compare.thread import Thread
from bot.filter.rank.card import load_card
from bot.filter.rank.estimate import DIGITS
from bot.filter.rank.features import Features, measure
from bot.filter.values import Reason

FEW = 10  # siblings: with so many a term reaches half of what it can reach
SHORTEST, LONGEST = 2.0, 7.0  # log columns: no sibling counts as shorter or longer
MANY = 5  # siblings that use a word: everybody does
QUOTED = 10  # replies: no more have to be chosen from so many
MANY_LEFT = 20  # replies beside those QUOTED: with so many more a choice counts half of what it can count
FULL_LENGTH = (3.2, 5.2)  # log columns: what is longer is not more particular
FEATURES = ("beside_length", "beside_words")
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


def explain_siblings(thread: Thread) -> Sequence[Sequence[Reason]]:
    """Longer or shorter than the others, and how many of them use the same words."""
    terms = load_card(thread.weights).siblings
    if not terms or len(thread.replies) == 1:
        return [[] for _ in thread.replies]
    measured = [
        measure(reply, thread.asked, language) for reply, language in zip(thread.replies, thread.languages, strict=True)
    ]
    found: list[list[Reason]] = []
    for values in compare_siblings(measured):
        weights: dict[str, float] = {}
        for term in terms:
            if value := values.get(term.feature, 0.0):
                weights[term.group] = weights.get(term.group, 0.0) + term.slope * value
        found.append([_say(group, rounded) for group, each in weights.items() if (rounded := round(each, DIGITS))])
    return found


def _say(group: str, weight: float) -> Reason:
    return Reason(f"rank_{group}" if weight > 0 else f"rank_no_{group}", weight, None)


def compare_siblings(measured: Sequence[Features]) -> list[dict[str, float]]:
    """Return the features of FEATURES, and of CHOICE where some are left out, of each reply, whatever their order."""
    lengths = [min(LONGEST, max(SHORTEST, math.log1p(features.size))) for features in measured]
    total = math.fsum(lengths)
    uses = Counter(stem for features in measured for stem in features.stems)
    others = len(measured) - 1
    share = others / (others + FEW)
    found: list[dict[str, float]] = []
    for length, features in zip(lengths, measured, strict=True):
        mean = (total - length) / max(1, others)
        known = sum(min(uses[stem] - 1, MANY) for stem in features.stems)
        found.append(
            {
                "beside_length": share * (length - mean),
                "beside_words": share * known / (MANY * (len(features.stems) + 3)),
            }
        )
    if len(measured) > QUOTED:
        for values, choice in zip(found, _compare_choice(measured), strict=True):
            values.update(choice)
    return found


def _compare_choice(measured: Sequence[Features]) -> list[dict[str, float]]:
    count = len(measured)
    share = (count - QUOTED) / (count + MANY_LEFT)
    details = [_count_details(features) for features in measured]
    totals = [math.fsum(column) for column in zip(*details, strict=True)]
    return [
        {
            name: share * (value - (total - value) / (count - 1))
            for name, value, total in zip(CHOICE, each, totals, strict=True)
        }
        for each in details
    ]


def _count_details(features: Features) -> tuple[float, ...]:
    """Return what CHOICE compares, in its order."""
    values = features.values
    shortest, longest = FULL_LENGTH
    return (
        min(longest, max(shortest, math.log1p(features.size))),
        float(values["numbers"] > 0),
        values.get("names", 0.0),
        values.get("contrast", 0.0) + values.get("compare", 0.0),
        *(values.get(name, 0.0) for name in ("negation", "reason", "demand", "profile")),
    )
