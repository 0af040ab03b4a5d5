"""/reload and the nightly update: the library follows its folder while questions are answered."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import structlog
from telegram import Bot, Message, Update
from telegram.error import TelegramError

from bot import texts
from bot.library.drafting import place_in
from bot.library.jobs import Seen
from bot.telegram.commands import answer_with, spot_of
from bot.telegram.context import Context, Services
from bot.telegram.delivery import Spot, say
from bot.telegram.errors import trace
from bot.telegram.inert import inert
from bot.telegram.library.card import Card
from bot.telegram.library.reports import report_html
from bot.telegram.refusing import may_command
from bot.telegram.screens import VIETNAM, Screen
from bot.texts import in_chat
from bot.texts import publishing as words
from ingest.pipeline import Outcome, Report
from ingest.sources import find_sources
from knowledge.catalogue import Did
from knowledge.errors import (
    AssistantError,
    ChangeStoppedError,
    LibraryLockedError,
    UnreadableDocumentError,
    UserInputError,
)
from knowledge.model import Language

log = structlog.get_logger(__name__)

DRAFTS_KEPT = timedelta(days=30)
_LONGEST_SLEEP_S = 60.0  # a clock that is set, or a machine that slept, is noticed after so long

Clock = Callable[[], datetime]


async def on_reload(update: Update, context: Context) -> None:
    """Synchronise the documents folder; one message tells the progress, then what was done."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None or not await may_command(message, user, context, "/reload"):
        return
    services = context.services
    language = await services.language(user)
    if services.changes.running.locked():
        await answer_with(message, context, Screen(html=in_chat.ALREADY_UPDATING[language]))
        return
    await services.changes.running.acquire()
    await services.note(user.id, Did.RELOAD)
    work = _released(_reload(message, context, language), services)
    _ = context.application.create_task(work, update=update)  # the application keeps it


async def _released(change: Awaitable[None], services: Services) -> None:
    try:
        await change
    finally:
        services.changes.running.release()


async def _reload(message: Message, context: Context, language: Language) -> None:
    card = Card(context.bot, spot_of(message), language)
    await card.open(in_chat.UPDATING[language])
    job = asyncio.create_task(synchronised(context.services, card.see))
    await card.follow(job)
    await card.close(Screen(html=job.result().html(language)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Synchronised:
    """How a synchronisation of the folder ended.

    Attributes:
        report: what was done; None when nothing was, and `why` says so.
        documents: how many the library holds now.
        why: HTML in both languages.
    """

    report: Report | None = None
    documents: int = 0
    why: dict[Language, str] | None = None

    @property
    def is_news(self) -> bool:
        """Whether something changed or failed."""
        if self.report is None:
            return True
        return any(one.outcome is not Outcome.UNCHANGED for one in self.report.results)

    def html(self, language: Language) -> str:
        """Return it as a message."""
        if self.report is not None:
            return report_html(self.report, self.documents, language)
        return (self.why or in_chat.UPDATE_STOPPED)[language]


async def synchronised(
    services: Services, on_seen: Callable[[Seen], None] = lambda _seen: None
) -> Synchronised:
    """Synchronise the documents folder and load what came of it; the lock of changes is held."""
    folder = services.documents
    if not folder.is_dir():
        return _failed(_filled(in_chat.FOLDER_MISSING, folder=inert(str(folder))))
    if await asyncio.to_thread(_would_empty, services, folder):
        return _failed(_filled(in_chat.FOLDER_EMPTY, folder=inert(str(folder))))
    try:
        report = await asyncio.to_thread(
            partial(services.changes.ingest, [folder], on_seen, prune=True)
        )
    except ChangeStoppedError:
        return Synchronised(why=in_chat.UPDATE_STOPPED)
    except AssistantError as error:
        return _failed(why_of(error))
    library = await services.refresh()
    log.info("library changed", generation=report.generation, documents=len(library.documents))
    return Synchronised(report=report, documents=len(library.documents))


def why_of(error: AssistantError) -> dict[Language, str]:
    """Return as HTML why the library was not changed; what only an operator can mend is logged."""
    if isinstance(error, ChangeStoppedError):
        return in_chat.UPDATE_STOPPED
    if isinstance(error, LibraryLockedError):
        return in_chat.LIBRARY_LOCKED
    if isinstance(error, UnreadableDocumentError):  # a table that says what cannot be
        return {one: inert(texts.fault(error.fault, error.detail, one)) for one in Language}
    if isinstance(error, UserInputError):
        return dict.fromkeys(Language, inert(str(error)))
    log.error("library not changed", why=trace(error))
    return in_chat.OUTSIDE_FAILED


def _failed(why: dict[Language, str]) -> Synchronised:
    return Synchronised(
        why={one: in_chat.UPDATE_FAILED[one].format(why=why[one]) for one in Language}
    )


def _filled(form: dict[Language, str], **values: str) -> dict[Language, str]:
    return {language: text.format(**values) for language, text in form.items()}


def _would_empty(services: Services, folder: Path) -> bool:
    """Tell whether a folder that gave documents holds none: a disk that is not there."""
    if any(True for _ in find_sources([folder])):
        return False
    documents = services.assistant.library().documents.values()
    return any(place_in(folder, document) for document in documents)


# --- every night -------------------------------------------------------------------------------


async def every_night(bot: Bot, services: Services, at: str, clock: Clock) -> None:
    """Synchronise the folder at a time of the day, until cancelled; throw old drafts away.

    Args:
        bot: tells admins what changed or failed.
        services: of the bot.
        at: "02:30", in Vietnam.
        clock: of this machine, with a zone.
    """
    due = next_time(at, clock())
    while True:
        left = (due - clock()).total_seconds()
        await asyncio.sleep(min(max(left, 0.0), _LONGEST_SLEEP_S))
        if clock() < due:
            continue
        try:
            await at_night(bot, services)
        except Exception as error:  # noqa: BLE001  (a bad night must not be the last one)
            log.error("nightly update failed", why=trace(error))  # noqa: TRY400  (traced)
        due = next_time(at, clock())


async def at_night(bot: Bot, services: Services) -> None:
    """Do what is done every night; admins are told only when something changed or failed."""
    await asyncio.to_thread(clean_drafts, services)
    async with services.changes.running:
        ended = await synchronised(services)
    log.info("nightly update", news=ended.is_news)
    if not ended.is_news or ended.why is in_chat.UPDATE_STOPPED:
        return
    for admin in sorted(services.access.admins):
        language = await services.language_of(admin)
        html = f"{words.NIGHTLY[language]}\n{ended.html(language)}"
        try:
            await say(bot, Spot(chat=admin), Screen(html=html))
        except TelegramError as error:  # an admin who never wrote to the bot, or blocked it
            log.info("admin not told", why=error.message)


def next_time(at: str, now: datetime) -> datetime:
    """Return when it is next so late in Vietnam, after a moment."""
    hour, minute = map(int, at.split(":"))
    here = now.astimezone(VIETNAM)
    today = here.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return today if today > here else today + timedelta(days=1)


def clean_drafts(services: Services) -> None:
    """Throw away drafts that nobody touched for a month, with their files."""
    for number in services.drafts.forget(DRAFTS_KEPT):
        services.drawer.discard(number)
