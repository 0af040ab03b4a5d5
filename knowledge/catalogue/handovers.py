"""Questions that people handed to the officers, who takes each, and what they are answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Engine, Row, select, update

from knowledge.catalogue import schema
from knowledge.catalogue.database import putting, utc


class HandoverState(StrEnum):
    """How far a question is that was handed to the officers."""

    WAITING = "waiting"
    TAKEN = "taken"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """A question that was handed to the officers.

    Attributes:
        turn: the question's turn.
        name: of the person who asks, as shown to the officers.
        officer: who took it; None while it waits.
        answer: what the officer wrote; "" before.
        helpful: what the person says of the answer; None when nothing.
    """

    turn: int
    name: str
    state: HandoverState
    officer: int | None
    answer: str
    helpful: bool | None
    asked_at: datetime
    changed_at: datetime


class Handovers:
    """The questions handed to the officers. Safe to use from several threads and by several."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def ask(self, turn: int, name: str) -> bool:
        """Hand a question over; False when it was before."""
        now = datetime.now(UTC)
        table = schema.handovers
        put = putting(self._engine, table).values(
            turn_id=turn,
            name=name,
            state=HandoverState.WAITING.value,
            answer="",
            asked_at=now,
            changed_at=now,
        )
        with self._engine.begin() as connection:
            added = connection.execute(put.on_conflict_do_nothing().returning(table.c.turn_id))
            return added.scalar() is not None

    def find(self, turn: int) -> Handover | None:
        """Return what became of a question; None when it was never handed over."""
        return next(iter(self.all_of([turn])), None)

    def all_of(self, turns: Sequence[int]) -> Sequence[Handover]:
        """Return those of some turns, the latest change first."""
        table = schema.handovers
        query = select(table).where(table.c.turn_id.in_(turns)).order_by(table.c.changed_at.desc())
        with self._engine.connect() as connection:
            return [_handover(row) for row in connection.execute(query)]

    def take(self, turn: int, officer: int) -> bool:
        """Take a question that waits; of two who do, one wins."""
        wanted = {"state": HandoverState.TAKEN.value, "officer": officer}
        return self._move(turn, HandoverState.WAITING, None, wanted)

    def give_back(self, turn: int, officer: int) -> bool:
        """Let others take a question; False unless this officer had taken it."""
        wanted = {"state": HandoverState.WAITING.value, "officer": None}
        return self._move(turn, HandoverState.TAKEN, officer, wanted)

    def answer(self, turn: int, officer: int, answer: str) -> bool:
        """Keep an officer's answer; False unless this officer had taken the question."""
        wanted = {"state": HandoverState.ANSWERED.value, "answer": answer}
        return self._move(turn, HandoverState.TAKEN, officer, wanted)

    def rate(self, turn: int, *, helpful: bool) -> None:
        """Keep what the person says of the answer."""
        table = schema.handovers
        with self._engine.begin() as connection:
            connection.execute(update(table).where(table.c.turn_id == turn).values(helpful=helpful))

    def _move(
        self, turn: int, state: HandoverState, holder: int | None, values: dict[str, Any]
    ) -> bool:
        """Change a question that is in a state and with somebody; tell whether it was."""
        table = schema.handovers
        whose = table.c.officer.is_(None) if holder is None else table.c.officer == holder
        change = (
            update(table)
            .where(table.c.turn_id == turn, table.c.state == state.value, whose)
            .values(**values, changed_at=datetime.now(UTC))
        )
        with self._engine.begin() as connection:
            return bool(connection.execute(change).rowcount)


def _handover(row: Row[Any]) -> Handover:
    return Handover(
        turn=row.turn_id,
        name=row.name,
        state=HandoverState(row.state),
        officer=row.officer,
        answer=row.answer,
        helpful=row.helpful,
        asked_at=utc(row.asked_at),
        changed_at=utc(row.changed_at),
    )
