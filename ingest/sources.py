"""Which files are meant, with what a `documents.csv` says of the files beside it."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from knowledge.errors import DocumentFault, UnreadableDocumentError
from knowledge.model import Audience, Kind, Metadata
from knowledge.vietnamese.periods import iso_is_valid
from knowledge.vietnamese.text import printed

TABLE = "documents.csv"
_Table = tuple[dict[str, dict[str, str]], UnreadableDocumentError | None]  # rows, or why not
_IGNORED_SUFFIXES = {".tmp", ".part", ".crdownload", ".swp", ".lock"}
_DIGITS_OF_ID = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file to be ingested: its identity is where it lies, not what it holds.

    Attributes:
        origin: the folder that was named, resolved; for a file, the folder it lies in.
        path: the path within it, with forward strokes.
        overrides: what `documents.csv` says: column → value as written.
        fault: why that table could not be read; the source then fails, whatever it holds.
    """

    file: Path
    origin: str
    path: str
    overrides: dict[str, str] = field(default_factory=dict)
    fault: UnreadableDocumentError | None = None

    @property
    def id(self) -> str:
        """Return the stable id of the source."""
        return hashlib.sha256(f"{self.origin}\n{self.path}".encode()).hexdigest()[:_DIGITS_OF_ID]

    @property
    def name(self) -> str:
        """Return the file's name."""
        return self.file.name


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
            tables[file.parent] = read_table(file.parent / TABLE), None
        except UnreadableDocumentError as error:
            tables[file.parent] = {}, error
    rows, fault = tables[file.parent]
    return Source(
        file=file,
        origin=origin.as_posix(),
        path=file.relative_to(origin).as_posix(),
        overrides=rows.get(printed(file.name), {}),
        fault=fault,
    )


def read_table(path: Path) -> dict[str, dict[str, str]]:
    """Return {file name: filled columns} of a `documents.csv`; {} when there is none.

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
    return {
        printed(row["file"]): {
            column: printed(value)
            for column, value in row.items()
            if column and column != "file" and isinstance(value, str) and value.strip()
        }
        for row in rows
        if row["file"]
    }


def overridden(metadata: Metadata, overrides: dict[str, str]) -> Metadata:
    """Return metadata with what `documents.csv` names in its place.

    Raises:
        UnreadableDocumentError: a value is not of its column's form.
    """
    changes: dict[str, object] = {}
    for column, value in overrides.items():
        match column:
            case "title" | "place" | "publisher" | "issuer" | "number":
                changes[column] = value
            case "period":
                if not iso_is_valid(value):
                    raise _malformed(column, value, "2023-08")
                changes[column] = value
            case "published" | "issued":
                changes["issued"] = _date(column, value)
            case "kind":
                changes[column] = _member(Kind, column, value)
            case "audience":
                changes[column] = _member(Audience, column, value)
    return replace(metadata, **changes)  # type: ignore[arg-type]


def _date(column: str, value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise _malformed(column, value, "2024-04-05") from error


def _member(kind: type[Kind] | type[Audience], column: str, value: str) -> Kind | Audience:
    try:
        return kind(value.lower())
    except ValueError as error:
        raise _malformed(column, value, "|".join(kind)) from error


def _malformed(column: str, value: str, example: str) -> UnreadableDocumentError:
    detail = f"{TABLE}: {column}={value!r}, {example}"
    return UnreadableDocumentError(DocumentFault.METADATA, detail)
