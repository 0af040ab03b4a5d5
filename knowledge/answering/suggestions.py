"""Questions that lead on from an answer; the assistant keeps those that have an answer.

They are worded here and not among the texts for people because the assistant must understand them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.answering.pointers import named_in
from knowledge.model import Citation, Figure, Language, Question
from knowledge.search.library import Library
from knowledge.vietnamese.periods import bounds

_MOST = 2  # buttons that fit beside those of the sources
_ABOUT = {
    Language.VIETNAMESE: "Điều {article} {document} quy định gì?",
    Language.ENGLISH: "What does Article {article} of {document} say?",
}
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_KIND = re.compile(r"^(?:Bộ luật|Luật|Nghị định|Thông tư|Quyết định|Nghị quyết)\b")


def of_places(question: Question, places: Sequence[str]) -> tuple[str, ...]:
    """Return the question again for each place of which one must be chosen."""
    return tuple(f"{question.understood.rstrip(' ?')} {place}?" for place in places)


def of_figures(question: Question, instead: Sequence[Figure]) -> tuple[str, ...]:
    """Return the question again for the places and years of figures that there are instead."""
    asked_years = sorted(set(_YEAR.findall(question.understood)))
    found: list[str] = []
    for figure in instead:
        text = question.understood
        if len(question.places) == 1 and figure.place not in question.places:
            text = re.sub(re.escape(question.places[0]), figure.place, text, flags=re.IGNORECASE)
        if len(asked_years) == 1 and figure.period:
            text = text.replace(asked_years[0], bounds(figure.period)[1][:4])
        if text != question.understood:
            found.append(text)
    return tuple(dict.fromkeys(found))[:_MOST]


def of_articles(
    library: Library, question: Question, citations: Sequence[Citation]
) -> tuple[str, ...]:
    """Return questions about the articles that a quoted rule names."""
    found = dict.fromkeys(_pointed_to(library, citations))
    return tuple(_about(question, *one) for one in list(found)[:_MOST])


def of_nearest(question: Question, nearest: Sequence[Citation]) -> tuple[str, ...]:
    """Return questions about the articles that stand nearest when nothing was found."""
    found = dict.fromkeys(
        (one.article, _short_name(one.title, one.number))
        for one in nearest
        if one.article and one.number
    )
    return tuple(_about(question, *one) for one in list(found)[:_MOST])


def _pointed_to(library: Library, citations: Sequence[Citation]) -> Iterator[tuple[str, str]]:
    shown = {(one.document, one.article) for one in citations}
    for citation in citations:
        for first, *_ in named_in(library, citation):
            metadata = library.documents[first.document].metadata
            if metadata.number and (first.document, first.article) not in shown:
                yield first.article, _short_name(metadata.title, metadata.number)


def _short_name(title: str, number: str) -> str:
    """Return "Luật 17/2023/QH15": what a person would call the document."""
    kind = _KIND.match(title)
    return f"{kind[0]} {number}" if kind else number


def _about(question: Question, article: str, document: str) -> str:
    return _ABOUT[question.language].format(article=article, document=document)
