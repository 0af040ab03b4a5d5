"""The gate in front of all handlers: what is not let in here reaches none of them.

A handler that is added later is closed by default to who may not ask.
"""

from __future__ import annotations

from contextlib import suppress

from telegram import Chat, InlineQueryResultsButton, Message, MessageEntity, Update, User
from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop

from bot.telegram.asking import is_more_of_album
from bot.telegram.buttons import Act, Press, decode
from bot.telegram.commands import answer_with
from bot.telegram.context import Context
from bot.telegram.delivery import acknowledge
from bot.telegram.pace import Verdict
from bot.telegram.people.membership import keep_name
from bot.telegram.people.screens import FORGET, KEEP
from bot.telegram.screens import Screen
from bot.texts import in_chat, people
from knowledge.catalogue import Did

# What everybody may do who is not blocked: ask for access, know what is kept, have it erased.
_FREE_COMMANDS = {"start", "help", "language", "privacy", "forget"}
_FREE_WORDS = {FORGET, KEEP}


async def on_arrival(update: Update, context: Context) -> None:
    """Let an update through, or answer it here.

    Raises:
        ApplicationHandlerStop: it is not let through, also when that could not be found out.
    """
    try:
        passes = await _passes(update, context)
    except Exception as error:  # noqa: BLE001  (the error handler tells it; the gate stays shut)
        await context.application.process_error(update, error)
        passes = False
    if not passes:
        raise ApplicationHandlerStop


async def _passes(update: Update, context: Context) -> bool:
    user, services = update.effective_user, context.services
    if user is None:
        return False  # a channel, a chat: nobody asks
    if services.access.may_ask(user.id):
        if _is_private(update):
            await keep_name(services, user)
        return True
    if not services.access.is_blocked(user.id) and _is_free(update):
        return True
    await _turn_away(update, user, context)
    return False


def _is_private(update: Update) -> bool:
    chat = update.effective_chat
    return chat is not None and chat.type == Chat.PRIVATE


def _is_free(update: Update) -> bool:
    if not _is_private(update):
        return False
    if update.callback_query is not None:
        press = decode(update.callback_query.data or "")
        return press is not None and _is_free_press(press)
    return update.message is not None and _command(update.message) in _FREE_COMMANDS


def _is_free_press(press: Press) -> bool:
    return press.act is Act.LANGUAGE or (press.act is Act.PEOPLE and press.word in _FREE_WORDS)


def _command(message: Message) -> str:
    """Return the command that a message is, as the framework's handlers see it; "" for none."""
    first = message.entities[0] if message.text and message.entities else None
    if first is None or first.type != MessageEntity.BOT_COMMAND or first.offset:
        return ""
    return (message.text or "")[1 : first.length].split("@")[0].lower()


async def _turn_away(update: Update, user: User, context: Context) -> None:
    """Say kindly how to be let in; in a group nothing is said."""
    services, message = context.services, update.message
    blocked = services.access.is_blocked(user.id)
    language = await services.language(user)
    words = (people.BLOCKED if blocked else people.CLOSED)[language]
    if update.callback_query is not None:
        silent = blocked and not _is_private(update)
        press = update.callback_query.id
        await acknowledge(context.bot, press, "" if silent else words, alert=not silent)
    elif update.inline_query is not None:
        offer = (
            None
            if blocked
            else InlineQueryResultsButton(people.ASK_ACCESS[language], start_parameter="start")
        )
        with suppress(TelegramError):
            await context.bot.answer_inline_query(
                update.inline_query.id, [], cache_time=0, is_personal=True, button=offer
            )
    elif message is not None and _is_private(update) and not is_more_of_album(message, context):
        await _note(message, user, context)
        verdict, _ = services.pace.judge(user.id, message.date)
        if verdict is Verdict.ANSWER:
            await answer_with(message, context, Screen(html=words))


async def _note(message: Message, user: User, context: Context) -> None:
    """Note a command for admins that somebody from outside typed."""
    command = _command(message)
    if command in in_chat.ADMIN_COMMANDS:
        await context.services.note(user.id, Did.REFUSED, f"/{command}")
