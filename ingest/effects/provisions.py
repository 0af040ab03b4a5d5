"""Documents and parts of documents as sentences of law name them.

"điểm a và b khoản 4 Điều 24 Nghị định số 193/2013/NĐ-CP ngày 21 tháng 11 năm 2013 của Chính phủ"
names two points of one document. Parts are written from small to large; a list may share what
follows it ("khoản 1, khoản 3 Điều 3" are two clauses of one article).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_NO = r"\d+[a-zđ]?\b(?![/%.]\d|\s*(?:%|ngày|tháng|năm|đồng|người))"
_LETTER = r"[a-zđ]\d?(?![\w])"
_ROMAN = r"(?-i:[IVXLC]+|\d+)\b"
_SEPARATOR = r"(?:\s*[,;]\s*|\s+và\s+|\s+hoặc\s+)"


def _listed(one: str) -> str:
    return rf"{one}(?:{_SEPARATOR}{one})*"


_PART = re.compile(
    r"(?P<until>\s+đến\s+(?:hết\s+)?)?"
    r"(?<!\w)(?:"
    rf"(?P<point>điểm)\s+(?P<points>{_listed(_LETTER)})"
    rf"|(?P<clause>khoản)\s+(?P<clauses>{_listed(_NO)})"
    rf"|(?P<article>điều)\s+(?P<articles>{_listed(_NO)})"
    rf"|(?P<division>chương|(?<!danh )mục|phần|phụ lục)\s+(?P<divisions>{_listed(_ROMAN)})"
    r"|(?P<attached>(?:quy chế|danh mục|biểu mẫu|mẫu số \w+)(?= (?:\S+ ){0,14}?ban hành kèm))"
    r")",
    re.IGNORECASE,
)
# What stands between parts, and between them and the document that they are of.
_JOINS = re.compile(
    r"(?:[\s,;]|và|hoặc|của|tại|thuộc|các|quy định|ban hành kèm(?: theo)?|đến|hết)*", re.IGNORECASE
)
_ONE = re.compile(r"[^\W_]+")

NUMBER = (
    r"\d{1,5}/(?:(?:19|20)\d{2}/)?"
    r"(?:QH\d{1,2}|(?:NĐ|TTLT|TT|QĐ|NQ|CT|PL|SL|L|UBTVQH\d*)(?:-[A-ZĐ][\wĐđ]*)*)(?![\w/])"
)
_KINDS = (
    r"Nghị quyết liên tịch|Nghị quyết|Nghị định|Quyết định|Thông tư liên tịch|Thông tư|Chỉ thị|"
    r"Sắc lệnh|Lệnh"
)
_LAWS = r"Bộ luật|Luật|Pháp lệnh"
MENTION = re.compile(
    rf"(?:(?P<law>(?i:{_LAWS}))"
    rf"(?:\s+(?!(?i:số\b|này\b|{_KINDS}|{_LAWS}))[^\W\d_]+,?){{0,14}}?\s*"
    rf"|(?P<kind>(?i:{_KINDS}))\s*)?(?<!\w)(?:(?i:số)\s*:?\s*)?(?P<number>{NUMBER})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a document; all "" for the whole.

    Attributes:
        words: what is meant where it is no whole article or clause, as printed.
    """

    article: str = ""
    clause: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A document named in a text at [start, end), by kind ("luật", or "" if unsaid) and number."""

    kind: str
    number: str
    start: int
    end: int


@dataclass(slots=True)
class _Reading:
    """The parts found so far, and the clauses and points that wait for their article."""

    text: str
    found: list[Part] = field(default_factory=list)
    points: tuple[str, ...] = ()
    clauses: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def take(self, match: re.Match[str]) -> None:
        """Take in the next part of the text."""
        if match["point"]:
            self.points = tuple(_numbers(match["points"]))
        elif match["clause"]:
            self._take_clauses(_numbers(match["clauses"]), until=bool(match["until"]))
        elif match["article"]:
            self._take_articles(_numbers(match["articles"]), until=bool(match["until"]))
        elif match["attached"]:
            self.found.append(Part(words=match["attached"]))
        elif not self._locates(match):
            self.found.append(Part(words=" ".join(match[0].split())))

    def close(self, articles: list[str]) -> None:
        """Give what waits to the first of some articles."""
        first, *more = articles
        for clause, points in self.clauses:
            words = f"điểm {', '.join(points)}" if points else ""
            self.found.append(Part(article=first, clause=clause, words=words))
        if self.points:
            self.found.append(Part(article=first, words=f"điểm {', '.join(self.points)}"))
        if not self.clauses and not self.points:
            self.found.append(Part(article=first))
        self.found += [Part(article=number) for number in more]
        self.points, self.clauses = (), ()

    def _take_clauses(self, numbers: list[str], *, until: bool) -> None:
        if until and self.clauses:
            numbers = _between(self.clauses[-1][0], numbers[0])
        self.clauses += tuple((number, self.points) for number in numbers)
        self.points = ()

    def _take_articles(self, numbers: list[str], *, until: bool) -> None:
        if until and self.found and self.found[-1].article:
            numbers = _between(self.found[-1].article, numbers[0])
        self.close(numbers)

    def _locates(self, match: re.Match[str]) -> bool:
        """Tell whether a division only says where the article in front of it stands."""
        before = self.text[: match.start()]
        behind = re.search(r"\d[a-zđ]?\s+(?:của\s+)?$", before)
        return bool(self.found and self.found[-1].article and behind)


def mentions_in(text: str) -> list[Mention]:
    """Return the documents that a text names by number, in order."""
    return [
        Mention(
            kind=(match["law"] or match["kind"] or "").lower(),
            number=match["number"],
            start=match.start(),
            end=match.end(),
        )
        for match in MENTION.finditer(text)
    ]


def first_part(text: str) -> re.Match[str] | None:
    """Return where the first part of a document is named."""
    return _PART.search(text)


def without_parts(text: str) -> str:
    """Return a text without the parts of documents that it names."""
    return _PART.sub(" ", text)


def last_parts(text: str) -> str:
    """Return the end of a text that is nothing but parts and what joins them to a document."""
    begin = len(text)
    for match in reversed(list(_PART.finditer(text))):
        if not _JOINS.fullmatch(text[match.end() : begin]):
            break
        begin = match.start()
    return text[begin:] if begin < len(text) else ""


def parts_in(text: str, *, article: str = "") -> list[Part]:
    """Return the parts of a document that a text names, in order, each once.

    Args:
        text: a sentence, or a piece of one.
        article: the article that clauses belong to where the text names none; without it they are
            left out.
    """
    reading = _Reading(text)
    for match in _PART.finditer(text):
        reading.take(match)
    if article and (reading.clauses or reading.points):
        reading.close([article])
    return list(dict.fromkeys(reading.found))


def _bare_list(text: str) -> str:
    return re.sub(r"\b(?:và|hoặc)\b", " ", text)


def _numbers(text: str) -> list[str]:
    return _ONE.findall(_bare_list(text))


def _between(first: str, last: str) -> list[str]:
    """Return the numbers behind the first, up to and including the last."""
    if not (first.isdigit() and last.isdigit()):
        return [last]
    return [str(number) for number in range(int(first) + 1, int(last) + 1)]
