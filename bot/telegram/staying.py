"""Whether an old answer may be shown once more, to this person and with today's documents. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import replace

from knowledge.catalogue import Turn
from knowledge.model import Answer, Audience, Document, Figure, Reason
from knowledge.search.library import Library

_SHORTEST_NAME = 4  # characters; a shorter title says nothing


def still_shown(turn: Turn, audience: Audience, library: Library) -> Answer | None:
    """Return the answer of a turn as it may be shown now; None when it must be asked again.

    Documents may have been closed since, and people lose roles. What leads on from an answer is
    left out when the library changed: nobody knows whether it still has an answer.
    """
    answer = turn.answer
    if answer is None or not _was_for(turn, audience):
        return None
    seen = library.seen_by(audience).documents
    hidden = [one for key, one in library.documents.items() if key not in seen]
    if not documents_of(answer) <= seen.keys() or _names_one(answer, hidden):
        return None
    if turn.generation == library.generation:
        return answer
    return None if answer.reason is not Reason.NONE else replace(answer, suggestions=())


def may_be_named(turn: Turn, audience: Audience, hidden: Set[str]) -> bool:
    """Tell whether somebody may learn what another one's question was about.

    Args:
        turn: the question with its answer.
        audience: whose documents that person may see.
        hidden: the documents that they may not see, of `hidden_from`.
    """
    quoted = documents_of(turn.answer) if turn.answer is not None else set()
    return _was_for(turn, audience) and not quoted & hidden


def hidden_from(audience: Audience, library: Library) -> Set[str]:
    """Return the documents that an audience may not see."""
    return library.documents.keys() - library.seen_by(audience).documents.keys()


def _was_for(turn: Turn, audience: Audience) -> bool:
    return turn.audience is None or turn.audience in audience.sees()


def documents_of(answer: Answer) -> set[str]:
    """Return the documents that an answer quotes, those of computed figures by their parts."""
    quoted = {one.document for one in (*answer.citations, *answer.nearest)}
    return quoted | _behind(answer.figures)


def _behind(figures: Iterable[Figure]) -> set[str]:
    found: set[str] = set()
    for one in figures:
        found |= _behind(one.parts) | ({one.document} if one.document else set())
    return found


def _names_one(answer: Answer, documents: Iterable[Document]) -> bool:
    """Tell whether an answer names a document anywhere, as a rule's successor for instance."""
    said = repr(replace(answer, question=replace(answer.question, text="")))
    names = {
        name
        for one in documents
        for name in (one.metadata.number, one.metadata.title, one.source)
        if len(name) >= _SHORTEST_NAME
    }
    return any(name in said for name in names)
