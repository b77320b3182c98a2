"""From a question and its replies to verdicts. Pure: no I/O, no clock, no order of arrival."""

import math
from bisect import insort
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bot.filter.compare.elsewhere import compare_elsewhere
from bot.filter.compare.question import compare_question
from bot.filter.compare.repeats import compare_replies
from bot.filter.compare.thread import Comparison, Thread, form_thread, take_own
from bot.filter.hints.contradictions import compare_claims
from bot.filter.hints.profiles import compare_profiles
from bot.filter.hints.senders import compare_senders
from bot.filter.rank.card import RankCard, load_card
from bot.filter.rank.estimate import explain_rank
from bot.filter.rank.features import measure
from bot.filter.rank.siblings import measure_beside, stand_beside
from bot.filter.rules.code import find_code
from bot.filter.rules.emptiness import find_empty, find_link_only, find_plus_one, find_praise_only
from bot.filter.rules.noise import find_noise
from bot.filter.rules.proofs import is_proof
from bot.filter.rules.sales.promotion import compare_sales
from bot.filter.rules.talk import find_asking
from bot.filter.rules.text import Prepared
from bot.filter.style.machines import compare_machines
from bot.filter.style.siblings import compare_wordings
from bot.filter.values import BesideAll, Candidate, FilterVerdict, JudgedQuestion, Judgement, Reason, Thresholds

Rule = Callable[[Prepared, JudgedQuestion], Iterator[Reason]]

# Each looks at one reply and the question.
RULES: tuple[Rule, ...] = (
    find_empty,
    find_plus_one,
    find_praise_only,
    find_link_only,
    find_noise,
    find_asking,
    find_code,
)
# What each is by itself, beside the question and what stands in others.
ALONE: tuple[Comparison, ...] = (
    explain_rank,
    compare_sales,
    compare_question,
    compare_elsewhere,
    compare_machines,
    compare_profiles,
    take_own,
)
# What is near a reply, found by an index. The first is part of its own score, as its rules are; the second is part of
# the rank alone, never of a verdict.
COMPARISONS: tuple[Comparison, ...] = (compare_replies, compare_senders, compare_claims)
SIBLING_TERMS: tuple[Comparison, ...] = (compare_wordings,)
NOTHING_BESIDE = BesideAll(0.0, 0.0, 0.0)
SHIPPED = Path(__file__).parent / "rules" / "weights"
"""The weights that ship, each set with its card."""


def judge(
    asked: JudgedQuestion,
    candidates: Sequence[Candidate],
    weights: Path = SHIPPED,
    thresholds: Thresholds = Thresholds(),  # noqa: B008  # frozen
) -> list[Judgement]:
    """Judge all answers to one question together; the judgements come in the order of *candidates*.

    Of copies the earliest by `at`, then by id, is the original; what has no `at` comes after what has one.
    """
    thread = form_thread(asked, candidates, weights)
    judged = judge_thread(thread, range(len(candidates)), thresholds)
    terms = stand_beside([each.beside for each in judged])
    whole = [_add_terms(each, found) for each, found in zip(judged, terms, strict=True)]
    return [whole[place] for place in thread.places]


def _add_terms(judgement: Judgement, found: Sequence[Reason]) -> Judgement:
    if not found:
        return judgement
    ordered = list(judgement.reasons)
    for reason in found:
        insort(ordered, reason, key=_sort_heaviest_first)
    return replace(judgement, score=_score(ordered), reasons=tuple(ordered))


def judge_thread(thread: Thread, wanted: Sequence[int], thresholds: Thresholds) -> list[Judgement]:
    """Judge the wanted answers of a thread that has all with whom they are compared; what they are beside all others
    is not added yet.
    """
    alone = thread.pick(wanted)
    own = [[reason for rule in RULES for reason in rule(reply, thread.asked)] for reply in alone.replies]
    _add(own, (compare(alone) for compare in ALONE))
    _add(own, (_pick(compare(thread), wanted) for compare in COMPARISONS))
    whole = [list(each) for each in own]
    _add(whole, (_pick(compare(thread), wanted) for compare in SIBLING_TERMS))
    card = load_card(thread.weights)
    beside = (
        measure_beside(measure(reply, thread.asked, language), card.siblings)
        for reply, language in zip(alone.replies, alone.languages, strict=True)
    )
    return [
        decide(candidate.id, mine, all_of_it, card, thresholds, beside=each)
        for candidate, mine, all_of_it, each in zip(alone.candidates, own, whole, beside, strict=True)
    ]


def _add(reasons: Sequence[list[Reason]], found: Iterable[Sequence[Sequence[Reason]]]) -> None:
    for terms in found:
        for mine, new in zip(reasons, terms, strict=True):
            mine.extend(new)


def _pick(terms: Sequence[Sequence[Reason]], wanted: Sequence[int]) -> list[Sequence[Reason]]:
    return [terms[place] for place in wanted]


def decide(
    identity: str,
    own: Iterable[Reason],
    whole: Iterable[Reason],
    card: RankCard,
    thresholds: Thresholds = Thresholds(),  # noqa: B008  # frozen
    *,
    beside: BesideAll = NOTHING_BESIDE,
) -> Judgement:
    """Add the weights up: the log-odds of a score are the sum of those of its reasons.

    own: without what depends on all siblings; the verdict comes from it, *aside* from a proof alone. whole: with it.
    """
    mine, ordered = tuple(own), tuple(sorted(whole, key=_sort_heaviest_first))
    score = _score(mine)
    verdict = _pick_verdict(mine, score, _first(thresholds.keep_from, card.keep_from))
    is_worth_reading = score >= _first(thresholds.quotable_from, card.quotable_from)
    quotable = verdict is not FilterVerdict.ASIDE and is_worth_reading
    return Judgement(identity, verdict, _score(ordered), ordered, score, quotable, beside)


def _first(chosen: float | None, on_card: float) -> float:
    return on_card if chosen is None else chosen


def _score(reasons: Iterable[Reason]) -> float:
    return 1 / (1 + math.exp(-math.fsum([reason.weight for reason in reasons])))


def _pick_verdict(own: Iterable[Reason], score: float, keep_from: float) -> FilterVerdict:
    if any(is_proof(reason) for reason in own):
        return FilterVerdict.ASIDE
    return FilterVerdict.KEEP if score >= keep_from else FilterVerdict.MAYBE


def _sort_heaviest_first(reason: Reason) -> tuple[int, float, str, str]:
    """A proof comes before all that only ranks, and what every reply begins with comes last."""
    rule, weight, _, detail, _ = reason
    return (2 if rule == "base" else not is_proof(reason), -abs(weight), rule, detail)
