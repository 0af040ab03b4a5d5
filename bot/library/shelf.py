"""What a change of one document does to the folder that a reload watches.

The folder is changed first and put back when the library could not be: a process that dies in
between leaves a folder that the next reload takes up, which is what was wanted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.library.drafting import place_in
from ingest.noting import Noted, note, rows_of
from ingest.placing import write_whole
from ingest.shelving import source_of
from ingest.sources import TABLE, Source, read_rows
from knowledge.catalogue import StoredVersion
from knowledge.errors import ExternalError
from knowledge.model import Audience, Document


@dataclass(frozen=True, slots=True)
class Undo:
    """Files as they were; `back` puts them so again."""

    files: tuple[tuple[Path, bytes | None], ...]

    @classmethod
    def of(cls, files: Sequence[Path]) -> Undo:
        """Remember files, those that are missing too."""
        return cls(tuple((one, one.read_bytes() if one.is_file() else None) for one in files))

    def back(self) -> None:
        """Put the files back."""
        for file, data in self.files:
            if data is None:
                file.unlink(missing_ok=True)
            else:
                write_whole(file, data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """The folder that a reload watches, with the originals that everything comes back from.

    Attributes:
        scratch: where a file lies while it is read anew under its own name.
    """

    documents: Path
    originals: Path
    scratch: Path

    def take_out(self, document: Document) -> Undo:
        """Remove a document's file, if it lies in the folder."""
        place = place_in(self.documents, document)
        if not place:
            return Undo(())
        file = self.documents / place
        undo = Undo.of([file])
        file.unlink(missing_ok=True)
        return undo

    def put_back(self, version: StoredVersion) -> Undo:
        """Put the file of a version into its place, with what the version says of itself.

        Raises:
            ExternalError: the original is gone, or the folder cannot be written to.
        """
        document = version.document
        place = place_in(self.documents, document)
        if not place:
            return Undo(())
        file = self.documents / place
        table = file.parent / TABLE
        undo = Undo.of([file, table])
        try:
            write_whole(file, self.original(document))
            said = rows_of(read_rows(table), file.name)
            note(file.parent, {file.name: Noted(fields=_as_then(said, document))})
        except OSError as error:
            undo.back()
            raise ExternalError(f"cannot write into {self.documents}: {error.strerror}") from error
        return undo

    def show_to(self, document: Document, audience: Audience) -> tuple[Source, Undo]:
        """Note who may see a document; return it as it is read with that.

        Raises:
            ExternalError: the original is gone, or the folder cannot be written to.
        """
        beside = Path(document.location).parent
        beside = beside if beside.is_dir() else self.documents
        table = beside / TABLE
        said = rows_of(read_rows(table), document.source)
        undo = Undo.of([table])
        try:
            copy = self.scratch / document.source
            write_whole(copy, self.original(document))
            note(beside, {document.source: Noted(fields={"audience": audience.value})})
        except OSError as error:
            undo.back()
            raise ExternalError(f"cannot write into {beside}: {error.strerror}") from error
        source = replace(
            source_of(document, copy),
            overrides={**said.fields, "audience": audience.value},
            corrections=tuple(dict(row) for row in said.parts),
        )
        return source, undo

    def original(self, document: Document) -> bytes:
        """Return the bytes of a version.

        Raises:
            ExternalError: they are gone.
        """
        try:
            return (self.originals / document.sha256).read_bytes()
        except FileNotFoundError as error:
            raise ExternalError(f"the original of {document.source} is gone") from error


def _as_then(said: Noted, document: Document) -> dict[str, str]:
    """Return the cells of a row that tell otherwise than a version, as the version has them."""
    then = document.metadata
    known = {
        "title": then.title,
        "place": then.place,
        "period": then.period,
        "number": then.number,
        "kind": then.kind.value,
        "audience": then.audience.value,
    }
    return {
        column: value
        for column, value in known.items()
        if column in said.fields and said.fields[column] != value
    }
