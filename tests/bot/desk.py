"""A documents folder, the library made of it, a Telegram, and admins who write to its bot."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.catalogue import Catalogue, StoredVersion
from knowledge.search.embeddings import Embedder
from tests.bot.running import BotHere
from tests.builders import LOAN_QUESTION, Stand
from tests.telegram_server import Chat, FakeTelegram, Message, Person

HOA, KHOA, EMMA = 101, 102, 103  # the admins; Emma's Telegram speaks English
ADMINS = f"{HOA},{KHOA},{EMMA}"
OLD, NEW = "không quá bốn năm", "không quá sáu năm"  # the answer to LOAN_QUESTION
ENDS = ("✅", "⚠️", "Bot đang tắt", "The bot is shutting down")  # how the end of a change begins
PATIENCE_S = 90  # two cores and a model in each process
DAMAGED = b"%PDF-1.4 h\xc3\xb4ng"

CORN = """Quy chế tổ trồng ngô

Điều 1. Mức góp

Mỗi hộ trồng ngô góp ba tạ hạt giống cho kho chung trước vụ xuân.
"""
CORN_QUESTION = "Mỗi hộ trồng ngô góp bao nhiêu hạt giống cho kho chung?"


@dataclass(frozen=True)
class Desk:
    """A documents folder, the library made of it, and a Telegram for its bot."""

    telegram: FakeTelegram
    documents: Path
    home: Path
    embedder: Embedder

    @property
    def settings(self) -> dict[str, Any]:
        return {"DOCUMENTS_DIR": self.documents, "ADMIN_IDS": ADMINS}

    def bot(self) -> BotHere:
        assistant = Stand(self.home, self.embedder).assistant()
        return BotHere(self.telegram, self.home, assistant, **self.settings)

    def catalogue(self) -> Catalogue:
        return Stand(self.home, self.embedder).catalogue()

    def admin(self, number: int = HOA) -> Person:
        name = {HOA: "Hoa", KHOA: "Khoa", EMMA: "Emma"}[number]
        language = "en" if number == EMMA else "vi"
        return self.telegram.person(name, person_id=number, language=language)

    def end(self, admin: Person, count: int = 1) -> Message:
        """Return the n-th message that tells how a change ended."""

        def ended() -> Message | None:
            found = [one for one in self.telegram.shown(admin) if one.text.startswith(ENDS)]
            return found[count - 1] if len(found) >= count else None

        message = self.telegram.wait_for(ended, PATIENCE_S)
        assert message is not None
        return message

    def says(self, person: Person, *words: str) -> Message:
        """Return the first message to a person that holds some words, once it is there."""

        def said() -> Message | None:
            shown = self.telegram.shown(person)
            return next((one for one in shown if all(word in one.text for word in words)), None)

        message = self.telegram.wait_for(said, PATIENCE_S)
        assert message is not None
        return message

    def press(self, person: Person, message: Message, label: str, *words: str) -> Message:
        """Press a button and return its message once that holds some words."""
        person.presses(message, label)
        return self.becomes(person, message, *words)

    def becomes(self, person: Person, message: Message, *words: str) -> Message:
        """Return a message once it holds some words."""

        def is_so() -> Message | None:
            found = [
                one for one in self.telegram.shown(person) if one.message_id == message.message_id
            ]
            return found[0] if found and all(word in found[0].text for word in words) else None

        now = self.telegram.wait_for(is_so, PATIENCE_S)
        assert now is not None
        return now

    def toast(self, person: Person, message: Message, data: str) -> str:
        """Press a button by its data, be it there or not; return what is told over the chat."""
        query = person.presses(message, data=data)
        self.telegram.wait_for(lambda: query.answer is not None)
        return str(query.toast or "")

    def publishes(self, admin: Person, name: str, text: str) -> Message:
        """Send a file, publish it, and return the card at its end."""
        before = len(self.telegram.shown(admin))
        admin.sends_document(name, text.encode())

        def read() -> Message | None:
            found = self.telegram.shown(admin)[before:]
            return next((one for one in found if "Công bố" in str(one.buttons)), None)

        card = self.telegram.wait_for(read, PATIENCE_S)
        assert card is not None
        return self.press(admin, card, "Công bố", "Đã công bố")

    def deeds(self) -> list[tuple[int, str, str]]:
        """Return (person, deed, object) of the audit, oldest first."""
        latest = self.catalogue().audit().latest(100)
        return [(one.person, one.deed, one.object) for one in reversed(latest)]

    def live(self) -> dict[str, StoredVersion]:
        """Return the live versions by the names of their files."""
        catalogue = self.catalogue()
        found = catalogue.versions(generation=catalogue.live_generation())
        return {one.document.source: one for one in found}

    def answer(self, person: Person, question: str = LOAN_QUESTION) -> str:
        """Ask and return the answer."""
        asked = person.says(question)
        return self.told(person, asked)

    def told(self, person: Person | Chat, asked: Message) -> str:
        """Return the first message after another one, once it is no longer searched for."""

        def arrived() -> str:
            after = (
                one for one in self.telegram.shown(person) if one.message_id > asked.message_id
            )
            found = next(after, None)
            return "" if found is None or found.text in {"Đang tìm…", "Searching…"} else found.text

        return self.telegram.wait_for(arrived, 20)


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def edit_times(telegram: FakeTelegram, message: Message) -> list[float]:
    return [
        call.time
        for call in telegram.calls
        if call.method == "editMessageText"
        and call.chat_id == message.chat.id
        and call.number("message_id") == message.message_id
    ]
