"""/gaps: what was not answered; an admin answers it or adds a document, the askers are told."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from telegram import Update, User

from bot.library import curated
from bot.telegram.answered import turn_screen
from bot.telegram.behind import behind
from bot.telegram.commands import answer_with, spot_of
from bot.telegram.context import Context, Services
from bot.telegram.delivery import put
from bot.telegram.inert import inert
from bot.telegram.office import closing
from bot.telegram.office.closing import Proposed
from bot.telegram.office.gap_screens import ByOfficer, button, gap_screen, list_screen
from bot.telegram.pressed import Pressed
from bot.telegram.refusing import may_command, may_press
from bot.telegram.screens import Button, Screen
from bot.texts import gaps as words
from bot.texts import in_chat
from knowledge.answering.gathering import gather, whole
from knowledge.catalogue import Did, Gap, GapState, HandoverState, Turn
from knowledge.model import Status
from knowledge.vietnamese.text import search_key

EXPECTED = "gap"  # what a reply is about, in front of the number of the gap


async def on_gaps(update: Update, context: Context) -> None:
    """List the questions without an answer, most asked first."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None or not await may_command(message, user, context, "/gaps"):
        return
    language = await context.services.language(update.effective_user)
    gaps = await asyncio.to_thread(_gathered, context.services)
    await answer_with(message, context, list_screen(gaps, 1, language))


async def on_press(pressed: Pressed) -> None:
    """Do what a button about a gap asks for."""
    deed = _DEEDS.get(pressed.press.word)
    if not await may_press(pressed):
        return
    if deed is None:
        await pressed.tell(in_chat.OLD_BUTTON)
        return
    await deed(pressed)


def _gathered(services: Services) -> Sequence[Gap]:
    gaps = services.gaps
    gather(gaps, services.assistant.likeness())
    return gaps.all(GapState.OPEN)


async def _on_list(pressed: Pressed) -> None:
    gaps = await asyncio.to_thread(_gathered, pressed.context.services)
    await pressed.replace_with(list_screen(gaps, pressed.press.page, pressed.language))


async def _on_open(pressed: Pressed) -> None:
    gap = await _open_gap(pressed)
    if gap is None:
        return
    services = pressed.context.services
    turns = await asyncio.to_thread(services.gaps.turns, gap.id)
    by_officer = await asyncio.to_thread(_by_officer, services, turns)
    phrasings = list({search_key(whole(one)): whole(one) for one in turns}.values())
    await asyncio.to_thread(services.desk.no_more, pressed.spot.chat, pressed.message)
    await pressed.replace_with(
        gap_screen(gap, phrasings, by_officer, pressed.press, pressed.language)
    )


async def _open_gap(pressed: Pressed) -> Gap | None:
    """Return the gap that a button is about; None, told, when it is not open any more."""
    gaps = pressed.context.services.gaps
    gap = await asyncio.to_thread(gaps.find, pressed.press.turn)
    if gap is None:
        await pressed.tell(in_chat.OLD_BUTTON)
        return None
    if gap.state is not GapState.OPEN:
        await pressed.tell(words.SETTLED)
        return None
    return gap


def _by_officer(services: Services, turns: Sequence[Turn]) -> ByOfficer | None:
    """Return the latest answer that an officer gave to one of those who asked."""
    for one in services.handovers.all_of([turn.id for turn in turns]):
        if one.state is HandoverState.ANSWERED and one.officer is not None:
            member = services.people.find(one.officer)
            return ByOfficer(turn=one.turn, name=member.name if member else "", text=one.answer)
    return None


# --- an answer that is written -----------------------------------------------------------------


async def _on_write(pressed: Pressed) -> None:
    """Ask for the answer, as a reply to this message."""
    gap = await _open_gap(pressed)
    if gap is None:
        return
    desk = pressed.context.services.desk
    what = f"{EXPECTED}:{gap.id}"
    await asyncio.to_thread(desk.expect, pressed.spot.chat, pressed.message, what)
    html = _bounds(words.HOW_TO_WRITE[pressed.language], question=inert(gap.question))
    back = button(words.BACK_TO_GAP, gap.id, "open", pressed.press.page, pressed.language)
    await pressed.replace_with(Screen(html=html, rows=((back,),)))


async def on_reply(update: Update, context: Context, gap: int) -> None:
    """Take an admin's reply as the answer to a gap."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None or not await may_command(message, user, context, "/gaps"):
        return
    text, language = message.text or "", await context.services.language(user)
    if not curated.is_whole(text):
        html = _bounds(words.WRITTEN_BADLY[language])
        await answer_with(message, context, Screen(html=html))
        return
    card = await answer_with(message, context, Screen(html=words.SAVING[language]))
    proposed = Proposed(gap=gap, text=text, name=_named(user))

    async def work() -> None:
        html = await closing.publish(context.services, user.id, proposed, language)
        await put(context.bot, spot_of(message), card, Screen(html=html))

    behind(work(), update, context)


async def _on_use(pressed: Pressed) -> None:
    """Let an officer's answer to one of the askers be everybody's."""
    gap, services = await _open_gap(pressed), pressed.context.services
    if gap is None:
        return
    turns = await asyncio.to_thread(services.gaps.turns, gap.id)
    by_officer = await asyncio.to_thread(_by_officer, services, turns)
    if by_officer is None:
        await pressed.tell(in_chat.OLD_BUTTON)
        return
    if not curated.is_whole(by_officer.text):
        html = _bounds(words.WRITTEN_BADLY[pressed.language])
        await pressed.replace_with(Screen(html=html))
        return
    await pressed.replace_with(Screen(html=words.SAVING[pressed.language]))
    admin = pressed.query.from_user
    name = by_officer.name or _named(admin)
    proposed = Proposed(gap=gap.id, text=by_officer.text, name=name)

    async def work() -> None:
        html = await closing.publish(services, admin.id, proposed, pressed.language)
        await pressed.put(Screen(html=html))

    behind(work(), pressed.update, pressed.context)


def _named(user: User) -> str:
    return user.full_name.encode(errors="ignore").decode()  # halves of pairs cannot be written


def _bounds(form: str, **more: str) -> str:
    return form.format(fewest=curated.FEWEST_WORDS, most=curated.MOST_LETTERS, **more)


# --- a document that was added -----------------------------------------------------------------


async def _on_added(pressed: Pressed) -> None:
    """Ask the question again, and show what is answered now."""
    gap, language = await _open_gap(pressed), pressed.language
    if gap is None:
        return
    services = pressed.context.services
    async with services.thinking:
        answer = await asyncio.to_thread(services.assistant.answer, gap.question)
    back = button(words.BACK_TO_GAP, gap.id, "open", pressed.press.page, language)
    if answer.status is not Status.ANSWERED:
        await pressed.replace_with(Screen(html=words.STILL_NOT[language], rows=((back,),)))
        return
    shown = turn_screen(closing.unkept(gap, answer), language).html
    right = button(words.RIGHT_NOW, gap.id, "right", pressed.press.page, language)
    html = f"{words.NOW_ANSWERED[language]}\n\n{shown}"
    await pressed.replace_with(Screen(html=html, rows=((right,), (back,))))


async def _on_right(pressed: Pressed) -> None:
    """Close a gap whose question is answered now, and tell those who asked."""
    gap = await _open_gap(pressed)
    if gap is None:
        return
    services, admin = pressed.context.services, pressed.query.from_user
    told = await closing.close(services, gap, admin.id)
    if told is None:
        back = button(words.BACK_TO_GAP, gap.id, "open", pressed.press.page, pressed.language)
        html = words.STILL_NOT[pressed.language]
        await pressed.replace_with(Screen(html=html, rows=((back,),)))
        return
    html = words.CLOSED_BY_DOCUMENT[pressed.language].format(
        told=words.TOLD[pressed.language].format(count=told)
    )
    await pressed.replace_with(Screen(html=html, rows=((_list(pressed),),)))


async def _on_skip(pressed: Pressed) -> None:
    gap = await _open_gap(pressed)
    if gap is None:
        return
    services, admin = pressed.context.services, pressed.query.from_user.id
    gaps = services.gaps
    if await asyncio.to_thread(gaps.settle, gap.id, GapState.CLOSED, admin):
        await services.note(admin, Did.GAP_SKIPPED, f"#{gap.id}")
    html = words.SKIPPED[pressed.language]
    await pressed.replace_with(Screen(html=html, rows=((_list(pressed),),)))


def _list(pressed: Pressed) -> Button:
    return button(words.LIST, 0, "list", pressed.press.page, pressed.language)


_DEEDS: dict[str, Callable[[Pressed], Awaitable[None]]] = {
    "list": _on_list,
    "open": _on_open,
    "write": _on_write,
    "use": _on_use,
    "added": _on_added,
    "right": _on_right,
    "skip": _on_skip,
}
