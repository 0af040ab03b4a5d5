"""A bot with documents for different people, and visitors of all roles in chats and a group."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from knowledge.model import Audience
from tests.bot.office import Office
from tests.bot.restricted import Written
from tests.telegram_server import Chat, FakeTelegram, Message, Person

Choice = TypeVar("Choice")
ROLES = ("", "manager", "officer", "admin")
AUDIENCE_OF = {
    "": Audience.EVERYONE,
    "manager": Audience.EVERYONE,
    "officer": Audience.OFFICERS,
    "admin": Audience.ADMINS,
}


@dataclass
class Visitor:
    """Somebody in a chat, and whose documents may be shown there at this moment."""

    person: Person
    role: str
    chat: Chat
    typed: list[str] = field(default_factory=list)

    @property
    def audience(self) -> Audience:
        private = self.chat.owner is self.person
        return AUDIENCE_OF[self.role] if private else Audience.EVERYONE


@dataclass
class Scene:
    """A bot, its documents, its visitors.

    Attributes:
        unpublished: words of a file that an admin sent and nobody published.
        made_public: questions that an admin answered for everyone.
        paths: what the buttons of /solieu carry for an admin.
        reached: whose documents reached somebody who may see them.
    """

    office: Office
    folder: Path
    documents: list[Written]
    visitors: list[Visitor]
    chance: random.Random
    unpublished: set[str] = field(default_factory=set)
    made_public: list[str] = field(default_factory=list)
    thorough: bool = True
    paths: list[str] = field(default_factory=list)
    reached: set[Audience] = field(default_factory=set)

    @property
    def telegram(self) -> FakeTelegram:
        return self.office.telegram

    def says(self, visitor: Visitor, text: str) -> None:
        words = text if visitor.chat.owner else f"@{{bot}} {text}"
        visitor.typed.append(text)
        visitor.person.says(words, visitor.chat)

    def commands(self, visitor: Visitor, command: str, words: str = "") -> Message:
        """Give a command where the visitor is; return what answers it."""
        at_bot = command if visitor.chat.owner else f"{command}@{{bot}}"
        before = len(self.telegram.shown(visitor.chat))
        visitor.typed.append(words)
        visitor.person.says(f"{at_bot} {words}".strip(), visitor.chat)
        self.office.until_done()
        return self.telegram.wait_for(lambda: self.telegram.shown(visitor.chat)[before:])[0]

    def presses(self, visitor: Visitor, message: Message, data: str) -> None:
        visitor.person.presses(message, data=data)

    def goes_on(self, visitor: Visitor, message: Message) -> bool:
        """Press one of the buttons that a message has now; tell whether there was one."""
        now = self.office.now(message)
        data = [one for row in now.buttons for one in row.values() if is_harmless(one)]
        if data:
            self.presses(visitor, now, self.chance.choice(data))
            self.office.until_done()
        return bool(data)

    def all_buttons(self, chat: Chat) -> Iterator[tuple[Message, str]]:
        """Yield every button that a chat ever showed, also those that were edited away."""
        for call in self.telegram.calls:
            rows = (call.nested("reply_markup") or {}).get("inline_keyboard", [])
            if call.chat_id != chat.id or not rows:
                continue
            number = call.number("message_id") or call.result["message_id"]
            for row in rows:
                for key in row:
                    if is_harmless(key["callback_data"]):
                        yield chat.messages[number], key["callback_data"]

    def some(self, choices: Sequence[Choice], most: int) -> list[Choice]:
        """Return some of what there is; half as many when there is little time."""
        most = most if self.thorough else (most + 1) // 2
        return self.chance.sample(choices, min(len(choices), most))

    def restricted(self) -> list[Written]:
        return [one for one in self.documents if one.audience is not Audience.EVERYONE]


def is_harmless(data: str) -> bool:
    """Tell whether a button changes neither roles nor documents, in the hands of an admin too."""
    return not re.match(r"u:|b:|k:\d+:(4|7|9|11):|g:.*:(use|write|right|skip)$", data)
