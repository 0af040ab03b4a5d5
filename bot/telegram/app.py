"""The bot: handlers in their order, and a life from start to a clean stop."""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import structlog
from telegram import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    Update,
)
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError
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
from bot.telegram.delivery import Delivery, PatientRequest
from bot.telegram.errors import on_error
from bot.telegram.order import Inbox, InOrder
from bot.wiring import open_assistant, open_catalogue
from knowledge.answering import Assistant
from knowledge.catalogue import Catalogue, Conversations
from knowledge.errors import ExternalError, SettingsError
from knowledge.model import Language

log = structlog.get_logger(__name__)

_UPDATES = [Update.MESSAGE, Update.CALLBACK_QUERY]
_THREADS = 8  # a few for the catalogue beside those that think
_THINKING = os.cpu_count() or 2  # questions worked on at a time; more threads only contend
_POLL_S = 25  # how long Telegram holds a request for updates
_CALL_TIMEOUT_S, _FILE_TIMEOUT_S = 10.0, 120.0
_WEBHOOK_PORT = 8443  # where WEBHOOK_URL names none: a proxy in front passes it on


def run(settings: Settings) -> None:
    """Answer on Telegram until SIGTERM or SIGINT.

    Raises:
        SettingsError: there is no token, or Telegram does not know it.
        ExternalError: a part that the bot rests on cannot be reached.
    """
    asyncio.run(_until_signalled(settings))


async def _until_signalled(settings: Settings) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    await serve(settings, stop)


async def serve(
    settings: Settings, stop: asyncio.Event, assistant: Assistant | None = None
) -> None:
    """Answer until stopped; what is being answered then is finished.

    Args:
        settings: of this process.
        stop: ends it.
        assistant: one that is open already; opened while Telegram is being reached otherwise.

    Raises:
        SettingsError: there is no token, or Telegram does not know it.
    """
    started = time.monotonic()
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(_THREADS, thread_name_prefix="bot"))
    catalogue = await asyncio.to_thread(open_catalogue, settings)
    app, services = build(settings, catalogue.conversations())
    opening = asyncio.create_task(_open(settings, catalogue, assistant))
    try:
        await _reach(app, stop)
        services.assistant = await opening
        if not stop.is_set():
            await _live(app, services, settings, stop, started)
    finally:
        services.changes.stop()
        await app.shutdown()


async def _open(settings: Settings, catalogue: Catalogue, assistant: Assistant | None) -> Assistant:
    if assistant is None:
        assistant = await asyncio.to_thread(open_assistant, settings, catalogue=catalogue)
    await asyncio.to_thread(assistant.warm_up)
    return assistant


async def _live(
    app: App, services: Services, settings: Settings, stop: asyncio.Event, started: float
) -> None:
    """Work from the first update to the last."""
    await app.start()
    resumed = await services.inbox.resume(app.bot)
    await _listen(app, settings)
    menu = asyncio.create_task(_set_menu(app, services))
    library = services.assistant.library()
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
    services.changes.stop()
    if app.updater is not None:
        await app.updater.stop()
    await app.stop()
    log.info("bot stopped")


# --- what it is made of ------------------------------------------------------------------------


def build(settings: Settings, conversations: Conversations) -> tuple[App, Services]:
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
    inbox = Inbox(conversations)
    token = settings.telegram_bot_token.get_secret_value()
    builder = (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{settings.telegram_api_base_url}/bot")
        .base_file_url(f"{settings.telegram_api_file_url}/bot")
        .get_updates_request(PatientRequest(read_timeout=_CALL_TIMEOUT_S))
        .connection_pool_size(256)
        .pool_timeout(60)
        .connect_timeout(_CALL_TIMEOUT_S)
        .read_timeout(_CALL_TIMEOUT_S)
        .write_timeout(_CALL_TIMEOUT_S)
        .media_write_timeout(_FILE_TIMEOUT_S)
        .rate_limiter(Delivery())
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


async def _reach(app: App, stop: asyncio.Event) -> None:
    """Ask Telegram who we are until it answers or we are to stop.

    Raises:
        SettingsError: it does not know the token.
    """
    stopping = asyncio.create_task(stop.wait())
    try:
        while not stop.is_set():
            asking = asyncio.create_task(app.initialize())
            await asyncio.wait({asking, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if not asking.done():
                asking.cancel()
            elif _is_known(asking):
                return
    finally:
        stopping.cancel()


def _is_known(asking: asyncio.Task[None]) -> bool:
    try:
        asking.result()
    except InvalidToken as error:
        raise SettingsError(
            "TELEGRAM_BOT_TOKEN: Telegram does not know this token; expected the one from "
            "@BotFather, e.g. TELEGRAM_BOT_TOKEN=123456:ABC-DEF"
        ) from error
    except NetworkError as error:
        log.warning("Telegram not reached, trying again", why=type(error).__name__)
        return False
    return True


async def _listen(app: App, settings: Settings) -> None:
    """Start to take updates: by webhook when one is set, else by long polling."""
    updater = app.updater
    if updater is None:
        raise ExternalError("the bot was built without an updater")
    if not settings.webhook_url:
        await updater.start_polling(
            timeout=_POLL_S,
            allowed_updates=_UPDATES,
            bootstrap_retries=-1,
            error_callback=_on_poll_error,
        )
        return
    secret = settings.webhook_secret
    where = urlsplit(settings.webhook_url)
    await updater.start_webhook(
        listen=settings.webhook_host,
        port=where.port or _WEBHOOK_PORT,
        url_path=where.path,
        webhook_url=settings.webhook_url,
        secret_token=secret.get_secret_value() if secret else secrets.token_urlsafe(32),
        allowed_updates=_UPDATES,
        bootstrap_retries=-1,
    )


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
