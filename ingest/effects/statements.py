"""The sentences of a law one by one, each with the line that opens the list it stands in.

"2. Kể từ ngày Nghị định này có hiệu lực, bãi bỏ: a) Điều 2 Quyết định số …; b) Nghị định số …" says
two things; each item is read together with its opening. What stands in quotation marks is the text
of an amendment and says nothing itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.structure.laws import articles
from ingest.structure.lines import Line

_MARKER = re.compile(
    r"^\s*(?:(?P<article>Điều\s+\d+[a-zđ]?[.:]?)|(?P<clause>\d{1,2})[.)]"
    r"|(?P<point>[a-zđ])\)|(?P<dash>[-–+*•]))(?:\s+|$)"
)
_HEADING, _LEAD, _CLAUSE, _MORE, _POINT, _DASH = range(6)
_INNER = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One line of an article, or its heading.

    Attributes:
        text: as printed, without its number or letter.
        plain: the same with what stands in quotation marks or brackets as spaces.
        opening: of the line that opens the list in which it stands; "" outside of one.
        article: the article it stands in.
        clause: the clause, or "".
    """

    text: str
    plain: str
    opening: str
    opening_text: str
    article: str
    clause: str
    is_heading: bool = False

    @property
    def locator(self) -> str:
        """Return where it stands: "Điều 114 khoản 3"."""
        return f"Điều {self.article}" + (f" khoản {self.clause}" if self.clause else "")

    @property
    def sentence(self) -> str:
        """Return it as printed, the opening of its list in front."""
        return f"{self.opening_text} … {self.text}" if self.opening_text else self.text


def statements(lines: Sequence[Line]) -> Iterator[Statement]:
    """Yield the statements of a law's articles, in order."""
    for article in articles(lines):
        texts = [line.text for line in article.lines]
        clause = ""
        open_: list[tuple[int, str, str]] = []
        for index, (text, plain) in enumerate(zip(texts, without_quotes(texts), strict=True)):
            marker = _MARKER.match(plain)
            level = _level(marker, clause)
            if marker and marker["clause"]:
                clause = marker["clause"]
            if not plain.strip():
                continue
            while open_ and open_[-1][0] >= level:
                open_.pop()
            begin = marker.end() if marker else 0
            _, opening, opening_text = open_[-1] if open_ else (0, "", "")
            one = Statement(
                text=text[begin:].strip() if level != _HEADING else text.strip(),
                plain=_INNER.sub(_spaces, plain[begin:]),
                opening=opening,
                opening_text=opening_text,
                article=article.number,
                clause=clause,
                is_heading=index == 0,
            )
            yield one
            if plain.rstrip().endswith(":"):
                open_.append((level, one.plain, one.text))


def _level(marker: re.Match[str] | None, clause: str) -> int:
    if marker is None:
        return _MORE if clause else _LEAD
    if marker["article"]:
        return _HEADING
    if marker["clause"]:
        return _CLAUSE
    return _POINT if marker["point"] else _DASH


def _spaces(match: re.Match[str]) -> str:
    return " " * len(match[0])


def without_quotes(texts: Sequence[str]) -> list[str]:
    """Return lines with what stands in quotation marks as spaces; a quotation may span lines.

    Of marks that do not close, only those of their own line count.
    """
    if sum(text.count("“") - text.count("”") for text in texts):
        return [_blanked([text])[0] for text in texts]
    return _blanked(texts)


def _blanked(texts: Sequence[str]) -> list[str]:
    found: list[str] = []
    depth, straight = 0, False
    for text in texts:
        kept: list[str] = []
        paired = text.count('"') % 2 == 0
        for letter in text:
            if letter == "“":
                depth += 1
            elif letter == '"' and paired:
                straight = not straight
            inside = depth > 0 or straight or letter == '"'
            kept.append(" " if inside else letter)
            if letter == "”":
                depth = max(0, depth - 1)
        straight = False
        found.append("".join(kept))
    return found
