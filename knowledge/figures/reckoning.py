"""What is computed from figures: differences, sums, shares, changes, orders. Pure arithmetic.

A derived figure carries its parts and no quotation; nothing is computed from figures of different
units.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from knowledge.model import Comparator, Figure, FigureKind
from knowledge.vietnamese.periods import bounds

_HUNDREDTH = Decimal("0.01")


def difference(first: Figure, second: Figure, name: str) -> Figure:
    """Return what is left of the first when the second is taken away."""
    return _derived(name, first.value - second.value, first.unit, (first, second))


def total(figures: Sequence[Figure], name: str) -> Figure:
    """Return the sum of figures of one unit."""
    value = sum((one.value for one in figures), Decimal(0))
    return _derived(name, value, figures[0].unit, tuple(figures))


def share(part: Figure, whole: Figure, name: str) -> Figure | None:
    """Return the percentage that a part is of a whole, to two decimals; None of nothing."""
    if not whole.value:
        return None
    value = (part.value * 100 / whole.value).quantize(_HUNDREDTH, ROUND_HALF_UP)
    return _derived(name, value, "%", (part, whole))


def change(earlier: Figure, later: Figure, name: str) -> Figure:
    """Return how much there is more than before, negative when there is less."""
    return _derived(name, later.value - earlier.value, later.unit, (later, earlier))


def growth(earlier: Figure, later: Figure, name: str) -> Figure | None:
    """Return the change in per cent of the earlier value; None when that is nothing."""
    if not earlier.value:
        return None
    value = ((later.value - earlier.value) * 100 / abs(earlier.value)).quantize(
        _HUNDREDTH, ROUND_HALF_UP
    )
    return _derived(name, value, "%", (later, earlier))


def ranked(figures: Sequence[Figure], *, ascending: bool = False) -> list[Figure]:
    """Return figures in the order of their values; equal ones stay in theirs."""
    return sorted(figures, key=lambda one: one.value, reverse=not ascending)


def by_time(figures: Sequence[Figure]) -> list[Figure]:
    """Return figures in the order of the end of their periods."""
    return sorted(figures, key=lambda one: bounds(one.period)[::-1] if one.period else ("", ""))


def comparable(figures: Sequence[Figure]) -> bool:
    """Tell whether figures may be set beside each other: one unit."""
    return len({one.unit for one in figures}) == 1


def _derived(name: str, value: Decimal, unit: str, parts: tuple[Figure, ...]) -> Figure:
    first = parts[0]
    exact = all(one.comparator is Comparator.EQUAL for one in parts)
    return Figure(
        indicator=name,
        subject=first.subject,
        value=value,
        unit=unit,
        place=_common([one.place for one in parts]),
        period=_common([one.period for one in parts]) or _spanned(parts),
        kind=FigureKind.DERIVED,
        comparator=Comparator.EQUAL if exact else Comparator.ABOUT,
        document="",
        source="",
        quote=None,
        parts=tuple(replace(one, parts=()) for one in parts),
    )


def _common(values: Sequence[str]) -> str:
    return values[0] if len(set(values)) == 1 else ""


def _spanned(parts: Sequence[Figure]) -> str:
    """Return the years from the first period to the last, when there are several."""
    if not all(one.period for one in parts):
        return ""
    begin = min(one.period[:4] for one in parts)
    end = max(bounds(one.period)[1][:4] for one in parts)
    return f"{begin}/{end}" if begin != end else begin
