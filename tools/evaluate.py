"""Print the evaluation figures of the README: `make eval`.

Each set is a folder of documents and a question file. The project's own set is always measured;
a folder with further sets (`corpus/policies` with `eval/policy.jsonl`) is used when EVAL_DIR names
one. Libraries are kept under `.cache/`, so that a second run embeds nothing anew.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from bot.logs import configure_logging
from bot.marking.evaluation import Scores, evaluate, read_gold
from bot.settings import Settings
from bot.wiring import open_assistant, open_ingestion

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Set:
    """A library and its questions."""

    name: str
    documents: tuple[Path, ...]
    questions: Path


def sets() -> list[Set]:
    """Return the sets that are there."""
    outside = Path(os.environ.get("EVAL_DIR", "")).resolve()
    reports = (outside / "eval" / "reports", outside / "seeds")
    found = [
        Set("samples", (ROOT / "samples",), ROOT / "tests" / "questions.jsonl"),
        Set("sample figures", (ROOT / "samples",), ROOT / "tests" / "figure_questions.jsonl"),
        Set("laws", (outside / "corpus" / "policies",), outside / "eval" / "policy.jsonl"),
        Set("reports", reports, outside / "eval" / "figures.jsonl"),
        Set("seeds", reports, outside / "eval" / "seed_questions.jsonl"),
    ]
    return [one for one in found if one.questions.is_file()]


def measure(one: Set) -> tuple[Scores, Scores]:
    """Return the scores of a set as typed and without tone marks."""
    settings = Settings(htx_home=ROOT / ".cache" / f"eval-{one.name.replace(' ', '-')}")
    report = open_ingestion(settings).ingest(list(one.documents), prune=True)
    print(f"{one.name}: {report.passages} passages, {report.embedded} embedded", file=sys.stderr)
    assistant = open_assistant(settings)
    assistant.warm_up()
    gold = read_gold(one.questions)
    return evaluate(assistant, gold), evaluate(assistant, gold, unmarked=True)


def main() -> None:
    """Print one table row a set."""
    configure_logging("WARNING")
    print("| set | questions | right | gold article first | right without tone marks |", end="")
    print(" refusals | verbatim quotes | p50 / p95 ms |")
    print("|---|---|---|---|---|---|---|---|")
    for one in sets():
        typed, unmarked = measure(one)
        print(
            f"| {one.name} | {typed.questions} | {typed.right:.1%} | {typed.first_article:.1%} "
            f"| {unmarked.right:.1%} | {typed.refusals:.1%} | {typed.verbatim:.1%} "
            f"| {typed.p50_ms:.0f} / {typed.p95_ms:.0f} |"
        )


if __name__ == "__main__":
    main()
