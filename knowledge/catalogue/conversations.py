"""Who asked what, what they were answered, and which updates are still to be worked on.

Numbers of chats, people and messages are Telegram's. Nothing here is part of a generation: a
conversation goes on when the library changes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Engine, Row, and_, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from knowledge.catalogue import schema
from knowledge.catalogue.database import putting, utc
from knowledge.model import Answer, Audience, Language

_ANSWER = TypeAdapter(Answer)
_LONGEST_HISTORY = 5  # earlier questions; understanding looks at no more
_KEPT = timedelta(days=2)  # Telegram repeats an update for a day at most (Bot API, getUpdates)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One question in a chat, with its answer once there is one.

    Attributes:
        id: 0 before it is kept.
        message: the message that asked, or whose button did.
        pressed: a button asked, nobody typed it.
        asked_at: when the message was sent.
        parent: the turn that this one follows, else None.
        shown: the message that answers; None until it was sent.
        answer: None until it was found, and when it was kept by a version with other fields.
        answered_at: when the answer was found.
        audience: whose documents it is from; None before it is answered and of an older version.
        generation: of the library that it is from; 0 where the audience is None.
    """

    id: int = 0
    chat: int
    person: int
    message: int
    pressed: bool
    text: str
    asked_at: datetime
    parent: int | None = None
    shown: int | None = None
    answer: Answer | None = None
    answered_at: datetime | None = None
    audience: Audience | None = None
    generation: int = 0


class Conversations:
    """The conversations of one library. Safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    # --- the inbox -----------------------------------------------------------------------------

    def take(self, updates: Sequence[tuple[str, str]]) -> set[str]:
        """Keep updates until they are done; return the keys of those not seen before.

        Args:
            updates: (key, payload) in order of arrival.
        """
        if not updates:
            return set()
        table = schema.inbox
        now = datetime.now(UTC)
        rows = [
            {"key": key, "payload": payload, "done": False, "taken_at": now}
            for key, payload in dict(updates).items()
        ]
        put = putting(self._engine, table).on_conflict_do_nothing().returning(table.c.key)
        with self._engine.begin() as connection:
            old = table.c.taken_at < now - _KEPT
            connection.execute(delete(table).where(old, table.c.done))
            return set(connection.scalars(put, rows))

    def finish(self, key: str) -> None:
        """Mark an update as done; what it said is forgotten, that it came is not."""
        table = schema.inbox
        with self._engine.begin() as connection:
            connection.execute(
                update(table).where(table.c.key == key).values(done=True, payload="")
            )

    def unfinished(self) -> list[tuple[str, str]]:
        """Return (key, payload) of updates that were taken and never done, in their order."""
        table = schema.inbox
        query = select(table.c.key, table.c.payload).where(~table.c.done).order_by(table.c.id)
        with self._engine.connect() as connection:
            return [(row.key, row.payload) for row in connection.execute(query)]

    # --- people --------------------------------------------------------------------------------

    def language(self, person: int) -> Language | None:
        """Return the language that a person chose, if they did."""
        query = select(schema.people.c.language).where(schema.people.c.id == person)
        with self._engine.connect() as connection:
            found = connection.execute(query).scalar()
        return Language(found) if found else None

    def choose_language(self, person: int, language: Language) -> None:
        """Keep the language that a person chose."""
        chosen = {"language": language.value}
        put = putting(self._engine, schema.people).values(id=person, **chosen)
        with self._engine.begin() as connection:
            connection.execute(put.on_conflict_do_update(index_elements=["id"], set_=chosen))

    # --- turns ---------------------------------------------------------------------------------

    def begin(self, key: str, *, asked: Turn) -> Turn:
        """Keep a question; the one kept before when the same update asks again.

        Args:
            key: of the update that asks.
            asked: the turn, without an answer.
        """
        table = schema.turns
        try:
            with self._engine.begin() as connection:
                found = connection.execute(
                    insert(table)
                    .values(
                        key=key,
                        chat=asked.chat,
                        person=asked.person,
                        message=asked.message,
                        parent=asked.parent,
                        pressed=asked.pressed,
                        text=asked.text,
                        status="",
                        answer="",
                        asked_at=utc(asked.asked_at),
                    )
                    .returning(table)
                ).one()
        except IntegrityError:
            with self._engine.connect() as connection:
                found = connection.execute(select(table).where(table.c.key == key)).one()
        return turn_of(found)

    def show(self, turn: int, message: int) -> None:
        """Keep which message answers a turn."""
        table = schema.turns
        with self._engine.begin() as connection:
            connection.execute(update(table).where(table.c.id == turn).values(shown=message))

    def answer(
        self,
        turn: int,
        answer: Answer,
        audience: Audience | None = None,
        generation: int = 0,
        latency_ms: int | None = None,
    ) -> None:
        """Keep the answer of a turn.

        Args:
            turn: its number.
            answer: what was found.
            audience: whose documents it is from.
            generation: the state of the library that it is from.
            latency_ms: how long its person waited for it.
        """
        table = schema.turns
        with self._engine.begin() as connection:
            connection.execute(
                update(table)
                .where(table.c.id == turn)
                .values(
                    status=answer.status.value,
                    answer=_ANSWER.dump_json(answer).decode(),
                    answered_at=datetime.now(UTC),
                    audience=audience.value if audience else "",
                    generation=generation,
                    latency_ms=latency_ms,
                )
            )

    def turn(self, turn: int) -> Turn | None:
        """Return a turn."""
        with self._engine.connect() as connection:
            row = connection.execute(
                select(schema.turns).where(schema.turns.c.id == turn)
            ).one_or_none()
        return turn_of(row) if row is not None else None

    def turn_at(self, chat: int, message: int) -> Turn | None:
        """Return the turn that a message asked or answers.

        A button under an answer asks too, but the message is that of the answer.
        """
        table = schema.turns
        asked = and_(table.c.message == message, ~table.c.pressed)
        return self._newest(table.c.chat == chat, or_(table.c.shown == message, asked))

    def last_turn(self, chat: int, person: int, since: datetime) -> Turn | None:
        """Return a person's latest question in a chat, if it was asked after a moment."""
        table = schema.turns
        return self._newest(
            table.c.chat == chat, table.c.person == person, table.c.asked_at >= utc(since)
        )

    def history(
        self, parent: int | None, is_open: Callable[[Turn], bool] = lambda _turn: True
    ) -> tuple[str, ...]:
        """Return the questions that led to a turn and its own, oldest first.

        Args:
            parent: the last of them.
            is_open: whether a turn may be looked at; one that may not hides those before it.
        """
        texts: list[str] = []
        while parent is not None and len(texts) < _LONGEST_HISTORY:
            turn = self.turn(parent)
            if turn is None or not is_open(turn):
                break
            texts.append(turn.text)
            parent = turn.parent
        return tuple(reversed(texts))

    def rate(self, turn: int, person: int, *, helpful: bool) -> None:
        """Keep what a person thinks of an answer; a later verdict replaces an earlier one."""
        given = {"helpful": helpful, "given_at": datetime.now(UTC)}
        put = putting(self._engine, schema.feedback).values(turn_id=turn, person=person, **given)
        whose = ["turn_id", "person"]
        with self._engine.begin() as connection:
            connection.execute(put.on_conflict_do_update(index_elements=whose, set_=given))

    def verdict(self, turn: int, person: int) -> bool | None:
        """Return what a person said of an answer: helpful or not; None when they did not say."""
        table = schema.feedback
        query = select(table.c.helpful).where(table.c.turn_id == turn, table.c.person == person)
        with self._engine.connect() as connection:
            found = connection.execute(query).scalar()
        return None if found is None else bool(found)

    def _newest(self, *conditions: Any) -> Turn | None:
        table = schema.turns
        query = select(table).where(*conditions).order_by(table.c.id.desc()).limit(1)
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        return turn_of(row) if row is not None else None


def turn_of(row: Row[Any]) -> Turn:
    """Return a row of turns as a turn."""
    return Turn(
        id=row.id,
        chat=row.chat,
        person=row.person,
        message=row.message,
        shown=row.shown,
        parent=row.parent,
        pressed=row.pressed,
        text=row.text,
        answer=_answer(row.answer),
        asked_at=utc(row.asked_at),
        answered_at=utc(row.answered_at) if row.answered_at else None,
        audience=Audience(row.audience) if row.audience else None,
        generation=row.generation,
    )


def _answer(kept: str) -> Answer | None:
    if not kept:
        return None
    try:
        return _ANSWER.validate_json(kept)
    except ValidationError:
        return None
