"""Logistic regression for the tools that learn a sign or a curve."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Truths = NDArray[np.bool_]
_STEPS = 30  # Newton's method is done long before


def logistic(inputs: Array, truths: Truths, penalty: float) -> tuple[Array, float]:
    """Return weights and constant of the logarithm of the odds; both truths count the same.

    Args:
        inputs: one row each; of one scale, for all weights are penalised alike.
        truths: of each row.
        penalty: of half the squared weights.
    """
    rows = np.c_[inputs, np.ones(len(inputs))]
    counts = np.where(truths, 0.5 / truths.sum(), 0.5 / (~truths).sum()) * len(rows)
    penalties = np.diag(np.r_[np.full(inputs.shape[1], penalty), 1e-6])
    weights = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        guess = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ ((guess - truths) * counts) + penalties @ weights
        curve = (rows * (guess * (1 - guess) * counts)[:, None]).T @ rows + penalties
        weights -= np.linalg.solve(curve, slope)
    return weights[:-1], float(weights[-1])
