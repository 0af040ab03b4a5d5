"""Excel workbooks (.xlsx): every visible sheet, its tables and the lines around them."""

from __future__ import annotations

import re
import warnings
import zipfile
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
from openpyxl.styles.numbers import is_date_format
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from ingest.readers import translated
from ingest.reading import Block, BlockKind, Format, Reading
from ingest.tables import (
    MAX_HEADER_ROWS,
    Grid,
    Merge,
    append,
    build_table,
    cut,
    header_height,
    is_layout,
    is_letterhead,
    is_note_line,
    make_grid,
    split_notes,
)
from knowledge.errors import DocumentFault, UnreadableDocumentError
from knowledge.vietnamese.text import printed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.worksheet.worksheet import Worksheet

MAX_MERGED_CELLS = 2_000_000
"""Cells in merged areas of a workbook; openpyxl makes an object of each."""
MAX_CAPTION_LINES = 5
"""More lines of text than this over a table are text, not its caption."""

_MERGE_REF = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})\""
)
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_QUOTED = re.compile(r"\"([^\"]*)\"|\\(.)")
_IGNORED = re.compile(r"\[[^\]]*\]|[_*].")
_DIGIT_SIGNS = re.compile(r"[#0?][#0?,. ]*")
_SIGNIFICANT_DIGITS = 10  # what Excel shows of a number without a format


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """A sheet in plain values: the cells that are not empty, by (row, column) from 1."""

    name: str
    cells: dict[tuple[int, int], str]
    merges: tuple[Merge, ...]
    hidden: int = 0  # rows and columns with cells


def read(data: bytes) -> Reading:
    """The tables of every visible sheet, and the lines over and under them, in order.

    Raises:
        UnreadableDocumentError: DAMAGED, or TOO_LARGE for merged areas beyond reason.
    """
    with translated("xlsx"):
        _refuse_vast_merges(data)
    with translated("xlsx", InvalidFileException), warnings.catch_warnings():
        # openpyxl warns of what it does not keep (drawings, validations): nothing that is read
        warnings.filterwarnings("ignore", module=r"openpyxl\.")
        workbook = openpyxl.load_workbook(BytesIO(data), data_only=True)
        visible = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
        sheets = [_sheet(sheet) for sheet in visible]
        title = printed(workbook.properties.title or "")
        unsaved = _formulas_without_value(data, sheets)
    notes = [
        f"bỏ trang tính ẩn: {sheet.title}" for sheet in workbook.worksheets if sheet not in visible
    ]
    if hidden := sum(sheet.hidden for sheet in sheets):
        notes.append(f"bỏ {hidden} hàng, cột ẩn")
    if unsaved:
        notes.append(f"{unsaved} ô công thức không có giá trị đã lưu")
    blocks = tuple(block for sheet in sheets for block in _sheet_blocks(sheet))
    return Reading(format=Format.XLSX, blocks=blocks, title=title, notes=tuple(notes))


def _refuse_vast_merges(data: bytes) -> None:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        refs = [
            ref.decode()
            for name in archive.namelist()
            if name.startswith("xl/worksheets/") and name.endswith(".xml")
            for ref in _MERGE_REF.findall(archive.read(name))
        ]
    if sum(_area(ref) for ref in refs) > MAX_MERGED_CELLS:
        raise UnreadableDocumentError(DocumentFault.TOO_LARGE, "xlsx")


def _area(ref: str) -> int:
    left, top, right, bottom = (int(bound or 0) for bound in range_boundaries(ref))
    return (right - left + 1) * (bottom - top + 1)


def _formulas_without_value(data: bytes, sheets: list[_Sheet]) -> int:
    """How many formulas were saved without a result, as programs other than Excel do."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        pages = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        if not any(_FORMULA.search(archive.read(name)) for name in pages):
            return 0
    workbook = openpyxl.load_workbook(BytesIO(data))
    return sum(
        cell.data_type == "f" and place not in sheet.cells
        for sheet in sheets
        for place, cell in workbook[sheet.name]._cells.items()  # noqa: SLF001  (see `_sheet`)
    )


def _sheet(sheet: Worksheet) -> _Sheet:
    # The public ways to the cells fill the sheet up to its last formatted row, which may be the
    # millionth; the cells that exist are only in `_cells`.
    texts = {
        place: printed(cell_text(cell.value, cell.number_format))
        for place, cell in sorted(sheet._cells.items())  # noqa: SLF001
        if cell.value is not None
    }
    rows, columns = _hidden(sheet)
    unseen = {at for at in texts if at[0] in rows or at[1] in columns}
    texts = {at: text for at, text in texts.items() if at not in unseen}
    merges = tuple(
        Merge(top=area.min_row, left=area.min_col, bottom=area.max_row, right=area.max_col)
        for area in sheet.merged_cells.ranges
    )
    return _Sheet(
        name=sheet.title,
        cells={at: text for at, text in texts.items() if text},
        merges=merges,
        hidden=len({row for row, _ in unseen} & rows)
        + len({column for _, column in unseen} & columns),
    )


def _hidden(sheet: Worksheet) -> tuple[set[int], set[int]]:
    """The rows and columns that a sheet does not show; rows that a filter hides are its data."""
    filtered = sheet.auto_filter.ref is not None
    rows = {number for number, row in sheet.row_dimensions.items() if row.hidden and not filtered}
    columns = {
        number
        for column in sheet.column_dimensions.values()
        if column.hidden
        for number in range(column.min or 0, (column.max or -1) + 1)
    }
    return rows, columns


# --- cells as printed -------------------------------------------------------------------------


def cell_text(value: object, number_format: str) -> str:
    """A cell as Excel prints it on a Vietnamese computer: "1.234,5", "12,5%", "31/12/2023".

    Args:
        value: the cell's value.
        number_format: its format code ("#,##0.0", "0%", "dd/mm/yyyy", "General").
    """
    if value is None or re.fullmatch(r"\s*;\s*;\s*;?\s*", number_format):  # ";;;" shows nothing
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number_text(Decimal(repr(value)), number_format)
    if isinstance(value, date):
        return _date_text(value, number_format)
    return value.strftime("%H:%M") if isinstance(value, time) else str(value)


def _date_text(value: date, number_format: str) -> str:
    code = _IGNORED.sub("", _QUOTED.sub("", number_format)).lower()
    if "d" in code or "y" not in code:
        text = f"{value:%d/%m/}{value.year:04d}"
    else:
        text = f"{value:%m/}{value.year:04d}" if "m" in code else f"{value.year:04d}"
    return f"{text} {value:%H:%M}" if isinstance(value, datetime) and "h" in code else text


def _number_text(value: Decimal, number_format: str) -> str:
    if not value.is_finite():
        return str(value)
    code = _section(value, number_format)
    bare = _IGNORED.sub("", _QUOTED.sub("", code))
    digits = _DIGIT_SIGNS.search(bare)
    if digits is None or "E" in bare.upper() or "/" in bare or is_date_format(code):
        return _general(value)
    shown = value * 100 if "%" in bare else value
    number = _by_pattern(shown, digits[0].strip())
    before, after = _literals(code)
    return f"{before}{number}{after}"


def _section(value: Decimal, number_format: str) -> str:
    """The part of a format code for positive or for zero values; the sign is put by ourselves."""
    sections = number_format.split(";")
    if value == 0 and len(sections) > 2 and re.search("[0#?]", sections[2]):  # noqa: PLR2004
        return sections[2]
    return sections[0]


def _general(value: Decimal) -> str:
    if value == value.to_integral_value():
        return f"{value:.0f}"
    text = f"{float(value):.{_SIGNIFICANT_DIGITS}g}"
    return text.replace(".", ",") if "e" not in text else text


def _by_pattern(value: Decimal, pattern: str) -> str:
    scale = len(pattern) - len(pattern.rstrip(","))
    whole, _, decimals = pattern.rstrip(",").partition(".")
    places = sum(sign in "0#?" for sign in decimals)
    value = (value / 1000**scale).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    least = whole.count("0") + (places + 1 if places else 0)
    number = f"{value:0{least + (value < 0)}.{places}f}" if least else f"{value:.{places}f}"
    optional = len(decimals) - len(decimals.rstrip("#?"))
    if optional and places:
        number = _without_zeros(number, optional)
    if "," in whole:
        return _grouped(number)
    return number.replace(".", ",")


def _without_zeros(number: str, most: int) -> str:
    cut = len(number) - min(most, len(number) - len(number.rstrip("0")))
    return number[:cut].rstrip(".")


def _grouped(number: str) -> str:
    whole, _, decimals = number.partition(".")
    sign, whole = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ".", whole)
    return sign + grouped + (f",{decimals}" if decimals else "")


def _literals(code: str) -> tuple[str, str]:
    """The words of a format code before and after its digits ('0" tỷ"', "0%")."""
    marked = _QUOTED.sub(lambda found: (found[1] or found[2] or "").translate(_HIDDEN), code)
    plain = _IGNORED.sub("", marked)
    first, last = re.search("[#0?]", plain), re.search(r"[#0?,.][^#0?,.]*$", plain)
    before = plain[: first.start()] if first else ""
    after = plain[last.start() + 1 :] if last else ""
    shown = (part.translate(_SHOWN).replace("General", "") for part in (before, after))
    return next(shown), next(shown)


# Signs of the code that stand inside quoted words are moved aside while the code is taken apart.
_HIDDEN = {ord(sign): 0xE000 + ord(sign) for sign in "#0?,._*[]"}
_SHOWN = {hidden: sign for sign, hidden in _HIDDEN.items()}


# --- tables of a sheet ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Region:
    """Rows of a sheet without an empty row between them."""

    grid: Grid
    left: int
    right: int


def _sheet_blocks(sheet: _Sheet) -> list[Block]:
    blocks: list[Block] = []
    waiting: list[str] = []  # lines that the next table may take as its caption
    for region in _continued(_regions(sheet)):
        frame, grid = _split_letterhead(region.grid)
        waiting.extend(frame)
        if is_layout(grid):
            waiting.extend(_lines(grid))
            continue
        grid, notes = split_notes(grid)
        kept, caption = _split_caption(waiting)
        table = build_table(grid, caption="\n".join(caption), sheet=sheet.name)
        blocks.extend(_paragraph(line) for line in kept)
        blocks.append(Block(kind=BlockKind.TABLE, table=table))
        waiting = list(notes)
    return blocks + [_paragraph(line) for line in waiting]


def _paragraph(line: str) -> Block:
    return Block(kind=BlockKind.PARAGRAPH, text=line)


def _lines(grid: Grid) -> list[str]:
    return [line for row in grid.rows for cell in row for line in cell.splitlines()]


def _split_caption(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines that are text, and the last ones, which name the table under them."""
    start = len(lines)
    while start and len(lines) - start < MAX_CAPTION_LINES and not _ends_caption(lines[start - 1]):
        start -= 1
    return lines[:start], lines[start:]


def _ends_caption(line: str) -> bool:
    return is_note_line(line) or is_letterhead([line]) or line.endswith((".", ";"))


def _split_letterhead(grid: Grid) -> tuple[list[str], Grid]:
    """The words of the official frame in the first rows, and the rest."""
    last = max((at for at, row in enumerate(grid.rows[:4]) if is_letterhead(row)), default=-1)
    return _lines(cut(grid, 0, last + 1)), cut(grid, last + 1, len(grid.rows))


def _regions(sheet: _Sheet) -> Iterator[_Region]:
    rows: dict[int, dict[int, str]] = defaultdict(dict)
    for (row, column), text in sheet.cells.items():
        rows[row][column] = text
    for merge in sheet.merges:  # a row that only merged cells reach into is not empty
        if merge.bottom - merge.top < MAX_HEADER_ROWS and merge.left in rows.get(merge.top, {}):
            for row in range(merge.top, merge.bottom + 1):
                rows[row].update({})
    numbers = sorted(rows)
    start = 0
    for at in range(1, len(numbers) + 1):
        if at == len(numbers) or numbers[at] > numbers[at - 1] + 1:
            yield _region(sheet, {number: rows[number] for number in numbers[start:at]})
            start = at


def _region(sheet: _Sheet, rows: dict[int, dict[int, str]]) -> _Region:
    columns = sorted({column for row in rows.values() for column in row})
    top = min(rows)
    merges = [
        Merge(
            top=m.top - top,
            left=bisect_left(columns, m.left),
            bottom=m.bottom - top,
            right=bisect_right(columns, m.right) - 1,
        )
        for m in sheet.merges
        if m.left in rows.get(m.top, {})
    ]
    cells = [[row.get(column, "") for column in columns] for row in rows.values()]
    return _Region(grid=make_grid(cells, merges, rows), left=columns[0], right=columns[-1])


def _continued(regions: Iterator[_Region]) -> list[_Region]:
    """The regions, one that has the columns of the region above and no header added to it."""
    found: list[_Region] = []
    for region in regions:
        above = found[-1] if found else None
        if above is not None and _continues(above, region):
            found[-1] = replace(above, grid=append(above.grid, region.grid))
        else:
            found.append(region)
    return found


def _continues(above: _Region, region: _Region) -> bool:
    same = (above.left, above.right) == (region.left, region.right)
    width = len(region.grid.rows[0])
    if not same or width != len(above.grid.rows[0]) or width == 1:
        return False
    return header_height(region.grid) == 0
