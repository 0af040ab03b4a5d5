"""Answers that stand on the register of figures: looked up, compared, ranked, followed, computed.

What is answered is what was asked for, and nothing near it: another place, time, subject or kind is
told as what there is instead, and the status says that the asked figure is not in the documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from knowledge.answering import scope, suggestions
from knowledge.answering.evidence import cite
from knowledge.figures.followup import completed
from knowledge.figures.inquiry import Inquiry
from knowledge.figures.operations import outcome_of
from knowledge.figures.outcome import Outcome
from knowledge.figures.reading import read_inquiry
from knowledge.model import (
    Answer,
    Ask,
    Citation,
    Figure,
    Question,
    Reason,
    Status,
)
from knowledge.search.library import Library
from knowledge.understanding import understand
from knowledge.vietnamese.text import bare_key

_MEMBERS_OF_UNIONS = "hợp tác xã thành viên"  # the register counts cooperatives, and people
_MOST_CITED = 8
_MOST_NEAREST = 3


def inquire(library: Library, text: str, history: Sequence[str]) -> Inquiry | None:
    """Return what a question asks of the register; None when it asks for no figure.

    Args:
        library: whose register is asked.
        text: the question as typed.
        history: the person's earlier questions, oldest first.
    """
    if not library.register.figures:
        return None
    question = understand(text, (), library.spelling)
    if question.references or _MEMBERS_OF_UNIONS in question.query:
        return None
    now = read_inquiry(question, library.register)
    if history:
        earlier = inquire(library, history[-1], history[:-1])
        now = completed(now, earlier, bare_key(question.understood))
    return now if now.wants_figure else None


def told_by_register(library: Library, text: str) -> Answer | None:
    """Return the answer to a whole question if the register gives it; nothing is searched.

    Args:
        library: as far as the person may see it.
        text: a question that leans on none before it.
    """
    question = understand(text, (), library.spelling)
    if scope.before_search(library, question) is not None:
        return None
    inquiry = inquire(library, text, ())
    if inquiry is None or not inquiry.scoped:
        return None
    return answer_figures(library, question, inquiry)


def answer_figures(library: Library, question: Question, inquiry: Inquiry) -> Answer | None:
    """Return the answer that the register gives; None when it has nothing to do with it."""
    outcome = outcome_of(library.register, inquiry)
    if outcome.reason is Reason.WHICH_PLACE:
        return _asked_back(library, question, outcome)
    if outcome.figures:
        return _answered(library, question, outcome)
    if not outcome.reason or not inquiry.explicit or not inquiry.places:
        return None
    if outcome.reason is Reason.NO_SUCH_PLACE and Ask.STATISTIC not in question.asks:
        return None  # a rule may be asked for: "HTX ở Hà Nội được vay tối đa bao nhiêu"
    return Answer(
        question=question,
        status=Status.NOT_FOUND,
        reason=outcome.reason,
        detail=", ".join(outcome.missing),
        nearest=_cited(library, outcome.instead)[:_MOST_NEAREST],
        suggestions=suggestions.of_figures(question, outcome.instead),
    )


def _asked_back(library: Library, question: Question, outcome: Outcome) -> Answer:
    """Return the choice between places, with their figures when they are few."""
    places = sorted(outcome.missing)
    return Answer(
        question=question,
        status=Status.CLARIFY,
        reason=outcome.reason,
        detail=", ".join(places),
        citations=_cited(library, outcome.figures)[:_MOST_CITED],
        figures=outcome.figures,
        operation=outcome.operation if outcome.figures else None,
        suggestions=suggestions.of_places(question, places),
    )


def _answered(library: Library, question: Question, outcome: Outcome) -> Answer:
    stated = [part for one in outcome.figures for part in (one.parts or (one,))]
    return Answer(
        question=question,
        status=Status.PARTIAL if outcome.missing else Status.ANSWERED,
        reason=outcome.reason,
        detail=", ".join(outcome.missing),
        citations=_cited(library, stated)[:_MOST_CITED],
        figures=outcome.figures,
        nearest=_cited(library, outcome.instead)[:_MOST_NEAREST],
        operation=outcome.operation,
    )


def _cited(library: Library, figures: Iterable[Figure]) -> tuple[Citation, ...]:
    """Return the sentences and rows that state figures, each once."""
    found: dict[tuple[str, str], Citation] = {}
    for figure in figures:
        key = (figure.document, figure.quote or "")
        if figure.quote and key not in found:
            passage = library.passage_of(figure.document, figure.quote)
            if passage is not None:
                found[key] = replace(
                    cite(library, passage), quote=figure.quote, excerpt=(figure.quote,)
                )
    return tuple(found.values())
