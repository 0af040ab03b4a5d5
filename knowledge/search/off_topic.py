"""How little a question is like those that a document of an office answers, by its vector alone.

What rice costs today, what the weather will be, whom to marry, how to repair a pump: no law, plan,
charter or report answers it, whatever the library holds. Learnt by `tools/fit_off_topic.py`
(logistic regression on the vectors of the bundled model) from 2,313 questions that documents of
many sorts answer and 300 that none does. It is one sign of the confidence among others, and
bounded, so that it never refuses alone what a document covers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).with_name("off_topic.npz")
BOUND = 4.0


@dataclass(frozen=True, slots=True)
class OffTopic:
    """Weights of shape (384,) and a constant."""

    weights: NDArray[np.float32]
    constant: float

    def __call__(self, vector: Sequence[float]) -> float:
        """Return the logarithm of the odds, from -BOUND to BOUND, that no document answers."""
        odds = float(np.asarray(vector, dtype=np.float32) @ self.weights) + self.constant
        return min(BOUND, max(-BOUND, odds))


@cache
def bundled_off_topic() -> OffTopic:
    """Return what comes with the program."""
    with np.load(FILE) as found:
        return OffTopic(found["weights"].astype(np.float32), float(found["constant"]))
