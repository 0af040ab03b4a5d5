"""Reaching Telegram: what is tried until it lets it through, and how its updates come."""

from __future__ import annotations

import asyncio
import re
import secrets
import socket
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import structlog
from telegram import Update
from telegram.error import BadRequest, Conflict, InvalidToken, TelegramError

from bot.settings import Settings
from bot.telegram.context import App
from knowledge.errors import ExternalError, SettingsError

log = structlog.get_logger(__name__)

_UPDATES = [Update.MESSAGE, Update.CALLBACK_QUERY, Update.INLINE_QUERY]
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 1.0, 30.0  # between two tries
_WEBHOOK_PORT = 8443  # where WEBHOOK_URL names none: a proxy in front passes it on
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # Bot API, setWebhook, secret_token


async def until_done(step: Callable[[], Coroutine[Any, Any, None]], stop: asyncio.Event) -> bool:
    """Repeat a step until Telegram lets it through; return False when stopped before.

    Raises:
        SettingsError: Telegram refuses what the settings say.
    """
    stopping, pause_s = asyncio.create_task(stop.wait()), _FIRST_PAUSE_S
    try:
        while not stop.is_set():
            trying = asyncio.create_task(step())
            await asyncio.wait({trying, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if trying.done() and _got_through(trying):
                return True
            trying.cancel()
            await asyncio.wait({trying})
            await asyncio.wait({stopping}, timeout=pause_s)
            pause_s = min(pause_s * 2, _LONGEST_PAUSE_S)
    finally:
        stopping.cancel()
    return False


def _got_through(trying: asyncio.Task[None]) -> bool:
    try:
        trying.result()
    except InvalidToken as error:
        raise SettingsError(
            "TELEGRAM_BOT_TOKEN: Telegram does not know this token; expected the one from "
            "@BotFather, e.g. TELEGRAM_BOT_TOKEN=123456:ABC-DEF"
        ) from error
    except TelegramError as error:
        log.warning("Telegram not reached, trying again", why=type(error).__name__)
        return False
    return True


async def listen(app: App, settings: Settings, poll_s: float) -> None:
    """Start to take updates: by webhook when one is set, else by long polling.

    Args:
        app: that works on them.
        settings: of this process.
        poll_s: how long Telegram holds a request for updates.

    Raises:
        SettingsError: Telegram refuses the address or the secret of the webhook.
        ExternalError: the port of the webhook is taken.
    """
    updater = app.updater
    if updater is None:
        raise ExternalError("the bot was built without an updater")
    if not settings.webhook_url:
        await updater.start_polling(
            timeout=timedelta(seconds=poll_s),
            allowed_updates=_UPDATES,
            error_callback=_on_poll_error,
        )
        return
    where, secret = urlsplit(settings.webhook_url), _secret_of(settings)
    host, port = settings.webhook_host, where.port or _WEBHOOK_PORT
    try:
        _check_free(host, port)  # before Telegram is told of it
        await updater.start_webhook(
            listen=host,
            port=port,
            url_path=where.path,
            webhook_url=settings.webhook_url,
            secret_token=secret,
            allowed_updates=_UPDATES,
        )
    except OSError as error:
        raise ExternalError(f"cannot listen on {host}, port {port}: {error.strerror}") from error
    except BadRequest as error:
        raise SettingsError(
            f"WEBHOOK_URL: Telegram refuses it ({error.message}); expected a public address, "
            "e.g. WEBHOOK_URL=https://bot.example.vn/hook"
        ) from error


def _check_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family):
        pass


def _secret_of(settings: Settings) -> str:
    """Return the secret that Telegram shows with each update; made up when none is set."""
    if settings.webhook_secret is None:
        return secrets.token_urlsafe(32)
    secret = settings.webhook_secret.get_secret_value()
    if not _SECRET.fullmatch(secret):
        raise SettingsError(
            "WEBHOOK_SECRET: expected 1 to 256 letters without marks, digits, '_' or '-', "
            "e.g. WEBHOOK_SECRET=a-long-random-word"
        )
    return secret


def _on_poll_error(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        log.error("another process takes the updates of this bot; stop one of them")
    else:
        log.warning("updates not fetched, trying again", why=type(error).__name__)
