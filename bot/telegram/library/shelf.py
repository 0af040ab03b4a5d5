"""The buttons of one document of /docs."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from telegram import InputFile

from bot.telegram.delivery import acknowledge
from bot.telegram.library.document_changes import (
    on_remove,
    on_removed,
    on_restore,
    on_rollback,
    on_set_audience,
)
from bot.telegram.library.documents_screens import (
    Do,
    audience_screen,
    remove_screen,
    rollback_screen,
    versions_screen,
)
from bot.telegram.library.opened import Opened, card_screen, folder_of, opened_by, wanted_version
from bot.telegram.pressed import Pressed
from bot.telegram.refusing import may_press
from bot.texts import in_chat
from bot.texts import publishing as words
from knowledge.errors import AssistantError

_LONGEST_CAPTION = 1000


async def on_shelf(pressed: Pressed) -> None:
    """Do what a button of a document says."""
    try:
        do = Do(pressed.press.item)
    except ValueError:
        await pressed.tell(in_chat.OLD_BUTTON)
        return
    if do not in _FOR_ALL and not await may_press(pressed):
        return
    if do in _WITHOUT_DOCUMENT:
        await _WITHOUT_DOCUMENT[do](pressed)
        return
    opened = await opened_by(pressed)
    if opened is None:
        await pressed.tell(words.DOCUMENT_GONE)
        return
    await _WITH_DOCUMENT[do](pressed, opened)


async def _on_open(pressed: Pressed, opened: Opened) -> None:
    await pressed.replace_with(card_screen(pressed, opened))


async def _on_file(pressed: Pressed, opened: Opened) -> None:
    document, bot = opened.document, pressed.context.bot
    try:
        data = await asyncio.to_thread(folder_of(pressed.context.services).original, document)
    except AssistantError:
        await pressed.tell(in_chat.FILE_GONE)
        return
    await acknowledge(bot, pressed.query.id, in_chat.SENDING_FILE[pressed.language])
    await bot.send_document(
        pressed.spot.chat,
        InputFile(data, filename=document.source),
        caption=(document.metadata.title or document.source)[:_LONGEST_CAPTION],
        message_thread_id=pressed.spot.thread,
    )


async def _on_versions(pressed: Pressed, opened: Opened) -> None:
    live = opened.document.version
    await pressed.replace_with(versions_screen(opened.versions, live, pressed.language))


async def _on_ask_audience(pressed: Pressed, opened: Opened) -> None:
    await pressed.replace_with(audience_screen(opened.document, pressed.language))


async def _on_ask_remove(pressed: Pressed, opened: Opened) -> None:
    await pressed.replace_with(remove_screen(opened.document, pressed.language))


async def _on_ask_rollback(pressed: Pressed, opened: Opened) -> None:
    version = wanted_version(pressed, opened)
    if version is None:
        await pressed.tell(words.DOCUMENT_GONE)
        return
    await pressed.replace_with(rollback_screen(version, pressed.language))


_FOR_ALL = (Do.OPEN, Do.FILE)
_WITHOUT_DOCUMENT: dict[Do, Callable[[Pressed], Awaitable[None]]] = {
    Do.REMOVED: on_removed,
    Do.RESTORE: on_restore,
}
_WITH_DOCUMENT: dict[Do, Callable[[Pressed, Opened], Awaitable[None]]] = {
    Do.OPEN: _on_open,
    Do.FILE: _on_file,
    Do.AUDIENCE: _on_ask_audience,
    Do.SET_AUDIENCE: on_set_audience,
    Do.VERSIONS: _on_versions,
    Do.ROLLBACK_ASK: _on_ask_rollback,
    Do.ROLLBACK: on_rollback,
    Do.REMOVE_ASK: _on_ask_remove,
    Do.REMOVE: on_remove,
}
