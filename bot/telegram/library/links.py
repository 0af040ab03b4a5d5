"""Links that an admin sends: asked about, fetched, and then a draft like any other."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial

from telegram import Chat, Message, Update

from bot.library.links import fetch, link_in
from bot.telegram.commands import answer_with
from bot.telegram.context import Context, Services
from bot.telegram.delivery import acknowledge
from bot.telegram.inert import inert
from bot.telegram.lengths import cut
from bot.telegram.library import drafts
from bot.telegram.library.draft_screens import link_screen
from bot.telegram.pressed import Pressed
from bot.telegram.refusing import may_command
from bot.telegram.screens import Screen
from bot.texts import publishing as words
from knowledge.catalogue import Draft, DraftState
from knowledge.model import Language

_LONGEST = 300  # characters of a link that are shown


async def on_add(update: Update, context: Context) -> None:
    """Fetch what "/add https://…" names; without a link, say how documents come in."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None or not await may_command(message, user, context, "/add"):
        return
    language = await context.services.language(user)
    link = link_in(" ".join(context.args or []))
    if not link:
        await answer_with(message, context, Screen(html=words.ADD_USAGE[language]))
        return
    screen = Screen(html=_fetching(link)[language])
    draft = Draft(
        person=user.id,
        chat=message.chat_id,
        message=await answer_with(message, context, screen),
        link=link,
    )
    draft = await asyncio.to_thread(context.services.drafts.begin, draft)
    drafts.bring_in(update, context, draft, language, partial(_brought, context.services, link))


async def takes_link(update: Update, context: Context) -> bool:
    """Tell whether a message is an admin's link and nothing else; he is asked what to do then."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None or message.chat.type != Chat.PRIVATE:
        return False
    services, link = context.services, link_in(message.text or "")
    if not link or not services.access.is_admin(user.id):
        return False
    await _ask(message, context, user.id, link)
    return True


async def _ask(message: Message, context: Context, person: int, link: str) -> None:
    services = context.services
    language = await services.language(message.from_user)
    draft = Draft(person=person, chat=message.chat_id, state=DraftState.LINK, link=link)
    draft = await asyncio.to_thread(services.drafts.begin, draft)
    card = await answer_with(message, context, link_screen(draft, language))
    await drafts.changed(services, draft.id, lambda now: replace(now, message=card))


async def on_fetch(pressed: Pressed, draft: Draft) -> None:
    """Fetch the link of a draft; behind the handler, so that its admin may go on asking."""
    context, services = pressed.context, pressed.context.services
    await acknowledge(context.bot, pressed.query.id)
    draft = await drafts.changed(
        services, draft.id, lambda now: replace(now, state=DraftState.OPEN)
    )
    await pressed.put(Screen(html=_fetching(draft.link)[pressed.language]))
    bring = partial(_brought, services, draft.link)
    drafts.bring_in(pressed.update, context, draft, pressed.language, bring)


async def _brought(services: Services, link: str) -> tuple[str, bytes, str]:
    found = await fetch(link, services.road)
    return found.name, found.data, found.link


def _fetching(link: str) -> dict[Language, str]:
    shown = inert(cut(link, _LONGEST))
    return {language: form.format(link=shown) for language, form in words.FETCHING.items()}
