"""/start, /help, /language, the menu, and a kind word for what is no question."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    Chat,
    Message,
    Update,
    User,
)
from telegram.error import TelegramError

from bot.telegram.access import Access
from bot.telegram.asking import is_for, is_more_of_album, thread_of
from bot.telegram.context import Context, Services
from bot.telegram.delivery import Spot, say
from bot.telegram.inert import inert
from bot.telegram.screens import Screen, languages_screen, starters_screen
from bot.telegram.starters import offered
from bot.texts import in_chat, people
from knowledge.catalogue import Role
from knowledge.model import Language

log = structlog.get_logger(__name__)

_MORE_COMMANDS = {Role.ADMIN: in_chat.ADMIN_COMMANDS, Role.OFFICER: in_chat.OFFICER_COMMANDS}
_CODES = ((Language.VIETNAMESE, None), (Language.ENGLISH, "en"))  # Telegram's default first


async def on_start(update: Update, context: Context) -> None:
    """Say what the bot is, with questions to press."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return
    language = await context.services.language(user)
    name = inert(user.first_name.encode(errors="ignore").decode())
    await _with_starters(message, context, language, in_chat.WELCOME[language].format(name=name))


async def on_help(update: Update, context: Context) -> None:
    """Say what can be asked and how, with questions to press."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return
    language = await context.services.language(user)
    words = in_chat.HELP[language].format(username=context.bot.username)
    if not context.services.access.may_ask(user.id):
        words = f"{people.CLOSED[language]}\n\n{words}"
    if context.services.access.is_admin(user.id) and message.chat.type == Chat.PRIVATE:
        words = f"{in_chat.ADMIN_HELP[language]}\n\n{words}"
    await _with_starters(message, context, language, words)


async def on_language(update: Update, context: Context) -> None:
    """Offer the languages; "/language en" chooses at once."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return
    wanted = (context.args or [""])[0].lower()
    if wanted in set(Language):
        language = Language(wanted)
        await context.services.choose(user.id, language)
        screen = Screen(html=in_chat.LANGUAGE_CHOSEN[language])
    else:
        screen = languages_screen(await context.services.language(user))
    await answer_with(message, context, screen)


async def on_unknown_command(update: Update, context: Context) -> None:
    """Point to /help; a group may have other bots whose commands these are."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None or not _is_ours(message, context.bot.bot):
        return
    await _say_word(message, user, context, in_chat.UNKNOWN_COMMAND)


async def on_other(update: Update, context: Context) -> None:
    """Say kindly that only typed questions are understood."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None or not is_for(message, context.bot.bot):
        return
    if not is_more_of_album(message, context):
        await _say_word(message, user, context, in_chat.ONLY_TEXT)


async def set_menu(bot: Bot, access: Access) -> None:
    """Put the commands into Telegram's menu, in both languages; the office has more of them."""
    everyone = BotCommandScopeAllPrivateChats()
    for scope in (None, everyone):
        await _set(bot, scope, in_chat.COMMANDS)
    for person in access.officers | access.admins:
        await set_menu_of(bot, person, access.role(person))


async def set_menu_of(bot: Bot, person: int, role: Role | None) -> None:
    """Put the commands of a role into one person's menu; everybody's where there are no more."""
    scope = BotCommandScopeChat(person)
    more = _MORE_COMMANDS.get(role) if role else None
    if more:
        await _set(bot, scope, in_chat.COMMANDS | more)
        return
    for _, code in _CODES:
        with suppress(TelegramError):
            await bot.delete_my_commands(scope=scope, language_code=code)


async def _set(
    bot: Bot, scope: BotCommandScope | None, menu: Mapping[str, Mapping[Language, str]]
) -> None:
    for language, code in _CODES:
        commands = [BotCommand(name, words[language]) for name, words in menu.items()]
        try:
            await bot.set_my_commands(commands, scope=scope, language_code=code)
        except TelegramError as error:  # an admin who never wrote to the bot has no chat yet
            log.info("menu not set", why=error.message)


async def answer_with(message: Message, context: Context, screen: Screen) -> int:
    """Send a screen where a message came from; return the number of the message sent."""
    return await say(context.bot, spot_of(message), screen)


def spot_of(message: Message) -> Spot:
    """Return where to answer a message; in a group the answer shows what it answers."""
    group = message.chat.type != Chat.PRIVATE
    return Spot(
        chat=message.chat_id,
        thread=thread_of(message),
        reply_to=message.message_id if group else None,
    )


async def _with_starters(
    message: Message, context: Context, language: Language, words: str
) -> None:
    screen = Screen(html=words)
    if message.from_user and context.services.access.may_ask(message.from_user.id):
        screen = await with_starters(context.services, words, language)
    await answer_with(message, context, screen)


async def with_starters(services: Services, words: str, language: Language) -> Screen:
    """Return words with questions to press under them."""
    starters = await asyncio.to_thread(offered, services.assistant, language)
    if starters:
        words = f"{words}\n\n{in_chat.FOR_EXAMPLE[language]}"
    return starters_screen(words, starters)


async def _say_word(
    message: Message, user: User, context: Context, words: dict[Language, str]
) -> None:
    language = await context.services.language(user)
    await answer_with(message, context, Screen(html=words[language]))


def _is_ours(message: Message, bot: User) -> bool:
    """Tell whether a command is meant for this bot: in a group it must name it."""
    command = (message.text or message.caption or "").split()[0].lower()
    return message.chat.type == Chat.PRIVATE or command.endswith(f"@{bot.username}".lower())
