"""Buttons: sources, whole articles, files, suggestions, thumbs. They work after a restart too."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path

from telegram import InputFile, Message, Update

from bot.saying import in_force
from bot.saying.render import sources, titled
from bot.telegram.answered import shown_again, still
from bot.telegram.asking import thread_of
from bot.telegram.buttons import Act, decode
from bot.telegram.context import Context
from bot.telegram.delivery import Spot, acknowledge
from bot.telegram.figures import guiding
from bot.telegram.figures.taking import on_chart, on_table
from bot.telegram.library.documents import on_documents
from bot.telegram.library.draft_presses import on_draft
from bot.telegram.library.shelf import on_shelf
from bot.telegram.office import checks, following, gaps, handing
from bot.telegram.paging import pages
from bot.telegram.people.presses import on_people
from bot.telegram.pressed import Pressed
from bot.telegram.pressed_questions import ask_pressed
from bot.telegram.screens import Opened, Page, Screen, page_screen, source_screen
from bot.telegram.starters import starter
from bot.texts import in_chat, people
from knowledge.catalogue import Did
from knowledge.model import Citation, Language
from knowledge.search.library import Library

# Acts whose turn is that of the chat; a card of the office may be about a turn of another.
_UNDER_ANSWERS = frozenset(
    (
        Act.ANSWER,
        Act.SOURCE,
        Act.PAGE,
        Act.FILE,
        Act.CHART,
        Act.TABLE,
        Act.SUGGESTION,
        Act.HELPFUL,
        Act.NOT_HELPFUL,
    )
)


async def on_press(update: Update, context: Context) -> None:
    """Do what a button asks for; an old or a forged one is told kindly that it cannot be done."""
    query = update.callback_query
    if query is None:
        return
    services = context.services
    language = await services.language(query.from_user)
    press = decode(query.data or "")
    if press is None or query.message is None:
        await services.note(query.from_user.id, Did.REFUSED, "[?]")
        words = in_chat.OLD_BUTTON[language]
        await acknowledge(context.bot, query.id, words, alert=True)
        return
    message = query.message
    turn = await asyncio.to_thread(services.conversations.turn, press.turn) if press.turn else None
    if turn is not None and turn.chat != message.chat.id:
        if press.act in _UNDER_ANSWERS:
            await services.note(query.from_user.id, Did.REFUSED, f"[{press.act.name.lower()}]")
        turn = None
    if turn is not None and turn.answer is None:
        turn = None
    pressed = Pressed(
        update=update,
        context=context,
        query=query,
        press=press,
        spot=Spot(
            chat=message.chat.id,
            thread=thread_of(message) if isinstance(message, Message) else None,
        ),
        message=message.message_id,
        language=language,
        audience=services.audience(query.from_user, message.chat),
        turn=turn,
    )
    await _ACTS[press.act](pressed)


# --- the answer and its sources ----------------------------------------------------------------


async def _on_answer(pressed: Pressed) -> None:
    turn = pressed.turn
    if turn is None:
        await pressed.tell(in_chat.OLD_BUTTON)
        return
    screen = await shown_again(pressed, turn)
    if screen is None:
        await pressed.tell(people.ASK_AGAIN)
        return
    await pressed.replace_with(screen)


async def _on_source(pressed: Pressed) -> None:
    found = await _found(pressed)
    if found is not None:
        text, offset = found.text[found.start : found.end], found.quote - found.start
        span = (offset, offset + len(found.opened.citation.quote))
        await pressed.replace_with(source_screen(found.opened, text, span))


async def _on_page(pressed: Pressed) -> None:
    found = await _found(pressed)
    if found is None:
        return
    text = found.text[found.start : found.end]
    cut = pages(text)
    number = pressed.press.page
    if not number:  # an article from its beginning, a long document where the quotation stands
        here = found.quote - found.start
        number = 1 if found.heading else 1 + sum(end <= here for _, end in cut)
    number = min(number, len(cut))
    start, end = cut[number - 1]
    page = Page(number=number, count=len(cut))
    await pressed.replace_with(page_screen(found.opened, found.heading, text[start:end], page))


async def _on_file(pressed: Pressed) -> None:
    cited = await _cited(pressed)
    if cited is None:
        return
    library, opened = cited
    citation, services = opened.citation, pressed.context.services
    document = library.documents[citation.document]
    data = await asyncio.to_thread(_bytes, services.originals / document.sha256)
    if data is None:
        await pressed.tell(in_chat.FILE_GONE)
        return
    bot = pressed.context.bot
    await acknowledge(bot, pressed.query.id, in_chat.SENDING_FILE[pressed.language])
    await bot.send_document(
        pressed.spot.chat,
        InputFile(data, filename=citation.source),
        caption=titled(citation)[:1000],
        message_thread_id=pressed.spot.thread,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A source in the live library: offsets are in the document's text."""

    opened: Opened
    text: str
    quote: int
    start: int
    end: int
    heading: str


async def _cited(pressed: Pressed) -> tuple[Library, Opened] | None:
    """Return the source that was opened; None when it is not there for this person any more."""
    if pressed.turn is None or pressed.turn.answer is None:
        await pressed.tell(in_chat.OLD_BUTTON)
        return None
    cited = sources(pressed.turn.answer)
    item = pressed.press.item
    if not 1 <= item <= len(cited):
        await pressed.tell(in_chat.OLD_BUTTON)
        return None
    whole = await asyncio.to_thread(pressed.context.services.assistant.library)
    library = whole.seen_by(pressed.audience)
    citation: Citation = cited[item - 1]
    if citation.document not in library.documents:
        await pressed.tell(in_chat.SOURCE_GONE)
        return None
    notes = _notes(pressed, library, citation)
    return library, Opened(citation=citation, item=item, shown=pressed.shown, notes=notes)


def _notes(pressed: Pressed, library: Library, citation: Citation) -> tuple[str, ...]:
    """Return how a source stands today: since the answer another document may have come."""
    answer = pressed.turn.answer if pressed.turn is not None else None
    first = library.passage_of(citation.document, citation.quote)
    last = library.passage_of(citation.document, citation.quote, at_end=True)
    if answer is None or first is None:
        return ()
    standing = library.standing_of(first, last)
    now, today = replace(citation, standing=standing), pressed.context.services.assistant.today()
    return tuple(in_force.notes(now, today, answer.as_of, pressed.language))


async def _found(pressed: Pressed) -> _Found | None:
    """Return the source with its surroundings; None when the quotation is no longer in it."""
    cited = await _cited(pressed)
    if cited is None:
        return None
    library, opened = cited
    document = opened.citation.document
    quote = library.texts[document].find(opened.citation.quote)
    if quote < 0:
        await pressed.tell(in_chat.SOURCE_CHANGED)
        return None
    start, end, heading = library.article_at(document, quote)
    return _Found(
        opened=opened,
        text=library.texts[document],
        quote=quote,
        start=start,
        end=end,
        heading=heading,
    )


def _bytes(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None


# --- questions that a button asks --------------------------------------------------------------


async def _on_suggestion(pressed: Pressed) -> None:
    turn, item = pressed.turn, pressed.press.item
    if turn is None or turn.answer is None:
        await pressed.tell(in_chat.OLD_BUTTON)
        return
    suggestions = turn.answer.suggestions
    if not 1 <= item <= len(suggestions):
        await pressed.tell(in_chat.OLD_BUTTON)
        return
    if await still(pressed, turn) is None:
        await pressed.tell(people.ASK_AGAIN)
        return
    await ask_pressed(pressed, suggestions[item - 1], turn.id)


async def _on_starter(pressed: Pressed) -> None:
    assistant = pressed.context.services.assistant
    question = await asyncio.to_thread(starter, assistant, pressed.press.word)
    if question is None:
        await pressed.tell(in_chat.OLD_BUTTON)
        return
    await ask_pressed(pressed, question, None)


# --- the rest ----------------------------------------------------------------------------------


async def _on_thumb(pressed: Pressed) -> None:
    turn, services = pressed.turn, pressed.context.services
    if turn is None:
        await pressed.tell(in_chat.OLD_BUTTON)
        return
    helpful = pressed.press.act is Act.HELPFUL
    person = pressed.query.from_user.id
    await asyncio.to_thread(services.conversations.rate, turn.id, person, helpful=helpful)
    words = in_chat.THANKS[pressed.language]
    await acknowledge(pressed.context.bot, pressed.query.id, words)
    screen = await shown_again(pressed, turn) if pressed.private else None
    if screen is not None:
        await pressed.put(screen)


async def _on_language(pressed: Pressed) -> None:
    if pressed.press.word not in set(Language):
        await pressed.tell(in_chat.OLD_BUTTON)
        return
    language = Language(pressed.press.word)
    await pressed.context.services.choose(pressed.query.from_user.id, language)
    chosen = replace(pressed, language=language)
    await chosen.replace_with(Screen(html=in_chat.LANGUAGE_CHOSEN[language]))


async def _on_nothing(pressed: Pressed) -> None:
    await acknowledge(pressed.context.bot, pressed.query.id)


_ACTS: dict[Act, Callable[[Pressed], Awaitable[None]]] = {
    Act.ANSWER: _on_answer,
    Act.SOURCE: _on_source,
    Act.PAGE: _on_page,
    Act.FILE: _on_file,
    Act.CHART: on_chart,
    Act.TABLE: on_table,
    Act.SUGGESTION: _on_suggestion,
    Act.STARTER: _on_starter,
    Act.HELPFUL: _on_thumb,
    Act.NOT_HELPFUL: _on_thumb,
    Act.DOCUMENTS: on_documents,
    Act.SHELF: on_shelf,
    Act.DRAFT: on_draft,
    Act.LANGUAGE: _on_language,
    Act.PEOPLE: on_people,
    Act.GAP: gaps.on_press,
    Act.HAND: handing.on_press,
    Act.PROBLEM: checks.on_press,
    Act.FIGURES: guiding.on_press,
    Act.SUBSCRIPTION: following.on_press,
    Act.NOTHING: _on_nothing,
}
