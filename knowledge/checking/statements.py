"""The sentences of a document with their figures put back at their places in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from knowledge.model import Comparator, Figure, FigureKind
from knowledge.vietnamese.quantities import Quantity, find_quantities
from knowledge.vietnamese.text import bare_key

CELL_MARK = " | "  # between the cells of a table row in a document's text
_BULLET = re.compile(r"[^\S\n]*(?:[-+*•–]|\d{1,2}[.)]|[a-zđ][.)])\s")
_MEAN = re.compile(r"\b(?:binh quan|trung binh (?:mot|moi)|moi (?:nam|htx|tht|hop tac xa))\b")
_OF = re.compile(r"\s*/\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A figure at its place in a sentence.

    Attributes:
        start: of the number and the words that qualify it.
        end: behind its unit.
        gap: search key, without marks, from the figure before it, or the sentence's begin.
        behind: from its end to the next figure, or to the sentence's end.
        bracket: where the bracket opens that it stands in; -1 outside of one.
        step: what one unit of the last printed digit is worth: 100 in "11,9 nghìn".
        is_base: it is the 50 of "16/50".
    """

    figure: Figure
    start: int
    end: int
    gap: str
    behind: str
    bracket: int
    step: Decimal
    is_base: bool

    @property
    def value(self) -> Decimal:
        """The figure's value."""
        return self.figure.value

    @property
    def unit(self) -> str:
        """The figure's unit."""
        return self.figure.unit

    @property
    def stands(self) -> bool:
        """Tell whether it states a size that can be counted with: no change, bound or mean."""
        return (
            self.figure.kind is not FigureKind.CHANGE
            and self.figure.comparator in (Comparator.EQUAL, Comparator.ABOUT)
            and not _MEAN.search(self.gap)
        )

    @property
    def slack(self) -> Decimal:
        """How far the true value may be from the printed one."""
        rounded = self.step / 2 if self.step > 1 else Decimal(0)
        return max(rounded, self.step if self.figure.comparator is Comparator.ABOUT else rounded)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence with its figures, in order of place.

    Attributes:
        key: of the text, without marks, letter for letter.
        line: 0-based number of its line in the document's text.
        bullet: that line is an item of a list.
    """

    text: str
    key: str
    line: int
    bullet: bool
    items: tuple[Item, ...]


def statements(figures: Sequence[Figure], text: str) -> list[Statement]:
    """Return the sentences of running text that state figures, in order; no table rows."""
    found: list[Statement] = []
    place = 0
    for quote, group in groupby(figures, key=lambda one: one.quote or ""):
        start = text.find(quote, place)
        key = bare_key(quote)
        if not quote or CELL_MARK in quote or start < 0 or len(key) != len(quote):
            continue
        place = start
        items = tuple(_items(quote, key, list(group)))
        bullet = _BULLET.match(text, text.rfind("\n", 0, start) + 1) is not None
        line = text.count("\n", 0, start)
        found.append(Statement(text=quote, key=key, line=line, bullet=bullet, items=items))
    return found


def _items(quote: str, key: str, figures: list[Figure]) -> Iterator[Item]:
    placed = _placed(find_quantities(quote), figures)
    ends = [0, *(quantity.end for quantity, _ in placed)]
    starts = [*(quantity.start for quantity, _ in placed), len(key)]
    for number, (quantity, figure) in enumerate(placed):
        gap = key[ends[number] : quantity.start]
        opened = key.rfind("(", 0, quantity.start)
        yield Item(
            figure=figure,
            start=quantity.start,
            end=quantity.end,
            gap=gap,
            behind=key[quantity.end : max(quantity.end, starts[number + 1])],
            bracket=opened if opened > key.rfind(")", 0, quantity.start) else -1,
            step=step_of(quote[quantity.number_start : quantity.end], quantity.value),
            is_base=number > 0 and _OF.fullmatch(gap) is not None,
        )


def _placed(quantities: list[Quantity], figures: list[Figure]) -> list[tuple[Quantity, Figure]]:
    """Return each figure with its quantity, both being in order of place."""
    found: list[tuple[Quantity, Figure]] = []
    rest = list(quantities)
    for figure in figures:
        fitting = [n for n, one in enumerate(rest) if abs(one.value) == abs(figure.value)]
        if fitting:
            found.append((rest[fitting[0]], figure))
            rest = rest[fitting[0] + 1 :]
    return found


def step_of(printed: str, value: Decimal) -> Decimal:
    """Return what one unit of the last printed digit is worth: 0.1 in "11,4%", 1 in "1.695 tổ"."""
    digits = "".join(re.findall(r"\d", printed))
    if not digits or not int(digits) or not value:
        return Decimal(1)
    step = abs(value) / int(digits)
    return step if step.adjusted() <= 0 or step == 10 ** step.adjusted() else Decimal(1)
