"""What only admins may do, and only in private: everybody else is told kindly, and it is noted."""

from __future__ import annotations

import asyncio

from telegram import Chat, Message, Update

from bot import texts
from bot.telegram.asking import is_for, on_question
from bot.telegram.commands import answer_with
from bot.telegram.context import Context, Services
from bot.telegram.pressed import Pressed
from bot.telegram.screens import Screen
from knowledge.model import Language


async def refused(update: Update, context: Context, what: str) -> bool:
    """Tell whether a message's sender may not do this here; say so then, kindly.

    A file with a caption, or one that is not meant for the bot, is a question or nothing.

    Args:
        update: with a message.
        context: of its handler.
        what: that was tried, for the audit.
    """
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return True
    services = context.services
    why = _refusal(message, user.id, services)
    if why is None:
        return False
    if message.document is not None and (message.caption or not is_for(message, context.bot.bot)):
        await on_question(update, context)
        return True
    if not services.access.is_admin(user.id):
        await asyncio.to_thread(services.audit.note, user.id, "refused", what)
    language = await services.language(user)
    await answer_with(message, context, Screen(html=why[language]))
    return True


def _refusal(message: Message, person: int, services: Services) -> dict[Language, str] | None:
    """Return why a person may not change the library here; None when he may."""
    if not services.access.is_admin(person):
        return texts.ADMINS_ONLY
    return None if message.chat.type == Chat.PRIVATE else texts.PRIVATE_ONLY


async def press_refused(pressed: Pressed, what: str) -> bool:
    """Tell whether who pressed a button may not do what it says; say so then, and note it."""
    person = pressed.query.from_user.id
    services = pressed.context.services
    if services.access.is_admin(person) and pressed.private:
        return False
    if services.access.is_admin(person):
        await pressed.tell(texts.PRIVATE_ONLY)
        return True
    await asyncio.to_thread(services.audit.note, person, "refused", what)
    await pressed.tell(texts.ADMINS_ONLY)
    return True
