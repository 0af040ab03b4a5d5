"""Parts against the total that they are said to be of, in running text and in lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from knowledge.checking.model import Case, Problem, problem
from knowledge.checking.naming import classes_of, is_pair, words_of
from knowledge.checking.statements import Item, Statement

_WHOLE = re.compile(
    r"\b(?:bao gom|gom|chia (?:ra|thanh|theo)|phan (?:ra|theo|thanh)|xet theo|co cau|cu the)\b"
)
_SOME = re.compile(r"\btrong (?:do|so (?:do|nay|ay))\b")
_STOP = re.compile(
    r"\b(?:ngoai|ben canh|dong thoi(?! vu)|nang|dua|len|so voi|cung ky|tang|giam|trong khi|"
    r"ke hoach|chi tieu|muc tieu|phan dau|tong (?:so|cong|von)|"
    r"toan (?:tinh|thanh pho|huyen|quoc)|vao nam|binh quan)\b|\.\s"
)
_TOTAL = re.compile(r"\btong (?:so|cong)\b|\btoan (?:tinh|thanh pho|huyen|thi xa|quoc)\b")
_REST = re.compile(
    r"\bcac (?:\w+ ){0,3}khac\b|…|\.\.\.|\bv\.v|\bcon lai(?! \d| la \d)|"
    r"\b(?:mot so|chu yeu|nhu|chua|cho)\b"
)
_OVERLAPS = re.compile(r"\b(?:co the|nhieu nganh|da nganh|trung (?:lap|nhau)|dong thoi(?! vu))\b")
_HAS = re.compile(r"\bco\s*$")
_WITHIN_HTX = ("quỹ", "liên hiệp")  # counted among cooperatives by some reports, beside by others


@dataclass(frozen=True, slots=True, kw_only=True)
class _Breakdown:
    """Parts and what they may be parts of.

    Attributes:
        wholes: figures that may be the total, nearest last.
        parts: in order, of all units.
        linked: words say that these are parts; else only a bracket or a list does.
        complete: the words say that the parts are all there are.
        told: the search key of the parts' words.
        apart: the wholes stand in another sentence.
    """

    wholes: tuple[Item, ...]
    parts: tuple[Item, ...]
    linked: bool
    complete: bool
    told: str
    apart: bool


def part_problems(told: Sequence[Statement], lines: Sequence[str]) -> Iterator[Problem]:
    """Yield the totals that their parts do not add up to, and the parts above their total.

    Args:
        told: the sentences of a document.
        lines: of its text, as search keys without marks.
    """
    for number, statement in enumerate(told):
        for breakdown in _within(statement, told[:number]):
            yield from _checked(breakdown)
    for breakdown in _lists(told, lines):
        yield from _checked(breakdown)


def _within(statement: Statement, earlier: Sequence[Statement]) -> Iterator[_Breakdown]:
    """Yield the breakdowns that begin in a sentence."""
    items = statement.items
    for place, item in enumerate(items):
        opens = "(" in item.gap and item.bracket >= 0
        whole, some = _WHOLE.search(item.gap), _SOME.search(item.gap)
        if not (opens or whole or some):
            continue
        wholes = tuple(one for one in items[:place] if one.bracket in (-1, item.bracket))
        apart = place == 0
        if apart and not item.gap.lstrip().startswith(("(", "-", "+")):
            wholes = _of_paragraph(statement, earlier)
        parts = _scope(items[place:])
        yield _Breakdown(
            wholes=wholes,
            parts=parts,
            linked=bool(whole or some),
            complete=whole is not None and not some,
            told=statement.key[item.start : parts[-1].end + len(parts[-1].behind)],
            apart=apart,
        )


def _of_paragraph(statement: Statement, earlier: Sequence[Statement]) -> tuple[Item, ...]:
    """Return the figures in front of a sentence, in its paragraph or else in the one above."""
    for line in (statement.line, statement.line - 1):
        found = [one for one in earlier if one.line == line and not one.bullet]
        if found:
            return tuple(item for one in found for item in one.items)
    return ()


def _scope(items: Sequence[Item]) -> tuple[Item, ...]:
    """Return the figures that belong to a list which the first of them opens."""
    first, found = items[0], [items[0]]
    second = next((one for one in items[1:] if one.unit != "%"), first)
    has = _HAS.search(first.gap) is not None  # else "có" tells of somebody else
    listed = ";" in second.gap and second.unit == first.unit
    for item in items[1:]:
        if item.bracket not in (first.bracket, -1) and item.bracket > first.bracket:
            continue  # an aside on the part before it
        left = item.bracket != first.bracket
        ended = (";" in item.gap and not listed) or _STOP.search(item.gap)
        other = not has and _HAS.search(item.gap)
        if left or ended or other or _WHOLE.search(item.gap) or _SOME.search(item.gap):
            break
        found.append(item)
    return tuple(found)


def _lists(told: Sequence[Statement], lines: Sequence[str]) -> Iterator[_Breakdown]:
    """Yield the lists whose items are the parts of what the line above them tells."""
    firsts = {one.line: one for one in reversed(told) if one.bullet and one.items}
    done: set[int] = set()
    for line in sorted(firsts):
        if line in done:
            continue
        block = [line]
        while block[-1] + 1 in firsts:
            block.append(block[-1] + 1)
        done.update(block)
        parts = tuple(firsts[one].items[0] for one in block)
        above = [one for one in told if line - 2 <= one.line < line and not one.bullet]
        wholes = tuple(item for one in above for item in one.items)
        divided = _WHOLE.search(lines[line - 1]) is not None if line else False
        if len(parts) > 1 and wholes:
            yield _Breakdown(
                wholes=wholes, parts=parts, linked=divided, complete=divided, told="", apart=True
            )


def _checked(breakdown: _Breakdown) -> Iterator[Problem]:
    if _OVERLAPS.search(breakdown.told):
        return
    classes = classes_of(breakdown.parts)
    counted = [one for one in breakdown.parts if one.stands and not _is_no_part(one)]
    for unit in dict.fromkeys(one.unit for one in counted):
        if unit == "%":
            continue
        parts = [one for one in counted if one.unit == unit]
        wholes = [one for one in breakdown.wholes if _may_be_whole(one, parts[0])]
        if wholes and all(_same_scope(one, parts[0]) for one in parts):
            kinds = {classes[one.start] for one in parts}
            funds = [one for one in counted if unit == "HTX" and one.unit in _WITHIN_HTX]
            found = _compared(breakdown, wholes, parts, funds, kinds)
            if found is not None:
                yield found


def _is_no_part(item: Item) -> bool:
    """Tell whether a count is a base, or of the "6 HTX thành viên" of a union."""
    return item.is_base or (item.unit == "HTX" and item.behind.startswith(" thanh vien"))


def _may_be_whole(item: Item, part: Item) -> bool:
    return item.unit == part.unit and item.stands and not item.is_base and _same_scope(item, part)


def _same_scope(item: Item, other: Item) -> bool:
    one, two = item.figure, other.figure
    return one.place == two.place and one.kind is two.kind


def _sums(parts: Sequence[Item], funds: Sequence[Item]) -> set[Decimal]:
    """Return what the parts may add up to: with and without what some count separately."""
    sums = {sum((one.value for one in _without_nested(parts)), Decimal(0))}
    for unit in _WITHIN_HTX:
        more = sum((one.value for one in funds if one.unit == unit), Decimal(0))
        sums |= {one + more for one in sums}
    return sums


def _without_nested(parts: Sequence[Item]) -> list[Item]:
    """Return the parts without those which only divide the part in front of them."""
    kept: list[Item] = []
    place = 0
    while place < len(parts):
        kept.append(parts[place])
        inner = next(
            (
                end
                for end in range(place + 3, len(parts) + 1)
                if sum(one.value for one in parts[place + 1 : end]) == parts[place].value
            ),
            place + 1,
        )
        place = inner
    return kept


def _compared(
    breakdown: _Breakdown,
    wholes: Sequence[Item],
    parts: Sequence[Item],
    funds: Sequence[Item],
    classes: set[str],
) -> Problem | None:
    """Return the problem of parts of one unit, if they have one; `funds` may be among them."""
    sums = _sums(parts, funds)
    slack = sum((one.slack for one in parts), Decimal(0)) + max(one.slack for one in wholes)
    largest = max(wholes, key=lambda one: one.value)
    all_apart = sum((one.value for one in parts), Decimal(0))  # none of them divides another
    if any(abs(total - one.value) <= slack for total in (*sums, all_apart) for one in wholes):
        return None
    alike = len(classes) == 1 and "" not in classes and len(_without_nested(parts)) > 1
    sure = breakdown.linked or not breakdown.apart or _are_pair(parts)
    figures = tuple(one.figure for one in parts)
    if alike and sure and min(sums) > largest.value + slack:
        return problem(Case.SUM, largest.figure, figures, expected=min(sums))
    over = [one for one in parts if one.value > largest.value + slack]
    named = _named(breakdown, wholes)
    if named is None:
        return None
    if over and sure and (breakdown.linked or alike):
        return problem(Case.PART, largest.figure, (over[0].figure,))
    if alike and _is_all(breakdown, parts):
        figures += tuple(one.figure for one in funds)
        return problem(Case.SUM, named.figure, figures, expected=max(sums))
    return None


def _named(breakdown: _Breakdown, wholes: Sequence[Item]) -> Item | None:
    """Return the total that is meant: the nearest, in another sentence only a certain one."""
    if not breakdown.apart or len({one.value for one in wholes}) == 1:
        return wholes[-1]
    totals = [one for one in wholes if _TOTAL.search(one.gap)]
    return totals[-1] if len({one.value for one in totals}) == 1 else None


def _is_all(breakdown: _Breakdown, parts: Sequence[Item]) -> bool:
    """Tell whether parts are clearly all there are of their total."""
    return (breakdown.complete or _are_pair(parts)) and not _REST.search(breakdown.told)


def _are_pair(parts: Sequence[Item]) -> bool:
    """Tell whether two parts leave nothing between them."""
    return len(parts) == 2 and is_pair([words_of(one) for one in parts])  # noqa: PLR2004  (a pair)
