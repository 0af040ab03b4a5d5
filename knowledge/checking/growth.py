"""Changes against the values that they are said to lie between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from knowledge.checking.model import Case, Problem, ProblemKind, problem
from knowledge.checking.shares import agrees, per_cent
from knowledge.checking.statements import Item, Statement
from knowledge.model import Comparator, FigureKind

_HUNDRED = Decimal(100)
_NEXT = re.compile(
    r"[\s,(]*(?:(?:va|tuc|tuc la|tuong ung|tuong duong|hay|bang|khoang|gan|hon|them|tang|giam|"
    r"tang them|muc tang|dat|ty le|ti le)\b[\s,(]*)*"
)
_FROM = re.compile(r"\btu\s*(?:\([^()]*\)\s*)?(?:muc\s*)?$")
_UP_TO = re.compile(r"\b(?:len|xuong|con)\s*(?:toi|den|thanh|con|muc|la)?\s*$")
_OF_A_PLAN = re.compile(r"\s*(?:so voi )?(?:ke hoach|muc tieu|chi tieu|nghi quyet)")
_A_YEAR = re.compile(r"\b(?:binh quan|trung binh|moi nam|hang nam)\b|%\s*/\s*nam")
_EARLIER = re.compile(r"[^;.()]*\b(?:so voi|cung ky|so nam)\b[^;.()]*\(\s*(?:(?:la|co|chi)\s*)*")
_FOUNDED = re.compile(
    r"\b(?:thanh lap(?: moi)?|lap moi|co them|them|ra mat|ket nap(?: moi)?)\b[^.;]*$"
)
_LEFT = re.compile(r"\b(?:giai the|sap nhap|thu hoi|xoa ten|chuyen doi|ngung)\b")
_RAISES = re.compile(r"\b(?:nang|dua|tang)\b[^.;]*$")


def growth_problems(told: Sequence[Statement]) -> Iterator[Problem]:
    """Yield the changes, in numbers and in per cent, that the stated values do not give."""
    for number, statement in enumerate(told):
        yield from _rises(statement)
        before = [one for one in told[:number] if one.line == statement.line][-1:]
        items = [item for one in (*before, statement) for item in one.items]
        yield from _both_ways(items, statement.items)
        yield from _since(items)


def _rises(statement: Statement) -> Iterator[Problem]:
    """Yield the changes around "từ A lên B" that are not B - A."""
    items = statement.items
    for place, (low, high) in enumerate(pairwise(items)):
        risen = _FROM.search(low.gap) and _UP_TO.search(high.gap)
        same = low.unit == high.unit and low.unit != "%"
        if not risen or not same or not _are_exact(low, high):
            continue
        change, slack = high.value - low.value, low.slack + high.slack
        for item in (*items[max(0, place - 1) : place], *items[place + 2 : place + 3]):
            in_front = item.start < low.start
            if item.unit == low.unit and _tells_rise(item, low, statement, in_front=in_front):
                if abs(abs(item.value) - abs(change)) > slack + item.slack:
                    figures = (low.figure, high.figure)
                    yield problem(Case.RISE, item.figure, figures, expected=abs(change))
            elif item.unit == "%" and _is_its_growth(item, high, in_front=in_front) and low.value:
                yield from _grown(item, abs(change), low, high, slack)


def _since(items: Sequence[Item]) -> Iterator[Problem]:
    """Yield the changes that an earlier value beside them belies: "tăng 9% so với 2022 (171)"."""
    for place, (change, low) in enumerate(pairwise(items)):
        if change.figure.kind is not FigureKind.CHANGE or not _EARLIER.fullmatch(low.gap):
            continue
        high = _value_before(items[: place + 1], change, low.unit)
        if high is None or not _are_exact(high, low, change) or not low.stands or not low.value:
            continue
        risen, slack = high.value - low.value, high.slack + low.slack
        if change.unit == "%" and not _OF_A_PLAN.match(change.behind):
            yield from _grown(change, abs(risen), low, high, slack)
        elif change.unit == low.unit and abs(change.value - risen) > slack + change.slack:
            figures = (low.figure, high.figure)
            yield problem(Case.RISE, change.figure, figures, expected=abs(risen))


def _tells_rise(item: Item, low: Item, statement: Statement, *, in_front: bool) -> bool:
    """Tell whether a count says by how much it rose: "thêm 12 HTX, nâng tổng số từ 95 lên 107"."""
    if item.figure.comparator is not Comparator.EQUAL:
        return False
    if item.figure.kind is FigureKind.CHANGE:
        return in_front or _NEXT.fullmatch(item.gap) is not None
    founded = in_front and _FOUNDED.search(item.gap) and _RAISES.search(low.gap)
    return bool(founded) and not _LEFT.search(statement.key)


def _is_its_growth(item: Item, high: Item, *, in_front: bool) -> bool:
    return (
        not in_front
        and item.start > high.start
        and item.figure.kind is FigureKind.CHANGE
        and re.match(r"[^;.]*\b(?:tang|giam)\s*(?:them|toi|khoang|gan|hon|tren)?\s*$", item.gap)
        is not None
        and not _OF_A_PLAN.match(item.behind)
        and not _A_YEAR.search(f"{item.gap}%{item.behind}")
    )


def _grown(
    share: Item, change: Decimal, low: Item, high: Item, slack: Decimal
) -> Iterator[Problem]:
    lowest = max(Decimal(0), change - slack) / (low.value + low.slack) * _HUNDRED
    highest = (change + slack) / max(Decimal(1), low.value - low.slack) * _HUNDRED
    if not agrees(share, lowest, highest):
        yield problem(
            Case.GROWTH,
            share.figure,
            (low.figure, high.figure),
            expected=per_cent(change, low.value, share.step),
            kind=ProblemKind.PERCENTAGE,
        )


def _both_ways(items: Sequence[Item], own: Sequence[Item]) -> Iterator[Problem]:
    """Yield the growths told twice, "tăng 243 người, tương ứng 4%", that do not fit one another."""
    for first, second in pairwise(own):
        counts = [one for one in (first, second) if one.unit != "%"]
        shares = [one for one in (first, second) if one.unit == "%"]
        if len(counts) != 1 or len(shares) != 1 or not _tell_one_change(first, second):
            continue
        change, share = counts[0], shares[0]
        base = _value_before(items, first, change.unit)
        if base is None or base.value - change.value <= 0:
            continue
        start = base.value - change.value
        slack = base.slack + change.slack
        lowest = (abs(change.value) - change.slack) / (start + slack) * _HUNDRED
        highest = (abs(change.value) + change.slack) / max(Decimal(1), start - slack) * _HUNDRED
        if not agrees(share, lowest, highest):
            yield problem(
                Case.GROWTH,
                share.figure,
                (base.figure, change.figure),
                expected=per_cent(abs(change.value), start, share.step),
                kind=ProblemKind.PERCENTAGE,
            )


def _tell_one_change(first: Item, second: Item) -> bool:
    return (
        first.figure.kind is FigureKind.CHANGE
        and second.figure.kind is FigureKind.CHANGE
        and (first.value < 0) == (second.value < 0)
        and _NEXT.fullmatch(second.gap) is not None
        and not _OF_A_PLAN.match(second.behind)
    )


def _value_before(items: Sequence[Item], change: Item, unit: str) -> Item | None:
    """Return the value that a change led to: the one figure of its unit in front of it."""
    place = next(n for n, one in enumerate(items) if one is change)
    before = [one for one in items[:place] if one.unit == unit and one.stands]
    return before[0] if len(before) == 1 else None


def _are_exact(*items: Item) -> bool:
    return all(
        one.figure.comparator is Comparator.EQUAL
        and one.figure.kind in (FigureKind.ACTUAL, FigureKind.TARGET, FigureKind.CHANGE)
        for one in items
    )
