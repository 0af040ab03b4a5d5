"""The passages that an answer quotes: which sources, and which stretch of each.

A quotation is always one slice of the document's text. Parts of a split clause come back together,
a short article comes whole, neighbouring clauses that answer as well as the best one are quoted
with it; of a report's paragraph it is the sentence that answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.answering.excerpts import Wanted, excerpt, pieces
from knowledge.answering.pointers import pointed_at
from knowledge.model import Citation, Kind, Passage, Question
from knowledge.search.library import Library
from knowledge.search.ranking import Hit
from knowledge.understanding.expected import expected
from knowledge.vietnamese.text import search_key, tokens

_SHORT_PARAGRAPH = 450  # characters; such a paragraph is quoted whole
_GOOD_SENTENCE = 0.75  # of the worth of the best one: quoted with it


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What fits a phone; lengths in characters. Chosen on the development questions (`make eval`).

    Attributes:
        sources: how many are found, `pointed_at`: how many articles the first may point to.
        behind: how far behind the best score a further source may lie.
        near_own: share of the best clause's own score from which a clause is quoted with it;
            `near_stating`: from which one is that states a number of the sort asked for.
        shown: lengths of the excerpts of the first source and of each further one.
    """

    sources: int = 3
    pointed_at: int = 2
    behind: float = 6.0
    near_own: float = 0.5
    near_stating: float = 0.3
    quote: int = 3_000
    short_article: int = 900
    shown: tuple[int, int] = (1_000, 300)


def choose(
    library: Library, question: Question, hits: Sequence[Hit], limits: Limits | None = None
) -> list[Citation]:
    """Return the citations of an answer, by weight; none when there are no hits."""
    limits = limits or Limits()
    if not hits:
        return []
    least = hits[0].score - limits.behind
    units: dict[str, list[Hit]] = {}
    for hit in hits:
        if hit.score >= least or hit.passage.unit in units:
            units.setdefault(hit.passage.unit, []).append(hit)
    chosen = list(units.values())[: limits.sources]
    wanted = Wanted(_weights(library, question), expected(question))
    citations = []
    for place, found in enumerate(chosen):
        citation = _citation(library, found, wanted, limits)
        shown = limits.shown[min(place, 1)]
        parts = excerpt(citation.quote, found[0].passage.text, wanted, shown)
        citations.append(replace(citation, excerpt=parts))
    return _with_pointed_at(library, citations, wanted, limits)


def _with_pointed_at(
    library: Library, citations: Sequence[Citation], wanted: Wanted, limits: Limits
) -> list[Citation]:
    """Return the citations, behind the first one the articles that it merely points to."""
    first, *others = citations
    known = {(one.document, one.article) for one in citations}
    added = []
    for unit in pointed_at(library, first)[: limits.pointed_at]:
        if (unit[0].document, unit[0].article) not in known:
            citation = cite(library, unit[0], unit[-1])
            parts = excerpt(citation.quote, unit[0].text, wanted, limits.shown[1])
            added.append(replace(citation, excerpt=parts))
    return [first, *added, *others]


def cite(library: Library, first: Passage, last: Passage | None = None) -> Citation:
    """Return the citation of a passage, or of the stretch from it to a later one of its unit."""
    last = last or first
    document = library.documents[first.document]
    metadata = document.metadata
    return Citation(
        document=document.id,
        source=document.source,
        title=metadata.title,
        number=metadata.number,
        article=first.article,
        locator=_locator(first, last),
        page=first.page,
        quote=library.texts[first.document][first.start : last.end],
        kind=metadata.kind,
        place=metadata.place,
        period=metadata.period,
        standing=library.standing_of(first, last),
    )


def _weights(library: Library, question: Question) -> dict[str, float]:
    """Return the words that make a piece of text worth quoting, by rarity."""
    words = [
        *question.content,
        *(word for term in question.added for word in tokens(search_key(term))),
    ]
    return {word: library.rarity.of(word) for word in words}


def _citation(library: Library, hits: Sequence[Hit], wanted: Wanted, limits: Limits) -> Citation:
    best = hits[0]
    unit = library.units[best.passage.unit]
    if not best.passage.article:
        return _sentence(cite(library, best.passage), wanted)
    if unit[-1].end - unit[0].start <= limits.short_article:
        return cite(library, unit[0], unit[-1])
    good = {
        hit.passage.ordinal
        for hit in hits
        if hit.own
        >= best.own * (limits.near_stating if wanted.states(hit.passage.text) else limits.near_own)
    }
    good |= {
        passage.ordinal
        for passage in unit
        if passage.clause and passage.clause == best.passage.clause
    }
    chosen = _stretch(unit, best.passage, good, limits.quote)
    if not wanted.is_stated(" ".join(passage.text for passage in chosen)):
        chosen = _with_statement(unit, chosen, hits, wanted, limits.quote)
    return cite(library, chosen[0], chosen[-1])


def _with_statement(
    unit: Sequence[Passage],
    chosen: Sequence[Passage],
    hits: Sequence[Hit],
    wanted: Wanted,
    limit: int,
) -> Sequence[Passage]:
    """Return the stretch up to the clause that states the number asked for, or that clause."""
    stating = next((hit.passage for hit in hits if wanted.is_stated(hit.passage.text)), None)
    if stating is None:
        return chosen
    ordinals = (chosen[0].ordinal, chosen[-1].ordinal, stating.ordinal)
    reach = [one for one in unit if min(ordinals) <= one.ordinal <= max(ordinals)]
    fitting = reach[-1].end - reach[0].start <= limit
    return reach if fitting else [stating]


def _sentence(citation: Citation, wanted: Wanted) -> Citation:
    """Return the citation of the sentences of a report's paragraph that hold what is asked."""
    spans = pieces(citation.quote)
    short = len(citation.quote) <= _SHORT_PARAGRAPH
    if citation.kind is not Kind.REPORT or short or len(spans) < 2:  # noqa: PLR2004
        return citation
    worth = [wanted.worth(citation.quote[start:end]) for start, end in spans]
    best = max(worth)
    good = [index for index, value in enumerate(worth) if value >= _GOOD_SENTENCE * best]
    start, end = spans[good[0]][0], spans[good[-1]][1]
    return replace(citation, quote=citation.quote[start:end])


def _stretch(
    unit: Sequence[Passage], best: Passage, good: set[int], limit: int
) -> Sequence[Passage]:
    """Return the longest run around the best passage that ends in good ones and fits."""
    place = next(index for index, passage in enumerate(unit) if passage.ordinal == best.ordinal)
    low = high = place
    reachable = [index for index, passage in enumerate(unit) if passage.ordinal in good]
    for reach in sorted(reachable, key=lambda index: abs(index - place)):
        first, last = min(low, reach), max(high, reach)
        if unit[last].end - unit[first].start <= limit:
            low, high = first, last
    return unit[low : high + 1]


def _locator(first: Passage, last: Passage) -> str:
    if first.ordinal == last.ordinal or first.locator == last.locator:
        return first.locator
    if not first.locator.startswith("Điều ") or not first.article:
        return first.locator
    clauses = [part for part in (first.clause, last.clause) if part]
    if not clauses:
        return f"Điều {first.article}"
    ends = list(dict.fromkeys((clauses[0].split("-")[0], clauses[-1].split("-")[-1])))
    if not first.clause:  # from the article's own first words on
        return f"Điều {first.article}"
    return f"Điều {first.article} khoản {'-'.join(ends)}"
