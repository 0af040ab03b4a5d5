"""The catalogue: reads of the live generation, and writes that stay invisible until published.

A change writes versions and a staged generation beside the live one; `publish` flips the two in one
transaction. A process killed before it leaves a staged generation that `discard_staged` removes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import filelock
from sqlalchemy import (
    Engine,
    delete,
    func,
    insert,
    select,
    text,
    update,
)

from knowledge.catalogue import schema
from knowledge.catalogue.audit import Audit
from knowledge.catalogue.conversations import Conversations
from knowledge.catalogue.database import open_engine, utc
from knowledge.catalogue.desk import Desk
from knowledge.catalogue.drafts import Drafts
from knowledge.catalogue.effects import read_changes, read_effects
from knowledge.catalogue.forgetting import forget
from knowledge.catalogue.gaps import Gaps
from knowledge.catalogue.handovers import Handovers
from knowledge.catalogue.notices import Notices
from knowledge.catalogue.people import People
from knowledge.catalogue.rows import (
    StoredDocument,
    add_parts,
    as_document,
    as_figure,
    as_passage,
    version_row,
)
from knowledge.catalogue.subscriptions import Subscriptions
from knowledge.catalogue.usage import Usage
from knowledge.errors import LibraryLockedError
from knowledge.model import (
    Audience,
    Document,
    Figure,
    Passage,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """One state of the library."""

    id: int
    state: str
    note: str
    created_at: datetime
    published_at: datetime | None
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredVersion:
    """One version of a document in the catalogue."""

    id: int
    fingerprint: str
    document: Document
    created_at: datetime
    passages: int
    figures: int


class Catalogue:
    """The catalogue of one library. Safe to use from several threads."""

    def __init__(self, engine: Engine, lock_path: Path | None) -> None:
        self._engine = engine
        self._lock_path = lock_path

    @classmethod
    def open(cls, url: str, library: str, home: Path) -> Catalogue:
        """Return the catalogue at a URL, its schema brought up to date.

        Args:
            url: an SQLAlchemy URL of SQLite or PostgreSQL.
            library: the PostgreSQL schema that holds the tables.
            home: where the lock files of an SQLite catalogue lie.

        Raises:
            SettingsError: the URL cannot be understood or its driver is missing.
            ExternalError: the database cannot be reached.
        """
        engine = open_engine(url, library, home)
        return cls(engine, home / "library.lock" if engine.name == "sqlite" else None)

    def close(self) -> None:
        """Release the connections."""
        self._engine.dispose()

    def conversations(self) -> Conversations:
        """Return the conversations that are kept beside the documents."""
        return Conversations(self._engine)

    def people(self) -> People:
        """Return the people of the office."""
        return People(self._engine)

    def audit(self) -> Audit:
        """Return the list of who did what."""
        return Audit(self._engine)

    def forget(self, person: int, asking: str = "") -> bool:
        """Erase a person's history; return whether the office still knows them by name.

        Args:
            person: whose history it is.
            asking: key of the update that asks for it.
        """
        return forget(self._engine, person, asking)

    def notices(self) -> Notices:
        """Return the messages that people are owed."""
        return Notices(self._engine)

    def gaps(self) -> Gaps:
        """Return the questions that were not answered well."""
        return Gaps(self._engine)

    def handovers(self) -> Handovers:
        """Return the questions that were handed to the officers."""
        return Handovers(self._engine)

    def subscriptions(self) -> Subscriptions:
        """Return who wants to hear of new documents."""
        return Subscriptions(self._engine)

    def desk(self) -> Desk:
        """Return which messages wait for a reply, and which problems are known."""
        return Desk(self._engine)

    def usage(self) -> Usage:
        """Return what was asked and how it ended."""
        return Usage(self._engine)

    def drafts(self) -> Drafts:
        """Return the documents that admins sent and nobody published yet."""
        return Drafts(self._engine)

    # --- reading -------------------------------------------------------------------------------

    def live_generation(self) -> int:
        """Return the number of the live generation; 0 when nothing was ever published."""
        with self._engine.connect() as connection:
            found = connection.execute(
                select(schema.generations.c.id).where(schema.generations.c.state == "live")
            ).scalar()
        return int(found or 0)

    def generations(self) -> list[Generation]:
        """Return all generations, newest first."""
        counted = (
            select(schema.contents.c.generation_id, func.count().label("documents"))
            .group_by(schema.contents.c.generation_id)
            .subquery()
        )
        query = (
            select(schema.generations, counted.c.documents)
            .outerjoin(counted, counted.c.generation_id == schema.generations.c.id)
            .order_by(schema.generations.c.id.desc())
        )
        with self._engine.connect() as connection:
            return [
                Generation(
                    id=row.id,
                    state=row.state,
                    note=row.note,
                    created_at=utc(row.created_at),
                    published_at=utc(row.published_at) if row.published_at else None,
                    documents=row.documents or 0,
                )
                for row in connection.execute(query)
            ]

    def contents(self, generation: int) -> dict[str, int]:
        """Return {document id: version id} of a generation."""
        query = select(schema.contents.c.document_id, schema.contents.c.version_id).where(
            schema.contents.c.generation_id == generation
        )
        with self._engine.connect() as connection:
            return {row.document_id: row.version_id for row in connection.execute(query)}

    def versions(
        self, *, generation: int | None = None, document: str | None = None
    ) -> list[StoredVersion]:
        """Return the versions of a generation, or of a document, by document and number."""
        counted = (
            select(schema.passages.c.version_id, func.count().label("passages"))
            .group_by(schema.passages.c.version_id)
            .subquery()
        )
        told = (
            select(schema.figures.c.version_id, func.count().label("figures"))
            .group_by(schema.figures.c.version_id)
            .subquery()
        )
        query = (
            select(schema.versions, schema.documents.c.origin, schema.documents.c.path)
            .add_columns(counted.c.passages, told.c.figures)
            .join(schema.documents, schema.documents.c.id == schema.versions.c.document_id)
            .outerjoin(counted, counted.c.version_id == schema.versions.c.id)
            .outerjoin(told, told.c.version_id == schema.versions.c.id)
            .order_by(schema.documents.c.path, schema.versions.c.number)
        )
        if generation is not None:
            query = query.join(
                schema.contents, schema.contents.c.version_id == schema.versions.c.id
            ).where(schema.contents.c.generation_id == generation)
        if document is not None:
            query = query.where(schema.versions.c.document_id == document)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
            ids = [row.id for row in rows]
            effects, changes = read_effects(connection, ids), read_changes(connection, ids)
        return [
            StoredVersion(
                id=row.id,
                fingerprint=row.fingerprint,
                document=as_document(row, effects.get(row.id, ()), changes.get(row.id, ())),
                created_at=utc(row.created_at),
                passages=row.passages or 0,
                figures=row.figures or 0,
            )
            for row in rows
        ]

    def origin(self, document: str) -> str:
        """Return the folder, chat or link that a document came from; "" for one never heard of."""
        query = select(schema.documents.c.origin).where(schema.documents.c.id == document)
        with self._engine.connect() as connection:
            return connection.execute(query).scalar() or ""

    def audiences(self, versions: Sequence[int]) -> dict[str, Audience]:
        """Return {document id: audience} of versions."""
        query = select(schema.versions.c.document_id, schema.versions.c.audience).where(
            schema.versions.c.id.in_(versions)
        )
        with self._engine.connect() as connection:
            return {row.document_id: Audience(row.audience) for row in connection.execute(query)}

    def passages(self, versions: Sequence[int]) -> list[Passage]:
        """Return the passages of versions, by version and order."""
        query = (
            select(schema.passages, schema.versions.c.document_id)
            .join(schema.versions, schema.versions.c.id == schema.passages.c.version_id)
            .where(schema.passages.c.version_id.in_(versions))
            .order_by(schema.passages.c.version_id, schema.passages.c.ordinal)
        )
        with self._engine.connect() as connection:
            return [as_passage(row) for row in connection.execute(query)]

    def figures(self, versions: Sequence[int]) -> list[Figure]:
        """Return the figures of versions, by document and order."""
        query = (
            select(schema.figures, schema.versions.c.document_id, schema.documents.c.path)
            .join(schema.versions, schema.versions.c.id == schema.figures.c.version_id)
            .join(schema.documents, schema.documents.c.id == schema.versions.c.document_id)
            .where(schema.figures.c.version_id.in_(versions))
            .order_by(schema.documents.c.path, schema.figures.c.ordinal)
        )
        with self._engine.connect() as connection:
            return [as_figure(row) for row in connection.execute(query)]

    def texts(self, versions: Sequence[int]) -> dict[str, str]:
        """Return {document id: whole text} of versions."""
        query = select(schema.versions.c.document_id, schema.versions.c.text).where(
            schema.versions.c.id.in_(versions)
        )
        with self._engine.connect() as connection:
            return {row.document_id: row.text for row in connection.execute(query)}

    def version_with(self, document: str, fingerprint: str) -> int | None:
        """Return the version of a document that has this fingerprint, if there is one."""
        query = (
            select(schema.versions.c.id)
            .where(schema.versions.c.document_id == document)
            .where(schema.versions.c.fingerprint == fingerprint)
        )
        with self._engine.connect() as connection:
            return connection.execute(query).scalar()

    # --- writing -------------------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the one right to change the library.

        Raises:
            LibraryLockedError: another process holds it.
        """
        if self._lock_path is not None:
            lock = filelock.FileLock(self._lock_path)
            try:
                with lock.acquire(timeout=0):
                    yield
            except filelock.Timeout as error:
                raise LibraryLockedError("another process is changing the library") from error
            return
        key = int.from_bytes(hashlib.sha256(b"htx-writer").digest()[:7], "big")
        with self._engine.connect() as connection:
            schema_name = connection.execute(text("select current_schema()")).scalar()
            arguments = {"key": key, "name": str(schema_name)}
            taken = connection.execute(
                text("select pg_try_advisory_lock(:key # hashtext(:name))"), arguments
            ).scalar()
            if not taken:
                raise LibraryLockedError("another process is changing the library")
            try:
                yield
            finally:
                connection.execute(
                    text("select pg_advisory_unlock(:key # hashtext(:name))"), arguments
                )

    def add_version(self, stored: StoredDocument) -> int:
        """Write a version of a document with its passages; it is not live until published."""
        now = datetime.now(UTC)
        with self._engine.begin() as connection:
            known = select(schema.documents.c.id).where(schema.documents.c.id == stored.document_id)
            if connection.execute(known).first() is None:
                connection.execute(
                    insert(schema.documents).values(
                        id=stored.document_id,
                        origin=stored.origin,
                        path=stored.path,
                        added_at=now,
                    )
                )
            last = connection.execute(
                select(func.max(schema.versions.c.number)).where(
                    schema.versions.c.document_id == stored.document_id
                )
            ).scalar()
            version = connection.execute(
                insert(schema.versions)
                .values(**version_row(stored), number=(last or 0) + 1, created_at=now)
                .returning(schema.versions.c.id)
            ).scalar_one()
            add_parts(connection, version, stored)
        return int(version)

    def stage(self, contents: Mapping[str, int], note: str) -> int:
        """Write a staged generation that holds {document id: version id}; return its number."""
        with self._engine.begin() as connection:
            generation = connection.execute(
                insert(schema.generations)
                .values(state="staged", note=note, created_at=datetime.now(UTC))
                .returning(schema.generations.c.id)
            ).scalar_one()
            rows = [
                {"generation_id": generation, "document_id": document, "version_id": version}
                for document, version in contents.items()
            ]
            if rows:
                connection.execute(insert(schema.contents), rows)
        return int(generation)

    def publish(self, generation: int) -> None:
        """Make a staged generation the live one; the old one is retired in the same transaction."""
        table = schema.generations
        with self._engine.begin() as connection:
            connection.execute(update(table).where(table.c.state == "live").values(state="retired"))
            connection.execute(
                update(table)
                .where(table.c.id == generation)
                .values(state="live", published_at=datetime.now(UTC))
            )

    def discard_staged(self) -> int:
        """Remove what an interrupted change left behind; return how many generations it was.

        Versions that no generation holds go with them; their vectors are collected later.
        """
        table = schema.generations
        with self._engine.begin() as connection:
            staged = connection.execute(select(table.c.id).where(table.c.state == "staged"))
            ids = [row.id for row in staged]
            connection.execute(
                delete(schema.contents).where(schema.contents.c.generation_id.in_(ids))
            )
            connection.execute(delete(table).where(table.c.id.in_(ids)))
            orphans = select(schema.versions.c.id).where(
                schema.versions.c.id.not_in(select(schema.contents.c.version_id))
            )
            lost = [row.id for row in connection.execute(orphans)]
            for part in (schema.passages, schema.effects, schema.changes, schema.figures):
                connection.execute(delete(part).where(part.c.version_id.in_(lost)))
            connection.execute(delete(schema.versions).where(schema.versions.c.id.in_(lost)))
        return len(ids)
