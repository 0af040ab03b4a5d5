"""Learn the weights of `knowledge/search/merits.py` from questions, and print them.

    python tools/fit_ranking.py HOME [QUESTIONS.jsonl...]

The library under the home folder holds the documents that the questions are about; without files
they are those of `tools/ranking_questions.jsonl`, written for this project about 19 legal documents
on cooperatives ("document" and "article" are the gold article). The weights are those of a listwise
logistic regression: of the units that were proposed, the gold one should have the greatest sum.
Five folds by article tell how well the weights do on articles that they never saw; where the map of
questions was learnt from the same articles, both figures flatter. Copy the weights by hand, run
`tools/calibrate.py` and `make eval`.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.logs import configure_logging
from bot.settings import Settings
from bot.wiring import open_assistant
from knowledge.answering import Assistant
from knowledge.model import Audience
from knowledge.search.merits import NAMES, WEIGHTS

Array = NDArray[np.float64]
QUESTIONS = Path(__file__).with_name("ranking_questions.jsonl")
FOLDS = 5
STEPS = 600
RATE = 0.05
PENALTY = 1e-3  # of the squared weights, standardised merits


@dataclass(frozen=True, slots=True)
class Case:
    """One question.

    Attributes:
        merits: one row a proposed unit, in the order of `NAMES`.
        gold: which of them is the gold article.
        article: document and article, by which the folds are made.
    """

    merits: Array
    gold: NDArray[np.bool_]
    article: tuple[str, str]


def cases(assistant: Assistant, files: Sequence[Path]) -> Iterator[Case]:
    """Search for every question of which the library holds the gold article."""
    for file in files:
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            article = str(row["document"]), str(row["article"])
            library, found = assistant.search(row["question"], audience=Audience.ADMINS)
            firsts = [hit.passage for hit in found.firsts()]
            named = [
                (library.documents[one.document].metadata.number, one.article) for one in firsts
            ]
            if article in named:
                merits = np.array([astuple(found.merits[one.unit]) for one in firsts])
                yield Case(merits, np.array([one == article for one in named]), article)


def fit(asked: Sequence[Case]) -> Array:
    """Return the weights under which the gold units are likeliest to be chosen (Adam)."""
    spread = np.concatenate([one.merits for one in asked]).std(0) + 1e-9
    merits, gold, there = _stacked(asked)
    merits /= spread
    weights = np.zeros(len(NAMES))
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        scores = np.where(there, merits @ weights, -np.inf)
        likely = np.exp(scores - scores.max(1, keepdims=True))
        likely /= likely.sum(1, keepdims=True)
        wanted = likely * gold
        wanted /= wanted.sum(1, keepdims=True)
        slope = np.einsum("qu,qum->m", likely - wanted, merits) / len(asked)
        slope += 2 * PENALTY * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        moved = (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        weights -= RATE * moved
    return weights / spread


def _stacked(asked: Sequence[Case]) -> tuple[Array, NDArray[np.bool_], NDArray[np.bool_]]:
    """Return merits, gold and which places are filled, of shape (questions, units, …)."""
    units = max(len(one.gold) for one in asked)
    merits = np.zeros((len(asked), units, len(NAMES)))
    gold = np.zeros((len(asked), units), dtype=bool)
    there = np.zeros_like(gold)
    for index, one in enumerate(asked):
        count = len(one.gold)
        merits[index, :count], gold[index, :count], there[index, :count] = (
            one.merits,
            one.gold,
            True,
        )
    return merits, gold, there


def ranks(asked: Sequence[Case], weights: Array) -> Array:
    """Return the rank, from 1, of the gold unit of each question."""
    scores = [one.merits @ weights for one in asked]
    return np.array(
        [
            1 + (score > score[one.gold].max() + 1e-9).sum()
            for one, score in zip(asked, scores, strict=True)
        ],
        dtype=np.float64,
    )


def told(found: Array) -> str:
    """Return a line on the ranks."""
    return f"gold first {np.mean(found == 1):.1%}, among the first three {np.mean(found <= 3):.1%}"  # noqa: PLR2004


def unseen(asked: Sequence[Case]) -> Array:
    """Return the ranks under weights that were fitted without the article in question."""
    articles = sorted({one.article for one in asked})
    random.Random(0).shuffle(articles)  # noqa: S311  (folds, no secret)
    fold = {article: index % FOLDS for index, article in enumerate(articles)}
    found = np.zeros(len(asked))
    for number in range(FOLDS):
        inside = [index for index, one in enumerate(asked) if fold[one.article] == number]
        weights = fit([one for one in asked if fold[one.article] != number])
        found[inside] = ranks([asked[index] for index in inside], weights)
    return found


def main() -> None:
    """Print the weights, on the scale of the present ones, and what they give."""
    configure_logging("WARNING")
    home, *files = sys.argv[1:]
    assistant = open_assistant(Settings(htx_home=Path(home)))
    asked = list(cases(assistant, [Path(file) for file in files] or [QUESTIONS]))
    present = np.array(astuple(WEIGHTS))
    print(f"{len(asked)} questions whose gold article is proposed")
    print("present weights:", told(ranks(asked, present)))
    print("fitted, on articles never seen:", told(unseen(asked)))
    weights = fit(asked)
    weights *= np.abs(present).sum() / np.abs(weights).sum()
    for name, weight in zip(NAMES, weights, strict=True):
        print(f"    {name}={weight:.3g},")


if __name__ == "__main__":
    main()
