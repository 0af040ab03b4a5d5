"""A question in, an answer out: a short first message that becomes the answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import structlog
from telegram import Bot, Chat, Message, MessageEntity, Update, User
from telegram.error import BadRequest

from bot import texts
from bot.telegram.context import Context, Services
from bot.telegram.delivery import Spot, say, show, typing
from bot.telegram.order import key_of
from bot.telegram.pace import QUESTIONS, Verdict
from bot.telegram.screens import Screen, Shown, answer_screen
from knowledge.catalogue import Conversations, Turn
from knowledge.model import Answer, Audience, Language
from knowledge.vietnamese.text import printed, search_key

log = structlog.get_logger(__name__)

LONGEST_QUESTION = 2_000  # characters; a question of the field has under 300
_LATE = timedelta(minutes=5)  # an answer later than this says why
_FORGOTTEN = timedelta(days=1)  # a question after this is no follow-up unless it replies

# The message that an error of this update is told in, if there is one already. The framework runs
# the error handler in the task of the update, so each update has its own.
first_message: ContextVar[int | None] = ContextVar("first_message", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question on its way to an answer.

    Attributes:
        key: of the update that asks.
        quote: the answer shows which message it answers.
    """

    key: str
    turn: Turn
    spot: Spot
    language: Language
    audience: Audience
    quote: bool = False


async def on_question(update: Update, context: Context) -> None:
    """Answer a text, a caption, a forwarded message; in a group only what is meant for the bot."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return
    text = question_in(message, context.bot.bot)
    if text is None:
        return
    services = context.services
    language = await services.language(user)
    spot = Spot(chat=message.chat_id, thread=thread_of(message))
    if len(text) > LONGEST_QUESTION:
        words = texts.TOO_LONG[language].format(count=len(text), most=LONGEST_QUESTION)
        await say(context.bot, replace(spot, reply_to=message.message_id), Screen(html=words))
        return
    group = message.chat.type != Chat.PRIVATE
    turn = Turn(
        chat=message.chat_id,
        person=user.id,
        message=message.message_id,
        pressed=False,
        text=text,
        asked_at=message.date,
        parent=await asyncio.to_thread(_parent, services.conversations, message, user),
    )
    asked = Asked(
        key=key_of(update),
        turn=turn,
        spot=spot,
        language=language,
        audience=services.audience(user, message.chat),
        quote=group or _is_late(message.date, datetime.now(UTC)),
    )
    if await may_ask(asked, context):
        await ask(asked, context)


async def ask(asked: Asked, context: Context) -> None:
    """Keep the question, show that it is worked on, answer it."""
    services, bot = context.services, context.bot
    async with _typing(bot, asked.spot):
        turn, history = await asyncio.to_thread(_begin, services.conversations, asked)
        thinking = asyncio.create_task(_think(services, asked, history))
        try:
            message = await _first(bot, services, asked, turn)
            answer = await thinking
        finally:
            thinking.cancel()
        await asyncio.to_thread(services.conversations.answer, turn.id, answer)
    await _deliver(asked, replace(turn, shown=message, answer=answer), context)


async def may_ask(asked: Asked, context: Context) -> bool:
    """Tell whether a person asks at a human pace; say so once when they do not."""
    verdict, seconds = context.services.pace.judge(asked.turn.person, asked.turn.asked_at)
    if verdict is Verdict.EXPLAIN:
        words = texts.SLOW_DOWN[asked.language].format(count=QUESTIONS, seconds=seconds)
        await say(context.bot, asked.spot, Screen(html=words))
    return verdict is Verdict.ANSWER


def _begin(conversations: Conversations, asked: Asked) -> tuple[Turn, tuple[str, ...]]:
    turn = conversations.begin(asked.key, asked=asked.turn)
    return turn, conversations.history(turn.parent)


async def _think(services: Services, asked: Asked, history: tuple[str, ...]) -> Answer:
    async with services.thinking:
        return await asyncio.to_thread(
            services.assistant.answer, asked.turn.text, history, asked.audience
        )


async def _first(bot: Bot, services: Services, asked: Asked, turn: Turn) -> int:
    """Return the message that will become the answer; an earlier process may have sent it."""
    message = turn.shown
    if message is None:
        reply_to = asked.turn.message if asked.quote else None
        words = texts.SEARCHING[asked.language]
        message = await say(bot, replace(asked.spot, reply_to=reply_to), Screen(html=words))
        await asyncio.to_thread(services.conversations.show, turn.id, message)
    first_message.set(message)
    return message


async def _deliver(asked: Asked, turn: Turn, context: Context) -> None:
    """Turn the first message into the answer; a deleted one is sent anew."""
    screen = turn_screen(replace(turn, answered_at=datetime.now(UTC)), asked.language)
    if turn.shown is None:
        return
    try:
        await show(context.bot, turn.chat, turn.shown, screen)
    except BadRequest as error:
        if "to edit not found" not in error.message.lower():
            raise
        message = await say(context.bot, asked.spot, screen)
        await asyncio.to_thread(context.services.conversations.show, turn.id, message)


def turn_screen(turn: Turn, language: Language, verdict: bool | None = None) -> Screen:  # noqa: FBT001
    """Return the screen of a turn that has its answer."""
    if turn.answer is None:
        return Screen(html=texts.SEARCHING[language])
    late = turn.answered_at is not None and _is_late(turn.asked_at, turn.answered_at)
    shown = Shown(
        turn=turn.id,
        language=language,
        echo=turn.pressed,
        late_since=turn.asked_at if late and not turn.pressed else None,
        verdict=verdict,
    )
    return answer_screen(turn.answer, shown)


def _is_late(asked: datetime, now: datetime) -> bool:
    return now - asked > _LATE


@asynccontextmanager
async def _typing(bot: Bot, spot: Spot) -> AsyncIterator[None]:
    shown = asyncio.create_task(typing(bot, spot.chat, spot.thread))
    try:
        yield
    finally:
        shown.cancel()
        with suppress(asyncio.CancelledError):
            await shown


# --- what is asked -----------------------------------------------------------------------------


def question_in(message: Message, bot: User) -> str | None:
    """Return what a message asks; None when it is not meant for the bot.

    In a group that is a message that mentions the bot or replies to it. A bare mention under
    somebody's message asks that message.
    """
    text = printed(message.text or message.caption or "")
    if message.chat.type == Chat.PRIVATE:
        return text
    mentions = _mentions(message, bot)
    if not mentions:
        return text if _is_reply_to(message, bot) else None
    for mention in mentions:
        text = text.replace(mention, " ", 1)
    text = text.strip(" \n\t,:;-–")
    if not search_key(text).strip() and message.reply_to_message is not None:
        above = message.reply_to_message
        return printed(above.text or above.caption or text)
    return text


def is_for(message: Message, bot: User) -> bool:
    """Tell whether a message is meant for the bot at all."""
    return question_in(message, bot) is not None


def _mentions(message: Message, bot: User) -> list[str]:
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    found = {**message.parse_entities(kinds), **message.parse_caption_entities(kinds)}
    name = f"@{bot.username}".lower()
    return [
        text
        for entity, text in found.items()
        if text.lower() == name or (entity.user is not None and entity.user.id == bot.id)
    ]


def _is_reply_to(message: Message, bot: User) -> bool:
    above = message.reply_to_message
    return above is not None and above.from_user is not None and above.from_user.id == bot.id


def thread_of(message: Message) -> int | None:
    """Return the topic of a message; None outside of one."""
    return message.message_thread_id if message.is_topic_message else None


def _parent(conversations: Conversations, message: Message, user: User) -> int | None:
    """Return the turn that a message follows: the one it replies to, else the person's last."""
    if message.reply_to_message is not None:
        turn = conversations.turn_at(message.chat_id, message.reply_to_message.message_id)
        if turn is not None:
            return turn.id
    turn = conversations.last_turn(message.chat_id, user.id, message.date - _FORGOTTEN)
    return turn.id if turn is not None else None
