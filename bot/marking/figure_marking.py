"""Whether an answer with figures is right: the expected figures, in the order they must be.

The expectations are those of the question file: one figure; a comparison, a ranking or a trend with
its values; a sum or a difference with its parts; a list of items.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from knowledge.model import Answer, Figure, FigureKind, Status
from knowledge.vietnamese.periods import overlap
from knowledge.vietnamese.text import bare_key

_KINDS_OF_PLACES = re.compile(r"^(?:huyen|thi xa|thanh pho|quan|tinh) ")
_CHANGE_TOLERANCE = Decimal("0.1")  # percentage points: a stated rate is rounded


def is_right(kind: str, expected: Mapping[str, Any], answer: Answer, text: str) -> bool:
    """Tell whether an answer is what a question of a type expects.

    Args:
        kind: one of `TYPES`.
        expected: as the question file has it.
        answer: what was answered.
        text: the answer in words.
    """
    if answer.status not in (Status.ANSWERED, Status.PARTIAL) or not answer.figures:
        return False
    return _TESTS[kind](expected, answer, text)


def _looked_up(expected: Mapping[str, Any], answer: Answer, _text: str) -> bool:
    return _is(answer.figures[0], expected)


def _compared(expected: Mapping[str, Any], answer: Answer, _text: str) -> bool:
    stated, values = _stated(answer), _values(expected)
    return _is(stated[0], _winner(expected, values)) and _all_in(values, stated)


def _ranked(expected: Mapping[str, Any], answer: Answer, _text: str) -> bool:
    stated, values = _stated(answer), _by_value(expected, _values(expected))
    in_order = all(_is(one, value) for value, one in zip(values, stated, strict=False))
    return len(stated) >= len(values) and in_order


def _followed(expected: Mapping[str, Any], answer: Answer, text: str) -> bool:
    return (
        _in_order(_values(expected), _stated(answer))
        and bare_key(str(expected["direction"])) in bare_key(text)
        and _changed(expected, answer.figures)
    )


def _computed(expected: Mapping[str, Any], answer: Answer, _text: str) -> bool:
    first = answer.figures[0]
    parts = [*first.parts, *answer.figures]
    return _same(first.value, expected) and _all_in(_values(expected), parts)


def _listed(expected: Mapping[str, Any], answer: Answer, _text: str) -> bool:
    return _all_in(_values(expected), _stated(answer))


_TESTS: Mapping[str, Callable[[Mapping[str, Any], Answer, str], bool]] = {
    "figure": _looked_up,
    "compare": _compared,
    "rank": _ranked,
    "trend": _followed,
    "sum_or_diff": _computed,
    "list": _listed,
}
TYPES = frozenset(_TESTS)


def _values(expected: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return list(expected.get("values") or expected.get("items") or ())


def _stated(answer: Answer) -> list[Figure]:
    return [one for one in answer.figures if one.kind is not FigureKind.DERIVED]


def _winner(expected: Mapping[str, Any], values: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    order = _by_value(expected, values)
    return order[-1] if expected.get("want") == "min" else order[0]


def _by_value(
    expected: Mapping[str, Any], values: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """Return values in the order of a ranking, the largest first unless it is said otherwise."""
    falling = expected.get("order", "desc") == "desc"
    return sorted(values, key=lambda one: Decimal(str(one["value"])), reverse=falling)


def _is(figure: Figure, wanted: Mapping[str, Any]) -> bool:
    """Tell whether a figure is the one that is wanted; what is not named may be anything."""
    place, period = str(wanted.get("place") or ""), str(wanted.get("period") or "")
    return (
        _same(figure.value, wanted)
        and figure.unit == wanted.get("unit", figure.unit)
        and (not place or _place(figure.place) == _place(place))
        and (not period or overlap(figure.period, period))
        and figure.kind.value == wanted.get("kind", figure.kind.value)
    )


def _same(value: Decimal, wanted: Mapping[str, Any]) -> bool:
    return abs(value - Decimal(str(wanted["value"]))) <= Decimal(str(wanted.get("tolerance", 0)))


def _place(name: str) -> str:
    return _KINDS_OF_PLACES.sub("", bare_key(name))


def _all_in(values: Sequence[Mapping[str, Any]], figures: Sequence[Figure]) -> bool:
    return all(any(_is(figure, value) for figure in figures) for value in values)


def _in_order(values: Sequence[Mapping[str, Any]], figures: Sequence[Figure]) -> bool:
    """Tell whether figures hold the values one after the other, whatever stands between them."""
    rest = iter(figures)
    return all(any(_is(figure, value) for figure in rest) for value in values)


def _changed(expected: Mapping[str, Any], figures: Sequence[Figure]) -> bool:
    """Tell whether the change is among the figures, as an amount or as a rate."""
    wanted = [
        (Decimal(str(expected[key])), allowed)
        for key, allowed in (("change", Decimal(0)), ("change_pct", _CHANGE_TOLERANCE))
        if key in expected
    ]
    told = [one.value for one in figures if one.kind in (FigureKind.CHANGE, FigureKind.DERIVED)]
    return not wanted or any(
        abs(value - change) <= allowed for change, allowed in wanted for value in told
    )
