"""The buttons under the card of a draft, and what is typed in reply to it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from telegram import Chat, Message, Update

from bot.telegram.context import Context, Services
from bot.telegram.delivery import acknowledge
from bot.telegram.inert import inert
from bot.telegram.library import drafts, links, publishing
from bot.telegram.library.draft_screens import ASKED, choice_screen, listed_places
from bot.telegram.pressed import Pressed
from bot.telegram.refusing import may_press
from bot.texts import publishing as words
from ingest.noting import check_fields
from knowledge.catalogue import Draft, DraftFile, DraftState
from knowledge.errors import UnreadableDocumentError
from knowledge.model import Audience, Language
from knowledge.vietnamese.periods import find_periods
from knowledge.vietnamese.places import find_places
from knowledge.vietnamese.text import printed_line, search_key, tokens

_SETS = {"setplace": "place", "setperiod": "period", "setaudience": "audience"}


async def on_draft(pressed: Pressed) -> None:
    """Do what a button under a card says; one of a draft that is over is told so."""
    if not await may_press(pressed):
        return
    services = pressed.context.services
    draft = await asyncio.to_thread(services.drafts.find, pressed.press.turn)
    is_theirs = draft is not None and draft.chat == pressed.spot.chat
    if draft is None or not is_theirs or draft.state not in _USABLE:
        await pressed.tell(words.DRAFT_OVER)
        return
    if draft.message != pressed.message:  # the card was sent anew; this one is pressed
        draft = await drafts.changed(
            services, draft.id, lambda now: replace(now, message=pressed.message)
        )
    word = pressed.press.word
    act: Callable[[Pressed, Draft], Awaitable[None]] | None
    waits = draft.state is DraftState.LINK
    if waits or (word == "fetch" and draft.link and not draft.files):  # it was cut off
        act = {"fetch": links.on_fetch, "cancel": publishing.on_cancel}.get(word)
    elif word in ASKED:
        act = _on_ask
    elif word in _SETS:
        act = _on_set
    else:
        act = _ACTS.get(word)
    if act is None:
        await pressed.tell(words.DRAFT_OVER)
        return
    await act(pressed, draft)


async def _show(pressed: Pressed, draft: Draft, head: str = "") -> None:
    await acknowledge(pressed.context.bot, pressed.query.id)
    await drafts.show_card(pressed.context, draft, pressed.language, head)


async def _on_page(pressed: Pressed, draft: Draft) -> None:
    page = min(max(pressed.press.page, 1), max(len(draft.files), 1))
    await _show(pressed, await _kept(pressed, draft, lambda now: replace(now, page=page, asks="")))


async def _on_card(pressed: Pressed, draft: Draft) -> None:
    """Go back to the card; a draft that was held back can be corrected again."""

    def opened(now: Draft) -> Draft:
        return replace(now, asks="", state=DraftState.OPEN)

    await _show(pressed, await _kept(pressed, draft, opened))


async def _on_ask(pressed: Pressed, draft: Draft) -> None:
    column = pressed.press.word
    now = await _kept(pressed, draft, lambda one: replace(one, asks=column))
    if now.shown is None or now.shown.understood is None:
        await pressed.tell(words.DRAFT_OVER)
        return
    services = pressed.context.services
    places = await drafts.places_of(services)
    today = services.assistant.today()
    await pressed.replace_with(choice_screen(now, column, places, today, pressed.language))


async def _on_set(pressed: Pressed, draft: Draft) -> None:
    column, number = _SETS[pressed.press.word], pressed.press.page
    value = _value(column, number)
    file = _named(draft, pressed.press.item)
    if not value or file is None:
        await pressed.tell(words.DRAFT_OVER)
        return
    await _show(pressed, await _corrected(pressed.context.services, draft, file, column, value))


def _value(column: str, number: int) -> str:
    """Return what a button stands for; "" when it is none of ours."""
    if column == "period":
        return str(number) if len(str(number)) == len("2023") else ""
    listed = listed_places() if column == "place" else [one.value for one in Audience]
    return listed[number - 1] if 1 <= number <= len(listed) else ""


def _named(draft: Draft, item: int) -> DraftFile | None:
    return draft.files[item - 1] if 1 <= item <= len(draft.files) else None


async def _corrected(
    services: Services, draft: Draft, file: DraftFile, column: str, value: str
) -> Draft:
    library = await asyncio.to_thread(services.assistant.library)

    def correct(now: Draft) -> Draft:
        held = next((one for one in now.files if one.name == file.name), None)
        if held is None:
            return now
        fixed = replace(held, fields={**held.fields, column: value})
        fixed = services.drawer.likened(fixed, library.documents)
        return replace(now.with_file(fixed), asks="")

    return await drafts.changed(services, draft.id, correct)


async def _on_version(pressed: Pressed, draft: Draft) -> None:
    beside, file = pressed.press.word == "beside", _named(draft, pressed.press.item)
    if file is None:
        await pressed.tell(words.DRAFT_OVER)
        return

    def choose(now: Draft) -> Draft:
        held = next((one for one in now.files if one.name == file.name), None)
        return now if held is None else now.with_file(replace(held, beside=beside))

    await _show(pressed, await _kept(pressed, draft, choose))


async def _on_drop(pressed: Pressed, draft: Draft) -> None:
    file = _named(draft, pressed.press.item)

    def drop(now: Draft) -> Draft:
        kept = tuple(one for one in now.files if file is None or one.name != file.name)
        return replace(now, files=kept, page=min(now.page, max(len(kept), 1)))

    await _show(pressed, await _kept(pressed, draft, drop))


async def _kept(pressed: Pressed, draft: Draft, change: Callable[[Draft], Draft]) -> Draft:
    return await drafts.changed(pressed.context.services, draft.id, change)


_USABLE = (DraftState.LINK, DraftState.OPEN, DraftState.HELD)
_ACTS: dict[str, Callable[[Pressed, Draft], Awaitable[None]]] = {
    "page": _on_page,
    "card": _on_card,
    "replace": _on_version,
    "beside": _on_version,
    "drop": _on_drop,
    "publish": publishing.on_publish,
    "anyway": publishing.on_publish,
    "cancel": publishing.on_cancel,
}


# --- typed in reply ----------------------------------------------------------------------------


async def takes_reply(update: Update, context: Context) -> bool:
    """Tell whether a message corrects a draft, by replying to its card; it is done then."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None or message.chat.type != Chat.PRIVATE:
        return False
    services, above = context.services, message.reply_to_message
    if above is None or not message.text or not services.access.is_admin(user.id):
        return False
    draft = await asyncio.to_thread(services.drafts.shown_at, message.chat_id, above.message_id)
    if draft is None or draft.state is not DraftState.OPEN or not draft.asks:
        return False
    await _correct_by_words(message, context, draft, await services.language(user))
    return True


async def _correct_by_words(
    message: Message, context: Context, draft: Draft, language: Language
) -> None:
    column, typed, file = draft.asks, printed_line(message.text or ""), draft.shown
    value = _understood(column, typed)
    head = ""
    if file is not None and value:
        draft = await _corrected(context.services, draft, file, column, value)
    else:
        example = words.EXAMPLES.get(column, words.EXAMPLES["title"])[language]
        head = words.NOT_UNDERSTOOD[language].format(text=inert(typed[:100]), example=example)
    await drafts.show_card(context, draft, language, head)


def _understood(column: str, typed: str) -> str:
    """Return what was typed as a cell of `documents.csv`; "" when it cannot be one."""
    value = typed.strip()
    try:
        check_fields({column: value})
    except UnreadableDocumentError:
        found = find_periods(value) if column == "period" else []
        return found[0].iso if len(found) == 1 else ""
    if column == "place":
        named = find_places(tokens(search_key(value)))
        whole = len(named) == 1 and "(" not in value
        return named[0].place.name if whole else value
    return value
