"""Questions that the documents did not answer, or badly, grouped by what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, Row, and_, exists, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from knowledge.catalogue import schema
from knowledge.catalogue.conversations import Turn, turn_of
from knowledge.catalogue.database import utc
from knowledge.model import Status

ANSWERED_LATER = "gap:"  # the keys of turns that tell an answer to what was asked before
_RATED = [Status.ANSWERED.value, Status.PARTIAL.value, Status.NOT_FOUND.value]


class GapState(StrEnum):
    """What became of a gap."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"  # nobody means to answer it


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Questions of one meaning that were not answered well.

    Attributes:
        question: the one that stands for all.
        times: how often it was asked, by how many `people`.
        last: when it was last asked; None when who asked it has erased that.
        person: who answered or closed it.
    """

    id: int
    question: str
    state: GapState
    answer: str
    person: int | None
    times: int
    people: int
    last: datetime | None


class Gaps:
    """The gaps of one library. Safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def ungrouped(self) -> Sequence[Turn]:
        """Return the turns that ended as not found or displeased, and are in no gap yet."""
        turns, feedback, links = schema.turns, schema.feedback, schema.gap_turns
        displeased = exists().where(feedback.c.turn_id == turns.c.id, ~feedback.c.helpful)
        query = (
            select(turns)
            .where(
                (turns.c.status == Status.NOT_FOUND.value)
                | and_(turns.c.status.in_(_RATED), displeased),
                ~exists().where(links.c.turn_id == turns.c.id),
            )
            .order_by(turns.c.id)
        )
        with self._engine.connect() as connection:
            return [turn_of(row) for row in connection.execute(query)]

    def add(self, turn: int, question: str, gap: int | None) -> int:
        """Put a turn into a gap, or into a new one of a question; return the gap's number."""
        try:
            with self._engine.begin() as connection:
                found = gap or _opened(connection, question)
                connection.execute(insert(schema.gap_turns).values(turn_id=turn, gap_id=found))
                return found
        except IntegrityError:  # another process was quicker
            links = schema.gap_turns
            query = select(links.c.gap_id).where(links.c.turn_id == turn)
            with self._engine.connect() as connection:
                return int(connection.execute(query).scalar_one())

    def all(self, *states: GapState) -> Sequence[Gap]:
        """Return the gaps in some states, most asked first."""
        return self._gaps(schema.gaps.c.state.in_([one.value for one in states]))

    def find(self, gap: int) -> Gap | None:
        """Return a gap."""
        return next(iter(self._gaps(schema.gaps.c.id == gap)), None)

    def turns(self, gap: int) -> Sequence[Turn]:
        """Return the turns of a gap, the first asked first."""
        turns, links = schema.turns, schema.gap_turns
        query = (
            select(turns)
            .join(links, links.c.turn_id == turns.c.id)
            .where(links.c.gap_id == gap)
            .order_by(turns.c.id)
        )
        with self._engine.connect() as connection:
            return [turn_of(row) for row in connection.execute(query)]

    def rephrase(self, gap: int, question: str) -> None:
        """Let another question stand for a gap."""
        self._change(gap, question=question)

    def settle(self, gap: int, state: GapState, person: int, answer: str = "") -> bool:
        """Answer or close an open gap; False when somebody did before."""
        table = schema.gaps
        change = (
            update(table)
            .where(table.c.id == gap, table.c.state == GapState.OPEN.value)
            .values(state=state.value, person=person, answer=answer, changed_at=datetime.now(UTC))
        )
        with self._engine.begin() as connection:
            return bool(connection.execute(change).rowcount)

    def _gaps(self, *conditions: Any) -> list[Gap]:
        gaps, links, turns = schema.gaps, schema.gap_turns, schema.turns
        query = (
            select(
                gaps,
                func.count(turns.c.id).label("times"),
                func.count(turns.c.person.distinct()).label("people"),
                func.max(turns.c.asked_at).label("last"),
            )
            .outerjoin(links, links.c.gap_id == gaps.c.id)
            .outerjoin(turns, turns.c.id == links.c.turn_id)
            .where(*conditions)
            .group_by(*gaps.c)
            .order_by(func.count(turns.c.id).desc(), func.max(turns.c.asked_at).desc(), gaps.c.id)
        )
        with self._engine.connect() as connection:
            return [_gap(row) for row in connection.execute(query)]

    def _change(self, gap: int, **values: Any) -> None:
        table = schema.gaps
        with self._engine.begin() as connection:
            connection.execute(update(table).where(table.c.id == gap).values(**values))


def _opened(connection: Connection, question: str) -> int:
    table = schema.gaps
    values = {"question": question, "state": GapState.OPEN.value, "answer": ""}
    row = insert(table).values(**values, changed_at=datetime.now(UTC)).returning(table.c.id)
    return int(connection.execute(row).scalar_one())


def _gap(row: Row[Any]) -> Gap:
    return Gap(
        id=row.id,
        question=row.question,
        state=GapState(row.state),
        answer=row.answer,
        person=row.person,
        times=row.times,
        people=row.people,
        last=utc(row.last) if row.last else None,
    )
