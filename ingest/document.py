"""One file becomes one version: read, cleaned, cut, described."""

from __future__ import annotations

import hashlib
import json

from ingest.clean import without_boilerplate
from ingest.corrections import corrected
from ingest.effects import changes_of, effects_of
from ingest.figures import figures_of
from ingest.metadata import describe
from ingest.readers import MAX_BYTES, read
from ingest.sources import Source, overridden
from ingest.structure.cutting import Draft
from ingest.structure.laws import cut_law
from ingest.structure.lines import Line, lay_out
from ingest.structure.reports import cut_digest, cut_report
from knowledge.catalogue import StoredDocument
from knowledge.errors import DocumentFault, UnreadableDocumentError
from knowledge.model import Kind, Metadata, Passage
from knowledge.vietnamese.text import fold_white_space

PROCESSING = 4  # raise it when reading or cutting changes: every document is then cut anew
_TITLE_WORDS = 16  # of the title, in front of every passage of a document
_DIGITS_OF_ID = 24


def fingerprint(source: Source, data: bytes) -> str:
    """Return the hash of all that a version is made from: content, overrides, way of cutting."""
    said = [source.overrides, *source.corrections]
    overrides = json.dumps(said, sort_keys=True)
    return hashlib.sha256(
        b"\n".join((hashlib.sha256(data).digest(), overrides.encode(), str(PROCESSING).encode()))
    ).hexdigest()


def load(source: Source) -> bytes:
    """Return the bytes of a source.

    Raises:
        UnreadableDocumentError: it is missing, not readable or too large.
    """
    if source.fault is not None:
        raise source.fault
    try:
        if source.file.stat().st_size > MAX_BYTES:
            raise UnreadableDocumentError(
                DocumentFault.TOO_LARGE, f"{source.file.stat().st_size >> 20} MB"
            )
        return source.file.read_bytes()
    except OSError as error:
        raise UnreadableDocumentError(DocumentFault.NOT_FOUND, error.strerror or "") from error


def prepare(source: Source, data: bytes) -> StoredDocument:
    """Return a source as it is written to the catalogue.

    Raises:
        UnreadableDocumentError: it cannot be turned into passages.
    """
    reading = read(data, source.name)
    blocks, dropped = without_boilerplate(reading.blocks)
    text, lines = lay_out(blocks)
    described = describe(lines, title=fold_white_space(reading.title))
    metadata = overridden(described, source.overrides)
    passages = _passages(source.id, metadata, cut(metadata.kind, text, lines))
    if not passages:
        raise UnreadableDocumentError(DocumentFault.NO_TEXT)
    notes = [*reading.notes, *([f"boilerplate: {dropped}"] if dropped else [])]
    return StoredDocument(
        document_id=source.id,
        origin=source.origin,
        path=source.path,
        fingerprint=fingerprint(source, data),
        sha256=hashlib.sha256(data).hexdigest(),
        reader=reading.format.value,
        pages=reading.pages,
        metadata=metadata,
        effects=corrected(effects_of(lines, metadata), source, passages),
        changes=changes_of(lines, metadata),
        notes=tuple(notes),
        text=text,
        passages=passages,
        figures=figures_of(
            source.id, source.name, lines, metadata, given="period" in source.overrides
        ),
    )


def cut(kind: Kind, text: str, lines: tuple[Line, ...]) -> list[Draft]:
    """Return the passages of a document of a kind, in order."""
    if kind is Kind.LAW:
        return cut_law(text, lines)
    return cut_digest(lines, text) if kind is Kind.DIGEST else cut_report(lines, text)


def short_title(metadata: Metadata) -> str:
    """Return what stands in front of every passage: title, number, and of a report its scope."""
    title = " ".join(metadata.title.split()[:_TITLE_WORDS])
    parts = [title]
    if metadata.kind is Kind.LAW:
        parts.append(metadata.number)
    elif metadata.kind is not Kind.DIGEST:
        parts += [part for part in (metadata.place, _year_of(metadata)) if part not in title]
    return " ".join(part for part in parts if part)


def _year_of(metadata: Metadata) -> str:
    return metadata.period[:4]


def _passages(document: str, metadata: Metadata, drafts: list[Draft]) -> tuple[Passage, ...]:
    front = short_title(metadata)
    found: list[Passage] = []
    for ordinal, draft in enumerate(drafts):
        body = draft.searched or fold_white_space(draft.text)
        own = draft.article and draft.heading  # an article says by itself what it is about
        lead = draft.lead if draft.lead != draft.heading else ""
        identity = f"{document}\n{draft.start}\n{draft.text}".encode()
        found.append(
            Passage(
                id=hashlib.sha256(identity).hexdigest()[:_DIGITS_OF_ID],
                document=document,
                ordinal=ordinal,
                breadcrumb=draft.breadcrumb,
                heading=draft.heading,
                article=draft.article,
                clause=draft.clause,
                locator=draft.locator or f"đoạn {ordinal + 1}",
                page=draft.page,
                text=draft.text,
                start=draft.start,
                search_text=_joined(front, draft.heading, lead, body),
                meaning_text=_joined("" if own else front, draft.heading, lead, body),
            )
        )
    return tuple(found)


def _joined(*parts: str) -> str:
    return ". ".join(part for part in parts if part)


def doubts(metadata: Metadata) -> tuple[str, ...]:
    """Return the names of what could not be determined and should be looked at."""
    wanted = {"title": metadata.title}
    if metadata.kind is Kind.LAW:
        wanted |= {"number": metadata.number, "issued": "set" if metadata.issued else ""}
    if metadata.kind in (Kind.REPORT, Kind.TABLE):
        wanted |= {"place": metadata.place, "period": metadata.period}
    return tuple(name for name, value in wanted.items() if not value)
