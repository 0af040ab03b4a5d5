"""Who wants to hear of new documents, and which versions each person was told of, each once.

What is to be told goes three steps, so that a process may die between any two of them and nothing
is told twice or forgotten: a version is noted for a person, noted versions are bundled into one
message with a key of its own, and the bundle is marked once that message is owed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, delete, func, select, update

from knowledge.catalogue import schema
from knowledge.catalogue.database import putting, utc

_ANNOUNCED = "announced"  # the option that holds the last generation whose news were noted


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """What a person wants to hear of.

    Attributes:
        place: "" for every place.
        kind: of documents; "" for every kind.
        since: what was published before is not told.
    """

    id: int
    person: int
    place: str
    kind: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeared:
    """A version of a document that was published for the first time."""

    version: int
    document: str
    published_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Versions that one person is told of in one message."""

    key: str
    person: int
    versions: tuple[int, ...]


class Subscriptions:
    """The subscriptions of one library. Safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, person: int, place: str, kind: str) -> bool:
        """Keep that a person wants to hear of documents; False when that was known."""
        table = schema.subscriptions
        put = putting(self._engine, table).values(
            person=person, place=place, kind=kind, since=datetime.now(UTC)
        )
        with self._engine.begin() as connection:
            added = connection.execute(put.on_conflict_do_nothing().returning(table.c.id))
            return added.scalar() is not None

    def remove(self, person: int, subscription: int) -> bool:
        """Forget one of a person's subscriptions; False when it is none of theirs."""
        table = schema.subscriptions
        with self._engine.begin() as connection:
            gone = connection.execute(
                delete(table).where(table.c.id == subscription, table.c.person == person)
            )
            return gone.rowcount > 0

    def owner(self, subscription: int) -> int | None:
        """Return whose a subscription is."""
        table = schema.subscriptions
        with self._engine.connect() as connection:
            query = select(table.c.person).where(table.c.id == subscription)
            return connection.execute(query).scalar()

    def of(self, person: int) -> Sequence[Subscription]:
        """Return a person's subscriptions, oldest first."""
        return self._all(schema.subscriptions.c.person == person)

    def all(self) -> Sequence[Subscription]:
        """Return everybody's subscriptions."""
        return self._all()

    # --- what is new -----------------------------------------------------------------------------

    def announced(self) -> int | None:
        """Return the last generation whose news were noted; None when none ever was."""
        table = schema.options
        with self._engine.connect() as connection:
            query = select(table.c.value).where(table.c.name == _ANNOUNCED)
            value = connection.execute(query).scalar()
        return int(value) if value else None

    def appeared(self, after: int, live: int) -> Sequence[Appeared]:
        """Return the versions of the live generation first published after an earlier one."""
        generations, contents = schema.generations, schema.contents
        first = (
            select(contents.c.version_id, func.min(contents.c.generation_id).label("generation"))
            .join(generations, generations.c.id == contents.c.generation_id)
            .where(generations.c.published_at.is_not(None))
            .group_by(contents.c.version_id)
            .subquery()
        )
        query = (
            select(contents.c.version_id, contents.c.document_id, generations.c.published_at)
            .join(first, first.c.version_id == contents.c.version_id)
            .join(generations, generations.c.id == first.c.generation)
            .where(contents.c.generation_id == live, first.c.generation > after)
            .order_by(contents.c.version_id)
        )
        with self._engine.connect() as connection:
            return [
                Appeared(
                    version=row.version_id,
                    document=row.document_id,
                    published_at=utc(row.published_at),
                )
                for row in connection.execute(query)
            ]

    def note(self, generation: int, news: Mapping[int, Iterable[int]]) -> None:
        """Keep what each person is to be told of, {person: versions}, up to a generation."""
        rows = [
            {"person": person, "version_id": version, "bundle": "", "owed": False}
            for person, versions in news.items()
            for version in versions
        ]
        put = putting(self._engine, schema.options).values(name=_ANNOUNCED, value=str(generation))
        with self._engine.begin() as connection:
            if rows:
                connection.execute(
                    putting(self._engine, schema.news).on_conflict_do_nothing(), rows
                )
            connection.execute(
                put.on_conflict_do_update(index_elements=["name"], set_={"value": str(generation)})
            )

    def waiting(self) -> Sequence[int]:
        """Return the people for whom something is noted that no message holds yet."""
        table = schema.news
        query = select(table.c.person).where(table.c.bundle == "").distinct()
        with self._engine.connect() as connection:
            return list(connection.scalars(query))

    def bundle(self, person: int) -> None:
        """Put all that is noted for a person into one message."""
        table = schema.news
        mine = (table.c.person == person, table.c.bundle == "")
        with self._engine.begin() as connection:
            last = connection.execute(select(func.max(table.c.version_id)).where(*mine)).scalar()
            key = f"news:{person}:{last}"
            connection.execute(update(table).where(*mine).values(bundle=key))

    def bundles(self) -> Sequence[Bundle]:
        """Return the messages that are not owed yet."""
        table = schema.news
        query = (
            select(table)
            .where(table.c.bundle != "", ~table.c.owed)
            .order_by(table.c.bundle, table.c.version_id)
        )
        found: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
        with self._engine.connect() as connection:
            for row in connection.execute(query):
                found[row.bundle, row.person].append(row.version_id)
        return [
            Bundle(key=key, person=person, versions=tuple(versions))
            for (key, person), versions in found.items()
        ]

    def owed(self, bundle: Bundle) -> None:
        """Mark a bundle as done: its message is owed, or there is nothing to tell any more."""
        table = schema.news
        with self._engine.begin() as connection:
            connection.execute(update(table).where(table.c.bundle == bundle.key).values(owed=True))

    def _all(self, *conditions: Any) -> list[Subscription]:
        table = schema.subscriptions
        query = select(table).where(*conditions).order_by(table.c.id)
        with self._engine.connect() as connection:
            return [
                Subscription(
                    id=row.id,
                    person=row.person,
                    place=row.place,
                    kind=row.kind,
                    since=utc(row.since),
                )
                for row in connection.execute(query)
            ]
