"""The assistant: one question in, one answer out, always from the live generation."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import structlog

from knowledge.answering import scope
from knowledge.answering.evidence import choose, cite
from knowledge.catalogue import Catalogue
from knowledge.model import Answer, Audience, Citation, Question, Reason, Status
from knowledge.search.embeddings import Embedder
from knowledge.search.judging import Asked
from knowledge.search.library import Library
from knowledge.search.ranking import Hit, search
from knowledge.search.vectors import VectorShelves
from knowledge.understanding import understand
from knowledge.vietnamese.text import search_key, tokens

log = structlog.get_logger(__name__)

_NEAREST = 2
_REFUSED = {Reason.SECRET, Reason.OPINION}


class Assistant:
    """Answers from the live generation; opens the stores anew when another one went live.

    Safe to use from several threads.
    """

    def __init__(
        self, catalogue: Catalogue, open_vectors: Callable[[], VectorShelves], embedder: Embedder
    ) -> None:
        self._catalogue = catalogue
        self._open_vectors = open_vectors
        self._embedder = embedder
        self._lock = threading.Lock()
        self._loaded: tuple[Library, VectorShelves] | None = None

    def library(self) -> Library:
        """Return the live generation, loaded."""
        return self._current()[0]

    def warm_up(self) -> None:
        """Load all that the first question needs, so that it is as quick as the second."""
        self.answer("hợp tác xã")

    def answer(
        self,
        text: str,
        history: Sequence[str] = (),
        audience: Audience = Audience.ADMINS,
    ) -> Answer:
        """Return the answer to a question; never raises for anything that a person may type."""
        library, vectors = self._current()
        question = understand(text, history, library.spelling)
        if not library.visible(audience):
            return Answer(question=question, status=Status.NOT_FOUND, reason=Reason.EMPTY_LIBRARY)
        verdict = scope.before_search(library, question)
        if verdict is not None:
            status = Status.REFUSED if verdict.reason in _REFUSED else Status.NOT_FOUND
            return Answer(
                question=question, status=status, reason=verdict.reason, detail=verdict.detail
            )
        hits = search(library, vectors, self._embedder, question, audience=audience)
        return self._grounded(library, question, hits)

    def search(
        self, text: str, *, audience: Audience = Audience.EVERYONE
    ) -> tuple[Library, list[Hit]]:
        """Return the library and the passages found for a question, best first, unjudged."""
        library, vectors = self._current()
        question = understand(text, (), library.spelling)
        return library, search(library, vectors, self._embedder, question, audience=audience)

    def _grounded(self, library: Library, question: Question, hits: Sequence[Hit]) -> Answer:
        within = scope.in_scope(library, question, hits)
        citations = choose(library, question, within)
        _check_quotes(library, citations)
        asked = Asked.of(question, library.rarity)
        covered = max(
            (asked.covered(_words(library, hit)) for hit in _firsts(within)[:3]), default=0.0
        )
        verdict = scope.after_search(library, question, citations, covered)
        if verdict is None:
            return _answered(library, question, tuple(citations))
        nearest = tuple(cite(library, hit.passage) for hit in _firsts(hits)[:_NEAREST])
        return Answer(
            question=question,
            status=Status.NOT_FOUND,
            reason=verdict.reason,
            detail=verdict.detail,
            nearest=nearest,
        )

    def _current(self) -> tuple[Library, VectorShelves]:
        generation = self._catalogue.live_generation()
        with self._lock:
            if self._loaded is None or self._loaded[0].generation != generation:
                if self._loaded is not None:
                    VectorShelves.forget_cached()
                    log.debug("library reopened", generation=generation)
                self._loaded = (Library.load(self._catalogue, generation), self._open_vectors())
            return self._loaded


def _answered(library: Library, question: Question, citations: tuple[Citation, ...]) -> Answer:
    """Return the answer, or the choice that is needed, or what of several things is missing."""
    places = scope.places_to_choose(library, question, citations)
    if places:
        suggestions = tuple(f"{question.understood.rstrip(' ?')} {place}?" for place in places)
        return Answer(
            question=question,
            status=Status.CLARIFY,
            reason=Reason.WHICH_PLACE,
            detail=", ".join(places),
            suggestions=suggestions,
        )
    missing = scope.missing_places(question, citations)
    return Answer(
        question=question,
        status=Status.PARTIAL if missing else Status.ANSWERED,
        reason=Reason.NO_SUCH_PLACE if missing else Reason.NONE,
        detail=", ".join(missing),
        citations=citations,
    )


def _firsts(hits: Sequence[Hit]) -> list[Hit]:
    """Return the best hit of each unit, best unit first."""
    found: dict[str, Hit] = {}
    for hit in hits:
        found.setdefault(hit.passage.unit, hit)
    return list(found.values())


def _words(library: Library, hit: Hit) -> frozenset[str]:
    """Return the words of the whole article that a hit stands in, its headings included."""
    text = f"{hit.passage.search_text} {library.unit_text(hit.passage)}"
    return frozenset(tokens(search_key(text)))


def _check_quotes(library: Library, citations: Sequence[Citation]) -> None:
    """Nothing unsupported: a quotation that does not stand in its document is a bug."""
    for citation in citations:
        if citation.quote not in library.texts[citation.document]:
            raise AssertionError(f"quotation not in {citation.source} at {citation.locator}")
