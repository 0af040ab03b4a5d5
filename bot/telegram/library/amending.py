"""A small change of the library from the chat: one document written or corrected, read again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog

from bot import texts
from bot.telegram.context import Services
from bot.telegram.errors import trace
from bot.telegram.inert import inert
from ingest.pipeline import Result
from knowledge.errors import AssistantError, ChangeStoppedError, LibraryLockedError
from knowledge.model import Language

log = structlog.get_logger(__name__)


async def amend(services: Services, work: Callable[[], Result | None], language: Language) -> str:
    """Run a change after those before it and load what it made; return why it failed, as HTML.

    Args:
        services: the parts of the bot.
        work: changes files and ingests them; returns what failed of it, None when nothing did,
            and puts the files back when it fails.
        language: of the interface.
    """
    async with services.changes.running:
        try:
            failed = await asyncio.to_thread(work)
        except ChangeStoppedError:
            return texts.UPDATE_STOPPED[language]
        except LibraryLockedError:
            return texts.LIBRARY_LOCKED[language]
        except AssistantError as error:
            log.error("library not amended", why=trace(error))  # noqa: TRY400  (traced)
            return texts.OUTSIDE_FAILED[language]
        library = await asyncio.to_thread(services.assistant.refresh)
    services.metrics.holds(len(library.documents))
    if failed is not None and failed.fault is not None:
        return inert(texts.fault(failed.fault, failed.detail, language))
    return ""
