"""Rows of a `documents.csv` that the program writes: what an admin said in the chat."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping
from pathlib import Path

from ingest.sources import ARTICLE, TABLE, overridden
from knowledge.errors import DocumentFault, ExternalError, UnreadableDocumentError
from knowledge.model import Metadata
from knowledge.vietnamese.text import printed

_FILE = "file"


def put_row(folder: Path, name: str, cells: Mapping[str, str]) -> None:
    """Put cells into the row of a file, in a table made when it is missing; all else stays.

    Args:
        folder: where the table and the file lie.
        name: of the file.
        cells: column → value as written.

    Raises:
        UnreadableDocumentError: a value is not of its column's form, or the table is none.
        ExternalError: it cannot be written.
    """
    overridden(Metadata(), dict(cells))
    table = folder / TABLE
    columns, rows = _read(table)
    columns += [column for column in cells if column not in columns]
    same = [row for row in rows if _is_of(row, name)]
    if same:
        same[-1].update(cells)  # the last one of a file counts
    else:
        rows.append({_FILE: name, **cells})
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    aside = table.with_name(f".{TABLE}.{os.getpid()}.part")
    try:
        aside.write_text(stream.getvalue(), encoding="utf-8")
        aside.replace(table)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise ExternalError(f"cannot write {table}: {error.strerror}") from error


def _read(table: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Return the columns and the rows of a table; those of an empty one when it is missing."""
    if not table.is_file():
        return [_FILE], []
    try:
        reader = csv.DictReader(io.StringIO(table.read_text(encoding="utf-8-sig")), restval="")
        rows = [{key: value for key, value in row.items() if key} for row in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise UnreadableDocumentError(DocumentFault.METADATA, f"{TABLE}: {error}") from error
    columns = [column for column in reader.fieldnames or () if column]
    if _FILE not in columns:
        raise UnreadableDocumentError(DocumentFault.METADATA, f"{TABLE}: no column 'file'")
    return columns, rows


def _is_of(row: Mapping[str, str], name: str) -> bool:
    """Tell whether a row is about a whole file; one with an article is about a part."""
    return printed(row[_FILE]) == printed(name) and not row.get(ARTICLE)
