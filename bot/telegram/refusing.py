"""What only admins may do, and that others who try are told kindly and noted."""

from __future__ import annotations

from telegram import Chat, Message, User

from bot import texts
from bot.telegram.commands import answer_with
from bot.telegram.context import Context
from bot.telegram.pressed import Pressed
from bot.telegram.screens import Screen
from bot.texts import people as words
from knowledge.model import Language


async def may_command(
    message: Message, user: User, context: Context, command: str, *, officers: bool = False
) -> bool:
    """Tell whether an admin gave a command in private; tell others that it cannot be done.

    Args:
        message: with the command.
        user: who gave it.
        context: of its handler.
        command: without its slash.
        officers: whether they may give it too.
    """
    services = context.services
    language = await services.language(user)
    if user.id not in (services.officers() if officers else services.access.admins):
        await services.note(user.id, "refused", f"/{command}")
        await answer_with(message, context, Screen(html=words.ADMINS_ONLY[language]))
        return False
    if message.chat.type != Chat.PRIVATE:
        await answer_with(message, context, Screen(html=texts.PRIVATE_ONLY[language]))
        return False
    return True


async def may_press(pressed: Pressed) -> bool:
    """Tell whether an admin pressed a button in private; tell others that it cannot be done."""
    services, person = pressed.context.services, pressed.query.from_user.id
    if not services.access.is_admin(person):
        await refuse_press(pressed, words.ADMINS_ONLY)
        return False
    if not pressed.private:
        await refuse_press(pressed, texts.PRIVATE_ONLY)
        return False
    return True


async def refuse_press(pressed: Pressed, why: dict[Language, str] = texts.OLD_BUTTON) -> None:
    """Tell that a button cannot be used, and note it."""
    press = pressed.press
    name = " ".join(filter(None, [press.act.name.lower(), press.word]))
    await pressed.context.services.note(pressed.query.from_user.id, "refused", f"[{name}]")
    await pressed.tell(why)
