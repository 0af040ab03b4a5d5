"""People as the office knows them: name, role, whether they may ask; and what admins chose for all.

Numbers of people are Telegram's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Engine, Row, select, update

from knowledge.catalogue import schema
from knowledge.catalogue.database import putting, utc
from knowledge.model import Audience


class Role(StrEnum):
    """What somebody is to the office."""

    MANAGER = "manager"
    OFFICER = "officer"
    ADMIN = "admin"

    @property
    def audience(self) -> Audience:
        """Whose documents this role may see."""
        return _AUDIENCES[self]


_AUDIENCES = {
    Role.MANAGER: Audience.EVERYONE,
    Role.OFFICER: Audience.OFFICERS,
    Role.ADMIN: Audience.ADMINS,
}


class Membership(StrEnum):
    """How somebody stands with the office."""

    UNKNOWN = ""
    ASKED = "asked"  # to be let in
    MEMBER = "member"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person who wrote to the bot or whom an admin decided about.

    Attributes:
        name: as Telegram shows it.
        role: None before an admin gave one.
        quiet: hours of the day without notices, "21-6"; "" for none.
        changed_at: when role or membership last changed; None when they never did.
        decided_by: the admin who last changed them; None for nobody.
    """

    id: int
    name: str = ""
    role: Role | None = None
    membership: Membership = Membership.UNKNOWN
    quiet: str = ""
    changed_at: datetime | None = None
    decided_by: int | None = None


Card = tuple[int, int]  # chat and message


class People:
    """The people of one library. Safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self) -> Sequence[Member]:
        """Return everybody, by name."""
        table = schema.people
        with self._engine.connect() as connection:
            rows = connection.execute(select(table).order_by(table.c.name, table.c.id))
            return [_member(row) for row in rows]

    def find(self, person: int) -> Member | None:
        """Return a person."""
        query = select(schema.people).where(schema.people.c.id == person)
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        return _member(row) if row is not None else None

    def decide(
        self,
        person: int,
        *,
        role: Role | None,
        membership: Membership,
        name: str | None = None,
        by: int | None = None,
    ) -> None:
        """Keep what somebody is to the office from now on; a name of None stays as it was."""
        named = {} if name is None else {"name": name}
        self._put(person, **_decision(role, membership, by), **named)

    # --- requests to be let in -----------------------------------------------------------------

    def ask(self, person: int, name: str) -> bool:
        """Keep that a person asks to be let in; False when that is so or was decided before."""
        table = schema.people
        asked = {"name": name, "state": Membership.ASKED.value, "changed_at": datetime.now(UTC)}
        put = putting(self._engine, table).values(id=person, language="", **asked)
        put = put.on_conflict_do_update(
            index_elements=["id"], set_=asked, where=table.c.state == Membership.UNKNOWN.value
        )
        with self._engine.begin() as connection:
            return connection.execute(put.returning(table.c.id)).one_or_none() is not None

    def settle(self, person: int, *, role: Role | None, membership: Membership, by: int) -> bool:
        """Decide a request; False when there is none (any more): of two admins one decides."""
        table = schema.people
        waiting = (table.c.id == person) & (table.c.state == Membership.ASKED.value)
        change = update(table).where(waiting).values(**_decision(role, membership, by))
        with self._engine.begin() as connection:
            return connection.execute(change).rowcount == 1

    def cards(self, person: int) -> Sequence[Card]:
        """Return the messages that ask admins to let a person in."""
        query = select(schema.people.c.cards).where(schema.people.c.id == person)
        with self._engine.connect() as connection:
            return _cards(connection.execute(query).scalar())

    def add_card(self, person: int, card: Card) -> bool:
        """Keep one more such message; False when the request was decided meanwhile."""
        table = schema.people
        waiting = (table.c.id == person) & (table.c.state == Membership.ASKED.value)
        with self._engine.begin() as connection:
            connection.execute(update(table).where(waiting).values(id=person))  # nobody else reads
            row = connection.execute(select(table.c.cards).where(waiting)).one_or_none()
            if row is None:
                return False
            cards = [*_cards(row.cards), card]
            connection.execute(update(table).where(waiting).values(cards=cards))
            return True

    def forget_cards(self, person: int) -> None:
        """Forget these messages: the request is closed."""
        table = schema.people
        with self._engine.begin() as connection:
            connection.execute(update(table).where(table.c.id == person).values(cards=[]))

    # --- what people and admins chose ----------------------------------------------------------

    def rename(self, person: int, name: str) -> None:
        """Keep the name that Telegram shows for a person."""
        self._put(person, name=name)

    def be_quiet(self, person: int, hours: str) -> None:
        """Keep a person's hours without notices, "21-6"; "" for none."""
        self._put(person, quiet=hours)

    def option(self, name: str) -> str:
        """Return what admins chose for the whole bot; "" when they did not."""
        query = select(schema.options.c.value).where(schema.options.c.name == name)
        with self._engine.connect() as connection:
            return connection.execute(query).scalar() or ""

    def choose(self, name: str, value: str) -> None:
        """Keep what an admin chose for the whole bot."""
        put = putting(self._engine, schema.options).values(name=name, value=value)
        with self._engine.begin() as connection:
            connection.execute(
                put.on_conflict_do_update(index_elements=["name"], set_={"value": value})
            )

    def _put(self, person: int, **values: Any) -> None:
        put = putting(self._engine, schema.people).values(id=person, **{"language": "", **values})
        with self._engine.begin() as connection:
            connection.execute(put.on_conflict_do_update(index_elements=["id"], set_=values))


def _member(row: Row[Any]) -> Member:
    return Member(
        id=row.id,
        name=row.name,
        role=Role(row.role) if row.role else None,
        membership=Membership(row.state),
        quiet=row.quiet,
        changed_at=utc(row.changed_at) if row.changed_at else None,
        decided_by=row.decided_by,
    )


def _decision(role: Role | None, membership: Membership, by: int | None) -> dict[str, Any]:
    return {
        "role": role.value if role else "",
        "state": membership.value,
        "changed_at": datetime.now(UTC),
        "decided_by": by,
    }


def _cards(kept: Any) -> Sequence[Card]:
    return [(int(chat), int(message)) for chat, message in kept or []]
