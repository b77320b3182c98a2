"""Fit what tells a refusal from a story: `python scripts/fit_refusals.py [ORDINARY.jsonl ...]` writes weights.toml.

Logistic regression with an L1 penalty on the features of `bot.quotes.refusals.shape`, by FISTA (Beck, Teboulle 2009).
A text that asks for something does so in one of its clauses, unknown which: the one that the round before finds
likeliest stands for it. Sentences: scripts/refusals.tsv; ordinary texts (`text` in each line of a file) count as free.
First it prints what five folds find: sentences that the model of the others was asked about.
"""

import json
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.quotes.refusals.clauses import read_clauses
from bot.quotes.refusals.shape import list_features, read_words

ROOT = Path(__file__).parent.parent
SENTENCES = ROOT / "scripts" / "refusals.tsv"
TRIED = ROOT / "tests" / "bot" / "quotes" / "refusals.toml"
WEIGHTS = ROOT / "bot" / "quotes" / "refusals" / "weights.toml"
PENALTY = 0.35
ROUNDS, STEPS, FOLDS = 5, 400, 5
LEAST_SEEN = 2
"""Texts that must have a feature."""
ASKING, FREE, ORDINARY = 1.0, 1.5, 0.25
"""What one text weighs: a look-alike teaches more than an ordinary text."""
HELD_SHARE = 0.08
"""Of the look-alikes asked about in the folds: the score that so many exceed becomes 0."""
LEAST_WEIGHT = 0.05

Clause = frozenset[str]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Text:
    """What is seen of a text, and what is right."""

    asks: bool
    weight: float
    clauses: Sequence[Clause]
    is_free_to_ship: bool = True  # weights of single words are fitted to it


@dataclass(frozen=True, slots=True)
class Rows:
    """Clauses as rows: feature `columns[i]` stands in row `lines[i]`."""

    columns: NDArray[np.int_]
    lines: NDArray[np.int_]
    labels: Numbers
    importance: Numbers
    offsets: Numbers

    def multiply(self, by: Numbers) -> Numbers:
        return np.bincount(self.lines, by[self.columns], len(self.labels)) + by[-1]

    def multiply_back(self, by: Numbers, size: int) -> Numbers:
        return np.append(np.bincount(self.columns, by[self.lines], size - 1), by.sum())


class Model:
    """A weight for each of the wanted features, and one that always counts; what a model `before` found is added."""

    def __init__(self, texts: Sequence[Text], want: Callable[[str], bool], before: "Model | None" = None) -> None:
        seen = Counter(feature for text in texts for feature in frozenset[str]().union(*text.clauses) if want(feature))
        self.index = {feature: at for at, feature in enumerate(sorted(f for f, n in seen.items() if n >= LEAST_SEEN))}
        self.weights: Numbers = np.zeros(len(self.index) + 1)
        self.before = before
        for number in range(ROUNDS):
            self._fit(texts, knows_nothing=number == 0 and before is None)

    def measure(self, clause: Clause) -> float:
        already = self.before.measure(clause) if self.before else 0.0
        return already + float(self.weights[-1] + sum(self.weights[self.index[f]] for f in clause if f in self.index))

    def measure_text(self, text: Text) -> float:
        return max(map(self.measure, text.clauses))

    def list_weights(self) -> dict[str, float]:
        mine = {feature: float(self.weights[at]) for feature, at in self.index.items()}
        mine["always"] = float(self.weights[-1])
        before = self.before.list_weights() if self.before else {}
        return {**before, **mine, "always": mine["always"] + before.get("always", 0.0)}

    def _fit(self, texts: Sequence[Text], *, knows_nothing: bool) -> None:
        clauses, labels, importance = [], [], []
        for text in texts:
            picked = text.clauses if knows_nothing or not text.asks else [max(text.clauses, key=self.measure)]
            clauses += picked
            labels += [float(text.asks)] * len(picked)
            importance += [text.weight / (len(picked) if text.asks else 1)] * len(picked)
        known = [[self.index[feature] for feature in clause if feature in self.index] for clause in clauses]
        rows = Rows(
            np.array([column for row in known for column in row]),
            np.repeat(np.arange(len(known)), [len(row) for row in known]),
            np.array(labels),
            np.array(importance),
            np.array([self.before.measure(clause) if self.before else 0.0 for clause in clauses]),
        )
        self.weights = _minimise(self.weights, rows)


def fit(own: Sequence[Text], ordinary: Sequence[Text]) -> Model:
    """Weights of meanings from everything; then of single words, only from what is free to ship."""
    by_meaning = Model([*own, *ordinary], _is_meaning)
    shippable = [text for text in ordinary if text.is_free_to_ship]
    return Model([*own, *shippable], lambda feature: not _is_meaning(feature), by_meaning)


def _is_meaning(feature: str) -> bool:
    return "<" in feature or feature.startswith(("length ", "other words ", "a number"))


def _minimise(weights: Numbers, rows: Rows) -> Numbers:
    step = 1 / _measure_curvature(rows, len(weights))
    shrink = np.full(len(weights), PENALTY * step)
    shrink[-1] = 0
    ahead, momentum = weights, 1.0
    for _ in range(STEPS):
        error = rows.importance * (1 / (1 + np.exp(-rows.multiply(ahead) - rows.offsets)) - rows.labels)
        moved = ahead - step * rows.multiply_back(error, len(weights))
        new = np.sign(moved) * np.maximum(np.abs(moved) - shrink, 0)
        following = (1 + np.sqrt(1 + 4 * momentum**2)) / 2
        ahead = new + (momentum - 1) / following * (new - weights)
        weights, momentum = new, following
    return weights


def _measure_curvature(rows: Rows, size: int) -> float:
    """The largest eigenvalue, by twenty powers, and a little more."""
    direction, curvature = np.ones(size), 1.0
    for _ in range(20):
        direction = rows.multiply_back(rows.multiply(direction) * rows.importance / 4, size)
        curvature = float(np.linalg.norm(direction))
        direction /= curvature
    return curvature * 1.05


def _read(text: str, *, asks: bool, weight: float, is_free_to_ship: bool = True) -> Text:
    clauses = [frozenset(list_features(words)) for clause in read_clauses(text) if (words := read_words(clause))]
    return Text(asks, weight, clauses or [frozenset()], is_free_to_ship)


def _read_sentences() -> list[Text]:
    rows = [line.split("\t") for line in SENTENCES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    known = [(right != "free", text) for right, _, text in rows]
    tried = tomllib.loads(TRIED.read_text(encoding="utf-8"))["sentence"]
    known += [(each["right"] != "free", each["text"]) for each in tried if not each.get("held_out")]
    return [_read(text, asks=asks, weight=ASKING if asks else FREE) for asks, text in known]


def _read_ordinary(paths: Sequence[str]) -> list[Text]:
    lines = [json.loads(line) for path in paths for line in Path(path).read_text(encoding="utf-8").splitlines()]
    return [
        _read(line["text"], asks=False, weight=ORDINARY, is_free_to_ship="Polis" in line["source"])  # CC BY 4.0
        for line in lines
    ]


def _ask_folds(texts: Sequence[Text], ordinary: Sequence[Text]) -> float:
    """Print what is found of texts that a model has not seen; the score that becomes 0."""
    order = np.random.default_rng(1).permutation(len(texts)).tolist()
    scores = np.zeros(len(texts))
    for fold in range(FOLDS):
        asked = set(order[fold::FOLDS])
        model = fit([text for at, text in enumerate(texts) if at not in asked], ordinary[1::2])
        for at in asked:
            scores[at] = model.measure_text(texts[at])
        of_ordinary = np.array([model.measure_text(text) for text in ordinary[::2]])
    asks = np.array([text.asks for text in texts])
    for share in (0.02, 0.05, 0.1):
        least = np.quantile(scores[~asks], 1 - share)
        print(
            f"where {share:.0%} of the look-alikes are held: {(scores[asks] > least).mean():.1%} of those that ask,"
            f" {(of_ordinary > least).mean() if len(ordinary) else float('nan'):.2%} of ordinary texts"
        )
    return float(np.quantile(scores[~asks], 1 - HELD_SHARE))


def main(paths: Sequence[str]) -> None:
    """Fit, print what was found, write the weights."""
    texts, ordinary = _read_sentences(), _read_ordinary(paths)
    least = _ask_folds(texts, ordinary)
    weights = fit(texts, ordinary).list_weights()
    written = [f"always = {weights.pop('always') - least:.2f}"]
    written += [
        f"{json.dumps(feature, ensure_ascii=False)} = {weight:.2f}"
        for feature, weight in sorted(weights.items())
        if abs(weight) >= LEAST_WEIGHT
    ]
    WEIGHTS.write_text(
        "\n".join(["# Fitted by scripts/fit_refusals.py, never by hand.", *written, ""]), encoding="utf-8"
    )
    print(f"{len(written)} weights from {len(texts)} sentences and {len(ordinary)} ordinary texts")


if __name__ == "__main__":
    main(sys.argv[1:])
