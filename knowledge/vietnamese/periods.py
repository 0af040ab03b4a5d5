"""Periods in running text, as ISO 8601: "2023", "2023-08", "2023-12-31", "2022-01/2022-06".

Years are told from amounts by their form (1945 to 2100, no thousands mark) and by what stands
around them: a year inside a document number ("17/2023/QH15") is no period.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.vietnamese.text import bare_key

ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_MONTH_NAMES = (
    "january february march april may june july august september october november december"
)
_MONTHS = _MONTH_NAMES.split()
_YEAR = r"(?P<{0}>(?:19[4-9]|20[0-9])\d)"
_Y = _YEAR.format("year")
_NAMES = "hai ba bon nam sau bay tam chin muoi"
_NUMBERS = _NAMES.split()
_NTH = ("first", "second", "third", "fourth")
_NAMES_EN = "two three four five six seven eight nine ten eleven"
_NUMBERS_EN = _NAMES_EN.split()
_COUNTED = "|".join(["1[01]|[2-9]", "muoi mot", *_NUMBERS])
_COUNTED_EN = "|".join(["1[01]|[2-9]", *_NUMBERS_EN])
_LAST_DAYS = {3: 31, 6: 30, 9: 30, 12: 31}  # of the months that end a quarter
# Tried in order on the search key without tone marks; the first that matches at a place wins.
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # a document number: matched so that its year is not taken for a period
        r"(?P<number>\d+/(?:19|20)\d\d/[a-z0-9]+)",
        r"(?:ngay )?(?P<day>\d{1,2})(?:[/.-]| thang )(?P<month>\d{1,2})(?:[/.-]| nam )" + _Y,
        r"tu dau nam (?:\d{4} )?(?:den|toi) (?:het |cuoi )?thang (?P<until>1[0-2]|0?[1-9])"
        + r"(?:[/.-]| nam )"
        + _Y,
        r"(?P<half_cut>(?:6|sau) thang cuoi|nua (?:cuoi|sau)|second half of) (?:cua )?(?:nam )?"
        + _Y,
        r"(?P<half>nua (?:dau|truoc)|first half of) (?:cua )?(?:nam )?" + _Y,
        rf"(?<![\d.,])(?P<first>{_COUNTED}) thang (?:dau )?(?:cua )?(?:nam )?" + _Y,
        r"(?P<nth>first|second|third|fourth) quarter (?:of )?" + _Y,
        r"(?<![\d.,])(?P<so_far>1[01]|[2-9]) ?t ?(?:/|dau nam|dau|nam) ?" + _Y,
        rf"first (?P<first_en>{_COUNTED_EN}) months of " + _Y,
        r"(?:het|cuoi) (?:quy|q)\.? ?(?P<closed>iv|i{1,3}|[1-4])(?: ?/ ?| nam |-| )" + _Y,
        r"(?:quy|q)\.? ?(?P<quarter>iv|i{1,3}|[1-4])(?: ?/ ?| nam |-| )" + _Y,
        r"(?P<last>(?:cuoi|het)(?: nam)?|(?:khep lai|ket thuc) nam|end of(?: year)?) "
        + _Y
        + r"(?!\d|[.,]\d|/[a-z0-9]| ?- ?\d)",
        r"(?P<mid>giua nam|giua|middle of|mid)[ -]" + _Y + r"(?!\d|[.,]\d|/[a-z0-9]| ?- ?\d)",
        r"(?:giai doan |tu nam |trong |thoi ky |nam |from )?"
        + _YEAR.format("begin")
        + r"(?: ?- ?| den (?:nam |het )?| to )"
        + _YEAR.format("end")
        + r"(?!\d)",
        r"(?:thang )(?P<month>\d{1,2})(?: ?[/.-] ?| nam )" + _Y,
        r"(?<![\d/.,])(?P<month>1[0-2]|0?[1-9])[/.-]" + _Y + r"(?![/\d])",
        r"(?P<name>" + "|".join(_MONTHS) + r")(?: \d{1,2},)? " + _Y,
        r"(?<![\d/.,])" + _Y + r"(?!\d|[.,]\d|/[a-z0-9])",
    )
)

# What stands in front of a period that is compared with ("so với năm 2021"), or names a law.
_BASE = re.compile(
    r"\b(?:so voi|(?:nhieu|it|cao|thap|lon|kem|tang|giam) (?:them )?hon|so cung ky|so nam|cung ky|"
    r"doi chieu voi|dat canh(?: so lieu)?|hon nam|nghi quyet|"
    r"nghi dinh|quyet dinh|luat|chi thi|thong tu|ban hanh|thanh lap (?:tu )?nam|tu nam|ke tu nam|"
    r"co tu|lan)"
    r"(?: (?!nam )[^\s,;.]+){0,3} ?(?:nam )?$"
)
_PLAN = re.compile(r"\b(?:de an|chuong trinh|ke hoach|chien luoc|nhiem ky|quy hoach)\b[^;.]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodMention:
    """A period found in a text at [start, end) of the search key."""

    iso: str
    start: int
    end: int


def find_periods(text: str) -> list[PeriodMention]:
    """Return the periods in a text, in order of their place; the same one may occur twice."""
    key = bare_key(text)
    found: list[PeriodMention] = []
    place = 0
    while place < len(key):
        matches = [match for pattern in _PATTERNS if (match := pattern.search(key, place))]
        if not matches:
            break
        match = min(matches, key=lambda item: item.start())
        iso = _iso(match.groupdict())
        if iso:
            found.append(PeriodMention(iso=iso, start=match.start(), end=match.end()))
        place = match.end()
    return found


def _iso(parts: dict[str, str | None]) -> str:
    year, months = parts.get("year"), _months(parts)
    if parts.get("begin"):
        return f"{parts['begin']}/{parts['end']}"
    if not year:
        return ""
    if months is not None:
        return f"{year}-{months[0]:02}/{year}-{months[1]:02}"
    if parts.get("mid"):
        return f"{year}-06"
    if last := _last_month(parts):
        return f"{year}-{last:02}-{_LAST_DAYS[last]}"
    name = parts.get("name")
    month = _MONTHS.index(name) + 1 if name else _whole(parts.get("month"))
    return _dated(year, month, _whole(parts.get("day")))


def _months(parts: dict[str, str | None]) -> tuple[int, int] | None:
    """Return the first and last month of a half, of the first months, or of a quarter."""
    if parts.get("half_cut"):
        return 7, 12
    if parts.get("half"):
        return 1, 6
    if until := parts.get("until") or parts.get("so_far"):
        return 1, int(until)
    if first := parts.get("first") or parts.get("first_en"):
        return 1, _counted(first)
    if quarter := parts.get("quarter") or parts.get("nth"):
        last = 3 * (_NTH.index(quarter) + 1 if quarter in _NTH else ROMAN[quarter])
        return last - 2, last
    return None


def _last_month(parts: dict[str, str | None]) -> int:
    """Return the month that a closed quarter or year ended with; 0 for none."""
    if closed := parts.get("closed"):
        return ROMAN[closed] * 3
    return 12 if parts.get("last") else 0


def _counted(word: str) -> int:
    if word.isdigit():
        return int(word)
    names = _NUMBERS_EN if word in _NUMBERS_EN else [*_NUMBERS, "muoi mot"]
    return names.index(word) + 2


def _dated(year: str, month: int, day: int) -> str:
    if not 1 <= month <= 12:  # noqa: PLR2004  (months)
        return year
    if 1 <= day <= 31:  # noqa: PLR2004  (days)
        return f"{year}-{month:02}-{day:02}"
    return f"{year}-{month:02}"


def _whole(text: str | None) -> int:
    return int(text) if text else 0


def is_base(key: str, mention: PeriodMention) -> bool:
    """Tell whether a period is one that figures are compared with, or part of a document's name.

    Args:
        key: the search key without tone marks that the mention was found in.
        mention: one of its periods.
    """
    before = key[max(0, mention.start - 240) : mention.start]
    if _BASE.search(before):
        return True
    spans_years = re.fullmatch(r"\d{4}/\d{4}", mention.iso) is not None
    return spans_years and bool(_PLAN.search(before))


def years(iso: str) -> frozenset[int]:
    """Return the years that a period touches; none for ""."""
    if not iso:
        return frozenset()
    ends = [int(part[:4]) for part in iso.split("/")]
    return frozenset(range(ends[0], ends[-1] + 1))


def overlap(one: str, other: str) -> bool:
    """Tell whether two periods share a day; "" shares none."""
    if not one or not other:
        return False
    first_a, last_a = bounds(one)
    first_b, last_b = bounds(other)
    return first_a <= last_b and first_b <= last_a


def bounds(iso: str) -> tuple[str, str]:
    """Return the first and the last day of a period, as "2023-01-01"; a month has 31 days here."""
    parts = iso.split("/")
    return (parts[0] + "-01-01")[:10], (parts[-1] + "-12-31"[len(parts[-1]) - 4 :])[:10]


def iso_is_valid(iso: str) -> bool:
    """Tell whether a text is a period as this project writes it; "" is valid."""
    part = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
    return not iso or re.fullmatch(f"{part}(?:/{part})?", iso) is not None
