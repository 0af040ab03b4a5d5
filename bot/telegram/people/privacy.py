"""/privacy: what is kept, and /forget: what a person asked is erased."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from telegram import Update

from bot.telegram.commands import answer_with
from bot.telegram.context import Context
from bot.telegram.library.updating import DRAFTS_KEPT
from bot.telegram.order import key_of
from bot.telegram.people.screens import FORGET, KEEP, about, person_of
from bot.telegram.pressed import Pressed
from bot.telegram.refusing import refuse_press
from bot.telegram.screens import Button, Screen
from bot.texts import in_chat
from bot.texts import people as words
from knowledge.catalogue import Did


async def on_privacy(update: Update, context: Context) -> None:
    """Say what is kept about a person, for how long, and who sees it."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return
    services = context.services
    language = await services.language(user)
    model = words.PRIVACY_MODEL[language] if services.assistant.tells else ""
    html = words.PRIVACY[language].format(model=model, days=DRAFTS_KEPT.days)
    await answer_with(message, context, Screen(html=html))


async def on_forget(update: Update, context: Context) -> None:
    """Ask once whether all is to be erased; in a group the person is sent to the private chat."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return
    language = await context.services.language(user)
    if message.chat.id != user.id:
        await answer_with(message, context, Screen(html=in_chat.PRIVATE_ONLY[language]))
        return
    row = (
        Button(label=words.FORGET_YES[language], press=about(FORGET, user.id)),
        Button(label=words.FORGET_NO[language], press=about(KEEP, user.id)),
    )
    await answer_with(message, context, Screen(html=words.FORGET[language], rows=(row,)))


async def on_keep(pressed: Pressed) -> None:
    """Erase nothing."""
    await pressed.replace_with(Screen(html=words.KEPT[pressed.language]))


async def on_erase(pressed: Pressed) -> None:
    """Erase a person's history; only that person's own."""
    services, person = pressed.context.services, pressed.query.from_user.id
    if person_of(pressed.press) != person or not pressed.private:
        await refuse_press(pressed, in_chat.OLD_BUTTON)
        return
    asking = key_of(pressed.update)
    is_known = await asyncio.to_thread(services.catalogue.forget, person, asking)
    services.languages.pop(person, None)
    if is_known:
        services.access.remember(replace(services.access.member(person), quiet=""))
    else:
        services.access.forget(person)
    await services.note(person, Did.FORGET)
    html = words.FORGOTTEN[pressed.language]
    if is_known:
        html += words.FORGOTTEN_BUT[pressed.language]
    await pressed.replace_with(Screen(html=html))
