"""Ingestion: all or nothing.

read → stage → embed → check → publish → collect. Until `publish`, one transaction in the catalogue,
everything is written beside the live state; a process killed at any step leaves the old state
answering, and the next run discards what was staged and keeps the vectors it already has.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import structlog

from ingest.document import doubts, fingerprint, load, prepare
from ingest.placing import write_whole
from ingest.reviewing import count_of, find_problems
from ingest.sources import Source, find_sources
from knowledge.catalogue import Catalogue, StoredVersion
from knowledge.errors import DocumentFault, LibraryError, UnreadableDocumentError
from knowledge.model import Audience, Document
from knowledge.search.vectors import VectorShelves, vector_id

log = structlog.get_logger(__name__)

Judge = Callable[[int, int], bool]
"""Is given the numbers of the live and of the staged generation, and tells whether to publish."""


class Step(StrEnum):
    """The named steps of a change, in order."""

    READ = "read"
    STAGE = "stage"
    EMBED = "embed"
    CHECK = "check"
    PUBLISH = "publish"
    COLLECT = "collect"


class Outcome(StrEnum):
    """How a document ended."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REMOVED = "removed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one source.

    Attributes:
        document: the version that is live now, or was until it was removed; None when it failed.
        doubts: names of metadata that could not be determined.
        fault: why it failed, else None.
    """

    source: str
    outcome: Outcome
    document: Document | None = None
    passages: int = 0
    figures: int = 0
    doubts: tuple[str, ...] = ()
    fault: DocumentFault | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a run did.

    Attributes:
        embedded: how many passages needed a new vector.
        figures: how many the register holds now.
        generation: the live generation afterwards.
        problems: how many inconsistencies the added and the updated documents have.
    """

    results: tuple[Result, ...]
    passages: int
    embedded: int
    generation: int
    elapsed_s: float
    figures: int = 0
    problems: int = 0

    @property
    def failed(self) -> bool:
        """Tell whether a document failed."""
        return any(result.outcome is Outcome.FAILED for result in self.results)

    def raise_failed(self, source: str = "") -> None:
        """Raise what was wrong with the first document that failed.

        Args:
            source: the only document that counts; each does when "".

        Raises:
            UnreadableDocumentError: one failed.
        """
        for result in self.results:
            if result.fault is not None and source in {"", result.source}:
                raise UnreadableDocumentError(result.fault, result.detail)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What a person may watch; the functions are called often and must be quick."""

    step: Callable[[Step], None] = lambda _step: None
    read: Callable[[str, int, int], None] = lambda _name, _done, _all: None
    embed: Callable[[int, int], None] = lambda _done, _all: None


@dataclass(slots=True)
class _Reading:
    """What was read so far: results by document id, in the order of the sources."""

    contents: dict[str, int]
    results: list[Result] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Ingestion:
    """Changes one library.

    Attributes:
        catalogue: the truth.
        vectors: the vectors of the configured embedding model.
        originals: folder in which the files themselves are kept, by content.
    """

    catalogue: Catalogue
    vectors: VectorShelves
    originals: Path
    progress: Progress = field(default_factory=Progress)

    def ingest(self, paths: Sequence[Path], *, prune: bool = False) -> Report:
        """Add, update and (with `prune`) remove documents; return what was done.

        Raises:
            LibraryLockedError: another process is changing the library.
        """
        started = time.monotonic()
        with self.catalogue.writing():
            self.catalogue.discard_staged()
            live = self.catalogue.live_generation()
            before = self.catalogue.contents(live)
            self.progress.step(Step.READ)
            sources = [one for one in find_sources(paths) if not self._is_ours(one.file)]
            reading = self._read(sources, before)
            if prune:
                self._prune(paths, before, reading)
            generation, embedded = self._change(live, before, reading)
        return self._report(reading, generation, embedded, started)

    def offer(
        self,
        sources: Sequence[Source],
        *,
        without: Collection[str] = (),
        note: str,
        judge: Judge,
    ) -> Report:
        """Add and update sources and take documents out; publish that if the judge says so.

        The judge may ask both generations: the staged one has all its vectors. What it does not
        let pass is discarded; the report then has the live generation's number.

        Args:
            sources: files with their identity, wherever they lie.
            without: ids of the documents that are taken out.
            note: what was done, for the list of generations.
            judge: is not asked where nothing would change.

        Raises:
            LibraryLockedError: another process is changing the library.
        """
        started = time.monotonic()
        with self.catalogue.writing():
            self.catalogue.discard_staged()
            live = self.catalogue.live_generation()
            before = self.catalogue.contents(live)
            self.progress.step(Step.READ)
            reading = self._read(sources, before)
            for gone in without:
                reading.contents.pop(gone, None)
            if reading.contents == before or any(
                result.outcome is Outcome.FAILED for result in reading.results
            ):
                generation, embedded = live, 0
                self.catalogue.discard_staged()
            else:
                generation, embedded = self._publish(reading.contents, note, judge)
        return self._report(reading, generation, embedded, started)

    def _report(self, reading: _Reading, generation: int, embedded: int, started: float) -> Report:
        live_now = self.catalogue.versions(generation=generation)
        problems = self._problems(reading.results)
        return Report(
            results=tuple(reading.results),
            passages=sum(version.passages for version in live_now),
            figures=sum(version.figures for version in live_now),
            embedded=embedded,
            generation=generation,
            problems=problems,
            elapsed_s=round(time.monotonic() - started, 3),
        )

    def _problems(self, results: Sequence[Result]) -> int:
        """Return how many inconsistencies the changed documents have, also with others."""
        changed = {
            result.document.id
            for result in results
            if result.document and result.outcome in (Outcome.ADDED, Outcome.UPDATED)
        }
        return count_of(find_problems(self.catalogue), changed) if changed else 0

    def replace(self, change: Callable[[dict[str, int]], Mapping[str, int]], note: str) -> int:
        """Publish what a function makes of the live contents; return the generation's number.

        Args:
            change: gets {document id: version id} as it is live under the writer's lock.
            note: what was done, for the list of generations.
        """
        with self.catalogue.writing():
            self.catalogue.discard_staged()
            live = self.catalogue.contents(self.catalogue.live_generation())
            generation, _ = self._publish(dict(change(live)), note)
        return generation

    def missing_vectors(self) -> int:
        """Return how many live passages have no vector of the configured model."""
        live = self.catalogue.contents(self.catalogue.live_generation())
        return sum(len(texts) for texts in self._without_vector(live).values())

    def rebuild(self) -> int:
        """Embed what has no vector of the configured model; return how many passages it was."""
        with self.catalogue.writing():
            live = self.catalogue.contents(self.catalogue.live_generation())
            embedded = self._embed(live)
            self.vectors.drop_other_models()
            self._collect(live)
        return embedded

    # --- reading -------------------------------------------------------------------------------

    def _read(self, sources: Sequence[Source], before: Mapping[str, int]) -> _Reading:
        reading = _Reading(dict(before))
        known = {
            version.document.id: version
            for version in self.catalogue.versions(generation=self.catalogue.live_generation())
        }
        for done, source in enumerate(sources):
            self.progress.read(source.name, done, len(sources))
            if source.id in reading.seen:
                continue
            reading.seen.add(source.id)
            try:
                reading.results.append(self._read_one(source, known.get(source.id), reading))
            except UnreadableDocumentError as error:
                log.warning("document failed", source=source.path, fault=error.fault.value)
                reading.results.append(
                    Result(
                        source=source.name,
                        outcome=Outcome.FAILED,
                        fault=error.fault,
                        detail=error.detail,
                    )
                )
        return reading

    def _is_ours(self, file: Path) -> bool:
        """Tell whether a file is the library's own: `htx ingest .` beside the default `./var`."""
        home = self.originals.resolve().parent
        if not file.is_relative_to(home):
            return False
        first = file.relative_to(home).parts[0]
        return first in (self.originals.name, "vectors", "drafts") or first.startswith(
            "catalogue.db"
        )

    def _read_one(self, source: Source, live: StoredVersion | None, reading: _Reading) -> Result:
        data = load(source)
        mark = fingerprint(source, data)
        if live is not None and live.fingerprint == mark:
            return _result(source.name, Outcome.UNCHANGED, live)
        version = self.catalogue.version_with(source.id, mark)
        if version is None:
            stored = prepare(source, data)
            self._keep(stored.sha256, data)
            version = self.catalogue.add_version(stored)
        reading.contents[source.id] = version
        found = next(
            item for item in self.catalogue.versions(document=source.id) if item.id == version
        )
        return _result(source.name, Outcome.UPDATED if live else Outcome.ADDED, found)

    def _keep(self, sha256: str, data: bytes) -> None:
        """Keep the file itself."""
        target = self.originals / sha256
        if not target.exists():
            write_whole(target, data)

    def _prune(self, paths: Sequence[Path], before: Mapping[str, int], reading: _Reading) -> None:
        """Remove the documents of the same folders whose files are gone."""
        origins = {path.resolve().as_posix() for path in paths if path.is_dir()}
        live = self.catalogue.versions(generation=self.catalogue.live_generation())
        for version in live:
            document = version.document
            origin = document.location.rsplit("/", 1)[0]
            inside = any(origin == one or origin.startswith(f"{one}/") for one in origins)
            if inside and document.id in before and document.id not in reading.seen:
                del reading.contents[document.id]
                reading.results.append(_result(document.source, Outcome.REMOVED, version))

    # --- changing ------------------------------------------------------------------------------

    def _change(self, live: int, before: Mapping[str, int], reading: _Reading) -> tuple[int, int]:
        """Publish what was read; return (generation, embedded)."""
        if reading.contents == before:
            embedded = self._embed(reading.contents) if live else 0
            self._collect(reading.contents)  # what a run that was killed left behind
            generation = live
        else:
            generation, embedded = self._publish(reading.contents, _note(reading.results))
        return generation, embedded

    def _publish(
        self, contents: dict[str, int], note: str, judge: Judge = lambda _live, _staged: True
    ) -> tuple[int, int]:
        """Stage, embed, check and publish; return (live generation, embedded)."""
        self.progress.step(Step.STAGE)
        generation = self.catalogue.stage(contents, note)
        self.progress.step(Step.EMBED)
        embedded = self._embed(contents)
        self.progress.step(Step.CHECK)
        missing = sum(len(texts) for texts in self._without_vector(contents).values())
        if missing:
            raise LibraryError(f"{missing} passages have no vector; nothing was published")
        live = self.catalogue.live_generation()
        if not judge(live, generation):
            self.catalogue.discard_staged()  # the vectors stay until the next change collects them
            return live, 0
        self.progress.step(Step.PUBLISH)
        self.catalogue.publish(generation)
        self.progress.step(Step.COLLECT)
        self._collect(contents)
        return generation, embedded

    def _embed(self, contents: Mapping[str, int]) -> int:
        wanted = self._without_vector(contents)
        total, done = sum(len(texts) for texts in wanted.values()), 0

        def advance(count: int) -> None:
            nonlocal done
            done += count
            self.progress.embed(done, total)

        for audience, texts in wanted.items():
            self.vectors.add(audience, texts, advance)
        return total

    def _without_vector(self, contents: Mapping[str, int]) -> dict[Audience, list[str]]:
        found: dict[Audience, list[str]] = {}
        for audience, texts in self._texts(contents).items():
            present = self.vectors.present(audience, list(texts))
            missing = [text for key, text in texts.items() if key not in present]
            if missing:
                found[audience] = missing
        return found

    def _collect(self, contents: Mapping[str, int]) -> None:
        texts = self._texts(contents)
        for audience in Audience:
            self.vectors.collect(audience, set(texts.get(audience, ())))

    def _texts(self, contents: Mapping[str, int]) -> dict[Audience, dict[str, str]]:
        """Return {audience: {vector id: text}} of versions."""
        ids = list(contents.values())
        audiences = self.catalogue.audiences(ids)
        found: dict[Audience, dict[str, str]] = {}
        for passage in self.catalogue.passages(ids):
            shelf = found.setdefault(audiences[passage.document], {})
            shelf[vector_id(passage.meaning_text)] = passage.meaning_text
        return found


def _result(name: str, outcome: Outcome, version: StoredVersion) -> Result:
    return Result(
        source=name,
        outcome=outcome,
        document=version.document,
        passages=version.passages,
        figures=version.figures,
        doubts=doubts(version.document.metadata) if outcome is not Outcome.REMOVED else (),
    )


def _note(results: Iterable[Result]) -> str:
    counts: dict[str, int] = {}
    for result in results:
        counts[result.outcome.value] = counts.get(result.outcome.value, 0) + 1
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
