"""What a change of one document does to the folder that a reload watches.

The folder is changed first and put back when the library could not be: a process that dies in
between leaves a folder that the next reload takes up, which is what was wanted.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def undoing(*files: Path) -> Iterator[None]:
    """Put files back as they were, those that were missing too, when what is done here fails."""
    before = [(one, one.read_bytes() if one.is_file() else None) for one in files]
    try:
        yield
    except BaseException:
        for file, data in before:
            if data is None:
                file.unlink(missing_ok=True)
            else:
                write_whole(file, data)
        raise


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """The folder that a reload watches, with the originals that everything comes back from.

    Each change holds while the library is changed with it, and is undone when that fails.

    Attributes:
        scratch: where a file lies while it is read anew under its own name.
    """

    documents: Path
    originals: Path
    scratch: Path

    @contextmanager
    def without(self, document: Document) -> Iterator[None]:
        """Remove a document's file, if it lies in the folder."""
        place = place_in(self.documents, document)
        if not place:
            yield
            return
        file = self.documents / place
        with undoing(file):
            file.unlink(missing_ok=True)
            yield

    @contextmanager
    def with_version(self, version: StoredVersion) -> Iterator[None]:
        """Put the file of a version into its place, with what the version says of itself.

        Raises:
            ExternalError: the original is gone, or the folder cannot be written to.
            UnreadableDocumentError: the folder's `documents.csv` cannot be read.
        """
        document = version.document
        place = place_in(self.documents, document)
        if not place:
            yield
            return
        file = self.documents / place
        table = file.parent / TABLE
        with undoing(file, table):
            write_whole(file, self.original(document))
            said = rows_of(read_rows(table), file.name)
            note(file.parent, {file.name: Noted(fields=_as_then(said, document))})
            yield

    @contextmanager
    def shown_to(self, document: Document, audience: Audience) -> Iterator[Source]:
        """Note who may see a document; give it as it is read with that.

        Raises:
            ExternalError: the original is gone, or the folder cannot be written to.
            UnreadableDocumentError: the folder's `documents.csv` cannot be read.
        """
        beside = Path(document.location).parent
        beside = beside if beside.is_dir() else self.documents
        table = beside / TABLE
        said = rows_of(read_rows(table), document.source)
        with undoing(table):
            copy = self.scratch / document.source
            write_whole(copy, self.original(document))
            note(beside, {document.source: Noted(fields={"audience": audience.value})})
            yield replace(
                source_of(document, copy),
                overrides={**said.fields, "audience": audience.value},
                corrections=tuple(dict(row) for row in said.parts),
            )

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
