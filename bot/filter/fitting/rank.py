"""Fits `rank.json` and its card."""

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bot.filter.fitting.labelled import Labelled, read_labelled
from bot.filter.fitting.logistic import fit_logistic, squash
from bot.filter.fitting.rank_notes import Fit, write_notes
from bot.filter.fitting.wording import fit_wording_unseen
from bot.filter.judge import RULES
from bot.filter.languages import find_language
from bot.filter.rank.card import FILE, WORDING_FILE, RankCard, Term, write_card
from bot.filter.rank.features import Features, measure
from bot.filter.rank.groups import GROUPS, PLAIN, WORDING
from bot.filter.rank.wording import write_wording
from bot.filter.rules.proofs import is_proof
from bot.filter.rules.text import prepare
from bot.filter.values import JudgedQuestion

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

RIDGE = 40.0
GRADED = 1.5  # how much a reply that editors graded counts: there are few of them, and they are what we want
DOMAIN = 3.0  # lets graded and other sets differ in how much of them is good
FOLDS = 5
GOOD_AMONG_KEPT = 0.60
EVEN = 0.5  # a reply is kept where it is rather good than not
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
)
"""What writers ask for never counts against a reply, whatever a forum thinks of it."""
GIVEN = {"deed": 0.35, "outcome": 0.25, "reason": 0.15, "unknowing": -0.5}
"""Log-odds that are not fitted: somebody who did it, and says what came of it and why, is whom writers look for. The
crowds of a forum give it nothing. And somebody who says that it is hard to say does not answer."""
SPEAKS_AGAINST = frozenset({"general", "abstract", "abstract_share", "unknowing", "unknowing_share"})
"""The same the other way round."""
FEATURES = tuple((feature, group.name) for group in GROUPS if group.name != WORDING for feature in group.features)
WITH_WORDING = (*FEATURES, (WORDING, WORDING))

SIGNS = tuple(
    (place, -1 if feature in SPEAKS_AGAINST else 1)
    for place, (feature, _) in enumerate(FEATURES)
    if feature in SPEAKS_FOR | SPEAKS_AGAINST
)


def fit_rank(files: Sequence[Path], without: Sequence[str], out: Path, *, sparse: bool = False) -> None:
    """Write `rank.json` and `rank.md` into *out*: the same bytes for the same files. Raises BadData.

    sparse: also `rank.bin`, weights of words. They are close to the texts: for whoever holds the data.
    """
    rows = read_labelled(files, without)
    measured = _measure_all(rows)
    values = np.array([[each.values.get(feature, np.nan) for feature, _ in FEATURES] for each in measured])
    card, unseen = used, _ = _fit_card(rows, values)
    wording = None
    if sparse:
        wording, column = fit_wording_unseen(rows, measured, _sort_into_folds(rows))
        used, unseen = _fit_card(rows, np.hstack([values, column[:, None]]))
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


def _fit_card(rows: Sequence[Labelled], values: "Numbers") -> tuple[RankCard, "Numbers"]:
    """Return the card, and the scores of all replies by weights that were fitted without their question."""
    good = np.array([row.good for row in rows])
    graded = np.array([row.grade is not None for row in rows])
    unseen = _sink_proven(rows, _score_unseen(rows, values, good, graded))
    terms, base = _fit(values, good, graded)
    keep_from, quotable_from = _find_thresholds(rows, unseen)
    plain = _fit_plain(values[:, : len(FEATURES)], good, graded)
    return RankCard(base, keep_from, quotable_from, terms, plain), unseen


def _measure_all(rows: Sequence[Labelled]) -> list[Features]:
    measured: list[Features] = []
    for row in rows:
        reply = prepare((row.text,))
        measured.append(measure(reply, JudgedQuestion(row.question), find_language(reply.text)))
    return measured


def _fit(values: "Numbers", good: "Numbers", graded: "Numbers") -> tuple[tuple[Term, ...], float]:
    mean, scale = np.nanmean(values, axis=0), np.nanstd(values, axis=0)
    scale[scale < 1e-9] = 1.0
    standard = np.nan_to_num((values - mean) / scale)
    with_domain = np.hstack([standard, DOMAIN * graded[:, None].astype(float)])
    shares = np.where(graded, GRADED, 1.0)
    features = WITH_WORDING[: values.shape[1]]
    given = np.array([GIVEN.get(feature, 0.0) for feature, _ in features]) * scale
    offset = standard @ given
    weights = fit_logistic(with_domain, good, shares, RIDGE, offset)
    while against := [place for place, sign in SIGNS if sign * weights[place + 1] < 0]:
        with_domain[:, against] = 0.0
        weights = fit_logistic(with_domain, good, shares, RIDGE, offset)
        weights[[place + 1 for place in against]] = 0.0
    terms = tuple(
        Term(feature, group, *(round(float(each), DIGITS) for each in numbers))
        for (feature, group), *numbers in zip(features, mean, scale, weights[1:-1] + given, strict=True)
    )
    return terms, round(float(weights[0]), DIGITS)


def _fit_plain(values: "Numbers", good: "Numbers", graded: "Numbers") -> tuple[Term, ...]:
    """Fit the features that judge any language without the others; the base stays that of English."""
    chosen = [place for place, (feature, _) in enumerate(FEATURES) if feature in PLAIN]
    only = np.zeros_like(values)
    only[:, chosen] = values[:, chosen]
    terms, _base = _fit(only, good, graded)
    return tuple(terms[place] for place in chosen)


def _add_up(values: "Numbers", terms: Sequence[Term], base: float) -> "Numbers":
    """Return the log-odds of each reply."""
    mean = np.array([term.mean for term in terms])
    slope = np.array([term.slope for term in terms])
    return np.asarray(base + np.nan_to_num((values - mean) * slope).sum(axis=1), dtype=np.float64)


def _score_unseen(rows: Sequence[Labelled], values: "Numbers", good: "Numbers", graded: "Numbers") -> "Numbers":
    """Score each reply by weights that were fitted without its question."""
    folds = _sort_into_folds(rows)
    scores = np.zeros(len(rows))
    for fold in range(FOLDS):
        held = folds == fold
        if held.any() and not held.all():
            terms, base = _fit(values[~held], good[~held], graded[~held])
            scores[held] = squash(_add_up(values[held], terms, base))
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


def _sink_proven(rows: Sequence[Labelled], scores: "Numbers") -> "Numbers":
    """Of the replies that editors graded: nobody sees what a rule sets aside."""
    sunk = np.array([row.grade is not None and _is_proven(row) for row in rows])
    return np.where(sunk, 0.0, scores)


def _is_proven(row: Labelled) -> bool:
    reply, asked = prepare((row.text,)), JudgedQuestion(row.question)
    return any(is_proof(reason) for rule in RULES for reason in rule(reply, asked))


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
