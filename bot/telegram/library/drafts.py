"""Files that an admin sends: taken into a draft, read, and shown on one card before all else."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog
from telegram import Document as Sent
from telegram import Message, Update
from telegram.constants import FileSizeLimit
from telegram.error import BadRequest, NetworkError

from bot.library.drafting import MOST_FILES, Drawer, Planned
from bot.library.jobs import Look, Looked
from bot.library.links import Refusal
from bot.telegram.behind import behind
from bot.telegram.commands import answer_with
from bot.telegram.context import Context, Services
from bot.telegram.delivery import Spot, say
from bot.telegram.errors import trace
from bot.telegram.inert import inert
from bot.telegram.library.card import Card
from bot.telegram.library.draft_screens import Shown, card_screen
from bot.telegram.refusing import may_send
from bot.telegram.screens import Screen
from bot.texts import in_chat
from bot.texts import publishing as words
from ingest.placing import safe_name
from knowledge.catalogue import Draft, DraftFile, DraftState
from knowledge.errors import (
    AssistantError,
    ChangeStoppedError,
    DocumentFault,
    ExternalError,
    LinkRefusedError,
)
from knowledge.model import Document, Language

log = structlog.get_logger(__name__)

_PAUSES_S = (0.5, 2.0, 5.0)  # between tries to fetch a file
_FAR = timedelta(minutes=20)  # a card that was not touched for so long is far up in the chat

Bring = Callable[[], Awaitable[tuple[str, bytes, str]]]
"""Returns (safe name, bytes, link or "") of what comes into a draft."""


async def on_document(update: Update, context: Context) -> None:
    """Take an admin's file into a draft; a caption of others is a question."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None or message.document is None:
        return
    services = context.services
    language = await services.language(user)
    if not await may_send(update, context, "document"):
        return
    if (message.document.file_size or 0) > FileSizeLimit.FILESIZE_DOWNLOAD:
        await answer_with(message, context, Screen(html=too_large(services, language)))
        return
    draft = await _draft_for(message, user.id, context, language)
    if len(draft.files) + services.draft_work(draft.id).waiting >= MOST_FILES:
        text = words.TOO_MANY[language].format(most=MOST_FILES)
        await answer_with(message, context, Screen(html=text))
        return
    sent = message.document
    bring_in(update, context, draft, language, lambda: _brought(sent))


def bring_in(
    update: Update, context: Context, draft: Draft, language: Language, bring: Bring
) -> None:
    """Take something into a draft behind its handler; a bot that dies takes the update up again."""
    context.services.draft_work(draft.id).waiting += 1
    behind(_intake(context, draft.id, language, bring), update, context)


async def _draft_for(message: Message, person: int, context: Context, language: Language) -> Draft:
    """Return the draft that a file goes into, its card shown near the end of the chat."""
    services = context.services
    found = await asyncio.to_thread(services.drafts.open_of, person, message.chat_id)
    if found is not None and found.message and not _is_far(found):
        return found
    name = inert(safe_name(message.document.file_name or "") if message.document else "")
    screen = Screen(html=words.RECEIVED[language].format(name=name))
    card = await answer_with(message, context, screen)
    if found is None:
        begun = Draft(person=person, chat=message.chat_id, message=card)
        return await asyncio.to_thread(services.drafts.begin, begun)
    if found.message:
        old = Card(context.bot, Spot(chat=found.chat), language, message=found.message)
        await old.put(Screen(html=words.CARD_MOVED[language]))
    return await changed(services, found.id, lambda draft: replace(draft, message=card))


def _is_far(draft: Draft) -> bool:
    touched = draft.changed_at
    return touched is None or datetime.now(UTC) - touched > _FAR


async def changed(services: Services, number: int, change: Callable[[Draft], Draft]) -> Draft:
    """Keep a draft as a function makes it; return it as it is then."""
    async with services.draft_work(number).changing:
        return await asyncio.to_thread(_change, services, number, change)


def _change(services: Services, number: int, change: Callable[[Draft], Draft]) -> Draft:
    draft = services.drafts.find(number)
    if draft is None:
        raise RuntimeError(f"draft {number} is not there")
    made = change(draft)
    if made != draft:
        services.drafts.keep(made)
    return made


# --- taking in ---------------------------------------------------------------------------------


async def _intake(context: Context, number: int, language: Language, bring: Bring) -> None:
    """Take one file in; whoever is the last of several has them all read and shows the card."""
    services, work = context.services, context.services.draft_work(number)
    head = ""
    async with work.intake:
        try:
            name, data, link = await bring()
            take = partial(_taken, services.drawer, name, data, link)
            await changed(services, number, take)
        except LinkRefusedError as error:
            head = _refusal(error, language)
        except BadRequest as error:
            if "too big" not in error.message.lower():  # its size was not told
                raise
            head = too_large(services, language)
        except ExternalError as error:
            log.error("file not kept", why=str(error))  # noqa: TRY400  (said in words)
            head = in_chat.UPDATE_FAILED[language].format(why=in_chat.OUTSIDE_FAILED[language])
        finally:
            work.waiting -= 1
        if head or not work.waiting:
            await _look(context, number, language, head)


def _taken(drawer: Drawer, name: str, data: bytes, link: str, draft: Draft) -> Draft:
    """Return an open draft with a file; its card shows the last one if that cannot be taken."""
    if draft.state is not DraftState.OPEN:  # it was cancelled meanwhile
        return draft
    draft = drawer.take(draft, name, data, link)
    is_bad = bool(draft.files) and draft.files[-1].fault is not None
    return replace(draft, page=len(draft.files)) if is_bad else draft


def _refusal(error: LinkRefusedError, language: Language) -> str:
    why = words.REFUSALS[Refusal(error.reason)][language]
    told = f"{why} ({error.detail})" if error.detail else why
    return words.NOT_FETCHED[language].format(why=inert(told))


async def _brought(document: Sent) -> tuple[str, bytes, str]:
    name = safe_name(document.file_name or "", f"tai-lieu-{document.file_unique_id}")
    return name, await _fetched(document), ""


async def _fetched(document: Sent) -> bytes:
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


async def _fetch(document: Sent) -> bytes:
    file = await document.get_file()
    return bytes(await file.download_as_bytearray())


def too_large(services: Services, language: Language) -> str:
    """Return that Telegram does not bring a file, and the way through the documents folder."""
    return in_chat.FILE_TOO_LARGE[language].format(
        most=FileSizeLimit.FILESIZE_DOWNLOAD // 1_000_000,
        folder=inert(str(services.documents)),
    )


# --- reading and showing -----------------------------------------------------------------------


async def _look(context: Context, number: int, language: Language, head: str) -> None:
    """Have the files read that nobody read yet, then show the card."""
    services = context.services
    draft = await asyncio.to_thread(services.drafts.find, number)
    if draft is None or draft.state is not DraftState.OPEN:
        return
    sources = services.drawer.unread(draft)
    if sources:
        card = card_of(context, draft, language)
        card.head = words.CARD[language]
        work = partial(services.changes.run, Look(sources=tuple(sources)), card.see)
        job = asyncio.create_task(asyncio.to_thread(work))
        await card.follow(job)
        try:
            looked = dict(zip((one.path for one in sources), job.result(), strict=True))
        except ChangeStoppedError:
            raise
        except AssistantError as error:  # a file that brings its reader down
            log.error("files not read", why=trace(error))  # noqa: TRY400  (traced)
            looked = {one.path: Looked(fault=DocumentFault.DAMAGED) for one in sources}
        library = await asyncio.to_thread(services.assistant.library)
        change = partial(_with_looks, services.drawer, library.documents, looked)
        draft = await changed(services, number, change)
    await show_card(context, draft, language, head)


def _with_looks(
    drawer: Drawer, live: Mapping[str, Document], looked: Mapping[str, Looked], draft: Draft
) -> Draft:
    """Return a draft with what a look at its unread files gave."""

    def with_look(file: DraftFile) -> DraftFile:
        one = looked.get(file.name)
        if one is None or not file.unread:
            return file
        read = replace(file, understood=one.understood, fault=one.fault, detail=one.detail)
        return drawer.likened(read, live)

    return replace(draft, files=tuple(with_look(one) for one in draft.files))


async def planned(services: Services, draft: Draft) -> list[Planned]:
    """Return what publishing a draft would do now."""
    library = await asyncio.to_thread(services.assistant.library)
    return await asyncio.to_thread(services.drawer.planned, draft, library.documents)


async def draft_card(
    services: Services, draft: Draft, language: Language, head: str = ""
) -> Screen:
    """Return the card of a draft as it is now."""
    plan = await planned(services, draft)
    shown = Shown(
        draft=draft,
        plan=plan,
        unmatched=await asyncio.to_thread(services.drawer.unmatched, draft),
        no_questions="" if services.questions.is_file() else str(services.questions),
    )
    return card_screen(shown, language, head)


def card_of(context: Context, draft: Draft, language: Language) -> Card:
    """Return the message that is the card of a draft."""
    return Card(context.bot, Spot(chat=draft.chat), language, message=draft.message or 0)


async def show_card(context: Context, draft: Draft, language: Language, head: str = "") -> None:
    """Show the card of a draft, in a new message when the old one is gone."""
    await close(context, draft, await draft_card(context.services, draft, language, head), language)


async def close(context: Context, draft: Draft, screen: Screen, language: Language) -> None:
    """Put a screen in the place of a draft's card."""
    card = card_of(context, draft, language)
    if draft.message is None:
        card.message = await say(context.bot, card.spot, screen)
    else:
        await card.put(screen)
    if card.message != draft.message:
        await changed(context.services, draft.id, lambda now: replace(now, message=card.message))


async def places_of(services: Services) -> list[str]:
    """Return the places of the library's documents, most frequent first."""
    library = await asyncio.to_thread(services.assistant.library)
    counts = Counter(one.metadata.place for one in library.documents.values())
    return [place for place, _ in counts.most_common() if place]
