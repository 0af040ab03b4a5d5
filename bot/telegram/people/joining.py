"""/start: a welcome, or in a closed bot a request to be let in, answered by admins with one tap."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import structlog
from telegram import Bot, Update
from telegram.error import TelegramError

from bot.telegram.commands import answer_with, set_menu_of, with_starters
from bot.telegram.commands import on_start as welcome
from bot.telegram.context import Context, Services
from bot.telegram.delivery import Spot, put, say
from bot.telegram.inert import inert
from bot.telegram.people.membership import Decided, name_of, shown_name
from bot.telegram.people.screens import decided_screen, request_screen
from bot.telegram.screens import Screen
from bot.texts import in_chat
from bot.texts import people as words
from knowledge.catalogue import Card, Did, Member, Membership

log = structlog.get_logger(__name__)


async def on_start(update: Update, context: Context) -> None:
    """Welcome who may ask; ask the admins about a newcomer, once."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return
    services = context.services
    if services.access.may_ask(user.id):
        await welcome(update, context)
        return
    language = await services.language(user)
    name = shown_name(user)
    fresh = await asyncio.to_thread(services.people.ask, user.id, name)
    asking = replace(services.access.member(user.id), name=name, membership=Membership.ASKED)
    services.access.remember(asking)
    form = words.REQUEST_SENT if fresh else words.REQUEST_WAITS
    await answer_with(message, context, Screen(html=form[language].format(name=inert(name))))
    if fresh:
        await services.note(user.id, Did.ASKED)
    await _ask_admins(services, context.bot, asking, user.username or "")


async def _ask_admins(services: Services, bot: Bot, member: Member, username: str) -> None:
    """Show a card to each admin who has none of this request yet."""
    shown = {chat for chat, _ in await asyncio.to_thread(services.people.cards, member.id)}
    for admin in sorted(services.access.admins - shown):
        screen = request_screen(member, username, await services.language_of(admin))
        try:
            message = await say(bot, Spot(chat=admin), screen)
        except TelegramError as error:  # an admin who never wrote to the bot has no chat yet
            log.info("request not shown to an admin", why=error.message)
            continue
        card = (admin, message)
        if not await asyncio.to_thread(services.people.add_card, member.id, card):
            await _close_cards(services, bot, services.access.member(member.id), [card])


async def close_request(services: Services, bot: Bot, member: Member) -> None:
    """Show on all cards of a request who decided it, and tell the newcomer.

    The cards are forgotten at the end only, so that what a process that died left undone is done
    when the press is worked on again. The caller holds `services.deciding`.
    """
    cards = await asyncio.to_thread(services.people.cards, member.id)
    await _close_cards(services, bot, member, cards)
    language = await services.language_of(member.id)
    if member.membership is not Membership.BLOCKED:
        screen = Screen(html=words.TURNED_DOWN[language])
        if member.role is not None:
            name = inert(name_of(member))
            head = words.WELCOME_IN[language].format(role=words.ROLES[member.role][language])
            hello = in_chat.WELCOME[language].format(name=name)
            screen = await with_starters(services, f"{head}\n\n{hello}", language)
        await tell(bot, member.id, screen)
    await asyncio.to_thread(services.people.forget_cards, member.id)


async def is_unfinished(services: Services, member: Member) -> bool:
    """Tell whether a request was decided by a process that died before it was told."""
    decided = member.membership is not Membership.ASKED
    return decided and bool(await asyncio.to_thread(services.people.cards, member.id))


async def follow_role(services: Services, bot: Bot, decided: Decided) -> None:
    """Bring a person's menu in line with the role, and tell who was not told by a request."""
    member = decided.member
    await set_menu_of(bot, member.id, services.access.role(member.id))
    role = services.access.role(member.id)
    if not decided.settled and role is not None:
        language = await services.language_of(member.id)
        named = words.ROLES[role][language]
        await tell(bot, member.id, Screen(html=words.ROLE_CHANGED[language].format(role=named)))


async def tell(bot: Bot, person: int, screen: Screen) -> None:
    """Say something to a person in private; one who does not want to hear it is left alone."""
    try:
        await say(bot, Spot(chat=person), screen)
    except TelegramError as error:
        log.info("a person was not told", why=error.message)


async def _close_cards(services: Services, bot: Bot, member: Member, cards: Sequence[Card]) -> None:
    access = services.access
    admin = name_of(access.member(member.decided_by)) if member.decided_by else ""
    for chat, message in cards:
        screen = decided_screen(member, admin, await services.language_of(chat))
        try:
            await put(bot, Spot(chat=chat), message, screen)
        except TelegramError as error:
            log.info("card of a request not edited", why=error.message)
