"""The text of a document as one string, and its lines with their exact places in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ingest.reading import Block, BlockKind, Table, TableRow

CELL_MARK = " | "  # between the cells of a table row, in the document's text and in a quotation


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a document's text: a heading, a paragraph, a list item or a table row.

    Attributes:
        text: as printed; one stretch without line ends.
        start: offset in the document's text, in characters.
        page: 1-based page, None where the format has none.
        level: 1 for the highest heading, 0 for no heading.
        table: the table that a row, a caption or a header line belongs to, else None.
        row: the row; None for a caption, a header line and for all that is no table.
    """

    text: str
    start: int
    page: int | None = None
    level: int = 0
    table: Table | None = None
    row: TableRow | None = None

    @property
    def end(self) -> int:
        """Offset behind the last character."""
        return self.start + len(self.text)


def row_text(row: TableRow) -> str:
    """Return a table row as it is quoted: its filled cells, from left to right."""
    return CELL_MARK.join(cell for cell in row.cells if cell)


def lay_out(blocks: Iterable[Block]) -> tuple[str, tuple[Line, ...]]:
    """Return the document's text and its lines; the text is the lines, joined by line ends."""
    lines: list[Line] = []
    place = 0
    for block in blocks:
        for line in _lines_of(block):
            if line.text:
                lines.append(
                    Line(
                        text=line.text,
                        start=place,
                        page=line.page,
                        level=line.level,
                        table=line.table,
                        row=line.row,
                    )
                )
                place += len(line.text) + 1
    return "\n".join(line.text for line in lines), tuple(lines)


def _lines_of(block: Block) -> list[Line]:
    table = block.table
    if block.kind is not BlockKind.TABLE or table is None:
        return [Line(text=block.text, start=0, page=block.page, level=block.level)]
    header = CELL_MARK.join(cell for cell in table.headers if cell)
    lines = [
        Line(text=text, start=0, page=block.page, table=table) for text in (table.caption, header)
    ]
    return lines + [
        Line(text=row_text(row), start=0, page=block.page, table=table, row=row)
        for row in table.rows
    ]
