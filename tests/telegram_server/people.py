"""The other side of the chat: people who write, press, edit, delete and block."""

from __future__ import annotations

import html as markup_language
import itertools
import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from tests.telegram_server.markup import TEXT_UNITS, found_entities, parse_html, units
from tests.telegram_server.model import FILE_FIELDS, JSON, Chat, InlineQuery, Message, Query

if TYPE_CHECKING:
    from tests.telegram_server.world import World

INLINE_UNITS = 256  # of what is typed behind a bot's name
_PLACE = {"reply_to", "thread", "date", "forwarded_from"}  # where and how a message stands


@dataclass(eq=False)
class Person:
    """Someone who writes to the bot. `chat` is the private chat with it, unless a call says else."""

    telegram: World = field(repr=False)
    id: int
    name: str
    username: str = ""
    language: str = "vi"
    started: bool = True  # who never did may not be written to
    blocked: bool = False
    chat: Chat = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.chat = Chat(self.id, self.name, owner=self)

    def names(self) -> JSON:
        return {"first_name": self.name, **({"username": self.username} if self.username else {})}

    def as_json(self) -> JSON:
        language = {"language_code": self.language} if self.language else {}
        return {"id": self.id, "is_bot": False, **self.names(), **language}

    def says(self, text: str, chat: Chat | None = None, **place: Any) -> Message:
        """Write a text, "{bot}" in it being the bot's username; return the message.

        `place`: reply_to, thread, date (datetime), forwarded_from (a name).
        """
        words = text.replace("{bot}", self.telegram.username)
        if units(words) > TEXT_UNITS:
            raise ValueError(f"a person's text has {TEXT_UNITS} units at most: {units(words)}")
        return self._writes(chat, place, **_by_person(words))

    def sends(self, kind: str, chat: Chat | None = None, **fields: Any) -> Message:
        """Send something else than a text.

        A kind of FILE_FIELDS takes data, name, mime_type, size_bytes and caption; any other kind
        ("location", "contact") the fields that the API gives it. All take what `says` takes.
        """
        place = {name: fields.pop(name) for name in _PLACE & fields.keys()}
        if kind not in FILE_FIELDS:
            return self._writes(chat, place, extra={kind: fields})
        caption = _by_person(fields.pop("caption", ""))
        name, data = fields.pop("name", f"{kind}.bin"), fields.pop("data", b"...")
        with self.telegram.changing():
            file = self.telegram.keep_file(kind, name, data, **fields)
        return self._writes(chat, place, document=file, **caption)

    def sends_document(self, name: str, data: bytes, caption: str = "", **more: Any) -> Message:
        return self.sends("document", name=name, data=data, caption=caption, **more)

    def sends_photo(self, data: bytes = b"...", caption: str = "", **more: Any) -> Message:
        return self.sends("photo", name="photo.jpg", data=data, caption=caption, **more)

    def edits(self, message: Message, text: str) -> Message:
        """Change the text of one's own message; return it as it is now."""
        assert message.sender is self, "a person edits only what that person wrote"
        with self.telegram.changing():
            now = message.chat.messages[message.message_id]
            changed = self.telegram.change(replace(now, **_by_person(text)))
            self.telegram.add_update("edited_message", self.telegram.message_json(changed))
        return changed

    def presses(self, message: Message, label: str = "", *, data: str | None = None) -> Query:
        """Press the button whose label holds `label`, or send `data`, be there such a button or not."""
        with self.telegram.changing():
            message = message.chat.messages[message.message_id]
            key = _button(message, label, data)
            query = self.telegram.ask(self, key["text"], message.chat)
            body = {"id": query.id, "from": self.as_json(), "data": key["callback_data"]}
            body["message"] = self.telegram.message_json(message)
            body["chat_instance"] = str(message.chat.id)
            self.telegram.add_update("callback_query", body)
        return query

    def types_inline(self, text: str, chat_type: str = "group") -> InlineQuery:
        """Type behind the bot's name in a chat; the bot learns what, and of what sort the chat is."""
        if units(text) > INLINE_UNITS:
            raise ValueError(f"an inline query has {INLINE_UNITS} units at most: {units(text)}")
        with self.telegram.changing():
            number = f"{self.id}{self.telegram.new_number():06}"
            query = InlineQuery(number, self, text)
            self.telegram.inline_queries[number] = query
            body = {"id": number, "from": self.as_json(), "query": text, "offset": ""}
            self.telegram.add_update("inline_query", {**body, "chat_type": chat_type})
        return query

    def picks(self, query: InlineQuery, place: int = 0, chat: Chat | None = None) -> Message:
        """Send a result of an inline query into a chat, as one's own message "via" the bot."""
        assert query.results is not None, "nothing was offered"
        content = query.results[place]["input_message_content"]
        plain, entities = parse_html(content["message_text"])
        with self.telegram.changing():
            message = self.telegram.keep(
                chat or self.chat,
                self,
                text=plain.strip(),
                html=content["message_text"],
                entities=tuple(entities),
                extra={"via_bot": self.telegram.bot_json()},
            )
            self.telegram.add_update("message", self.telegram.message_json(message))
        return message

    def deletes(self, message: Message) -> None:
        """Delete a message of either side for both; the bot is not told."""
        with self.telegram.changing():
            now = message.chat.messages[message.message_id]
            message.chat.messages[message.message_id] = replace(now, deleted=True)

    def blocks(self) -> None:
        """Block the bot, which learns it when it writes; what was on its way still arrives."""
        with self.telegram.changing():
            self.blocked = True

    def _writes(self, chat: Chat | None, place: JSON, **content: Any) -> Message:
        extra, now = dict(content.pop("extra", {})), int(time.time())
        if name := place.pop("forwarded_from", ""):
            origin = {"type": "hidden_user", "sender_user_name": name, "date": now}
            extra["forward_origin"] = origin
        if replied := place.pop("reply_to", None):
            place["reply_to"] = replied.message_id
        if date := place.pop("date", None):
            place["date"] = int(date.timestamp())
        with self.telegram.changing():
            if chat in (None, self.chat):
                self.started = True
            message = self.telegram.keep(chat or self.chat, self, extra=extra, **place, **content)
            self.telegram.add_update("message", self.telegram.message_json(message))
        return message


def _by_person(text: str) -> JSON:
    plain = text.strip()
    html = markup_language.escape(plain, quote=False)
    return {"text": plain, "html": html, "entities": tuple(found_entities(plain))}


def _button(message: Message, label: str, data: str | None) -> JSON:
    keys: Iterable[JSON] = itertools.chain(*(message.markup or {}).get("inline_keyboard", []))
    for key in keys:
        if (label in key["text"]) if data is None else (key.get("callback_data") == data):
            assert "callback_data" in key, f"the button {key['text']!r} tells the bot nothing"
            return key
    assert data is not None, f"no button {label!r} under the message: {message.buttons}"
    return {"text": label or data, "callback_data": data}
