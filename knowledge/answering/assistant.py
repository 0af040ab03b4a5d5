"""The assistant: one question in, one answer out, always from the live generation."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import structlog
from langchain_core.cross_encoders import BaseCrossEncoder

from knowledge.answering import curated, fluent, scope, suggestions
from knowledge.answering.confidence import Signs, confidence, signs_of
from knowledge.answering.disagreement import differing
from knowledge.answering.evidence import choose, cite
from knowledge.answering.figures import answer_figures, inquire
from knowledge.answering.fluent import NOBODY, Listener
from knowledge.answering.language_model import LanguageModel
from knowledge.answering.likeness import Likeness
from knowledge.answering.preference import article_asked_for, preferred
from knowledge.answering.yes_no import said
from knowledge.catalogue import Catalogue
from knowledge.clock import today_in_vietnam
from knowledge.model import Answer, Ask, Audience, Citation, Kind, Question, Reason, Status
from knowledge.search.embeddings import Embedder
from knowledge.search.library import Library
from knowledge.search.ranking import Found, Hit, firsts, search
from knowledge.search.reranking import rerank
from knowledge.search.vectors import VectorShelves
from knowledge.standing import Standing, State
from knowledge.understanding import understand
from knowledge.understanding.moment import Moment, moment_of
from knowledge.understanding.references import titled_law
from knowledge.understanding.rewriting import completed, points_back

log = structlog.get_logger(__name__)

_NEAREST = 2
_COMPARED = 8  # articles that are looked at for figures that differ
_RULES = (Kind.LAW, Kind.DIGEST)
_REFUSED = {Reason.SECRET, Reason.OPINION}
_ANSWERED = {Status.ANSWERED, Status.PARTIAL}


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A generation with what finds passages in it and what tells whether two questions are one."""

    library: Library
    vectors: VectorShelves
    likeness: Likeness


class Assistant:
    """Answers from the live generation; opens the stores anew when another one went live.

    Safe to use from several threads. While one of them loads a new generation, the others go on
    with the old one.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        open_vectors: Callable[[], VectorShelves],
        embedder: Embedder,
        reranker: BaseCrossEncoder | None = None,
        model: LanguageModel | None = None,
        generation: int | None = None,
    ) -> None:
        self._generation = generation
        self._catalogue = catalogue
        self._open_vectors = open_vectors
        self._embedder = embedder
        self._reranker = reranker
        self._model = model
        self._lock = threading.Lock()
        self._loaded: _Loaded | None = None

    def at(self, generation: int) -> Assistant:
        """Return one like this that is asked a generation, be it live or not."""
        return Assistant(
            self._catalogue,
            self._open_vectors,
            self._embedder,
            self._reranker,
            self._model,
            generation,
        )

    def library(self) -> Library:
        """Return the live generation, loaded."""
        return self._current().library

    def refresh(self) -> Library:
        """Return the live generation, loaded; questions are answered from the old one meanwhile."""
        with self._lock:
            return self._load().library

    def likeness(self) -> Likeness:
        """Return what tells whether two questions ask the same, by the live generation."""
        return self._current().likeness

    def warm_up(self) -> None:
        """Load all that the first question needs, so that it is as quick as the second."""
        self.answer("hợp tác xã")

    def answer(
        self,
        text: str,
        history: Sequence[str] = (),
        audience: Audience = Audience.ADMINS,
        *,
        today: date | None = None,
    ) -> Answer:
        """Return the answer to a question; never raises for anything that a person may type.

        Args:
            text: the question as typed.
            history: the person's earlier questions, oldest first.
            audience: whose documents may be used.
            today: the day whose rules count where the question names no other; by default this
                one in Vietnam.
        """
        loaded, day = self._current(), today or self.today()
        answer = self._answer(loaded, text, history, audience, day)
        led_on = tuple(
            one for one in answer.suggestions if self._is_answered(loaded, one, audience, day)
        )
        return replace(answer, suggestions=led_on, today=day)

    def today(self) -> date:
        """Return the day that it is in Vietnam."""
        return today_in_vietnam()

    def whole(self, text: str, history: Sequence[str], audience: Audience = Audience.ADMINS) -> str:
        """Return a follow-up as a whole question, put so by the language model.

        "" without a model, and for what the rules understand, refuse or completed already. The
        model may take its time, so whoever counts the questions worked on asks this apart.
        """
        if self._model is None or not history:
            return ""
        library = self._current().library.seen_by(audience)
        question = understand(text, history, library.spelling)
        if not points_back(question, history) or scope.before_search(library, question):
            return ""
        rewrite = partial(fluent.rewritten, self._model)
        return completed(question, history, library.spelling, rewrite)

    def answer_whole(
        self, text: str, whole: str, history: Sequence[str], audience: Audience = Audience.ADMINS
    ) -> Answer:
        """Return the answer to a question, or to what `whole` returned for it."""
        if not whole:
            return self.answer(text, history, audience)
        answer = self.answer(whole, (), audience)
        asked = replace(answer.question, text=text, carried=(history[-1],))
        return replace(answer, question=asked)

    @property
    def tells(self) -> bool:
        """Whether a language model is there to tell answers."""
        return self._model is not None

    def tell(self, answer: Answer, listener: Listener = NOBODY) -> Answer:
        """Return an answer told by the language model; as it is without one or when that fails.

        Args:
            answer: one of this assistant's.
            listener: is told each checked sentence as soon as it is there.
        """
        return answer if self._model is None else fluent.tell(answer, self._model, listener)

    def search(self, text: str, *, audience: Audience = Audience.EVERYONE) -> tuple[Library, Found]:
        """Return the library and what was found for a question, unjudged."""
        loaded = self._current()
        library = loaded.library
        question = understand(text, (), library.spelling)
        found = search(library, loaded.vectors, self._embedder, question, audience=audience)
        return library, rerank(found, question, self._reranker)

    def weighed(self, text: str, history: Sequence[str] = ()) -> tuple[Signs, Answer] | None:
        """Return what the confidence is made of and the answer if it were enough.

        None when the question is not even searched: for fitting the confidence anew.
        """
        loaded = self._current()
        library = loaded.library
        question = understand(text, history, library.spelling)
        if scope.before_search(library, question) is not None:
            return None
        found = search(library, loaded.vectors, self._embedder, question, audience=Audience.ADMINS)
        moment = moment_of(question.text, self.today())
        within = preferred(library, question, scope.in_scope(library, question, found), moment)
        signs = signs_of(library, question, found, within)
        return signs, self._grounded(library, question, found, moment, certain=True)

    def _is_answered(self, loaded: _Loaded, text: str, audience: Audience, today: date) -> bool:
        """Tell whether a question has an answer; an article that is named is found unsearched."""
        library = loaded.library.seen_by(audience)
        if article_asked_for(library, understand(text, (), library.spelling)) is not None:
            return True
        return self._answer(loaded, text, (), audience, today).status in _ANSWERED

    def _answer(
        self, loaded: _Loaded, text: str, history: Sequence[str], audience: Audience, today: date
    ) -> Answer:
        """Return the answer; its suggestions were not tried."""
        library = loaded.library.seen_by(audience)
        question = understand(text, history, library.spelling)
        if not library.documents:
            return Answer(question=question, status=Status.NOT_FOUND, reason=Reason.EMPTY_LIBRARY)
        verdict = scope.before_search(library, question)
        told_by_office = curated.answered(library, question, loaded.likeness)
        if told_by_office and (verdict is None or verdict.reason not in _REFUSED):
            return told_by_office
        if verdict is not None:
            status = Status.REFUSED if verdict.reason in _REFUSED else Status.NOT_FOUND
            return Answer(
                question=question,
                status=status,
                reason=verdict.reason,
                detail=verdict.detail,
                gone=_gone(library, question, verdict.reason),
            )
        inquiry = inquire(library, text, history)
        if inquiry is not None and inquiry.scoped:
            told = answer_figures(library, question, inquiry)
            if told is not None:
                return told
        found = search(library, loaded.vectors, self._embedder, question, audience=audience)
        asked = f"{question.text} ; {question.query}" if question.carried else question.text
        grounded = self._grounded(library, question, found, moment_of(asked, today))
        if inquiry is not None and grounded.status is Status.CLARIFY:
            return answer_figures(library, question, inquiry) or grounded
        return grounded

    def _grounded(
        self,
        library: Library,
        question: Question,
        found: Found,
        moment: Moment,
        *,
        certain: bool = False,
    ) -> Answer:
        """Return what the passages answer; whether they do is judged without the reranker."""
        within = preferred(library, question, scope.in_scope(library, question, found), moment)
        ranked = rerank(found, question, self._reranker)
        read = within
        if ranked is not found:
            read = preferred(library, question, scope.in_scope(library, question, ranked), moment)
        citations = choose(library, question, read)
        _check_quotes(library, citations)
        signs = signs_of(library, question, found, within)
        named = article_asked_for(library, question)
        exact = bool(within) and named is not None and named.unit == within[0].passage.unit
        sure = certain or exact or confidence(signs, self._embedder.identity) >= 0
        verdict = scope.after_search(library, question, citations, sure=sure)
        if verdict is None:
            answer = _answered(library, question, tuple(citations))
            if answer.status is Status.CLARIFY or citations[0].kind not in _RULES:
                return answer
            compared = self._compared(library, answer, read, moment.day)
            return _with_yes_or_no(compared, moment)
        nearby = firsts(preferred(library, question, ranked.hits, moment))
        hits = [hit for hit in nearby if _could_answer(library, question, hit)]
        nearest = tuple(cite(library, hit.passage) for hit in hits[:_NEAREST])
        return Answer(
            question=question,
            status=Status.NOT_FOUND,
            reason=verdict.reason,
            detail=verdict.detail,
            nearest=nearest,
            suggestions=suggestions.of_nearest(question, nearest),
        )

    def _compared(self, library: Library, answer: Answer, hits: Sequence[Hit], day: date) -> Answer:
        """Return the answer with what sources in force say differently, those quoted too."""
        quoted = answer.citations
        shown = {(one.document, one.article) for one in quoted}
        further = [
            cite(library, hit.passage)
            for hit in firsts(hits)[:_COMPARED]
            if (hit.passage.document, hit.passage.article) not in shown
        ]
        found = differing(library, answer.question, [*quoted, *further], day)
        added = {one.source for one in found if one.source > len(quoted)}
        places = {old: new for new, old in enumerate(sorted(added), start=len(quoted) + 1)}
        return replace(
            answer,
            citations=(*quoted, *(further[place - len(quoted) - 1] for place in sorted(added))),
            differing=tuple(
                replace(one, source=places.get(one.source, one.source)) for one in found
            ),
        )

    def _current(self) -> _Loaded:
        """Return the live generation; the one before it while another thread loads."""
        loaded = self._loaded
        if loaded is not None and loaded.library.generation == self._asked():
            return loaded
        if not self._lock.acquire(blocking=loaded is None):
            assert loaded is not None  # noqa: S101  (without one the lock is waited for)
            return loaded
        try:
            return self._load()
        finally:
            self._lock.release()

    def _asked(self) -> int:
        """Return the number of the generation that is asked now."""
        if self._generation is not None:
            return self._generation
        return self._catalogue.live_generation()

    def _load(self) -> _Loaded:
        """Load the live generation unless it is loaded; the lock is held."""
        generation = self._asked()
        if self._loaded is None or self._loaded.library.generation != generation:
            if self._loaded is not None:
                VectorShelves.forget_cached()
                log.debug("library reopened", generation=generation)
            library = Library.load(self._catalogue, generation)
            likeness = Likeness(library, self._embedder)
            self._loaded = _Loaded(library, self._open_vectors(), likeness)
        return self._loaded


def _with_yes_or_no(answer: Answer, moment: Moment) -> Answer:
    """Return the answer with a yes or a no where a rule plainly in force says it undisputed."""
    if moment.named:
        return replace(answer, as_of=moment.day)
    standing = answer.citations[0].standing
    plain = standing.on(moment.day) is State.IN_FORCE and not standing.notices
    if not plain or answer.differing or answer.status is not Status.ANSWERED:
        return answer
    return replace(answer, said=said(answer.question, answer.citations))


def _answered(library: Library, question: Question, citations: tuple[Citation, ...]) -> Answer:
    """Return the answer, or the choice that is needed, or what of several things is missing."""
    places = scope.places_to_choose(library, question, citations)
    if places:
        return Answer(
            question=question,
            status=Status.CLARIFY,
            reason=Reason.WHICH_PLACE,
            detail=", ".join(places),
            suggestions=suggestions.of_places(question, places),
        )
    missing = scope.missing_places(question, citations)
    return Answer(
        question=question,
        status=Status.PARTIAL if missing else Status.ANSWERED,
        reason=Reason.NO_SUCH_PLACE if missing else Reason.NONE,
        detail=", ".join(missing),
        citations=citations,
        suggestions=suggestions.of_articles(library, question, citations),
    )


def _gone(library: Library, question: Question, reason: Reason) -> Standing | None:
    """Return how a document stands that is asked for and not held, if a held one says so."""
    if reason is not Reason.NO_SUCH_DOCUMENT:
        return None
    numbers = [one.number for one in question.references if one.number and not one.article]
    told = [library.in_force.gone(number) for number in numbers]
    if named := titled_law(question.query):
        told.append(library.in_force.gone_by_title(*named))
    return next((one for one in told if one is not None), None)


def _could_answer(library: Library, question: Question, hit: Hit) -> bool:
    """Tell whether a passage is of a sort to be shown as nearest: figures stand in reports."""
    if Ask.STATISTIC not in question.asks:
        return True
    return library.documents[hit.passage.document].metadata.kind in (Kind.REPORT, Kind.TABLE)


def _check_quotes(library: Library, citations: Sequence[Citation]) -> None:
    """Nothing unsupported: a quotation that does not stand in its document is a bug."""
    for citation in citations:
        if citation.quote not in library.texts[citation.document]:
            raise AssertionError(f"quotation not in {citation.source} at {citation.locator}")
