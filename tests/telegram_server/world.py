"""All that Telegram knows: what a test sees and does, what methods and people change."""

from __future__ import annotations

import asyncio
import itertools
import mimetypes
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from tests.telegram_server import faults
from tests.telegram_server.faults import Fault, Injector, Which
from tests.telegram_server.model import (
    JSON,
    Call,
    Chat,
    File,
    InlineQuery,
    Message,
    Query,
    Refusal,
)
from tests.telegram_server.people import Person
from tests.telegram_server.transcript import transcript

T = TypeVar("T")


@dataclass
class Poll:
    """A getUpdates that is held until there is news."""

    news: asyncio.Event = field(default_factory=asyncio.Event)
    refusal: Refusal | None = None


class World:
    """People, chats, updates and calls. Safe from any thread: changes are made in `changing`."""

    def __init__(self, name: str = "Trợ lý HTX", username: str = "tro_ly_htx_bot") -> None:
        number = 123456789
        self.token, self.username = f"{number}:ma-thu-nghiem", username
        self.bot: JSON = {"id": number, "is_bot": True, "first_name": name, "username": username}
        self.chats: dict[int, Chat] = {}
        self.people: dict[int, Person] = {}
        self.files: dict[str, File] = {}
        self.queries: dict[str, Query] = {}
        self.inline_queries: dict[str, InlineQuery] = {}
        self.commands: dict[str, list[JSON]] = {}
        self.webhook: JSON = {}
        self.allowed: list[str] | None = None
        self.pending_by_id: dict[int, JSON] = {}
        self.replayed: set[int] = set()
        self.poll: Poll | None = None
        self.loop = asyncio.new_event_loop()  # of the server
        self.news = asyncio.Event()  # for the webhook
        self._updates: list[JSON] = []
        self._calls: list[Call] = []
        self._injectors: list[Injector] = []
        self._numbers = itertools.count(1)
        self._changed = threading.Condition()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the world still for one change; whoever waits for news is woken afterwards."""
        with self._changed:
            yield
            self._changed.notify_all()
        self.loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        self.news.set()
        if self.poll:
            self.poll.news.set()

    # -- what a test does

    def person(self, name: str, *, person_id: int | None = None, **more: Any) -> Person:
        """Return a new person; `more` are fields of Person."""
        with self.changing():
            number = person_id or 7_000_000_000 + self.new_number()  # ids exceed 32 bits
            person = Person(self, number, name, **more)
            self.people[number], self.chats[number] = person, person.chat
        return person

    def group(self, title: str, _members: Iterable[Person] = ()) -> Chat:
        """Return a new supergroup that the bot is in, and in which it sees every message."""
        with self.changing():
            number = -1_002_000_000_000 - self.new_number()
            self.chats[number] = Chat(number, title)
        return self.chats[number]

    @property
    def calls(self) -> list[Call]:
        """All requests of the bot so far, in order of arrival."""
        with self._changed:
            return list(self._calls)

    @property
    def updates(self) -> list[JSON]:
        """All updates ever made for the bot."""
        with self._changed:
            return list(self._updates)

    @property
    def pending(self) -> list[JSON]:
        """The updates that the bot has not confirmed."""
        with self._changed:
            return list(self.pending_by_id.values())

    def messages(self, chat: Person | Chat) -> list[Message]:
        """Return all that was written in a chat by either side, deleted messages included."""
        with self._changed:
            return list(chat.chat.messages.values())

    def shown(self, chat: Person | Chat) -> list[Message]:
        """Return the bot's messages in a chat as displayed now, oldest first."""
        return [one for one in self.messages(chat) if one.sender is None and not one.deleted]

    def transcript(self, chat: Person | Chat) -> str:
        """Return a chat as Markdown, the same on every run."""
        with self._changed:
            return transcript(chat.chat, self.bot["first_name"])

    def wait_for(self, condition: Callable[[], T], timeout: float = 10) -> T:
        """Return what the condition gives once that is true; fails after `timeout` seconds."""
        ends = time.monotonic() + timeout
        while not (value := condition()):
            if time.monotonic() > ends:
                raise AssertionError(f"not so after {timeout} s; the last calls:\n{self._tail()}")
            with self._changed:  # a change that came before this line is met 20 ms later
                self._changed.wait(0.02)
        return value

    def _tail(self) -> str:
        return "\n".join(
            f"  {call.method} {call.parameters} -> {call.outcome} {call.description}"
            for call in self.calls[-12:]
        )

    def replay(self, update: JSON) -> None:
        """Deliver an update once more, unchanged, even though the bot has confirmed it."""
        with self.changing():
            self.pending_by_id[update["update_id"]] = update
            self.replayed.add(update["update_id"])

    def fault(
        self,
        method: Which,
        kind: str,
        *,
        times: int | None = 1,
        chat: Person | Chat | None = None,
        **more: Any,
    ) -> None:
        """The next `times` calls of a method (None: all until `clear_faults`) go wrong.

        `method`: a name ("file download" too), "*" for all but getUpdates, or a function that picks
        calls. `kind`: a status ("429", "403", "502" as nginx words it) or one of faults.OF_THE_LINE.
        `more`: `retry_after` of a 429, `delay` of a slow answer, both in seconds.
        """
        where = chat.chat.id if chat is not None else None
        with self.changing():
            self._injectors.append(faults.counted(Fault(kind, **more), method, times, where))

    def fault_at_random(
        self, rate: float, kinds: Sequence[str], *, seed: int, methods: Sequence[str] = ("*",)
    ) -> None:
        """A share of the calls goes wrong until `clear_faults`, the same for the same seed."""
        with self.changing():
            found = [Fault(kind) for kind in kinds]
            self._injectors.append(faults.at_random(found, rate, seed, methods))

    def clear_faults(self) -> None:
        with self.changing():
            self._injectors.clear()

    # -- what methods and people do (the caller holds the world still)

    def new_number(self) -> int:
        return next(self._numbers)

    def bot_json(self) -> JSON:
        return self.bot

    def keep(self, chat: Chat, sender: Person | None, **content: Any) -> Message:
        """A new message stands in the chat."""
        fields = {"date": int(time.time()), **content}
        message = Message(chat=chat, message_id=len(chat.messages) + 1, sender=sender, **fields)
        chat.messages[message.message_id] = message
        chat.events.append(message.message_id)
        return message

    def change(self, message: Message) -> Message:
        """A message stands changed in its chat, and remembers how it was."""
        before = message.chat.messages[message.message_id]
        edits = (*before.edits, before.html) if message.html != before.html else before.edits
        changed = replace(message, edits=edits, edit_date=int(time.time()))
        message.chat.messages[message.message_id] = changed
        return changed

    def keep_file(self, kind: str, name: str, data: bytes, **fields: Any) -> File:
        guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
        fields = {"mime_type": guessed, "size_bytes": len(data), **fields}
        file = File(number=self.new_number(), kind=kind, name=name, data=data, **fields)
        self.files[file.file_id] = file
        return file

    def ask(self, person: Person, label: str, chat: Chat) -> Query:
        """A button is pressed in a chat."""
        query = Query(f"{person.id}{self.new_number():06}", person, label, chat.id)
        self.queries[query.id] = query
        chat.events.append(query)
        return query

    def message_json(self, message: Message) -> JSON:
        return message.as_json(self.bot_json())

    def add_update(self, kind: str, body: JSON) -> None:
        """The bot is told, unless it did not ask for this kind of updates."""
        if not self.allowed or kind in self.allowed:
            update: JSON = {"update_id": 800_000_000 + self.new_number(), kind: body}
            self._updates.append(update)
            self.pending_by_id[update["update_id"]] = update

    def begin(self, call: Call) -> Fault | None:
        """A request arrives; return what goes wrong with it."""
        self._calls.append(call)
        return next(filter(None, (injector(call) for injector in self._injectors)), None)
