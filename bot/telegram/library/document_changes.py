"""What an admin does with one document: audience, versions, removing and restoring."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from bot.library.jobs import Publish, Put
from bot.telegram.context import Services
from bot.telegram.delivery import acknowledge
from bot.telegram.library.card import Card
from bot.telegram.library.documents_screens import done_html, removed_screen
from bot.telegram.library.opened import Opened, card_screen, folder_of, opened_by, wanted_version
from bot.telegram.library.updating import why_of
from bot.telegram.pressed import Pressed
from bot.telegram.screens import Screen
from bot.texts import in_chat
from bot.texts import publishing as words
from ingest.shelving import removed_versions
from knowledge.catalogue import Did, StoredVersion
from knowledge.errors import AssistantError
from knowledge.model import Audience, Document


async def on_set_audience(pressed: Pressed, opened: Opened) -> None:
    """Change who may see a document; it is read anew with that, and is a new version."""
    audiences, number = list(Audience), pressed.press.page
    if not 1 <= number <= len(audiences):
        await pressed.tell(in_chat.OLD_BUTTON)
        return
    services, document, audience = pressed.context.services, opened.document, audiences[number - 1]

    def work(card: Card) -> None:
        with folder_of(services).shown_to(document, audience) as source:
            note = f"{document.id} audience"
            job = Publish(sources=(source,), without=(), note=note, anyway=True)
            services.changes.run(job, card.see).report.raise_failed()

    told = words.AUDIENCES[audience][pressed.language]
    await _change(
        pressed,
        work,
        _Deed(did=Did.AUDIENCE, document=document, detail=audience.value),
        done_html(words.AUDIENCE_CHANGED, document, pressed.language, audience=told),
    )


async def on_rollback(pressed: Pressed, opened: Opened) -> None:
    """Make an earlier version live again."""
    version = wanted_version(pressed, opened)
    if version is None:
        await pressed.tell(words.DOCUMENT_GONE)
        return
    number = version.document.version
    await _change(
        pressed,
        _putting(pressed.context.services, version),
        _Deed(did=Did.ROLLBACK, document=version.document, detail=f"v{number}"),
        done_html(words.ROLLED_BACK, version.document, pressed.language, number=number),
    )


async def on_remove(pressed: Pressed, opened: Opened) -> None:
    """Take a document out of the library; it was asked whether to."""
    services, document = pressed.context.services, opened.document

    def work(card: Card) -> None:
        with folder_of(services).without(document):
            job = Put(versions={document.id: None}, note=f"{document.id} removed")
            services.changes.run(job, card.see)

    html = done_html(words.REMOVED, document, pressed.language)
    await _change(pressed, work, _Deed(did=Did.REMOVE, document=document), html)


async def on_restore(pressed: Pressed) -> None:
    """Put the newest version of a removed document back."""
    services = pressed.context.services
    removed = await asyncio.to_thread(removed_versions, services.catalogue)
    version = next((one for one in removed if one.document.id == pressed.press.word), None)
    if version is None:
        await pressed.tell(words.DOCUMENT_GONE)
        return
    html = done_html(words.RESTORED, version.document, pressed.language)
    deed = _Deed(did=Did.RESTORE, document=version.document)
    await _change(pressed, _putting(services, version), deed, html)


async def on_removed(pressed: Pressed) -> None:
    """List the documents that were removed."""
    removed = await asyncio.to_thread(removed_versions, pressed.context.services.catalogue)
    await pressed.replace_with(removed_screen(removed, pressed.press.page, pressed.language))


def _putting(services: Services, version: StoredVersion) -> Callable[[Card], None]:
    def work(card: Card) -> None:
        document = version.document
        with folder_of(services).with_version(version):
            note = f"{document.id} v{document.version}"
            services.changes.run(Put(versions={document.id: version.id}, note=note), card.see)

    return work


@dataclass(frozen=True, slots=True, kw_only=True)
class _Deed:
    """What the audit is told."""

    did: Did
    document: Document
    detail: str = ""


async def _change(pressed: Pressed, work: Callable[[Card], None], deed: _Deed, done: str) -> None:
    """Start a change behind the handler, so that its admin may go on asking."""
    context, services = pressed.context, pressed.context.services
    if services.changes.running.locked():
        await pressed.tell(in_chat.ALREADY_UPDATING)
        return
    await services.changes.running.acquire()
    await acknowledge(context.bot, pressed.query.id)
    card = Card(context.bot, pressed.spot, pressed.language, message=pressed.message)
    task = _changed(pressed, card, work, deed, done)
    _ = context.application.create_task(task, update=pressed.update)  # the application keeps it


async def _changed(
    pressed: Pressed, card: Card, work: Callable[[Card], None], deed: _Deed, done: str
) -> None:
    services, language = pressed.context.services, pressed.language
    try:
        await card.open(words.CHANGING[language])
        job = asyncio.create_task(asyncio.to_thread(work, card))
        await card.follow(job)
        try:
            job.result()
        except AssistantError as error:
            why = words.NOT_CHANGED[language].format(why=why_of(error)[language])
            opened = await opened_by(pressed)
            screen = card_screen(pressed, opened, why) if opened else Screen(html=why)
            await card.close(screen)
            return
        person, title = pressed.query.from_user.id, deed.document.metadata.title
        name = title or deed.document.source
        await services.note(person, deed.did, name, deed.detail)
        await services.refresh()
        opened = await opened_by(pressed)
        if opened is not None:
            await card.close(card_screen(pressed, opened, done))
        else:
            removed = await asyncio.to_thread(removed_versions, services.catalogue)
            await card.close(removed_screen(removed, 1, language, done))
    finally:
        services.changes.running.release()
