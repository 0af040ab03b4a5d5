"""What `htx check` finds, as JSON and in words. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bot import texts
from bot.saying.figure_words import amount
from knowledge.checking import Problem
from knowledge.model import Comparator, Figure, Language

_MOST_NAMED = 8  # parts that a message names; a table may have hundreds


def problem_json(problem: Problem) -> dict[str, object]:
    """Return a problem as the contract has it."""
    return {
        "kind": problem.kind.value,
        "document": problem.document,
        "source": problem.source,
        "place": problem.place or None,
        "period": problem.period,
        "quote": problem.quote or None,
        "message": message(problem, Language.VIETNAMESE),
    }


def message(problem: Problem, language: Language) -> str:
    """Return what is wrong, what it should be and where, in one sentence."""
    stated, against = problem.stated, problem.against
    where = ", ".join(part for part in (problem.place, problem.period) if part)
    return texts.PROBLEMS[problem.case][language].format(
        where=where or problem.source,
        source=problem.source,
        indicator=stated.indicator if stated else "",
        stated=_size(stated),
        expected=_size(stated, problem.expected),
        parts=_listed(against),
        first=_size(against[0] if against else None),
        second=_size(against[-1] if against else None),
        other=against[0].source if against else "",
    )


def _listed(figures: Sequence[Figure]) -> str:
    """Return the parts as a sum: "1.825 THT + 95 THT"; of many the first ones."""
    named = [amount(one) for one in figures[:_MOST_NAMED]]
    return " + ".join([*named, *(["…"] if len(figures) > _MOST_NAMED else [])])


def _size(figure: Figure | None, value: Decimal | None = None) -> str:
    """Return a figure's size, or another exact one in its unit, without a sign."""
    if figure is None:
        return ""
    if value is not None:
        figure = replace(figure, value=value, value_max=None, comparator=Comparator.EQUAL)
    return amount(replace(figure, value=abs(figure.value)))
