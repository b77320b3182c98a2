"""What a reply is worth beside the others of its thread: part of its rank alone, never of its verdict.

Sums over all replies, without the reply itself, drawn towards nothing where there are few: whatever one sibling says,
it moves no score by more than .05.
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
FEATURES = ("beside_length", "beside_words")


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
        weights = {term.feature: round(term.slope * (values[term.feature] - term.mean), DIGITS) for term in terms}
        found.append([_say(feature, weight, values[feature]) for feature, weight in weights.items() if weight])
    return found


def _say(feature: str, weight: float, value: float) -> Reason:
    return Reason(f"rank_{feature}" if value > 0 else f"rank_no_{feature}", weight, None)


def compare_siblings(measured: Sequence[Features]) -> list[dict[str, float]]:
    """Return the features of FEATURES of each reply; no order of the replies plays a part."""
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
    return found
