"""What is taken away from an answer with figures: a chart as a photo, a workbook as a file."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from telegram import InputFile
from telegram.constants import ChatAction, ParseMode

from bot import texts
from bot.pictures.chart_plan import caption, drawable
from bot.taking.exporting import table_name, workbook
from bot.telegram.delivery import acknowledge, act, reply_of
from bot.telegram.inert import inert
from bot.telegram.lengths import cut
from bot.telegram.pressed import Pressed
from bot.telegram.staying import still_shown
from bot.texts import in_chat
from knowledge.model import Answer

_LONGEST_CAPTION = 1_000  # units; Telegram takes 1,024


async def on_chart(pressed: Pressed) -> None:
    """Send the chart of an answer's figures, under the answer."""
    answer = await figures_of(pressed)
    if answer is None:
        return
    if not drawable(answer):
        await pressed.tell(in_chat.NO_FIGURES_HERE)
        return
    bot, spot = pressed.context.bot, replace(pressed.spot, reply_to=pressed.message)
    await acknowledge(bot, pressed.query.id, in_chat.DRAWING[pressed.language])
    await act(bot, spot, ChatAction.UPLOAD_PHOTO)
    async with pressed.context.services.thinking:
        picture = await asyncio.to_thread(_picture, answer)
    await bot.send_photo(
        spot.chat,
        InputFile(picture, filename=texts.CHART_FILE),
        caption=inert(cut(caption(answer), _LONGEST_CAPTION)),
        parse_mode=ParseMode.HTML,
        message_thread_id=spot.thread,
        reply_parameters=reply_of(spot),
    )


async def on_table(pressed: Pressed) -> None:
    """Send an answer's figures as a workbook, under the answer."""
    answer = await figures_of(pressed)
    if answer is None:
        return
    bot, spot = pressed.context.bot, replace(pressed.spot, reply_to=pressed.message)
    await acknowledge(bot, pressed.query.id, in_chat.SENDING_FILE[pressed.language])
    await act(bot, spot, ChatAction.UPLOAD_DOCUMENT)
    data = await asyncio.to_thread(workbook, answer.figures, answer.citations)
    await bot.send_document(
        spot.chat,
        InputFile(data, filename=table_name(answer.figures)),
        message_thread_id=spot.thread,
        reply_parameters=reply_of(spot),
    )


async def figures_of(pressed: Pressed) -> Answer | None:
    """Return the answer with its figures; None when they are not there for this person any more."""
    if pressed.turn is None or pressed.turn.answer is None:
        await pressed.tell(in_chat.OLD_BUTTON)
        return None
    if not pressed.turn.answer.figures:
        await pressed.tell(in_chat.NO_FIGURES_HERE)
        return None
    library = await asyncio.to_thread(pressed.context.services.assistant.library)
    answer = still_shown(pressed.turn, pressed.audience, library)
    if answer is None:
        await pressed.tell(in_chat.SOURCE_GONE)
    return answer


def _picture(answer: Answer) -> bytes:
    from bot.pictures.charts import chart  # noqa: PLC0415  (a second and 30 MB, once)

    return chart(answer)
