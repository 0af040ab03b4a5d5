"""/docs: the library searched, opened and taken away; for admins, changed document by document."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date

from telegram import Chat, InputFile, Update

from bot import texts
from bot.in_force import in_short
from bot.jobs import Publish, Published, Put
from bot.shelf import Folder, Undo
from bot.telegram.admin import why_of
from bot.telegram.card import Card
from bot.telegram.commands import answer_with
from bot.telegram.context import Context, Services
from bot.telegram.delivery import acknowledge
from bot.telegram.documents_screens import (
    Do,
    audience_screen,
    document_screen,
    done_html,
    found_screen,
    remove_screen,
    removed_row,
    removed_screen,
    rollback_screen,
    versions_screen,
)
from bot.telegram.pressed import Pressed
from bot.telegram.refusing import press_refused
from bot.telegram.screens import Listed, Page, Screen, documents_screen
from bot.texts import publishing as words
from ingest.shelving import numbered, removed_versions
from knowledge.catalogue import StoredVersion
from knowledge.errors import AssistantError, UnknownDocumentError, UnreadableDocumentError
from knowledge.model import Audience, Document, Language
from knowledge.search.library import Library
from knowledge.vietnamese.text import printed_line, search_key, without_marks

_ON_A_PAGE = 6
_FOUND = 8  # that a search shows; who wants others says more
_LONGEST_CAPTION = 1000


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
        is_admin = services.access.is_admin(user.id) and message.chat.type == Chat.PRIVATE
        screen = await _list(services, seen, 1, language, is_admin=is_admin)
    await answer_with(message, context, screen)


async def on_documents(pressed: Pressed) -> None:
    """Turn the pages of the list."""
    services = pressed.context.services
    library = await asyncio.to_thread(services.assistant.library)
    seen = library.seen_by(pressed.audience)
    screen = await _list(
        services, seen, pressed.press.page, pressed.language, is_admin=_is_admin(pressed)
    )
    await pressed.replace_with(screen)


def _is_admin(pressed: Pressed) -> bool:
    is_admin = pressed.context.services.access.is_admin(pressed.query.from_user.id)
    return is_admin and pressed.private


async def _list(
    services: Services, library: Library, page: int, language: Language, *, is_admin: bool
) -> Screen:
    screen = documents_page(library, page, language, services.assistant.today())
    if not is_admin:
        return screen
    removed = await asyncio.to_thread(removed_versions, services.catalogue)
    return Screen(html=screen.html, rows=(*screen.rows, *removed_row(len(removed), language)))


def documents_page(library: Library, page: int, language: Language, today: date) -> Screen:
    """Return a page of the documents of a library, by title; the last one when it has fewer."""
    documents = _sorted(library)
    if not documents:
        return Screen(html=texts.NO_DOCUMENTS[language])
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
    kind = " ".join(texts.KINDS[about.kind].values())
    told = (about.title, about.number, about.issuer, about.place, about.period, kind)
    return _key(" ".join((*told, document.source)))


def _key(text: str) -> str:
    return without_marks(search_key(text))


# --- one document ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """A live document that the person may see, with its versions, oldest first."""

    live: StoredVersion
    versions: list[StoredVersion]
    note: str

    @property
    def document(self) -> Document:
        return self.live.document


async def on_shelf(pressed: Pressed) -> None:
    """Do what a button of a document says."""
    try:
        do = Do(pressed.press.item)
    except ValueError:
        await pressed.tell(texts.OLD_BUTTON)
        return
    if do not in _FOR_ALL and await press_refused(pressed, f"/docs {do.name.lower()}"):
        return
    if do in _WITHOUT_DOCUMENT:
        await _WITHOUT_DOCUMENT[do](pressed)
        return
    opened = await _open(pressed)
    if opened is None:
        await pressed.tell(words.DOCUMENT_GONE)
        return
    await _WITH_DOCUMENT[do](pressed, opened)


async def _open(pressed: Pressed) -> _Opened | None:
    services, name = pressed.context.services, pressed.press.word
    whole = await asyncio.to_thread(services.assistant.library)
    library = whole.seen_by(pressed.audience)
    document = library.documents.get(name)
    if document is None:
        return None
    versions = await asyncio.to_thread(lambda: services.catalogue.versions(document=name))
    live = numbered(versions, name, document.version)
    today = services.assistant.today()
    note = in_short(library.in_force.whole(name), today, pressed.language)
    return _Opened(live=live, versions=versions, note=note)


async def _on_open(pressed: Pressed, opened: _Opened) -> None:
    await pressed.replace_with(_card(pressed, opened))


def _card(pressed: Pressed, opened: _Opened, head: str = "") -> Screen:
    admin = _is_admin(pressed)
    return document_screen(opened.live, opened.note, pressed.language, admin=admin, head=head)


async def _on_file(pressed: Pressed, opened: _Opened) -> None:
    document, bot = opened.document, pressed.context.bot
    try:
        data = await asyncio.to_thread(_folder(pressed.context.services).original, document)
    except AssistantError:
        await pressed.tell(texts.FILE_GONE)
        return
    await acknowledge(bot, pressed.query.id, texts.SENDING_FILE[pressed.language])
    await bot.send_document(
        pressed.spot.chat,
        InputFile(data, filename=document.source),
        caption=(document.metadata.title or document.source)[:_LONGEST_CAPTION],
        message_thread_id=pressed.spot.thread,
    )


async def _on_versions(pressed: Pressed, opened: _Opened) -> None:
    live = opened.document.version
    await pressed.replace_with(versions_screen(opened.versions, live, pressed.language))


async def _on_ask_audience(pressed: Pressed, opened: _Opened) -> None:
    await pressed.replace_with(audience_screen(opened.document, pressed.language))


async def _on_ask_remove(pressed: Pressed, opened: _Opened) -> None:
    await pressed.replace_with(remove_screen(opened.document, pressed.language))


async def _on_ask_rollback(pressed: Pressed, opened: _Opened) -> None:
    version = _wanted(pressed, opened)
    if version is None:
        await pressed.tell(words.DOCUMENT_GONE)
        return
    await pressed.replace_with(rollback_screen(version, pressed.language))


def _wanted(pressed: Pressed, opened: _Opened) -> StoredVersion | None:
    try:
        return numbered(opened.versions, opened.document.source, pressed.press.page)
    except UnknownDocumentError:
        return None


# --- changes -----------------------------------------------------------------------------------


async def _on_set_audience(pressed: Pressed, opened: _Opened) -> None:
    audiences, number = list(Audience), pressed.press.page
    if not 1 <= number <= len(audiences):
        await pressed.tell(texts.OLD_BUTTON)
        return
    services, document, audience = pressed.context.services, opened.document, audiences[number - 1]

    def work(card: Card) -> None:
        source, undo = _folder(services).show_to(document, audience)
        job = Publish(sources=(source,), without=(), note=f"{document.id} audience", anyway=True)
        _run(undo, lambda: _flipped(services.changes.run(job, card.see)))

    told = words.AUDIENCES[audience][pressed.language]
    await _change(
        pressed,
        work,
        _Deed(name="audience", document=document, detail=audience.value),
        done_html(words.AUDIENCE_CHANGED, document, pressed.language, audience=told),
    )


async def _on_rollback(pressed: Pressed, opened: _Opened) -> None:
    version = _wanted(pressed, opened)
    if version is None:
        await pressed.tell(words.DOCUMENT_GONE)
        return
    number = version.document.version
    await _change(
        pressed,
        _putting(pressed.context.services, version),
        _Deed(name="rollback", document=version.document, detail=f"v{number}"),
        done_html(words.ROLLED_BACK, version.document, pressed.language, number=number),
    )


async def _on_remove(pressed: Pressed, opened: _Opened) -> None:
    services, document = pressed.context.services, opened.document

    def work(card: Card) -> None:
        undo = _folder(services).take_out(document)
        job = Put(versions={document.id: None}, note=f"{document.id} removed")
        _run(undo, lambda: services.changes.run(job, card.see))

    html = done_html(words.REMOVED, document, pressed.language)
    await _change(pressed, work, _Deed(name="remove", document=document), html)


async def _on_restore(pressed: Pressed) -> None:
    services = pressed.context.services
    removed = await asyncio.to_thread(removed_versions, services.catalogue)
    version = next((one for one in removed if one.document.id == pressed.press.word), None)
    if version is None:
        await pressed.tell(words.DOCUMENT_GONE)
        return
    html = done_html(words.RESTORED, version.document, pressed.language)
    deed = _Deed(name="restore", document=version.document)
    await _change(pressed, _putting(services, version), deed, html)


async def _on_removed(pressed: Pressed) -> None:
    removed = await asyncio.to_thread(removed_versions, pressed.context.services.catalogue)
    await pressed.replace_with(removed_screen(removed, pressed.press.page, pressed.language))


def _putting(services: Services, version: StoredVersion) -> Callable[[Card], None]:
    def work(card: Card) -> None:
        undo = _folder(services).put_back(version)
        document = version.document
        job = Put(versions={document.id: version.id}, note=f"{document.id} v{document.version}")
        _run(undo, lambda: services.changes.run(job, card.see))

    return work


def _folder(services: Services) -> Folder:
    return Folder(
        documents=services.documents,
        originals=services.originals,
        scratch=services.drawer.home / "shelf",
    )


def _run(undo: Undo, change: Callable[[], object]) -> None:
    """Change the library; put the folder back when that fails."""
    try:
        change()
    except BaseException:
        undo.back()
        raise


def _flipped(ended: Published) -> None:
    """Raise what was wrong with the document when it did not become live."""
    for result in ended.report.results:
        if result.fault is not None:
            raise UnreadableDocumentError(result.fault, result.detail)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Deed:
    """What the audit is told."""

    name: str
    document: Document
    detail: str = ""


async def _change(pressed: Pressed, work: Callable[[Card], None], deed: _Deed, done: str) -> None:
    """Start a change behind the handler, so that its admin may go on asking."""
    context, services = pressed.context, pressed.context.services
    if services.changes.running.locked():
        await pressed.tell(texts.ALREADY_UPDATING)
        return
    await services.changes.running.acquire()
    await acknowledge(context.bot, pressed.query.id)
    card = Card(context.bot, pressed.spot, pressed.language, message=pressed.message)
    task = _changed(pressed, card, work, deed, done)
    _ = context.application.create_task(task, update=pressed.update)  # the application keeps it


async def _changed(
    pressed: Pressed, card: Card, work: Callable[[Card], None], deed: _Deed, done: str
) -> None:
    services, language = pressed.context.services, pressed.language
    try:
        await card.open(words.CHANGING[language])
        job = asyncio.create_task(asyncio.to_thread(work, card))
        await card.follow(job)
        try:
            job.result()
        except AssistantError as error:
            why = words.NOT_CHANGED[language].format(why=why_of(error)[language])
            opened = await _open(pressed)
            screen = _card(pressed, opened, why) if opened else Screen(html=why)
            await card.close(screen)
            return
        person, title = pressed.query.from_user.id, deed.document.metadata.title
        name = title or deed.document.source
        await asyncio.to_thread(services.audit.note, person, deed.name, name, deed.detail)
        library = await asyncio.to_thread(services.assistant.refresh)
        services.metrics.holds(len(library.documents))
        opened = await _open(pressed)
        if opened is not None:
            await card.close(_card(pressed, opened, done))
        else:
            removed = await asyncio.to_thread(removed_versions, services.catalogue)
            await card.close(removed_screen(removed, 1, language, done))
    finally:
        services.changes.running.release()


_FOR_ALL = (Do.OPEN, Do.FILE)
_WITHOUT_DOCUMENT: dict[Do, Callable[[Pressed], Awaitable[None]]] = {
    Do.REMOVED: _on_removed,
    Do.RESTORE: _on_restore,
}
_WITH_DOCUMENT: dict[Do, Callable[[Pressed, _Opened], Awaitable[None]]] = {
    Do.OPEN: _on_open,
    Do.FILE: _on_file,
    Do.AUDIENCE: _on_ask_audience,
    Do.SET_AUDIENCE: _on_set_audience,
    Do.VERSIONS: _on_versions,
    Do.ROLLBACK_ASK: _on_ask_rollback,
    Do.ROLLBACK: _on_rollback,
    Do.REMOVE_ASK: _on_ask_remove,
    Do.REMOVE: _on_remove,
}
