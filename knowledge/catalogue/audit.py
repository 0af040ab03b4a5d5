"""Who did what, when: the changes that people made through the bot, and what they were refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, func, insert, select

from knowledge.catalogue import schema
from knowledge.catalogue.database import utc


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One line of the audit.

    Attributes:
        person: who did it; 0 for the bot itself.
        deed: a word of the program ("publish", "refused"); the interface has a phrase for each.
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

    def note(self, person: int, deed: str, what: str = "", detail: str = "") -> None:
        """Add a line."""
        values = {"at": datetime.now(UTC), "person": person, "deed": deed}
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
