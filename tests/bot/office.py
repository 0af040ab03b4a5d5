"""An office with a bot: two admins of the settings, and helpers to write, press and look around."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bot.conftest import answers, starting
from tests.bot.running import BotHere
from tests.builders import SAMPLES, Stand, write_all
from tests.telegram_server import Chat, FakeTelegram, Message, Person, Query

SECRET, SECRET_QUESTION = "999 tỷ", "Quỹ dự phòng của tỉnh Bến Tre năm 2023 là bao nhiêu?"
FILES = {
    "noi-bo.txt": f"Báo cáo nội bộ\n\nQuỹ dự phòng của tỉnh Bến Tre năm 2023 là {SECRET} đồng.\n",
    "documents.csv": "file,audience\nnoi-bo.txt,officers\n",
}


@dataclass
class Office:
    """A closed bot with two admins of the settings, and everything that its people do."""

    telegram: FakeTelegram
    stand: Stand
    hoa: Person
    binh: Person

    def newcomer(self, name: str, **more: Any) -> Person:
        return self.telegram.person(name, **more)

    def settings(self, access: str = "closed") -> dict[str, object]:
        return {"admin_ids": f"{self.hoa.id},{self.binh.id}", "bot_access": access}

    def running(self, access: str = "closed") -> BotHere:
        return starting(self.telegram, self.stand, **self.settings(access))

    def last(self, person: Person | Chat) -> Message:
        return self.telegram.shown(person)[-1]

    def said(self, person: Person, text: str) -> Message:
        """Return what is answered to a text."""
        before = len(self.telegram.shown(person))
        person.says(text)
        self.until_done()
        return answers(self.telegram, person, before + 1)[-1]

    def pressed(self, person: Person, message: Message, label: str = "", **more: str) -> Query:
        """Press a button and wait until all that it does is done."""
        query = person.presses(message, label, **more)
        self.until_done()
        assert query.answer is not None, "the clock on the button goes on"
        return query

    def until_done(self) -> None:
        """Wait until the bot has worked on all that people did."""

        def is_done() -> bool:
            if self.telegram.pending:
                return False
            with sqlite3.connect(self.stand.home / "catalogue.db") as database:
                return not database.execute("select 1 from inbox where not done").fetchall()

        self.telegram.wait_for(is_done)

    def now(self, message: Message) -> Message:
        return message.chat.messages[message.message_id]

    def card(self, admin: Person, name: str) -> Message:
        """Return the card of a request in an admin's chat."""
        return self.telegram.wait_for(lambda: self.cards(admin, name))[-1]

    def cards(self, admin: Person, name: str) -> list[Message]:
        signs = tuple(f"{sign} {name}" for sign in ("🙋", "✅", "✖️", "🚫"))
        return [one for one in self.telegram.shown(admin) if one.text.startswith(signs)]

    def let_in(self, person: Person, role: str = "Quản lý HTX") -> None:
        self.said(person, "/start")
        self.pressed(self.hoa, self.card(self.hoa, person.name), role)
        self.telegram.wait_for(lambda: "Bạn đã được cho vào" in self.last(person).text)

    def deeds(self) -> list[tuple[int, str, str, str]]:
        """Return the audit: person, deed, object, detail."""
        with sqlite3.connect(self.stand.home / "catalogue.db") as database:
            return list(
                database.execute("select person, deed, object, detail from audit order by id")
            )

    def menu(self, person: Person) -> set[str]:
        place = json.dumps([{"type": "chat", "chat_id": person.id}, ""], sort_keys=True)
        return {one["command"] for one in self.telegram.commands.get(place, [])}


def an_office(telegram: FakeTelegram, base: Path) -> Office:
    stand = Stand(base / "var")
    assert not stand.ingestion().ingest([write_all(base / "d", SAMPLES | FILES)]).failed
    return Office(telegram, stand, telegram.person("Hoa"), telegram.person("Bình"))
