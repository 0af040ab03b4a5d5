"""What a language model writes: whole questions, and answers that are seen while they are written.

An answer grows in the first message by edits, not by Telegram's drafts: an edit may be repeated,
also after a restart, and works in groups; `docs/decisions/0006-a-language-model-and-its-guard.md`.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

import structlog

from bot.telegram.context import Services
from knowledge.answering.fluent import Listener
from knowledge.model import Answer, Audience, Sentence

log = structlog.get_logger(__name__)

_APART_S = 1.2  # between two edits of a message; Telegram puts off faster ones
_Show = Callable[[Answer], Awaitable[None]]


async def told(services: Services, found: Answer, show: _Show) -> Answer:
    """Return an answer as the model tells it; as it was found when nobody has time to.

    Args:
        services: the parts of the bot.
        found: the answer that was found.
        show: shows the answer with the sentences that passed so far.
    """
    if not services.assistant.tells:
        return found
    if services.writing.locked():
        log.info("the language model is busy")
        return found
    async with services.writing:
        return await _written(services, found, show)


async def put_in_whole(
    services: Services, text: str, history: tuple[str, ...], audience: Audience
) -> str:
    """Return a follow-up as a whole question; "" when nobody can or has time to."""
    if not services.assistant.tells or services.writing.locked():
        return ""
    async with services.writing:  # not among those that think: others need not wait for a model
        return await asyncio.to_thread(services.assistant.whole, text, history, audience)


async def _written(services: Services, found: Answer, show: _Show) -> Answer:
    loop, stopped = asyncio.get_running_loop(), threading.Event()
    said: asyncio.Queue[Sentence | None] = asyncio.Queue()

    def hear(sentence: Sentence) -> None:
        loop.call_soon_threadsafe(said.put_nowait, sentence)

    showing = asyncio.create_task(_shown(found, said, show))
    try:
        listener = Listener(sentence=hear, stopped=stopped.is_set)
        return await asyncio.to_thread(services.assistant.tell, found, listener)
    finally:
        stopped.set()  # the thread cannot be cancelled; it ends with the model's next chunk
        said.put_nowait(None)
        await asyncio.wait({showing})  # so that no edit comes behind the last one


async def _shown(found: Answer, said: asyncio.Queue[Sentence | None], show: _Show) -> None:
    """Show the answer as it grows, until None is said; what comes too soon is shown together."""
    loop = asyncio.get_running_loop()
    opens = loop.time()
    while (sentence := await said.get()) is not None:
        found = replace(found, fluent=(*found.fluent, sentence))
        with suppress(TimeoutError):
            async with asyncio.timeout_at(opens):
                while (sentence := await said.get()) is not None:
                    found = replace(found, fluent=(*found.fluent, sentence))
                return
        await show(found)
        opens = loop.time() + _APART_S
