"""The rank of one reply, term by term: a reason a group of features, and `base` for what every reply begins with."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.filter.compare.thread import Thread
from bot.filter.rank.card import load_card
from bot.filter.rank.features import Features, measure
from bot.filter.rank.groups import GROUPS, WORDING, WRITING, FeatureGroup
from bot.filter.rank.wording import load_wording
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


@dataclass(frozen=True, slots=True)
class _Slopes:
    """nothing: log-odds of each group where all its features are 0. terms: feature → (place of its group, slope)."""

    nothing: tuple[float, ...]
    terms: dict[str, tuple[int, float]]


@lru_cache(maxsize=8)
def _load_slopes(folder: Path, *, english: bool) -> _Slopes:
    card = load_card(folder)
    places = {group.name: place for place, group in enumerate(GROUPS)}
    terms = [term for term in (card.terms if english else card.plain) if term.group in places]
    return _Slopes(
        tuple(math.fsum(-term.slope * term.mean for term in terms if term.group == group.name) for group in GROUPS),
        {term.feature: (places[term.group], term.slope) for term in terms},
    )


def _explain(reply: Prepared, features: Features, folder: Path) -> Iterator[Reason]:
    """Most features of a reply are 0 and are not looked at."""
    values = features.values
    if not values["words"] and not values["numbers"]:
        return
    slopes = _load_slopes(folder, english="known" in values)
    weights = list(slopes.nothing)
    terms = slopes.terms
    for name, value in values.items():
        if value and name in terms:
            place, slope = terms[name]
            weights[place] += slope * value
    if WORDING in terms and (wording := load_wording(folder)):
        place, slope = terms[WORDING]
        weights[place] += slope * wording.estimate(features.tokens)
    for group, unrounded in zip(GROUPS, weights, strict=True):
        if group.name == WRITING and not values["words"]:
            continue
        if weight := round(unrounded, DIGITS):
            yield _say(group, weight, reply, features)


def _say(group: FeatureGroup, weight: float, reply: Prepared, features: Features) -> Reason:
    if group.name == "length":
        return Reason(group.has if features.values["size_2"] else group.lacks, weight, None, str(int(features.size)))
    if not group.words:
        return _say_shortly(group.has if weight > 0 else group.lacks, weight)
    words = features.words
    has = not words.keys().isdisjoint(group.words)
    found = [word for kind in group.words if kind in words for word in words[kind]] if has else ()
    if not found:
        return _say_shortly(group.lacks, weight)
    shown = found if len(found) == 1 else list(dict.fromkeys(found))[:MAX_SHOWN]
    detail = f"“{'”, “'.join(shown)}”"  # never a bare number: those outlive the words of a reply
    return Reason(group.has, weight, _find(shown[0], reply), detail)


@lru_cache(maxsize=4_096)
def _say_shortly(rule: str, weight: float) -> Reason:
    """What a reply has not weighs the same again and again."""
    return Reason(rule, weight, None)


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
