"""When documents are in force and what they do to each other, as rows of the catalogue."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from knowledge.catalogue import schema
from knowledge.model import Effect
from knowledge.standing import Change, Deed


def add_effects(connection: Connection, version: int, effects: Sequence[Effect]) -> None:
    """Write the effects of a version, in order."""
    rows = [
        {
            "version_id": version,
            "article": effect.article,
            "clause": effect.clause,
            "starts": effect.starts,
            "ends": effect.ends,
            "replaced_by": effect.replaced_by,
            "sentence": effect.sentence,
            "corrected": effect.corrected,
        }
        for effect in effects
    ]
    if rows:
        connection.execute(insert(schema.effects), rows)


def add_changes(connection: Connection, version: int, changes: Sequence[Change]) -> None:
    """Write what a version does to other documents, in order."""
    rows = [
        {
            "version_id": version,
            "ordinal": ordinal,
            "deed": change.deed.value,
            "by_number": change.by,
            "target_number": change.number,
            "article": change.article,
            "clause": change.clause,
            "part": change.part,
            "starts": change.starts,
            "excepted": list(change.excepted),
            "exception": change.exception,
            "locator": change.locator,
            "sentence": change.sentence,
        }
        for ordinal, change in enumerate(changes)
    ]
    if rows:
        connection.execute(insert(schema.changes), rows)


def read_effects(connection: Connection, versions: Sequence[int]) -> dict[int, tuple[Effect, ...]]:
    """Return {version: effects}, in order; versions without any are left out."""
    table = schema.effects
    query = select(table).where(table.c.version_id.in_(versions)).order_by(table.c.id)
    found: dict[int, tuple[Effect, ...]] = {}
    for row in connection.execute(query):
        effect = Effect(
            article=row.article,
            clause=row.clause,
            starts=row.starts,
            ends=row.ends,
            replaced_by=row.replaced_by,
            sentence=row.sentence,
            corrected=row.corrected,
        )
        found[row.version_id] = (*found.get(row.version_id, ()), effect)
    return found


def read_changes(connection: Connection, versions: Sequence[int]) -> dict[int, tuple[Change, ...]]:
    """Return {version: changes}, in order; versions without any are left out."""
    table = schema.changes
    query = (
        select(table)
        .where(table.c.version_id.in_(versions))
        .order_by(table.c.version_id, table.c.ordinal)
    )
    found: dict[int, tuple[Change, ...]] = {}
    for row in connection.execute(query):
        change = Change(
            deed=Deed(row.deed),
            by=row.by_number,
            number=row.target_number,
            article=row.article,
            clause=row.clause,
            part=row.part,
            starts=row.starts,
            excepted=tuple(row.excepted),
            exception=row.exception,
            locator=row.locator,
            sentence=row.sentence,
        )
        found[row.version_id] = (*found.get(row.version_id, ()), change)
    return found
