"""A small change of the library from the chat: one document written or corrected, read again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.telegram.context import Services
from bot.telegram.library.updating import why_of
from knowledge.errors import AssistantError, ChangeStoppedError
from knowledge.model import Language


async def amend(services: Services, work: Callable[[], None], language: Language) -> str:
    """Run a change after those before it and load what it made; return why it failed, as HTML.

    Args:
        services: the parts of the bot.
        work: changes files and ingests them; raises when that fails, the files put back.
        language: of the interface.

    Raises:
        ChangeStoppedError: the bot is shutting down; the next one may do it again.
    """
    async with services.changes.running:
        try:
            await asyncio.to_thread(work)
        except ChangeStoppedError:
            raise
        except AssistantError as error:
            return why_of(error)[language]
        finally:  # other documents may have been taken up even so
            await services.refresh()
    return ""
