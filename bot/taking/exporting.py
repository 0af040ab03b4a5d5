"""Figures as a file to take away: a workbook or a comma-separated table, never a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from io import BytesIO, StringIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.saying.render import citation_json, figure_json
from knowledge.errors import ExternalError, UsageError
from knowledge.model import Citation, Figure
from knowledge.vietnamese.text import bare_key

COLUMNS = (
    "indicator", "subject", "value", "value_max", "comparator", "unit", "place", "period", "kind",
    "document", "source", "quote",
)  # fmt: skip
SOURCE_COLUMNS = ("title", "number", "locator", "page", "source", "document", "quote")
Table = tuple[tuple[str, ...], Sequence[Sequence[object]]]  # columns and rows of a sheet
_WIDTHS = {"title": 60, "indicator": 42, "subject": 24, "quote": 80, "source": 32, "question": 80}
_NO_NAME = re.compile("[^a-z0-9]+")
_WORDS_OF_NAME = 8
# what a spreadsheet runs when a cell begins with it; an East Asian one the wide signs too
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def write_figures(
    figures: Sequence[Figure], file: Path, citations: Sequence[Citation] = ()
) -> None:
    """Write figures into a file; its columns are the fields of a figure in JSON.

    Raises:
        UsageError: the file is neither .xlsx nor .csv.
        ExternalError: it cannot be written.
    """
    match file.suffix.lower():
        case ".csv":
            data = csv_table(figures)
        case ".xlsx":
            data = workbook(figures, citations)
        case _:
            raise UsageError(f"{file.name!r}: expected a name that ends in .xlsx or .csv")
    try:
        file.write_bytes(data)
    except OSError as error:
        raise ExternalError(f"cannot write {file}: {error.strerror}") from error


def table_name(figures: Sequence[Figure]) -> str:
    """Return a name of plain letters for a workbook: "so-lieu-tong-so-htx.xlsx"."""
    words = _NO_NAME.sub(" ", bare_key(figures[0].indicator)).split()[:_WORDS_OF_NAME]
    return "-".join(["so-lieu", *words]) + ".xlsx"


def csv_table(figures: Sequence[Figure]) -> bytes:
    """Return figures as comma-separated text that Excel opens with all its letters."""
    stream = StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    writer.writerows([_plain(value) for value in row] for row in _rows(figures))
    return stream.getvalue().encode("utf-8-sig")  # the mark is for Excel


def workbook(figures: Sequence[Figure], citations: Sequence[Citation] = ()) -> bytes:
    """Return figures as a workbook; its second sheet quotes the sources, if there are any."""
    parts: dict[str, Table] = {"figures": (COLUMNS, _rows(figures))}
    if citations:
        rows = [[citation_json(one)[column] for column in SOURCE_COLUMNS] for one in citations]
        parts["sources"] = (SOURCE_COLUMNS, rows)
    return sheets(parts)


def sheets(parts: Mapping[str, Table]) -> bytes:
    """Return tables as the sheets of a workbook, by their names; no text in it is a formula."""
    book = Workbook()
    for empty in list(book.worksheets):
        book.remove(empty)
    for name, (columns, rows) in parts.items():
        _fill(book.create_sheet(name), columns, rows)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _rows(figures: Sequence[Figure]) -> list[list[object]]:
    return [[figure_json(one)[column] for column in COLUMNS] for one in figures]


def _plain(value: object) -> object:
    """Return a value as a cell of text; what a spreadsheet would run is marked as text.

    A sign alone, as the comparator "=", is nothing to run.
    """
    if isinstance(value, str) and len(value) > 1 and value.lstrip(" ").startswith(_FORMULA):
        return f"'{value}"
    return value


def _fill(sheet: Worksheet, columns: tuple[str, ...], rows: Sequence[Sequence[object]]) -> None:
    sheet.append(columns)
    for line, row in enumerate(rows, start=2):
        for place, value in enumerate(row, start=1):
            cell = sheet.cell(row=line, column=place)
            if isinstance(value, str):  # a text stays one whatever it begins with
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
                cell.data_type = "s"
            elif isinstance(value, int | float):
                cell.value = value
    for number, column in enumerate(columns, start=1):
        sheet.cell(row=1, column=number).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(column, 14)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
