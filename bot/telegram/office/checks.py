"""/check: what does not fit in the documents, each with a button to set it right."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path

from telegram import Update, User

from bot.library.pointing import Point, mark_of
from bot.library.shelf import undoing
from bot.telegram.behind import behind
from bot.telegram.commands import answer_with, spot_of
from bot.telegram.context import Context, Services
from bot.telegram.delivery import Spot, put
from bot.telegram.inert import inert
from bot.telegram.library.amending import amend
from bot.telegram.office.check_screens import (
    Step,
    list_screen,
    point_screen,
    quote_screen,
    type_screen,
)
from bot.telegram.pressed import Pressed
from bot.telegram.refusing import may_command, may_press
from bot.telegram.screens import Screen
from bot.texts import checking as words
from ingest.noting import Noted, note
from ingest.reviewing import find_problems
from ingest.sources import TABLE, overridden
from knowledge.catalogue import Did
from knowledge.errors import UnreadableDocumentError
from knowledge.model import Document, Language, Metadata
from knowledge.vietnamese.text import printed_line

EXPECTED = "check"  # what a reply is about, in front of the column and the document


async def on_check(update: Update, context: Context) -> None:
    """List what is to be looked at in the documents."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None or not await may_command(message, user, context, "/check"):
        return
    language = await context.services.language(update.effective_user)
    await answer_with(message, context, await _page(context.services, 1, language))


async def on_press(pressed: Pressed) -> None:
    """Do what a button about a point asks for."""
    if not await may_press(pressed):
        return
    press, services = pressed.press, pressed.context.services
    if press.item == Step.LIST:
        await pressed.replace_with(await _page(services, press.page, pressed.language))
        return
    points = await asyncio.to_thread(_all_points, services)
    point = next((one for one in points if one.mark == press.word), None)
    deed = _DEEDS.get(press.item)
    if point is None or deed is None:
        await pressed.tell(words.GONE)
        return
    await deed(pressed, point)


async def _page(services: Services, number: int, language: Language) -> Screen:
    left, known = await asyncio.to_thread(_unknown, services)
    documents = len(services.assistant.library().documents)
    return list_screen(left, known, documents, number, language)


def _unknown(services: Services) -> tuple[Sequence[Point], int]:
    """Return the points that nobody has hidden, and how many were."""
    points, known = _all_points(services), services.desk.known()
    left = [one for one in points if one.mark not in known]
    return left, len(points) - len(left)


def _all_points(services: Services) -> Sequence[Point]:
    """Return what is inconsistent in the live library, each once."""
    problems = find_problems(services.catalogue)
    marked = {mark_of(one): one for one in problems}
    return [Point(mark=mark, problem=one) for mark, one in marked.items()]


# --- one point ---------------------------------------------------------------------------------


async def _on_open(pressed: Pressed, point: Point) -> None:
    desk = pressed.context.services.desk
    await asyncio.to_thread(desk.no_more, pressed.spot.chat, pressed.message)
    await pressed.replace_with(point_screen(point, pressed.press.page, pressed.language))


async def _on_quote(pressed: Pressed, point: Point) -> None:
    """Show where in its document a point stands."""
    library = await asyncio.to_thread(pressed.context.services.assistant.library)
    text = library.texts.get(point.problem.document, "")
    if not text:
        await pressed.tell(words.GONE)
        return
    screen = quote_screen(point, text, pressed.press.page, pressed.language)
    await pressed.replace_with(screen)


async def _on_known(pressed: Pressed, point: Point) -> None:
    """Hide a point that an admin knows of."""
    services, person = pressed.context.services, pressed.query.from_user.id
    await asyncio.to_thread(services.desk.know, point.mark, person)
    source = point.problem.source
    await services.note(person, Did.PROBLEM_KNOWN, source, point.mark)
    await pressed.tell(words.MARKED_KNOWN)
    await pressed.put(await _page(services, pressed.press.page, pressed.language))


async def _on_set(pressed: Pressed, point: Point) -> None:
    """Ask for the place or the period, as a reply to this message."""
    if not point.column:
        await pressed.tell(words.GONE)
        return
    desk = pressed.context.services.desk
    what = f"{EXPECTED}:{point.column}:{point.problem.document}"
    await asyncio.to_thread(desk.expect, pressed.spot.chat, pressed.message, what)
    await pressed.replace_with(type_screen(point, pressed.press.page, pressed.language))


_DEEDS: dict[int, Callable[[Pressed, Point], Awaitable[None]]] = {
    Step.OPEN: _on_open,
    Step.SET: _on_set,
    Step.QUOTE: _on_quote,
    Step.KNOWN: _on_known,
}


# --- a value that is typed ---------------------------------------------------------------------


async def on_reply(update: Update, context: Context, about: str) -> None:
    """Take an admin's reply as the place or the period of a document."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None or not await may_command(message, user, context, "/check"):
        return
    column, _, document = about.partition(":")
    value, language = printed_line(message.text or ""), await context.services.language(user)
    try:
        overridden(Metadata(), {column: value})
    except UnreadableDocumentError:
        bad = words.BAD_PLACE if column == "place" else words.BAD_PERIOD
        await answer_with(message, context, Screen(html=bad[language]))
        return
    card = await answer_with(message, context, Screen(html=words.SETTING[language]))
    work = _set(context, user, spot_of(message), card, (document, column, value))
    behind(work, update, context)


async def _set(
    context: Context, admin: User, spot: Spot, card: int, wanted: tuple[str, str, str]
) -> None:
    """Keep a value in `documents.csv`, read the document again, tell how that went."""
    services, language = context.services, await context.services.language(admin)
    number, column, value = wanted
    document = services.assistant.library().documents.get(number)
    if document is None:
        await put(context.bot, spot, card, Screen(html=words.GONE[language]))
        return
    file = Path(document.location)
    if await asyncio.to_thread(file.is_file):
        work = partial(_correct, services, document, {column: value})
        why = await amend(services, work, language)
    else:
        why = words.FILE_MISSING[language]
    html = words.NOT_SET[language].format(why=why)
    if not why:
        detail = f"{column}={value}"
        await services.note(admin.id, Did.CORRECTED, document.source, detail)
        left, _ = await asyncio.to_thread(_unknown, services)
        html = words.SET[language].format(
            value=inert(value), source=inert(document.source), left=len(left)
        )
    await put(context.bot, spot, card, Screen(html=html))


def _correct(services: Services, document: Document, cells: dict[str, str]) -> None:
    """Write a row and read its document again; the table is put back when that fails."""
    file, origin = Path(document.location), Path(services.catalogue.origin(document.id))
    # by the folder that was named: a file of a folder in it would be another source by itself
    paths = [file] if file.parent == origin else [origin]
    with undoing(file.parent / TABLE):
        note(file.parent, {file.name: Noted(fields=cells)})
        report = services.changes.ingest(paths, lambda _seen: None, prune=False)
        report.raise_failed(document.source)
