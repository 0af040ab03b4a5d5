"""Questions that a button asks: turns of the chat like those that are typed."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.telegram.asking import Asked, ask, may_ask
from bot.telegram.delivery import acknowledge
from bot.telegram.order import key_of
from bot.telegram.pressed import Pressed
from knowledge.catalogue import Turn


async def ask_pressed(
    pressed: Pressed, text: str, parent: int | None, *, into: int | None = None
) -> None:
    """Ask a question for the person who pressed.

    Args:
        pressed: the button.
        text: the question.
        parent: the turn that it follows; None for a whole question.
        into: a message of ours that becomes the answer; None for a new one.
    """
    await acknowledge(pressed.context.bot, pressed.query.id)
    turn = Turn(
        chat=pressed.spot.chat,
        person=pressed.query.from_user.id,
        message=pressed.message,
        pressed=True,
        text=text,
        asked_at=datetime.now(UTC),
        parent=parent,
    )
    asked = Asked(
        key=key_of(pressed.update),
        turn=turn,
        spot=pressed.spot,
        language=pressed.language,
        audience=pressed.audience,
        into=into,
    )
    if await may_ask(asked, pressed.context):
        await ask(asked, pressed.context)
