"""Percentages against the counts that they are said to be shares of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from knowledge.checking.model import Case, Problem, ProblemKind, problem
from knowledge.checking.naming import is_stopped
from knowledge.checking.statements import Item, Statement
from knowledge.model import Comparator, FigureKind

_HUNDRED = Decimal(100)
_LED_TO = re.compile(
    r"(?:\(|\b(?:chiem|tuong duong|tuong ung|tuc|dat ti le|dat ty le|ti le|ty le|bang|ung voi|"
    r"dat|=))(?:\W|\b(?:ti le|ty le|la|dat|chiem|voi|tuc|khoang|tren|hon|gan|tuong duong)\b)*$"
)
_OTHER_BASE = re.compile(
    r"\s*(?:so voi|ke hoach|chi tieu|muc tieu|nghi quyet|cung ky|dan so|tong (?!so|cong)|dien tich|"
    r"gia tri|san luong|so ho|so dan|so xa|so (?:huyen|thanh vien|lao dong|von)|thi phan|"
    r"(?:ca|cua) (?:nuoc|vung|khu vuc)|grdp|gdp)"
)
_OWN = re.compile(r"^[^;.%]{0,90}$")
_WORKING = re.compile(
    r"\s*(?:(?:tong )?so )?(?:(?:cac )?(?:htx|hop tac xa|tht|to hop tac)\b)?[^,;.]{0,12}?"
    r"\b(?:(?:dang|con|hien|duy tri) )?hoat dong"
    r"(?=\s*(?:$|[,;.()]|(?:co )?(?:on dinh|hieu qua|tot|binh thuong|lien tuc)\b|"
    r"(?:va|nhung|trong khi)\b))"
)
_PERIOD = 7  # characters of a period that name year and month


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    """A count that is said to be so many per cent of something."""

    count: Item
    share: Item


def slack_of(step: Decimal) -> tuple[Decimal, Decimal]:
    """Return how far the true percentage may lie below and above a printed one.

    Authors round and truncate: half a unit of the last printed digit below, a whole one above, and
    a whole unit either way where no decimals are printed.

    Args:
        step: what one unit of the last printed digit is worth.
    """
    return (step / 2, step) if step < 1 else (Decimal(1), Decimal(1))


def rounds_to(stated: Decimal, exact: Decimal, step: Decimal) -> bool:
    """Tell whether a percentage may be printed for an exact one."""
    below, above = slack_of(step)
    return stated - below <= exact <= stated + above


def agrees(share: Item, lowest: Decimal, highest: Decimal) -> bool:
    """Tell whether a printed percentage can stand for a true one between two bounds."""
    below, above = slack_of(share.step)
    if share.figure.comparator is Comparator.ABOUT:
        below = above = Decimal(1)
    stated = abs(share.value)
    enough = share.figure.comparator is Comparator.LESS or highest >= stated - below
    not_more = share.figure.comparator is Comparator.MORE or lowest <= stated + above
    return enough and not_more


def share_problems(told: Sequence[Statement]) -> Iterator[Problem]:
    """Yield the percentages that their counts do not give."""
    everything = [item for one in told for item in one.items]
    for group, bases in _groups(told):
        claims = [(one, _denominator(where, one)) for where in group for one in _claims(where)]
        for claim, base in claims:
            if base is not None and not _gives(claim, base):
                yield _problem(claim, base)
        counted = [claim for claim, base in claims if base is None]
        counted = [one for one in counted if not _OTHER_BASE.match(one.share.behind)]
        yield from _of_common_base(counted, bases, everything)


def _groups(told: Sequence[Statement]) -> Iterator[tuple[list[Statement], list[Item]]]:
    """Yield each sentence, or list, with what its counts may be shares of, in it or above it."""
    place = 0
    while place < len(told):
        group = [told[place]]
        while group[0].bullet and place + len(group) < len(told):
            following = told[place + len(group)]
            if not following.bullet or following.line > group[-1].line + 1:
                break
            group.append(following)
        first = group[0].line
        near = (first, first - 1, first - 2) if group[0].bullet else (first, first - 1)
        above = [one for one in told[:place] if one.line in near]
        above = above if group[0].bullet else above[-2:]
        yield group, [item for one in (*above, *group) for item in one.items if item.stands]
        place += len(group)


def _claims(statement: Statement) -> Iterator[_Claim]:
    """Yield the counts that a percentage follows at once: "34 HTX hoạt động tốt (đạt 25%)"."""
    counts = [one for one in statement.items if not one.is_base]
    for count, share in pairwise(counts):
        told = share.unit == "%" and share.figure.comparator is not Comparator.RANGE
        if not told or count.unit in ("%", "đồng", "ha") or not count.stands:
            continue
        if share.figure.kind is FigureKind.CHANGE or not _OWN.match(share.gap):
            continue
        joined = _LED_TO.search(share.gap)
        if joined and "," not in share.gap[: joined.start()].rstrip(" ,("):
            yield _Claim(count=count, share=share)


def _denominator(statement: Statement, claim: _Claim) -> Item | None:
    """Return the 457 of "52/457 HTX"."""
    bases = [one for one in statement.items if one.is_base and one.start >= claim.count.end]
    return bases[0] if bases and bases[0].start - claim.count.end <= 3 else None  # noqa: PLR2004


def _of_common_base(
    claims: Sequence[_Claim], bases: Sequence[Item], everything: Sequence[Item]
) -> Iterator[Problem]:
    """Yield the shares that do not fit the base which is proved by the ones beside them.

    A share alone is compared with a base only if the sentence has just one, in front of it.
    """
    for unit in dict.fromkeys(one.count.unit for one in claims):
        alike = [one for one in claims if one.count.unit == unit]
        starts = {one.count.start for one in alike}
        wanted = [one for one in bases if one.unit == unit and one.start not in starts]
        scored = [(sum(_gives(one, base) for one in alike), base) for base in wanted]
        best, base = max(scored, key=lambda one: one[0], default=(0, None))
        if base is None or (best == 0 and not _is_only_base(alike, wanted)):
            continue
        for claim in alike:
            if not _gives(claim, base) and not _explained(claim, everything):
                yield _problem(claim, base)


def _is_only_base(claims: Sequence[_Claim], bases: Sequence[Item]) -> bool:
    """Tell whether one count and one larger one of the same scope are all that is spoken of."""
    if len(claims) != 1 or len({one.value for one in bases}) != 1:
        return False
    count, base = claims[0].count, bases[0]
    led = re.search(r"\btrong (?:do|so)\b|\bchi\b|\bgom\b|\bco\b", count.gap) is not None
    same = (count.figure.place, count.figure.period) == (base.figure.place, base.figure.period)
    return led and same and base.value >= count.value


def _explained(claim: _Claim, everything: Sequence[Item]) -> bool:
    return any(
        one.unit == claim.count.unit and one.value > claim.count.value and _gives(claim, one)
        for one in everything
        if one.stands
    )


def _gives(claim: _Claim, base: Item) -> bool:
    """Tell whether the count is the stated share of a base, as far as the digits tell."""
    count = claim.count
    lowest_base, highest_base = base.value - base.slack, base.value + base.slack
    if lowest_base <= 0 or count.value > highest_base + count.slack:
        return False
    lowest = (count.value - count.slack) / highest_base * _HUNDRED
    highest = (count.value + count.slack) / lowest_base * _HUNDRED
    return agrees(claim.share, lowest, highest)


def _problem(claim: _Claim, base: Item) -> Problem:
    return problem(
        Case.SHARE,
        claim.share.figure,
        (claim.count.figure, base.figure),
        expected=per_cent(claim.count.value, base.value, claim.share.step),
        kind=ProblemKind.PERCENTAGE,
    )


def per_cent(part: Decimal, whole: Decimal, step: Decimal) -> Decimal:
    """Return a share in per cent, with one digit more than the printed one, at most two."""
    exact = part / whole * _HUNDRED
    return round(exact, 1 if step >= 1 else min(2, 1 - step.adjusted()))


def state_problems(told: Sequence[Statement]) -> Iterator[Problem]:
    """Yield the shares of those at work that are more than the idle ones leave."""
    everything = [item for one in told for item in one.items if item.stands]
    for share in everything:
        working = _WORKING.match(share.behind) if share.unit == "%" else None
        if working is None or share.figure.kind is not FigureKind.ACTUAL:
            continue
        idle = [one for one in everything if _is_idle(one, share)]
        for count in idle:
            totals = [one for one in everything if _is_total(one, count)]
            if not totals:
                continue
            base = max(totals, key=lambda one: one.value)
            most = _HUNDRED - count.value / base.value * _HUNDRED
            if share.value - max(share.step, Decimal(1)) > most:
                yield problem(
                    Case.STATES,
                    share.figure,
                    (count.figure, base.figure),
                    expected=round(most, 1),
                    kind=ProblemKind.PERCENTAGE,
                )
            break


def _is_idle(item: Item, share: Item) -> bool:
    noun = "tht" if re.search(r"\b(?:tht|to hop tac)\b", share.behind[:60]) else "htx"
    return (
        item.unit.lower() == noun
        and item.figure.kind is FigureKind.ACTUAL
        and is_stopped(item)
        and _same_time(item, share)
    )


def _is_total(item: Item, count: Item) -> bool:
    """Tell whether a figure may be all of what a count is some of: it has no name of its own."""
    named = re.search(
        r"\b(?:toan|tong so|ca tinh|tinh|thanh pho|huyen|thi xa|dia ban|ca nuoc)\b[^.;]*$", item.gap
    )
    plain = re.match(r"\s*(?:[,.;()]|va\b|voi\b|trong\b|$)", item.behind)
    return (
        item.unit == count.unit
        and (item.is_base or (named is not None and plain is not None))
        and item.value > count.value
        and item.figure.kind is FigureKind.ACTUAL
        and _same_time(item, count)
    )


def _same_time(item: Item, other: Item) -> bool:
    one, two = item.figure, other.figure
    return one.place == two.place and one.period[:_PERIOD] == two.period[:_PERIOD]
