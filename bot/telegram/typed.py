"""What is typed and is no command: somebody waits for it, or it is a question."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram import Update

from bot.telegram.asking import on_question
from bot.telegram.context import Context
from bot.telegram.library import draft_presses
from bot.telegram.library.links import takes_link
from bot.telegram.office import replies

# Each tells whether a message was for it, and has done it then; the first one takes it.
_TAKERS: tuple[Callable[[Update, Context], Awaitable[bool]], ...] = (
    draft_presses.takes_reply,
    replies.takes_reply,
    takes_link,
)


async def on_typed(update: Update, context: Context) -> None:
    """Hand a text to whoever waits for it; all else is a question."""
    for takes in _TAKERS:
        if await takes(update, context):
            return
    await on_question(update, context)
