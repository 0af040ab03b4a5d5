"""What was asked and how it ended, to be counted and exported; who asked is a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select

from knowledge.catalogue import schema
from knowledge.catalogue.conversations import Turn, turn_of
from knowledge.catalogue.database import utc
from knowledge.catalogue.gaps import ANSWERED_LATER


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question with what is counted of it.

    Attributes:
        status: of its answer; "" while there is none.
        latency_ms: None for one that was never answered, or by an earlier version of the program.
    """

    turn: Turn
    status: str
    latency_ms: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What somebody said of an answer."""

    turn: int
    person: int
    helpful: bool
    given_at: datetime


class Usage:
    """The questions of one library, as they are counted."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def asked(self, since: datetime | None = None) -> Sequence[Asked]:
        """Return the questions that people asked, the oldest first.

        An answer that was brought to somebody later is none of them.
        """
        table = schema.turns
        query = (
            select(table)
            .where(~table.c.key.startswith(ANSWERED_LATER, autoescape=True))
            .order_by(table.c.id)
        )
        if since is not None:
            query = query.where(table.c.asked_at >= utc(since))
        with self._engine.connect() as connection:
            return [
                Asked(turn=turn_of(row), status=row.status, latency_ms=row.latency_ms)
                for row in connection.execute(query)
            ]

    def verdicts(self, since: datetime | None = None) -> Sequence[Verdict]:
        """Return what people said of answers, the oldest first."""
        table = schema.feedback
        query = select(table).order_by(table.c.given_at, table.c.turn_id)
        if since is not None:
            query = query.where(table.c.given_at >= utc(since))
        with self._engine.connect() as connection:
            return [
                Verdict(
                    turn=row.turn_id,
                    person=row.person,
                    helpful=row.helpful,
                    given_at=utc(row.given_at),
                )
                for row in connection.execute(query)
            ]
