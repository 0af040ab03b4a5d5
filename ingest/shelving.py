"""Versions of documents: found by name, put back, taken out. What `htx docs` and /docs share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from ingest.pipeline import Ingestion
from ingest.sources import Source
from knowledge.catalogue import Catalogue, StoredVersion
from knowledge.errors import UnknownDocumentError
from knowledge.model import Document


def live_versions(catalogue: Catalogue) -> list[StoredVersion]:
    """Return the versions that are live, one a document."""
    return catalogue.versions(generation=catalogue.live_generation())


def removed_versions(catalogue: Catalogue) -> list[StoredVersion]:
    """Return the newest version of each document that is not in the library any more."""
    live = {one.document.id for one in live_versions(catalogue)}
    newest = {one.document.id: one for one in catalogue.versions()}
    return [one for document, one in newest.items() if document not in live]


def versions_of(catalogue: Catalogue, name: str) -> list[StoredVersion]:
    """Return the versions of a document, oldest first, live or not.

    Args:
        catalogue: of the library.
        name: its id or the name of its file.

    Raises:
        UnknownDocumentError: there is none, or several have the name.
    """
    found = [one for one in catalogue.versions() if name in (one.document.id, one.document.source)]
    identity = the_one(found, name).document.id
    return [one for one in found if one.document.id == identity]


def numbered(versions: Sequence[StoredVersion], name: str, number: int) -> StoredVersion:
    """Return one of the versions by its number.

    Raises:
        UnknownDocumentError: there is no such version.
    """
    for version in versions:
        if version.document.version == number:
            return version
    raise UnknownDocumentError(f"{name}: no version {number}")


def the_one(versions: Sequence[StoredVersion], name: str) -> StoredVersion:
    """Return the last of the versions that have a name.

    Raises:
        UnknownDocumentError: there is none, or they are of several documents.
    """
    found = [one for one in versions if name in (one.document.id, one.document.source)]
    if not found:
        raise UnknownDocumentError(f"{name}: no such document; see htx docs list")
    if len({one.document.id for one in found}) > 1:
        ids = ", ".join(sorted({one.document.id for one in found}))
        raise UnknownDocumentError(f"{name}: several documents have this name: {ids}")
    return found[-1]


def put(ingestion: Ingestion, versions: Mapping[str, int | None], note: str) -> int:
    """Make versions live, take documents out; return the number of the generation.

    Args:
        ingestion: that changes the library.
        versions: {document id: version id, or None to take the document out}.
        note: what was done, for the list of generations.
    """

    def change(live: dict[str, int]) -> dict[str, int]:
        kept = {one: held for one, held in live.items() if one not in versions}
        added = {one: version for one, version in versions.items() if version is not None}
        return {**kept, **added}

    return ingestion.replace(change, note)


def source_of(document: Document, file: Path) -> Source:
    """Return a source with the identity of a document that is held, to be read from a file.

    Args:
        document: whose folder or link, and path within it, are told by its location alone.
        file: where its bytes lie.
    """
    parts = document.location.split("/")
    for cut in range(len(parts) - 1, 0, -1):
        source = Source(file=file, origin="/".join(parts[:cut]), path="/".join(parts[cut:]))
        if source.id == document.id:
            return source
    raise UnknownDocumentError(f"{document.source}: its place is not understood")
