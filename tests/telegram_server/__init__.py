"""Our own Telegram: a Bot API server on a free port of this machine, and the people who write.

A bot is pointed at `url + "/bot"` and `url + "/file/bot"` and meets what the Bot API documents,
refusals included. A test plays the people: every call on the user side is synchronous and safe from
any thread. A test that runs the bot in its own event loop waits by
`await asyncio.to_thread(telegram.wait_for, condition)`.
"""

from tests.telegram_server.markup import (
    CAPTION_UNITS,
    TEXT_UNITS,
    found_entities,
    parse_html,
    units,
)
from tests.telegram_server.methods import ANSWER_LETTERS, BUTTON_BYTES, NOT_MODIFIED, OLD_QUERY
from tests.telegram_server.model import JSON, Call, Chat, File, Message, Query, Refusal
from tests.telegram_server.people import Person
from tests.telegram_server.server import FakeTelegram

__all__ = ["JSON", "Call", "Chat", "FakeTelegram", "File", "Message", "Person", "Query", "Refusal"]
__all__ += ["ANSWER_LETTERS", "BUTTON_BYTES", "NOT_MODIFIED", "OLD_QUERY"]
__all__ += ["CAPTION_UNITS", "TEXT_UNITS", "found_entities", "parse_html", "units"]
