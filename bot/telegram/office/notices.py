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
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog
from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.telegram.buttons import decode, encode
from bot.telegram.context import Services
from bot.telegram.delivery import Spot, is_gone, say, show
from bot.telegram.screens import Button, Screen
from bot.texts import gaps as words
from knowledge.catalogue import Notice
from knowledge.model import Language

log = structlog.get_logger(__name__)

_LOOK_S = 60.0  # at least so often the table is read: another process may owe something too
_PAUSES = [timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1)]


async def owe(
    services: Services,
    key: str,
    person: int,
    screen: Screen,
    due_at: datetime | None = None,
    *,
    turn: int = 0,
) -> bool:
    """Keep a message for a person's private chat; False when one of this key was owed before.

    Args:
        services: the parts of the bot.
        key: what it is about; at most 64 characters.
        person: who is told.
        screen: what is said, with its buttons.
        due_at: not before then; at once by default.
        turn: the turn whose answer it tells; 0 for none.
    """
    buttons = [[[one.label, encode(one.press)] for one in row] for row in screen.rows]
    payload = json.dumps({"html": screen.html, "rows": buttons, "turn": turn}, ensure_ascii=False)
    added = await asyncio.to_thread(services.notices.owe, key, person, payload, due_at)
    services.owed.set()
    return added


async def deliver(bot: Bot, services: Services) -> None:
    """Tell what is due, until cancelled."""
    post = _Post(bot, services)
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

    def __init__(self, bot: Bot, services: Services) -> None:
        self._bot = bot
        self._services = services
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
        except TelegramError as error:
            pause = _PAUSES[min(self._tried[notice.id], len(_PAUSES) - 1)]
            self._tried[notice.id] += 1
            log.info("notice put off", why=type(error).__name__, pause=str(pause))
            await asyncio.to_thread(notices.put_off, notice.id, pause)

    async def _show(self, notice: Notice) -> None:
        """Send the short line, unless it was sent, and put the words in its place."""
        services, payload = self._services, json.loads(notice.payload)
        message = notice.shown
        if message is None:
            language = await asyncio.to_thread(services.conversations.language, notice.person)
            line = Screen(html=words.NEWS[language or Language.VIETNAMESE])
            message = await say(self._bot, Spot(chat=notice.person), line)
            await asyncio.to_thread(services.notices.show, notice.id, message)
        if payload["turn"]:
            await asyncio.to_thread(services.conversations.show, payload["turn"], message)
        screen = Screen(html=payload["html"], rows=_rows(payload["rows"]))
        try:
            await show(self._bot, notice.person, message, screen)
        except BadRequest as error:
            if not is_gone(error):
                raise
            await say(self._bot, Spot(chat=notice.person), screen)


def _rows(kept: list[list[list[str]]]) -> tuple[tuple[Button, ...], ...]:
    """Return buttons as they were kept; those of a version with other buttons are left out."""
    found = [
        tuple(Button(label=label, press=press) for label, data in row if (press := decode(data)))
        for row in kept
    ]
    return tuple(row for row in found if row)
