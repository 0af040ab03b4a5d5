"""/users: who there is, with which role; an admin promotes, demotes, blocks, opens and closes."""

from __future__ import annotations

from telegram import Update

from bot.telegram.commands import answer_with
from bot.telegram.context import Context
from bot.telegram.delivery import acknowledge
from bot.telegram.people.joining import close_request, follow_role, is_unfinished
from bot.telegram.people.membership import Decided, Decision, decide, name_of, switch
from bot.telegram.people.screens import (
    TO_OPEN,
    decided_screen,
    found_screen,
    person_of,
    person_screen,
    users_screen,
)
from bot.telegram.pressed import Pressed
from bot.telegram.refusing import may_command
from bot.telegram.screens import Screen
from bot.texts import people as words
from knowledge.catalogue import Member, Membership


async def on_users(update: Update, context: Context) -> None:
    """List everybody; "/users lan" searches."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None or not await may_command(message, user, context, "/users"):
        return
    language = await context.services.language(user)
    wanted = " ".join(context.args or [])[:64]
    access = context.services.access
    if wanted:
        await answer_with(message, context, found_screen(access, wanted, language))
        return
    await answer_with(message, context, users_screen(access, 1, language))


async def on_list(pressed: Pressed) -> None:
    """Show a page of the list."""
    access = pressed.context.services.access
    await pressed.replace_with(users_screen(access, pressed.press.page, pressed.language))


async def on_open(pressed: Pressed) -> None:
    """Show one person."""
    person, access = person_of(pressed.press), pressed.context.services.access
    if all(one.id != person for one in access.everybody()):
        await pressed.tell(words.NOT_KNOWN)
        return
    screen = person_screen(access, person, pressed.press.item, pressed.language)
    await pressed.replace_with(screen)


async def on_switch(pressed: Pressed) -> None:
    """Open the bot to everybody, or close it."""
    services = pressed.context.services
    is_open = pressed.press.word == TO_OPEN
    if services.access.is_open is not is_open:
        await switch(services, pressed.query.from_user.id, is_open=is_open)
    await pressed.replace_with(users_screen(services.access, 1, pressed.language))


async def on_decision(pressed: Pressed) -> None:
    """Decide about a person, from the card of a request or from the list."""
    services, bot = pressed.context.services, pressed.context.bot
    person = person_of(pressed.press)
    if all(one.id != person for one in services.access.everybody()):
        await pressed.tell(words.NOT_KNOWN)
        return
    async with services.deciding:
        decided = await _decided_now(pressed, person)
    if decided is not None:
        await follow_role(services, bot, decided)


async def _decided_now(pressed: Pressed, person: int) -> Decided | None:
    """Decide and show it; None when nothing was decided, which is told."""
    services, bot = pressed.context.services, pressed.context.bot
    known, of_request = services.access.member(person), not pressed.press.item
    if of_request and known.membership is not Membership.ASKED:
        await pressed.tell(words.ALREADY_DECIDED)
        if await is_unfinished(services, known):
            await close_request(services, bot, known)
        await pressed.put(_card(pressed, known))
        return None
    decision = Decision(pressed.press.word)
    decided = await decide(services, pressed.query.from_user.id, person, decision)
    if decided.refusal is not None:
        await pressed.tell(decided.refusal)
        return None
    if of_request:
        await acknowledge(bot, pressed.query.id)  # the card is edited with the others
    else:
        item = pressed.press.item
        await pressed.replace_with(person_screen(services.access, person, item, pressed.language))
    if decided.settled:
        await close_request(services, bot, decided.member)
    return decided


def _card(pressed: Pressed, member: Member) -> Screen:
    """Return what the card of a request says now that somebody has decided."""
    access = pressed.context.services.access
    admin = name_of(access.member(member.decided_by)) if member.decided_by else ""
    return decided_screen(member, admin, pressed.language)
