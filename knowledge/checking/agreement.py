"""Documents that state the same figure differently."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from knowledge.checking.model import Case, Checked, Problem, ProblemKind, problem
from knowledge.checking.statements import CELL_MARK, Item, statements
from knowledge.model import Comparator, Figure, FigureKind
from knowledge.vietnamese.text import bare_key

_ORGANISATIONS = frozenset(("HTX", "THT", "liên hiệp", "quỹ"))
_ALL = re.compile(
    r"\b(?:tong so|toan (?:tinh|thanh pho|huyen|thi xa|quoc)|ca nuoc|ca tinh|"
    r"(?:tinh|thanh pho) (?:hien )?co)\b[^.;()%]*$"
)
_NOT_ALL = re.compile(
    r"\b(?:thanh lap|lap moi|giai the|tang|giam|them|trong do|ho tro|tham gia|cua|cho|tai|ung dung|"
    r"dang|con|hoat dong|ngung|moi|gom|voi|duoc|phan dau|san pham|tru|linh vuc|nong|phi|co the)\b"
)
_PLAIN = re.compile(r"\s*(?:$|[,.;:()]|(?:va|voi|tang|nhieu hon|trong do|bao gom|gom|thu hut)\b)")
_SINGLE = re.compile(  # a cooperative with a name of its own
    r"(?:HTX|[Hh]ợp tác xã|THT|[Tt]ổ hợp tác)(?: (?!tỉnh|huyện|thành|của|ở|tại|trên)[a-zà-ỹ]+){0,3}"
    r" (?!TP|TX|THT|HTX|OCOP|QTD|UBND)[A-ZĐÀ-Ỹ]"
)
_NARROWS = re.compile(r"\b(?:phi nong nghiep|nong nghiep|quy|tht|to hop tac|lien hiep|moi)\b")
_WIDEST = Decimal("1.5")  # times that two statements of one figure may differ
_LAST_DAY = re.compile(r"-(?:28|29|30|31)$")


def source_problems(documents: Sequence[Checked]) -> Iterator[Problem]:
    """Yield the figures of which two documents state different exact values."""
    stated: dict[tuple[str, ...], list[Figure]] = {}
    for checked in documents:
        for key, figures in _meanings(checked).items():
            if len({one.value for one in figures}) == 1:  # else it means more than one thing
                stated.setdefault(key, []).append(figures[0])
    for figures in stated.values():
        for one, other in combinations(figures, 2):
            if one.value != other.value and _may_be_same(one, other):
                yield problem(Case.SOURCES, one, (other,), kind=ProblemKind.SOURCES)
                break


def _meanings(checked: Checked) -> dict[tuple[str, ...], list[Figure]]:
    """Return {what a figure is of: the figures}; the total of organisations is told from parts."""
    totals = {
        id(item.figure)
        for one in statements(checked.figures, checked.text)
        for item in one.items
        if _is_all(item)
    }
    found: dict[tuple[str, ...], list[Figure]] = {}
    for figure in checked.figures:
        exact = figure.comparator is Comparator.EQUAL and figure.kind is FigureKind.ACTUAL
        if not exact or not figure.place or not figure.period or figure.unit == "%":
            continue
        name = bare_key(figure.indicator).removeprefix("tong ")
        plain = figure.unit in _ORGANISATIONS and name == f"so {bare_key(figure.unit)}"
        in_table = CELL_MARK in (figure.quote or "")
        if plain and not in_table:
            if id(figure) not in totals:
                continue
            name = "all"
        name = "all" if plain else name
        period = _LAST_DAY.sub("", figure.period)
        key = (name, bare_key(figure.subject), figure.unit, figure.place, period)
        found.setdefault(key, []).append(figure)
    return found


def _is_all(item: Item) -> bool:
    """Tell whether a count is of all there are in its place: "toàn tỉnh có 107 HTX"."""
    name = re.escape(bare_key(item.figure.place))
    owned = re.search(rf"\b{name} (?:hien |da )?co (?:tong so |tat ca )?$", item.gap)
    if owned and item.unit in _ORGANISATIONS and item.stands and _PLAIN.match(item.behind):
        return True
    if item.unit not in _ORGANISATIONS or not item.stands or item.is_base:
        return False
    led = list(_ALL.finditer(item.gap))
    if not led or not _PLAIN.match(item.behind):
        return False
    return not _NOT_ALL.search(item.gap[led[-1].start() :])


def _may_be_same(one: Figure, other: Figure) -> bool:
    """Tell whether two values may be meant for the same: close, and not one rounded from the other.

    What differs widely under the same words is rather something else: one cooperative's members.
    """
    low, high = sorted((abs(one.value), abs(other.value)))
    if high > low * _WIDEST or any(_SINGLE.search(f.quote or "") for f in (one, other)):
        return False
    if one.unit in _ORGANISATIONS:
        return True
    if len({frozenset(_NARROWS.findall(bare_key(f.quote or ""))) for f in (one, other)}) > 1:
        return False
    short, long = sorted((one.value, other.value), key=lambda value: len(_digits(value)))
    step = abs(short) / int(_digits(short) or "1")
    return abs(short - long) >= step


def _digits(value: Decimal) -> str:
    return re.sub(r"\D", "", f"{value:f}").strip("0")
