"""From a question and its replies to verdicts. Pure: no I/O, no clock, no order of arrival."""

import math
from collections.abc import Callable, Iterable, Iterator

from bot.filter.rules.code import find_code
from bot.filter.rules.copies import Originals, describe_copy, find_copy_of_question, sort_by_age
from bot.filter.rules.emptiness import find_empty, find_link_only, find_plus_one, find_praise_only, find_vague
from bot.filter.rules.introductions import Introduction, Introductions, find_introduction
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
from bot.filter.rules.text import Prepared, prepare
from bot.filter.rules.weights import ASIDE_BELOW, BASE, KEEP_FROM
from bot.filter.values import Candidate, FilterVerdict, JudgedQuestion, Judgement, Reason

Rule = Callable[[Prepared, JudgedQuestion], Iterator[Reason]]

# Each looks at one reply and the question. What compares replies with each other is in judge().
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
HINTS = frozenset({"machine_phrasing"})  # never set a reply aside by themselves


def judge(asked: JudgedQuestion, candidates: Iterable[Candidate]) -> list[Judgement]:
    """Judge all answers to one question together; the judgements come in the order of *candidates*.

    Of copies the earliest by `at`, then by id, is the original; what has no `at` comes after what has one.
    """
    given = list(candidates)
    originals, introductions = Originals(asked), Introductions()
    found: dict[int, tuple[list[Reason], Introduction | None]] = {}
    for number in sorted(range(len(given)), key=lambda number: sort_by_age(given[number])):
        candidate = given[number]
        reply = prepare(candidate.texts)
        reasons = [reason for rule in RULES for reason in rule(reply, asked)]
        author = number if candidate.author is None else candidate.author
        if copy := originals.match(candidate, reply, author):
            reasons.append(describe_copy(copy, reply))
        introduction = find_introduction(reply)
        if introduction:
            introductions.add(introduction, author)
        found[number] = reasons, introduction
    judged = []
    for number, candidate in enumerate(given):
        reasons, introduction = found[number]
        flood = originals.weigh(candidate, reasons)
        reasons = introductions.weigh(introduction, reasons)
        judged.append(decide(candidate.id, [*reasons, flood] if flood else reasons))
    return judged


def decide(identity: str, reasons: Iterable[Reason]) -> Judgement:
    """Add the weights up to a score and a verdict."""
    ordered = tuple(sorted(reasons, key=_sort_heaviest_first))
    score = _score(ordered)
    without_hints = _score(reason for reason in ordered if reason.rule not in HINTS)
    if score < ASIDE_BELOW <= without_hints:
        score = ASIDE_BELOW
    return Judgement(identity, _pick_verdict(score), score, ordered)


def _score(reasons: Iterable[Reason]) -> float:
    return round(1 / (1 + math.exp(-BASE - math.fsum(reason.weight for reason in reasons))), 4)


def _pick_verdict(score: float) -> FilterVerdict:
    if score >= KEEP_FROM:
        return FilterVerdict.KEEP
    return FilterVerdict.ASIDE if score < ASIDE_BELOW else FilterVerdict.MAYBE


def _sort_heaviest_first(reason: Reason) -> tuple[float, str, str]:
    return (-abs(reason.weight), reason.rule, reason.detail)
