"""Which files are meant, with what a `documents.csv` says of the files beside it."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from knowledge.errors import DocumentFault, UnreadableDocumentError
from knowledge.model import Audience, Kind, Metadata
from knowledge.vietnamese.periods import iso_is_valid
from knowledge.vietnamese.text import printed, printed_line

TABLE = "documents.csv"
ARTICLE = "article"  # the column of a row that is about one article or clause
_Row = dict[str, str]  # column → value as written
_Table = tuple[dict[str, list[_Row]], UnreadableDocumentError | None]  # rows, or why not
_IGNORED_SUFFIXES = {".tmp", ".part", ".crdownload", ".swp", ".lock"}
_DIGITS_OF_ID = 16
_LONGEST_CELL = 400  # characters of a title; that of a long resolution has 250
# "Bà Rịa - Vũng Tàu", "Nho Quan (Ninh Bình)", "TP. Hồ Chí Minh": ten words at most
_PLACE = re.compile(r"(?:(?:\w{1,2}\.)?[\w'(),–-]{1,20}\.?(?: |$)){1,10}")
_Choice = TypeVar("_Choice", Kind, Audience)
_NUMBER = re.compile(r"[\w./-]{1,40}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file to be ingested: its identity is where it lies, not what it holds.

    Attributes:
        origin: the folder that was named, resolved; for a file, the folder it lies in.
        path: the path within it, with forward strokes.
        overrides: what `documents.csv` says of it: column → value as written.
        corrections: the rows that are about one of its articles or clauses.
        fault: why that table could not be read; the source then fails, whatever it holds.
    """

    file: Path
    origin: str
    path: str
    overrides: _Row = field(default_factory=dict)
    corrections: tuple[_Row, ...] = ()
    fault: UnreadableDocumentError | None = None

    @property
    def id(self) -> str:
        """Return the stable id of the source."""
        return hashlib.sha256(f"{self.origin}\n{self.path}".encode()).hexdigest()[:_DIGITS_OF_ID]

    @property
    def name(self) -> str:
        """Return the file's name as it is shown: nothing in it is invisible or a command."""
        return printed_line(self.file.name)


def find_sources(paths: Iterable[Path]) -> Iterator[Source]:
    """Yield the files under paths, sorted by name within a folder; a missing path is yielded too.

    A `documents.csv`, hidden files and half-written ones are no documents.
    """
    tables: dict[Path, _Table] = {}
    for path in paths:
        folder = path.resolve()
        if not folder.is_dir():
            yield _source(folder, folder.parent, tables)
            continue
        for file in sorted(folder.rglob("*")):
            if file.is_file() and _is_document(file.relative_to(folder)):
                yield _source(file, folder, tables)


def _is_document(path: Path) -> bool:
    hidden = any(part.startswith((".", "~$")) for part in path.parts)
    return not hidden and path.name != TABLE and path.suffix.lower() not in _IGNORED_SUFFIXES


def _source(file: Path, origin: Path, tables: dict[Path, _Table]) -> Source:
    """Return a source; an unreadable table fails each of its folder's files by name."""
    if file.parent not in tables:
        try:
            tables[file.parent] = read_rows(file.parent / TABLE), None
        except UnreadableDocumentError as error:
            tables[file.parent] = {}, error
    table, fault = tables[file.parent]
    rows = table.get(printed(file.name), [])
    return Source(
        file=file,
        origin=_in_utf8(origin),
        path=_in_utf8(file.relative_to(origin)),
        overrides=_of_document(rows),
        corrections=tuple(row for row in rows if row.get(ARTICLE)),
        fault=fault,
    )


def _in_utf8(path: Path) -> str:
    """Return a path as text; bytes that are none are spelt out, for a database takes no others."""
    return os.fsencode(path.as_posix()).decode("utf-8", errors="backslashreplace")


def _of_document(rows: Iterable[_Row]) -> _Row:
    """Return what the rows say of a document as a whole; the last one wins."""
    return next((row for row in reversed([*rows]) if not row.get(ARTICLE)), {})


def read_rows(path: Path) -> dict[str, list[_Row]]:
    """Return {file name: rows, by their filled columns} of a `documents.csv`; {} without one.

    Raises:
        UnreadableDocumentError: it is no table with a column `file`.
    """
    if not path.is_file():
        return {}
    try:
        reader = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))
        rows = list(reader)
    except (UnicodeDecodeError, csv.Error) as error:
        raise UnreadableDocumentError(DocumentFault.METADATA, f"{TABLE}: {error}") from error
    if "file" not in (reader.fieldnames or ()):
        raise UnreadableDocumentError(DocumentFault.METADATA, f"{TABLE}: no column 'file'")
    found: dict[str, list[_Row]] = {}
    for row in rows:
        if row["file"]:
            filled = {
                column: printed_line(value)
                for column, value in row.items()
                if column and column != "file" and isinstance(value, str) and value.strip()
            }
            found.setdefault(printed(row["file"]), []).append(filled)
    return found


def overridden(metadata: Metadata, overrides: dict[str, str]) -> Metadata:
    """Return metadata with what `documents.csv` names in its place.

    Raises:
        UnreadableDocumentError: a value is not of its column's form.
    """
    changes = {
        _FIELDS.get(column, column): _COLUMNS[column](column, value)
        for column, value in overrides.items()
        if column in _COLUMNS
    }
    return replace(metadata, **changes)  # type: ignore[arg-type]


def _text(column: str, value: str) -> str:
    if len(value) > _LONGEST_CELL:
        raise malformed(column, value, f"≤ {_LONGEST_CELL} chữ")
    return value


def _place(column: str, value: str) -> str:
    """Return a place; it is told in our own words, so that no sentence may stand there."""
    if not _PLACE.fullmatch(value):
        raise malformed(column, value, "Cà Mau")
    return value


def _number(column: str, value: str) -> str:
    if not _NUMBER.fullmatch(value):
        raise malformed(column, value, "17/2023/QH15")
    return value


def _period(column: str, value: str) -> str:
    if not iso_is_valid(value):
        raise malformed(column, value, "2023-08")
    return value


def as_date(column: str, value: str) -> date:
    """Return the day in a cell.

    Raises:
        UnreadableDocumentError: it is none.
    """
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise malformed(column, value, "2024-04-05") from error


def _kind(column: str, value: str) -> Kind:
    return _member(Kind, column, value)


def _audience(column: str, value: str) -> Audience:
    return _member(Audience, column, value)


def _member(kind: type[_Choice], column: str, value: str) -> _Choice:
    try:
        return kind(value.lower())
    except ValueError as error:
        raise malformed(column, value, "|".join(kind)) from error


def malformed(column: str, value: str, example: str) -> UnreadableDocumentError:
    """Return the error that a cell is not of its column's form."""
    value = value if len(value) <= _LONGEST_CELL else f"{value[:_LONGEST_CELL]}…"
    detail = f"{TABLE}: {column}={value!r}, {example}"
    return UnreadableDocumentError(DocumentFault.METADATA, detail)


_COLUMNS: dict[str, Callable[[str, str], object]] = {
    **dict.fromkeys(("title", "publisher", "issuer"), _text),
    **dict.fromkeys(("published", "issued"), as_date),
    "place": _place,
    "period": _period,
    "number": _number,
    "kind": _kind,
    "audience": _audience,
}
_FIELDS = {"published": "issued"}  # of `Metadata`, where it is called otherwise
