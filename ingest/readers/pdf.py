"""PDF files with a text layer: paragraphs and tables by page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from io import BytesIO
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from ingest.pages import begins_part, ends_sentence, repeated
from ingest.readers import translated
from ingest.reading import Block, BlockKind, Format, Reading
from ingest.tables import Grid, Merge, append, make_grid, place_table
from knowledge.errors import DocumentFault, UnreadableDocumentError
from knowledge.vietnamese.text import printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pdfplumber.page import Page
    from pdfplumber.table import Table as FoundTable

MAX_UNMAPPED = 0.2
"""Share of a page's characters without a meaning, "(cid:12)", beyond which it has no text."""
INDENT = 8.0
"""In points: a first line set in by more than this begins a paragraph."""
SHORT_LINE = 0.85
"""A line that ends before this share of the width of the text was ended by its writer."""
_DIGITS = re.compile(r"\d+")
_GAP = 0.45  # of the height of a line, more than between most lines: a new paragraph
_SAME_SIZE = 1.0  # points
_LEAST_SIZE = 1.5  # points
_WHITE, _CMYK = 0.97, 4
_EDGE = 2.0  # points: two lines of a table's frame nearer than this are one


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line of text; distances in points from the top left corner of the page."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    page: int

    @property
    def height(self) -> float:
        """The size of the letters, nearly."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """A table where it stands on its page."""

    grid: Grid
    top: float
    page: int
    last_page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _PageText:
    lines: tuple[_Line, ...]
    frames: tuple[_Frame, ...]
    readable: bool
    unseen: int = 0  # characters left out


def read(data: bytes) -> Reading:
    """The paragraphs and ruled tables of a PDF, with the page on which each begins.

    Page numbers and repeated headers and footers are left out; headings are not told apart.

    Raises:
        UnreadableDocumentError: PASSWORD, DAMAGED, or NO_TEXT for a file of pictures.
    """
    pages, title = _pages(data)
    notes = [f"trang {at} không có chữ" for at, page in enumerate(pages, 1) if not page.readable]
    if len(notes) == len(pages):
        raise UnreadableDocumentError(DocumentFault.NO_TEXT, "pdf")
    notes += [
        f"trang {at}: bỏ {page.unseen} chữ cái không nhìn thấy được"
        for at, page in enumerate(pages, 1)
        if page.unseen
    ]
    lines = [page.lines for page in pages]
    dropped = repeated([[line.text for line in page] for page in lines])
    notes += _dropped_notes([lines[page][at].text for page, at in sorted(dropped)])
    kept = [
        [line for at, line in enumerate(page) if (number, at) not in dropped]
        for number, page in enumerate(lines)
    ]
    blocks = _Composer(shape=_shape(kept)).blocks(kept, [page.frames for page in pages])
    return Reading(
        format=Format.PDF, blocks=tuple(blocks), title=title, pages=len(pages), notes=tuple(notes)
    )


def _dropped_notes(texts: list[str]) -> list[str]:
    """One note for each kind of line left out; page numbers alone are not worth one."""
    first: dict[str, str] = {}
    for text in texts:
        first.setdefault(_DIGITS.sub("#", text), text)
    return [
        f"bỏ dòng lặp lại trên các trang: {text}" for text in first.values() if _has_words(text)
    ]


def _has_words(text: str) -> bool:
    return any(char.isalpha() for char in text)


# --- what stands on the pages -----------------------------------------------------------------


def _pages(data: bytes) -> tuple[list[_PageText], str]:
    try:
        with (
            translated("pdf", PSException, PDFException, MalformedPDFException),
            pdfplumber.open(BytesIO(data)) as document,
        ):
            title = document.metadata.get("Title")
            pages = [_page(page) for page in document.pages]
    except PdfminerException as error:
        locked = any(isinstance(cause, PDFPasswordIncorrect) for cause in error.args)
        fault = DocumentFault.PASSWORD if locked else DocumentFault.DAMAGED
        raise UnreadableDocumentError(fault, "pdf") from error
    if not pages:
        raise UnreadableDocumentError(DocumentFault.DAMAGED, "pdf")
    return pages, printed(title) if isinstance(title, str) else ""


def _page(page: Page) -> _PageText:
    number = page.page_number
    unseen = {id(char) for char in _unseen(page)}
    if unseen:
        page = page.filter(lambda item: id(item) not in unseen)
    chars = page.chars
    if not any(char["text"].strip() for char in chars) or _is_unmapped(chars):
        page.close()
        return _PageText(lines=(), frames=(), readable=False, unseen=len(unseen))
    clean = page.dedupe_chars()
    tables = [table for table in clean.find_tables() if len(table.cells) > 1]
    frames = [
        _Frame(grid=_grid(table), top=table.bbox[1], page=number, last_page=number)
        for table in _outermost(tables)
    ]
    boxes = [table.bbox for table in tables]
    rest = clean.filter(lambda item: not any(_is_in(item, box) for box in boxes))
    lines = tuple(_line(line, number) for line in rest.extract_text_lines(return_chars=False))
    page.close()
    filled = tuple(frame for frame in frames if any(any(row) for row in frame.grid.rows))
    return _PageText(
        lines=tuple(line for line in lines if line.text),
        frames=filled,
        readable=True,
        unseen=len(unseen),
    )


def _unseen(page: Page) -> list[dict[str, Any]]:
    """The characters that nobody sees on a page: too small, beside it, white on white."""
    odd = [char for char in page.chars if char["text"].strip() and _is_odd(char, page.bbox)]
    white = [char for char in odd if not _is_tiny(char) and _is_in(char, page.bbox)]
    if not white:
        return odd
    under = [
        item for item in (*page.rects, *page.curves) if item.get("fill") and not _is_white(item)
    ]
    under += page.images
    boxes = [(item["x0"], item["top"], item["x1"], item["bottom"]) for item in under]
    seen = {id(char) for char in white if any(_is_in(char, box) for box in boxes)}
    return [char for char in odd if id(char) not in seen]


def _is_odd(char: dict[str, Any], page: tuple[float, float, float, float]) -> bool:
    return _is_tiny(char) or _is_white(char) or not _is_in(char, page)


def _is_tiny(char: dict[str, Any]) -> bool:
    return float(char["size"]) < _LEAST_SIZE


def _is_white(item: dict[str, Any]) -> bool:
    """Whether something is painted white: 1 of grey, 1 1 1 of RGB, 0 0 0 0 of CMYK."""
    found = item.get("non_stroking_color")
    values = [float(one) for one in found] if isinstance(found, list | tuple) else []
    if len(values) == _CMYK:
        return max(values) < 1 - _WHITE
    return bool(values) and min(values) > _WHITE


def _is_unmapped(chars: Sequence[dict[str, Any]]) -> bool:
    unmapped: int = sum(char["text"].startswith("(cid:") for char in chars)
    return unmapped > MAX_UNMAPPED * len(chars)


def _line(found: dict[str, Any], page: int) -> _Line:
    return _Line(
        text=printed(found["text"]),
        left=float(found["x0"]),
        right=float(found["x1"]),
        top=float(found["top"]),
        bottom=float(found["bottom"]),
        page=page,
    )


def _is_in(item: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    if item.get("object_type") != "char":
        return False
    across = float(item["x0"] + item["x1"]) / 2
    down = float(item["top"] + item["bottom"]) / 2
    return box[0] <= across <= box[2] and box[1] <= down <= box[3]


def _outermost(tables: list[FoundTable]) -> list[FoundTable]:
    def holds(outer: FoundTable, inner: FoundTable) -> bool:
        (a, b, c, d), (e, f, g, h) = outer.bbox, inner.bbox
        return outer is not inner and a <= e and b <= f and c >= g and d >= h

    return [table for table in tables if not any(holds(other, table) for other in tables)]


def _grid(table: FoundTable) -> Grid:
    """The cells of a table; a cell over several of its columns or rows is a merged area."""
    columns = _edges(cell[0] for cell in table.cells)
    rows = _edges(cell[1] for cell in table.cells)
    texts = [[""] * len(columns) for _ in rows]
    merges: list[Merge] = []
    for row, words in zip(table.rows, table.extract(), strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            if cell is None:
                continue
            area = Merge(
                top=_place(cell[1], rows),
                left=_place(cell[0], columns),
                bottom=_place(cell[3] - 2 * _EDGE, rows),
                right=_place(cell[2] - 2 * _EDGE, columns),
            )
            merges.append(area)
            texts[area.top][area.left] = text or ""
    return make_grid(texts, merges)


def _edges(values: Iterable[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _EDGE:
            found.append(value)
    return found


def _place(value: float, edges: list[float]) -> int:
    """The last edge that is not beyond a value."""
    return max((at for at, edge in enumerate(edges) if edge <= value + _EDGE), default=0)


# --- paragraphs -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """How the text of a document is set: its margins and the usual gap between lines."""

    left: float
    right: float
    gap: float


def _shape(pages: list[list[_Line]]) -> _Shape:
    lines = [line for page in pages for line in page]
    gaps = [
        below.top - above.bottom
        for page in pages
        for above, below in pairwise(page)
        if below.top > above.top
    ]
    if not lines:
        return _Shape(left=0, right=0, gap=0)
    rights = sorted(line.right for line in lines)
    lefts = sorted(line.left for line in lines)
    return _Shape(
        left=lefts[len(lefts) // 10],
        right=rights[-1 - len(rights) // 50],  # a few lines may stick out
        gap=median(gaps) if gaps else 0,
    )


@dataclass(slots=True, kw_only=True)
class _Composer:
    """Puts lines and tables together in reading order, over the ends of pages."""

    shape: _Shape
    found: list[Block] = field(default_factory=list)
    lines: list[_Line] = field(default_factory=list)
    frame: _Frame | None = None

    def blocks(self, pages: list[list[_Line]], frames: list[tuple[_Frame, ...]]) -> list[Block]:
        """The blocks of all pages."""
        for lines, tables in zip(pages, frames, strict=True):
            for item in _in_order(lines, tables):
                if isinstance(item, _Frame):
                    self.close_lines()
                    self.add_table(item)
                else:
                    self.close_table()
                    self.add_line(item)
        self.close_lines()
        self.close_table()
        return self.found

    def add_line(self, line: _Line) -> None:
        """Go on with the paragraph, or begin one."""
        if self.lines and self.begins(self.lines, line):
            self.close_lines()
        self.lines.append(line)

    def add_table(self, frame: _Frame) -> None:
        """Go on with the table that the page before ended with, or begin one."""
        above = self.frame
        if above is not None and _goes_on(above, frame):
            grid = append(above.grid, frame.grid)
            self.frame = replace(above, grid=grid, last_page=frame.page)
            return
        self.close_table()
        self.frame = frame

    def close_lines(self) -> None:
        """Turn the lines into a paragraph."""
        if self.lines:
            text = " ".join(line.text for line in self.lines)
            page = self.lines[0].page
            self.found.append(Block(kind=BlockKind.PARAGRAPH, text=printed(text), page=page))
            self.lines = []

    def close_table(self) -> None:
        """Put the table down."""
        if self.frame is not None:
            self.found = place_table(self.found, self.frame.grid, page=self.frame.page)
            self.frame = None

    def begins(self, above: list[_Line], line: _Line) -> bool:
        """Whether a line begins a paragraph after the lines above it."""
        last = above[-1]
        if begins_part(line.text) or abs(last.height - line.height) > _SAME_SIZE:
            return True
        if last.page != line.page:
            return ends_sentence(last.text) or self.is_short(last)
        if line.top - last.bottom > self.shape.gap + _GAP * line.height:
            return True
        if self.is_short(last):
            return ends_sentence(last.text) or not line.text[0].islower()
        return line.left > self.shape.left + INDENT and line.left > last.left + INDENT

    def is_short(self, line: _Line) -> bool:
        """Whether a line ends well before the right margin."""
        width = self.shape.right - self.shape.left
        return line.right < self.shape.left + SHORT_LINE * width


def _in_order(lines: list[_Line], frames: tuple[_Frame, ...]) -> list[_Line | _Frame]:
    items: list[_Line | _Frame] = [*lines, *frames]
    return sorted(items, key=lambda item: item.top)


def _goes_on(above: _Frame, frame: _Frame) -> bool:
    """Whether a table at the top of a page is the rest of the one that ended the page before."""
    width = len(above.grid.rows[0])
    return frame.page == above.last_page + 1 and width == len(frame.grid.rows[0]) and width > 1
