"""Fits `sale.json` from comments that were marked as spam or not: JSON lines `text`, `label` 1 for spam, `group`."""

import base64
import json
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.filter.rules.sales.model import (
    FILE,
    PIECES,
    TRACE_WEIGHT,
    TRACES,
    WORDS,
    hash_pieces,
    hash_words,
    name_traces,
)
from bot.filter.rules.sales.traces import find_traces
from bot.filter.rules.text import prepare

Matrix = NDArray[np.floating[Any]]

RIDGE = 0.3
STEPS = 40
PRECISION = 0.98  # of what is above the threshold, measured on groups that the fit did not see


def fit_sale(files: Iterable[Path], out: Path) -> dict[str, float]:
    """Write `sale.json` into *out*; the same files give the same bytes. Returns what it reaches across groups."""
    rows = sorted(_read(files), key=lambda row: (str(row["group"]), str(row["id"]), row["text"]))
    features = build_features([row["text"] for row in rows])
    labels = np.array([row["label"] for row in rows], dtype=np.float64)
    groups = [str(row["group"]) for row in rows]
    unseen = score_across(features, labels, groups)
    threshold = round(find_threshold(unseen, labels, PRECISION), 2)
    weights, bias = solve(features, labels)
    (out / FILE).write_text(_write(weights, bias, threshold), encoding="utf-8")
    return {"replies": float(len(rows)), "groups": float(len(set(groups))), "threshold": threshold}


def build_features(texts: Sequence[str]) -> Matrix:
    """A row a text: words, pieces, traces."""
    table = np.zeros((len(texts), WORDS + PIECES + len(TRACES)))
    for number, text in enumerate(texts):
        reply = prepare((text,))
        for place, value in hash_words(reply).items():
            table[number, place] = value
        places, values = hash_pieces(reply)
        table[number, WORDS + places] = values
        for name in name_traces(reply, find_traces(reply)):
            table[number, WORDS + PIECES + TRACES.index(name)] = TRACE_WEIGHT
    return table


def solve(features: Matrix, labels: Matrix) -> tuple[Matrix, float]:
    """Logistic regression with a ridge, by Newton's steps over the replies: they are fewer than the features."""
    likeness = features @ features.T
    shares = _solve_dual(likeness, labels)
    return features.T @ shares, float(shares.sum())


def score_across(features: Matrix, labels: Matrix, groups: Sequence[str]) -> Matrix:
    """Log-odds of each reply from the replies of all other groups."""
    likeness = features @ features.T
    scores = np.zeros(len(labels))
    for group in sorted(set(groups)):
        held = np.array([each == group for each in groups])
        shares = _solve_dual(likeness[np.ix_(~held, ~held)], labels[~held])
        scores[held] = (likeness[np.ix_(held, ~held)] + 1) @ shares
    return scores


def find_threshold(scores: Matrix, labels: Matrix, precision: float) -> float:
    """The lowest score from which on that share is spam."""
    order = np.argsort(-scores, kind="stable")
    share = np.cumsum(labels[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(share >= precision)
    return float(scores[order[good[-1]]])


def _solve_dual(likeness: Matrix, labels: Matrix) -> Matrix:
    kernel = likeness + 1  # the bias is a feature that all share
    shares: Matrix = np.zeros(len(labels))
    for _step in range(STEPS):
        scores: Matrix = kernel @ shares
        likely = 1 / (1 + np.exp(-scores))
        spread = likely * (1 - likely) + 1e-9
        target: Matrix = scores + (labels - likely) / spread
        moved: Matrix = np.linalg.solve(kernel + np.diag(RIDGE / spread), target)
        done = np.abs(moved - shares).max() < 1e-9
        shares = moved
        if done:
            break
    return shares


def _read(files: Iterable[Path]) -> Iterable[dict[str, Any]]:
    for path in files:
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def _write(weights: Matrix, bias: float, threshold: float) -> str:
    named = {name: round(float(value), 3) for name, value in zip(TRACES, weights[WORDS + PIECES :], strict=True)}
    row: dict[str, Any] = {"bias": round(bias, 3), "threshold": threshold, "traces": named}
    for name, block in (("words", weights[:WORDS]), ("pieces", weights[WORDS : WORDS + PIECES])):
        scale = float(f"{np.abs(block).max() / 127:.4g}")
        values = np.clip(np.rint(block / scale), -127, 127).astype(np.int8).tobytes()
        row |= {f"{name}_scale": scale, f"{name}_check": zlib.crc32(values)}
        row[name] = base64.b64encode(zlib.compress(values, 9)).decode("ascii")
    return json.dumps(row, indent=1, sort_keys=True) + "\n"
