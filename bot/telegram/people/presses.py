"""Buttons about people: each word, who may press it, what it does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.telegram.people import auditing, privacy, users
from bot.telegram.people.membership import Decision
from bot.telegram.people.screens import AUDIT, FORGET, KEEP, LIST, OPEN, TO_CLOSED, TO_OPEN
from bot.telegram.pressed import Pressed
from bot.telegram.refusing import may_press, refuse_press
from bot.texts import in_chat

_Handler = Callable[[Pressed], Awaitable[None]]
_OF_EVERYBODY: dict[str, _Handler] = {FORGET: privacy.on_erase, KEEP: privacy.on_keep}
_OF_ADMINS: dict[str, _Handler] = {
    LIST: users.on_list,
    OPEN: users.on_open,
    TO_OPEN: users.on_switch,
    TO_CLOSED: users.on_switch,
    AUDIT: auditing.on_page,
    **{one.value: users.on_decision for one in Decision},
}


async def on_people(pressed: Pressed) -> None:
    """Do what a button about people asks for, for who may press it."""
    word = pressed.press.word
    if word in _OF_EVERYBODY:
        await _OF_EVERYBODY[word](pressed)
    elif word not in _OF_ADMINS:
        await refuse_press(pressed, in_chat.OLD_BUTTON)
    elif await may_press(pressed):
        await _OF_ADMINS[word](pressed)
