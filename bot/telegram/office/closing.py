"""A gap is closed: its answer is in the library, its question in the self-test, its askers told."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from bot.library import curated
from bot.library.curated import Written
from bot.telegram.answered import turn_screen
from bot.telegram.context import Services
from bot.telegram.inert import inert
from bot.telegram.library.amending import amend
from bot.telegram.office.notices import Tell, owe
from bot.telegram.screens import Screen
from bot.telegram.staying import still_shown
from bot.texts import gaps as words
from knowledge.answering.gathering import gather, whole
from knowledge.catalogue import Did, Gap, GapState, Turn
from knowledge.catalogue.gaps import ANSWERED_LATER
from knowledge.model import Answer, Audience, Language, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """An answer that is to close a gap.

    Attributes:
        gap: its number.
        name: of who wrote it.
    """

    gap: int
    text: str
    name: str


async def publish(services: Services, admin: int, proposed: Proposed, language: Language) -> str:
    """Put an answer into the library, close its gap; return what to tell the admin, as HTML.

    Args:
        services: the parts of the bot.
        admin: who publishes it.
        proposed: the answer.
        language: of the interface.
    """
    gap = await asyncio.to_thread(services.gaps.find, proposed.gap)
    if gap is None or gap.state is not GapState.OPEN:
        return words.SETTLED[language]
    answer = Written(
        gap=gap.id,
        question=gap.question,
        text=proposed.text,
        name=proposed.name,
        day=services.assistant.today(),
    )
    why = await amend(services, partial(_ingest, services, answer), language)
    if why:
        return words.NOT_SAVED[language].format(why=why)
    told = await close(services, gap, admin, answer.text)
    return words.SAVED[language].format(
        title=inert(answer.title), told=words.TOLD[language].format(count=told or 0)
    )


def _ingest(services: Services, answer: Written) -> None:
    """Write an answer and ingest it; one that fails is not kept."""
    with curated.kept(services.home, answer) as file:
        services.changes.ingest([file], lambda _seen: None, prune=False).raise_failed()


async def close(services: Services, gap: Gap, admin: int, text: str = "") -> int | None:
    """Close a gap whose question is answered now; return how many people are told of it.

    None when it is not answered.
    """
    await asyncio.to_thread(gather, services.gaps, services.assistant.likeness())
    answer = await asyncio.to_thread(services.assistant.answer, gap.question)
    if answer.status is not Status.ANSWERED or not answer.citations:
        return None
    # all of this may be done again by the bot that follows one that was killed here
    await asyncio.to_thread(curated.accept, services.home, gap.id, gap.question, answer)
    gaps, told = services.gaps, 0
    answers = {Audience.ADMINS: answer}
    for turn in await asyncio.to_thread(_askers, services, gap, text):
        audience = services.access.audience(turn.person, private=True)
        if audience not in answers:
            answers[audience] = await asyncio.to_thread(
                services.assistant.answer, gap.question, (), audience
            )
        if answers[audience].status is Status.ANSWERED:
            told += await _tell(services, gap, turn, answers[audience], audience)
    if await asyncio.to_thread(gaps.settle, gap.id, GapState.ANSWERED, admin, text):
        await services.note(admin, Did.GAP_ANSWERED, f"#{gap.id}")
    return told


def _askers(services: Services, gap: Gap, text: str) -> list[Turn]:
    """Return a turn of each who asked in private and was not told these words by an officer."""
    turns = services.gaps.turns(gap.id)
    handed = services.handovers.all_of([turn.id for turn in turns])
    told = {one.turn for one in handed if text and one.answer == text}
    know = {turn.person for turn in turns if turn.id in told}
    private = (turn for turn in turns if turn.chat == turn.person)
    return list({turn.person: turn for turn in private if turn.person not in know}.values())


async def _tell(
    services: Services, gap: Gap, turn: Turn, answer: Answer, audience: Audience
) -> bool:
    """Owe the answer to one who asked, as an answer like others; False when it is owed already."""
    person, conversations = turn.person, services.conversations
    library = await asyncio.to_thread(services.assistant.library)
    key = f"{ANSWERED_LATER}{gap.id}:{person}"
    asked = unkept(gap, answer, turn)
    kept = await asyncio.to_thread(conversations.begin, key, asked=asked)
    if asked.answer is not None:
        await asyncio.to_thread(
            conversations.answer, kept.id, asked.answer, audience, library.generation
        )
    return await owe(services, key, person, Tell.ANSWER, [kept.id])


async def worded(services: Services, person: int, about: Sequence[int]) -> Screen | None:
    """Return what an asker is told now; None when they may not see it any more."""
    turn = await asyncio.to_thread(services.conversations.turn, about[0])
    library = await asyncio.to_thread(services.assistant.library)
    audience = services.access.audience(person, private=True)
    answer = still_shown(turn, audience, library) if turn is not None else None
    if turn is None or answer is None or not services.access.may_ask(person):
        return None
    language = await services.language_of(person)
    screen = turn_screen(replace(turn, answer=answer), language)
    return replace(screen, html=f"{words.FOR_ASKER[language]}\n\n{screen.html}")


def unkept(gap: Gap, answer: Answer, turn: Turn | None = None) -> Turn:
    """Return the turn that tells an answer to a gap, in the words in which somebody asked."""
    text = whole(turn) if turn is not None else gap.question
    question = replace(answer.question, text=text, understood=text)
    return Turn(
        chat=turn.chat if turn else 0,
        person=turn.person if turn else 0,
        message=turn.message if turn else 0,
        pressed=True,  # the question is shown too
        text=text,
        asked_at=datetime.now(UTC),
        answer=replace(answer, question=question),
    )
