"""What people are owed is brought to them by one task, each message once.

Telegram does not say whether a call that broke off was done. So a notice begins as a short line,
and its words are put into that message by an edit, which may be repeated: a bot that was killed
between the two goes on with the edit, and the worst that a broken line can leave is a second short
line, never the same news twice and never none.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import partial

import structlog
from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.telegram.context import Services
from bot.telegram.delivery import Spot, is_gone, say, show
from bot.telegram.screens import Screen
from bot.texts import gaps as words
from knowledge.catalogue import Notice
from knowledge.errors import AssistantError

log = structlog.get_logger(__name__)

_LOOK_S = 60.0  # at least so often the table is read: another process may owe something too
_PAUSES = [timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1)]


class Tell(StrEnum):
    """What somebody is owed; the words stand in notices that are not told yet."""

    NEWS = "news"  # about versions of documents
    ANSWER = "answer"  # about a turn of its person
    CARD = "card"  # about a turn that was handed over
    REMINDER = "reminder"  # about the same
    REPLY = "reply"  # about the same


Teller = Callable[[Services, int, Sequence[int]], Awaitable[Screen | None]]
"""Returns what a person is told now about some numbers; None when that is nothing any more.

A notice may wait for hours, and documents are closed and roles taken away meanwhile: so it keeps
what it is about, and is worded when it is told.
"""


async def owe(
    services: Services,
    key: str,
    person: int,
    tell: Tell,
    about: Sequence[int],
    *,
    due_at: datetime | None = None,
) -> bool:
    """Keep a message for a person's private chat; False when one of this key was owed before.

    Args:
        services: the parts of the bot.
        key: which one; at most 64 characters.
        person: who is told.
        tell: what is told.
        about: the numbers of what it is about.
        due_at: not before then; at once by default.
    """
    payload = json.dumps({"tell": tell, "about": list(about)})
    added = await asyncio.to_thread(services.notices.owe, key, person, payload, due_at)
    services.owed.set()
    return added


async def deliver(bot: Bot, services: Services, tellers: Mapping[Tell, Teller]) -> None:
    """Tell what is due, until cancelled."""
    post = _Post(bot, services, tellers)
    try:
        while True:
            services.owed.clear()
            wait_s = _LOOK_S
            try:
                wait_s = await post.tell_all()
            except SQLAlchemyError as error:
                log.error("notices not read", why=type(error).__name__)  # noqa: TRY400
            with suppress(TimeoutError):
                await asyncio.wait_for(services.owed.wait(), wait_s)
    finally:
        await post.stop()


class _Post:
    """The notices that are on their way; nobody waits for another one's."""

    def __init__(self, bot: Bot, services: Services, tellers: Mapping[Tell, Teller]) -> None:
        self._bot = bot
        self._services = services
        self._tellers = tellers
        self._tried: Counter[int] = Counter()
        self._under_way: dict[int, asyncio.Task[None]] = {}

    async def tell_all(self) -> float:
        """Begin to tell what is due; return after how many seconds to look again."""
        notices = self._services.notices
        busy = set(self._under_way)  # before the look: what ends meanwhile is still seen as owed
        for notice in await asyncio.to_thread(notices.due, datetime.now(UTC)):
            if notice.id not in busy:
                task = asyncio.create_task(self._tell(notice))
                self._under_way[notice.id] = task
                task.add_done_callback(partial(self._done, notice.id))
        following = await asyncio.to_thread(notices.next_due)
        if following is None:
            return _LOOK_S
        seconds = (following - datetime.now(UTC)).total_seconds()
        # what is due already is under way, and is put off when it fails
        return min(_LOOK_S, max(seconds, 0.05 if not self._under_way else 1.0))

    def _done(self, notice: int, _task: asyncio.Task[None]) -> None:
        self._under_way.pop(notice, None)

    async def stop(self) -> None:
        """Leave what is under way to the next process."""
        tasks = list(self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _tell(self, notice: Notice) -> None:
        notices = self._services.notices
        try:
            await self._show(notice)
            await asyncio.to_thread(notices.finish, notice.id)
        except SQLAlchemyError as error:
            log.error("notice not marked", why=type(error).__name__)  # noqa: TRY400
        except (ValueError, KeyError) as error:  # kept by a version that wrote it otherwise
            log.error("notice not understood", why=type(error).__name__)  # noqa: TRY400
            await asyncio.to_thread(notices.close, notice.id)
        except Forbidden:
            await asyncio.to_thread(notices.close, notice.id)
        except BadRequest as error:  # the chat is gone; the same call would be refused again
            log.warning("notice given up", why=error.message)
            await asyncio.to_thread(notices.close, notice.id)
        except (TelegramError, AssistantError) as error:
            pause = _PAUSES[min(self._tried[notice.id], len(_PAUSES) - 1)]
            self._tried[notice.id] += 1
            log.info("notice put off", why=type(error).__name__, pause=str(pause))
            await asyncio.to_thread(notices.put_off, notice.id, pause)

    async def _show(self, notice: Notice) -> None:
        """Send the short line, unless it was sent, and put the words in its place."""
        services, payload = self._services, json.loads(notice.payload)
        tell, about = payload["tell"], payload["about"]
        word = partial(self._tellers[tell], services, notice.person, about)
        message, screen = notice.shown, await word()
        language = await services.language_of(notice.person)
        if message is None:
            if screen is None:
                return
            line = Screen(html=words.NEWS[language])
            message = await say(self._bot, Spot(chat=notice.person), line)
            await asyncio.to_thread(services.notices.show, notice.id, message)
            screen = await word()  # sending may have taken its time
        if tell == Tell.ANSWER:
            await asyncio.to_thread(services.conversations.show, about[0], message)
        screen = screen or Screen(html=words.NO_NEWS[language])
        try:
            await show(self._bot, notice.person, message, screen)
        except BadRequest as error:
            if not is_gone(error):
                raise
            await say(self._bot, Spot(chat=notice.person), screen)
