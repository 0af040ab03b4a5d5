"""Inconsistencies in the documents: sums, percentages, sources that disagree, missing scopes. Pure.

Figures come from the register; each is put back at its place in its sentence, and what the words
around it say decides what it is compared with. A doubtful case is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge.checking.agreement import source_problems
from knowledge.checking.growth import growth_problems
from knowledge.checking.model import Case, Checked, Problem, ProblemKind
from knowledge.checking.parts import part_problems
from knowledge.checking.scope import scope_problems
from knowledge.checking.shares import share_problems, state_problems
from knowledge.checking.statements import statements
from knowledge.checking.tables import table_problems
from knowledge.vietnamese.text import bare_key

__all__ = ["Case", "Checked", "Problem", "ProblemKind", "problems_of"]


def problems_of(documents: Sequence[Checked]) -> list[Problem]:
    """Return what is inconsistent, document by document; what two disagree on comes last."""
    within = [one for checked in documents for one in _within(checked)]
    return [*within, *source_problems(documents)]


def _within(checked: Checked) -> Iterator[Problem]:
    """Yield what is inconsistent in one document, each figure's case once."""
    told = statements(checked.figures, checked.text)
    lines = [bare_key(line) for line in checked.text.split("\n")]
    found = [
        *part_problems(told, lines),
        *table_problems(checked),
        *share_problems(told),
        *state_problems(told),
        *growth_problems(told),
        *scope_problems(checked),
    ]
    seen: set[object] = set()
    for one in found:
        key = (one.case, id(one.stated)) if one.stated is not None else (one.case, "")
        if key not in seen:
            seen.add(key)
            yield one
