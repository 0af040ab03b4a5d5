"""Law-shaped texts: Phần, Chương, Mục, Điều, khoản, điểm (Decree 78/2025/NĐ-CP on drafting).

The passage is the khoản; a long one is split between its điểm, short neighbours are joined. A line
that begins with "Điều 23" is a heading only when it is written as one and its number goes on from
the heading before it; else it is a reference that a line break brought to the front.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.structure.cutting import (
    JOINED_WORDS,
    SHORT_WORDS,
    Draft,
    first_words,
    split_long,
    stretch_of,
)
from ingest.structure.lines import Line

_ARTICLE = re.compile(r"^Điều\s+(?P<number>\d+[a-zđ]?)\s*(?:[.:](?:\s+(?P<title>\S.*))?)?$")
_DIVISION = re.compile(
    r"^(?P<kind>PHẦN|CHƯƠNG|MỤC|TIỂU MỤC|PHỤ LỤC)\s+(?P<number>THỨ\s+\w+|[IVXLC]+|\d+)"
    r"(?:\s*[.:-]\s*(?P<title>.+)|\s+(?P<spaced>\S.{2,}))?$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"^(?P<number>\d{1,2})\.\s+\S")
_POINT = re.compile(r"^(?P<letter>[a-zđ])\)\s+\S")
_SENTENCE_ENDS = (".", ";", ":", "!", "?", "/", "”", '"')
_RANKS = {"PHẦN": 0, "CHƯƠNG": 1, "MỤC": 2, "TIỂU MỤC": 3, "PHỤ LỤC": 0}
_FEWEST_ARTICLES = 2


@dataclass(slots=True)
class Article:
    """An article as it stands in a text; its heading is the first of its lines."""

    number: str
    title: str
    breadcrumb: str
    lines: list[Line] = field(default_factory=list)

    @property
    def heading(self) -> str:
        """Return "Điều 23. Chính sách tiếp cận vốn"."""
        return f"Điều {self.number}. {self.title}" if self.title else f"Điều {self.number}"


def is_law(lines: Sequence[Line]) -> bool:
    """Tell whether a text is divided into articles."""
    return sum(1 for _ in _headings(lines)) >= _FEWEST_ARTICLES or any(
        _ARTICLE.match(line.text) and "CỘNG HÒA XÃ HỘI" in _head(lines) for line in lines
    )


def _head(lines: Sequence[Line]) -> str:
    return " ".join(line.text for line in lines[:12]).upper()


def preamble(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines before the first article or division: issuer, number, date, title."""
    for index, line in enumerate(lines):
        if _ARTICLE.match(line.text) or _division(line.text):
            return lines[:index]
    return lines


def cut_law(text: str, lines: Sequence[Line]) -> list[Draft]:
    """Return the passages of a law-shaped text, in order."""
    drafts: list[Draft] = []
    for article in articles(lines):
        drafts += _cut_article(text, article)
    return drafts


def _headings(lines: Sequence[Line]) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield (index, match) of the lines that are headings of articles."""
    last = quoted = 0
    for index, line in enumerate(lines):
        match = _ARTICLE.match(line.text)
        inside = quoted > 0
        quoted = max(0, quoted + line.text.count("“") - line.text.count("”"))
        if match is None:
            continue
        number = int(re.match(r"\d+", match["number"])[0])  # type: ignore[index]
        if inside and number != last + 1:  # an article that an amendment quotes
            continue
        quoted = 0
        before = lines[index - 1].text if index else "."
        follows = number == last + 1
        jumps = (
            not last
            or before.endswith(_SENTENCE_ENDS)
            or before.isupper()
            or bool(_division(before))
        )
        restarts = number == 1 and jumps
        announced = before.endswith(":")  # an amendment: the article as it shall read
        if follows or restarts or (number >= last and jumps and not announced):
            last = number
            yield index, match


def _division(text: str) -> re.Match[str] | None:
    match = _DIVISION.match(text)
    if match is None or len(text) > 200:  # noqa: PLR2004  (a heading, not a paragraph)
        return None
    if match["spaced"] and not match["spaced"].isupper():
        return None
    plain = match["title"] or match["spaced"] or ""
    return match if not plain or plain[0].isupper() or plain[0].isdigit() else None


def articles(lines: Sequence[Line]) -> Iterator[Article]:
    """Yield the articles of a law-shaped text, in order, without what stands outside."""
    headings = dict(_headings(lines))
    open_divisions: dict[int, str] = {}
    article: Article | None = None
    index = 0
    while index < len(lines):
        division = _division(lines[index].text)
        if index in headings:
            if article is not None:
                yield article
            match = headings[index]
            number, title = match["number"], (match["title"] or "").strip()
            article = Article(number, title, " > ".join(open_divisions.values()))
            article.lines.append(lines[index])
        elif division is not None:
            if article is not None:
                yield article
                article = None
            index += _open(open_divisions, division, lines, index)
        elif article is not None:
            article.lines.append(lines[index])
        index += 1
    if article is not None:
        yield article


def _open(
    divisions: dict[int, str], match: re.Match[str], lines: Sequence[Line], index: int
) -> int:
    """Open a division, closing those below it; return how many further lines its title takes."""
    kind = match["kind"].upper()
    for rank in [rank for rank in divisions if rank >= _RANKS[kind]]:
        del divisions[rank]
    name = f"{match['kind'].capitalize()} {match['number']}"
    title = match["title"] or match["spaced"] or ""
    taken = 0
    if not title and index + 1 < len(lines):
        following = lines[index + 1].text
        if following.isupper() and not _division(following):
            title, taken = following, 1
    divisions[_RANKS[kind]] = f"{name}. {title}" if title else name
    return taken


def _cut_article(text: str, article: Article) -> list[Draft]:
    """Return the passages of one article; one without a body is its heading alone."""
    body = article.lines[1:]
    if not body:
        return [_draft(text, article, "", [article.lines[0]])]
    drafts: list[Draft] = []
    for number, lines in _joined(list(clauses(body))):
        drafts += _cut_clause(text, article, number, lines)
    return drafts


def clauses(body: Sequence[Line]) -> Iterator[tuple[str, list[Line]]]:
    """Yield (number, lines) of an article's clauses; the lead before the first has number ""."""
    number = ""
    lines: list[Line] = []
    for line in body:
        match = _CLAUSE.match(line.text)
        if match and int(match["number"]) == (int(number) if number else 0) + 1:
            if lines:
                yield number, lines
            number, lines = match["number"], [line]
        else:
            lines.append(line)
    if lines:
        yield number, lines


def _joined(clauses: list[tuple[str, list[Line]]]) -> list[tuple[str, list[Line]]]:
    """Join short neighbouring clauses; a lead goes with the first clause when both are short."""
    found: list[tuple[str, list[Line]]] = []
    for number, lines in clauses:
        if found and _is_short(lines) and _fits(found[-1][1], lines):
            before, taken = found[-1]
            first = before.split("-")[0] or number
            found[-1] = (first if first == number else f"{first}-{number}", [*taken, *lines])
        else:
            found.append((number, lines))
    return found


def _words(lines: Sequence[Line]) -> int:
    return sum(len(line.text.split()) for line in lines)


def _is_short(lines: Sequence[Line]) -> bool:
    return _words(lines) <= SHORT_WORDS


def _fits(taken: Sequence[Line], lines: Sequence[Line]) -> bool:
    average = _words(taken) <= JOINED_WORDS - _words(lines)
    return average and (_is_short([taken[-1]]) or _words(taken) <= 2 * SHORT_WORDS)


def _cut_clause(text: str, article: Article, number: str, lines: list[Line]) -> list[Draft]:
    pieces = split_long(text, lines)
    lead = first_words(lines[0].text)
    drafts: list[Draft] = []
    for index, piece in enumerate(pieces):
        within = [line for line in lines if piece.start <= line.start < piece.end] or lines
        draft = _draft(text, article, number, within)
        drafts.append(
            Draft(
                text=text[piece.start : piece.end],
                start=piece.start,
                page=piece.page,
                breadcrumb=draft.breadcrumb,
                heading=draft.heading,
                article=draft.article,
                clause=number,
                locator=draft.locator,
                lead=lead if index else "",
            )
        )
    return drafts


def _draft(text: str, article: Article, clause: str, lines: Sequence[Line]) -> Draft:
    stretch = stretch_of(lines)
    crumbs = [article.breadcrumb, article.heading, f"khoản {clause}" if clause else ""]
    points = [match["letter"] for line in lines if (match := _POINT.match(line.text))]
    starts_at_point = bool(lines and _POINT.match(lines[0].text))
    locator = f"Điều {article.number}" + (f" khoản {clause}" if clause else "")
    if starts_at_point and points:
        span = points[0] if len(points) == 1 else f"{points[0]}-{points[-1]}"
        locator += f" điểm {span}"
    return Draft(
        text=text[stretch.start : stretch.end],
        start=stretch.start,
        page=stretch.page,
        breadcrumb=" > ".join(crumb for crumb in crumbs if crumb),
        heading=article.heading,
        article=article.number,
        clause=clause,
        locator=locator,
    )
