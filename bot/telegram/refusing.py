"""What only admins may do, and that others who try are told kindly and noted."""

from __future__ import annotations

from telegram import Chat, Message, Update, User

from bot.telegram.asking import is_for, on_question
from bot.telegram.commands import answer_with
from bot.telegram.context import Context
from bot.telegram.pressed import Pressed
from bot.telegram.screens import Screen
from bot.texts import in_chat
from knowledge.catalogue import Did
from knowledge.model import Language


async def may_command(
    message: Message, user: User, context: Context, command: str, *, officers: bool = False
) -> bool:
    """Tell whether an admin gave a command in private; tell others that it cannot be done.

    Args:
        message: with the command.
        user: who gave it.
        context: of its handler.
        command: for the audit.
        officers: whether they may give it too.
    """
    services = context.services
    language = await services.language(user)
    if user.id not in (services.officers() if officers else services.access.admins):
        await services.note(user.id, Did.REFUSED, command)
        await answer_with(message, context, Screen(html=in_chat.ADMINS_ONLY[language]))
        return False
    if message.chat.type != Chat.PRIVATE:
        await answer_with(message, context, Screen(html=in_chat.PRIVATE_ONLY[language]))
        return False
    return True


async def may_press(pressed: Pressed) -> bool:
    """Tell whether an admin pressed a button in private; tell others that it cannot be done."""
    services, person = pressed.context.services, pressed.query.from_user.id
    if not services.access.is_admin(person):
        await refuse_press(pressed, in_chat.ADMINS_ONLY)
        return False
    if not pressed.private:
        await pressed.tell(in_chat.PRIVATE_ONLY)
        return False
    return True


async def refuse_press(pressed: Pressed, why: dict[Language, str] = in_chat.OLD_BUTTON) -> None:
    """Tell that a button cannot be used, and note it."""
    press = pressed.press
    name = " ".join(filter(None, [press.act.name.lower(), press.word]))
    await pressed.context.services.note(pressed.query.from_user.id, Did.REFUSED, f"[{name}]")
    await pressed.tell(why)


async def may_send(update: Update, context: Context, what: str) -> bool:
    """Tell whether a message with a document or a link is an admin's, in private.

    Others are told that it cannot be done; a file with a caption, or one that is not meant for the
    bot, is a question or nothing.

    Args:
        update: with a message.
        context: of its handler.
        what: that was tried, for the audit.
    """
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return False
    private = message.chat.type == Chat.PRIVATE
    if private and context.services.access.is_admin(user.id):
        return True
    if message.document is not None and (message.caption or not is_for(message, context.bot.bot)):
        await on_question(update, context)
        return False
    return await may_command(message, user, context, what)
