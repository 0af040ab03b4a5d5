"""Fit the curve of `knowledge/answering/confidence.py` on gold questions, and print it.

    HTX_HOME=... python tools/calibrate.py QUESTIONS.jsonl...

The files hold questions with an answer (type "policy") and without one ("refuse"), about the
library under HTX_HOME. Each is asked as typed and without tone marks. Five folds by question tell
how well the curve does on questions it never saw. Nothing is written: copy the weights by hand and
run `make eval`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.evaluation import Gold, read_gold
from bot.logs import configure_logging
from bot.settings import load_settings
from bot.wiring import open_assistant
from knowledge.answering import Assistant
from knowledge.vietnamese.text import without_marks

Array = NDArray[np.float64]
FOLDS = 5
PENALTY = 1.0  # of the squared weights, standardised signs
GIVEN_UP = 6  # percent of the answerable questions: the working point


def signs_of(assistant: Assistant, golds: list[Gold]) -> tuple[Array, NDArray[np.bool_], Array]:
    """Return signs, whether there is an answer, and the fold; a row for each that is searched."""
    rows, answerable, folds = [], [], []
    for number, gold in enumerate(golds):
        for text in (gold.question, without_marks(gold.question)):
            signs = assistant.signs(text, gold.history)
            if signs is not None:
                rows.append([signs.article, signs.passage, signs.cosine, signs.words])
                answerable.append(gold.type != "refuse")
                folds.append(number % FOLDS)
    return np.array(rows, dtype=float), np.array(answerable), np.array(folds, dtype=float)


def fit(signs: Array, answerable: NDArray[np.bool_]) -> Array:
    """Return weights and constant of a logistic curve; both kinds of question count the same."""
    mean, spread = signs.mean(0), signs.std(0) + 1e-9
    inputs = np.c_[(signs - mean) / spread, np.ones(len(signs))]
    counts = np.where(answerable, 1 / answerable.sum(), 1 / (~answerable).sum())
    weights = np.zeros(inputs.shape[1])
    for _ in range(4000):
        guess = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ ((guess - answerable) * counts) / 2
        weights -= 0.5 * (slope + PENALTY * np.r_[weights[:-1], 0] / len(signs))
    plain = weights[:-1] / spread
    return np.r_[plain, weights[-1] - (plain * mean).sum()]


def main() -> None:
    """Print the weights and the curve of given-up against refused questions."""
    settings = load_settings()
    configure_logging("WARNING")
    golds = [gold for path in sys.argv[1:] for gold in read_gold(Path(path))]
    signs, answerable, folds = signs_of(open_assistant(settings), golds)
    inputs = np.c_[signs, np.ones(len(signs))]
    unseen = np.zeros(len(signs))
    for fold in range(FOLDS):
        unseen[folds == fold] = inputs[folds == fold] @ fit(
            signs[folds != fold], answerable[folds != fold]
        )
    weights = fit(signs, answerable)
    constant = weights[-1] - np.percentile(inputs[answerable] @ weights, GIVEN_UP)
    names = ("article", "passage", "cosine", "words")
    print(", ".join(f"{name}={weight:.3g}" for name, weight in zip(names, weights, strict=False)))
    print(f"constant={constant:.4g}")
    print("given up of the answerable / refused of the others, on unseen questions")
    for percent in (2, 4, 6, 8, 10, 15):
        limit = np.percentile(unseen[answerable], percent)
        print(f"{percent:3d} %  {np.mean(unseen[~answerable] < limit):.0%}")


if __name__ == "__main__":
    main()
