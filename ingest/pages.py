"""Lines of pages: which repeat at the top or bottom, and which belong to one paragraph."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from knowledge.vietnamese.text import printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

EDGE_LINES = 3
"""Lines at the top, and at the bottom, of a page among which headers and footers are looked for."""
WRAPPED_MIN_CHARS = 55
"""A line shorter than this was ended by its writer, not by the width of the page."""
WRAPPED_MAX_CHARS = 160
"""A line longer than this was not cut at the width of a page: the file has a paragraph a line."""
_FULL_LINE = 0.85  # of the longest line of the block: the next sentence did not fit

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:trang|page|tr\.)?\s*(\d{1,4})(?:\s*(?:/|trên|of)\s*\d{1,4})?[-–—.\s]*",
    re.IGNORECASE,
)
_NAMED_PART = re.compile(r"(?:phụ lục|chương|mục|điều|phần|bảng|biểu|mẫu)\b", re.IGNORECASE)
_RULE = re.compile(r"[-_=*~–—\s]{3,}")
_ITEM = re.compile(
    r"(?:\(?\d{1,3}(?:\.\d{1,3})*[.)]|\(?[a-zđ][.)]|[IVXLC]{1,7}[.)]|[-–—•*+▪●])\s"
    r"|(?:Điều|Chương|Mục|Phụ lục|Phần|Bảng|Biểu|Mẫu)\s+(?:số\s+)?[\dIVXLC]",
)
_SENTENCE_END = re.compile(r"[.!?:;…][\"”’)\]]*$")


def remaining(pages: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """The lines of each page without page numbers and repeated headers and footers."""
    dropped = repeated(pages)
    return tuple(
        tuple(line for at, line in enumerate(lines) if (page, at) not in dropped)
        for page, lines in enumerate(pages)
    )


def repeated(pages: Sequence[Sequence[str]]) -> frozenset[tuple[int, int]]:
    """The places (page, line, both from 0) of page numbers and repeated headers and footers.

    A line repeats when, its digits masked, it stands among the first or last `EDGE_LINES` lines of
    more than half of the pages and of two at least. Where its digits differ they must count the
    pages: "Phụ lục 1" over "Phụ lục 2" is text.
    """
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for page, lines in enumerate(pages):
        for at in _edges(len(lines)):
            places[_DIGITS.sub("#", printed(lines[at]))].append((page, at))
    found = {place for page, lines in enumerate(pages) for place in _own_numbers(page, lines)}
    for mask, where in places.items():
        on = {page for page, _ in where}
        if mask and len(on) > 1 and 2 * len(on) > len(pages) and _same_or_counting(pages, where):
            found.update(where)
    return frozenset(found)


def paragraphs(lines: Iterable[str]) -> list[str]:
    """The paragraphs of plain text, as printed.

    An empty line or a line of dashes ends a paragraph. Between lines without one, a line is a
    paragraph of its own unless the lines look cut at the width of a page.
    """
    found: list[str] = []
    block: list[str] = []
    for line in lines:
        clean = printed(line)
        if clean and not _RULE.fullmatch(clean):
            block.append(clean)
            continue
        found.extend(_joined(block))
        block = []
    return found + _joined(block)


def begins_part(line: str) -> bool:
    """Whether a line begins with the mark of a list item or the number of a part of a document."""
    return _ITEM.match(line) is not None


def ends_sentence(line: str) -> bool:
    """Whether a line ends where a sentence or an item of an enumeration may end."""
    return _SENTENCE_END.search(line) is not None


def _edges(count: int) -> list[int]:
    return [at for at in range(count) if at < EDGE_LINES or at >= count - EDGE_LINES]


def _own_numbers(page: int, lines: Sequence[str]) -> list[tuple[int, int]]:
    """The first or last line, where it is the page's own number ("- 3 -", "Trang 3/10")."""
    ends = {0, len(lines) - 1} if lines else set()
    matches = ((at, _PAGE_NUMBER.fullmatch(printed(lines[at]))) for at in ends)
    return [(page, at) for at, match in matches if match and int(match[1]) == page + 1]


def _same_or_counting(pages: Sequence[Sequence[str]], where: list[tuple[int, int]]) -> bool:
    texts = [printed(pages[page][at]) for page, at in where]
    if len(set(texts)) == 1:
        return True
    if _NAMED_PART.match(texts[0]):
        return False
    numbers = zip(*(map(int, _DIGITS.findall(text)) for text in texts), strict=True)
    offsets = [
        {number - page for number, (page, _) in zip(column, where, strict=True)}
        for column in numbers
    ]
    return any(len(offset) == 1 for offset in offsets)


def _joined(block: list[str]) -> list[str]:
    if not _is_wrapped(block):
        return block
    longest = max(map(len, block))
    found = block[:1]
    for before, line in pairwise(block):
        if _continues(before, line, longest):
            found[-1] += f" {line}"
        else:
            found.append(line)
    return found


def _is_wrapped(block: list[str]) -> bool:
    """Most lines that end no sentence are long, none too long, and a sentence runs over an end."""
    if not block or max(map(len, block)) > WRAPPED_MAX_CHARS:
        return False
    open_lines = [line for line in block[:-1] if not ends_sentence(line)]
    long = sum(len(line) > WRAPPED_MIN_CHARS for line in open_lines)
    return 2 * long > len(open_lines) and any(
        _runs_on(before, line) for before, line in pairwise(block)
    )


def _runs_on(before: str, line: str) -> bool:
    long = len(before) > WRAPPED_MIN_CHARS
    return long and line[0].islower() and not ends_sentence(before) and not begins_part(line)


def _continues(before: str, line: str, longest: int) -> bool:
    if begins_part(line):
        return False
    return line[0].islower() or len(before) >= _FULL_LINE * longest
