"""Tables: the rows against the total row, and the shares of a column against its counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from knowledge.checking.model import Case, Checked, Problem, ProblemKind, problem
from knowledge.checking.shares import per_cent, rounds_to
from knowledge.checking.statements import CELL_MARK, step_of
from knowledge.model import Comparator, Figure, FigureKind
from knowledge.vietnamese.text import bare_key

_TOTAL = re.compile(
    r"(?:(?:tong(?: cong| so)?|cong)(?: toan (?:tinh|thanh pho|huyen|quoc|thi xa))?|"
    r"toan (?:tinh|thanh pho|huyen|quoc|thi xa|vung)|ca nuoc)(?: \([^()]*\))?\W*"
)
_ALL_OF_ROW = re.compile(
    r"(?:^|> )tong(?: so| cong)?(?: (?:htx|tht|hop tac xa|to hop tac))?(?: \([^()]*\))?$"
)
_NOT_ADDED = re.compile(r"\b(?:binh quan|trung binh|ty le|ti le|thu nhap|nang suat|so sanh)\b|%")
_WITHIN = re.compile(r"^(?:trong do|trong so|gom|[-+*•–]|[a-zđ][.)]|\d+\.\d)")
_DIVIDED = re.compile(r"[ivx]+|[a-d]")
_UNKNOWN = {"…", "...", "x", "n/a", "?"}
_NOUGHT = {"-", "–", "—", "0"}
_COUNTED = frozenset(("HTX", "THT", "liên hiệp", "quỹ", "thành viên", "tổ viên", "lao động"))
_HUNDRED = Decimal(100)
_LEAST_ROWS = 2
_PROVING_ROWS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A body row: its filled cells, and the figure of each that states one."""

    cells: tuple[str, ...]
    figures: tuple[Figure | None, ...]

    @property
    def is_total(self) -> bool:
        """Tell whether it states the totals of the others."""
        words = [cell for cell in self.cells if not any(c.isdigit() for c in cell)]
        return bool(words) and _TOTAL.fullmatch(bare_key(words[0])) is not None

    @property
    def divides(self) -> bool:
        """Tell whether it may be part of another row, or the sum of some."""
        keys = [bare_key(cell).strip() for cell in self.cells[:2]]
        return any(_WITHIN.match(key) for key in keys) or bool(_DIVIDED.fullmatch(keys[0]))


def table_problems(checked: Checked) -> Iterator[Problem]:
    """Yield the cells of total rows, and the first cells of rows, that the others do not give."""
    for header, rows in _tables(checked):
        totals = [row for row in rows if row.is_total]
        parts = [row for row in rows if not row.is_total]
        if len(totals) == 1 and len(parts) >= _LEAST_ROWS and not any(r.divides for r in parts):
            yield from _columns(header, totals[0], parts)
            yield from _shares(totals[0], parts)
        yield from _across(header, rows)


def _tables(checked: Checked) -> Iterator[tuple[tuple[str, ...], list[_Row]]]:
    """Yield the header cells and the body rows of each table of a text."""
    by_quote: dict[str, list[Figure]] = {}
    for figure in checked.figures:
        if figure.quote and CELL_MARK in figure.quote:
            by_quote.setdefault(figure.quote, []).append(figure)
    block: list[str] = []
    for line in (*checked.text.split("\n"), ""):
        if CELL_MARK in line:
            block.append(line)
            continue
        if len(block) > _LEAST_ROWS and block[0] not in by_quote:
            rows = [_row(one, by_quote.get(one, [])) for one in block[1:]]
            yield tuple(block[0].split(CELL_MARK)), rows
        block = []


def _row(line: str, figures: Sequence[Figure]) -> _Row:
    """Return a row, its figures at the cells with the same digits."""
    cells = tuple(line.split(CELL_MARK))
    rest = list(figures)
    placed: list[Figure | None] = []
    for cell in cells:
        fits = bool(rest) and _digits(cell) == _digits(f"{rest[0].value.normalize():f}")
        placed.append(rest.pop(0) if fits else None)
    return _Row(cells=cells, figures=tuple(placed))


def _digits(text: str) -> str:
    return "".join(re.findall(r"\d", text)).strip("0")


def _columns(header: Sequence[str], total: _Row, parts: Sequence[_Row]) -> Iterator[Problem]:
    """Yield the totals of columns that the rows do not add up to; columns stand from the right."""
    widths = {len(row.cells) for row in parts}
    if len(widths) != 1 or not 0 <= widths.pop() - len(total.cells) <= 1:
        return  # an empty cell is left out of a row, so that none knows which column is which
    for column in range(1, len(total.cells)):
        stated = total.figures[-column]
        name = bare_key(header[-column]) if column <= len(header) else ""
        if stated is None or not _is_added(stated, name):
            continue
        cells = [(row.cells[-column].strip().lower(), row.figures[-column]) for row in parts]
        figures = tuple(figure for _, figure in cells if figure is not None)
        blank = {cell for cell, figure in cells if figure is None} - _NOUGHT
        expected = sum((one.value for one in figures), Decimal(0))
        sure = blank <= _UNKNOWN and all(_is_exact(one) for one in figures)
        if sure and _differs(stated, expected, figures, unknown=bool(blank)):
            yield problem(Case.TABLE, stated, figures, expected=expected)


def _shares(total: _Row, parts: Sequence[_Row]) -> Iterator[Problem]:
    """Yield the shares of a column with the total of 100% that the only counts do not give."""
    whole = [one for one in total.figures if one is not None]
    if [one.unit == "%" for one in whole] != [False, True] or whole[1].value != _HUNDRED:
        return
    for row in parts:
        stated = [one for one in row.figures if one is not None]
        if [one.unit for one in stated] != [one.unit for one in whole] or not whole[0].value:
            continue
        count, share = stated
        step = step_of(row.cells[row.figures.index(share)], share.value)
        exact = count.value / whole[0].value * _HUNDRED
        if all(_is_exact(one) for one in stated) and not rounds_to(share.value, exact, step):
            yield problem(
                Case.SHARE,
                share,
                (count, whole[0]),
                expected=per_cent(count.value, whole[0].value, step),
                kind=ProblemKind.PERCENTAGE,
            )


def _is_added(stated: Figure, name: str) -> bool:
    return stated.unit in (*_COUNTED, "đồng", "ha") and not _NOT_ADDED.search(
        f"{name} {bare_key(stated.indicator)}"
    )


def _is_exact(figure: Figure) -> bool:
    return figure.comparator is Comparator.EQUAL and figure.kind is not FigureKind.CHANGE


def _differs(
    stated: Figure, expected: Decimal, figures: Sequence[Figure], *, unknown: bool
) -> bool:
    """Tell whether a total cannot be the sum of its rows; measured amounts are rounded."""
    if not _is_exact(stated) or len(figures) < _LEAST_ROWS:
        return False
    largest = max(abs(one.value) for one in figures)
    if stated.unit in _COUNTED:
        slack = Decimal(0)
    else:
        slack = abs(stated.value) / 100
        if stated.value < largest or stated.value * 2 < expected:
            return False  # rather a mean
    return stated.value < expected - slack or (stated.value > expected + slack and not unknown)


def _across(header: Sequence[str], rows: Sequence[_Row]) -> Iterator[Problem]:
    """Yield the row totals that their parts do not give, where all the other rows prove them.

    The header "Tổng số" stands in front of its parts; that these are all is told by the rows.
    """
    keys = [bare_key(cell) for cell in header]
    sums = [n for n, key in enumerate(keys) if _ALL_OF_ROW.search(key)]
    if len(sums) != 1 or sums[0] == len(keys) - 1:
        return
    width = len(keys) - sums[0]
    wrong: list[tuple[Figure, tuple[Figure, ...], Decimal]] = []
    proved = 0
    for row in rows:
        figures = row.figures[-width:]
        found = [one for one in figures if one is not None]
        if len(row.cells) < width or len(found) != width or len({o.unit for o in found}) != 1:
            continue
        total, parts = found[0], tuple(found[1:])
        expected = sum((one.value for one in parts), Decimal(0))
        if total.value == expected:
            proved += 1
        elif all(_is_exact(one) for one in found) and not _NOT_ADDED.search(" ".join(keys)):
            wrong.append((total, parts, expected))
    if proved >= _PROVING_ROWS and len(wrong) * _PROVING_ROWS <= proved:
        for total, parts, expected in wrong:
            yield problem(Case.SUM, total, parts, expected=expected)
