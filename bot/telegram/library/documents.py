"""/docs: the library as a list, and searched."""

from __future__ import annotations

import asyncio
from datetime import date

from telegram import Chat, Update

from bot.saying.in_force import in_short
from bot.telegram.commands import answer_with
from bot.telegram.context import Context, Services
from bot.telegram.library.documents_screens import found_screen, removed_row
from bot.telegram.pressed import Pressed
from bot.telegram.screens import Listed, Page, Screen, documents_screen
from bot.texts import in_chat
from ingest.shelving import removed_versions
from knowledge.model import Document, Language
from knowledge.search.library import Library
from knowledge.vietnamese.text import printed_line, search_key, without_marks

_ON_A_PAGE = 6
_FOUND = 8  # that a search shows; who wants others says more


async def on_docs(update: Update, context: Context) -> None:
    """List the documents that may be shown here, or those with the words behind the command."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return
    services = context.services
    language = await services.language(user)
    library = await asyncio.to_thread(services.assistant.library)
    seen, today = library.seen_by(services.audience(user, message.chat)), services.assistant.today()
    wanted = printed_line(" ".join(context.args or []))
    if wanted:
        screen = _found(seen, wanted, language, today)
    else:
        admin = services.access.is_admin(user.id) and message.chat.type == Chat.PRIVATE
        screen = await _list(services, seen, 1, language, admin=admin)
    await answer_with(message, context, screen)


async def on_documents(pressed: Pressed) -> None:
    """Turn the pages of the list."""
    services = pressed.context.services
    library = await asyncio.to_thread(services.assistant.library)
    seen = library.seen_by(pressed.audience)
    screen = await _list(
        services, seen, pressed.press.page, pressed.language, admin=pressed.by_admin
    )
    await pressed.replace_with(screen)


async def _list(
    services: Services, library: Library, page: int, language: Language, *, admin: bool
) -> Screen:
    screen = documents_page(library, page, language, services.assistant.today())
    if not admin:
        return screen
    removed = await asyncio.to_thread(removed_versions, services.catalogue)
    return Screen(html=screen.html, rows=(*screen.rows, *removed_row(len(removed), language)))


def documents_page(library: Library, page: int, language: Language, today: date) -> Screen:
    """Return a page of the documents of a library, by title; the last one when it has fewer."""
    documents = _sorted(library)
    if not documents:
        return Screen(html=in_chat.NO_DOCUMENTS[language])
    count = -(-len(documents) // _ON_A_PAGE)
    number = min(max(page, 1), count)
    start = (number - 1) * _ON_A_PAGE
    shown = _listed(library, documents[start : start + _ON_A_PAGE], today, language)
    return documents_screen(shown, len(documents), Page(number=number, count=count), language)


def _sorted(library: Library) -> list[Document]:
    return sorted(
        library.documents.values(), key=lambda one: (one.metadata.kind, one.metadata.title)
    )


def _listed(
    library: Library, documents: list[Document], today: date, language: Language
) -> list[Listed]:
    return [
        Listed(document=one, note=in_short(library.in_force.whole(one.id), today, language))
        for one in documents
    ]


def _found(library: Library, wanted: str, language: Language, today: date) -> Screen:
    """Return the documents that have all words, with or without tone marks."""
    sought = _key(wanted).split()
    found = [one for one in _sorted(library) if all(word in _told_of(one) for word in sought)]
    listed = _listed(library, found[:_FOUND], today, language)
    return found_screen(listed, len(found), wanted, language)


def _told_of(document: Document) -> str:
    about = document.metadata
    kind = " ".join(in_chat.KINDS[about.kind].values())
    told = (about.title, about.number, about.issuer, about.place, about.period, kind)
    return _key(" ".join((*told, document.source)))


def _key(text: str) -> str:
    return without_marks(search_key(text))
