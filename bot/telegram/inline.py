"""Inline mode: "@bot câu hỏi" in any chat offers the answer, to be sent there with its sources.

What is sent so is read by whoever is in that chat, so it comes from the documents for everyone,
whoever asks. Nothing of it is kept.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from datetime import UTC, datetime

from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.saying.render import name_of, sources
from bot.telegram.context import Context
from bot.telegram.delivery import plain
from bot.telegram.lengths import cut
from bot.telegram.pace import Verdict
from bot.telegram.screens import Shown, answer_screen
from bot.texts import inline as words
from knowledge.model import Answer, Audience, Language, Status
from knowledge.vietnamese.text import printed

_FEWEST_WORDS = 3  # below, and without a question mark, somebody is still typing
_CACHED_S = 10
_MOST_SUGGESTED = 3
_LONGEST_TITLE, _LONGEST_DESCRIPTION = 80, 200  # what phones show
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_START = "inline"  # what the hint's /start carries
Results = list[InlineQueryResultArticle]


async def on_inline(update: Update, context: Context) -> None:
    """Offer the answer to what was typed so far; an error leaves an empty list and no waiting."""
    query = update.inline_query
    if query is None:
        return
    language = Language.VIETNAMESE
    try:
        language = await context.services.language(query.from_user)
        results = await _results(query, context, language)
    except Exception:
        await _answer(query, [], language)
        raise  # to the log
    if results is not None:
        await _answer(query, results, language)


async def _results(query: InlineQuery, context: Context, language: Language) -> Results | None:
    """Return what is offered; None when the person has typed on meanwhile."""
    text = printed(query.query).strip()
    if not is_question(text):
        return []
    services, newest, started = context.services, context.user_data, time.monotonic()
    if services.pace.judge(query.from_user.id, datetime.now(UTC))[0] is not Verdict.ANSWER:
        return []
    if newest is not None:
        newest["inline"] = query.id
    async with services.thinking:
        if newest is not None and newest.get("inline") != query.id:
            return None
        answers = await asyncio.to_thread(_answers, context, text)
    services.metrics.answered(answers[0].status, time.monotonic() - started)
    return [
        _result(place, answer, language, suggested=place > 0)
        for place, answer in enumerate(answers)
    ]


def is_question(text: str) -> bool:
    """Tell whether a text is far enough to be answered."""
    return text.endswith("?") or len(text.split()) >= _FEWEST_WORDS


def _answers(context: Context, text: str) -> list[Answer]:
    """Return the answer; where there is none, those to its suggestions too."""
    assistant = context.services.assistant
    first = assistant.answer(text, (), Audience.EVERYONE)
    if first.status not in (Status.NOT_FOUND, Status.CLARIFY):
        return [first]
    suggested = first.suggestions[:_MOST_SUGGESTED]
    return [first, *(assistant.answer(one, (), Audience.EVERYONE) for one in suggested)]


def _result(
    place: int, answer: Answer, language: Language, *, suggested: bool
) -> InlineQueryResultArticle:
    screen = answer_screen(answer, Shown(turn=0, language=language, echo=True))
    return InlineQueryResultArticle(
        id=str(place),
        title=cut(_title(answer, language, suggested=suggested), _LONGEST_TITLE),
        description=cut(_description(answer, language, suggested=suggested), _LONGEST_DESCRIPTION),
        input_message_content=InputTextMessageContent(
            screen.html,  # without buttons: they would be dead in a chat that is not the bot's
            parse_mode=ParseMode.HTML,
            link_preview_options=_NO_PREVIEW,
        ),
    )


def _title(answer: Answer, language: Language, *, suggested: bool) -> str:
    if suggested:
        return answer.question.text
    named = {
        Status.NOT_FOUND: words.NOT_FOUND,
        Status.CLARIFY: words.WHICH,
        Status.REFUSED: words.REFUSED,
    }
    if answer.status in named:
        return named[answer.status][language]
    return words.ANSWER[language].format(text=_line(_said(answer, language)))


def _description(answer: Answer, language: Language, *, suggested: bool) -> str:
    """Return the first quotation and where it stands; of no answer, why there is none."""
    if suggested:
        return words.NEARBY[language]
    if not answer.citations:
        return _line(_said(answer, language))
    first = sources(answer)[0]
    return f"{name_of(first, answer.question.language)}: “{_line(first.quote)}”"


def _said(answer: Answer, language: Language) -> str:
    """Return the answer without markup, the question left out."""
    return plain(answer_screen(answer, Shown(turn=0, language=language)).html)


def _line(text: str) -> str:
    return " ".join(text.split())


async def _answer(query: InlineQuery, results: Results, language: Language) -> None:
    """Hand the results over; a query that is too old by now is nobody's loss."""
    hint = InlineQueryResultsButton(words.TYPE_MORE[language], start_parameter=_START)
    with suppress(BadRequest):
        await query.answer(
            results,
            cache_time=_CACHED_S,
            is_personal=True,
            button=None if results else hint,
        )
