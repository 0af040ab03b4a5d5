"""One message that tells how far a change has come, and then how it ended."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

import structlog
from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.library.jobs import Seen
from bot.telegram.asking import first_message
from bot.telegram.delivery import Spot, is_gone, say, show
from bot.telegram.inert import inert
from bot.telegram.screens import Screen
from bot.texts import in_chat
from bot.texts import publishing as words_of
from knowledge.model import Language

log = structlog.get_logger(__name__)

_BETWEEN_EDITS_S = 1.2  # Telegram refuses more than about one edit a second in a chat


@dataclass(slots=True)
class Card:
    """One message, edited with the progress of a change and then with its end.

    Attributes:
        message: its number; 0 before it was sent.
        head: stands in front of whatever progress is told.
    """

    bot: Bot
    spot: Spot
    language: Language
    message: int = 0
    head: str = ""
    _seen: str = ""
    _edited: float = field(default=-_BETWEEN_EDITS_S)  # time of the loop of the last edit

    async def open(self, words: str) -> None:
        """Show that something was begun."""
        text = f"{words}\n{in_chat.STILL_ANSWERING[self.language]}"
        if self.message:
            await self.put(Screen(html=text))
        else:
            self.message = await say(self.bot, self.spot, Screen(html=text))
        first_message.set(self.message)

    def see(self, seen: Seen) -> None:
        """Take what was done, from the thread that watches the change."""
        self._seen = self._form(seen)[self.language].format(
            done=seen.done, count=seen.count, name=inert(seen.name)
        )

    @staticmethod
    def _form(seen: Seen) -> dict[Language, str]:
        if seen.asks:
            return words_of.TESTING
        return in_chat.UPDATING_READ if seen.name else in_chat.UPDATING_EMBED

    async def follow(self, job: asyncio.Task[Any]) -> None:
        """Show what was seen until the change is over; returns then, whatever came of it."""
        told = ""
        while not job.done():
            await asyncio.wait({job}, timeout=_BETWEEN_EDITS_S)
            if self._seen != told and not job.done():
                told = self._seen
                await self.update(told)

    async def update(self, words: str) -> None:
        """Show progress; a message that cannot be edited does not stop the change."""
        parts = (self.head, words, in_chat.STILL_ANSWERING[self.language])
        html = "\n".join(part for part in parts if part)
        try:
            await show(self.bot, self.spot.chat, self.message, Screen(html=html))
        except TelegramError as error:
            log.info("progress not shown", why=type(error).__name__)
        self._edited = asyncio.get_running_loop().time()

    async def close(self, screen: Screen) -> None:
        """Show the end; in a new message if this one was deleted."""
        now = asyncio.get_running_loop().time()
        await asyncio.sleep(max(0.0, self._edited + _BETWEEN_EDITS_S - now))
        await self.put(screen)
        self._edited = asyncio.get_running_loop().time()

    async def put(self, screen: Screen) -> None:
        """Show a screen in this message, or in a new one, which is the card from then on."""
        try:
            await show(self.bot, self.spot.chat, self.message, screen)
        except BadRequest as error:
            if not is_gone(error):
                raise
            self.message = await say(self.bot, self.spot, screen)
