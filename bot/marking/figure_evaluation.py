"""Scores of the register on a file of facts: how many are in it, and how many of it are right.

A fact is found when value, unit, place, period and kind are all right, in the document it names.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from bot import texts
from knowledge.errors import UsageError
from knowledge.model import Figure

_KINDS_OF_PLACES = re.compile(r"^(?:Huyện|Thị xã|Thành phố|Quận|Tỉnh) ")
_Mark = tuple[str, Decimal, str, str, str, str]  # source, value, unit, place, period, kind


@dataclass(frozen=True, slots=True, kw_only=True)
class FactScores:
    """What a file of facts gave.

    Attributes:
        facts: in documents that the library holds; `skipped` are in others.
        extracted: figures of those documents.
        missing: the facts that were not found, as they are written in the file.
    """

    facts: int
    found: int
    extracted: int
    skipped: int
    missing: tuple[dict[str, object], ...]

    @property
    def recall(self) -> float:
        """The share of the facts that the register holds."""
        return self.found / self.facts if self.facts else 0.0

    @property
    def precision(self) -> float:
        """The share of the extracted figures that are facts."""
        return self.found / self.extracted if self.extracted else 0.0


def read_facts(path: Path) -> list[dict[str, object]] | None:
    """Return the facts of a file; None when it is a file of questions.

    Raises:
        UsageError: a line is no JSON object.
    """
    rows: list[dict[str, object]] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise UsageError(f"{path.name}, line {number}: {error}") from error
        if not isinstance(row, dict):
            raise UsageError(f"{path.name}, line {number}: expected an object")
        if not {"doc", "value", "unit", "kind"} <= row.keys():
            return None
        rows.append(row)
    return rows


def score_facts(
    figures: Iterable[Figure], facts: Iterable[dict[str, object]], held: Collection[str]
) -> FactScores:
    """Return the scores; a figure stands for one fact.

    Args:
        figures: the register.
        facts: as `read_facts` gives them.
        held: the files that the library holds, those included that gave no figure.
    """
    register = Counter(map(_mark, figures))
    wanted = [(fact, _wanted(fact)) for fact in facts]
    inside = [(fact, mark) for fact, mark in wanted if mark[0] in held]
    sources = {mark[0] for _, mark in inside}
    extracted = sum(count for mark, count in register.items() if mark[0] in sources)
    missing: list[dict[str, object]] = []
    for fact, mark in inside:
        if register[mark]:
            register[mark] -= 1
        else:
            missing.append(fact)
    return FactScores(
        facts=len(inside),
        found=len(inside) - len(missing),
        extracted=extracted,
        skipped=len(wanted) - len(inside),
        missing=tuple(missing),
    )


def fact_scores_json(scores: FactScores) -> dict[str, object]:
    """Return the scores as one JSON value."""
    return {
        "facts": scores.facts,
        "found": scores.found,
        "extracted": scores.extracted,
        "recall": round(scores.recall, 4),
        "precision": round(scores.precision, 4),
        "skipped": scores.skipped,
    }


def fact_scores_text(scores: FactScores, *, wrong: bool = False) -> str:
    """Return the scores in words, with the facts that are missing when `wrong`."""
    lines = [
        texts.FACT_SCORES.format(
            facts=scores.facts,
            found=scores.found,
            extracted=scores.extracted,
            recall=f"{scores.recall:.1%}",
            precision=f"{scores.precision:.1%}",
            skipped=scores.skipped,
        )
    ]
    if wrong:
        lines += [json.dumps(fact, ensure_ascii=False) for fact in scores.missing]
    return "\n".join(lines)


def _mark(figure: Figure) -> _Mark:
    place = _KINDS_OF_PLACES.sub("", figure.place)
    unit, kind = figure.unit, figure.kind.value
    return figure.source, figure.value.normalize(), unit, place, figure.period, kind


def _wanted(fact: dict[str, object]) -> _Mark:
    try:
        value = Decimal(str(fact["value"])).normalize()
    except InvalidOperation as error:
        raise UsageError(f"value {fact['value']!r}: expected a number") from error
    place = _KINDS_OF_PLACES.sub("", str(fact.get("place") or ""))
    period = str(fact.get("period") or "")
    return str(fact["doc"]), value, str(fact["unit"]), place, period, str(fact["kind"])
