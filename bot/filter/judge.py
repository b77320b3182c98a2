"""From a question and its replies to verdicts. Pure: no I/O, no clock, no order of arrival."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from bot.filter.compare.elsewhere import compare_elsewhere
from bot.filter.compare.question import find_copy_of_question
from bot.filter.compare.repeats import compare_replies
from bot.filter.compare.thread import Comparison, Thread, form_thread
from bot.filter.rules.code import find_code
from bot.filter.rules.emptiness import find_empty, find_link_only, find_plus_one, find_praise_only, find_vague
from bot.filter.rules.machine import find_machine_phrasing
from bot.filter.rules.promotion import find_self_promotion
from bot.filter.rules.substance import (
    find_advice,
    find_content,
    find_direct_answer,
    find_first_hand,
    find_generality,
    find_length,
    find_on_topic,
    find_outcome,
    find_reason_given,
    find_specifics,
)
from bot.filter.rules.talk import find_asking, find_banter
from bot.filter.rules.text import Prepared
from bot.filter.rules.weights import ASIDE_BELOW, BASE, KEEP_FROM
from bot.filter.values import Candidate, FilterVerdict, JudgedQuestion, Judgement, Reason

Rule = Callable[[Prepared, JudgedQuestion], Iterator[Reason]]

# Each looks at one reply and the question.
RULES: tuple[Rule, ...] = (
    find_empty,
    find_plus_one,
    find_praise_only,
    find_link_only,
    find_vague,
    find_banter,
    find_asking,
    find_code,
    find_self_promotion,
    find_copy_of_question,
    find_machine_phrasing,
    find_generality,
    find_direct_answer,
    find_first_hand,
    find_outcome,
    find_reason_given,
    find_advice,
    find_specifics,
    find_on_topic,
    find_content,
    find_length,
)
# What is near a reply, found by an index: part of its own score, as its rules are.
COMPARISONS: tuple[Comparison, ...] = (compare_replies, compare_elsewhere)
# What depends on all siblings: part of the rank alone, never of a verdict.
SIBLING_TERMS: tuple[Comparison, ...] = ()
SHIPPED = Path(__file__).parent / "rules" / "weights"
"""The weights that ship, each set with its card."""
# Never set a reply aside by themselves.
HINTS = frozenset({"machine_phrasing", "copy_elsewhere", "alike_elsewhere", "alike_gram"})


def judge(asked: JudgedQuestion, candidates: Sequence[Candidate], weights: Path = SHIPPED) -> list[Judgement]:
    """Judge all answers to one question together; the judgements come in the order of *candidates*.

    Of copies the earliest by `at`, then by id, is the original; what has no `at` comes after what has one.
    """
    thread = form_thread(asked, candidates, weights)
    reasons = [[reason for rule in RULES for reason in rule(reply, asked)] for reply in thread.replies]
    own = _compare(thread, COMPARISONS, reasons)
    whole = _compare(thread, SIBLING_TERMS, own)
    judged = [
        decide(candidate.id, mine, all_of_it)
        for candidate, mine, all_of_it in zip(thread.candidates, own, whole, strict=True)
    ]
    return [judged[place] for place in thread.places]


def _compare(
    thread: Thread, comparisons: Iterable[Comparison], reasons: Sequence[Sequence[Reason]]
) -> list[list[Reason]]:
    found = [list(each) for each in reasons]
    for compare in comparisons:
        for mine, new in zip(found, compare(thread), strict=True):
            mine.extend(new)
    return found


def decide(identity: str, own: Iterable[Reason], whole: Iterable[Reason]) -> Judgement:
    """Add the weights up to a score, and the own ones to a verdict.

    own: without what depends on all siblings. whole: with it.
    """
    mine, ordered = tuple(own), tuple(sorted(whole, key=_sort_heaviest_first))
    score = _score(mine)
    without_hints = _score(reason for reason in mine if reason.rule not in HINTS)
    if score < ASIDE_BELOW <= without_hints:
        score = ASIDE_BELOW
    verdict = _pick_verdict(score)
    total = score if len(mine) == len(ordered) else _score(ordered)
    return Judgement(identity, verdict, total, ordered, score, verdict is not FilterVerdict.ASIDE)


def _score(reasons: Iterable[Reason]) -> float:
    return round(1 / (1 + math.exp(-BASE - math.fsum(reason.weight for reason in reasons))), 4)


def _pick_verdict(score: float) -> FilterVerdict:
    if score >= KEEP_FROM:
        return FilterVerdict.KEEP
    return FilterVerdict.ASIDE if score < ASIDE_BELOW else FilterVerdict.MAYBE


def _sort_heaviest_first(reason: Reason) -> tuple[float, str, str]:
    return (-abs(reason.weight), reason.rule, reason.detail)
