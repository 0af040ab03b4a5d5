"""Whether an old answer may be shown once more, to this person and with today's documents. Pure."""

from __future__ import annotations

from collections.abc import Iterable
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
    if answer is None or (turn.audience is not None and turn.audience not in audience.sees()):
        return None
    seen = library.seen_by(audience).documents
    hidden = [one for key, one in library.documents.items() if key not in seen]
    if not documents_of(answer) <= seen.keys() or _names_one(answer, hidden):
        return None
    if turn.generation == library.generation:
        return answer
    return None if answer.reason is not Reason.NONE else replace(answer, suggestions=())


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
