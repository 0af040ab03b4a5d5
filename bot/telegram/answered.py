"""The screen of a question that has its answer, when it is new and when it is looked at again."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.figures.figure_taps import Tap, lone_figure, taps
from bot.telegram.context import Services
from bot.telegram.office.cards import question_for
from bot.telegram.pressed import Pressed
from bot.telegram.screens import Hand, Screen, Shown, answer_screen
from bot.telegram.staying import still_shown
from bot.texts import in_chat
from knowledge.catalogue import Turn
from knowledge.model import Answer, Audience, Language, Reason, Status

_LATE = timedelta(minutes=5)  # an answer later than this says why
_HANDED = (Status.NOT_FOUND, Status.PARTIAL)


def turn_screen(
    turn: Turn,
    language: Language,
    *,
    verdict: bool | None = None,
    hand: Hand = Hand.NO,
    taps: Sequence[Tap] = (),
) -> Screen:
    """Return the screen of a turn that has its answer."""
    if turn.answer is None:
        return Screen(html=in_chat.SEARCHING[language])
    late = turn.answered_at is not None and is_late(turn.asked_at, turn.answered_at)
    shown = Shown(
        turn=turn.id,
        language=language,
        echo=turn.pressed,
        late_since=turn.asked_at if late and not turn.pressed else None,
        verdict=verdict,
        hand=hand,
        taps=tuple(taps),
        guided=turn.pressed and turn.shown == turn.message,
    )
    return answer_screen(turn.answer, shown)


async def hand_of(turn: Turn, services: Services, *, verdict: bool | None = None) -> Hand:
    """Return whether a question may be handed to the officers: a private one without an answer."""
    answer = turn.answer
    if answer is None or turn.chat != turn.person:
        return Hand.NO
    open_ = answer.status in _HANDED and answer.reason is not Reason.EMPTY_QUESTION
    if not open_ and (verdict is not False or answer.status is Status.REFUSED):
        return Hand.NO
    for officer in services.officers() - {turn.person}:
        if await question_for(services, turn, officer):
            handed = await asyncio.to_thread(services.handovers.find, turn.id)
            return Hand.OFFERED if handed is None else Hand.SENT
    return Hand.NO  # nobody is there who may read it


async def taps_of(turn: Turn, services: Services, audience: Audience) -> tuple[Tap, ...]:
    """Return what can be asked with a tap from an answer with one figure."""
    if turn.answer is None or lone_figure(turn.answer) is None:
        return ()
    library = await asyncio.to_thread(services.assistant.library)
    return await asyncio.to_thread(taps, library.seen_by(audience), turn.answer)


async def still(pressed: Pressed, turn: Turn) -> Answer | None:
    """Return the answer of a turn as who pressed may see it; None when it must be asked again."""
    library = await asyncio.to_thread(pressed.context.services.assistant.library)
    return still_shown(turn, pressed.audience, library)


async def shown_again(pressed: Pressed, turn: Turn) -> Screen | None:
    """Return the screen of an answer for who pressed; None when it must be asked again."""
    answer = await still(pressed, turn)
    if answer is None:
        return None
    services, verdict = pressed.context.services, None
    if pressed.private:
        person = pressed.query.from_user.id
        verdict = await asyncio.to_thread(services.conversations.verdict, turn.id, person)
    turn = replace(turn, answer=answer)
    hand = await hand_of(turn, services, verdict=verdict)
    offered = await taps_of(turn, services, pressed.audience)
    return turn_screen(turn, pressed.language, verdict=verdict, hand=hand, taps=offered)


def is_late(asked: datetime, now: datetime) -> bool:
    """Tell whether an answer comes so late that it must say what it answers."""
    return now - asked > _LATE
