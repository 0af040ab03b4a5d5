"""What the office's commands and buttons share: who may use them, refusals that are audited."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from telegram import Chat, Update

from bot import texts
from bot.telegram.commands import answer_with
from bot.telegram.context import Context
from bot.telegram.pressed import Pressed
from bot.telegram.screens import Screen


async def admitted(
    update: Update, context: Context, command: str, *, officers: bool = False
) -> bool:
    """Tell whether a command of the office may be used here; say why not, and note it.

    Args:
        update: that brought the command.
        context: of the update.
        command: "/gaps".
        officers: they may use it too.
    """
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return False
    services = context.services
    language = await services.language(user)
    may = services.access.is_admin(user.id) or (officers and user.id in services.officers())
    if not may:
        await asyncio.to_thread(services.audit.note, user.id, "refused", command)
        await answer_with(message, context, Screen(html=texts.ADMINS_ONLY[language]))
        return False
    if message.chat.type != Chat.PRIVATE:
        await answer_with(message, context, Screen(html=texts.PRIVATE_ONLY[language]))
        return False
    return True


async def refuse(pressed: Pressed) -> None:
    """Tell kindly that a button does nothing for this person, and note it."""
    person, act = pressed.query.from_user.id, pressed.press.act.name.lower()
    await asyncio.to_thread(pressed.context.services.audit.note, person, "refused", act)
    await pressed.tell(texts.OLD_BUTTON)


def is_admin(pressed: Pressed) -> bool:
    """Tell whether an admin pressed, in the private chat."""
    return pressed.private and pressed.context.services.access.is_admin(pressed.query.from_user.id)


def behind(work: Coroutine[Any, Any, None], update: Update, context: Context) -> None:
    """Let work go on behind its handler, whose person asks meanwhile; a killed bot does it again.

    The application waits for it at its end.
    """
    context.services.inbox.hold(update)
    _ = context.application.create_task(_finished(work, update, context), update=update)


async def _finished(work: Coroutine[Any, Any, None], update: Update, context: Context) -> None:
    try:
        await work
    except Exception as error:  # noqa: BLE001  (the error handler tells it)
        await context.application.process_error(update, error)
    await context.services.inbox.finish(update)
