"""From when and until when a law is in force, by its own words.

"có hiệu lực thi hành từ ngày 01 tháng 7 năm 2024", "kể từ ngày ký", "sau 45 ngày kể từ ngày ký",
"đến hết ngày 31/12/2025"; single articles and clauses may have days of their own. A day that cannot
be worked out from the text ("từ ngày đăng Công báo") stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ingest.effects.provisions import Part, mentions_in, parts_in, without_parts
from ingest.effects.statements import statements, without_quotes
from ingest.structure.laws import articles, preamble
from ingest.structure.lines import Line
from knowledge.model import Effect, Kind, Metadata

DATE = r"(?:ngày\s+)?(\d{1,2})(?:\s+tháng\s+|[/.-])(\d{1,2})(?:\s+năm\s+|[/.-])(\d{4})(?!\d)"
_VERB = r"(?P<verb>(?<!hết )(?<!dứt )(?<!còn )hiệu lực(?:\s+thi hành)?|áp dụng|thực hiện)"
_SIGNED = r"(?:ngày\s+)?(?:được\s+)?(?:ký|ban hành|thông qua)"
_FROM = re.compile(
    rf"{_VERB}(?:\s+của văn bản gốc)?\s*:?\s*"
    rf"(?:(?:(?:kể\s+)?từ\s+)(?:{DATE}|(?P<signed>{_SIGNED}))"
    rf"|sau\s+(?P<after>\d{{1,3}})\s+(?:\([^()]*\)\s*)?ngày,?\s*(?:kể\s+)?từ\s+{_SIGNED})",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    rf"{_VERB}[^.;]{{0,80}}?\s+(?:đến|tới)\s+"
    rf"(?:(?:hết\s+)?{DATE}|hết\s+năm\s+(?P<year>\d{{4}})(?!\d))",
    re.IGNORECASE,
)
_ENDS = re.compile(
    rf"(?:hết|chấm dứt)\s+hiệu lực(?:\s+thi hành)?\s+(?:(?:kể\s+)?từ|(?P<after>sau))\s+{DATE}",
    re.IGNORECASE,
)
_KIND = (
    r"(?:Bộ luật|Luật|Pháp lệnh|Nghị quyết|Nghị định|Quyết định|Thông tư(?: liên tịch)?|Chỉ thị|"
    r"Văn bản|Quy chế|Quy định|Kế hoạch|Đề án|Điều lệ)"
)
_OWN = re.compile(rf"^\W*{_KIND}(?:\s+này\b|\W*(?:có\W*)?$)", re.IGNORECASE)
# "Nghị định này thay thế Nghị định số … và có hiệu lực …": the verb is still the first one's.
_OWN_FIRST = re.compile(rf"^\W*{_KIND}\s+này\b.*\bvà\s+(?:có\s+)?$", re.IGNORECASE)
_NEAR = 40  # characters between "Nghị định này" and "được thực hiện đến …"
_LIMITED = re.compile(r"\b(?:trừ|riêng)\b", re.IGNORECASE)
_STOP = re.compile(r"[.;]\s+(?=[A-ZĐÀ-Ỹ])")
# What may stand beside the parts that a day is said of: "các quy định về … tại khoản 2 Điều 5".
_BESIDE_PARTS = re.compile(
    r"\b(?:về [^,;]*?(?=tại|$)|(?:các|những|nội dung|quy định|tại|của|điều khoản|điều|và|có|được"
    rf"|thì|{_KIND}) ?(?:này\b)?)",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\b(?:trước|sau|đến|kể từ) (?:ngày|khi)\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """One day that a sentence names; the parts it holds for, empty for the whole document."""

    parts: tuple[Part, ...]
    starts: date | None = None
    ends: date | None = None
    sentence: str


def day_in(match: re.Match[str] | None) -> date | None:
    """Return the day of a match whose text holds a date; None for one that no calendar has."""
    found = re.search(DATE, match[0]) if match is not None else None
    if found is None:
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def effects_of(lines: Sequence[Line], metadata: Metadata) -> tuple[Effect, ...]:
    """Return when a law or a digest is in force: the whole first, then single articles and clauses.

    Args:
        lines: the whole document.
        metadata: what is known of it; "từ ngày ký" is its day of issue.
    """
    if metadata.kind not in (Kind.LAW, Kind.DIGEST):
        return ()
    said = list(_said(lines, metadata))
    head = [one.text for one in preamble(lines)]
    titled = [
        replace(one, parts=())
        for text, plain in zip(head, without_quotes(head), strict=True)
        for one in _days(text, plain, metadata, in_head=True)
    ]
    whole = _whole([one for one in said if not one.parts], titled)
    parts = [
        Effect(
            article=part.article,
            clause=part.clause,
            starts=one.starts,
            ends=one.ends,
            sentence=one.sentence,
        )
        for one in said
        for part in _own_parts(lines, one.parts)
    ]
    return (*([whole] if whole is not None else []), *dict.fromkeys(parts))


def _whole(said: Sequence[_Said], head: Sequence[_Said]) -> Effect | None:
    """Return the effect of the whole document: its last word counts, then its head."""
    in_order = [*reversed(said), *head]
    starts = next((one for one in in_order if one.starts), None)
    ends = next((one for one in in_order if one.ends), None)
    if starts is None and ends is None:
        return None
    told = [one.sentence for one in (starts, ends) if one is not None]
    return Effect(
        starts=starts.starts if starts else None,
        ends=ends.ends if ends else None,
        sentence=" … ".join(dict.fromkeys(told)),
    )


def _said(lines: Sequence[Line], metadata: Metadata) -> Iterator[_Said]:
    for one in statements(lines):
        for found in _days(one.text, one.plain, metadata):
            here = tuple(
                part if part.article or not part.clause else replace(part, article=one.article)
                for part in found.parts
            )
            yield replace(found, parts=here, sentence=one.text)


def _days(text: str, plain: str, metadata: Metadata, *, in_head: bool = False) -> Iterator[_Said]:
    """Yield the days that a sentence names for the document itself or for parts of it."""
    place = 0
    events = sorted(
        (
            (match, pattern)
            for pattern in (_FROM, _UNTIL, _ENDS)
            for match in pattern.finditer(plain)
        ),
        key=lambda one: (one[0].start(), one[0].end()),
    )
    parts: tuple[Part, ...] | None = None
    for match, pattern in events:
        if match.start() >= place:
            subject = plain[place : match.start()]
            parts = _subject(subject, metadata, in_head=in_head, verb=match[0])
        place = max(place, match.end())
        if parts is None:
            continue
        if pattern is _FROM:
            yield _Said(parts=parts, starts=_start(match, metadata.issued), sentence=text)
        else:
            yield _Said(parts=parts, ends=_end(match), sentence=text)


def _start(match: re.Match[str], issued: date | None) -> date | None:
    if match["signed"]:
        return issued
    if match["after"]:
        return issued + timedelta(days=int(match["after"])) if issued else None
    return day_in(match)


def _end(match: re.Match[str]) -> date | None:
    """Return the first day no longer in force."""
    if "year" in match.re.groupindex and match["year"]:
        return date(int(match["year"]) + 1, 1, 1)
    tail = list(re.finditer(DATE, match[0]))
    day = day_in(tail[-1]) if tail else None
    inclusive = match.re is _UNTIL or match["after"]
    return day + timedelta(days=1) if day and inclusive else day


def _subject(
    subject: str, metadata: Metadata, *, in_head: bool, verb: str
) -> tuple[Part, ...] | None:
    """Return the parts that a day is said of; () for the whole document, None for anything else."""
    stop = list(_STOP.finditer(subject))
    limited = list(_LIMITED.finditer(subject))
    begin = max([0, *(one.end() for one in (*stop[-1:], *limited[-1:]))])
    said = subject[begin:]
    if _OWN_FIRST.search(said):
        return ()
    if any(one.number != metadata.number for one in mentions_in(said)) or _BEFORE.search(said):
        return None
    parts = parts_in(said, article="này" if "Điều này" in said else "")
    if parts:
        left = _BESIDE_PARTS.sub(" ", without_parts(said)).strip(" ,:;")
        here = tuple(replace(part, article=part.article.removesuffix("này")) for part in parts)
        return None if left else here
    near = verb.lower().startswith("hiệu lực") or len(said) < _NEAR
    if _OWN.search(said) and near:
        return ()
    return () if in_head and not said.strip(" :") else None


def _own_parts(lines: Sequence[Line], parts: Sequence[Part]) -> Iterator[Part]:
    """Yield articles and clauses; a chapter's articles one by one, points not at all."""
    for part in parts:
        if part.article and not part.words:
            yield part
        elif part.words and not part.article:
            name = re.escape(part.words.lower())
            for article in articles(lines):
                if re.search(rf"{name}(?!\w)", article.breadcrumb.lower()):
                    yield Part(article=article.number)
