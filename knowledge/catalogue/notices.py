"""Messages that somebody is owed, each once: told later than the deed that causes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, Row, delete, func, select, update

from knowledge.catalogue import schema
from knowledge.catalogue.database import putting, utc

OWED, SENT, CLOSED = "owed", "sent", "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One message that a person is owed.

    Attributes:
        key: what it is about; the same key is never owed twice.
        payload: what it says; "" once it was told.
        shown: the message that tells it, or will: None before one was sent.
    """

    id: int
    key: str
    person: int
    payload: str
    due_at: datetime
    shown: int | None


class Notices:
    """The notices of one library. Safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def owe(self, key: str, person: int, payload: str, due_at: datetime | None = None) -> bool:
        """Keep a message to be told; False when one of this key was owed before.

        Args:
            key: at most 64 characters.
            person: whose private chat it goes to.
            payload: what it says.
            due_at: not before then; at once by default.
        """
        table = schema.notices
        put = putting(self._engine, table).values(
            key=key,
            person=person,
            payload=payload,
            due_at=utc(due_at) if due_at else datetime.now(UTC),
            state=OWED,
        )
        with self._engine.begin() as connection:
            added = connection.execute(put.on_conflict_do_nothing().returning(table.c.id))
            return added.scalar() is not None

    def due(self, now: datetime, count: int = 50) -> Sequence[Notice]:
        """Return what should be told by now, the longest owed first."""
        table = schema.notices
        query = (
            select(table)
            .where(table.c.state == OWED, table.c.due_at <= utc(now))
            .order_by(table.c.due_at, table.c.id)
            .limit(count)
        )
        with self._engine.connect() as connection:
            return [_notice(row) for row in connection.execute(query)]

    def next_due(self) -> datetime | None:
        """Return when the next one is to be told."""
        table = schema.notices
        query = select(func.min(table.c.due_at)).where(table.c.state == OWED)
        with self._engine.connect() as connection:
            found = connection.execute(query).scalar()
        return utc(found) if found else None

    def show(self, notice: int, message: int | None) -> None:
        """Keep which message tells a notice; None when that one is gone."""
        self._change(notice, shown=message)

    def put_off(self, notice: int, pause: timedelta) -> None:
        """Keep that a notice could not be told now."""
        self._change(notice, due_at=datetime.now(UTC) + pause)

    def finish(self, notice: int) -> None:
        """Mark a notice as told; what it said is forgotten, that it was told is not."""
        self._change(notice, state=SENT, payload="")

    def close(self, notice: int) -> None:
        """Give a notice up: its person does not want to be written to."""
        self._change(notice, state=CLOSED, payload="")

    def cancel(self, about: str) -> None:
        """Forget what is still owed about something: every key that begins so."""
        table = schema.notices
        with self._engine.begin() as connection:
            connection.execute(
                delete(table).where(
                    table.c.key.startswith(about, autoescape=True), table.c.state == OWED
                )
            )

    def told(self, about: str) -> Sequence[Notice]:
        """Return the notices that have a message, of every key that begins so."""
        table = schema.notices
        return self._all(table.c.key.startswith(about, autoescape=True), table.c.shown.is_not(None))

    def at(self, person: int, message: int) -> Notice | None:
        """Return the notice that a message in a person's chat tells."""
        table = schema.notices
        found = self._all(table.c.person == person, table.c.shown == message)
        return found[0] if found else None

    def _all(self, *conditions: Any) -> list[Notice]:
        query = select(schema.notices).where(*conditions).order_by(schema.notices.c.id)
        with self._engine.connect() as connection:
            return [_notice(row) for row in connection.execute(query)]

    def _change(self, notice: int, **values: Any) -> None:
        table = schema.notices
        with self._engine.begin() as connection:
            connection.execute(update(table).where(table.c.id == notice).values(**values))


def _notice(row: Row[Any]) -> Notice:
    return Notice(
        id=row.id,
        key=row.key,
        person=row.person,
        payload=row.payload,
        due_at=utc(row.due_at),
        shown=row.shown,
    )
