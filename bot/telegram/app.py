"""The bot: handlers in their order, and a life from start to a clean stop."""

from __future__ import annotations

import asyncio
import os
import re
import secrets
import signal
import socket
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import structlog
from telegram import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    Update,
)
from telegram.error import BadRequest, Conflict, InvalidToken, TelegramError
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot import texts
from bot.changing import Changes
from bot.settings import Settings
from bot.telegram import admin, asking, commands, viewing
from bot.telegram.access import Access
from bot.telegram.context import App, Context, Services
from bot.telegram.delivery import PAUSES_S, Delivery, PatientRequest
from bot.telegram.errors import on_error
from bot.telegram.order import Inbox, InOrder
from bot.wiring import open_assistant, open_catalogue
from knowledge.answering import Assistant
from knowledge.catalogue import Catalogue, Conversations
from knowledge.errors import ExternalError, SettingsError
from knowledge.model import Language

log = structlog.get_logger(__name__)

_UPDATES = [Update.MESSAGE, Update.CALLBACK_QUERY]
_THINKING = max(
    1, (os.cpu_count() or 2) - 1
)  # questions worked on at a time; one core is for the rest
_THREADS = _THINKING + 8  # a few for the catalogue, files and changes beside those that think
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 1.0, 30.0  # between two tries to reach Telegram at the start
_LAST_POLL_S = 3.0  # for telling Telegram what was fetched; what it repeats then is recognised
_WEBHOOK_PORT = 8443  # where WEBHOOK_URL names none: a proxy in front passes it on
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # Bot API, setWebhook, secret_token


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """How long things are waited for, in seconds; tests have less patience.

    Attributes:
        call_s: connecting to Telegram, and each of its answers.
        poll_s: how long Telegram holds a request for updates.
        file_s: sending a file.
        last_s: answers on their way when the bot is stopped; the next start goes on with others.
        pauses_s: between the tries of a call that fails on its way.
        again_s: before an update whose calls all failed is worked on again.
    """

    call_s: float = 10.0
    poll_s: float = 25.0
    file_s: float = 120.0
    last_s: float = 25.0
    pauses_s: tuple[float, ...] = PAUSES_S
    again_s: tuple[float, ...] = (30.0, 120.0, 600.0)


DEFAULT_TIMING = Timing()


def run(settings: Settings) -> None:
    """Answer on Telegram until SIGTERM or SIGINT.

    Raises:
        SettingsError: there is no token, or Telegram does not know it.
        ExternalError: a part that the bot rests on cannot be reached.
    """
    asyncio.run(until_signalled(partial(serve, settings)))


async def until_signalled(work: Callable[[asyncio.Event], Coroutine[Any, Any, None]]) -> None:
    """Do work that ends when the event it is given is set; SIGTERM and SIGINT set it."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    await work(stop)


async def serve(
    settings: Settings,
    stop: asyncio.Event,
    assistant: Assistant | None = None,
    timing: Timing = DEFAULT_TIMING,
) -> None:
    """Answer until stopped; what is being answered then is finished.

    Args:
        settings: of this process.
        stop: ends it.
        assistant: one that is open already; opened while Telegram is being reached otherwise.
        timing: how long things are waited for.

    Raises:
        SettingsError: there is no token, or Telegram does not know it.
        ExternalError: a part that the bot rests on cannot be reached.
    """
    started = time.monotonic()
    if settings.documents_dir is None:  # so that an admin finds where the documents go
        settings.documents.mkdir(parents=True, exist_ok=True)
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(_THREADS, thread_name_prefix="bot"))
    catalogue = await asyncio.to_thread(open_catalogue, settings)
    app, services = build(settings, catalogue.conversations(), timing)
    opening = asyncio.create_task(_open(settings, catalogue, assistant))
    try:
        await _until_done(app.initialize, stop)
        services.assistant = await opening
        if not stop.is_set():
            with services.metrics.served(settings.metrics_port):
                await _live(app, services, settings, stop, timing, started)
    finally:
        services.changes.stop()
        opening.cancel()
        await asyncio.wait({opening})
        await app.shutdown()
        await app.bot.shutdown()  # the one before leaves it when Telegram was never reached
        await asyncio.to_thread(catalogue.close)


async def _open(settings: Settings, catalogue: Catalogue, assistant: Assistant | None) -> Assistant:
    if assistant is None:
        assistant = await asyncio.to_thread(open_assistant, settings, catalogue=catalogue)
    await asyncio.to_thread(assistant.warm_up)
    return assistant


async def _live(
    app: App,
    services: Services,
    settings: Settings,
    stop: asyncio.Event,
    timing: Timing,
    started: float,
) -> None:
    """Work from the first update to the last."""
    await app.start()
    try:
        resumed = await services.inbox.resume(app.bot)
        if not await _until_done(partial(_listen, app, settings, timing), stop):
            return
        menu = asyncio.create_task(_set_menu(app, services))
        library = services.assistant.library()
        services.metrics.holds(len(library.documents))
        log.info(
            "bot ready",
            bot=app.bot.username,
            documents=len(library.documents),
            resumed=resumed,
            seconds=round(time.monotonic() - started, 1),
        )
        await stop.wait()
        log.info("bot stopping")
        menu.cancel()
    finally:
        services.changes.stop()
        await _finish(app, timing)
    log.info("bot stopped")


async def _finish(app: App, timing: Timing) -> None:
    """Take no more updates and finish what is being answered; the next start does the rest."""
    if isinstance(app.bot.rate_limiter, Delivery):
        app.bot.rate_limiter.hurry()
    if app.updater is not None and app.updater.running:
        with suppress(TimeoutError):
            await asyncio.wait_for(app.updater.stop(), _LAST_POLL_S)
    stopping = asyncio.create_task(app.stop())
    await asyncio.wait({stopping}, timeout=timing.last_s)
    if not stopping.done():
        log.warning("not all was answered; the next start goes on with it")
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)


# --- what it is made of ------------------------------------------------------------------------


def build(
    settings: Settings, conversations: Conversations, timing: Timing = DEFAULT_TIMING
) -> tuple[App, Services]:
    """Return the application with its parts; the assistant is put in when it is ready.

    Raises:
        SettingsError: there is no token.
    """
    if settings.telegram_bot_token is None:
        raise SettingsError(
            "TELEGRAM_BOT_TOKEN: expected the token from @BotFather, e.g. "
            "TELEGRAM_BOT_TOKEN=123456:ABC-DEF"
        )
    os.environ.setdefault("PTB_TIMEDELTA", "1")  # periods as timedelta, as its next version has it
    inbox = Inbox(conversations, timing.again_s)
    token = settings.telegram_bot_token.get_secret_value()
    builder = (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{settings.telegram_api_base_url}/bot")
        .base_file_url(f"{settings.telegram_api_file_url}/bot")
        .get_updates_request(PatientRequest(read_timeout=timing.call_s))
        .connection_pool_size(256)
        .pool_timeout(60)
        .connect_timeout(timing.call_s)
        .read_timeout(timing.call_s)
        .write_timeout(timing.call_s)
        .media_write_timeout(timing.file_s)
        .rate_limiter(Delivery(timing.pauses_s))
        .concurrent_updates(InOrder(inbox))
        .update_queue(inbox)
        .context_types(ContextTypes(context=Context))
        .job_queue(None)
    )
    app: App = builder.build()
    services = Services(
        conversations=conversations,
        changes=Changes(settings),
        access=Access(admins=settings.admin_ids, officers=settings.officer_ids),
        inbox=inbox,
        documents=settings.documents,
        originals=settings.home / "originals",
        thinking=asyncio.Semaphore(_THINKING),
    )
    app.bot_data["services"] = services
    _register(app)
    return app, services


def _register(app: App) -> None:
    """Register the handlers; the first that fits takes the update."""
    new = filters.UpdateType.MESSAGE  # not edits, not posts of channels
    for name, handler in (
        ("start", commands.on_start),
        ("help", commands.on_help),
        ("docs", commands.on_docs),
        ("language", commands.on_language),
        ("reload", admin.on_reload),
    ):
        app.add_handler(CommandHandler(name, handler, filters=new))
    app.add_handler(MessageHandler(new & filters.COMMAND, commands.on_unknown_command))
    app.add_handler(CallbackQueryHandler(viewing.on_press))
    # before the captions: the file of an admin is no question, whatever stands under it
    app.add_handler(MessageHandler(new & filters.Document.ALL, admin.on_document))
    app.add_handler(MessageHandler(new & (filters.TEXT | filters.CAPTION), asking.on_question))
    # last: what is left is no text; service messages ("… joined the group") are nobody's question
    app.add_handler(MessageHandler(new & ~filters.StatusUpdate.ALL, commands.on_other))
    app.add_error_handler(on_error)


# --- reaching Telegram -------------------------------------------------------------------------


async def _until_done(step: Callable[[], Coroutine[Any, Any, None]], stop: asyncio.Event) -> bool:
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


async def _listen(app: App, settings: Settings, timing: Timing) -> None:
    """Start to take updates: by webhook when one is set, else by long polling."""
    updater = app.updater
    if updater is None:
        raise ExternalError("the bot was built without an updater")
    if not settings.webhook_url:
        await updater.start_polling(
            timeout=timedelta(seconds=timing.poll_s),
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


async def _set_menu(app: App, services: Services) -> None:
    """Put the commands into Telegram's menu, in both languages; admins have theirs besides."""
    everyone = BotCommandScopeAllPrivateChats()
    scopes = [BotCommandScopeChat(person) for person in services.access.admins]
    for language, code in ((Language.VIETNAMESE, None), (Language.ENGLISH, "en")):
        menu = [BotCommand(name, words[language]) for name, words in texts.COMMANDS.items()]
        more = [BotCommand(name, words[language]) for name, words in texts.ADMIN_COMMANDS.items()]
        for scope in (None, everyone, *scopes):
            wanted = [*menu, *more] if scope in scopes else menu
            try:
                await app.bot.set_my_commands(wanted, scope=scope, language_code=code)
            except TelegramError as error:  # an admin who never wrote to the bot has no chat yet
                log.info("menu not set", why=error.message)
