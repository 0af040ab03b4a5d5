"""People of an office who press and reply until a chat says what is waited for."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from knowledge.catalogue import Deed
from tests.builders import Stand
from tests.telegram_server import FakeTelegram, Message, Person, Query

NOT_FOUND = "Không có trong tài liệu"


def seen(telegram: FakeTelegram, person: Person, words: str, timeout: float = 15) -> Message:
    """Return the last message in a person's chat that says something, once there is one."""

    def found() -> Message | None:
        return next((one for one in reversed(telegram.shown(person)) if words in one.text), None)

    message = telegram.wait_for(found, timeout)
    assert message is not None
    return message


def said_to(telegram: FakeTelegram, person: Person, words: str) -> list[str]:
    """Return all that a person was told in which some words stand."""
    return [one.text for one in telegram.shown(person) if words in one.text]


def asked(telegram: FakeTelegram, person: Person, question: str) -> Message:
    """Ask and return the answer."""
    mine = person.says(question)

    def arrived() -> Message | None:
        after = [one for one in telegram.shown(person) if one.message_id > mine.message_id]
        searching = ("Đang tìm…", "Searching…", "Đang viết…")
        return after[0] if after and not after[0].text.endswith(searching) else None

    message = telegram.wait_for(arrived, 20)
    assert message is not None
    return message


def pressed(telegram: FakeTelegram, person: Person, message: Message, label: str) -> Query:
    """Press a button and return the query once it was answered."""
    query = person.presses(message, label)
    telegram.wait_for(lambda: query.answer is not None)
    return query


def forged(telegram: FakeTelegram, person: Person, message: Message, data: str) -> Query:
    """Send data that stands under no button, as a changed app can."""
    query = person.presses(message, data=data)
    telegram.wait_for(lambda: query.answer is not None)
    return query


def deeds(stand: Stand) -> Sequence[Deed]:
    """Return the audit, the newest first."""
    catalogue = stand.catalogue()
    try:
        return catalogue.audit().latest(200)
    finally:
        catalogue.close()


def refusals(stand: Stand, person: Person) -> list[str]:
    """Return what a person was refused."""
    return [one.object for one in deeds(stand) if one.person == person.id and one.deed == "refused"]


def in_database(home: Path, change: str, *values: object) -> None:
    """Change the tables by hand: let time pass."""
    with closing(sqlite3.connect(home / "catalogue.db", timeout=30)) as connection, connection:
        connection.execute(change, values)


def let_pass(home: Path, about: str) -> None:
    """Let the time come at which notices are due."""
    now = datetime.now(UTC).replace(tzinfo=None).isoformat(sep=" ")
    change = "update notices set due_at = ? where key like ? and state = 'owed'"
    in_database(home, change, now, f"{about}%")


def number_in(pattern: str, message: Message) -> int:
    """Return the number that a pattern finds in the data of a message's buttons."""
    data = " ".join(value for row in message.buttons for value in row.values())
    match = re.search(pattern, data)
    assert match is not None, data
    return int(match[1])


def never(telegram: FakeTelegram, condition: Callable[[], object], times: int = 8) -> None:
    """Check that something does not come while the bot answers other things."""
    probe = telegram.person("Thăm dò")
    for _ in range(times):
        asked(telegram, probe, "/language vi")
        assert not condition()
