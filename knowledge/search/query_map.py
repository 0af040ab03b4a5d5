"""A learnt map of questions onto the clauses that answer them, on top of the bundled model.

The bundled model was trained on everything; what people call a thing and what the law calls it lie
farther apart in it than they need to. The map moves the vector of a question along 32 directions
learnt by `tools/fit_query_map.py` from 2,033 questions about 19 legal documents on cooperatives
(contrastive loss over all their passages). Vectors of passages stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).with_name("query_map.npz")


@dataclass(frozen=True, slots=True)
class QueryMap:
    """Two matrices of shapes (384, 32) and (32, 384)."""

    down: NDArray[np.float32]
    up: NDArray[np.float32]

    def __call__(self, vector: Sequence[float]) -> list[float]:
        """Return the mapped vector of a question, of length 1."""
        plain = np.asarray(vector, dtype=np.float32)
        mapped = plain + (plain @ self.down) @ self.up
        length = float(np.linalg.norm(mapped)) or 1.0
        return [float(one) / length for one in mapped]


@cache
def bundled_map() -> QueryMap:
    """Return the map that comes with the program."""
    with np.load(FILE) as found:
        return QueryMap(found["down"].astype(np.float32), found["up"].astype(np.float32))
