"""Work that goes on behind its handler: long work, whose person asks other things meanwhile."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

from telegram import Update

from bot.telegram.context import Context
from knowledge.errors import ChangeStoppedError


def behind(work: Coroutine[Any, Any, None], update: Update, context: Context) -> None:
    """Let work go on behind its handler, whose person asks meanwhile.

    The application waits for it at its end. What a bot that is killed or stopped did not end, the
    next one does again.
    """
    context.services.inbox.hold(update)
    _ = context.application.create_task(_finished(work, update, context), update=update)


async def _finished(work: Coroutine[Any, Any, None], update: Update, context: Context) -> None:
    try:
        await work
    except ChangeStoppedError:
        context.services.inbox.leave(update)
    except Exception as error:  # noqa: BLE001  (the error handler tells it)
        await context.application.process_error(update, error)
    await context.services.inbox.finish(update)
