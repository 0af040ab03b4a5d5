"""Those who follow new documents are told of them, whichever road published them."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.telegram.buttons import Act, Press
from bot.telegram.context import Services
from bot.telegram.office.notices import Tell, owe
from bot.telegram.office.quiet import is_quiet
from bot.telegram.screens import Button, Listed, Screen, document_line
from bot.texts import following as words
from knowledge.catalogue import Bundle, Subscription
from knowledge.errors import AssistantError
from knowledge.model import OFFICE, Audience, Document, Language, Metadata

log = structlog.get_logger(__name__)

_MOST_NAMED = 8  # documents of one message


async def watch(services: Services, pause_s: float) -> None:
    """Look whether the library changed, and tell who follows it, until cancelled."""
    while True:
        try:
            await asyncio.to_thread(_note, services)
            await asyncio.to_thread(_bundle, services, datetime.now(UTC))
            for bundle in await asyncio.to_thread(services.subscriptions.bundles):
                await _owe(services, bundle)
        except (SQLAlchemyError, AssistantError) as error:
            log.error("news not told", why=type(error).__name__)  # noqa: TRY400
        await asyncio.sleep(pause_s)


def _note(services: Services) -> None:
    """Keep who is to be told of what the live generation brought; the first one brings nothing."""
    subscriptions = services.subscriptions
    live, announced = services.catalogue.live_generation(), subscriptions.announced()
    if announced is None:
        subscriptions.note(live, {})
        return
    if live <= announced:
        return
    library = services.assistant.library()
    if library.generation != live:  # another thread is loading it
        return
    found: defaultdict[int, set[int]] = defaultdict(set)
    fresh = subscriptions.appeared(announced, live)
    for one in subscriptions.all():
        seen = library.seen_by(_audience(services, one.person)).documents
        found[one.person] |= {
            version.version
            for version in fresh
            if version.published_at >= one.since
            and version.document in seen
            and _is_about(one, seen[version.document].metadata)
        }
    subscriptions.note(live, found)


def _is_about(one: Subscription, about: Metadata) -> bool:
    """Tell whether a subscription is about a document; a province stands for its districts too.

    What the office answered to one question is no document: who asked it is told anyway.
    """
    if about.publisher == OFFICE:
        return False
    here = not one.place or about.place == one.place or about.place.endswith(f"({one.place})")
    return here and one.kind in ("", about.kind)


def _audience(services: Services, person: int) -> Audience:
    return services.access.audience(person, private=True)


def _bundle(services: Services, now: datetime) -> None:
    """Put what is noted for people into one message each, unless it is quiet for them now."""
    subscriptions = services.subscriptions
    for person in subscriptions.waiting():
        member = services.people.find(person)
        if not is_quiet(member.quiet if member else "", now):
            subscriptions.bundle(person)


async def _owe(services: Services, bundle: Bundle) -> None:
    """Owe the message of a bundle, unless all of it is gone by now or not for its person."""
    if await asyncio.to_thread(_still_there, services, bundle.person, bundle.versions):
        await owe(services, bundle.key, bundle.person, Tell.NEWS, bundle.versions)
    await asyncio.to_thread(services.subscriptions.owed, bundle)


async def worded(services: Services, person: int, versions: Sequence[int]) -> Screen | None:
    """Return what a person is told now of versions; None when nothing of them is for them."""
    documents = await asyncio.to_thread(_still_there, services, person, versions)
    return news_screen(documents, await services.language_of(person)) if documents else None


def _still_there(services: Services, person: int, versions: Sequence[int]) -> list[Document]:
    """Return the documents that a person follows and may see now, of some versions."""
    if not services.access.may_ask(person):
        return []
    catalogue = services.catalogue
    library = services.assistant.library().seen_by(_audience(services, person))
    live = catalogue.contents(library.generation)
    followed = services.subscriptions.of(person)
    found = [
        library.documents[document]
        for document, version in live.items()
        if version in versions and document in library.documents
    ]
    return [one for one in found if any(_is_about(each, one.metadata) for each in followed)]


def news_screen(documents: Sequence[Document], language: Language) -> Screen:
    """Return what is new in one message, with the way to change what is followed."""
    parts = [words.NEWS[language]]
    for place, document in enumerate(documents[:_MOST_NAMED], start=1):
        note = words.UPDATED[language] if document.version > 1 else ""
        line = document_line(Listed(document=document), language, place)
        parts.append(f"{line} · <i>{note}</i>" if note else line)
    left = len(documents) - _MOST_NAMED
    if left > 0:
        parts.append(words.AND_MORE[language].format(count=left))
    change = Button(label=words.SET[language], press=Press(act=Act.SUBSCRIPTION))
    return Screen(html="\n\n".join(parts), rows=((change,),))
