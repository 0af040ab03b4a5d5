"""Fit the curves of `knowledge/answering/confidence.py` on gold questions, and print them.

    python tools/calibrate.py HOME:QUESTIONS.jsonl... [--write]

The files hold questions with an answer (type "policy") and without one ("refuse"), about the
library under the home folder in front. Each is asked as typed and without tone marks. Ten folds
by question tell how well a curve does on questions it never saw. Copy the weights by hand and run
`make eval`; `--write` makes `docs/calibration.md` and its picture anew.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import numpy as np

from bot.logs import configure_logging
from bot.marking.evaluation import REFUSE, Gold, mark, read_gold
from bot.settings import Settings
from bot.wiring import open_assistant
from knowledge.answering import Assistant
from knowledge.answering.confidence import Signs
from knowledge.model import Status
from knowledge.vietnamese.text import without_marks
from tools.logistic import Array, Truths, logistic

DOCS = Path(__file__).resolve().parents[1] / "docs"
NAMES = tuple(one.name for one in fields(Signs))
COVERAGE = ("article", "stated", "words")  # signs that do not depend on the embedding model
FOLDS = 10
PENALTY = 1.0  # of half the squared weights, standardised signs
POINTS = (0, 2, 3, 4, 5, 6, 8, 10, 15, 20)  # percent of the answerable questions given up
WORKING_POINT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One question as asked.

    Attributes:
        signs: None when it ended without being weighed (refused early, another place …).
        answerable: whether there is an answer.
        right: whether the answer, if given, is the right one; of one without an answer, no.
        fold: of its question.
    """

    signs: Signs | None
    answerable: bool
    right: bool
    fold: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What a working point gives, as shares of 0 to 1.

    Attributes:
        answered: of the questions that have an answer.
        right: of the answers to them.
        refused: of the questions without an answer.
    """

    given_up: int
    answered: float
    right: float
    refused: float


def cases(assistant: Assistant, golds: Sequence[Gold]) -> Iterator[Case]:
    """Ask every question, as typed and without tone marks, whatever the confidence."""
    library = assistant.library()
    for number, gold in enumerate(golds):
        for text in (gold.question, without_marks(gold.question)):
            weighed = assistant.weighed(text, gold.history)
            signs, answer = weighed or (None, None)
            told = answer is not None and answer.status in (Status.ANSWERED, Status.PARTIAL)
            yield Case(
                signs=signs if told else None,
                answerable=gold.type != REFUSE,
                right=answer is not None and told and mark(library, gold, answer, 0).right,
                fold=number % FOLDS,
            )


def fit(signs: Array, answerable: Truths) -> Array:
    """Return weights and constant of a logistic curve; both kinds of question count the same."""
    mean, spread = signs.mean(0), signs.std(0) + 1e-9
    weights, constant = logistic((signs - mean) / spread, answerable, PENALTY)
    plain = weights / spread
    return np.r_[plain, constant - plain @ mean]


def unseen(signs: Array, answerable: Truths, folds: Array) -> Array:
    """Return the confidence in each question by a curve that was fitted without it."""
    inputs = np.c_[signs, np.ones(len(signs))]
    found = np.zeros(len(signs))
    for fold in range(FOLDS):
        out = folds == fold
        found[out] = inputs[out] @ fit(signs[~out], answerable[~out])
    return found


def points(asked: Sequence[Case], sure: Array) -> list[Point]:
    """Return what each working point gives; `sure` is of the weighed cases, in their order."""
    weighed = [one for one in asked if one.signs is not None]
    answerable = np.array([one.answerable for one in weighed])
    right = np.array([one.right for one in weighed])
    with_answer = sum(one.answerable for one in asked)
    without = len(asked) - with_answer
    found = []
    for percent in POINTS:
        told = sure >= np.percentile(sure[answerable], percent)
        found.append(
            Point(
                given_up=percent,
                answered=float((told & answerable).sum() / with_answer),
                right=float((told & right).sum() / max(1, (told & answerable).sum())),
                refused=float(1 - (told & ~answerable).sum() / max(1, without)),
            )
        )
    return found


def table(found: Sequence[Point], asked: Sequence[Case]) -> str:
    """Return the document with the curve."""
    with_answer = sum(one.answerable for one in asked)
    rows = [
        f"| {one.given_up} % | {one.answered:.1%} | {one.right:.1%} | {one.refused:.1%} |"
        + (" chosen" if one.given_up == WORKING_POINT else "")
        for one in found
    ]
    return "\n".join(
        [
            "# When to say that it is not in the documents",
            "",
            "Made by `tools/calibrate.py --write`. Each development question was asked as typed",
            f"and without tone marks: {with_answer} with an answer, {len(asked) - with_answer}",
            "without one. The confidence in a question comes from a curve fitted without it (ten",
            "folds). A working point gives up some of the questions that have an answer, so that",
            "more of those without one are refused.",
            "",
            "| given up by confidence | answered, of those with an answer | right, of the answered"
            " | refused, of those without an answer |",
            "|---|---|---|---|",
            *rows,
            "",
            "![Answered against right and refused](calibration.png)",
            "",
        ]
    )


def draw(found: Sequence[Point], file: Path) -> None:
    """Draw the curve: answered share against right share and refused share."""
    import matplotlib as mpl  # noqa: PLC0415  (only to draw)

    mpl.use("Agg")
    from matplotlib.figure import Figure  # noqa: PLC0415

    picture = Figure(figsize=(7, 4.5), dpi=120, layout="constrained")
    axes = picture.add_subplot()
    answered = [100 * one.answered for one in found]
    for label, shares in (
        ("right, of the answered", [100 * one.right for one in found]),
        ("refused, of those without an answer", [100 * one.refused for one in found]),
    ):
        axes.plot(answered, shares, marker="o", label=label)
    chosen = next(one for one in found if one.given_up == WORKING_POINT)
    axes.axvline(100 * chosen.answered, color="grey", linestyle=":", label="working point")
    axes.set_xlabel("answered, of the questions with an answer, %")
    axes.set_ylabel("%")
    axes.grid(alpha=0.3)
    axes.legend()
    picture.savefig(file)


def main() -> None:
    """Print the weights and the curve of given-up against refused questions."""
    configure_logging("WARNING")
    asked: list[Case] = []
    for one in sys.argv[1:]:
        home, _, file = one.partition(":")
        if file:
            assistant = open_assistant(Settings(htx_home=Path(home)))
            asked += cases(assistant, read_gold(Path(file)))
    weighed = [one for one in asked if one.signs is not None]
    signs = np.array([list(asdict(one.signs).values()) for one in weighed if one.signs])
    answerable = np.array([one.answerable for one in weighed])
    folds = np.array([one.fold for one in weighed], dtype=float)
    for title, names in (("with the cosine", NAMES), ("by coverage alone", COVERAGE)):
        kept = [NAMES.index(name) for name in names]
        weights = fit(signs[:, kept], answerable)
        sure = np.c_[signs[:, kept], np.ones(len(signs))] @ weights
        constant = weights[-1] - np.percentile(sure[answerable], WORKING_POINT)
        named = zip(names, weights, strict=False)
        print(title, {name: round(float(weight), 3) for name, weight in named}, f"{constant:.4g}")
    found = points(asked, unseen(signs, answerable, folds))
    print(table(found, asked))
    if "--write" in sys.argv:
        (DOCS / "calibration.md").write_text(table(found, asked), encoding="utf-8")
        draw(found, DOCS / "calibration.png")


if __name__ == "__main__":
    main()
