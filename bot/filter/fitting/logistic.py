"""Logistic regression with a ridge, by Newton's method: a convex problem with one solution, the same on every run."""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

STEPS = 50
CLOSE = 1e-9


def fit_logistic(values: "Numbers", good: "Numbers", shares: "Numbers", ridge: float, offset: "Numbers") -> "Numbers":
    """Return the intercept and a weight a column.

    good: 0 to 1 a row. shares: how much a row counts. offset: log-odds that a row has already.
    """
    rows = np.hstack([np.ones((len(values), 1)), values])
    penalty = np.full(rows.shape[1], ridge)
    penalty[0] = 1e-6
    weights = np.zeros(rows.shape[1])
    for _step in range(STEPS):
        expected = squash(offset + rows @ weights)
        gradient = rows.T @ (shares * (good - expected)) - penalty * weights
        curvature = (rows * (shares * expected * (1 - expected))[:, None]).T @ rows + np.diag(penalty)
        change = np.linalg.solve(curvature, gradient)
        weights += change
        if np.abs(change).max() < CLOSE:
            break
    return weights


def squash(log_odds: "Numbers") -> "Numbers":
    return np.asarray(1 / (1 + np.exp(-log_odds)), dtype=np.float64)
