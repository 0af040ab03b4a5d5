"""What every handler is given: the parts of the program, typed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from telegram import Chat, User
from telegram.ext import Application, CallbackContext, ExtBot

from bot.library.changing import Changes
from bot.library.drafting import Drawer
from bot.library.links import OPEN_ROAD, Road
from bot.telegram.access import Access
from bot.telegram.metrics import Metrics
from bot.telegram.order import Inbox
from bot.telegram.pace import Pace
from knowledge.answering import Assistant
from knowledge.catalogue import (
    Audit,
    Catalogue,
    Conversations,
    Desk,
    Did,
    Drafts,
    Gaps,
    Handovers,
    Notices,
    People,
    Subscriptions,
    Usage,
)
from knowledge.model import Audience, Language
from knowledge.search.library import Library


@dataclass(slots=True)
class DraftWork:
    """What is being done with a draft in this process.

    Attributes:
        changing: held while the draft is read and kept again.
        intake: held by whoever takes files in, so that they come in the order they were sent.
        waiting: how many files are on their way; the last of them has all of them read.
    """

    changing: asyncio.Lock = field(default_factory=asyncio.Lock)
    intake: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


@dataclass(slots=True, kw_only=True)
class Services:
    """The parts behind the handlers.

    Attributes:
        documents: the folder that a reload watches.
        home: the folder of the library.
        originals: the files themselves, by content.
        drawer: the files of drafts.
        questions: the file of the self-test's questions.
        road: how links are reached.
        drafting: what is being done with each draft.
        thinking: how many questions are worked on at a time; more threads would only contend.
        writing: how many answers a language model tells at a time; more would only wait for it.
        deciding: held while roles change, so that two admins cannot take each other's at once.
        languages: what people chose, as far as it was looked up.
        owed: set when somebody is owed a notice, so that it is told at once.
    """

    catalogue: Catalogue
    conversations: Conversations
    people: People
    audit: Audit
    notices: Notices
    drafts: Drafts
    gaps: Gaps
    handovers: Handovers
    desk: Desk
    subscriptions: Subscriptions
    usage: Usage
    changes: Changes
    access: Access
    inbox: Inbox
    documents: Path
    home: Path
    originals: Path
    drawer: Drawer
    questions: Path
    thinking: asyncio.Semaphore
    writing: asyncio.Semaphore
    road: Road = OPEN_ROAD
    drafting: dict[int, DraftWork] = field(default_factory=dict)
    pace: Pace = field(default_factory=Pace)
    deciding: asyncio.Lock = field(default_factory=asyncio.Lock)
    metrics: Metrics = field(default_factory=Metrics)
    _assistant: Assistant | None = None
    languages: dict[int, Language | None] = field(default_factory=dict)
    owed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def assistant(self) -> Assistant:
        """The assistant; it is there before the first update is taken."""
        if self._assistant is None:
            raise RuntimeError("no update is taken before the assistant is ready")
        return self._assistant

    @assistant.setter
    def assistant(self, assistant: Assistant) -> None:
        self._assistant = assistant

    async def language(self, user: User | None) -> Language:
        """Return the language of the interface: the one chosen, else the one of the app."""
        if user is None:
            return Language.VIETNAMESE
        if user.id not in self.languages:
            chosen = await asyncio.to_thread(self.conversations.language, user.id)
            self.languages[user.id] = chosen
        speaks = (user.language_code or "").lower()
        by_app = Language.ENGLISH if speaks.startswith("en") else Language.VIETNAMESE
        return self.languages[user.id] or by_app

    async def language_of(self, person: int) -> Language:
        """Return the language to speak to a person who did not just write; what they chose."""
        if person not in self.languages:
            chosen = await asyncio.to_thread(self.conversations.language, person)
            self.languages[person] = chosen
        return self.languages[person] or Language.VIETNAMESE

    async def choose(self, person: int, language: Language) -> None:
        """Keep the language that a person chose."""
        await asyncio.to_thread(self.conversations.choose_language, person, language)
        self.languages[person] = language

    async def refresh(self) -> Library:
        """Load the live library when it is another one now; return it."""
        library = await asyncio.to_thread(self.assistant.refresh)
        self.metrics.holds(len(library.documents))
        return library

    async def note(self, person: int, deed: Did, what: str = "", detail: str = "") -> None:
        """Add a line to the audit."""
        await asyncio.to_thread(self.audit.note, person, deed, what, detail)

    def officers(self) -> frozenset[int]:
        """Return who answers what people hand over: officers and admins."""
        return self.access.officers | self.access.admins

    def draft_work(self, draft: int) -> DraftWork:
        """Return what is being done with a draft."""
        return self.drafting.setdefault(draft, DraftWork())

    def audience(self, user: User | None, chat: Chat) -> Audience:
        """Return whose documents may be shown to a person in a chat."""
        return self.access.audience(user.id if user else 0, private=chat.type == Chat.PRIVATE)


_Data = dict[Any, Any]
Bot_ = ExtBot[int]


class Context(CallbackContext[Bot_, _Data, _Data, _Data]):
    """The framework's context with the parts as one typed property."""

    @property
    def services(self) -> Services:
        """The parts behind the handlers."""
        found: Services = self.bot_data["services"]
        return found


App = Application[Bot_, Context, _Data, _Data, _Data, None]
