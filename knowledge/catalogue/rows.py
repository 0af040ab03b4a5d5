"""Rows of the catalogue as the documents, passages and figures that they hold, and back."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, insert

from knowledge.catalogue import schema
from knowledge.catalogue.effects import add_changes, add_effects
from knowledge.model import (
    Audience,
    Comparator,
    Document,
    Effect,
    Figure,
    FigureKind,
    Kind,
    Metadata,
    Passage,
)
from knowledge.standing import Change
from knowledge.vietnamese.text import printed_line


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument:
    """Everything that one version consists of, ready to be written."""

    document_id: str
    origin: str
    path: str
    fingerprint: str
    sha256: str
    reader: str
    pages: int | None
    metadata: Metadata
    effects: tuple[Effect, ...]
    notes: tuple[str, ...]
    text: str
    passages: tuple[Passage, ...]
    figures: tuple[Figure, ...] = ()
    changes: tuple[Change, ...] = ()


def version_row(stored: StoredDocument) -> dict[str, object]:
    """Return the row of a version's own table."""
    metadata = stored.metadata
    return {
        "document_id": stored.document_id,
        "fingerprint": stored.fingerprint,
        "sha256": stored.sha256,
        "reader": stored.reader,
        "pages": stored.pages,
        "title": metadata.title,
        "kind": metadata.kind.value,
        "official_number": metadata.number,
        "retells": metadata.retells,
        "issuer": metadata.issuer,
        "issued": metadata.issued,
        "place": metadata.place,
        "period": metadata.period,
        "publisher": metadata.publisher,
        "audience": metadata.audience.value,
        "notes": list(stored.notes),
        "text": stored.text,
    }


def add_parts(connection: Connection, version: int, stored: StoredDocument) -> None:
    """Write the passages, figures, effects and changes of a version."""
    passages = [
        {
            "version_id": version,
            "ordinal": passage.ordinal,
            "id": passage.id,
            "breadcrumb": passage.breadcrumb,
            "heading": passage.heading,
            "article": passage.article,
            "clause": passage.clause,
            "locator": passage.locator,
            "page": passage.page,
            "start": passage.start,
            "text": passage.text,
            "search_text": passage.search_text,
            "meaning_text": passage.meaning_text,
        }
        for passage in stored.passages
    ]
    if passages:
        connection.execute(insert(schema.passages), passages)
    figures = [
        {
            "version_id": version,
            "ordinal": ordinal,
            "indicator": figure.indicator,
            "subject": figure.subject,
            "value": str(figure.value),
            "value_max": None if figure.value_max is None else str(figure.value_max),
            "comparator": figure.comparator.value,
            "unit": figure.unit,
            "place": figure.place,
            "period": figure.period,
            "kind": figure.kind.value,
            "quote": figure.quote or "",
        }
        for ordinal, figure in enumerate(stored.figures)
    ]
    if figures:
        connection.execute(insert(schema.figures), figures)
    add_effects(connection, version, stored.effects)
    add_changes(connection, version, stored.changes)


def as_document(
    row: Row[Any], effects: tuple[Effect, ...], changes: tuple[Change, ...]
) -> Document:
    """Return a document as it was stored, from its row joined with its version."""
    return Document(
        id=row.document_id,
        source=printed_line(row.path.rsplit("/", 1)[-1]),
        location=f"{row.origin}/{row.path}",
        version=row.number,
        sha256=row.sha256,
        reader=row.reader,
        pages=row.pages,
        metadata=Metadata(
            title=row.title,
            kind=Kind(row.kind),
            number=row.official_number,
            retells=row.retells,
            issuer=row.issuer,
            issued=row.issued,
            place=row.place,
            period=row.period,
            publisher=row.publisher,
            audience=Audience(row.audience),
        ),
        effects=effects,
        changes=changes,
    )


def as_figure(row: Row[Any]) -> Figure:
    """Return a figure from its row joined with its document."""
    return Figure(
        indicator=row.indicator,
        subject=row.subject,
        value=Decimal(row.value),
        value_max=None if row.value_max is None else Decimal(row.value_max),
        comparator=Comparator(row.comparator),
        unit=row.unit,
        place=row.place,
        period=row.period,
        kind=FigureKind(row.kind),
        document=row.document_id,
        source=printed_line(row.path.rsplit("/", 1)[-1]),
        quote=row.quote,
    )


def as_passage(row: Row[Any]) -> Passage:
    """Return a passage from its row joined with its document."""
    return Passage(
        id=row.id,
        document=row.document_id,
        ordinal=row.ordinal,
        breadcrumb=row.breadcrumb,
        heading=row.heading,
        article=row.article,
        clause=row.clause,
        locator=row.locator,
        page=row.page,
        text=row.text,
        start=row.start,
        search_text=row.search_text,
        meaning_text=row.meaning_text,
    )
