"""People as the office knows them: name, role, whether they may ask; and what admins chose for all.

Numbers of people are Telegram's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Engine, Row, select

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
    """

    id: int
    name: str = ""
    role: Role | None = None
    membership: Membership = Membership.UNKNOWN
    quiet: str = ""
    changed_at: datetime | None = None


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
        self, person: int, *, role: Role | None, membership: Membership, name: str | None = None
    ) -> None:
        """Keep what somebody is to the office from now on; a name of None stays as it was."""
        named = {} if name is None else {"name": name}
        self._put(
            person,
            role=role.value if role else "",
            state=membership.value,
            changed_at=datetime.now(UTC),
            **named,
        )

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
    )
