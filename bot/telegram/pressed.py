"""A button that was pressed, with all that is known of the moment."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import CallbackQuery, Update

from bot.telegram.buttons import Press
from bot.telegram.context import Context
from bot.telegram.delivery import Spot, acknowledge, put
from bot.telegram.screens import Screen, Shown
from knowledge.catalogue import Turn
from knowledge.model import Audience, Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A button that was pressed, with all that is known of the moment."""

    update: Update
    context: Context
    query: CallbackQuery
    press: Press
    spot: Spot
    message: int
    language: Language
    audience: Audience
    turn: Turn | None

    async def tell(self, words: dict[Language, str]) -> None:
        """Tell the person something in a window over the chat."""
        await acknowledge(self.context.bot, self.query.id, words[self.language], alert=True)

    async def replace_with(self, screen: Screen) -> None:
        """Stop the clock on the button and put a screen in the place of its message."""
        await acknowledge(self.context.bot, self.query.id)
        await self.put(screen)

    async def put(self, screen: Screen) -> None:
        """Put a screen in the place of the button's message; one that is gone is sent anew."""
        await put(self.context.bot, self.spot, self.message, screen)

    @property
    def private(self) -> bool:
        """Whether nobody else sees the message; in a group a mark would be everybody's."""
        return self.query.from_user.id == self.spot.chat

    @property
    def by_admin(self) -> bool:
        """Whether an admin pressed it where nobody else sees what comes of it."""
        return self.private and self.context.services.access.is_admin(self.query.from_user.id)

    @property
    def shown(self) -> Shown:
        """What screens need to know of the answer."""
        return Shown(turn=self.press.turn, language=self.language)
