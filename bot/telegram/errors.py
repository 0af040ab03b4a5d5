"""The last handler: the log gets a traceback with an id, the person a calm sentence with it."""

from __future__ import annotations

import secrets
from contextlib import suppress

import structlog
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from telegram import Update
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.logs import chain
from bot.telegram.asking import first_message, thread_of
from bot.telegram.context import Context
from bot.telegram.delivery import Spot, acknowledge, say, show
from bot.telegram.screens import Screen
from bot.texts import in_chat
from knowledge.errors import AssistantError
from knowledge.model import Language

log = structlog.get_logger(__name__)

_PASSING = (NetworkError, RetryAfter, InvalidToken)  # over later, without anybody's doing


async def on_error(update: object, context: Context) -> None:
    """Log what happened, then tell the person, in place of the first message if there is one."""
    error = context.error
    if error is None:
        return
    if isinstance(error, Forbidden):  # blocked, or thrown out of the group: nobody to tell
        log.info("chat closed to the bot", why=error.message)
        return
    code = secrets.token_hex(3)
    context.services.metrics.failed()
    log.error("update failed", id=code, error=_name(error), trace=trace(error))
    if not isinstance(update, Update):
        return
    if isinstance(error, _PASSING) and not isinstance(error, BadRequest):
        context.services.inbox.leave(update)  # tried long enough; tried again later
    try:
        await _tell(update, context, code)
    except TelegramError as failure:
        log.error("error not told", id=code, why=_name(failure))  # noqa: TRY400  (traced above)


async def _tell(update: Update, context: Context, code: str) -> None:
    chat, message = update.effective_chat, update.effective_message
    if chat is None:
        return
    words = Screen(html=in_chat.ERROR[await _language(update, context)].format(code=code))
    if update.callback_query is not None:
        await acknowledge(context.bot, update.callback_query.id)
    first = first_message.get()
    if first is not None:
        with suppress(BadRequest):  # deleted meanwhile
            await show(context.bot, chat.id, first, words)
            return
    thread = thread_of(message) if message is not None else None
    await say(context.bot, Spot(chat=chat.id, thread=thread), words)


async def _language(update: Update, context: Context) -> Language:
    try:
        return await context.services.language(update.effective_user)
    except SQLAlchemyError:  # perhaps the very error that is to be told
        return Language.VIETNAMESE


def trace(error: BaseException) -> str:
    """Return the traceback of an error and of its causes, without what a person typed.

    The message of an error that is neither ours nor the framework's may quote it; only its type
    is kept.
    """
    return chain(error, _name)


def _name(error: BaseException) -> str:
    """Return type and message; the message only of errors that never quote a person."""
    kind = type(error).__name__
    match error:
        case TelegramError() | AssistantError():
            return f"{kind}: {error}"
        case OperationalError():
            return f"{kind}: {error.orig}"  # "database is locked", "disk is full"
        case OSError():
            return f"{kind}: {error.strerror}"
        case _:
            return kind
