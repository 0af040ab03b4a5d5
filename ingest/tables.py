"""Tables: which rows are the header, what a merged cell says, which line over it is the caption.

A reader hands over a `Grid`, the cells as printed with the merged areas; everything here is a
plain function on it, the same for every format. The rules come from the appendices of Vietnamese
reports: headers of several rows, a row of column numbers, a unit line at the right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ingest.pages import paragraphs
from ingest.reading import Block, BlockKind, Table, TableRow
from knowledge.vietnamese.text import printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAX_HEADER_ROWS = 6
"""More rows of header than this were never met: a taller merged cell belongs to the body."""
MAX_HEADER_CHARS = 250
"""A first row with a longer cell is text, not a header."""
MAX_CAPTION_CHARS = 300
JOINER = " > "

_NUMBER = re.compile(r"[-+−–(]?\s*\d[\d.,\s]*%?\s*\)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_UNIT_WORDS = frozenset(
    {
        *("%", "HTX", "LHHTX", "THT", "QTDND", "ha", "m2", "tấn", "kg", "người", "hộ", "tổ", "xã"),
        *("thành viên", "lao động", "hợp tác xã", "tổ hợp tác", "đồng", "nghìn đồng"),
        *("triệu đồng", "tỷ đồng", "tỉ đồng"),
    }
)
_IN_BRACKETS = re.compile(r"\([^()\d][^()]{0,30}\)")
_UNIT_LINE = re.compile(r"\(?\s*(?:ĐVT|đơn vị(?:\s+tính)?)\s*[:.]", re.IGNORECASE)
_CAPTION_LINE = re.compile(r"(?:bảng|biểu|phụ biểu|table)\b", re.IGNORECASE)
_NOTE_LINE = re.compile(r"(?:ghi chú|nguồn|chú thích|lưu ý)\b|\(?\*", re.IGNORECASE)
_LETTERHEAD = re.compile(
    r"độc lập\s*[-–—]\s*tự do|cộng h(?:òa|oà) xã hội|^nơi nhận\s*:", re.IGNORECASE
)
_LETTERHEAD_ROWS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """A merged area; rows and columns count from 0, the ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table as it stands on paper.

    Attributes:
        rows: the cells, all rows of one length, a cell's lines apart; the cells that a merged area
            covers are "" but for its first.
        merges: the merged areas.
        numbers: the rows' 1-based numbers in the sheet; empty where there is no sheet.
        header_rows: how many rows the format itself marks as header; None when it does not say.
    """

    rows: tuple[tuple[str, ...], ...]
    merges: tuple[Merge, ...] = ()
    numbers: tuple[int, ...] = ()
    header_rows: int | None = None


def make_grid(
    rows: Iterable[Iterable[str]],
    merges: Iterable[Merge] = (),
    numbers: Iterable[int] = (),
    *,
    header_rows: int | None = None,
) -> Grid:
    """A grid of cells as printed; short rows are filled up with empty cells."""
    cells = [[_clean_lines(cell) for cell in row] for row in rows]
    width = max(map(len, cells), default=0)
    square = tuple(tuple(row + [""] * (width - len(row))) for row in cells)
    wide = (m for m in merges if m.bottom > m.top or m.right > m.left)
    inside = (
        Merge(
            top=m.top,
            left=m.left,
            bottom=min(m.bottom, len(square) - 1),
            right=min(m.right, width - 1),
        )
        for m in wide
        if 0 <= m.top < len(square) and 0 <= m.left < width
    )
    return Grid(rows=square, merges=tuple(inside), numbers=tuple(numbers), header_rows=header_rows)


def build_table(grid: Grid, *, caption: str = "", sheet: str | None = None) -> Table:
    """The table with its header told apart; title rows inside the grid go to the caption."""
    titles, grid = split_titles(_one_line_cells(grid))
    height = header_height(grid)
    headers = header_texts(grid, height)
    body = body_rows(grid, height)
    kept = _kept_columns(headers, body)
    return Table(
        caption="\n".join(line for line in (caption, *titles) if line),
        headers=tuple(headers[at] for at in kept),
        rows=tuple(
            TableRow(number=row.number, cells=tuple(row.cells[at] for at in kept)) for row in body
        ),
        sheet=sheet,
    )


def place_table(
    before: Sequence[Block], grid: Grid, *, caption: str = "", page: int | None = None
) -> list[Block]:
    """The blocks up to and with a table: its caption taken from the lines over it.

    A table that only sets text side by side (a letterhead, a frame) becomes paragraphs.
    """
    if is_layout(grid):
        lines = [line for row in grid.rows for cell in row for line in cell.splitlines()]
        return [*before, *(Block(kind=BlockKind.PARAGRAPH, text=line, page=page) for line in lines)]
    over, kept = take_caption(before)
    table = build_table(grid, caption="\n".join(line for line in (over, caption) if line))
    return [*before[:kept], Block(kind=BlockKind.TABLE, table=table, page=page)]


def take_caption(before: Sequence[Block]) -> tuple[str, int]:
    """The caption over a table, and how many of the blocks before it are not part of it.

    The unit line ("Đơn vị tính: HTX") and the line that names the table ("Bảng 2. …"); a heading
    that names it is repeated in the caption and stays.
    """
    kept, unit = len(before), ""
    if kept and _is_paragraph(before[-1]) and is_unit_line(before[-1].text):
        kept, unit = kept - 1, before[-1].text
    if not kept:
        return unit, kept
    last = before[kept - 1]
    named = _CAPTION_LINE.match(last.text) is not None and len(last.text) <= MAX_CAPTION_CHARS
    if named and last.kind is BlockKind.HEADING:
        return "\n".join(filter(None, (last.text, unit))), kept
    if named and _is_paragraph(last):
        return "\n".join(filter(None, (last.text, unit))), kept - 1
    return unit, kept


def is_unit_line(text: str) -> bool:
    """Whether a line gives the unit of a whole table."""
    return _UNIT_LINE.match(text) is not None and len(text) <= MAX_CAPTION_CHARS


def is_note_line(text: str) -> bool:
    """Whether a line under a table explains it ("Ghi chú: …", "Nguồn: …", "(*) …")."""
    return _NOTE_LINE.match(text) is not None


def is_layout(grid: Grid) -> bool:
    """Whether a table has nothing of a table: one row, one column, or a letterhead."""
    filled_rows = sum(any(row) for row in grid.rows)
    filled_columns = sum(any(column) for column in zip(*grid.rows, strict=True))
    if filled_rows <= 1 or filled_columns <= 1:
        return True
    short = len(grid.rows) <= _LETTERHEAD_ROWS
    return short and any(is_letterhead(row) for row in grid.rows)


def is_letterhead(row: Sequence[str]) -> bool:
    """Whether a row is of the frame of an official letter (national motto, recipients)."""
    return any(_LETTERHEAD.search(cell) for cell in row)


def split_titles(grid: Grid) -> tuple[tuple[str, ...], Grid]:
    """The title and unit lines in the first rows of a grid, and the rest."""
    count = 0
    while count < len(grid.rows) - 1 and _is_title(grid, count):
        count += 1
    titles = tuple("".join(grid.rows[at]) for at in range(count))
    return tuple(filter(None, titles)), cut(grid, count, len(grid.rows))


def split_notes(grid: Grid) -> tuple[Grid, tuple[str, ...]]:
    """The grid without the explaining lines in its last rows, and these lines."""
    end = len(grid.rows)
    while end > 1 and _is_note(grid, end - 1):
        end -= 1
    return cut(grid, 0, end), tuple("".join(row) for row in grid.rows[end:])


def cut(grid: Grid, start: int, end: int) -> Grid:
    """The rows from `start` up to `end` as a grid of their own."""
    if start == 0 and end == len(grid.rows):
        return grid
    merges = (
        Merge(
            top=max(m.top, start) - start,
            left=m.left,
            bottom=min(m.bottom, end - 1) - start,
            right=m.right,
        )
        for m in grid.merges
        if m.bottom >= start and m.top < end
    )
    marked = None if grid.header_rows is None else max(0, grid.header_rows - start) or None
    numbers = grid.numbers or tuple(range(1, len(grid.rows) + 1))
    return Grid(
        rows=grid.rows[start:end],
        merges=tuple(m for m in merges if m.bottom > m.top or m.right > m.left),
        numbers=numbers[start:end],
        header_rows=marked,
    )


def append(first: Grid, second: Grid) -> Grid:
    """One grid of two parts of a table; header rows that the second repeats are left out."""
    height = header_height(first)
    repeats = bool(height) and second.rows[:height] == first.rows[:height]
    rest = cut(second, height, len(second.rows)) if repeats else second
    down = len(first.rows)
    moved = (
        Merge(top=m.top + down, left=m.left, bottom=m.bottom + down, right=m.right)
        for m in rest.merges
    )
    return Grid(
        rows=first.rows + rest.rows,
        merges=first.merges + tuple(moved),
        numbers=first.numbers + rest.numbers if first.numbers and second.numbers else (),
        header_rows=first.header_rows,
    )


def header_height(grid: Grid) -> int:
    """How many of the first rows are the header; 0 when the table begins with its body."""
    if not grid.rows:
        return 0
    height = grid.header_rows or int(_may_be_header(grid.rows[0]))
    while 0 < height < min(len(grid.rows), MAX_HEADER_ROWS) and _is_header_row(grid, height):
        height += 1
    return min(height, len(grid.rows))


def header_texts(grid: Grid, height: int) -> tuple[str, ...]:
    """The header of each column: its cells from top to bottom, a repeated one said once."""
    rows = [list(row) for row in grid.rows[:height]]
    for merge in _header_merges(grid, height):
        for at in range(merge.top, min(merge.bottom, height - 1) + 1):
            for column in range(merge.left, merge.right + 1):
                rows[at][column] = grid.rows[merge.top][merge.left]
    if not rows:
        return ("",) * (len(grid.rows[0]) if grid.rows else 0)
    return tuple(JOINER.join(_without_repeats(column)) for column in zip(*rows, strict=True))


def body_rows(grid: Grid, height: int) -> tuple[TableRow, ...]:
    """The rows under the header, empty ones left out.

    A cell merged over several rows is repeated in each, so that every row says whose it is; one
    merged over several columns stands in the first of them only.
    """
    rows = [list(row) for row in grid.rows]
    for merge in grid.merges:
        for at in range(max(merge.top, height), merge.bottom + 1):
            rows[at][merge.left] = grid.rows[merge.top][merge.left] if merge.top >= height else ""
    numbers = grid.numbers or range(1, len(rows) + 1)
    return tuple(
        TableRow(number=number, cells=tuple(row))
        for number, row in zip(numbers[height:], rows[height:], strict=True)
        if any(row)
    )


def is_number(cell: str) -> bool:
    """Whether a cell is a number and nothing else; a year is a name, not a number."""
    return _NUMBER.fullmatch(cell) is not None and _YEAR.fullmatch(cell) is None


def is_column_numbers(row: Sequence[str]) -> bool:
    """Whether a row numbers the columns: "(1) (2) (3)", "A B 1 2", "1 2 3=1+2"."""
    cells = [cell for cell in row if cell]
    bare = not all(cell.startswith(("(", "[")) for cell in cells)
    if len(cells) < (3 if bare else 2) or (bare and len(cells) < len(row)):
        return False
    cores = [re.split("[=:]", cell)[0].strip("()[] ") for cell in cells]
    letters = sum(core.isalpha() for core in cores)
    expected = [chr(ord("A") + at) for at in range(letters)]
    expected += [str(at + 1) for at in range(len(cores) - letters)]
    return letters < len(cores) and [core.upper() for core in cores] == expected


def is_units(row: Sequence[str]) -> bool:
    """Whether a row gives only the units of the columns: "(HTX)", "triệu đồng", "%"."""
    cells = [cell for cell in row if cell]
    if all(_IN_BRACKETS.fullmatch(cell) for cell in cells):
        return bool(cells)
    words = [cell.strip("() ") for cell in cells]
    return len(words) > 1 and all(
        word in _UNIT_WORDS or word.lower() in _UNIT_WORDS for word in words
    )


def _clean_lines(cell: str) -> str:
    return "\n".join(paragraphs(cell.splitlines())) if "\n" in cell else printed(cell)


def _one_line_cells(grid: Grid) -> Grid:
    rows = tuple(tuple(cell.replace("\n", " ") for cell in row) for row in grid.rows)
    return replace(grid, rows=rows)


def _is_paragraph(block: Block) -> bool:
    return block.kind is BlockKind.PARAGRAPH


def _is_title(grid: Grid, at: int) -> bool:
    """An empty row, or one cell alone that is no group header: at the left, or the unit line."""
    filled = [column for column, cell in enumerate(grid.rows[at]) if cell]
    if len(filled) != 1 or len(grid.rows[at]) == 1:
        return not filled
    column = filled[0]
    if any(m.top <= at < m.bottom for m in grid.merges):
        return False  # the columns beside it are empty because a cell reaches down from above
    cell = grid.rows[at][column]
    last = max((m.right for m in grid.merges if m.top == at and m.left == column), default=column)
    whole = column == 0 and last in (0, len(grid.rows[at]) - 1)
    return whole or is_unit_line(cell) or _CAPTION_LINE.match(cell) is not None


def _is_note(grid: Grid, at: int) -> bool:
    filled = [column for column, cell in enumerate(grid.rows[at]) if cell]
    if len(filled) != 1 or len(grid.rows[at]) == 1:
        return False
    cell = grid.rows[at][filled[0]]
    width = len(grid.rows[at])
    whole = any(m.top == at and m.left == 0 and m.right == width - 1 for m in grid.merges)
    return is_note_line(cell) or whole


def _may_be_header(row: Sequence[str]) -> bool:
    if is_column_numbers(row):
        return True
    cells = [cell for cell in row if cell]
    return bool(cells) and not any(
        is_number(cell) or len(cell) > MAX_HEADER_CHARS for cell in cells
    )


def _is_header_row(grid: Grid, at: int) -> bool:
    """Whether row `at`, under a header row, is one more."""
    if _reached_from_above(grid, at):
        return True
    if at >= len(grid.rows) - 1:
        return False
    row = grid.rows[at]
    if is_column_numbers(row):
        return not _counts_on(row, grid.rows[at + 1])
    return is_units(row) or _under_group(grid, at) or _fills_gaps(grid, at)


def _reached_from_above(grid: Grid, at: int) -> bool:
    return any(m.top < at <= m.bottom and m.bottom - m.top < MAX_HEADER_ROWS for m in grid.merges)


def _counts_on(row: Sequence[str], below: Sequence[str]) -> bool:
    """Whether "1 2 3" is only the first row of a body whose second row begins with 2."""
    return row[0] == "1" and below[0] == "2"


def _under_group(grid: Grid, at: int) -> bool:
    """Whether a header cell over several columns ends above, so that their names come here."""
    row = grid.rows[at]
    groups = [m for m in grid.merges if m.bottom == at - 1 and m.right > m.left]
    under = [row[column] for m in groups for column in range(m.left, m.right + 1)]
    return any(under) and not any(is_number(cell) for cell in row)


def _fills_gaps(grid: Grid, at: int) -> bool:
    """The same without merged areas: this row's cells stand where the row above has none."""
    if grid.merges or any(is_number(cell) for cell in grid.rows[at]):
        return False
    above, row = grid.rows[at - 1], grid.rows[at]
    gaps = [column for column, cell in enumerate(above) if not cell]
    if not gaps or not above[0] or all(row):
        return False
    named = all(cell or above[column] for column, cell in enumerate(row))
    return named and all(row[column] for column in gaps)


def _header_merges(grid: Grid, height: int) -> list[Merge]:
    if grid.merges:
        return [m for m in grid.merges if m.top < height]
    return [
        Merge(top=at, left=_filled_to_the_left(grid.rows[at], column), bottom=at, right=column)
        for at in range(height - 1)
        for column in range(1, len(grid.rows[at]))
        if not grid.rows[at][column] and grid.rows[at + 1][column]
    ]


def _filled_to_the_left(row: Sequence[str], column: int) -> int:
    return next((at for at in range(column, -1, -1) if row[at]), column)


def _without_repeats(column: Sequence[str]) -> list[str]:
    cells = [cell for cell in column if cell]
    return [cell for at, cell in enumerate(cells) if at == 0 or cell != cells[at - 1]]


def _kept_columns(headers: Sequence[str], body: Sequence[TableRow]) -> list[int]:
    """The columns that say something: not those of a frame, nor the rest of a wide cell."""
    return [
        at
        for at, header in enumerate(headers)
        if any(row.cells[at] for row in body) or (header and (at == 0 or header != headers[at - 1]))
    ]
