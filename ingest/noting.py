"""Rows of a `documents.csv`, written: what an admin corrects is kept beside the documents."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.corrections import check
from ingest.placing import write_whole
from ingest.sources import ARTICLE, TABLE, overridden
from knowledge.errors import DocumentFault, UnreadableDocumentError
from knowledge.model import Metadata
from knowledge.vietnamese.text import printed

_FILE = "file"
_MARK = "\ufeff"  # Excel writes it in front and wants it there


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What is said of one file from now on.

    Attributes:
        fields: of the document as a whole: column → value; "" empties a cell.
        parts: of its articles and clauses; where there are any, they replace the earlier ones.
    """

    fields: Mapping[str, str]
    parts: tuple[Mapping[str, str], ...] = ()


def check_fields(fields: Mapping[str, str]) -> None:
    """Raise when a correction is not of its column's form.

    Raises:
        UnreadableDocumentError: one is not.
    """
    overridden(Metadata(), dict(fields))
    check(dict(fields))


def note(folder: Path, notes: Mapping[str, Noted]) -> None:
    """Write what is said of files into the `documents.csv` beside them, whole or not at all.

    The other rows and columns stay as they are.

    Args:
        folder: made when it is missing, as is the table.
        notes: by the names of the files; those that say nothing are left out.

    Raises:
        UnreadableDocumentError: a value is not of its column's form, or there is a table that
            cannot be read; nothing is written then.
        ExternalError: the table cannot be written.
    """
    for one in notes.values():
        check_fields(one.fields)
    told = {name: one for name, one in notes.items() if one.fields or one.parts}
    if not told:
        return
    file = folder / TABLE
    try:
        before = file.read_text(encoding="utf-8") if file.is_file() else ""
    except UnicodeDecodeError as error:
        raise UnreadableDocumentError(DocumentFault.METADATA, TABLE) from error
    after = noted(before, told)
    if after != before:
        write_whole(file, after.encode())


def noted(table: str, notes: Mapping[str, Noted]) -> str:
    """Return a `documents.csv` with what is said of files.

    Raises:
        UnreadableDocumentError: it is no table with a column `file`.
    """
    mark, body = (_MARK, table[1:]) if table.startswith(_MARK) else ("", table)
    reader = csv.reader(io.StringIO(body, newline=""))
    rows = [row for row in reader if row] if body.strip() else [[_FILE]]
    head = rows[0]
    if _FILE not in head:
        raise UnreadableDocumentError(DocumentFault.METADATA, f"{TABLE}: no column 'file'")
    wanted = dict.fromkeys(
        column for one in notes.values() for row in (one.fields, *one.parts) for column in row
    )
    head = [*head, *(column for column in wanted if column not in head)]
    listed = [dict(zip(head, row, strict=False)) for row in rows[1:]]
    for name, one in notes.items():
        listed = _with(listed, name, one)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n" if "\r\n" in body else "\n")
    writer.writerow(head)
    writer.writerows([row.get(column, "") for column in head] for row in listed)
    return mark + out.getvalue()


def _with(rows: Sequence[dict[str, str]], name: str, said: Noted) -> list[dict[str, str]]:
    def is_of(row: Mapping[str, str], *, part: bool) -> bool:
        same = printed(row.get(_FILE, "")) == printed(name)
        return same and bool(row.get(ARTICLE)) is part

    kept = [row for row in rows if not (said.parts and is_of(row, part=True))]
    places = [place for place, row in enumerate(kept) if is_of(row, part=False)]
    if places:  # the last one counts
        kept[places[-1]] = {**kept[places[-1]], **said.fields}
    elif any(said.fields.values()):
        kept.append({_FILE: name, **said.fields})
    return [*kept, *({_FILE: name, **part} for part in said.parts)]


def rows_of(table: Mapping[str, Iterable[Mapping[str, str]]], name: str) -> Noted:
    """Return what a table that was read says of a file."""
    rows = list(table.get(printed(name), ()))
    whole = [row for row in rows if not row.get(ARTICLE)]
    return Noted(
        fields=dict(whole[-1]) if whole else {},
        parts=tuple(dict(row) for row in rows if row.get(ARTICLE)),
    )
