"""Answers that the office wrote itself: told to whoever asks the same, before anything is searched.

Such a document is one question, its heading, with the answer under it. A question that nothing else
answers may be of a sort that is refused before the search ("giá lúa" is of another field), so what
was answered by hand is looked for first.
"""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.answering.evidence import cite
from knowledge.answering.likeness import Likeness, Read, read
from knowledge.model import Answer, Passage, Question, Status
from knowledge.search.library import Library


def answered(library: Library, question: Question, likeness: Likeness) -> Answer | None:
    """Return what the office answered to the same question; None when it did not."""
    asked = read(question)
    best: Passage | None = None
    for told, first in _told(library, likeness):
        if told.key == asked.key:
            best = first
            break
        if best is None and likeness.answers(asked, told):
            best = first
    if best is None:
        return None
    citation = cite(library, best, _last(library, best))
    figures = tuple(one for one in library.register.figures if one.document == best.document)
    return Answer(question=question, status=Status.ANSWERED, citations=(citation,), figures=figures)


def _told(library: Library, likeness: Likeness) -> Iterator[tuple[Read, Passage]]:
    """Yield each question that the office answered with the first passage of its answer."""
    for passage in library.office:
        if passage.ordinal == 0:
            yield likeness.read(passage.heading), passage


def _last(library: Library, first: Passage) -> Passage:
    same = (one for one in library.office if one.document == first.document)
    return max(same, key=lambda one: one.ordinal)
