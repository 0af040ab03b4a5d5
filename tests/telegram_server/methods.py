"""What each method of the Bot API does to the world; methods that the bot does not use are 404."""

from __future__ import annotations

import html as markup_language
import itertools
import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from telegram.constants import ChatAction

from tests.telegram_server.markup import CAPTION_UNITS, TEXT_UNITS, parse_html, units
from tests.telegram_server.model import JSON, Call, Chat, File, Message, Refusal, bad
from tests.telegram_server.updates import end_poll, get_updates, use_allowed
from tests.telegram_server.world import World

ANSWER_LETTERS, BUTTON_BYTES = 200, 64
INLINE_RESULTS, INLINE_ID_BYTES = 50, 64
DOWNLOAD_BYTES = 20 * 2**20  # what getFile offers at most
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
OLD_QUERY = "query is too old and response timeout expired or query ID is invalid"


# --- texts and keyboards -------------------------------------------------------------------------


def read_message_text(call: Call, too_long: str = "message is too long") -> JSON:
    """Return a call's text as fields of Message: plain, as sent, and its entities."""
    words = _read_text(call, "text")
    if not words["text"]:
        raise bad("message text is empty")
    if units(words["text"]) > TEXT_UNITS:
        raise bad(too_long)
    return words


def read_caption(call: Call) -> JSON:
    words = _read_text(call, "caption")
    if units(words["text"]) > CAPTION_UNITS:
        raise bad("message caption is too long")
    return words


def _read_text(call: Call, name: str) -> JSON:
    raw, mode = call.text(name), call.text("parse_mode").lower()
    if mode not in {"", "html"}:
        raise bad("unsupported parse_mode")  # this project writes HTML only
    html = raw if mode else markup_language.escape(raw, quote=False)
    plain, entities = parse_html(html.strip())
    return {"text": plain.strip(), "html": html, "entities": tuple(entities)}


def read_markup(call: Call) -> JSON | None:
    """Return a call's inline keyboard, None when it has none or an empty one."""
    return read_keyboard(call.nested("reply_markup"))


def read_keyboard(markup: JSON | None) -> JSON | None:
    """Return an inline keyboard, None when it is missing or an empty one."""
    rows = (markup or {}).get("inline_keyboard", [])
    for button in itertools.chain(*rows):
        _check_button(button)
    return {"inline_keyboard": [row for row in rows if row]} if any(rows) else None


def _check_button(button: JSON) -> None:
    if not button.get("text", "").strip():
        raise bad("inline keyboard button text must be non-empty")
    if len({"callback_data", "url"} & button.keys()) != 1:
        words = "Text buttons are unallowed in the inline keyboard"
        raise bad(f"can't parse inline keyboard button: {words}")
    if not 0 < len(button.get("callback_data", "-").encode()) <= BUTTON_BYTES:
        raise bad("BUTTON_DATA_INVALID")
    if not re.match(r"(https?://[^\s/]+\.[^\s]+|tg://.+)", address := button.get("url", "tg://-")):
        raise bad(f"inline keyboard button URL '{address}' is invalid: Wrong HTTP URL")


# --- messages ------------------------------------------------------------------------------------


def find_chat(world: World, call: Call, *, writing: bool = True) -> Chat:
    """Return the chat of a call; refuses to write to people who do not want it."""
    chat = world.chats.get(call.chat_id or 0)
    if chat is None:
        raise bad("chat not found")
    if writing and chat.owner and chat.owner.blocked:
        raise Refusal(403, "Forbidden: bot was blocked by the user")
    if writing and chat.owner and not chat.owner.started:
        raise Refusal(403, "Forbidden: bot can't initiate conversation with a user")
    return chat


def find_message(world: World, call: Call) -> Message:
    chat = find_chat(world, call, writing=False)
    message = chat.messages.get(call.number("message_id"))
    if message is None or message.deleted:
        raise bad("message to edit not found")
    return message


def find_replied(call: Call, chat: Chat) -> int | None:
    given = call.nested("reply_parameters")
    if given is None:
        return None
    replied = chat.messages.get(given.get("message_id") or 0)
    if replied and not replied.deleted:
        return replied.message_id
    if given.get("allow_sending_without_reply"):
        return None
    raise bad("message to be replied not found")


def write(world: World, call: Call, **content: Any) -> JSON:
    """The bot's message stands in the chat; return it as the API has it."""
    markup, chat = read_markup(call), find_chat(world, call)
    reply_to = find_replied(call, chat)
    thread = call.number("message_thread_id") or None
    message = world.keep(chat, None, markup=markup, reply_to=reply_to, thread=thread, **content)
    return world.message_json(message)


def send_message(world: World, call: Call) -> JSON:
    return write(world, call, **read_message_text(call))


def send_document(world: World, call: Call) -> JSON:
    words = read_caption(call)
    return write(world, call, document=find_file(world, call, "document"), **words)


def send_photo(world: World, call: Call) -> JSON:
    words = read_caption(call)
    photo = find_file(world, call, "photo")
    if not photo.data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        raise bad("IMAGE_PROCESS_FAILED")
    return write(world, call, document=photo, **words)


def find_file(world: World, call: Call, kind: str) -> File:
    """Return the file that was uploaded with a call."""
    given = call.parameters.get(kind) or ""
    if not given:
        raise bad(f"there is no {kind} in the request")
    if isinstance(given, File):
        if not given.data:
            raise bad("file must be non-empty")
        return world.keep_file(kind, given.name, given.data, mime_type=given.mime_type)
    raise bad("wrong file identifier/HTTP URL specified")  # this project always uploads


def edit_text(world: World, call: Call) -> JSON:
    """The bot's message is changed; without a keyboard in the call it loses the one it had."""
    content = {"markup": read_markup(call), **read_message_text(call, "MESSAGE_TOO_LONG")}
    message = find_message(world, call)
    if message.sender is not None:
        raise bad("message can't be edited")
    if message.document:
        raise bad("there is no text in the message to edit")
    new = replace(message, **content)
    if (new.text, new.entities, new.markup) == (message.text, message.entities, message.markup):
        raise bad(NOT_MODIFIED)
    return world.message_json(world.change(new))


def answer_query(world: World, call: Call) -> bool:
    if len(call.text("text")) > ANSWER_LETTERS:
        raise bad("MESSAGE_TOO_LONG")
    query = world.queries.get(call.text("callback_query_id"))
    if query is None or query.expired or query.answer is not None:
        raise bad(OLD_QUERY)
    query.answer = dict(call.parameters)
    return True


def answer_inline(world: World, call: Call) -> bool:
    """The results stand above the person's keyboard; only articles of text, as this project has."""
    query = world.inline_queries.get(call.text("inline_query_id"))
    if query is None or query.expired or query.results is not None:
        raise bad(OLD_QUERY)
    results: list[JSON] = call.nested("results") or []
    if len(results) > INLINE_RESULTS:
        raise bad("RESULTS_TOO_MUCH")
    for one in results:
        _check_result(one)
    if len({one["id"] for one in results}) < len(results):
        raise bad("RESULT_ID_DUPLICATE")
    button = call.nested("button")
    if button is not None:
        _check_inline_button(button)
    query.results, query.answer = results, dict(call.parameters)
    return True


def _check_result(result: JSON) -> None:
    if not 1 <= len(str(result.get("id", "")).encode()) <= INLINE_ID_BYTES:
        raise bad("RESULT_ID_INVALID")
    if result.get("type") != "article":
        raise bad("RESULT_TYPE_INVALID")
    if not result.get("title", "").strip():
        raise bad("ARTICLE_TITLE_EMPTY")
    content = result.get("input_message_content") or {}
    html = content.get("message_text", "")
    mode = content.get("parse_mode", "").lower()
    if mode not in {"", "html"}:
        raise bad("unsupported parse_mode")
    plain = parse_html(html.strip())[0] if mode else html
    if not plain.strip():
        raise bad("message text is empty")
    if units(plain) > TEXT_UNITS:
        raise bad("MESSAGE_TOO_LONG")
    read_keyboard(result.get("reply_markup"))


def _check_inline_button(button: JSON) -> None:
    if not button.get("text", "").strip():
        raise bad("BUTTON_TEXT_INVALID")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", button.get("start_parameter", "")):
        raise bad("START_PARAM_INVALID")


def send_action(world: World, call: Call) -> bool:
    find_chat(world, call)
    if call.text("action") not in set(ChatAction):
        raise bad("wrong parameter action in request")
    return True


# --- files ---------------------------------------------------------------------------------------


def get_file(world: World, call: Call) -> JSON:
    file = world.files.get(call.text("file_id"))
    if file is None:
        raise bad("invalid file_id")
    if file.size_bytes > DOWNLOAD_BYTES:
        raise bad("file is too big")
    known = {name: value for name, value in file.as_json().items() if name.startswith("file_")}
    return {**known, "file_path": file.path}


def download(world: World, call: Call) -> bytes:
    for file in world.files.values():
        if file.path == call.text("path"):
            return file.data
    raise Refusal(404, "Not Found")


# --- settings of the bot -------------------------------------------------------------------------


def set_commands(world: World, call: Call) -> bool:
    commands: list[JSON] = call.nested("commands")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    scope = call.nested("scope") or {"type": "default"}
    place = json.dumps([scope, call.text("language_code")], sort_keys=True)
    world.commands[place] = commands
    return True


def delete_commands(world: World, call: Call) -> bool:
    scope = call.nested("scope") or {"type": "default"}
    world.commands.pop(json.dumps([scope, call.text("language_code")], sort_keys=True), None)
    return True


def set_webhook(world: World, call: Call) -> bool:
    url, secret = call.text("url"), call.text("secret_token")
    if not url:
        return delete_webhook(world, call)
    if not url.startswith(("https://", "http://127.0.0.1:")):  # Telegram itself: https only
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise bad("secret token contains unallowed characters")
    use_allowed(world, call)
    delete_webhook(world, call)
    world.webhook = {"url": url, "secret_token": secret}
    end_poll(world, "Conflict: terminated by setWebhook request")
    return True


def delete_webhook(world: World, call: Call) -> bool:
    world.webhook = {}
    return True


METHODS: dict[str, Callable[[World, Call], Any]] = {
    "getMe": lambda world, _call: world.bot,
    "sendMessage": send_message,
    "sendDocument": send_document,
    "sendPhoto": send_photo,
    "sendChatAction": send_action,
    "editMessageText": edit_text,
    "answerCallbackQuery": answer_query,
    "answerInlineQuery": answer_inline,
    "getFile": get_file,
    "file download": download,  # not a method: its address is apart, its faults and log are not
    "setMyCommands": set_commands,
    "deleteMyCommands": delete_commands,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getUpdates": get_updates,  # the only one that waits
}
NAMES = {name.lower(): name for name in METHODS}  # Telegram ignores the case
