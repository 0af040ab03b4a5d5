"""Points to look at in the documents, each with a mark by which it is known again. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from knowledge.checking import Case, Problem

_PLACES = {Case.DOCUMENT_UNPLACED, Case.FIGURE_UNPLACED}
_PERIODS = {Case.DOCUMENT_UNDATED, Case.FIGURE_UNDATED}
_LETTERS_OF_MARK = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One problem with the mark that stands in its buttons."""

    mark: str
    problem: Problem

    @property
    def column(self) -> str:
        """The column of `documents.csv` that sets it right; "" when none does."""
        case = self.problem.case
        return "place" if case in _PLACES else "period" if case in _PERIODS else ""


def mark_of(problem: Problem) -> str:
    """Return the mark of a problem: the same for as long as the documents say the same."""
    stated = problem.stated
    parts = [
        problem.case,
        problem.document,
        problem.quote,
        stated.indicator if stated else "",
        str(stated.value) if stated else "",
        *(f"{one.document} {one.indicator} {one.value}" for one in problem.against),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:_LETTERS_OF_MARK]
