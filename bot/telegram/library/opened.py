"""A document that somebody opened from /docs, and its card."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from bot.library.shelf import Folder
from bot.saying.in_force import in_short
from bot.telegram.context import Services
from bot.telegram.library.documents_screens import document_screen
from bot.telegram.pressed import Pressed
from bot.telegram.screens import Screen
from ingest.shelving import numbered
from knowledge.catalogue import StoredVersion
from knowledge.errors import UnknownDocumentError
from knowledge.model import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A live document that the person may see, with its versions, oldest first."""

    live: StoredVersion
    versions: list[StoredVersion]
    note: str

    @property
    def document(self) -> Document:
        """The live version as a document."""
        return self.live.document


async def opened_by(pressed: Pressed) -> Opened | None:
    """Return the document that a button names; None when it is not there for this person."""
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
    return Opened(live=live, versions=versions, note=note)


def card_screen(pressed: Pressed, opened: Opened, head: str = "") -> Screen:
    """Return the card of a document, with HTML in front."""
    admin = pressed.by_admin
    return document_screen(opened.live, opened.note, pressed.language, admin=admin, head=head)


def wanted_version(pressed: Pressed, opened: Opened) -> StoredVersion | None:
    """Return the version that a button names; None when there is none."""
    try:
        return numbered(opened.versions, opened.document.source, pressed.press.page)
    except UnknownDocumentError:
        return None


def folder_of(services: Services) -> Folder:
    """Return the folder that a reload watches, with the originals."""
    return Folder(
        documents=services.documents,
        originals=services.originals,
        scratch=services.drawer.home / "shelf",
    )
