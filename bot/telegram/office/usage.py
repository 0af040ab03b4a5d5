"""/stats and /export: how the bot is used, as text, as a chart, and to take away."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import partial

from telegram import InputFile, Update
from telegram.constants import ChatAction

from bot.taking.taking_stock import stock
from bot.taking.usage import Used, by_day, used
from bot.telegram.commands import answer_with, spot_of
from bot.telegram.context import Context, Services
from bot.telegram.delivery import act
from bot.telegram.inert import inert
from bot.telegram.lengths import cut
from bot.telegram.refusing import may_command
from bot.telegram.screens import VIETNAM, Screen
from bot.telegram.staying import hidden_from, may_be_named
from bot.texts import usage as words
from knowledge.catalogue import Did
from knowledge.model import Language, Status

_WEEK, _MONTH = 7, 30
_LONGEST_TITLE = 80


async def on_stats(update: Update, context: Context) -> None:
    """Tell how the bot was used in the last week and month, with a chart of the month."""
    message, user = update.effective_message, update.effective_user
    if (
        message is None
        or user is None
        or not await may_command(message, user, context, "/stats", officers=True)
    ):
        return
    services, now = context.services, datetime.now(UTC)
    language = await services.language(update.effective_user)
    counted = services.usage
    since = now - timedelta(days=_MONTH + 1)
    asked = await asyncio.to_thread(counted.asked, since)
    verdicts = await asyncio.to_thread(counted.verdicts, since)
    audience = services.audience(user, message.chat)
    library = await asyncio.to_thread(services.assistant.library)
    hidden = hidden_from(audience, library)
    is_open = partial(may_be_named, audience=audience, hidden=hidden)
    parts = [_told(used(asked, verdicts, days, now, is_open), language) for days in (_WEEK, _MONTH)]
    html = "\n\n".join([words.STATS[language], *parts])
    await answer_with(message, context, Screen(html=html))
    spot = spot_of(message)
    await act(context.bot, spot, ChatAction.UPLOAD_PHOTO)
    days = by_day(asked, _MONTH, now, VIETNAM)
    async with services.thinking:
        picture = await asyncio.to_thread(_picture, days, language)
    await context.bot.send_photo(spot.chat, InputFile(picture, filename=words.CHART_FILE))


async def on_export(update: Update, context: Context) -> None:
    """Send questions, feedback and figures as a workbook; who asked is a number."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None or not await may_command(message, user, context, "/export"):
        return
    services, spot = context.services, spot_of(message)
    language = await services.language(user)
    await act(context.bot, spot, ChatAction.UPLOAD_DOCUMENT)
    data, caption = await asyncio.to_thread(_workbook, services, language)
    await services.note(user.id, Did.EXPORT, caption)
    name = words.EXPORT_FILE.format(day=f"{datetime.now(VIETNAM):%Y-%m-%d}")
    await context.bot.send_document(spot.chat, InputFile(data, filename=name), caption=caption)


def _workbook(services: Services, language: Language) -> tuple[bytes, str]:
    counted, catalogue = services.usage, services.catalogue
    asked, verdicts = counted.asked(), counted.verdicts()
    live = catalogue.contents(catalogue.live_generation())
    figures = catalogue.figures(list(live.values()))
    caption = words.EXPORTED[language].format(
        questions=len(asked), feedback=len(verdicts), figures=len(figures)
    )
    return stock(asked, verdicts, figures, VIETNAM), caption


def _told(found: Used, language: Language) -> str:
    """Return what was counted over some days, as HTML."""
    head = words.STATS_DAYS[language].format(days=found.days)
    if not found.questions:
        return f"{head}: {words.NONE_ASKED[language]}"
    ended = {status.value: f"{found.share(status):.0%}" for status in Status}
    lines = [
        words.PEOPLE_LINE[language].format(people=found.people, questions=found.questions),
        words.ENDED_LINE[language].format(**ended),
        words.THUMBS_LINE[language].format(helpful=found.helpful, unhelpful=found.unhelpful),
    ]
    if found.p50_s is not None and found.p95_s is not None:
        speed = {"p50": _seconds(found.p50_s, language), "p95": _seconds(found.p95_s, language)}
        lines.insert(2, words.SPEED_LINE[language].format(**speed))
    sorts = {words.SORTS[sort][language]: count for sort, count in found.sorts.items()}
    for form, named in (
        (words.SORTS_LINE, sorts),
        (words.INDICATORS_LINE, found.indicators),
        (words.PLACES_LINE, found.places),
    ):
        if named:
            lines.append(form[language].format(found=", ".join(_counted(words.COUNTED, named))))
    if found.documents:
        titles = "\n".join(_counted(words.COUNTED_LINE, found.documents))
        lines.append(words.DOCUMENTS_LINE[language].format(found=titles))
    return "\n".join([head, *lines])


def _counted(form: str, found: Mapping[str, int]) -> list[str]:
    return [
        form.format(name=inert(cut(name, _LONGEST_TITLE)), count=count)
        for name, count in found.items()
    ]


def _seconds(value: float, language: Language) -> str:
    written = f"{value:.1f}" if value >= 1 else f"{value:.2f}"
    return written.replace(".", ",") if language is Language.VIETNAMESE else written


def _picture(days: Mapping[date, Counter[str]], language: Language) -> bytes:
    from bot.pictures.usage_chart import usage_chart  # noqa: PLC0415  (a second and 30 MB, once)

    return usage_chart(days, language)
