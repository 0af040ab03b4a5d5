"""A question in, an answer out: a short first message that becomes the answer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog
from telegram import Bot, Chat, Message, MessageEntity, Update, User
from telegram.error import BadRequest

from bot.telegram.answered import hand_of, is_late, taps_of, turn_screen
from bot.telegram.context import Context, Services
from bot.telegram.delivery import Spot, is_gone, say, show, sketch, typing
from bot.telegram.lengths import UTF_16
from bot.telegram.order import key_of
from bot.telegram.pace import QUESTIONS, Verdict
from bot.telegram.screens import Screen, Shown, told_screen
from bot.telegram.writing import put_in_whole, told
from bot.texts import in_chat
from knowledge.catalogue import Conversations, Turn
from knowledge.model import Answer, Audience, Language
from knowledge.vietnamese.text import printed

log = structlog.get_logger(__name__)

LONGEST_QUESTION = 2_000  # characters; a question of the field has under 300
_FORGOTTEN = timedelta(hours=8)  # a working day; later, only a reply is a follow-up

# The message that an error of this update is told in, if there is one already. The framework runs
# the error handler in the task of the update, so each update has its own.
first_message: ContextVar[int | None] = ContextVar("first_message", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question on its way to an answer.

    Attributes:
        key: of the update that asks.
        into: a message of ours that becomes the answer; None for a new one.
    """

    key: str
    turn: Turn
    spot: Spot
    language: Language
    audience: Audience
    into: int | None = None


async def on_question(update: Update, context: Context) -> None:
    """Answer a text, a caption, a forwarded message; in a group only what is meant for the bot."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return
    text = question_in(message, context.bot.bot)
    if text is None:
        return
    is_more_of_album(message, context)  # so that its other pictures get no word of their own
    services = context.services
    language = await services.language(user)
    spot = Spot(
        chat=message.chat_id,
        thread=thread_of(message),
        reply_to=message.message_id if _wants_reply(message) else None,
    )
    if len(text) > LONGEST_QUESTION:
        words = in_chat.too_long(len(text), LONGEST_QUESTION, language)
        await say(context.bot, replace(spot, reply_to=message.message_id), Screen(html=words))
        return
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
    )
    if await may_ask(asked, context):
        await ask(asked, context)


async def ask(asked: Asked, context: Context) -> None:
    """Keep the question, show that it is worked on, answer it."""
    services, bot, started = context.services, context.bot, time.monotonic()
    async with _typing(bot, asked.spot):
        turn, history, generation = await asyncio.to_thread(_begin, services, asked)
        thinking = asyncio.create_task(_think(services, asked, history))
        try:
            message = await _first(bot, services, asked, turn)
            found = await thinking
        finally:
            thinking.cancel()
            await asyncio.wait({thinking})
        answer = await told(services, found, partial(_sketch, context, asked, turn, message))
        seconds = time.monotonic() - started
        await asyncio.to_thread(
            services.conversations.answer,
            turn.id,
            answer,
            asked.audience,
            generation,
            latency_ms=round(1000 * seconds),
        )
    await _deliver(
        asked,
        replace(turn, answer=answer, audience=asked.audience, shown=message),
        message,
        context,
    )
    services.metrics.answered(answer.status, time.monotonic() - started)


async def may_ask(asked: Asked, context: Context) -> bool:
    """Tell whether a person asks at a human pace; say so once when they do not."""
    verdict, seconds = context.services.pace.judge(asked.turn.person, asked.turn.asked_at)
    if verdict is Verdict.EXPLAIN:
        words = in_chat.SLOW_DOWN[asked.language].format(count=QUESTIONS, seconds=seconds)
        await say(context.bot, asked.spot, Screen(html=words))
    return verdict is Verdict.ANSWER


def _begin(services: Services, asked: Asked) -> tuple[Turn, tuple[str, ...], int]:
    """Keep the question; return it, what it may follow, and the generation that answers at least.

    Words of a button came from the documents: they lead on only while those may be seen.
    """
    conversations = services.conversations
    turn = conversations.begin(asked.key, asked=asked.turn)
    generation, seen = services.assistant.library().generation, asked.audience.sees()

    def is_open(earlier: Turn) -> bool:
        unchanged = earlier.generation == generation and earlier.audience in seen
        return unchanged or not earlier.pressed

    return turn, conversations.history(turn.parent, is_open), generation


async def _think(services: Services, asked: Asked, history: tuple[str, ...]) -> Answer:
    text, audience = asked.turn.text, asked.audience
    whole = await put_in_whole(services, text, history, audience)
    async with services.thinking:
        return await asyncio.to_thread(
            services.assistant.answer_whole, text, whole, history, audience
        )


async def _first(bot: Bot, services: Services, asked: Asked, turn: Turn) -> int:
    """Return the message that will become the answer; an earlier process may have sent it."""
    message = turn.shown
    if message is None:
        words = in_chat.SEARCHING[asked.language]
        message = asked.into or await say(bot, asked.spot, Screen(html=words))
        await asyncio.to_thread(services.conversations.show, turn.id, message)
    first_message.set(message)
    return message


async def _sketch(context: Context, asked: Asked, turn: Turn, message: int, so_far: Answer) -> None:
    """Show an answer while it is being written; one that is not seen so is seen at the end."""
    shown = Shown(turn=turn.id, language=asked.language, echo=turn.pressed)
    await sketch(context.bot, turn.chat, message, told_screen(so_far, shown))


async def _deliver(asked: Asked, turn: Turn, first: int, context: Context) -> None:
    """Turn the first message into the answer; a deleted one is sent anew and edited again."""
    hand = await hand_of(turn, context.services)
    taps = await taps_of(turn, context.services, asked.audience)
    told = replace(turn, answered_at=datetime.now(UTC))
    screen = turn_screen(told, asked.language, hand=hand, taps=taps)
    try:
        await show(context.bot, turn.chat, first, screen)
    except BadRequest as error:
        if not is_gone(error):
            raise
        anew = replace(asked, into=None)
        message = await _first(context.bot, context.services, anew, replace(turn, shown=None))
        await show(context.bot, turn.chat, message, screen)


def _wants_reply(message: Message) -> bool:
    """Tell whether an answer shows what it answers: among others' messages, and when it is late."""
    return message.chat.type != Chat.PRIVATE or is_late(message.date, datetime.now(UTC))


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
    if message.chat.type == Chat.PRIVATE:
        return _words(message)
    mentions = _mentions(message, bot)
    if not mentions:
        return _words(message) if _is_reply_to(message, bot) else None
    text = _words(message, without=mentions).strip(" \n\t,:;-–")
    above = message.reply_to_message
    bare = not any(letter.isalnum() for letter in text)
    if bare and above is not None and not _is_reply_to(message, bot):
        return _words(above)
    return text


def _words(message: Message, without: Sequence[MessageEntity] = ()) -> str:
    """Return what a message says, as printed, without some of its entities."""
    units = _units(message)
    for entity in sorted(without, key=lambda one: -one.offset):
        place = _place(entity)
        units = units[: place.start] + " ".encode(UTF_16) + units[place.stop :]
    return printed(units.decode(UTF_16, "ignore"))  # half an emoji is no letter


def is_for(message: Message, bot: User) -> bool:
    """Tell whether a message is meant for the bot at all."""
    return question_in(message, bot) is not None


def _mentions(message: Message, bot: User) -> list[MessageEntity]:
    units, name = _units(message), f"@{bot.username}".lower()

    def names_bot(entity: MessageEntity) -> bool:
        if entity.type == MessageEntity.TEXT_MENTION:
            return entity.user is not None and entity.user.id == bot.id
        text = units[_place(entity)].decode(UTF_16, "ignore")
        return entity.type == MessageEntity.MENTION and text.lower() == name

    return [one for one in (*message.entities, *message.caption_entities) if names_bot(one)]


def _units(message: Message) -> bytes:
    return (message.text or message.caption or "").encode(UTF_16, "surrogatepass")


def _place(entity: MessageEntity) -> slice:
    return slice(2 * entity.offset, 2 * (entity.offset + entity.length))


def _is_reply_to(message: Message, bot: User) -> bool:
    above = message.reply_to_message
    return above is not None and above.from_user is not None and above.from_user.id == bot.id


def is_more_of_album(message: Message, context: Context) -> bool:
    """Tell whether the album that a message belongs to had its word already; note that it has."""
    album, data = message.media_group_id, context.chat_data
    if album is None or data is None:
        return False
    seen = data.get("album") == album
    data["album"] = album
    return seen


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
