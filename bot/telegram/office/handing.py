"""A question handed to the officers: cards to all, one takes it, the asker gets the answer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import structlog
from telegram import Update, User
from telegram.error import TelegramError

from bot.telegram.answered import hand_of, shown_again
from bot.telegram.buttons import Act, Press
from bot.telegram.commands import answer_with
from bot.telegram.context import Context, Services
from bot.telegram.delivery import acknowledge, show
from bot.telegram.inert import inert
from bot.telegram.lengths import cut
from bot.telegram.office.cards import card, question_for, reply_screen
from bot.telegram.office.notices import Tell, owe
from bot.telegram.pressed import Pressed
from bot.telegram.refusing import refuse_press
from bot.telegram.screens import Button, Hand, Screen
from bot.texts import handing as words
from bot.texts import in_chat, people
from knowledge.catalogue import Did, Handover, Handovers, HandoverState, Turn
from knowledge.model import Language

log = structlog.get_logger(__name__)

_PATIENCE = timedelta(hours=24)  # then the officers are reminded, once
_CARD, _REMINDER = "hand", "wait"  # keys of the notices that are cards
_LONGEST_NAME = 60


async def on_press(pressed: Pressed) -> None:
    """Do what a button about a handed question asks for."""
    deed = _DEEDS.get(pressed.press.word)
    if deed is None:
        await pressed.tell(in_chat.OLD_BUTTON)
        return
    await deed(pressed)


# --- the asker ---------------------------------------------------------------------------------


async def _on_ask(pressed: Pressed) -> None:
    """Say what the officers will see, and let the asker agree."""
    turn = await _own(pressed)
    if turn is None:
        return
    handed = await asyncio.to_thread(_handovers(pressed).find, turn.id)
    if handed is not None:
        await pressed.tell(words.SENT_BEFORE)
        return
    question = await question_for(pressed.context.services, turn, turn.person)
    send = Button(
        label=words.SEND[pressed.language],
        press=Press(act=Act.HAND, turn=turn.id, word="send"),
    )
    back = Button(label=in_chat.BACK[pressed.language], press=Press(act=Act.ANSWER, turn=turn.id))
    html = words.CONFIRM[pressed.language].format(
        question=inert(question), name=inert(_name(pressed.query.from_user))
    )
    await pressed.replace_with(Screen(html=html, rows=((send,), (back,))))


async def _on_send(pressed: Pressed) -> None:
    turn = await _own(pressed)
    if turn is None:
        return
    services, person = pressed.context.services, pressed.query.from_user
    added = await asyncio.to_thread(_handovers(pressed).ask, turn.id, _name(person))
    handed = await asyncio.to_thread(_handovers(pressed).find, turn.id)
    if handed is not None:  # again when it was added before: what is owed already stays so
        await _call(services, turn, handed)
    if added:
        await services.note(person.id, Did.HANDED, f"#{turn.id}")
    await pressed.tell(words.SENT if added else words.SENT_BEFORE)
    screen = await shown_again(pressed, turn)
    if screen is not None:
        await pressed.put(screen)
    else:  # the library has changed since
        await pressed.put(Screen(html=words.SENT[pressed.language]))


async def _call(services: Services, turn: Turn, handed: Handover) -> None:
    """Owe every officer a card, and a reminder when nobody takes the question in time."""
    later = datetime.now(UTC) + _PATIENCE
    for officer in sorted(services.officers() - {turn.person}):
        if await card(services, turn, handed, officer) is None:
            continue
        key = f"{turn.id}:{officer}"
        await owe(services, f"{_CARD}:{key}", officer, Tell.CARD, [turn.id])
        await owe(services, f"{_REMINDER}:{key}", officer, Tell.REMINDER, [turn.id], due_at=later)


async def worded_card(services: Services, officer: int, about: Sequence[int]) -> Screen | None:
    """Return the card of a question as it stands now."""
    turn = await asyncio.to_thread(services.conversations.turn, about[0])
    handed = await asyncio.to_thread(services.handovers.find, about[0])
    return await card(services, turn, handed, officer) if turn and handed else None


async def worded_reminder(services: Services, officer: int, about: Sequence[int]) -> Screen | None:
    """Return the card of a question that nobody took in time."""
    screen = await worded_card(services, officer, about)
    if screen is None:
        return None
    waits = words.WAITS[await services.language_of(officer)]
    return replace(screen, html=f"{waits}\n\n{screen.html}")


async def worded_reply(services: Services, person: int, about: Sequence[int]) -> Screen | None:
    """Return an officer's answer for who asked."""
    turn = await asyncio.to_thread(services.conversations.turn, about[0])
    handed = await asyncio.to_thread(services.handovers.find, about[0])
    if turn is None or handed is None or turn.person != person:
        return None
    return await reply_screen(services, turn, handed)


async def _verdict(pressed: Pressed, turn: Turn) -> bool | None:
    conversations = pressed.context.services.conversations
    return await asyncio.to_thread(conversations.verdict, turn.id, turn.person)


async def _on_thumb(pressed: Pressed) -> None:
    """Keep what the asker says of an officer's answer."""
    services = pressed.context.services
    turn = await asyncio.to_thread(services.conversations.turn, pressed.press.turn)
    handed = await asyncio.to_thread(_handovers(pressed).find, pressed.press.turn)
    if turn is None or handed is None or handed.state is not HandoverState.ANSWERED:
        await pressed.tell(in_chat.OLD_BUTTON)
        return
    if turn.person != pressed.query.from_user.id or not pressed.private:
        await refuse_press(pressed)
        return
    helpful = pressed.press.word == "good"
    await asyncio.to_thread(_handovers(pressed).rate, turn.id, helpful=helpful)
    await acknowledge(pressed.context.bot, pressed.query.id, in_chat.THANKS[pressed.language])
    await pressed.put(await reply_screen(services, turn, handed, verdict=helpful))


async def _own(pressed: Pressed) -> Turn | None:
    """Return the turn of the presser; None, told and noted, when it is somebody else's."""
    turn, person = pressed.turn, pressed.query.from_user.id
    if turn is None or not pressed.private or turn.person != person:
        await refuse_press(pressed)
        return None
    verdict = await _verdict(pressed, turn)
    if await hand_of(turn, pressed.context.services, verdict=verdict) is Hand.NO:
        await pressed.tell(in_chat.OLD_BUTTON)
        return None
    if not await question_for(pressed.context.services, turn, person):
        await pressed.tell(people.ASK_AGAIN)
        return None
    return turn


# --- the officers ------------------------------------------------------------------------------


async def _on_take(pressed: Pressed) -> None:
    found = await _for_officer(pressed)
    if found is None:
        return
    turn, officer = found, pressed.query.from_user
    if await _taken(pressed.context.services, turn, officer):
        await acknowledge(pressed.context.bot, pressed.query.id)
    else:
        await pressed.tell(words.TOO_LATE)
    await _show_all(pressed.context, turn)


async def _taken(services: Services, turn: Turn, officer: User) -> bool:
    """Take a question for an officer; False when another one was quicker."""
    await asyncio.to_thread(services.people.rename, officer.id, _name(officer))
    handovers = services.handovers
    if not await asyncio.to_thread(handovers.take, turn.id, officer.id):
        return False
    await asyncio.to_thread(services.notices.cancel, f"{_REMINDER}:{turn.id}:")
    await services.note(officer.id, Did.TOOK, f"#{turn.id}")
    return True


async def _on_give_back(pressed: Pressed) -> None:
    turn, services = await _for_officer(pressed), pressed.context.services
    if turn is None:
        return
    person = pressed.query.from_user.id
    if await asyncio.to_thread(_handovers(pressed).give_back, turn.id, person):
        await services.note(person, Did.GAVE_BACK, f"#{turn.id}")
        await acknowledge(pressed.context.bot, pressed.query.id)
        handed = await asyncio.to_thread(_handovers(pressed).find, turn.id)
        if handed is not None:
            await _call(services, turn, handed)
    else:
        await pressed.tell(words.TOO_LATE)
    await _show_all(pressed.context, turn)


async def _for_officer(pressed: Pressed) -> Turn | None:
    """Return the turn that a card is about; None, told, when it is not for this person."""
    services, person = pressed.context.services, pressed.query.from_user.id
    if person not in services.officers() or not pressed.private:
        await refuse_press(pressed)
        return None
    turn = await asyncio.to_thread(services.conversations.turn, pressed.press.turn)
    handed = await asyncio.to_thread(_handovers(pressed).find, pressed.press.turn)
    if turn is None or handed is None:
        await pressed.tell(words.GONE)
        return None
    if not await question_for(services, turn, person):
        await refuse_press(pressed)
        return None
    return turn


async def on_reply(update: Update, context: Context) -> bool:
    """Pass an officer's reply to a card on to the asker; False when it replies to no card."""
    message, user = update.effective_message, update.effective_user
    above = message.reply_to_message if message is not None else None
    if message is None or user is None or above is None or not message.text:
        return False
    services = context.services
    notice = await asyncio.to_thread(services.notices.at, user.id, above.message_id)
    if notice is None or not notice.key.startswith((f"{_CARD}:", f"{_REMINDER}:")):
        return False
    language = await services.language(user)
    if user.id not in services.officers():
        await services.note(user.id, Did.REFUSED, "hand")
        await answer_with(message, context, Screen(html=in_chat.OLD_BUTTON[language]))
        return True
    turn = await asyncio.to_thread(services.conversations.turn, int(notice.key.split(":")[1]))
    said = words.GONE if turn is None else await _answered(context, turn, user, message.text)
    html = said[language]
    if turn is not None and said is words.PASSED_ON:
        handed = await asyncio.to_thread(services.handovers.find, turn.id)
        html = html.format(name=inert(handed.name if handed else ""))
    await answer_with(message, context, Screen(html=html))
    return True


async def _answered(context: Context, turn: Turn, officer: User, text: str) -> dict[Language, str]:
    """Keep an officer's answer and owe it to the asker; return what to say to the officer."""
    services, handovers = context.services, context.services.handovers
    await _taken(services, turn, officer)  # who answers what still waits takes it
    if not await asyncio.to_thread(handovers.answer, turn.id, officer.id, text):
        handed = await asyncio.to_thread(handovers.find, turn.id)
        if handed is None:
            return words.GONE
        return words.TOO_LATE if handed.officer == officer.id else words.NOT_YOURS
    await services.note(officer.id, Did.ANSWERED, f"#{turn.id}")
    handed = await asyncio.to_thread(handovers.find, turn.id)
    if handed is not None:
        await owe(services, f"answer:{turn.id}", turn.person, Tell.REPLY, [turn.id])
    await _show_all(context, turn)
    return words.PASSED_ON


async def _show_all(context: Context, turn: Turn) -> None:
    """Let every card about a question say how it stands now."""
    services = context.services
    handed = await asyncio.to_thread(services.handovers.find, turn.id)
    if handed is None:
        return
    for about in (f"{_CARD}:{turn.id}:", f"{_REMINDER}:{turn.id}:"):
        for notice in await asyncio.to_thread(services.notices.told, about):
            screen = await card(services, turn, handed, notice.person)
            if screen is None:
                continue
            try:
                await show(context.bot, notice.person, notice.shown or 0, screen)
            except TelegramError as error:  # the press is checked again whatever a card says
                log.info("card not changed", why=type(error).__name__)


def _name(user: User) -> str:
    return cut(user.full_name.encode(errors="ignore").decode(), _LONGEST_NAME)


def _handovers(pressed: Pressed) -> Handovers:
    return pressed.context.services.handovers


_DEEDS: dict[str, Callable[[Pressed], Awaitable[None]]] = {
    "ask": _on_ask,
    "send": _on_send,
    "good": _on_thumb,
    "bad": _on_thumb,
    "take": _on_take,
    "back": _on_give_back,
}
