"""Fits the wording: logistic regression with a ridge over some 200,000 hashed places, by Newton's method.

Only numpy: a step solves its linear system by conjugate gradients over the rows as they are, most of whose places are
nothing. No chance plays a part, and sums have one order: the same bytes on every run.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bot.filter.fitting.labelled import Labelled
from bot.filter.fitting.logistic import squash
from bot.filter.rank.features import Features
from bot.filter.rank.wording import BITS, WordingBlock, WordingWeights, hash_blocks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

RIDGE = 1.0
STEPS, SOLVING_STEPS, CLOSE = 12, 60, 1e-4
RARITY_STEPS = 255  # a byte
WEIGHT_STEPS = 127


@dataclass(frozen=True, slots=True)
class SparseRows:
    """Rows of one block: the places of each one after the other, counts as 1 + log count."""

    starts: "NDArray[np.int64]"
    places: "NDArray[np.int64]"
    counts: "Numbers"

    def weigh(self, rarity: "Numbers") -> "Numbers":
        """Return the value of each place, each row of length 1."""
        values = self.counts * rarity[self.places]
        sizes = np.diff(self.starts)
        lengths = np.sqrt(_add_rows(values * values, self.starts))
        return np.asarray(values / np.repeat(np.where(lengths > 0, lengths, 1.0), sizes), dtype=np.float64)

    def take(self, chosen: "NDArray[np.bool_]") -> "SparseRows":
        sizes = np.diff(self.starts)
        inside = np.repeat(chosen, sizes)
        return SparseRows(
            np.concatenate(([0], np.cumsum(sizes[chosen]))), self.places[inside], self.counts[inside]
        )  # fmt: skip


def _add_rows(values: "Numbers", starts: "NDArray[np.int64]") -> "Numbers":
    """Sums of the values of each row, of which some are empty."""
    rows = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    return np.asarray(np.bincount(rows, weights=values, minlength=len(starts) - 1), dtype=np.float64)


def hash_rows(texts: Sequence[Sequence[str]]) -> list[SparseRows]:
    """Return the rows of each block; *texts* as tokens."""
    hashed = [hash_blocks(tokens) for tokens in texts]
    return [
        SparseRows(
            np.concatenate(([0], np.cumsum([len(row[block][0]) for row in hashed]))),
            np.concatenate([row[block][0] for row in hashed]),
            np.concatenate([row[block][1] for row in hashed]),
        )
        for block in range(len(BITS))
    ]


def fit_wording_unseen(
    rows: Sequence[Labelled], measured: Sequence[Features], folds: "NDArray[np.int64]"
) -> tuple[WordingWeights, "Numbers"]:
    """Return weights fitted on what a crowd judged, and a column: each reply by those fitted without its fold.

    Editors judged too few to say anything of single words. What is not English has none.
    """
    hashed = hash_rows([features.tokens for features in measured])
    good = np.array([row.good for row in rows])
    english = np.array(["known" in features.values for features in measured])
    judged = np.array([row.grade is None for row in rows])
    fitted = english & (judged if judged.any() else True)

    def fit(chosen: "NDArray[np.bool_]") -> WordingWeights:
        return fit_wording([block.take(chosen) for block in hashed], good[chosen])

    column = np.full(len(rows), np.nan)
    for fold in sorted(set(folds.tolist())):
        weights = fit(fitted & (folds != fold))
        for place in np.flatnonzero(english & (folds == fold)).tolist():
            column[place] = weights.estimate(measured[place].tokens)
    return fit(fitted), column


def fit_wording(rows: Sequence[SparseRows], good: "Numbers") -> WordingWeights:
    """rows: of each block. good: 0 to 1 a row."""
    rarities = [_count_rarity(block, bits) for block, bits in zip(rows, BITS, strict=True)]
    offsets = np.cumsum((0, *(1 << bits for bits in BITS)))
    design = _Design(
        [block.starts for block in rows],
        [block.places + offset for block, offset in zip(rows, offsets, strict=False)],
        [
            block.weigh(steps.astype(np.float64) * scale)
            for block, (steps, scale) in zip(rows, rarities, strict=True)
        ],
        int(offsets[-1]) + 1,
    )  # fmt: skip
    weights = _solve(design, good)
    return WordingWeights(
        tuple(
            _pack(weights[offsets[number] : offsets[number + 1]], steps, scale)
            for number, (steps, scale) in enumerate(rarities)
        )
    )


def _count_rarity(block: SparseRows, bits: int) -> "tuple[NDArray[np.uint8], float]":
    """Logarithm of the share of rows with each place, in steps of a byte."""
    texts = len(block.starts) - 1
    held = np.bincount(block.places, minlength=1 << bits)
    rarity = np.log((1 + texts) / (1 + held)) + 1
    scale = float(np.float32(rarity.max() / RARITY_STEPS))
    return np.clip(np.rint(rarity / scale), 0, RARITY_STEPS).astype(np.uint8), scale


def _pack(weights: "Numbers", rarities: "NDArray[np.uint8]", rarity_scale: float) -> WordingBlock:
    scale = float(np.float32(max(np.abs(weights).max(), 1e-9) / WEIGHT_STEPS))
    steps = np.clip(np.rint(weights / scale), -WEIGHT_STEPS, WEIGHT_STEPS).astype(np.int8)
    return WordingBlock(steps, scale, rarities, rarity_scale)


class _Design:
    """All blocks side by side, and a column that all rows share: the intercept."""

    def __init__(
        self, starts: "Sequence[NDArray[np.int64]]", places: "Sequence[NDArray[np.int64]]",
        values: "Sequence[Numbers]", columns: int,
    ) -> None:  # fmt: skip
        count = len(starts[0]) - 1
        rows = [np.repeat(np.arange(count), np.diff(each)) for each in starts]
        self.count, self.columns = count, columns
        self._rows = np.concatenate(rows)
        self._places = np.concatenate(list(places))
        self._values = np.concatenate(list(values))

    def multiply(self, weights: "Numbers") -> "Numbers":
        products = np.bincount(self._rows, weights=self._values * weights[self._places], minlength=self.count)
        return np.asarray(products + weights[-1], dtype=np.float64)

    def gather(self, numbers: "Numbers") -> "Numbers":
        """The product with the design turned over."""
        found = np.bincount(self._places, weights=self._values * numbers[self._rows], minlength=self.columns)
        found[-1] = numbers.sum()
        return np.asarray(found, dtype=np.float64)


def _solve(design: _Design, good: "Numbers") -> "Numbers":
    weights = np.zeros(design.columns)
    penalty = np.full(design.columns, RIDGE)
    penalty[-1] = 1e-3
    for _step in range(STEPS):
        expected = squash(design.multiply(weights))
        gradient = design.gather(good - expected) - penalty * weights
        change = _solve_step(design, expected * (1 - expected), penalty, gradient)
        weights += change
        if np.abs(change).max() < CLOSE:
            break
    return weights


def _solve_step(design: _Design, curve: "Numbers", penalty: "Numbers", gradient: "Numbers") -> "Numbers":
    """Conjugate gradients."""
    found = np.zeros(design.columns)
    left = gradient.copy()
    direction = left.copy()
    size = first = float(left @ left)
    for _step in range(SOLVING_STEPS):
        if size <= 1e-8 * first or not size:
            break
        bent = design.gather(curve * design.multiply(direction)) + penalty * direction
        length = size / float(direction @ bent)
        found += length * direction
        left -= length * bent
        before, size = size, float(left @ left)
        direction = left + (size / before) * direction
    return found
