"""The bot: handlers in their order, and a life from start to a clean stop."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

import structlog
from telegram import Update
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.library.changing import Changes
from bot.library.drafting import Drawer
from bot.library.links import OPEN_ROAD, Road
from bot.marking import selftest
from bot.settings import Settings
from bot.telegram import commands, inline, typed, viewing
from bot.telegram.access import Access
from bot.telegram.context import App, Context, Services
from bot.telegram.delivery import PAUSES_S, Delivery, PatientRequest
from bot.telegram.errors import on_error
from bot.telegram.figures import guiding
from bot.telegram.library import documents, drafts, links, publishing, updating
from bot.telegram.office import checks, following, gaps, news, notices, usage
from bot.telegram.office.tellers import TELLERS
from bot.telegram.order import AGAIN_S, Inbox, InOrder
from bot.telegram.people import auditing, joining, privacy, users
from bot.telegram.people.gate import on_arrival
from bot.telegram.people.membership import recall
from bot.telegram.reaching import listen, until_done
from bot.wiring import open_assistant, open_catalogue
from knowledge.answering import Assistant
from knowledge.catalogue import Catalogue
from knowledge.errors import SettingsError

log = structlog.get_logger(__name__)

# questions worked on at a time: more would only contend, and one core is for the event loop
_THINKING = max(1, (os.cpu_count() or 2) - 1)
_WRITING = 4  # answers that a language model tells at a time; others are quoted at once
_THREADS = (
    _THINKING + _WRITING + 8
)  # a few for the catalogue, files and changes beside those that think
_LAST_POLL_S = 3.0  # for telling Telegram what was fetched; what it repeats then is recognised


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
        clock: tells when it is night.
        watch_s: between two looks at whether the library changed, for those who follow it.
    """

    call_s: float = 10.0
    poll_s: float = 25.0
    file_s: float = 120.0
    last_s: float = 25.0
    pauses_s: tuple[float, ...] = PAUSES_S
    again_s: tuple[float, ...] = AGAIN_S
    clock: updating.Clock = field(default=lambda: datetime.now(UTC))
    watch_s: float = 2.0


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
    road: Road = OPEN_ROAD,
) -> None:
    """Answer until stopped; what is being answered then is finished.

    Args:
        settings: of this process.
        stop: ends it.
        assistant: one that is open already; opened while Telegram is being reached otherwise.
        timing: how long things are waited for.
        road: how links are reached.

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
    app, services = build(settings, catalogue, timing)
    services.road = road
    opening = asyncio.create_task(_open(settings, catalogue, assistant))
    try:
        await until_done(app.initialize, stop)
        services.assistant = await opening
        await asyncio.to_thread(recall, services, settings)
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
        recovered = await publishing.recover(services)  # before anything changes the library
        resumed = await services.inbox.resume(app.bot)
        if not await until_done(partial(listen, app, settings, timing.poll_s), stop):
            return
        beside = [
            asyncio.create_task(commands.set_menu(app.bot, services.access)),
            asyncio.create_task(notices.deliver(app.bot, services, TELLERS)),
            asyncio.create_task(news.watch(services, timing.watch_s)),
            asyncio.create_task(publishing.tell_recovered(app.bot, services, recovered)),
            asyncio.create_task(asyncio.to_thread(updating.clean_drafts, services)),
        ]
        if settings.nightly:
            night = updating.every_night(app.bot, services, settings.nightly, timing.clock)
            beside.append(asyncio.create_task(night))
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
        for task in beside:
            task.cancel()
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
    settings: Settings, catalogue: Catalogue, timing: Timing = DEFAULT_TIMING
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
    conversations = catalogue.conversations()
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
        catalogue=catalogue,
        conversations=conversations,
        people=catalogue.people(),
        audit=catalogue.audit(),
        notices=catalogue.notices(),
        drafts=catalogue.drafts(),
        gaps=catalogue.gaps(),
        handovers=catalogue.handovers(),
        desk=catalogue.desk(),
        subscriptions=catalogue.subscriptions(),
        usage=catalogue.usage(),
        changes=Changes(settings),
        access=Access(
            admins=settings.admin_ids,
            officers=settings.officer_ids,
            is_open=settings.bot_access == "open",
        ),
        inbox=inbox,
        documents=settings.documents,
        home=settings.home,
        originals=settings.home / "originals",
        drawer=Drawer(home=settings.home / "drafts", documents=settings.documents),
        questions=settings.home / selftest.FILE,
        thinking=asyncio.Semaphore(_THINKING),
        writing=asyncio.Semaphore(_WRITING),
    )
    app.bot_data["services"] = services
    _register(app)
    return app, services


def _register(app: App) -> None:
    """Register the handlers; the first that fits takes the update, once the gate let it in."""
    app.add_handler(TypeHandler(Update, on_arrival), group=-1)
    # not edits, not posts of channels, not the answers that people send by inline mode
    new = filters.UpdateType.MESSAGE & ~filters.VIA_BOT
    for name, handler in (
        ("start", joining.on_start),
        ("help", commands.on_help),
        ("docs", documents.on_docs),
        ("solieu", guiding.on_figures),
        ("theodoi", following.on_follow),
        ("language", commands.on_language),
        ("privacy", privacy.on_privacy),
        ("forget", privacy.on_forget),
        ("reload", updating.on_reload),
        ("users", users.on_users),
        ("audit", auditing.on_audit),
        ("gaps", gaps.on_gaps),
        ("check", checks.on_check),
        ("stats", usage.on_stats),
        ("export", usage.on_export),
        ("add", links.on_add),
    ):
        app.add_handler(CommandHandler(name, handler, filters=new))
    app.add_handler(MessageHandler(new & filters.COMMAND, commands.on_unknown_command))
    app.add_handler(CallbackQueryHandler(viewing.on_press))
    app.add_handler(InlineQueryHandler(inline.on_inline))
    # before the captions: the file of an admin is no question, whatever stands under it
    app.add_handler(MessageHandler(new & filters.Document.ALL, drafts.on_document))
    app.add_handler(MessageHandler(new & (filters.TEXT | filters.CAPTION), typed.on_typed))
    # last: what is left is no text; service messages ("… joined the group") are nobody's question
    app.add_handler(MessageHandler(new & ~filters.StatusUpdate.ALL, commands.on_other))
    app.add_error_handler(on_error)
