"""What a process of its own is given to do with the library, and what it says at the end.

A job is a frozen value that goes to another process; its result comes back the same way.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bot.marking import selftest
from bot.marking.selftest import Trial
from bot.settings import Settings
from ingest.document import load, prepare
from ingest.pipeline import Outcome, Progress, Report
from ingest.sources import Source
from knowledge.catalogue import Understood
from knowledge.errors import DocumentFault, UnreadableDocumentError
from knowledge.parts import last_word

if TYPE_CHECKING:
    from ingest.pipeline import Ingestion

_BETWEEN_SEEN_S = 0.5  # questions take a few ms each


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """How far a job has come.

    Attributes:
        name: of the file that is being read; "" while passages are embedded or questions asked.
        asks: the questions of the self-test are being asked.
    """

    name: str
    done: int
    count: int
    asks: bool = False


OnSeen = Callable[[Seen], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Synchronise:
    """Take up files and folders.

    Attributes:
        prune: remove documents whose files are gone from the folders.
    """

    paths: tuple[Path, ...]
    prune: bool

    def run(self, settings: Settings, seen: OnSeen) -> Report:
        """Return what was done."""
        return _ingestion(settings, seen).ingest(self.paths, prune=self.prune)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a look at one file gave: what was understood, or why nothing was."""

    understood: Understood | None = None
    fault: DocumentFault | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Read files without taking anything up; the library is not touched."""

    sources: tuple[Source, ...]

    def run(self, settings: Settings, seen: OnSeen) -> tuple[Looked, ...]:  # noqa: ARG002
        """Return what was understood of each file, in their order."""
        found: list[Looked] = []
        for done, source in enumerate(self.sources, start=1):
            seen(Seen(name=source.name, done=done, count=len(self.sources)))
            found.append(_looked(source))
        return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """How a publication ended.

    Attributes:
        report: its generation is the live one, be it the new or the old.
        flipped: the documents are live.
    """

    report: Report
    trial: Trial
    flipped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Publish:
    """Stage documents, ask the self-test, and make them live if it allows that.

    Attributes:
        without: documents that are taken out in the same step.
        note: of the generation; it is live if one with this note was published.
        anyway: publish whatever the self-test says; it is not asked then.
    """

    sources: tuple[Source, ...]
    without: tuple[str, ...]
    note: str
    anyway: bool = False

    def run(self, settings: Settings, seen: OnSeen) -> Published:
        """Return how it ended.

        Raises:
            UsageError: the question file is malformed; nothing was changed.
        """
        from bot.wiring import open_judged  # noqa: PLC0415  (heavy; only in the new process)

        questions = [] if self.anyway else selftest.questions_of(settings.home)
        ingestion = _ingestion(settings, seen)
        trials: list[Trial] = []

        def allowed(live: int, staged: int) -> bool:
            judged = open_judged(settings, ingestion)
            trial = selftest.tried(
                judged.at(live), judged.at(staged), questions, _now_and_then(seen)
            )
            trials.append(trial)
            return not trial.is_bad

        report = ingestion.offer(self.sources, without=self.without, note=self.note, judge=allowed)
        trial = trials[0] if trials else Trial()
        failed = any(one.outcome is Outcome.FAILED for one in report.results)
        return Published(report=report, trial=trial, flipped=not trial.is_bad and not failed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """Put versions of documents into the library, or take documents out.

    Attributes:
        versions: {document id: version id, or None to take it out}.
    """

    versions: Mapping[str, int | None] = field(default_factory=dict)
    note: str = ""

    def run(self, settings: Settings, seen: OnSeen) -> int:
        """Return the number of the new generation."""
        from ingest.shelving import put  # noqa: PLC0415  (heavy; only in the new process)

        return put(_ingestion(settings, seen), self.versions, self.note)


def _ingestion(settings: Settings, seen: OnSeen) -> Ingestion:
    from bot.wiring import open_ingestion  # noqa: PLC0415  (heavy; only in the new process)

    progress = Progress(
        read=lambda name, done, count: seen(Seen(name=name, done=done + 1, count=count)),
        embed=lambda done, count: seen(Seen(name="", done=done, count=count)),
    )
    return open_ingestion(settings, progress)


def _looked(source: Source) -> Looked:
    try:
        stored = prepare(source, load(source))
    except UnreadableDocumentError as error:
        return Looked(fault=error.fault, detail=error.detail)
    whole = last_word(one for one in stored.effects if not one.article)
    return Looked(
        understood=Understood(
            metadata=stored.metadata,
            starts=whole.starts if whole else None,
            ends=whole.ends if whole else None,
            passages=len(stored.passages),
            figures=len(stored.figures),
            sha256=stored.sha256,
        )
    )


def _now_and_then(seen: OnSeen) -> Callable[[int, int], None]:
    """Return what tells of questions asked, but not of each."""
    told = 0.0

    def tell(done: int, count: int) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told >= _BETWEEN_SEEN_S or done == count:
            told = now
            seen(Seen(name="", done=done, count=count, asks=True))

    return tell
