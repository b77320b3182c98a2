"""The rank of one reply, term by term: a reason a group of features, and `base` for what every reply begins with."""

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from bot.filter.compare.thread import Thread
from bot.filter.rank.card import load_card
from bot.filter.rank.features import Features, measure
from bot.filter.rank.groups import GROUPS, FeatureGroup
from bot.filter.rules.text import Prepared
from bot.filter.values import CandidateSpan, Reason

DIGITS = 4  # of a weight; reasons add up to the score as they are rounded
MAX_SHOWN = 3  # words


def explain_rank(thread: Thread) -> Sequence[Sequence[Reason]]:
    """The groups of each reply, and `base`."""
    base = Reason("base", round(load_card(thread.weights).base, DIGITS), None)
    return [
        [base, *_explain(reply, measure(reply, thread.asked, language), thread.weights)]
        for reply, language in zip(thread.replies, thread.languages, strict=True)
    ]


@lru_cache(maxsize=4)
def _load_groups(
    folder: Path, *, english: bool
) -> tuple[tuple[FeatureGroup, tuple[tuple[str, float, float], ...]], ...]:
    """Return each group with (feature, slope, mean)."""
    card = load_card(folder)
    terms = card.terms if english else card.plain
    return tuple(
        (group, tuple((term.feature, term.slope, term.mean) for term in terms if term.group == group.name))
        for group in GROUPS
    )


def _explain(reply: Prepared, features: Features, folder: Path) -> Iterator[Reason]:
    values = features.values
    if not values["words"] and not values["numbers"]:
        return
    for group, terms in _load_groups(folder, english="known" in values):
        weight = math.fsum([slope * (values[name] - mean) for name, slope, mean in terms])
        if weight := round(weight, DIGITS):
            yield _say(group, weight, reply, features)


def _say(group: FeatureGroup, weight: float, reply: Prepared, features: Features) -> Reason:
    if group.name == "length":
        return Reason(
            "rank_length" if features.values["size_2"] else "rank_no_length", weight, None, str(int(features.size))
        )
    if not group.words:
        return Reason(f"rank_{group.name}" if weight > 0 else f"rank_no_{group.name}", weight, None)
    shown = [word for kind in group.words for word in features.words.get(kind, ())][:MAX_SHOWN]
    if not shown:
        return Reason(f"rank_no_{group.name}", weight, None)
    detail = ", ".join(f"“{word}”" for word in shown)  # never a bare number: those outlive the words of a reply
    return Reason(f"rank_{group.name}", weight, _find(shown[0], reply), detail)


def _find(word: str, reply: Prepared) -> CandidateSpan | None:
    """Return where *word*, or a word that begins with it, stands first."""
    text = reply.lowered
    start = text.find(word)
    while start > 0 and text[start - 1].isalnum():
        start = text.find(word, start + 1)
    if start < 0:
        return None
    end = start + len(word)
    while end < len(text) and text[end].isalnum():
        end += 1
    return reply.span(start, end)
