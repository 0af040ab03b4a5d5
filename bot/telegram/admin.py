"""/reload and documents sent by an admin: the library changes while questions are answered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import structlog
from telegram import Bot, Chat, Document, Message, Update
from telegram.constants import FileSizeLimit
from telegram.error import TelegramError

from bot import texts
from bot.changing import Seen
from bot.telegram.asking import first_message, is_for, on_question
from bot.telegram.commands import answer_with, spot_of
from bot.telegram.context import Context, Services
from bot.telegram.delivery import say, show
from bot.telegram.errors import trace
from bot.telegram.reports import report_html
from bot.telegram.screens import Screen
from bot.telegram.uploads import Upload
from ingest.pipeline import Report
from knowledge.errors import AssistantError, ChangeStoppedError, LibraryLockedError
from knowledge.model import Language

log = structlog.get_logger(__name__)

_BETWEEN_EDITS_S = 1.2  # Telegram refuses more than about one edit a second in a chat


async def on_reload(update: Update, context: Context) -> None:
    """Synchronise the documents folder; one message tells the progress, then what was done."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return
    services = context.services
    language = await services.language(user)
    refusal = _refusal(message, user.id, services)
    if refusal is not None:
        await answer_with(message, context, Screen(html=refusal[language]))
        return
    if services.changes.running.locked():
        await answer_with(message, context, Screen(html=texts.ALREADY_UPDATING[language]))
        return
    await services.changes.running.acquire()
    _in_background(_released(_reload(message, context, language), services), update, context)


async def on_document(update: Update, context: Context) -> None:
    """Add what an admin sends; from others it is refused politely, and a caption is a question."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None or message.document is None:
        return
    services = context.services
    if _refusal(message, user.id, services) is not None:
        if message.caption or not is_for(message, context.bot.bot):
            await on_question(update, context)
            return
        language = await services.language(user)
        await answer_with(message, context, Screen(html=texts.ADMINS_ONLY[language]))
        return
    language = await services.language(user)
    document = message.document
    if (document.file_size or 0) > FileSizeLimit.FILESIZE_DOWNLOAD:
        words = texts.FILE_TOO_LARGE[language].format(
            most=FileSizeLimit.FILESIZE_DOWNLOAD // 1_000_000,
            folder=escape(str(services.documents), quote=False),
        )
        await answer_with(message, context, Screen(html=words))
        return
    _in_background(_add(message, document, context, language), update, context)


def _in_background(change: Coroutine[Any, Any, None], update: Update, context: Context) -> None:
    """Let a change run while its admin goes on asking; the application waits for it at its end."""
    task = context.application.create_task(change, update=update)
    task.add_done_callback(lambda _task: None)  # its errors went to the error handler


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


# --- the two changes ---------------------------------------------------------------------------


async def _reload(message: Message, context: Context, language: Language) -> None:
    services = context.services
    card = _Card(context.bot, message.chat_id, language)
    await card.open(message, texts.UPDATING[language])
    folder = services.documents
    shown = escape(str(folder), quote=False)
    if not folder.is_dir():
        await card.close(_failed(texts.FOLDER_MISSING[language].format(folder=shown), language))
        return
    if await asyncio.to_thread(_would_empty, services, folder):
        await card.close(_failed(texts.FOLDER_EMPTY[language].format(folder=shown), language))
        return
    await _change(card, services, partial(services.changes.ingest, [folder], prune=True))


async def _add(message: Message, document: Document, context: Context, language: Language) -> None:
    """Put a file into the documents folder and ingest it; one that cannot be read is put back."""
    services = context.services
    card = _Card(context.bot, message.chat_id, language)
    name = escape(document.file_name or "", quote=False)
    await card.open(message, texts.FILE_RECEIVED[language].format(name=name))
    if services.changes.running.locked():
        await card.update(texts.UPDATING_WAIT[language])
    async with services.changes.running:
        file = await document.get_file()
        data = bytes(await file.download_as_bytearray())
        upload = await asyncio.to_thread(
            Upload.place, services.documents, document.file_name or "", data
        )

        def work(on_seen: Callable[[Seen], None]) -> Report:
            return upload.kept_if_read(services.changes.ingest(upload.paths, on_seen, prune=False))

        await _change(card, services, work)


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
    except LibraryLockedError:
        await card.close(_failed(texts.LIBRARY_LOCKED[card.language], card.language))
        return
    except AssistantError as error:
        log.error("library not changed", why=trace(error))  # noqa: TRY400  (traced)
        await card.close(_failed(texts.OUTSIDE_FAILED[card.language], card.language))
        return
    library = await asyncio.to_thread(services.assistant.refresh)
    log.info("library changed", generation=report.generation, documents=len(library.documents))
    await card.close(report_html(report, len(library.documents), card.language))


def _failed(why: str, language: Language) -> str:
    return texts.UPDATE_FAILED[language].format(why=why)


def _would_empty(services: Services, folder: Path) -> bool:
    """Tell whether a folder that gave documents holds no file: a disk that is not there."""
    if any(found.is_file() for found in folder.rglob("*")):
        return False
    documents = services.assistant.library().documents.values()
    inside = f"{folder.as_posix()}/"
    return any(document.location.startswith(inside) for document in documents)


# --- the message that tells --------------------------------------------------------------------


@dataclass(slots=True)
class _Card:
    """One message, edited with the progress of a change and then with its end."""

    bot: Bot
    chat: int
    language: Language
    message: int = 0
    _seen: str = ""

    async def open(self, asked: Message, words: str) -> None:
        text = f"{words}\n{texts.STILL_ANSWERING[self.language]}"
        self.message = await say(self.bot, spot_of(asked), Screen(html=text))
        first_message.set(self.message)

    def see(self, seen: Seen) -> None:
        """Take what was done, from the thread that watches the change."""
        form = texts.UPDATING_READ if seen.name else texts.UPDATING_EMBED
        name = escape(seen.name, quote=False)
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
        try:
            await show(
                self.bot,
                self.chat,
                self.message,
                Screen(html=f"{words}\n{texts.STILL_ANSWERING[self.language]}"),
            )
        except TelegramError as error:
            log.info("progress not shown", why=type(error).__name__)

    async def close(self, html: str) -> None:
        await show(self.bot, self.chat, self.message, Screen(html=html))
