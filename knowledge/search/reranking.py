"""A third look, by a model that reads question and passage together: only when one is set.

A sentence-transformers CrossEncoder behind LangChain's `BaseCrossEncoder`. Its scores have a scale
of their own (a logit, a probability, a yes-token), so they are scaled like those of the indexes,
from 0 at the last candidate to 1 at the first, and added with `RERANKED`: they change the order and
nothing else. Whether an answer was found at all is judged without them.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
from langchain_core.cross_encoders import BaseCrossEncoder

from knowledge.model import Language, Question
from knowledge.search.loading import loading
from knowledge.search.ranking import Found, Hit

RERANKED = 2.0
"""Weight of the model beside `ranking.Weights`, as much as the second look can add. On the 70
questions of `tests/questions.jsonl` that have an answer, gold article first 90.0 % without a model:
with this weight 97.1 % for one that is always right, 94.0 % for one whose errors (normal) are half
as wide as the difference, and 86.0 % for dice; with 4, 98.6, 95.1 and 76.6 %. Yours is measured by
`htx eval`, with and without it."""
PAIRS = 20
"""Articles that are looked at, each by its best passage: an answer waits for so many pairs."""
LONGEST = 1_600
"""Characters of a passage that the model reads, about 512 tokens; time grows with their square."""


class SentenceTransformersCrossEncoder(BaseCrossEncoder):
    """A CrossEncoder of sentence-transformers; may be called from several threads."""

    def __init__(self, model: str) -> None:
        from sentence_transformers import CrossEncoder  # noqa: PLC0415  (6-8 s, 420 MB)

        self._model = CrossEncoder(model)
        self._lock = threading.Lock()  # its tokenizer cannot be borrowed twice
        if self._model.num_labels != 1:
            raise ValueError(f"it gives {self._model.num_labels} scores a pair, a reranker one")
        inner = self._model.model
        kinds = (inner.config.architectures or [""]) if inner is not None else [""]
        if len(self._model) == 1 and "Classification" not in kinds[0]:
            # the library would put a head of random numbers on it, and say so in a log line only
            raise ValueError(
                f"it is no CrossEncoder ({kinds[0]}): it has no head that gives scores"
            )

    def score(self, text_pairs: list[tuple[str, str]]) -> list[float]:
        """Return one score a pair, higher for a better one."""
        if not text_pairs:
            return []
        with self._lock:
            scores = self._model.predict(list(text_pairs), show_progress_bar=False)
        return [float(score) for score in scores]


@cache
def load_reranker(name: str) -> BaseCrossEncoder | None:
    """Return the model called `name`, loaded once a process; None when the name is "".

    Raises:
        ModelUnavailableError: it is not on this machine and cannot be fetched, does not load, or
            gives no single score for a pair.
    """
    if not name:
        return None
    folder = Path(name)
    with loading("reranker", name):
        return SentenceTransformersCrossEncoder(str(folder.resolve()) if folder.is_dir() else name)


def rerank(found: Found, question: Question, model: BaseCrossEncoder | None) -> Found:
    """Return what was found in the order of both; without a model as it is.

    The best passages of the first `PAIRS` articles are read; the articles behind them keep their
    scores, as those get that the model puts last.
    """
    if model is None or not found.hits:
        return found
    firsts = found.firsts()[:PAIRS]
    asked = _asked(question)
    scores = model.score([(asked, hit.passage.meaning_text[:LONGEST]) for hit in firsts])
    added = {
        hit.passage.unit: RERANKED * share
        for hit, share in zip(firsts, _shares(scores), strict=True)
    }
    units: defaultdict[str, list[Hit]] = defaultdict(list)
    for hit in found.hits:
        score = hit.score + added.get(hit.passage.unit, 0.0)
        units[hit.passage.unit].append(replace(hit, score=score))
    ordered = sorted(units.values(), key=lambda hits: -hits[0].score)
    return replace(found, hits=tuple(hit for hits in ordered for hit in hits))


def _asked(question: Question) -> str:
    """Return the question as people write it; an English one with the law's words beside it."""
    if question.language is Language.ENGLISH:
        return f"{question.understood} {question.query}"
    return question.understood


def _shares(scores: list[float]) -> list[float]:
    """Return scores from 0 for the least to 1 for the greatest; 0 for all when they are equal.

    A score that is no number, which a model gives that was saved broken, counts as the least.
    """
    values = np.array(scores, dtype=np.float64)
    known = values[np.isfinite(values)]
    if not known.size or known.max() == known.min():
        return [0.0] * len(scores)
    spread = (values - known.min()) / (known.max() - known.min())
    return [float(share) for share in np.where(np.isfinite(values), spread, 0.0)]
