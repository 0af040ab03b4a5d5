"""Figures as a file to take away: a workbook or a comma-separated table, never a formula."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from bot.render import figure_json
from knowledge.errors import ExternalError, UsageError
from knowledge.model import Figure

COLUMNS = (
    "indicator", "subject", "value", "value_max", "comparator", "unit", "place", "period", "kind",
    "document", "source", "quote",
)  # fmt: skip
_WIDTHS = {"indicator": 42, "subject": 24, "quote": 80, "source": 32}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet runs when a cell begins with it


def write_figures(figures: Sequence[Figure], file: Path) -> None:
    """Write figures into a file; its columns are the fields of a figure in JSON.

    Raises:
        UsageError: the file is neither .xlsx nor .csv.
        ExternalError: it cannot be written.
    """
    rows = [[figure_json(one)[column] for column in COLUMNS] for one in figures]
    try:
        match file.suffix.lower():
            case ".csv":
                _write_csv(rows, file)
            case ".xlsx":
                _write_workbook(rows, file)
            case _:
                raise UsageError(f"{file.name!r}: expected a name that ends in .xlsx or .csv")
    except OSError as error:
        raise ExternalError(f"cannot write {file}: {error.strerror}") from error


def _plain(value: object) -> object:
    """Return a value as a cell of text; what a spreadsheet would run is marked as text.

    A sign alone, as the comparator "=", is nothing to run.
    """
    if isinstance(value, str) and len(value) > 1 and value.lstrip(" ").startswith(_FORMULA):
        return f"'{value}"
    return value


def _write_csv(rows: Sequence[Sequence[object]], file: Path) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as stream:  # the mark is for Excel
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        writer.writerows([_plain(value) for value in row] for row in rows)


def _write_workbook(rows: Sequence[Sequence[object]], file: Path) -> None:
    book = Workbook()
    sheet = book.active
    if sheet is None:
        raise TypeError("a new workbook has a sheet")
    sheet.title = "figures"
    sheet.append(COLUMNS)
    for line, row in enumerate(rows, start=2):
        for place, value in enumerate(row, start=1):
            cell = sheet.cell(row=line, column=place)
            if isinstance(value, str):  # a text stays one whatever it begins with
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
                cell.data_type = "s"
            elif isinstance(value, int | float):
                cell.value = value
    for number, column in enumerate(COLUMNS, start=1):
        sheet.cell(row=1, column=number).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(column, 14)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    book.save(file)
