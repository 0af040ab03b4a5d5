"""What a document says of itself: kind, title, number, issuer, dates, place, period.

What cannot be determined stays empty and is reported; nothing is guessed. The header of a legal
document has the form of Decree 30/2020/NĐ-CP, appendix I.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from ingest.structure.laws import is_law, preamble
from ingest.structure.lines import Line
from ingest.structure.reports import is_digest
from knowledge.model import Kind, Metadata
from knowledge.vietnamese.periods import find_periods, is_base, overlap, years
from knowledge.vietnamese.places import COUNTRY, find_places
from knowledge.vietnamese.text import bare_key, search_key, tokens

_HEAD_LINES = 25
_LEAD_LINES = 14
_NUMBER = re.compile(
    r"(?:Luật số|Số)\s*:\s*(?P<number>\d{1,4}(?:/\d{4})?/[A-ZĐ][\w-]*(?:-[\w-]+)*)", re.IGNORECASE
)
LEGAL_NUMBER = re.compile(
    r"\b\d{1,4}/(?:19|20)\d{2}/(?:QH\d{1,2}|(?:NĐ|TT|QĐ|NQ|TTLT|PL|UBTVQH\d*)(?:-[A-ZĐ][\wĐđ]*)*)"
)
_KINDS = (
    "BỘ LUẬT|LUẬT|PHÁP LỆNH|NGHỊ ĐỊNH|NGHỊ QUYẾT|QUYẾT ĐỊNH|THÔNG TƯ LIÊN TỊCH|THÔNG TƯ|CHỈ THỊ|"
    "KẾ HOẠCH|ĐỀ ÁN|QUY CHẾ|QUY ĐỊNH|ĐIỀU LỆ|HƯỚNG DẪN"
)
_KIND_LINE = re.compile(rf"^(?:{_KINDS})\b(?P<rest>[^a-zđ]*)$")
_DATE = r"(?:ngày\s+)?(\d{1,2})(?:\s+tháng\s+|[/.-])(\d{1,2})(?:\s+năm\s+|[/.-])(\d{4})"
_ISSUED = re.compile(
    r",?\s*ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})\s*$", re.IGNORECASE
)
_TITLE_STOPS = re.compile(
    r"^(?:hiệu lực|căn cứ|theo đề nghị|phần |chương |điều |mục )", re.IGNORECASE
)
_DATELINE = re.compile(r"(?:ngày|thứ|chủ nhật|cập nhật|đăng|\d{1,2}[:h]\d{2})", re.IGNORECASE)
_LONGEST_DATELINE = 90
_DRAFT = re.compile(r"^\W*DỰ THẢO\b", re.IGNORECASE)
_PLANNED = re.compile(r"mục tiêu|kế hoạch|nhiệm vụ|phấn đấu|chỉ tiêu|định hướng", re.IGNORECASE)


def describe(lines: Sequence[Line], *, title: str = "") -> Metadata:
    """Return what the text says of itself.

    Args:
        lines: the whole document.
        title: what the file's own properties call it; used when the text shows none.
    """
    if is_digest(lines):
        return _digest(lines)
    if is_law(lines):
        return _law(lines)
    return _report(lines, title)


def _law(lines: Sequence[Line]) -> Metadata:
    head = list(preamble(lines))[:_HEAD_LINES]
    text = "\n".join(line.text for line in head)
    number = _NUMBER.search(text)
    issued = next((day for line in head if (day := _day(_ISSUED.search(line.text)))), None)
    issuer = next((line.text for line in head if line.text.isupper()), "")
    drafted = any(_DRAFT.match(line.text) for line in head)
    return Metadata(
        title=f"Dự thảo {_law_title(head)}" if drafted else _law_title(head),
        kind=Kind.LAW,
        number=number["number"] if number else "",
        issuer="" if _KIND_LINE.match(issuer) else _sentence_case(issuer),
        issued=issued,
        place=_place_of([line.text for line in head if not _ISSUED.search(line.text)]),
    )


def _law_title(head: Sequence[Line]) -> str:
    for index, line in enumerate(head):
        match = _KIND_LINE.match(line.text.strip())
        if match is None:
            continue
        parts = [line.text.strip()]
        for following in head[index + 1 : index + 4]:
            if _TITLE_STOPS.match(following.text) or _ISSUED.search(following.text):
                break
            parts.append(following.text)
        kind, rest = parts[0].capitalize(), " ".join(parts[1:])
        if kind in ("Luật", "Bộ luật"):
            return f"{kind} {_sentence_case(rest)}".strip()
        rest = re.sub(r"^(?:về việc|về)\s+", "về ", _sentence_case(rest), flags=re.IGNORECASE)
        return f"{kind} {rest}".strip()
    return head[0].text if head else ""


def _sentence_case(text: str) -> str:
    return text.capitalize() if text.isupper() else text


def _digest(lines: Sequence[Line]) -> Metadata:
    head = " ".join(line.text for line in lines[:12])
    retells = LEGAL_NUMBER.search(head)
    return Metadata(
        title=lines[0].text,
        kind=Kind.DIGEST,
        retells=retells[0] if retells else "",
    )


def _report(lines: Sequence[Line], title: str) -> Metadata:
    prose = [line for line in lines if line.table is None]
    kind = Kind.REPORT if len(prose) >= len(lines) / 2 else Kind.TABLE
    headline = _headline(lines) or title
    lead = [line.text for line in lines[:_LEAD_LINES]]
    published = _published(lines)
    return Metadata(
        title=headline,
        kind=kind,
        issued=published,
        place=_place_of([headline, *lead])
        or _place_of([line.text for line in lines])
        or _country([headline, *lead]),
        period=_period_of(headline, lead, published),
    )


def _headline(lines: Sequence[Line]) -> str:
    for line in lines[:_LEAD_LINES]:
        if line.level or (line.table is not None and line.row is None):
            return line.text
    for line in lines[:6]:
        words = line.text.split()
        if 4 <= len(words) <= 40 and not line.text.endswith((".", ";")) and not _is_dateline(line):  # noqa: PLR2004
            return line.text
    return ""


def _is_dateline(line: Line) -> bool:
    return len(line.text) <= _LONGEST_DATELINE and bool(
        _DATELINE.search(line.text) and find_periods(line.text)
    )


def _published(lines: Sequence[Line]) -> date | None:
    for line in [*lines[:8], *lines[-3:]]:
        if _is_dateline(line) and (day := _day(re.search(_DATE, line.text, re.IGNORECASE))):
            return day
    return None


def _place_of(texts: Sequence[str]) -> str:
    """Return the province of the texts: the only one in the first of them, or in all."""
    counts: Counter[str] = Counter()
    for index, text in enumerate(texts):
        found = [mention.place for mention in find_places(tokens(search_key(text)))]
        names = [place.name for place in found if "(" not in place.name]
        if index == 0 and len(set(names)) == 1:
            return names[0]
        counts.update(names)
    return next(iter(counts)) if len(counts) == 1 else ""


def _country(texts: Sequence[str]) -> str:
    """Return "Cả nước" when the lead speaks of it, and the title of no province."""
    named = [
        {mention.place.name for mention in find_places(tokens(search_key(text)))} for text in texts
    ]
    return COUNTRY if COUNTRY in set().union(*named) and named[0] <= {COUNTRY} else ""


def _period_of(headline: str, lead: Sequence[str], published: date | None) -> str:
    """Return the period of the title, else the one the lead states as its reference day.

    A title about plans names the year that is aimed at, not the one the figures are about.
    """
    planned = _PLANNED.search(headline)
    titled = [] if planned else [mention.iso for mention in find_periods(headline)]
    if titled:
        return titled[0]
    stated = [
        mention.iso
        for text in lead
        if not _PLANNED.search(text)
        for mention in find_periods(text)
        if not is_base(bare_key(text), mention)
        and (published is None or not overlap(mention.iso, published.isoformat()))
    ]
    dated = [
        mention.iso
        for text in lead
        if _REFERENCE.search(bare_key(text))
        for mention in find_periods(text)
    ]
    if dated:
        return dated[0]
    counted = Counter(year for iso in stated for year in years(iso))
    if len(counted) == 1:
        return max(stated, key=len)
    return ""


# A line that says what day the figures are of: (Số liệu đầu tháng 6 năm 2022)
_REFERENCE = re.compile(r"^\W*so lieu\b(?! (?:nam|la|tren|cho thay))")


def _day(match: re.Match[str] | None) -> date | None:
    if match is None:
        return None
    day, month, year = (int(part) for part in match.groups()[-3:])
    try:
        return date(year, month, day)
    except ValueError:
        return None
