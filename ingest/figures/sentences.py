"""The sentences of a document with their exact places, and what they stand under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.structure.lines import Line

_END = re.compile(r"(?<=[.!?…])[”\"')\]]*\s+(?=[^\W\d_a-zà-ỹ]|[“\"(+•-]|\d)")
_BULLET = re.compile(r"^\s*(?:[-+*•–]|\d{1,2}[.)]|[a-zđ][.)])\s")
_LONGEST_HEADING = 100  # characters
_SHORT = re.compile(r"\b(?:TP|Tp|TX|Th\.S|ThS|TS|PGS|GS|Ths|Nxb|tr|st)\.$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence, or one item of a list.

    Attributes:
        text: as printed, one slice of the document's text.
        start: its offset.
        paragraph: 0-based number of its line.
        bullet: it is an item of a list.
        heading: the text of the heading above it; "" when there is none.
        intro: the line that introduces its list ("Mục tiêu năm 2024:"); "" outside of one.
        page: 1-based page, None where the format has none.
    """

    text: str
    start: int
    paragraph: int
    bullet: bool
    heading: str
    intro: str
    page: int | None


def sentences(lines: Sequence[Line]) -> Iterator[Sentence]:
    """Yield the sentences of running text, in order; tables are read by `ingest.figures.tables`."""
    heading = intro = ""
    for number, line in enumerate(lines):
        if line.table is not None:
            continue
        if line.level:  # what a title says stands in the text again
            heading, intro = line.text, ""
            continue
        if _is_shouted(line.text):
            heading, intro = line.text, ""
            continue
        bullet = bool(_BULLET.match(line.text))
        if not bullet:
            intro = ""
        for start, end in _pieces(line.text):
            yield Sentence(
                text=line.text[start:end],
                start=line.start + start,
                paragraph=number,
                bullet=bullet,
                heading=heading,
                intro=intro,
                page=line.page,
            )
        if line.text.rstrip().endswith(":"):
            intro = line.text


def _is_shouted(text: str) -> bool:
    """Tell whether a line is a heading by its capitals alone: "CHỈ TIÊU PHẤN ĐẤU NĂM 2020"."""
    return (
        text.isupper() and len(text) <= _LONGEST_HEADING and not text.rstrip().endswith((".", ":"))
    )


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield [start, end) of the sentences of a line."""
    start = 0
    for match in _END.finditer(text):
        if _SHORT.search(text[start : match.start()]):
            continue
        yield start, match.start()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)
