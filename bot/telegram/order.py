"""Updates kept until they are done, and worked on in order for each person.

Telegram forgets an update once it was fetched, and sends it again when a fetch broke off. So each
one is written down before it is confirmed: what a process that died left behind is done by the
next one, and what comes twice is done once.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot, Update
from telegram.ext import BaseUpdateProcessor

from knowledge.catalogue import Conversations

log = structlog.get_logger(__name__)

_AT_ONCE = 100_000  # no bound: a person waits for his own messages only, threads bound the work
_DIGITS_OF_KEY = 32
AGAIN_S = (30.0, 120.0, 600.0)  # before what did not get through is tried again


def key_of(update: Update) -> str:
    """Return what two deliveries of one update share, and no two updates do.

    The number of an update alone would not do: another bot, or a test server, counts from 1 again.
    """
    return _key_of(_written(update))


def _key_of(payload: str) -> str:
    return hashlib.sha256(payload.encode()).hexdigest()[:_DIGITS_OF_KEY]


def _written(update: Update) -> str:
    """Return an update as JSON, the same for two deliveries of it."""
    return json.dumps(update.to_dict(), sort_keys=True)  # ASCII: half a letter has no UTF-8


class Inbox(asyncio.Queue[object]):
    """The queue between fetching and working; `put` returns once an update is safe."""

    def __init__(self, conversations: Conversations, pauses_s: Sequence[float] = AGAIN_S) -> None:
        super().__init__()
        self._conversations = conversations
        self._pauses_s = pauses_s
        self._left: set[str] = set()
        self._held: set[str] = set()
        self._tried: Counter[str] = Counter()

    async def put(self, item: object) -> None:
        """Keep an update and queue it; one that was seen before is dropped.

        What somebody types inline is worth nothing a moment later, so it is not kept.
        """
        keeps = isinstance(item, Update) and item.inline_query is None
        if isinstance(item, Update) and keeps and not await self._is_fresh(item):
            log.info("update came again", update=item.update_id)
            return
        await super().put(item)

    async def resume(self, bot: Bot) -> int:
        """Queue what an earlier process took and did not finish; return how many it was."""
        kept: Sequence[tuple[str, str]] = await asyncio.to_thread(self._conversations.unfinished)
        for key, payload in kept:
            update = _read(payload, bot)
            if update is None or key_of(update) != key:  # another version of the framework kept it
                await asyncio.to_thread(self._conversations.finish, key)
            if update is not None:
                await super().put(update)
        return len(kept)

    def hold(self, update: Update) -> None:
        """Do not mark an update as done when its handler ends: its work goes on behind it.

        Who does that work calls `finish` at its end; it may end before the handler does.
        """
        self._held.add(key_of(update))

    def leave(self, update: Update) -> None:
        """Do not mark an update as done: its answer did not get through."""
        self._left.add(key_of(update))

    async def finish(self, update: Update) -> None:
        """Mark an update as done; one that was left is queued again later, a few times.

        What is never done here is done by the next process.
        """
        key = key_of(update)
        if key in self._held:  # the handler and the work behind it are two; this is the first
            self._held.discard(key)
            return
        if key in self._left:
            self._left.discard(key)
            self._try_later(key, update)
            return
        self._tried.pop(key, None)
        try:
            await asyncio.to_thread(self._conversations.finish, key)
        except SQLAlchemyError as error:  # no reason to tell the person, who has the answer
            log.error("update not marked as done", why=type(error).__name__)  # noqa: TRY400

    def _try_later(self, key: str, update: Update) -> None:
        tried = self._tried.pop(key, 0)
        if tried < len(self._pauses_s):
            self._tried[key] = tried + 1
            loop = asyncio.get_running_loop()
            loop.call_later(self._pauses_s[tried], self.put_nowait, update)

    async def _is_fresh(self, update: Update) -> bool:
        payload = _written(update)
        kept = [(_key_of(payload), payload)]
        try:
            return bool(await asyncio.to_thread(self._conversations.take, kept))
        except SQLAlchemyError as error:  # better answered than kept; an error would end polling
            log.error("update not kept", why=type(error).__name__)  # noqa: TRY400
            return True


def _read(payload: str, bot: Bot) -> Update | None:
    try:
        return Update.de_json(json.loads(payload), bot)
    except (ValueError, TypeError, KeyError) as error:
        log.error("kept update not understood", why=type(error).__name__)  # noqa: TRY400
        return None


class InOrder(BaseUpdateProcessor):
    """Works on the updates of one person one after another, on those of several at once."""

    def __init__(self, inbox: Inbox) -> None:
        super().__init__(_AT_ONCE)
        self._inbox = inbox
        self._waiting: dict[int, tuple[asyncio.Lock, int]] = {}

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Wait for the person's earlier updates, work on this one, mark it as done."""
        if not isinstance(update, Update) or update.inline_query is not None:
            await coroutine  # what is typed inline waits for nothing
            return
        async with self._turn(_person(update)):
            await coroutine
        await self._inbox.finish(update)

    @asynccontextmanager
    async def _turn(self, person: int) -> AsyncIterator[None]:
        lock, count = self._waiting.get(person, (asyncio.Lock(), 0))
        self._waiting[person] = (lock, count + 1)
        try:
            async with lock:  # fair: whoever came first goes first
                yield
        finally:
            lock, count = self._waiting.pop(person)
            if count > 1:
                self._waiting[person] = (lock, count - 1)


def _person(update: Update) -> int:
    """Return whose order it is: the person's, else the chat's."""
    if update.effective_user is not None:
        return update.effective_user.id
    return update.effective_chat.id if update.effective_chat is not None else 0
