"""/reload and documents sent by an admin: the library changes while questions are answered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from telegram import Bot, Chat, Document, Message, Update
from telegram.constants import FileSizeLimit
from telegram.error import BadRequest, NetworkError, TelegramError

from bot import texts
from bot.changing import Seen
from bot.telegram.asking import first_message, is_for, on_question
from bot.telegram.commands import answer_with, spot_of
from bot.telegram.context import Context, Services
from bot.telegram.delivery import Spot, put, say, show
from bot.telegram.errors import trace
from bot.telegram.inert import inert
from bot.telegram.reports import report_html
from bot.telegram.screens import Screen
from bot.telegram.uploads import Upload, safe_name
from ingest.pipeline import Report
from ingest.sources import find_sources
from knowledge.errors import (
    AssistantError,
    ChangeStoppedError,
    LibraryLockedError,
    UnreadableDocumentError,
)
from knowledge.model import Language

log = structlog.get_logger(__name__)

_BETWEEN_EDITS_S = 1.2  # Telegram refuses more than about one edit a second in a chat
_PAUSES_S = (0.5, 2.0, 5.0)  # between tries to fetch a file


async def on_reload(update: Update, context: Context) -> None:
    """Synchronise the documents folder; one message tells the progress, then what was done."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return
    services = context.services
    language = await services.language(user)
    refusal = _refusal(message, user.id, services)
    if refusal is not None:
        if refusal is texts.ADMINS_ONLY:
            await services.note(user.id, "refused", "/reload")
        await answer_with(message, context, Screen(html=refusal[language]))
        return
    if services.changes.running.locked():
        await answer_with(message, context, Screen(html=texts.ALREADY_UPDATING[language]))
        return
    await services.changes.running.acquire()
    await services.note(user.id, "reload")
    _in_background(_released(_reload(message, context, language), services), update, context)


async def on_document(update: Update, context: Context) -> None:
    """Add what an admin sends; from others it is refused politely, and a caption is a question."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None or message.document is None:
        return
    services = context.services
    language = await services.language(user)
    refusal = _refusal(message, user.id, services)
    if refusal is not None:
        if message.caption or not is_for(message, context.bot.bot):
            await on_question(update, context)
            return
        await answer_with(message, context, Screen(html=refusal[language]))
        return
    if (message.document.file_size or 0) > FileSizeLimit.FILESIZE_DOWNLOAD:
        await answer_with(message, context, Screen(html=_too_large(services, language)))
        return
    # opened here and not in the background, so that files are added in the order they were sent
    card = _Card(context.bot, spot_of(message), language)
    await card.open(_received(message.document, services, language))
    services.inbox.hold(update)  # a bot that dies takes the file up again
    change = _add(card, message.document, services)
    _in_background(_finished(change, update, context), update, context)


def _in_background(change: Coroutine[Any, Any, None], update: Update, context: Context) -> None:
    """Let a change run while its admin goes on asking; the application waits for it at its end."""
    _ = context.application.create_task(change, update=update)  # the application keeps it


def _refusal(message: Message, person: int, services: Services) -> dict[Language, str] | None:
    """Return why a person may not change the library here; None when he may."""
    if not services.access.is_admin(person):
        return texts.ADMINS_ONLY
    return None if message.chat.type == Chat.PRIVATE else texts.PRIVATE_ONLY


async def _released(change: Coroutine[Any, Any, None], services: Services) -> None:
    try:
        await change
    finally:
        services.changes.running.release()


async def _finished(change: Coroutine[Any, Any, None], update: Update, context: Context) -> None:
    """Run a change that is held, tell its error, mark its update as done or to be tried later."""
    try:
        await change
    except Exception as error:  # noqa: BLE001  (the error handler tells it)
        await context.application.process_error(update, error)
    await context.services.inbox.finish(update)


# --- the two changes ---------------------------------------------------------------------------


async def _reload(message: Message, context: Context, language: Language) -> None:
    services = context.services
    card = _Card(context.bot, spot_of(message), language)
    await card.open(texts.UPDATING[language])
    folder = services.documents
    shown = inert(str(folder))
    if not folder.is_dir():
        await card.close(_failed(texts.FOLDER_MISSING[language].format(folder=shown), language))
        return
    if await asyncio.to_thread(_would_empty, services, folder):
        await card.close(_failed(texts.FOLDER_EMPTY[language].format(folder=shown), language))
        return
    await _change(card, services, partial(services.changes.ingest, [folder], prune=True))


def _name(document: Document) -> str:
    return safe_name(document.file_name or "", f"tai-lieu-{document.file_unique_id}")


def _received(document: Document, services: Services, language: Language) -> str:
    words = texts.FILE_RECEIVED[language].format(name=inert(_name(document)))
    waits = services.changes.running.locked()
    return f"{words} {texts.UPDATING_WAIT[language]}" if waits else words


async def _add(card: _Card, document: Document, services: Services) -> None:
    """Put a file into the documents folder and ingest it; one that cannot be read is put back."""
    async with services.changes.running:
        try:
            data = await _fetched(document)
        except BadRequest as error:
            if "too big" not in error.message.lower():  # its size was not told
                raise
            await card.close(_too_large(services, card.language))
            return

        def work(on_seen: Callable[[Seen], None]) -> Report:
            upload = Upload.place(services.documents, _name(document), data)
            return upload.ingested_by(
                lambda paths: services.changes.ingest(paths, on_seen, prune=False)
            )

        await _change(card, services, work)


async def _fetched(document: Document) -> bytes:
    """Return the bytes of a file; what the framework asks for once is asked for again here.

    Raises:
        NetworkError: Telegram was not reached in all tries.
        BadRequest: Telegram does not give the file.
    """
    for pause_s in _PAUSES_S:
        try:
            return await _fetch(document)
        except BadRequest:  # derives from NetworkError, but will be refused again
            raise
        except NetworkError as error:
            log.info("file asked for again", why=type(error).__name__)
            await asyncio.sleep(pause_s)
    return await _fetch(document)


async def _fetch(document: Document) -> bytes:
    file = await document.get_file()
    return bytes(await file.download_as_bytearray())


async def _change(
    card: _Card, services: Services, work: Callable[[Callable[[Seen], None]], Report]
) -> None:
    """Run a change, show its progress, load the new library, show the report."""
    job = asyncio.create_task(asyncio.to_thread(work, card.see))
    await card.follow(job)
    try:
        report = job.result()
    except ChangeStoppedError:
        await card.close(texts.UPDATE_STOPPED[card.language])
        return
    except UnreadableDocumentError as error:  # a table that says what cannot be
        why = inert(texts.fault(error.fault, error.detail, card.language))
        await card.close(_failed(why, card.language))
        return
    except LibraryLockedError:
        await card.close(_failed(texts.LIBRARY_LOCKED[card.language], card.language))
        return
    except AssistantError as error:
        log.error("library not changed", why=trace(error))  # noqa: TRY400  (traced)
        await card.close(_failed(texts.OUTSIDE_FAILED[card.language], card.language))
        return
    library = await asyncio.to_thread(services.assistant.refresh)
    services.metrics.holds(len(library.documents))
    log.info("library changed", generation=report.generation, documents=len(library.documents))
    await card.close(report_html(report, len(library.documents), card.language))


def _too_large(services: Services, language: Language) -> str:
    return texts.FILE_TOO_LARGE[language].format(
        most=FileSizeLimit.FILESIZE_DOWNLOAD // 1_000_000,
        folder=inert(str(services.documents)),
    )


def _failed(why: str, language: Language) -> str:
    return texts.UPDATE_FAILED[language].format(why=why)


def _would_empty(services: Services, folder: Path) -> bool:
    """Tell whether a folder that gave documents holds none: a disk that is not there."""
    if any(True for _ in find_sources([folder])):
        return False
    documents = services.assistant.library().documents.values()
    inside = f"{folder.as_posix()}/"
    return any(document.location.startswith(inside) for document in documents)


# --- the message that tells --------------------------------------------------------------------


@dataclass(slots=True)
class _Card:
    """One message, edited with the progress of a change and then with its end."""

    bot: Bot
    spot: Spot
    language: Language
    message: int = 0
    _seen: str = ""
    _edited: float = -_BETWEEN_EDITS_S  # time of the loop of the last edit

    async def open(self, words: str) -> None:
        text = f"{words}\n{texts.STILL_ANSWERING[self.language]}"
        self.message = await say(self.bot, self.spot, Screen(html=text))
        first_message.set(self.message)

    def see(self, seen: Seen) -> None:
        """Take what was done, from the thread that watches the change."""
        form = texts.UPDATING_READ if seen.name else texts.UPDATING_EMBED
        name = inert(seen.name)
        self._seen = form[self.language].format(done=seen.done, count=seen.count, name=name)

    async def follow(self, job: asyncio.Task[Report]) -> None:
        """Show what was seen until the change is over; returns then, whatever came of it."""
        told = ""
        while not job.done():
            await asyncio.wait({job}, timeout=_BETWEEN_EDITS_S)
            if self._seen != told and not job.done():
                told = self._seen
                await self.update(told)

    async def update(self, words: str) -> None:
        """Show progress; a message that cannot be edited does not stop the change."""
        html = f"{words}\n{texts.STILL_ANSWERING[self.language]}"
        try:
            await show(self.bot, self.spot.chat, self.message, Screen(html=html))
        except TelegramError as error:
            log.info("progress not shown", why=type(error).__name__)
        self._edited = asyncio.get_running_loop().time()

    async def close(self, html: str) -> None:
        """Show the end; in a new message if this one was deleted."""
        now = asyncio.get_running_loop().time()
        await asyncio.sleep(max(0.0, self._edited + _BETWEEN_EDITS_S - now))
        await put(self.bot, self.spot, self.message, Screen(html=html))
