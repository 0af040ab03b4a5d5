"""Small things that an office keeps: which messages wait for a reply, which problems are known."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Engine, delete, select

from knowledge.catalogue import schema
from knowledge.catalogue.database import putting


class Desk:
    """What an office keeps. Safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def expect(self, chat: int, message: int, what: str) -> None:
        """Keep what a reply to a message of ours is about."""
        put = putting(self._engine, schema.prompts).values(chat=chat, message=message, what=what)
        place = ["chat", "message"]
        with self._engine.begin() as connection:
            connection.execute(put.on_conflict_do_update(index_elements=place, set_={"what": what}))

    def expected(self, chat: int, message: int) -> str:
        """Return what a reply to a message is about; "" for a question."""
        table = schema.prompts
        query = select(table.c.what).where(table.c.chat == chat, table.c.message == message)
        with self._engine.connect() as connection:
            return connection.execute(query).scalar() or ""

    def no_more(self, chat: int, message: int) -> None:
        """Keep that a reply to a message is a question again."""
        table = schema.prompts
        with self._engine.begin() as connection:
            connection.execute(
                delete(table).where(table.c.chat == chat, table.c.message == message)
            )

    def know(self, problem: str, person: int) -> None:
        """Keep that an admin has looked at a problem, named by its mark."""
        now = datetime.now(UTC)
        put = putting(self._engine, schema.known_problems)
        with self._engine.begin() as connection:
            connection.execute(
                put.values(mark=problem, person=person, at=now).on_conflict_do_nothing()
            )

    def known(self) -> set[str]:
        """Return the marks of the problems that admins have looked at."""
        with self._engine.connect() as connection:
            return set(connection.scalars(select(schema.known_problems.c.mark)))
