"""Our own Telegram: a Bot API server on a free port of this machine, and the people who write.

A bot is pointed at `url + "/bot"` and `url + "/file/bot"` and meets what the Bot API documents,
refusals included. A test plays the people: every call on the user side is synchronous and safe from
any thread. A test that runs the bot in its own event loop waits by
`await asyncio.to_thread(telegram.wait_for, condition)`.
"""

from __future__ import annotations

import asyncio
import html as markup_language
import itertools
import json
import mimetypes
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from http import HTTPStatus
from pathlib import PurePath
from typing import Any, Self, TypedDict, TypeVar, Unpack

import aiohttp
from aiohttp import web
from telegram.constants import ChatAction, ReactionEmoji

JSON = dict[str, Any]
T = TypeVar("T")

TEXT_UNITS, CAPTION_UNITS = 4096, 1024  # UTF-16 code units, counted after the markup is resolved
ANSWER_LETTERS, BUTTON_BYTES, INLINE_RESULTS = 200, 64, 50
DOWNLOAD_BYTES = 20 * 2**20  # what getFile offers at most
UPLOAD_BYTES = 50 * 2**20
LONGEST_POLL_S = 50
CONNECTIONS = 40  # to a webhook at once
FIRST_RETRY_S, LAST_RETRY_S = 0.05, 1.0  # between two tries at a webhook; Telegram waits longer

ONLY_ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}  # update types
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
OLD_QUERY = "query is too old and response timeout expired or query ID is invalid"
BUTTON_ACTIONS = {
    *("callback_data", "url", "web_app", "login_url", "copy_text", "callback_game", "pay"),
    *("switch_inline_query", "switch_inline_query_current_chat", "switch_inline_query_chosen_chat"),
}
_MOVING = {"width": 640, "height": 480, "duration": 3}
_STICKER = {"width": 512, "height": 512, "type": "regular", "is_animated": False, "is_video": False}
FILE_FIELDS: dict[str, JSON] = {  # the kinds of files, and what the API says of each
    "document": {},
    "photo": {"width": 1280, "height": 960},
    "voice": {"duration": 3},
    "audio": {"duration": 3},
    "video": _MOVING,
    "animation": _MOVING,
    "video_note": {"length": 240, "duration": 3},
    "sticker": _STICKER,
}
FAULTS_OF_THE_LINE = {"drop_before", "drop_after", "slow", "slow_before"}


class Refusal(Exception):  # noqa: N818 - Telegram refuses; nothing went wrong with the server
    """What Telegram answers instead of a result."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


def bad(words: str) -> Refusal:
    return Refusal(400, f"Bad Request: {words}")


# ------------------------------------------------------------------------------ what is kept


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
            **({} if self.kind in {"photo", "sticker", "video_note"} else named),
            **FILE_FIELDS[self.kind],
        }


@dataclass(eq=False)
class Chat:
    """A private chat (its id is the person's) or a group, with everything that was written."""

    id: int
    title: str
    owner: Person | None = None  # whose private chat it is; None in a group
    members: list[Person] = field(default_factory=list)
    admins: list[Person] = field(default_factory=list)
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
    reaction: str = ""  # the bot's
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


@dataclass(eq=False)
class Query:
    """A press of a button or an inline query; `answer` is what the bot answered, None until then."""

    id: str
    person: Person = field(repr=False)
    label: str
    chat_id: int | None = None
    answer: JSON | None = None
    expired: bool = False

    @property
    def toast(self) -> str:
        """The words that the answer showed to the person, empty when there were none."""
        return str((self.answer or {}).get("text", ""))

    def expires(self) -> None:
        """The query becomes too old to be answered."""
        self.expired = True


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
    worked: bool = False  # whether Telegram did what was asked, whatever the bot saw
    result: Any = field(default=None, repr=False)
    ended: float | None = None

    def text(self, name: str) -> str:
        value = self.parameters.get(name, "")
        return value if isinstance(value, str) else ""

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in {"true", "1", "yes"}

    def number(self, name: str, default: int | None = None) -> int:
        """Return a whole number; one that is missing without a default, or is none, is refused."""
        try:
            return int(self.text(name) or ("" if default is None else default))
        except ValueError:
            raise bad(f"parameter {name} must be a whole number") from None

    def nested(self, name: str, kind: type[T], refusal: str = "") -> T | None:
        """Return what a JSON parameter holds, None when it is missing."""
        if not (raw := self.text(name)):
            return None
        refused = bad(refusal or f"can't parse {name} JSON object")
        try:
            value = json.loads(raw)
        except ValueError:
            raise refused from None
        if not isinstance(value, kind):
            raise refused
        return value


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong: a status, or something of FAULTS_OF_THE_LINE."""

    kind: str
    retry_after: int = 1
    delay_s: float = 1.0

    def refusal(self) -> Refusal:
        if self.kind == "429":
            words = f"Too Many Requests: retry after {self.retry_after}"
            return Refusal(429, words, retry_after=self.retry_after)
        if self.kind == "403":
            return Refusal(403, "Forbidden: bot was blocked by the user")
        return Refusal(int(self.kind), HTTPStatus(int(self.kind)).phrase)


Injector = Callable[[Call], Fault | None]


# ------------------------------------------------------------------------------ texts

_TOKEN = re.compile(
    r"""<(?P<slash>/?)(?P<tag>[^\s<>/"'=]+)
        (?P<attributes>(?:\s+[\w-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))?)*)\s*>
      | &(?P<entity>\#\d+|\#x[0-9a-f]+|[a-z]\w*);
      | (?P<text>[^<&]+|&)
      | (?P<bare><)""",
    re.IGNORECASE | re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""([\w-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'<>]+))?""")
_TAGS_BY_KIND = {
    "bold": "b strong",
    "italic": "i em",
    "underline": "u ins",
    "strikethrough": "s strike del",
    "spoiler": "span tg-spoiler",
    "code": "code",
    "pre": "pre",
    "text_link": "a",
    "blockquote": "blockquote",
    "custom_emoji": "tg-emoji",
}
_KINDS = {tag: kind for kind, tags in _TAGS_BY_KIND.items() for tag in tags.split()}
_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>]+)|(?<![\w/])(?P<bot_command>/[A-Za-z0-9_]{1,32}(?:@\w{3,32})?)"
    r"|(?<!\w)(?P<mention>@[A-Za-z]\w{3,31})"
)


def units(text: str) -> int:
    """Return a text's length as Telegram counts it: in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def found_entities(text: str) -> list[JSON]:
    """Return the commands, mentions and addresses that a person's text holds."""
    return [
        {
            "type": match.lastgroup,
            "offset": units(text[: match.start()]),
            "length": units(match.group()),
        }
        for match in _FOUND.finditer(text)
    ]


def parse_html(html: str) -> tuple[str, list[JSON]]:
    """Return the plain text and the entities of Telegram's HTML; refuses all other markup."""
    text, entities, open_tags = "", [], list[tuple[str, JSON]]()
    for token in _TOKEN.finditer(html):
        offset = len(html[: token.start()].encode())
        tag = (token["tag"] or "").lower()
        if token["bare"]:
            raise unreadable(f"Unclosed or empty start tag at byte offset {offset}")
        if not tag:
            text += token["text"] or _letter(token["entity"], offset)
        elif token["slash"]:
            _check_end(tag, open_tags, offset)
            _, entity = open_tags.pop()
            entities.append({**entity, "length": units(text) - entity["offset"]})
        else:
            entity = _opened(tag, _attributes(token["attributes"]), open_tags, offset)
            open_tags.append((tag, {**entity, "offset": units(text)}))
    if open_tags:
        raise unreadable(f'Can\'t find end tag corresponding to start tag "{open_tags[-1][0]}"')
    return text, _tidy(entities)


def unreadable(words: str) -> Refusal:
    return bad(f"can't parse entities: {words}")


def _letter(entity: str, offset: int) -> str:
    if not (entity.startswith("#") or entity in {"lt", "gt", "amp", "quot"}):
        raise unreadable(f'Unsupported entity "&{entity};" at byte offset {offset}')
    return markup_language.unescape(f"&{entity};")


def _attributes(raw: str) -> dict[str, str]:
    return {
        name.lower(): markup_language.unescape(value.strip("\"'"))
        for name, value in _ATTRIBUTE.findall(raw)
    }


def _check_end(tag: str, open_tags: Sequence[tuple[str, JSON]], offset: int) -> None:
    if not open_tags:
        raise unreadable(f"Unexpected end tag at byte offset {offset}")
    if (expected := open_tags[-1][0]) != tag:
        words = f'Unmatched end tag at byte offset {offset}, expected "</{expected}>"'
        raise unreadable(f'{words}, found "</{tag}>"')


def _opened(
    tag: str, attributes: dict[str, str], around: Sequence[tuple[str, JSON]], offset: int
) -> JSON:
    if tag not in _KINDS:
        raise unreadable(f'Unsupported start tag "{tag}" at byte offset {offset}')
    kind = _KINDS[tag]
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        raise unreadable(f'Tag "span" must have class "tg-spoiler" at byte offset {offset}')
    if tag == "blockquote" and any(name == "blockquote" for name, _ in around):
        raise unreadable(f"Nested blockquote at byte offset {offset}")
    if tag == "tg-emoji" and not attributes.get("emoji-id", "").isdigit():
        raise unreadable("Invalid custom emoji identifier specified")
    if tag == "blockquote" and "expandable" in attributes:
        return {"type": "expandable_blockquote"}
    if tag == "code" and around and around[-1][0] == "pre":
        language = attributes.get("class", "").removeprefix("language-")
        around[-1][1].update({"language": language} if language else {})
        return {"type": ""}  # the `pre` around it is the entity
    extra = {"a": ("url", "href"), "tg-emoji": ("custom_emoji_id", "emoji-id")}.get(tag)
    return {"type": kind, extra[0]: attributes.get(extra[1], "")} if extra else {"type": kind}


def _tidy(entities: Iterable[JSON]) -> list[JSON]:
    """Return the entities that Telegram keeps, in its order: none empty, none inside of code."""
    kept = [
        entity
        for entity in entities
        if entity["length"] and entity["type"] and entity.get("url") != ""
    ]
    kept.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    code = [entity for entity in kept if entity["type"] in {"code", "pre"}]
    return [
        entity
        for entity in kept
        if not any(_within(entity, other) for other in code if other is not entity)
    ]


def _within(inner: JSON, outer: JSON) -> bool:
    starts, ends = inner["offset"], inner["offset"] + inner["length"]
    return bool(outer["offset"] <= starts and ends <= outer["offset"] + outer["length"])


def trimmed(text: str, entities: Iterable[JSON]) -> tuple[str, tuple[JSON, ...]]:
    """Return a text without the blanks around it, its entities moved and cut accordingly."""
    cut, kept = units(text) - units(text.lstrip()), text.strip()
    moved = []
    for entity in entities:
        starts = max(entity["offset"] - cut, 0)
        ends = min(entity["offset"] + entity["length"] - cut, units(kept))
        if starts < ends:
            moved.append({**entity, "offset": starts, "length": ends - starts})
    return kept, tuple(moved)


def read_text(call: Call, name: str = "text") -> JSON:
    """Return a call's text as fields of Message: plain, as sent, and its entities."""
    raw, mode = call.text(name), call.text("parse_mode").lower()
    if mode == "html":
        plain, entities = parse_html(raw)
    elif not mode:
        listed = "entities" if name == "text" else "caption_entities"
        plain, entities = raw, call.nested(listed, list) or []
    else:
        raise bad("unsupported parse_mode")  # this project writes HTML only
    plain, kept = trimmed(plain, entities)
    html = raw if mode else markup_language.escape(raw, quote=False)
    return {"text": plain, "html": html, "entities": kept}


def read_message_text(call: Call, too_long: str = "message is too long") -> JSON:
    words = read_text(call)
    if not words["text"]:
        raise bad("message text is empty")
    if units(words["text"]) > TEXT_UNITS:
        raise bad(too_long)
    return words


def read_caption(call: Call) -> JSON:
    words = read_text(call, "caption")
    if units(words["text"]) > CAPTION_UNITS:
        raise bad("message caption is too long")
    return words


def read_markup(call: Call) -> JSON | None:
    """Return a call's keyboard, None when it has none or an empty one."""
    refusal = "can't parse reply keyboard markup JSON object"
    markup: JSON | None = call.nested("reply_markup", dict, refusal)
    if not markup or "inline_keyboard" not in markup:
        return markup or None
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad('can\'t parse inline keyboard markup: Field "inline_keyboard" must be an Array')
    for button in itertools.chain(*rows):
        _check_button(button)
    return {"inline_keyboard": [row for row in rows if row]} if any(rows) else None


def _check_button(button: Any) -> None:
    if not isinstance(button, dict) or not str(button.get("text", "")).strip():
        raise bad("inline keyboard button text must be non-empty")
    if len(BUTTON_ACTIONS & button.keys()) != 1:
        words = "Text buttons are unallowed in the inline keyboard"
        raise bad(f"can't parse inline keyboard button: {words}")
    if not 0 < len(str(button.get("callback_data", "-")).encode()) <= BUTTON_BYTES:
        raise bad("BUTTON_DATA_INVALID")
    if not re.match(r"(https?://[^\s/]+\.[^\s]+|tg://.+)", address := button.get("url", "tg://-")):
        raise bad(f"inline keyboard button URL '{address}' is invalid: Wrong HTTP URL")


# ------------------------------------------------------------------------------ the methods


def find_chat(telegram: FakeTelegram, call: Call, *, writing: bool = True) -> Chat:
    """Return the chat of a call; refuses to write to people who do not want it."""
    if not call.text("chat_id"):
        raise bad("chat_id is empty")
    chat = telegram.chats.get(call.chat_id or 0)
    if chat is None:
        raise bad("chat not found")
    if writing and chat.owner and chat.owner.blocked:
        raise Refusal(403, "Forbidden: bot was blocked by the user")
    if writing and chat.owner and not chat.owner.started:
        raise Refusal(403, "Forbidden: bot can't initiate conversation with a user")
    return chat


def find_message(telegram: FakeTelegram, call: Call, missing: str) -> Message:
    if call.text("inline_message_id"):
        raise bad("MESSAGE_ID_INVALID")
    chat = find_chat(telegram, call, writing=False)
    if not call.text("message_id"):
        raise bad("message identifier is not specified")
    message = chat.messages.get(call.number("message_id"))
    if message is None or message.deleted:
        raise bad(missing)
    return message


def find_replied(call: Call, chat: Chat) -> int | None:
    given: JSON | None = call.nested("reply_parameters", dict)
    if given is None and not call.text("reply_to_message_id"):
        return None
    number = given.get("message_id") if given else call.number("reply_to_message_id")
    anyway = (given or {}).get("allow_sending_without_reply")
    replied = chat.messages.get(number or 0)
    if replied and not replied.deleted:
        return replied.message_id
    if anyway or call.flag("allow_sending_without_reply"):
        return None
    raise bad("message to be replied not found")


def write(telegram: FakeTelegram, call: Call, **content: Any) -> JSON:
    """The bot's message stands in the chat; return it as the API has it."""
    markup, chat = read_markup(call), find_chat(telegram, call)
    reply_to = find_replied(call, chat)
    thread = call.number("message_thread_id", 0) or None
    message = telegram.keep(chat, None, markup=markup, reply_to=reply_to, thread=thread, **content)
    return telegram.message_json(message)


def send_message(telegram: FakeTelegram, call: Call) -> JSON:
    return write(telegram, call, **read_message_text(call))


def send_file(telegram: FakeTelegram, call: Call) -> JSON:
    kind, words = call.method.removeprefix("send").lower(), read_caption(call)
    return write(telegram, call, document=find_file(telegram, call, kind, kind), **words)


def find_file(telegram: FakeTelegram, call: Call, name: str, kind: str) -> File:
    """Return the file of a parameter: uploaded with the call, or known by its id."""
    given = call.parameters.get(name) or ""
    if isinstance(given, str) and given.startswith("attach://"):
        given = call.parameters.get(given.removeprefix("attach://"), "")
    if not given:
        raise bad(f"there is no {kind} in the request")
    if isinstance(given, File):
        if not given.data:
            raise bad("file must be non-empty")
        return telegram.keep_file(kind, given.name, given.data, mime_type=given.mime_type)
    file = telegram.files.get(given)
    if file is None:
        raise bad("wrong file identifier/HTTP URL specified")
    if file.kind != kind:
        raise bad(f"can't use file of type {file.kind.title()} as {kind.title()}")
    return file


def send_media_group(telegram: FakeTelegram, call: Call) -> list[JSON]:
    media: list[JSON] = call.nested("media", list, "can't parse media JSON object") or []
    if not 2 <= len(media) <= 10:
        raise bad("media group must include 2-10 items")
    ready = []
    for item in media:
        part = replace(call, parameters={**call.parameters, **item})
        file = find_file(telegram, part, "media", str(item.get("type")))
        ready.append((part, {**read_caption(part), "document": file}))
    group = {"media_group_id": str(telegram.new_number())}
    return [write(telegram, part, extra=group, **content) for part, content in ready]


def edit(telegram: FakeTelegram, call: Call) -> JSON:
    """The bot's message is changed; without a keyboard in the call it loses the one it had."""
    content = {"markup": read_markup(call), **_new_words(call)}
    message = find_message(telegram, call, "message to edit not found")
    if message.sender is not None:
        raise bad("message can't be edited")
    words = "caption" if message.document else "text"
    if "html" in content and call.method != f"editMessage{words.title()}":
        raise bad(f"there is no {'text' if message.document else 'caption'} in the message to edit")
    new = replace(message, **content)
    if (new.text, new.entities, new.markup) == (message.text, message.entities, message.markup):
        raise bad(NOT_MODIFIED)
    return telegram.message_json(telegram.change(new))


def _new_words(call: Call) -> JSON:
    if call.method == "editMessageText":
        return read_message_text(call, "MESSAGE_TOO_LONG")
    return read_caption(call) if call.method == "editMessageCaption" else {}


def delete_message(telegram: FakeTelegram, call: Call) -> bool:
    message = find_message(telegram, call, "message to delete not found")
    if message.sender is not None and message.chat.owner is None:
        raise bad("message can't be deleted for everyone")  # the bot is no administrator
    message.chat.messages[message.message_id] = replace(message, deleted=True)
    return True


def answer_query(telegram: FakeTelegram, call: Call) -> bool:
    if len(call.text("text")) > ANSWER_LETTERS:
        raise bad("MESSAGE_TOO_LONG")
    return _settle(telegram, call, call.text("callback_query_id"))


def answer_inline(telegram: FakeTelegram, call: Call) -> bool:
    results: list[JSON] | None = call.nested("results", list, "can't parse inline query results")
    if results is None:
        raise bad("can't parse inline query results: Expected an Array")
    numbers = [str(result.get("id", "")) for result in results]
    if len(results) > INLINE_RESULTS:
        raise bad("RESULTS_TOO_MUCH")
    if len(set(numbers)) != len(numbers):
        raise bad("RESULT_ID_DUPLICATE")
    if not all(0 < len(number.encode()) <= 64 for number in numbers):
        raise bad("RESULT_ID_INVALID")
    for result in results:
        content = result.get("input_message_content", {})
        if "message_text" in content:
            read_message_text(
                replace(call, parameters={**content, "text": content["message_text"]})
            )
    return _settle(telegram, call, call.text("inline_query_id"))


def _settle(telegram: FakeTelegram, call: Call, number: str) -> bool:
    query = telegram.queries.get(number)
    if query is None or query.expired or query.answer is not None:
        raise bad(OLD_QUERY)
    query.answer = dict(call.parameters)
    return True


def send_action(telegram: FakeTelegram, call: Call) -> bool:
    find_chat(telegram, call)
    if call.text("action") not in set(ChatAction):
        raise bad("wrong parameter action in request")
    return True


def send_draft(telegram: FakeTelegram, call: Call) -> bool:
    words, chat = read_text(call), find_chat(telegram, call)
    if units(words["text"]) > TEXT_UNITS:
        raise bad("message is too long")
    if chat.owner is None:
        raise bad("method is available only in private chats")
    if not call.number("draft_id"):
        raise bad("draft_id must be non-zero")
    return True


def set_reaction(telegram: FakeTelegram, call: Call) -> bool:
    message = find_message(telegram, call, "message to react not found")
    given: list[JSON] = call.nested("reaction", list) or []
    emojis = [str(reaction.get("emoji")) for reaction in given]
    if len(emojis) > 1:
        raise bad("REACTIONS_TOO_MANY")
    if not set(emojis) <= set(ReactionEmoji):
        raise bad("REACTION_INVALID")
    message.chat.messages[message.message_id] = replace(message, reaction="".join(emojis))
    return True


def get_file(telegram: FakeTelegram, call: Call) -> JSON:
    file = telegram.files.get(call.text("file_id"))
    if file is None:
        raise bad("invalid file_id" if call.text("file_id") else "file_id not specified")
    if file.size_bytes > DOWNLOAD_BYTES:
        raise bad("file is too big")
    shown = file.as_json()
    names = ("file_id", "file_unique_id", "file_size")
    return {**{name: shown[name] for name in names}, "file_path": file.path}


def download(telegram: FakeTelegram, call: Call) -> bytes:
    for file in telegram.files.values():
        if file.path == call.text("path"):
            return file.data
    raise Refusal(404, "Not Found")


def _command_place(call: Call) -> str:
    scope = call.nested("scope", dict, "can't parse BotCommandScope") or {"type": "default"}
    return json.dumps([scope, call.text("language_code")], sort_keys=True)


def set_commands(telegram: FakeTelegram, call: Call) -> bool:
    commands: list[JSON] | None = call.nested("commands", list, "can't parse commands")
    if commands is None:
        raise bad("can't parse commands: parameter is missing")
    if len(commands) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", str(command.get("command", ""))):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    telegram.commands[_command_place(call)] = commands
    return True


def get_commands(telegram: FakeTelegram, call: Call) -> list[JSON]:
    return telegram.commands.get(_command_place(call), [])


def delete_commands(telegram: FakeTelegram, call: Call) -> bool:
    telegram.commands.pop(_command_place(call), None)
    return True


def get_chat(telegram: FakeTelegram, call: Call) -> JSON:
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
    return {
        **find_chat(telegram, call, writing=False).as_json(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys((*gifts, "gifts_from_channels"), False),
    }


def get_member(telegram: FakeTelegram, call: Call) -> JSON:
    chat = find_chat(telegram, call, writing=False)
    number = call.number("user_id")
    if number == telegram.bot["id"]:
        return {"user": telegram.bot_json(), "status": "member"}
    person = telegram.people.get(number)
    if person is None:
        raise bad("user not found")
    if person in chat.admins:
        return {"user": person.as_json(), "status": "administrator", **_ADMIN_RIGHTS}
    known = person in chat.members or person is chat.owner
    return {"user": person.as_json(), "status": "member" if known else "left"}


_ADMIN_RIGHTS = dict.fromkeys(
    (
        *("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages"),
        *("can_manage_video_chats", "can_restrict_members", "can_promote_members"),
        *("can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories"),
        "can_delete_stories",
    ),
    False,
)


def set_webhook(telegram: FakeTelegram, call: Call) -> bool:
    url, secret = call.text("url"), call.text("secret_token")
    if not url:
        return delete_webhook(telegram, call)
    if not url.startswith(("https://", "http://127.0.0.1:")):  # Telegram itself: https only
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if len(secret) > 256:
        raise bad("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad("secret token contains unallowed characters")
    connections = call.number("max_connections", CONNECTIONS)
    telegram.use_allowed(call)
    delete_webhook(telegram, call)
    telegram.webhook = {"url": url, "secret_token": secret, "max_connections": connections}
    telegram.end_poll("Conflict: terminated by setWebhook request")
    return True


def delete_webhook(telegram: FakeTelegram, call: Call) -> bool:
    if call.flag("drop_pending_updates"):
        telegram.pending_by_id.clear()
    telegram.webhook = {}
    return True


def get_webhook_info(telegram: FakeTelegram, call: Call) -> JSON:
    shown = {name: value for name, value in telegram.webhook.items() if name != "secret_token"}
    count = len(telegram.pending_by_id)
    allowed = {} if telegram.allowed is None else {"allowed_updates": telegram.allowed}
    plain = {"url": "", "has_custom_certificate": False, "pending_update_count": count}
    return {**plain, **shown, **allowed}


METHODS: dict[str, Callable[[FakeTelegram, Call], Any]] = {
    "getMe": lambda telegram, call: telegram.bot,
    "sendMessage": send_message,
    "sendPhoto": send_file,
    "sendDocument": send_file,
    "sendMediaGroup": send_media_group,
    "sendMessageDraft": send_draft,
    "sendChatAction": send_action,
    "setMessageReaction": set_reaction,
    "editMessageText": edit,
    "editMessageCaption": edit,
    "editMessageReplyMarkup": edit,
    "deleteMessage": delete_message,
    "answerCallbackQuery": answer_query,
    "answerInlineQuery": answer_inline,
    "getFile": get_file,
    "file download": download,  # not a method: its address is apart, its faults and log are not
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "deleteMyCommands": delete_commands,
    "getChat": get_chat,
    "getChatMember": get_member,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "getUpdates": lambda telegram, call: telegram.get_updates(call),  # the only one that waits
}
NAMES = {name.lower(): name for name in METHODS}  # Telegram ignores the case


# ------------------------------------------------------------------------------ the people


class Place(TypedDict, total=False):
    """Where and how a person's message stands, beside its content."""

    reply_to: Message
    thread: int
    date: datetime
    forwarded_from: str  # a name


@dataclass(eq=False)
class Person:
    """Someone who writes to the bot. `chat` is the private chat with it, unless a call says else."""

    telegram: FakeTelegram = field(repr=False)
    id: int
    name: str
    username: str = ""
    language: str = "vi"
    started: bool = True
    blocked: bool = False
    chat: Chat = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.chat = Chat(self.id, self.name, owner=self)

    def names(self) -> JSON:
        return {"first_name": self.name, **({"username": self.username} if self.username else {})}

    def as_json(self) -> JSON:
        language = {"language_code": self.language} if self.language else {}
        return {"id": self.id, "is_bot": False, **self.names(), **language}

    def says(self, text: str, chat: Chat | None = None, **place: Unpack[Place]) -> Message:
        """Write a text, "{bot}" in it being the bot's username; return the message."""
        words = text.replace("{bot}", self.telegram.username)
        if units(words) > TEXT_UNITS:
            raise ValueError(f"a person's text has {TEXT_UNITS} units at most: {units(words)}")
        return self._writes(chat, dict(place), **_by_person(words))

    def sends(self, kind: str, chat: Chat | None = None, **fields: Any) -> Message:
        """Send something else than a text.

        A kind of FILE_FIELDS takes data, name, mime_type, size_bytes and caption; any other kind
        ("location", "contact") the fields that the API gives it. All take what `says` takes.
        """
        place = {name: fields.pop(name) for name in Place.__annotations__ if name in fields}
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

    def asks_inline(self, text: str) -> Query:
        """Type an inline query ("@bot text") in some chat."""
        with self.telegram.changing():
            query = self.telegram.ask(self, text)
            body = {"id": query.id, "from": self.as_json(), "query": text, "offset": ""}
            self.telegram.add_update("inline_query", body)
        return query

    def deletes(self, message: Message) -> None:
        """Delete a message of either side for both; the bot is not told."""
        with self.telegram.changing():
            now = message.chat.messages[message.message_id]
            message.chat.messages[message.message_id] = replace(now, deleted=True)

    def blocks(self) -> None:
        self._blocked(True)

    def unblocks(self) -> None:
        self._blocked(False)

    def _blocked(self, blocked: bool) -> None:
        with self.telegram.changing():
            self.blocked, bot = blocked, {"user": self.telegram.bot_json()}
            states = [{**bot, "status": "member"}, {**bot, "status": "kicked", "until_date": 0}]
            old, new = states if blocked else reversed(states)
            body = {"chat": self.chat.as_json(), "from": self.as_json(), "date": int(time.time())}
            body |= {"old_chat_member": old, "new_chat_member": new}
            self.telegram.add_update("my_chat_member", body)

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
            self.started = True
            message = self.telegram.keep(chat or self.chat, self, extra=extra, **place, **content)
            self.telegram.add_update("message", self.telegram.message_json(message))
        return message


def _by_person(text: str) -> JSON:
    plain, _ = trimmed(text, ())
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


# ------------------------------------------------------------------------------ the server


@dataclass
class _Poll:
    news: asyncio.Event = field(default_factory=asyncio.Event)
    refusal: Refusal | None = None


class FakeTelegram:
    """The server and its world; use it as a context manager."""

    def __init__(self, name: str = "Trợ lý HTX", username: str = "tro_ly_htx_bot") -> None:
        number = 123456789
        self.token, self.username = f"{number}:ma-thu-nghiem", username
        self.bot: JSON = {
            "id": number,
            "is_bot": True,
            "first_name": name,
            "username": username,
            "can_join_groups": True,
            "can_read_all_group_messages": True,
            "supports_inline_queries": True,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }
        self.chats: dict[int, Chat] = {}
        self.people: dict[int, Person] = {}
        self.files: dict[str, File] = {}
        self.queries: dict[str, Query] = {}
        self.commands: dict[str, list[JSON]] = {}
        self.webhook: JSON = {}
        self.allowed: list[str] | None = None
        self.pending_by_id: dict[int, JSON] = {}
        self.url = ""
        self._updates: list[JSON] = []
        self._calls: list[Call] = []
        self._deliveries: list[tuple[int, str]] = []
        self._injectors: list[Injector] = []
        self._replayed: set[int] = set()
        self._numbers = itertools.count(1)
        self._changed = threading.Condition()
        self._poll: _Poll | None = None
        self._news = asyncio.Event()
        self._busy: set[int] = set()  # whose updates are on their way to the webhook
        self._loop = asyncio.new_event_loop()

    # -- life

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._loop.run_forever, name="telegram", daemon=True)
        self._thread.start()
        self._run(self._start())
        return self

    def __exit__(self, *_: object) -> None:
        self._run(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    async def _start(self) -> None:
        application = web.Application(client_max_size=UPLOAD_BYTES)
        application.router.add_route("*", "/bot{token}/{method}", self._answer)
        application.router.add_get("/file/bot{token}/{path:.+}", self._answer)
        self._runner = web.AppRunner(
            application, access_log=None, handler_cancellation=True, shutdown_timeout=0.1
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=CONNECTIONS, ssl=False),
            timeout=aiohttp.ClientTimeout(30),
        )
        self._tasks = {asyncio.create_task(self._deliver_all())}

    async def _stop(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._session.close()
        await self._runner.cleanup()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the world still for one change; whoever waits for news is woken afterwards."""
        with self._changed:
            yield
            self._changed.notify_all()
        self._loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        self._news.set()
        if self._poll:
            self._poll.news.set()

    # -- what a test does

    def person(
        self,
        name: str,
        *,
        person_id: int | None = None,
        username: str = "",
        language: str = "vi",
        started: bool = True,
    ) -> Person:
        """Return a new person; one who never `started` may not be written to."""
        with self.changing():
            number = person_id or 7_000_000_000 + self.new_number()  # ids exceed 32 bits
            person = Person(self, number, name, username, language, started)
            self.people[number], self.chats[number] = person, person.chat
        return person

    def group(self, title: str, members: Iterable[Person], admins: Iterable[Person] = ()) -> Chat:
        """Return a new supergroup that the bot is in, and in which it sees every message."""
        with self.changing():
            number = -1_002_000_000_000 - self.new_number()
            self.chats[number] = Chat(number, title, members=list(members), admins=list(admins))
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

    @property
    def deliveries(self) -> list[tuple[int, str]]:
        """Every try at the webhook: update id, and the status or the error that came back."""
        with self._changed:
            return list(self._deliveries)

    def messages(self, chat: Person | Chat) -> list[Message]:
        """Return all that was written in a chat by either side, deleted messages included."""
        with self._changed:
            return list(chat.chat.messages.values())

    def shown(self, chat: Person | Chat, *, deleted: bool = False) -> list[Message]:
        """Return the bot's messages in a chat as displayed now, oldest first."""
        return [
            message
            for message in self.messages(chat)
            if message.sender is None and (deleted or not message.deleted)
        ]

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
            self._replayed.add(update["update_id"])

    def fault(
        self,
        method: str | Callable[[Call], bool],
        kind: str,
        *,
        times: int | None = 1,
        chat: Person | Chat | None = None,
        retry_after: int = 1,
        delay: float = 1.0,
    ) -> None:
        """The next `times` calls of a method (None: all until `clear_faults`) go wrong.

        `method`: a name ("file download" too), "*" for all but getUpdates, or a function that picks
        calls. `kind`: a status ("429", "403", "502" as nginx words it) or a FAULTS_OF_THE_LINE.
        """
        fault, left = _checked(Fault(kind, retry_after, delay)), times

        def injector(call: Call) -> Fault | None:
            nonlocal left
            elsewhere = chat is not None and chat.chat.id != call.chat_id
            if left == 0 or elsewhere or not _concerns(method, call):
                return None
            left = None if left is None else left - 1
            return fault

        with self.changing():
            self._injectors.append(injector)

    def fault_at_random(
        self, rate: float, kinds: Sequence[str], *, seed: int, methods: Sequence[str] = ("*",)
    ) -> None:
        """A share of the calls goes wrong until `clear_faults`.

        The seed decides about the nth call of a method in a chat, so that the interleaving of
        chats changes nothing.
        """
        faults = [_checked(Fault(kind)) for kind in kinds]
        seen: Counter[tuple[str, int | None]] = Counter()

        def injector(call: Call) -> Fault | None:
            if not any(_concerns(method, call) for method in methods):
                return None
            place = (call.method, call.chat_id)
            seen[place] += 1
            dice = random.Random(f"{seed} {place} {seen[place]}")  # noqa: S311
            return dice.choice(faults) if dice.random() < rate else None

        with self.changing():
            self._injectors.append(injector)

    def clear_faults(self) -> None:
        with self.changing():
            self._injectors.clear()

    def transcript(self, chat: Person | Chat) -> str:
        """Return a chat as Markdown, the same on every run: messages as displayed now, and presses."""
        with self._changed:
            shown = [self._event(chat.chat, event) for event in chat.chat.events]
        return "\n\n".join(filter(None, shown)) + "\n"

    def _event(self, chat: Chat, event: int | Query) -> str:
        if isinstance(event, Query):
            toast = f" → *{_markdown(event.toast)}*" if event.toast else ""
            return f"*{event.person.name} bấm [{event.label}]*{toast}"
        message = chat.messages[event]
        if message.deleted:
            return ""
        name = message.sender.name if message.sender else self.bot["first_name"]
        lines = _markdown(message.html).split("\n") if message.text else []
        if message.document:
            lines.insert(0, f"📎 {message.document.name}")
        lines += [f"({kind})" for kind in message.extra if kind != "forward_origin"]
        keys = [" ".join(f"`[ {label} ]`" for label in row) for row in message.buttons]
        lines += ["", *keys] if keys else []
        return f"**{name}:**\n\n" + "\n".join(f"> {line}".rstrip() for line in _broken(lines))

    # -- the world, changed by methods and people alike (the caller holds it still)

    def new_number(self) -> int:
        return next(self._numbers)

    def bot_json(self) -> JSON:
        return {name: self.bot[name] for name in ("id", "is_bot", "first_name", "username")}

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

    def ask(self, person: Person, label: str, chat: Chat | None = None) -> Query:
        query = Query(f"{person.id}{self.new_number():06}", person, label)
        self.queries[query.id] = query
        if chat is not None:
            query.chat_id = chat.id
            chat.events.append(query)
        return query

    def message_json(self, message: Message, *, nested: bool = False) -> JSON:
        """Return a message as the API has it; one that is replied to shows no further reply."""
        place = {"chat": message.chat.as_json(), "message_id": message.message_id}
        if message.deleted:
            return {**place, "date": 0}  # inaccessible: a button of it may still be pressed
        sender = message.sender.as_json() if message.sender else self.bot_json()
        shown: JSON = {**place, "from": sender, "date": message.date, **message.extra}
        words, entities = (
            ("caption", "caption_entities") if message.document else ("text", "entities")
        )
        inline = message.markup if "inline_keyboard" in (message.markup or {}) else None
        replied = message.chat.messages.get(message.reply_to or 0)
        optional: JSON = {words: message.text, entities: list(message.entities)}
        optional |= {"reply_markup": inline, "edit_date": message.edit_date}
        optional |= {"message_thread_id": message.thread, "is_topic_message": bool(message.thread)}
        if replied and not nested and not replied.deleted:
            optional["reply_to_message"] = self.message_json(replied, nested=True)
        if file := message.document:
            optional[file.kind] = [file.as_json()] if file.kind == "photo" else file.as_json()
        return shown | {name: value for name, value in optional.items() if value}

    def add_update(self, kind: str, body: JSON) -> None:
        """The bot is told, unless it did not ask for this kind of updates."""
        wanted = kind in self.allowed if self.allowed else kind not in ONLY_ON_REQUEST
        if wanted:
            update: JSON = {"update_id": 800_000_000 + self.new_number(), kind: body}
            self._updates.append(update)
            self.pending_by_id[update["update_id"]] = update

    def use_allowed(self, call: Call) -> None:
        allowed = call.nested("allowed_updates", list)
        self.allowed = self.allowed if allowed is None else allowed

    def end_poll(self, description: str) -> None:
        if self._poll:
            self._poll.refusal = Refusal(409, description)
            self._poll.news.set()

    # -- requests

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        asked = request.match_info.get("method", "file download")
        call = Call(time.monotonic(), NAMES.get(asked.lower(), asked), await _parameters(request))
        with self.changing():
            call.chat_id = self._chat_id(call)
            self._calls.append(call)
            fault = next(filter(None, (injector(call) for injector in self._injectors)), None)
        call.fault = fault.kind if fault else ""
        try:
            refusal = await self._with_fault(call, fault, request.match_info["token"])
        except BaseException as error:
            gone = isinstance(error, asyncio.CancelledError)
            self._end(call, "gone" if gone else "crashed", repr(error))
            raise
        if call.fault.startswith("drop"):
            self._end(call, "dropped")
            if request.transport:
                request.transport.abort()
            return web.Response()
        if refusal:
            self._end(call, str(refusal.code), refusal.description)
            return _refused(refusal)
        self._end(call, "ok")
        if isinstance(call.result, bytes):
            return web.Response(body=call.result)
        return web.json_response({"ok": True, "result": call.result})

    def _chat_id(self, call: Call) -> int | None:
        with suppress(ValueError):
            return int(call.text("chat_id"))
        query = self.queries.get(call.text("callback_query_id"))
        return query.chat_id if query else None

    async def _with_fault(self, call: Call, fault: Fault | None, token: str) -> Refusal | None:
        if fault is None:
            return await self._work(call, token)
        if fault.kind not in FAULTS_OF_THE_LINE:
            return fault.refusal()
        if fault.kind == "drop_before":
            return None
        await asyncio.sleep(fault.delay_s if fault.kind == "slow_before" else 0)
        refusal = await self._work(call, token)
        await asyncio.sleep(fault.delay_s if fault.kind == "slow" else 0)
        return refusal

    async def _work(self, call: Call, token: str) -> Refusal | None:
        method = METHODS.get(call.method)
        if token != self.token:
            return Refusal(401, "Unauthorized")
        if method is None:
            return Refusal(404, "Not Found")
        try:
            with self.changing():
                result = method(self, call)
            call.result = await result if asyncio.iscoroutine(result) else result
        except Refusal as refusal:
            return refusal
        call.worked = True
        return None

    def _end(self, call: Call, outcome: str, description: str = "") -> None:
        with self.changing():
            call.outcome, call.description, call.ended = outcome, description, time.monotonic()

    # -- updates to the bot

    async def get_updates(self, call: Call) -> list[JSON]:
        if self.webhook:
            words = "can't use getUpdates method while webhook is active"
            raise Refusal(409, f"Conflict: {words}; use deleteWebhook to delete the webhook first")
        ends = self._loop.time() + min(call.number("timeout", 0), LONGEST_POLL_S)
        limit, offset = min(max(call.number("limit", 100), 1), 100), call.number("offset", 0)
        with self._changed:
            self.use_allowed(call)
            words = "terminated by other getUpdates request"
            self.end_poll(f"Conflict: {words}; make sure that only one bot instance is running")
            poll = self._poll = _Poll()
            self._confirm(offset)
        try:
            return await self._hold(poll, limit, ends)
        finally:
            if self._poll is poll:
                self._poll = None

    async def _hold(self, poll: _Poll, limit: int, ends: float) -> list[JSON]:
        while True:
            if poll.refusal:
                raise poll.refusal
            with self._changed:
                due = sorted(self.pending_by_id)[:limit]
                self._replayed.difference_update(due)
                updates = [self.pending_by_id[number] for number in due]
            if updates or self._loop.time() >= ends:
                return updates
            poll.news.clear()  # news come by this loop only, so none is lost on the way to `wait`
            with suppress(TimeoutError):
                await asyncio.wait_for(poll.news.wait(), ends - self._loop.time())

    def _confirm(self, offset: int) -> None:
        known = sorted(self.pending_by_id)
        if offset < 0:  # the last ones only
            offset = known[max(len(known) + offset, 0)] if known else 0
        for number in known:
            if number < offset and number not in self._replayed:
                del self.pending_by_id[number]

    async def _deliver_all(self) -> None:
        """Keep handing updates to the webhook: those of a chat in order, chats side by side."""
        while True:
            await self._news.wait()
            self._news.clear()
            with self._changed:
                waiting = sorted(self.pending_by_id.items()) if self.webhook else []
            for _, update in waiting:
                if (place := _place(update)) not in self._busy:
                    self._busy.add(place)
                    task = asyncio.create_task(self._deliver(update, place))
                    self._tasks.add(task)
                    task.add_done_callback(self._tasks.discard)

    async def _deliver(self, update: JSON, place: int) -> None:
        wait_s, number = FIRST_RETRY_S, update["update_id"]
        while self.webhook and number in self.pending_by_id:
            status = await self._post(update)
            with self.changing():
                self._deliveries.append((number, status))
                if status.startswith("2"):
                    self.pending_by_id.pop(number, None)
                    self._replayed.discard(number)
                elif self.webhook:
                    self.webhook["last_error_date"] = int(time.time())
                    self.webhook["last_error_message"] = (
                        f"Wrong response from the webhook: {status}"
                    )
            if not status.startswith("2"):
                await asyncio.sleep(wait_s)
                wait_s = min(wait_s * 2, LAST_RETRY_S)
        self._busy.discard(place)
        self._news.set()

    async def _post(self, update: JSON) -> str:
        """Return the status with which the webhook took an update, or what went wrong."""
        secret = self.webhook["secret_token"]
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        try:
            async with self._session.post(
                self.webhook["url"], json=update, headers=headers
            ) as response:
                return str(response.status)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return type(error).__name__


def _checked(fault: Fault) -> Fault:
    if fault.kind not in FAULTS_OF_THE_LINE and not re.fullmatch("[45][0-9]{2}", fault.kind):
        raise ValueError(f"no fault is called {fault.kind!r}")
    return fault


def _concerns(method: str | Callable[[Call], bool], call: Call) -> bool:
    if callable(method):
        return method(call)
    return call.method != "getUpdates" if method == "*" else call.method == method


def _place(update: JSON) -> int:
    body = next(value for name, value in update.items() if name != "update_id")
    chat = body.get("chat") or body.get("message", {}).get("chat") or body["from"]
    return int(chat["id"])


def _refused(refusal: Refusal) -> web.Response:
    if refusal.code in {502, 504}:  # a gateway in front of Telegram answers in its own words
        page = f"<html><head><title>{refusal.code} {refusal.description}</title></head></html>"
        return web.Response(status=refusal.code, text=page, content_type="text/html")
    body = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    more = {"parameters": refusal.parameters} if refusal.parameters else {}
    return web.json_response({**body, **more}, status=refusal.code)


async def _parameters(request: web.Request) -> JSON:
    """Return a request's parameters from wherever they are: all are texts, or files."""
    given: JSON = dict(request.query)
    if "path" in request.match_info:
        given["path"] = request.match_info["path"]
    if request.content_type == "application/json":
        with suppress(ValueError):  # what cannot be read is missing
            given |= await request.json()
    else:
        given |= await request.post()
    return {name: _parameter(value) for name, value in given.items()}


def _parameter(value: Any) -> str | File:
    if isinstance(value, web.FileField):
        with value.file as file:
            data = file.read()
        name, kind = value.filename, value.content_type
        return File(
            number=0, kind="upload", name=name, data=data, mime_type=kind, size_bytes=len(data)
        )
    return value if isinstance(value, str) else json.dumps(value)


_SHOWN_TAGS = re.compile(r"</?(?!(?:b|i|u|s|code|a)\b)[a-z][^>]*>", re.IGNORECASE)


def _markdown(html: str) -> str:
    """Return Telegram's HTML as inline Markdown: tags that a page knows stay, others go."""
    escaped = re.sub(r"([\\`*_\[\]])(?![^<]*>)", r"\\\1", html)
    return _SHOWN_TAGS.sub("", escaped).strip()


def _broken(lines: Sequence[str]) -> Iterator[str]:
    """Yield lines with a hard break wherever the next one would run into them."""
    for line, following in itertools.pairwise([*lines, ""]):
        yield f"{line}\\" if line and following else line
