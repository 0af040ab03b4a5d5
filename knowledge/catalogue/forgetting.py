"""What a person asked, was answered and is owed is erased; their role in the office stays."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, select, update

from knowledge.catalogue import schema
from knowledge.catalogue.gaps import GapState

_NOBODY = 0


def forget(engine: Engine, person: int, asking: str = "") -> bool:
    """Erase a person's history; return whether the office still knows the person by name.

    Who has a role, waits for one or is blocked keeps that and the name; the audit keeps its lines.

    Args:
        engine: the database.
        person: whose history it is.
        asking: key of the update that asks for it, which is worked on to its end as others are.
    """
    with engine.begin() as connection:
        turns = list(
            connection.scalars(select(schema.turns.c.id).where(schema.turns.c.person == person))
        )
        leaning = _leaning_on(connection, turns)
        _leave_gaps(connection, turns, leaning)
        _erase_turns(connection, person, turns, leaning)
        _empty_inbox(connection, person, asking)
        for table in (schema.feedback, schema.notices, schema.subscriptions, schema.news):
            connection.execute(delete(table).where(table.c.person == person))
        connection.execute(delete(schema.prompts).where(schema.prompts.c.chat == person))
        is_known = _erase_person(connection, person)
    _clear_log(engine)
    return is_known


def _leaning_on(connection: Connection, turns: Sequence[int]) -> list[int]:
    """Return the turns of others that follow some turns: their answers repeat what was asked."""
    table, found, newest = schema.turns, set(turns), list(turns)
    while newest:
        following = connection.scalars(select(table.c.id).where(table.c.parent.in_(newest)))
        newest = [one for one in following if one not in found]
        found.update(newest)
    return sorted(found - set(turns))


def _leave_gaps(connection: Connection, turns: Sequence[int], leaning: Sequence[int]) -> None:
    """Take a person's questions out of the gaps; a gap that only they had is gone with them.

    The question of an answered gap stands in the library, which is the office's.
    """
    gaps, links = schema.gaps, schema.gap_turns
    theirs = links.c.turn_id.in_([*turns, *leaning])
    touched = set(connection.scalars(select(links.c.gap_id).where(theirs)))
    connection.execute(delete(links).where(links.c.turn_id.in_(turns)))
    for gap in touched:
        others = (
            select(schema.turns.c.text)
            .join(links, links.c.turn_id == schema.turns.c.id)
            .where(links.c.gap_id == gap)
            .order_by(schema.turns.c.id)
        )
        another = connection.execute(others.limit(1)).scalar()
        is_private = (gaps.c.id == gap) & (gaps.c.state != GapState.ANSWERED.value)
        if another is None:
            connection.execute(delete(gaps).where(is_private))
        else:  # the words that stood for all may have been theirs
            connection.execute(update(gaps).where(is_private).values(question=another))


def _erase_turns(
    connection: Connection, person: int, turns: Sequence[int], leaning: Sequence[int]
) -> None:
    """Erase turns with all that hangs on them.

    The last turn of all only loses what it says: its number must not be given to another, for
    there are buttons that name it.
    """
    table = schema.turns
    for hanging in (schema.feedback, schema.handovers):
        connection.execute(delete(hanging).where(hanging.c.turn_id.in_(turns)))
    connection.execute(update(table).where(table.c.parent.in_(turns)).values(parent=None))
    connection.execute(update(table).where(table.c.id.in_(leaning)).values(answer=""))
    last = connection.execute(select(func.max(table.c.id))).scalar()
    gone = table.c.person.in_([person, _NOBODY])
    connection.execute(delete(table).where(gone, table.c.id != last))
    blank = {"chat": _NOBODY, "person": _NOBODY, "message": 0, "shown": None, "parent": None}
    connection.execute(
        update(table)
        .where(table.c.person == person)
        .values(key=secrets.token_hex(16), text="", status="", answer="", **blank)
    )


def _empty_inbox(connection: Connection, person: int, asking: str) -> None:
    """Erase what the person's updates said that wait to be worked on again."""
    table = schema.inbox
    waiting = select(table.c.id, table.c.payload).where(~table.c.done, table.c.key != asking)
    theirs = [row.id for row in connection.execute(waiting) if _sender(row.payload) == person]
    connection.execute(update(table).where(table.c.id.in_(theirs)).values(done=True, payload=""))


def _sender(payload: str) -> int | None:
    """Return whose update it is, as Telegram writes them: `from` stands in whatever came."""
    try:
        update: dict[str, Any] = json.loads(payload)
    except ValueError:
        return None
    for part in update.values():
        if isinstance(part, dict) and isinstance(part.get("from"), dict):
            number: int | None = part["from"].get("id")
            return number
    return None


def _erase_person(connection: Connection, person: int) -> bool:
    table = schema.people
    unknown = (table.c.role == "") & (table.c.state == "")
    connection.execute(delete(table).where(table.c.id == person, unknown))
    kept = update(table).where(table.c.id == person).values(language="", quiet="")
    return connection.execute(kept).rowcount == 1


def _clear_log(engine: Engine) -> None:
    """Let nothing linger in SQLite's write-ahead log, where changed pages wait for their place."""
    if engine.name == "sqlite":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("pragma wal_checkpoint(truncate)")
