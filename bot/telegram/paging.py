"""Long texts in pages that fit a phone, cut where a reader would."""

from __future__ import annotations

import re

PAGE = 1_400  # characters; about one screen of a phone and a half, scrolled by one swipe
_ENDS = (
    re.compile(r"\n\s*\n"),
    re.compile(r"\n"),
    re.compile(r"(?<=[.;:!?])\s"),
    re.compile(r"\s"),
)


def pages(text: str, size: int = PAGE) -> list[tuple[int, int]]:
    """Return the [start, end) of the pages of a text, in order and without a gap.

    A page ends between paragraphs if that leaves it more than half full, else between lines,
    sentences or words, and in a word only when there is nothing else. Blanks belong to the page
    that they follow, so that none holds nothing else; without them it fits the size.
    """
    found: list[tuple[int, int]] = []
    start = 0
    while start < len(text) or not found:
        end = _past_blanks(text, _end(text, _past_blanks(text, start), size))
        found.append((start, end))
        start = end
    return found


def _past_blanks(text: str, place: int) -> int:
    while place < len(text) and text[place].isspace():
        place += 1
    return place


def _end(text: str, start: int, size: int) -> int:
    most = start + size
    if most >= len(text):
        return len(text)
    for ending in _ENDS:
        ends = [match.end() for match in ending.finditer(text, start + size // 2, most)]
        if ends:
            return ends[-1]
    return most


def around(text: str, start: int, end: int, more: int) -> tuple[int, int]:
    """Return the [start, end) of a stretch with up to `more` characters on each side."""
    first = max(0, start - more)
    last = min(len(text), end + more)
    if first:
        space = re.search(r"\s", text[first:start])
        first = first + space.end() if space else start
    if last < len(text):
        spaces = list(re.finditer(r"\s", text[end:last]))
        last = end + spaces[-1].start() if spaces else end
    return first, last
