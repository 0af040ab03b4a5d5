"""What officers and askers see of a question that was handed over."""

from __future__ import annotations

import asyncio

from bot.telegram.buttons import Act, Press
from bot.telegram.context import Services
from bot.telegram.inert import inert
from bot.telegram.lengths import cut
from bot.telegram.screens import VIETNAM, Button, Screen
from bot.telegram.staying import hidden_from, may_be_named
from bot.texts import handing as words
from bot.texts import in_chat
from knowledge.catalogue import Handover, HandoverState, Turn
from knowledge.model import Language

_LONGEST_QUESTION, _LONGEST_ANSWER = 1_000, 2_400


async def card(services: Services, turn: Turn, handed: Handover, viewer: int) -> Screen | None:
    """Return a card as an officer sees it; None for who is none, or may not see the question."""
    question = await question_for(services, turn, viewer)
    if viewer not in services.officers() or not question:
        return None
    language = await services.language_of(viewer)
    html = words.CARD[language].format(
        name=inert(handed.name),
        time=handed.asked_at.astimezone(VIETNAM).strftime("%H:%M %d/%m"),
        question=inert(question),
    )

    def button(label: dict[Language, str], word: str) -> tuple[tuple[Button, ...], ...]:
        press = Press(act=Act.HAND, turn=turn.id, word=word)
        return ((Button(label=label[language], press=press),),)

    if handed.state is HandoverState.WAITING:
        return Screen(html=html, rows=button(words.TAKE, "take"))
    officer = inert(await _officer(services, handed, language))
    if handed.state is HandoverState.ANSWERED:
        text = inert(cut(handed.answer, _LONGEST_ANSWER))
        told = words.ANSWERED[language].format(officer=officer, text=text)
        return Screen(html=f"{html}\n{told}")
    if handed.officer == viewer:
        rows = button(words.GIVE_BACK, "back")
        return Screen(html=f"{html}\n{words.TAKEN_BY_YOU[language]}", rows=rows)
    return Screen(html=f"{html}\n{words.TAKEN[language].format(officer=officer)}")


async def reply_screen(
    services: Services, turn: Turn, handed: Handover, *, verdict: bool | None = None
) -> Screen:
    """Return an officer's answer as the asker sees it."""
    language = await services.language_of(turn.person)
    question = await question_for(services, turn, turn.person) or words.ANOTHER_TIME[language]
    html = words.REPLY[language].format(
        officer=inert(await _officer(services, handed, language)),
        question=inert(cut(question, _LONGEST_QUESTION // 2)),
        text=inert(cut(handed.answer, _LONGEST_ANSWER)),
    )
    row = tuple(
        Button(
            label=f"{thumb} {in_chat.CHOSEN}" if verdict is given else thumb,
            press=Press(act=Act.HAND, turn=turn.id, word=word),
        )
        for thumb, word, given in (
            (in_chat.HELPFUL, "good", True),
            (in_chat.NOT_HELPFUL, "bad", False),
        )
    )
    return Screen(html=html, rows=(row,))


async def _officer(services: Services, handed: Handover, language: Language) -> str:
    member = await asyncio.to_thread(services.people.find, handed.officer or 0)
    return member.name if member is not None and member.name else words.SOMEBODY[language]


async def question_for(services: Services, turn: Turn, reader: int) -> str:
    """Return a question in whole, as far as somebody may read it; "" when they may not.

    A follow-up alone says nothing to an officer. But what a button asked, and what was carried over
    from earlier questions, is worded from documents: it is for those who may see them.
    """
    audience = services.access.audience(reader, private=True)
    library = await asyncio.to_thread(services.assistant.library)
    question = turn.answer.question if turn.answer is not None else None
    whole = question.understood if question is not None and question.carried else turn.text
    if not may_be_named(turn, audience, hidden_from(audience, library)):
        whole = "" if turn.pressed else turn.text
    return cut(whole, _LONGEST_QUESTION)
