"""Fits `rank.json` and its card."""

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bot.filter.compare.own_words import keep_own_words
from bot.filter.fitting.labelled import BEST_GRADE, Labelled, read_labelled
from bot.filter.fitting.logistic import fit_logistic, squash
from bot.filter.fitting.others import measure_others
from bot.filter.fitting.rank_notes import Fit, write_notes
from bot.filter.fitting.wording import fit_wording_unseen
from bot.filter.languages import find_language
from bot.filter.rank.card import FILE, WORDING_FILE, RankCard, Term, write_card
from bot.filter.rank.features import Features, measure
from bot.filter.rank.groups import GROUPS, PLAIN, WANTED, WORDING
from bot.filter.rank.siblings import CHOICE, compare_siblings
from bot.filter.rank.siblings import FEATURES as SIBLING_FEATURES
from bot.filter.rank.wording import write_wording
from bot.filter.rules.text import prepare
from bot.filter.values import JudgedQuestion

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

RIDGE = 80.0
SIBLING_RIDGE = 20.0
CHOICE_RIDGE = 3.0
MOST_BESIDE = 0.4  # so that one sibling moves no score by more than .05
GRADED = 0.7  # how much a reply that editors graded counts: there are few of them, and they are what we want
DOMAIN = 3.0  # lets graded and other sets differ in how much of them is good
FOLDS = 5
GOOD_AMONG_KEPT = 0.60
EVEN = 0.45  # at least: what is kept is about as likely good as not
NOISE_KEPT = 0.02
NOISE_QUOTABLE = 0.06
NOISE = 0.5  # a mean grade up to this
DIGITS = 5
SPEAKS_FOR = frozenset(
    {
        "deed",
        "deeds",
        "witness",
        "witness_share",
        "outcome",
        "outcome_share",
        "numbers",
        "amounts",
        "reason",
        "reason_share",
    }
).union(f"fits_{kind}" for kind in WANTED)
"""What writers ask for never counts against a reply, whatever a forum thinks of it."""
GIVEN = {"deed": 0.45, "outcome": 0.35, "reason": 0.15, "unknowing": -0.5, "profile": -0.4, "names": 0.1}
"""Log-odds that are not fitted: somebody who did it, and says what came of it and why, is whom writers look for. The
crowds of a forum give it nothing. And somebody who says that it is hard to say, or what household they live in, does
not answer. A name is worth twice as much to the crowds, but is told by its capital, and letters of another case move
no score by more than .05."""
BOUND = frozenset({"names"})
"""What has no other weight than the given one."""
SPEAKS_AGAINST = frozenset(
    {"general", "abstract", "abstract_share", "unknowing", "unknowing_share", "profile", "profile_share", "few_words"}
)
"""The same the other way round."""
FEATURES = tuple((feature, group.name) for group in GROUPS if group.name != WORDING for feature in group.features)
WITH_WORDING = (*FEATURES, (WORDING, WORDING))
PLAIN_PLACES = [place for place, (feature, _) in enumerate(FEATURES) if feature in PLAIN]
KNOWN = FEATURES.index(("known", "writing"))  # what is read of English alone

PLAIN_FOR, PLAIN_AGAINST = frozenset({"size", "size_2", "new"}), frozenset({"few_words"})
"""The same of what judges any language: a word alone never stands above a sentence."""


def _find_signs(for_it: frozenset[str], against: frozenset[str]) -> list[tuple[int, int]]:
    return [
        (place, -1 if feature in against else 1)
        for place, (feature, _) in enumerate(FEATURES)
        if feature in for_it | against
    ]


SIGNS = _find_signs(SPEAKS_FOR, SPEAKS_AGAINST)
PLAIN_SIGNS = _find_signs(SPEAKS_FOR | PLAIN_FOR, SPEAKS_AGAINST | PLAIN_AGAINST)


def fit_rank(files: Sequence[Path], without: Sequence[str], out: Path, *, sparse: bool = False) -> None:
    """Write `rank.json` and `rank.md` into *out*: the same bytes for the same files. Raises BadData.

    sparse: also `rank.bin`, weights of words. They are close to the texts: for whoever holds the data.
    """
    rows = read_labelled(files, without)
    measured = _measure_all(rows)
    values = np.array([[each.values.get(feature, np.nan) for feature, _ in FEATURES] for each in measured])
    others = measure_others(rows)
    card, unseen = used, _ = _fit_card(rows, measured, values, others)
    wording = None
    if sparse:
        wording, column = fit_wording_unseen(rows, measured, _sort_into_folds(rows))
        used, unseen = _fit_card(rows, measured, np.hstack([values, column[:, None]]), others)
        card = replace(card, worded=used)
    out.mkdir(parents=True, exist_ok=True)
    written = write_card(card)
    (out / FILE).write_text(written, encoding="utf-8")
    (out / WORDING_FILE).unlink(missing_ok=True)
    if wording:
        (out / WORDING_FILE).write_bytes(write_wording(wording, written.encode()))
    digest = hashlib.sha256(written.encode()).hexdigest()
    names = [Path(each).name for each in files]
    notes = write_notes(Fit(used, rows, unseen.tolist(), names, list(without), digest, sparse=sparse))
    (out / "rank.md").write_text(notes, encoding="utf-8")


def _fit_card(
    rows: Sequence[Labelled], measured: Sequence[Features], values: "Numbers", others: "Numbers"
) -> tuple[RankCard, "Numbers"]:
    """Return the card, and the own scores of all replies by weights that were fitted without their question.

    others: the log-odds that the other terms of each own score add up to.
    """
    good = np.array([row.good for row in rows])
    graded = np.array([row.grade is not None for row in rows])
    unseen = _score_unseen(rows, values, good, graded, others)
    terms, base = _fit(values, good, graded, others)
    keep_from, quotable_from = _find_thresholds(rows, unseen)
    siblings = _fit_siblings(rows, measured, _add_up(values, terms, base) + others)
    plain = _fit_plain(values[:, : len(FEATURES)], good, graded, others)
    return RankCard(base, keep_from, quotable_from, terms, plain, siblings), unseen


def _measure_all(rows: Sequence[Labelled]) -> list[Features]:
    measured: list[Features] = []
    for row in rows:
        asked = JudgedQuestion(row.question)
        reply = keep_own_words(prepare((row.text,)), asked)
        measured.append(measure(reply, asked, find_language(reply.text)))
    return measured


def _fit(
    values: "Numbers", good: "Numbers", graded: "Numbers", others: "Numbers", signs: Sequence[tuple[int, int]] = SIGNS
) -> tuple[tuple[Term, ...], float]:
    mean, scale = np.nanmean(values, axis=0), np.nanstd(values, axis=0)
    scale[scale < 1e-9] = 1.0
    mean[[place for place, (feature, _) in enumerate(WITH_WORDING) if feature.startswith("fits_")]] = 0.0
    standard = np.nan_to_num((values - mean) / scale)
    with_domain = np.hstack([standard, DOMAIN * graded[:, None].astype(float)])
    shares = np.where(graded, GRADED, 1.0)
    features = WITH_WORDING[: values.shape[1]]
    given = np.array([GIVEN.get(feature, 0.0) for feature, _ in features]) * scale
    offset = standard @ given + others
    with_domain[:, [place for place, (feature, _) in enumerate(features) if feature in BOUND]] = 0.0
    weights = fit_logistic(with_domain, good, shares, RIDGE, offset)
    while against := [place for place, sign in signs if sign * weights[place + 1] < 0]:
        with_domain[:, against] = 0.0
        weights = fit_logistic(with_domain, good, shares, RIDGE, offset)
        weights[[place + 1 for place in against]] = 0.0
    # what kind of question is answered well was fitted beside the rest, and says nothing about an answer
    weights[[place + 1 for place, (_, group) in enumerate(features) if group == "asked"]] = 0.0
    terms = tuple(
        Term(feature, group, *(round(float(each), DIGITS) for each in numbers))
        for (feature, group), *numbers in zip(features, mean, scale, weights[1:-1] + given, strict=True)
    )
    return terms, round(float(weights[0]), DIGITS)


def _fit_plain(values: "Numbers", good: "Numbers", graded: "Numbers", others: "Numbers") -> tuple[Term, ...]:
    """Fit the features that judge any language without the others; the base stays that of English."""
    only = np.zeros_like(values)
    only[:, PLAIN_PLACES] = values[:, PLAIN_PLACES]
    terms, _base = _fit(only, good, graded, others, PLAIN_SIGNS)
    return tuple(terms[place] for place in PLAIN_PLACES)


def _add_up(values: "Numbers", terms: Sequence[Term], base: float) -> "Numbers":
    """Return the log-odds of each reply."""
    mean = np.array([term.mean for term in terms])
    slope = np.array([term.slope for term in terms])
    return np.asarray(base + np.nan_to_num((values - mean) * slope).sum(axis=1), dtype=np.float64)


def _fit_siblings(rows: Sequence[Labelled], measured: Sequence[Features], own: "Numbers") -> tuple[Term, ...]:
    """Fit what siblings add to the *own* log-odds, on the replies that a crowd judged: editors read one at a time.

    What editors graded tells whom they choose where many reply.
    """
    found: dict[int, dict[str, float]] = {}
    for _group, part in groupby(range(len(rows)), key=lambda number: rows[number].group):
        numbers = list(part)
        found.update(zip(numbers, compare_siblings([measured[number] for number in numbers]), strict=True))
    return *_fit_beside(rows, found, own), *_fit_choice(rows, found, own)


def _fit_beside(rows: Sequence[Labelled], found: dict[int, dict[str, float]], own: "Numbers") -> tuple[Term, ...]:
    chosen = [number for number, row in enumerate(rows) if row.grade is None]
    if not chosen:
        return ()
    values = np.array([[found[number][feature] for feature in SIBLING_FEATURES] for number in chosen])
    good = np.array([rows[number].good for number in chosen])
    weights = fit_logistic(values, good, np.ones(len(chosen)), SIBLING_RIDGE, own[chosen])
    bounded = np.clip(weights[1:], -MOST_BESIDE, MOST_BESIDE)
    return tuple(
        Term(feature, feature, 0.0, 1.0, round(float(weight), DIGITS))
        for feature, weight in zip(SIBLING_FEATURES, bounded, strict=True)
    )


def _fit_choice(rows: Sequence[Labelled], found: dict[int, dict[str, float]], own: "Numbers") -> tuple[Term, ...]:
    """Fit which replies of a question editors call quotable, each question with an intercept of its own."""
    chosen = [number for number, row in enumerate(rows) if row.grade is not None and "among_length" in found[number]]
    if not chosen:
        return ()
    values = np.array([[found[number][feature] for feature in CHOICE] for number in chosen])
    scale = np.maximum(values.std(axis=0), 1e-9)
    groups = sorted({rows[number].group for number in chosen})
    asked = np.array([[float(rows[number].group == group) for group in groups] for number in chosen])
    quotable = np.array([max(0.0, (rows[number].grade or 0.0) - BEST_GRADE + 1) for number in chosen])
    columns = np.hstack([values / scale, asked])
    weights = fit_logistic(columns, quotable, np.ones(len(chosen)), CHOICE_RIDGE, own[chosen])[1 : 1 + len(CHOICE)]
    return tuple(
        Term(feature, group, 0.0, *(round(float(each), DIGITS) for each in numbers))
        for (feature, group), *numbers in zip(CHOICE.items(), scale, weights, strict=True)
    )


def _score_unseen(
    rows: Sequence[Labelled], values: "Numbers", good: "Numbers", graded: "Numbers", others: "Numbers"
) -> "Numbers":
    """Score each reply by weights that were fitted without its question."""
    folds = _sort_into_folds(rows)
    scores = np.zeros(len(rows))
    for fold in range(FOLDS):
        held = folds == fold
        if held.any() and not held.all():
            terms, base = _fit(values[~held], good[~held], graded[~held], others[~held])
            plain = _fit_plain(values[~held, : len(FEATURES)], good[~held], graded[~held], others[~held])
            english = _add_up(values[held], terms, base)
            foreign = _add_up(values[held][:, PLAIN_PLACES], plain, base)
            known = ~np.isnan(values[held, KNOWN])
            scores[held] = squash(np.where(known, english, foreign) + others[held])
    return scores


def _sort_into_folds(rows: Sequence[Labelled]) -> "NDArray[np.int64]":
    """Replies to one question are in one."""
    return np.array([zlib.crc32(row.group.encode()) % FOLDS for row in rows])


def _find_thresholds(rows: Sequence[Labelled], scores: "Numbers") -> tuple[float, float]:
    """Return from which score a reply is kept, and from which it can be quoted."""
    judged = [(float(score), row.label) for row, score in zip(rows, scores, strict=True) if row.grade is None]
    noise = [
        float(score) for row, score in zip(rows, scores, strict=True) if row.grade is not None and row.grade <= NOISE
    ]
    keep_from = max(EVEN, _find_cut(judged), _find_quantile(noise, NOISE_KEPT))
    return round(keep_from, 4), round(min(keep_from, _find_quantile(noise, NOISE_QUOTABLE)), 4)


def _find_cut(judged: Sequence[tuple[float, int]]) -> float:
    """Return the lowest score such that GOOD_AMONG_KEPT of all from it on are good."""
    cut, good = 1.0, 0
    for count, (score, label) in enumerate(sorted(judged, reverse=True), 1):
        good += label
        if good >= GOOD_AMONG_KEPT * count:
            cut = score
    return cut


def _find_quantile(noise: Sequence[float], share: float) -> float:
    """Return the score above which at most *share* of *noise* stands."""
    ordered = sorted(noise, reverse=True)
    return ordered[int(len(ordered) * share)] + 1e-4 if ordered else 0.0
