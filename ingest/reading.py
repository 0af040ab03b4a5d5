"""What every reader returns: a document as a sequence of blocks, in reading order.

A reader turns bytes into blocks and decides nothing about meaning: what is a law, where an
article begins or which line is boilerplate is found later, the same way for every format.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Format(StrEnum):
    """A file format that can be read, named by its usual extension."""

    TXT = "txt"
    MD = "md"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"


class BlockKind(StrEnum):
    """What a block is to the eye of a reader."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One body row of a table.

    Attributes:
        number: the row's 1-based number in the sheet, or in the table where there is no sheet.
        cells: the cells as printed, one a column of the table; "" for an empty one.
    """

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table whose header has been told apart from its body.

    Attributes:
        caption: the line over the table that names it, with its unit line; "" when there is none.
        headers: one a column; the rows of a header of several rows are joined by " > ", a merged
            header cell is repeated over the columns that it covers; "" for a column without one.
        rows: the body, total rows included, in order.
        sheet: the sheet's name in a workbook, else None.
    """

    caption: str
    headers: tuple[str, ...]
    rows: tuple[TableRow, ...]
    sheet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One heading, paragraph, list item or table.

    Attributes:
        text: the text as printed, lines of one paragraph joined by one space; a list item carries
            its printed mark ("1.", "a)", "-"); "" for a table.
        level: 1 for the highest heading, 0 for anything that is not a heading.
        page: 1-based page where the block begins; None where the format has no pages.
    """

    kind: BlockKind
    text: str = ""
    level: int = 0
    page: int | None = None
    table: Table | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A file, read.

    Attributes:
        title: what the format itself calls it (html `<title>`, docx property); "" if nothing.
        pages: number of pages; None where the format has none.
        notes: what was left out and why, for the ingestion report ("trang 3 không có chữ").
    """

    format: Format
    blocks: tuple[Block, ...]
    title: str = ""
    pages: int | None = None
    notes: tuple[str, ...] = ()
