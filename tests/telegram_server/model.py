"""What Telegram knows: calls of the bot, files, chats, messages, presses of buttons."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.telegram_server.people import Person

JSON = dict[str, Any]
_MOVING = {"width": 640, "height": 480, "duration": 3}
FILE_FIELDS: dict[str, JSON] = {  # the kinds of files, and what the API says of each
    "document": {},
    "photo": {"width": 1280, "height": 960},
    "voice": {"duration": 3},
    "audio": {"duration": 3},
    "video": _MOVING,
    "animation": _MOVING,
    "video_note": {"length": 240, "duration": 3},
    "sticker": {"width": 512, "height": 512, "type": "regular"}
    | {"is_animated": False, "is_video": False},
}
_NAMELESS = {"photo", "sticker", "video_note"}


class Refusal(Exception):  # noqa: N818 - Telegram refuses; nothing went wrong with the server
    """What Telegram answers instead of a result."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


def bad(words: str) -> Refusal:
    return Refusal(400, f"Bad Request: {words}")


@dataclass
class Call:
    """One request of the bot. `outcome` is what the bot saw of it.

    "ok", the code of a refusal, "dropped", "gone" (the bot hung up first), "crashed" (a bug of this
    server), "pending" until then.
    """

    time: float  # monotonic
    method: str
    parameters: JSON
    chat_id: int | None = None
    outcome: str = "pending"
    description: str = ""
    fault: str = ""
    result: Any = field(default=None, repr=False)

    def text(self, name: str) -> str:
        value = self.parameters.get(name, "")
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> int:
        """Return a whole number, 0 when it is missing."""
        return int(self.text(name) or 0)

    def nested(self, name: str) -> Any:
        """Return what a JSON parameter holds, None when it is missing."""
        return json.loads(self.text(name) or "null")


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file as Telegram keeps it; `size_bytes` may claim more than `data` holds."""

    number: int
    kind: str
    name: str
    data: bytes = field(repr=False)
    mime_type: str
    size_bytes: int

    @property
    def file_id(self) -> str:
        return f"{self.kind}-{self.number:06}"

    @property
    def path(self) -> str:
        return f"{self.kind}s/file_{self.number}{PurePath(self.name).suffix}"

    def as_json(self) -> JSON:
        named = {"file_name": self.name, "mime_type": self.mime_type}
        return {
            "file_id": self.file_id,
            "file_unique_id": f"u{self.number:06}",
            "file_size": self.size_bytes,
            **({} if self.kind in _NAMELESS else named),
            **FILE_FIELDS[self.kind],
        }


@dataclass(eq=False)
class Chat:
    """A private chat (its id is the person's) or a group, with everything that was written."""

    id: int
    title: str
    owner: Person | None = None  # whose private chat it is; None in a group
    messages: dict[int, Message] = field(default_factory=dict, repr=False)
    events: list[int | Query] = field(default_factory=list, repr=False)  # in order, for transcripts

    @property
    def chat(self) -> Chat:
        return self

    def as_json(self) -> JSON:
        if self.owner is None:
            return {"id": self.id, "type": "supergroup", "title": self.title}
        return {"id": self.id, "type": "private", **self.owner.names()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message as it stood when it was looked up; `text` of a file is its caption."""

    chat: Chat = field(repr=False)
    message_id: int
    sender: Person | None = field(repr=False)  # None: the bot
    date: int
    text: str = ""
    html: str = ""
    entities: tuple[JSON, ...] = ()
    markup: JSON | None = None
    document: File | None = None
    reply_to: int | None = None
    thread: int | None = None
    extra: JSON = field(default_factory=dict)  # further fields of the API's Message
    edits: tuple[str, ...] = ()  # what `html` was before each edit
    edit_date: int | None = None
    deleted: bool = False

    @property
    def buttons(self) -> list[dict[str, str]]:
        """The rows of buttons: label -> callback data, or the address that a link opens."""
        rows = (self.markup or {}).get("inline_keyboard", [])
        return [
            {key["text"]: key.get("callback_data", key.get("url", "")) for key in row}
            for row in rows
        ]

    def as_json(self, bot: JSON, *, nested: bool = False) -> JSON:
        """Return the message as the API has it; one that is replied to shows no further reply."""
        place = {"chat": self.chat.as_json(), "message_id": self.message_id}
        if self.deleted:
            return {**place, "date": 0}  # inaccessible: a button of it may still be pressed
        sender = self.sender.as_json() if self.sender else bot
        shown: JSON = {**place, "from": sender, "date": self.date, **self.extra}
        words, entities = ("caption", "caption_entities") if self.document else ("text", "entities")
        replied = self.chat.messages.get(self.reply_to or 0)
        optional: JSON = {words: self.text, entities: list(self.entities)}
        optional |= {"reply_markup": self.markup, "edit_date": self.edit_date}
        optional |= {"message_thread_id": self.thread, "is_topic_message": bool(self.thread)}
        if replied and not nested and not replied.deleted:
            optional["reply_to_message"] = replied.as_json(bot, nested=True)
        if file := self.document:
            optional[file.kind] = [file.as_json()] if file.kind == "photo" else file.as_json()
        return shown | {name: value for name, value in optional.items() if value}


@dataclass(eq=False)
class InlineQuery:
    """What a person typed behind the bot's name; `results` are what it offered, None until then."""

    id: str
    person: Person = field(repr=False)
    text: str
    results: list[JSON] | None = None
    answer: JSON | None = None
    expired: bool = False

    def expires(self) -> None:
        """The query becomes too old to be answered."""
        self.expired = True


@dataclass(eq=False)
class Query:
    """A press of a button; `answer` is what the bot answered, None until then."""

    id: str
    person: Person = field(repr=False)
    label: str
    chat_id: int
    answer: JSON | None = None
    expired: bool = False

    @property
    def toast(self) -> str:
        """The words that the answer showed to the person, empty when there were none."""
        return str((self.answer or {}).get("text", ""))

    def expires(self) -> None:
        """The query becomes too old to be answered."""
        self.expired = True
