"""How calls reach Telegram: retried until they do, and shown by edits, which may be repeated."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from typing import Any

import structlog
from aiolimiter import AsyncLimiter
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ChatAction, FloodLimit, ParseMode
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.telegram.buttons import encode
from bot.telegram.screens import Screen

log = structlog.get_logger(__name__)

_Called = bool | dict[str, Any] | list[dict[str, Any]]

PAUSES_S = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 8.0)  # between tries of a call that fails on its way
_LONGEST_PENALTY_S = 300  # a longer wait that Telegram asks for is given up
_TRIES_IN_A_HURRY = 3
# worth nothing some seconds later
_TRIES_OF = {"sendChatAction": 1, "answerCallbackQuery": 4, "answerInlineQuery": 3}
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Delivery(BaseRateLimiter[int]):
    """Repeats calls that Telegram put off, could not take or did not answer.

    `AIORateLimiter` makes everybody wait when one chat is penalised; here only that chat waits.
    """

    def __init__(self, pauses_s: Sequence[float] = PAUSES_S) -> None:
        self._pauses_s = pauses_s
        self._sends = AsyncLimiter(FloodLimit.MESSAGES_PER_SECOND, 1)
        self._opens: dict[object, float] = {}  # place → time of the loop from which it is open
        self._hurries = False

    def hurry(self) -> None:
        """Give up soon what fails on its way: the process is about to end."""
        self._hurries = True

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, _Called]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> _Called:
        """Return what the call returns.

        Raises:
            NetworkError: Telegram was not reached in all tries.
            InvalidToken: it did not know the token in all tries.
            TelegramError: Telegram refused the call.
        """
        place = _place(endpoint, data)
        tries = rate_limit_args or _TRIES_OF.get(endpoint, len(self._pauses_s) + 1)
        failed = 0
        while True:
            await self._until_open(place)
            try:
                if endpoint.startswith("send") and endpoint != "sendChatAction":
                    async with self._sends:
                        return await callback(*args, **kwargs)
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                self._close(place, error, endpoint)
                if tries == 1:
                    raise
            except (NetworkError, InvalidToken) as error:
                failed += 1
                most = min(tries, _TRIES_IN_A_HURRY) if self._hurries else tries
                if _is_final(error, endpoint) or failed >= most:
                    raise
                log.info("call repeated", call=endpoint, failed=failed, why=type(error).__name__)
                await asyncio.sleep(self._pauses_s[failed - 1])

    def _close(self, place: object, error: RetryAfter, endpoint: str) -> None:
        """Keep a place closed for as long as Telegram asks for."""
        seconds = _seconds(error)
        if seconds > _LONGEST_PENALTY_S:
            raise error
        log.info("call put off", call=endpoint, seconds=seconds)
        self._opens[place] = asyncio.get_running_loop().time() + seconds + 0.1

    async def _until_open(self, place: object) -> None:
        loop = asyncio.get_running_loop()
        while (opens := self._opens.get(place)) is not None:
            if opens <= loop.time():
                self._opens.pop(place, None)
                return
            await asyncio.sleep(opens - loop.time())


def _place(endpoint: str, data: dict[str, Any]) -> object:
    """Return what waits when Telegram puts off a call: its chat, else what it is about."""
    chat = data.get("chat_id")
    if chat is not None:
        return chat
    about = ("callback_query_id", "inline_query_id", "file_id")
    return endpoint, next((data[name] for name in about if data.get(name)), None)


def _is_final(error: TelegramError, endpoint: str) -> bool:
    """Tell whether a call would be refused again: a token that has worked is not wrong for long."""
    if isinstance(error, InvalidToken):
        return endpoint == "getMe"
    return isinstance(error, BadRequest)  # derives from NetworkError


def _seconds(error: RetryAfter) -> float:
    asked = error.retry_after
    return float(asked) if isinstance(asked, int) else asked.total_seconds()


class PatientRequest(HTTPXRequest):
    """Asks for updates; a token that Telegram refuses for a while does not end the polling.

    The framework stops for good at 401 and 404, which a proxy or a token being renewed also gives.
    """

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Return status and body.

        Raises:
            NetworkError: also when the token is refused.
        """
        status, body = await super().do_request(*args, **kwargs)
        if status in (401, 404):
            log.error("Telegram refuses the token", status=status)
            raise NetworkError(f"Telegram refuses the token ({status})")
        return status, body


def keyboard(screen: Screen) -> InlineKeyboardMarkup | None:
    """Return the buttons of a screen as the framework takes them."""
    if not screen.rows:
        return None
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(button.label, callback_data=encode(button.press))
                for button in row
            ]
            for row in screen.rows
        ]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where to say something: a chat, a topic in it, a message to answer to."""

    chat: int
    thread: int | None = None
    reply_to: int | None = None


async def say(bot: Bot, spot: Spot, screen: Screen) -> int:
    """Send a screen and return the number of the message.

    For words that may come twice: a connection that breaks after the work is tried again.

    Raises:
        TelegramError: Telegram refused it or was not reached.
    """

    async def send(text: str, parse_mode: str | None) -> int:
        sent = await bot.send_message(
            spot.chat,
            text,
            parse_mode=parse_mode,
            message_thread_id=spot.thread,
            reply_parameters=reply_of(spot),
            reply_markup=keyboard(screen),
            link_preview_options=_NO_PREVIEW,
        )
        return sent.message_id

    try:
        return await send(screen.html, ParseMode.HTML)
    except BadRequest as error:
        if not _is_markup(error):
            raise
        log.warning("markup refused", why=error.message)
        return await send(plain(screen.html), None)


def reply_of(spot: Spot) -> ReplyParameters | None:
    """Return which message to answer to; one that is gone does not keep the words back."""
    if spot.reply_to is None:
        return None
    return ReplyParameters(spot.reply_to, allow_sending_without_reply=True)


async def show(bot: Bot, chat: int, message: int, screen: Screen) -> None:
    """Put a screen in the place of a message of ours; doing it again changes nothing.

    Raises:
        TelegramError: Telegram refused it or was not reached.
    """
    try:
        await _edit(bot, chat, message, screen.html, ParseMode.HTML, keyboard(screen))
    except BadRequest as error:
        if not _is_markup(error):
            raise
        log.warning("markup refused", why=error.message)
        await _edit(bot, chat, message, plain(screen.html), None, keyboard(screen))


async def put(bot: Bot, spot: Spot, message: int, screen: Screen) -> None:
    """Put a screen in the place of a message of ours; one that was deleted is sent anew.

    Raises:
        TelegramError: Telegram refused it or was not reached.
    """
    try:
        await show(bot, spot.chat, message, screen)
    except BadRequest as error:
        if not is_gone(error):
            raise
        await say(bot, spot, screen)


async def sketch(bot: ExtBot[Any], chat: int, message: int, screen: Screen) -> None:
    """Try once to show what will soon be replaced; that it is not seen is not worth an error."""
    with suppress(TelegramError):
        await bot.edit_message_text(
            screen.html,
            chat_id=chat,
            message_id=message,
            parse_mode=ParseMode.HTML,
            link_preview_options=_NO_PREVIEW,
            rate_limit_args=1,
        )


async def _edit(
    bot: Bot,
    chat: int,
    message: int,
    text: str,
    parse_mode: str | None,
    markup: InlineKeyboardMarkup | None,
) -> None:
    try:
        await bot.edit_message_text(
            text,
            chat_id=chat,
            message_id=message,
            parse_mode=parse_mode,
            reply_markup=markup,
            link_preview_options=_NO_PREVIEW,
        )
    except BadRequest as error:
        if "not modified" not in error.message.lower():
            raise


async def acknowledge(bot: Bot, query: str, text: str = "", *, alert: bool = False) -> None:
    """Stop the clock on a pressed button; that it goes on is not worth an error."""
    with suppress(TelegramError):
        await bot.answer_callback_query(query, text=text or None, show_alert=alert)


async def typing(bot: Bot, chat: int, thread: int | None) -> None:
    """Show "typing…" until cancelled; it fades after five seconds (Bot API, sendChatAction)."""
    while True:
        with suppress(TelegramError):
            await bot.send_chat_action(chat, "typing", message_thread_id=thread)
        await asyncio.sleep(4)


async def act(bot: Bot, spot: Spot, action: ChatAction) -> None:
    """Show once what is being done; that it is not seen is not worth an error."""
    with suppress(TelegramError):
        await bot.send_chat_action(spot.chat, action, message_thread_id=spot.thread)


def plain(html: str) -> str:
    """Return HTML of a screen as plain text."""
    return unescape(re.sub(r"<[^>]+>", "", html))


def is_gone(error: BadRequest) -> bool:
    """Tell whether a message could not be edited: it was deleted, or it is a file."""
    words = error.message.lower()
    return "to edit not found" in words or "no text in the message to edit" in words


def _is_markup(error: BadRequest) -> bool:
    return "can't parse entities" in error.message.lower()
