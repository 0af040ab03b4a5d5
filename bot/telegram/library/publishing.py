"""Publish and Cancel: the self-test, one flip, and what the card says of it, also after a death."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot import texts
from bot.library.drafting import Planned, as_published
from bot.library.jobs import Publish, Published
from bot.telegram.context import Context, Services
from bot.telegram.delivery import Spot, acknowledge
from bot.telegram.errors import trace
from bot.telegram.inert import inert
from bot.telegram.library import drafts
from bot.telegram.library.card import Card
from bot.telegram.library.draft_screens import held_screen, published_html
from bot.telegram.library.updating import why_of
from bot.telegram.pressed import Pressed
from bot.telegram.screens import Screen
from bot.texts import publishing as words
from ingest.pipeline import Outcome, Report
from knowledge.catalogue import Did, Draft, DraftFile, DraftState
from knowledge.errors import (
    AssistantError,
    ChangeStoppedError,
    ExternalError,
    UnreadableDocumentError,
)
from knowledge.model import Language

log = structlog.get_logger(__name__)


async def on_cancel(pressed: Pressed, draft: Draft) -> None:
    """Throw a draft away."""
    services = pressed.context.services
    await drafts.changed(
        services, draft.id, lambda now: replace(now, state=DraftState.CANCELLED, asks="")
    )
    await asyncio.to_thread(services.drawer.discard, draft.id)
    await services.note(draft.person, Did.CANCEL, _titles(draft.files))
    await pressed.replace_with(Screen(html=words.CANCELLED[pressed.language]))


async def on_publish(pressed: Pressed, draft: Draft) -> None:
    """Make a draft live, if the self-test allows it or its admin insists."""
    context, services = pressed.context, pressed.context.services
    anyway = pressed.press.word == "anyway"
    if services.draft_work(draft.id).waiting or any(one.unread for one in draft.files):
        await pressed.tell(words.STILL_READING)
        return
    if not draft.readable or (anyway and draft.state is not DraftState.HELD):
        await pressed.tell(words.DRAFT_OVER)
        return
    plan = await drafts.planned(services, draft)
    draft = await drafts.changed(
        services,
        draft.id,
        lambda now: replace(as_published(now, plan), state=DraftState.PUBLISHING, asks=""),
    )
    await acknowledge(context.bot, pressed.query.id)
    card = drafts.card_of(context, draft, pressed.language)
    waits = services.changes.running.locked()
    await card.open((words.WAITING if waits else words.PUBLISHING)[pressed.language])
    work = _publish(_Publication(context, draft, plan, card, pressed.language), anyway=anyway)
    _ = context.application.create_task(work, update=pressed.update)  # the application keeps it


class _Publication:
    """A draft on its way to the library, with its card."""

    def __init__(
        self, context: Context, draft: Draft, plan: list[Planned], card: Card, language: Language
    ) -> None:
        self.context, self.services = context, context.services
        self.draft, self.plan, self.card, self.language = draft, plan, card, language

    @property
    def titles(self) -> list[str]:
        """What is published, as the audit and the card name it."""
        named = (one for one in self.plan if one.file.understood is not None)
        return [one.metadata.title or one.file.name for one in named]

    async def become(self, state: DraftState) -> None:
        """Keep how far the draft has come."""
        self.draft = await _become(self.services, self.draft, state)

    async def note(self, deed: Did, detail: str = "") -> None:
        """Write into the audit, a line for each document."""
        for title in self.titles:
            await self.services.note(self.draft.person, deed, title, detail)

    async def failed(self, why: str) -> None:
        """Show why nothing was published, with the card as it was."""
        await self.become(DraftState.OPEN)
        head = words.NOT_PUBLISHED[self.language].format(why=why)
        await self.card.close(
            await drafts.draft_card(self.services, self.draft, self.language, head)
        )


def note_of(draft: int) -> str:
    """Return the note of the generation that publishes a draft: it tells whether that was done."""
    return f"draft {draft}"


async def _publish(work: _Publication, *, anyway: bool) -> None:
    services, plan = work.services, [one for one in work.plan if one.file.understood]
    job = Publish(
        sources=tuple(one.source for one in plan),
        without=tuple(one.gone for one in plan if one.gone),
        note=note_of(work.draft.id),
        anyway=anyway,
    )
    async with services.changes.running:
        running = asyncio.create_task(asyncio.to_thread(services.changes.run, job, work.card.see))
        await work.card.follow(running)
        try:
            ended = running.result()
        except ChangeStoppedError:  # the next start says what became of it
            await work.card.close(Screen(html=words.STOPPED[work.language]))
            return
        except AssistantError as error:
            await work.failed(why_of(error)[work.language])
            return
        await _ended(work, ended, anyway=anyway)


async def _ended(work: _Publication, ended: Published, *, anyway: bool) -> None:
    if not ended.flipped:
        if ended.trial.is_bad:
            await work.become(DraftState.HELD)
            await work.note(Did.HELD, f"-{len(ended.trial.worse)}/{ended.trial.before}")
            await work.card.close(held_screen(work.draft, ended.trial, work.language))
        else:
            await work.failed(_faults(ended.report, work.language))
        return
    await work.note(Did.PUBLISH_ANYWAY if anyway else Did.PUBLISH)
    library = await work.services.refresh()
    if not await _finished(work.services, work.draft):
        folder = inert(str(work.services.documents))
        html = words.PUBLISHED_UNKEPT[work.language].format(folder=folder)
    else:
        html = published_html(
            work.titles, len(library.documents), ended.report.passages, ended.trial, work.language
        )
    await work.card.close(Screen(html=html))


def _faults(report: Report, language: Language) -> str:
    told = [
        f"{one.source}: {texts.fault(one.fault, one.detail, language)}"
        for one in report.results
        if one.outcome is Outcome.FAILED and one.fault is not None
    ]
    return inert("; ".join(told)[:600])


async def _finished(services: Services, draft: Draft) -> bool:
    """Put the files of a draft that is live into their places; tell whether that could be done."""
    try:
        await asyncio.to_thread(services.drawer.finish, draft)
    except (ExternalError, UnreadableDocumentError) as error:
        log.error("published files not put into the folder", why=trace(error))  # noqa: TRY400
        return False
    await _become(services, draft, DraftState.PUBLISHED)
    return True


# --- after a death -----------------------------------------------------------------------------


async def recover(services: Services) -> list[Draft]:
    """Finish or take back what a process that died was publishing; return those drafts as they are.

    To be done before anything else changes the library or its folder.
    """
    left = await asyncio.to_thread(services.drafts.in_state, DraftState.PUBLISHING)
    if not left:
        return []
    generations = await asyncio.to_thread(services.catalogue.generations)
    published = {one.note for one in generations if one.published_at is not None}
    found: list[Draft] = []
    for draft in left:
        if note_of(draft.id) in published:
            done = await _finished(services, draft)
            state = DraftState.PUBLISHED if done else DraftState.PUBLISHING
            await services.note(draft.person, Did.PUBLISH, _titles(draft.readable))
        else:
            state = DraftState.OPEN
        found.append(await _become(services, draft, state))
    return found


async def tell_recovered(bot: Bot, services: Services, recovered: list[Draft]) -> None:
    """Say on the cards of drafts what became of them while the bot was down."""
    for draft in recovered:
        language = await services.language_of(draft.person)
        if draft.state is DraftState.OPEN:
            why = words.INTERRUPTED[language]
            head = words.NOT_PUBLISHED[language].format(why=why)
            screen = await drafts.draft_card(services, draft, language, head)
        elif draft.state is DraftState.PUBLISHED:
            screen = Screen(html=words.PUBLISHED_LATE[language])
        else:
            folder = inert(str(services.documents))
            screen = Screen(html=words.PUBLISHED_UNKEPT[language].format(folder=folder))
        card = Card(bot, Spot(chat=draft.chat), language, message=draft.message or 0)
        try:
            await card.put(screen)
        except TelegramError as error:  # he blocked the bot, or it was stopped meanwhile
            log.info("admin not told", why=error.message)
            continue
        if card.message != draft.message:
            await asyncio.to_thread(services.drafts.keep, replace(draft, message=card.message))


async def _become(services: Services, draft: Draft, state: DraftState) -> Draft:
    return await drafts.changed(services, draft.id, lambda now: replace(now, state=state))


def _titles(files: Iterable[DraftFile]) -> str:
    return ", ".join(
        (one.understood.metadata.title if one.understood else "") or one.name for one in files
    )
