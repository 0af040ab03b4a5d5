"""What every way of cutting shares: sizes, pieces of lines, and drafts of passages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.structure.lines import Line

# Words (syllables). Short chunks win: on 1,500 articles of public statute sets recall@1 was 0.909
# at 80 words, 0.899 at 150, 0.883 at 300. Re-run `make bench` and `make eval` when these change.
LONG_WORDS = 160
SHORT_WORDS = 14
JOINED_WORDS = 70
LEAD_WORDS = 30

_SENTENCE_END = re.compile(r"(?<=[.;!?…])\s+(?=[^\W\d_]|[\"“(\d-])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:TP|Tp|TS|ThS|Ths|PGS|GS|Ông|Bà|tr|Nxb|[A-ZĐ])\.|(?<!\d)\d{1,3}\.)$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A passage before it belongs to a document.

    Attributes:
        text: one stretch of the document's text.
        lead: what stands in front of the text in the search, besides title and heading: the first
            words of a clause of which this is a later part, or the caption and headers of a table.
        searched: what is searched instead of `text`; "" for the text itself.
    """

    text: str
    start: int
    page: int | None
    breadcrumb: str = ""
    heading: str = ""
    article: str = ""
    clause: str = ""
    locator: str = ""
    lead: str = ""
    searched: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch [start, end) of the document's text with the page it begins on."""

    start: int
    end: int
    page: int | None

    def words(self, text: str) -> int:
        """Return the number of words, as white space tells them apart."""
        return len(text[self.start : self.end].split())


def stretch_of(lines: Sequence[Line]) -> Stretch:
    """Return the stretch from the first line's beginning to the last one's end."""
    return Stretch(lines[0].start, lines[-1].end, lines[0].page)


def sentences(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of the sentences of a stretch of text, white space trimmed.

    A clause that ends with a semicolon counts as a sentence; "TP. Hồ Chí Minh" and "1. Thành viên"
    are not cut.
    """
    begin = 0
    for match in _SENTENCE_END.finditer(text):
        if _ABBREVIATED.search(text[begin : match.start()]):
            continue
        yield start + begin, start + match.start()
        begin = match.end()
    if text[begin:].strip():
        yield start + begin, start + len(text.rstrip())


def split_long(text: str, lines: Sequence[Line], limit: int = LONG_WORDS) -> list[Stretch]:
    """Return stretches of at most about `limit` words: whole lines first, else whole sentences."""
    whole = stretch_of(lines)
    if whole.words(text) <= limit:
        return [whole]
    pieces: list[Stretch] = []
    for line in lines:
        if len(line.text.split()) <= limit:
            pieces.append(Stretch(line.start, line.end, line.page))
        else:
            pieces += [
                Stretch(begin, end, line.page) for begin, end in sentences(line.text, line.start)
            ]
    return _gathered(text, pieces, limit)


def _gathered(text: str, pieces: list[Stretch], limit: int) -> list[Stretch]:
    """Join neighbours while they fit, so that as few stretches as possible are left."""
    found: list[Stretch] = []
    for piece in pieces:
        if found and found[-1].words(text) + piece.words(text) <= limit:
            found[-1] = Stretch(found[-1].start, piece.end, found[-1].page)
        else:
            found.append(piece)
    return found


def first_words(text: str, count: int = LEAD_WORDS) -> str:
    """Return the first words of a text on one line."""
    return " ".join(text.split()[:count])
