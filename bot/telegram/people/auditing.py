"""/audit: who did what, when."""

from __future__ import annotations

import asyncio

from telegram import Update

from bot.telegram.commands import answer_with
from bot.telegram.context import Context, Services
from bot.telegram.people.membership import name_of
from bot.telegram.people.screens import DEEDS_ON_A_PAGE, audit_screen
from bot.telegram.pressed import Pressed
from bot.telegram.refusing import may_command
from bot.telegram.screens import Page, Screen
from knowledge.model import Language


async def on_audit(update: Update, context: Context) -> None:
    """Show the latest deeds."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None or not await may_command(message, user, context, "/audit"):
        return
    language = await context.services.language(user)
    await answer_with(message, context, await _page(context.services, 1, language))


async def on_page(pressed: Pressed) -> None:
    """Show another page of deeds."""
    page = max(pressed.press.page, 1)
    await pressed.replace_with(await _page(pressed.context.services, page, pressed.language))


async def _page(services: Services, page: int, language: Language) -> Screen:
    count = max(1, -(-await asyncio.to_thread(services.audit.count) // DEEDS_ON_A_PAGE))
    number = min(page, count)
    skip = (number - 1) * DEEDS_ON_A_PAGE
    deeds = await asyncio.to_thread(services.audit.latest, DEEDS_ON_A_PAGE, skip)

    def name(person: int) -> str:
        return name_of(services.access.member(person))

    return audit_screen(deeds, Page(number=number, count=count), name, language)
