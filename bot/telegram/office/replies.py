"""Replies to messages of ours that wait for one; every other reply is a question."""

from __future__ import annotations

import asyncio

from telegram import Chat, Message, Update

from bot.telegram.context import Context
from bot.telegram.office import checks, gaps, handing


async def takes_reply(update: Update, context: Context) -> bool:
    """Take a reply for what its message waits for; tell whether it waited."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None or message.reply_to_message is None:
        return False
    if message.chat.type != Chat.PRIVATE or message.text is None:
        return False
    if await handing.on_reply(update, context):
        return True
    what, number = await _expected(message, context)
    if what == gaps.EXPECTED:
        await gaps.on_reply(update, context, int(number))
    elif what == checks.EXPECTED:
        await checks.on_reply(update, context, number)
    return what in (gaps.EXPECTED, checks.EXPECTED)


async def _expected(message: Message, context: Context) -> tuple[str, str]:
    """Return what the message above waits for: "gap", and which one."""
    above = message.reply_to_message
    if above is None:
        return "", ""
    desk = context.services.desk
    what = await asyncio.to_thread(desk.expected, message.chat_id, above.message_id)
    kind, _, which = what.partition(":")
    return kind, which
