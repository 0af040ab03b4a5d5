"""Who did what, when: the changes that people made through the bot, and what they were refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import Engine, func, insert, select

from knowledge.catalogue import schema
from knowledge.catalogue.database import utc


class Did(StrEnum):
    """What is noted; the words stand in the database."""

    ASKED = "asked"  # to be let in
    ROLE = "role"
    DECLINE = "decline"
    BLOCK = "block"
    UNBLOCK = "unblock"
    ACCESS = "access"
    REFUSED = "refused"
    FORGET = "forget"
    RELOAD = "reload"
    PUBLISH = "publish"
    PUBLISH_ANYWAY = "publish_anyway"
    HELD = "held"
    CANCEL = "cancel"
    AUDIENCE = "audience"
    ROLLBACK = "rollback"
    REMOVE = "remove"
    RESTORE = "restore"
    GAP_ANSWERED = "gap_answered"
    GAP_SKIPPED = "gap_skipped"
    HANDED = "handed"
    TOOK = "took"
    GAVE_BACK = "gave_back"
    ANSWERED = "answered"
    CORRECTED = "corrected"
    PROBLEM_KNOWN = "problem_known"
    EXPORT = "export"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One line of the audit.

    Attributes:
        person: who did it; 0 for the bot itself.
        deed: a word of `Did`, or one that an older version knew.
        object: what it was done to: a document's title, a person's name, a command.
        detail: what else must be known, "" for nothing. Never a question that somebody asked.
    """

    id: int
    at: datetime
    person: int
    deed: str
    object: str
    detail: str


class Audit:
    """The audit of one library; lines are added and read, never changed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def note(self, person: int, deed: Did, what: str = "", detail: str = "") -> None:
        """Add a line."""
        values = {"at": datetime.now(UTC), "person": person, "deed": deed.value}
        with self._engine.begin() as connection:
            connection.execute(insert(schema.audit).values(**values, object=what, detail=detail))

    def count(self) -> int:
        """Return how many lines there are."""
        with self._engine.connect() as connection:
            return connection.execute(select(func.count()).select_from(schema.audit)).scalar_one()

    def latest(self, count: int, skip: int = 0) -> Sequence[Deed]:
        """Return lines, the newest first."""
        table = schema.audit
        query = select(table).order_by(table.c.id.desc()).limit(count).offset(skip)
        with self._engine.connect() as connection:
            return [
                Deed(
                    id=row.id,
                    at=utc(row.at),
                    person=row.person,
                    deed=row.deed,
                    object=row.object,
                    detail=row.detail,
                )
                for row in connection.execute(query)
            ]
