"""What is in force goes first: hits put in the order in which their rules count on a day.

A rule that is not in force never stands in front of one in force that says the same; of a replaced
one nothing is shown then. Where nothing in force says the same it keeps its place, and the answer
says how it stands. A question that names a document by number gets it, and one that asks for the
former rule that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.answering.scope import matching
from knowledge.in_force import number_key
from knowledge.model import Kind, LegalReference, Passage, Question
from knowledge.search.library import Library
from knowledge.search.ranking import Hit
from knowledge.standing import Standing, State
from knowledge.understanding.moment import Moment
from knowledge.understanding.references import titled_law
from knowledge.vietnamese import lexicon
from knowledge.vietnamese.text import search_key

# Share of the rarer one's words, by rarity, that two rules on one matter have in common. Measured
# on replaced and replacing clauses of our own tests and on pairs of the legal corpus; a successor
# need say less of the same, for it is known to be about the same matter.
_SAME = 0.6
_SAME_OF_SUCCESSOR = 0.4
_OF_DOCUMENTS = frozenset(
    search_key(
        "điều khoản điểm luật nghị định thông tư quyết quy nói nội dung hiệu lực thi hành áp dụng "
        "còn hết bãi bỏ sửa đổi bổ sung thay thế article clause decree law circular decision say "
        "says still force"
    ).split()
)
_SHORT_MARK = 2  # letters of "NĐ", "TT", "CP" in a number
_BEHIND = 0.01  # less than the score of the rule that goes in front


@dataclass(frozen=True, slots=True)
class _Unit:
    """An article, or a paragraph, as it was found."""

    hits: tuple[Hit, ...]
    standing: Standing
    state: State

    @property
    def first(self) -> Passage:
        return self.hits[0].passage

    @property
    def score(self) -> float:
        return self.hits[0].score


def preferred(
    library: Library, question: Question, hits: Sequence[Hit], moment: Moment
) -> list[Hit]:
    """Return the hits, those of the rules that count at a moment first."""
    units = _units(library, hits, moment)
    named = _named(library, question)
    if exact := _exact(library, question, named):
        return _in_order(_exact_first(library, units, exact, moment))
    if named and any(one.first.document in named for one in units):
        return _in_order(_named_first(units, named))
    wanted = State.EXPIRED if moment.former else State.IN_FORCE
    if all(one.state is wanted for one in units):
        return list(hits)
    return _in_order(_wanted_first(library, units, wanted))


def _units(library: Library, hits: Sequence[Hit], moment: Moment) -> list[_Unit]:
    by_unit: dict[str, list[Hit]] = {}
    for hit in hits:
        by_unit.setdefault(hit.passage.unit, []).append(hit)
    found = []
    for members in by_unit.values():
        standing = library.standing_of(members[0].passage)
        found.append(_Unit(tuple(members), standing, standing.on(moment.day)))
    return found


def _named(library: Library, question: Question) -> set[str]:
    """Return the documents that a question names by number, or by title and year at its head."""
    numbered = [one for one in question.references if one.number and not one.article]
    found = {document for one in numbered for document in matching(library, one)}
    title, year = titled_law(question.query) or ("", "")
    for document in library.documents.values() if title else ():
        metadata = document.metadata
        if search_key(metadata.title) == title and f"/{year}/" in metadata.number:
            found.add(document.id)
    return found


def article_asked_for(library: Library, question: Question) -> Passage | None:
    """Return the first passage of an article that a question names and asks nothing more of.

    "Điều 5 Nghị định 92/2024 quy định gì", but not "Điều 5 … cho nghỉ phép mấy ngày".
    """
    more = [one for one in question.content if one.isalpha() and len(one) > _SHORT_MARK]
    if set(more) - _OF_DOCUMENTS:
        return None
    exact = _exact(library, question, _named(library, question))
    return exact and exact[0]


def _exact(
    library: Library, question: Question, named: set[str]
) -> tuple[Passage, LegalReference] | None:
    """Return the first passage of an article that a question names with its document's number."""
    for reference in question.references:
        for document in library.documents if reference.article and named else ():
            unit = library.article(document, reference.article) if document in named else None
            if unit is not None:
                return unit[0], reference
    return None


def _exact_first(
    library: Library, units: list[_Unit], exact: tuple[Passage, LegalReference], moment: Moment
) -> list[_Unit]:
    """Return the units with a named article in front, its named clause before the others."""
    first, reference = exact
    others = [one for one in units if one.first.unit != first.unit]
    found = next((one.hits for one in units if one.first.unit == first.unit), ())
    score = max((one.score for one in units), default=1.0) + _BEHIND
    clause = reference.clause
    if found and not clause:
        hits = tuple(replace(hit, score=score) for hit in found)
    else:
        owns = [
            (float(not clause or clause in one.clauses), one) for one in library.units[first.unit]
        ]
        owns.sort(key=lambda one: -one[0])
        hits = tuple(Hit(passage=one, score=score, own=own) for own, one in owns)
    standing = library.standing_of(first)
    return [_Unit(hits, standing, standing.on(moment.day)), *others]


def _named_first(units: list[_Unit], named: set[str]) -> list[_Unit]:
    best = max(one.score for one in units if one.first.document in named)
    return [
        one if one.first.document in named else _scored(one, min(one.score, best - _BEHIND))
        for one in units
    ]


def _wanted_first(library: Library, units: list[_Unit], wanted: State) -> list[_Unit]:
    """Return the units with each wanted one lifted in front of those that say the same."""
    good = [one for one in units if one.state is wanted]
    lifted = {id(one): one.score for one in good}
    rest: list[_Unit] = []
    for unit in units:
        if unit.state is wanted:
            continue
        instead = [one for one in good if _same(library, unit, one)]
        for one in instead[:1]:
            lifted[id(one)] = max(lifted[id(one)], unit.score)
        if not instead:
            rest.append(unit)
        elif unit.state is not State.EXPIRED:
            rest.append(_scored(unit, min(unit.score, lifted[id(instead[0])] - _BEHIND)))
        else:
            rest += _without_ended(library, unit)
    return [*(_scored(one, lifted[id(one)]) for one in good), *rest]


def _without_ended(library: Library, unit: _Unit) -> list[_Unit]:
    """Return what is left of an article whose best clause has ended; nothing when all of it has."""
    kept = tuple(
        hit for hit in unit.hits if library.standing_of(hit.passage).ends != unit.standing.ends
    )
    return [replace(unit, hits=kept)] if kept else []


def _scored(unit: _Unit, score: float) -> _Unit:
    return replace(unit, hits=tuple(replace(hit, score=score) for hit in unit.hits))


def _in_order(units: list[_Unit]) -> list[Hit]:
    return [hit for unit in sorted(units, key=lambda one: -one.score) for hit in unit.hits]


def _same(library: Library, one: _Unit, other: _Unit) -> bool:
    """Tell whether two rules, of which one is not in force, are on one matter."""
    if one.first.document == other.first.document:
        return False
    shared = library.rarity.shared(_words(one.first), _words(other.first))
    if shared >= _SAME:
        return True
    return shared >= _SAME_OF_SUCCESSOR and (
        _follows(library, one.standing, other) or _follows(library, other.standing, one)
    )


def _follows(library: Library, ended: Standing, unit: _Unit) -> bool:
    """Tell whether a unit is of the document that took the place of a rule."""
    metadata = library.documents[unit.first.document].metadata
    number = metadata.retells if metadata.kind is Kind.DIGEST else metadata.number
    later = {number_key(one) for one in (ended.ended_by, ended.successor) if one}
    return number_key(number) in later


def _words(passage: Passage) -> frozenset[str]:
    """Return the words with a meaning of a rule and its heading; its figures may differ."""
    heading = re.sub(r"^Điều \w+\.?", "", passage.heading)
    words = lexicon.words_of(f"{heading} {passage.text}")
    return frozenset(one for one in words if one.isalpha() and one not in lexicon.stop_words())
