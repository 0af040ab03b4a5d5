"""The figures of one generation, ready to be asked: by place, by name, with what is around."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from knowledge.figures.facets import MONEY, Facets, facets_in, facets_of
from knowledge.model import Document, Figure
from knowledge.vietnamese.places import COUNTRY, provinces
from knowledge.vietnamese.quantities import find_quantities
from knowledge.vietnamese.text import bare_key, tokens

Name = tuple[str, str, str]  # indicator, subject, unit
_COMMA = re.compile(r"[,;](?!\d)")
CELL_MARK = " | "  # between the cells of a row that is quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is said around a figure.

    Attributes:
        clause: between the quantities before and behind it; of a table the row.
        segment: between the semicolons around it.
        sentence: the whole sentence or row.
        above: the title and what the paragraph says in front of the sentence.
    """

    clause: Facets
    segment: Facets
    sentence: Facets
    above: Facets


@dataclass(frozen=True)
class Register:
    """The figures of a generation. What is worked out on the way is kept."""

    figures: tuple[Figure, ...]
    documents: Mapping[str, Document]
    texts: Mapping[str, str]
    _around: dict[int, Surroundings] = field(default_factory=dict, repr=False)

    @cached_property
    def by_place(self) -> Mapping[str, Mapping[Name, Sequence[Figure]]]:
        """The figures of each place by their name."""
        found: defaultdict[str, defaultdict[Name, list[Figure]]]
        found = defaultdict(lambda: defaultdict(list))
        for figure in self.figures:
            found[figure.place][name_of(figure)].append(figure)
        return found

    @cached_property
    def places(self) -> Mapping[tuple[str, ...], tuple[str, ...]]:
        """The places by their words without tone marks; districts by their bare name."""
        found: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        for place in self.by_place:
            if place:
                found[tuple(tokens(bare_key(place.partition(" (")[0])))].append(place)
        return {words: tuple(names) for words, names in found.items()}

    def seen_by(self, documents: Mapping[str, Document]) -> Register:
        """Return the register of some of the documents."""
        if len(documents) == len(self.documents):
            return self
        kept = tuple(one for one in self.figures if one.document in documents)
        return Register(kept, documents, self.texts)

    def around(self, figure: Figure) -> Surroundings:
        """Return what is said around a figure."""
        key = id(figure)
        if key not in self._around:
            self._around[key] = self._read_around(figure)
        return self._around[key]

    def _read_around(self, figure: Figure) -> Surroundings:
        quote = figure.quote or ""
        text = self.texts.get(figure.document, "")
        start = max(text.find(quote), 0)
        line = start if CELL_MARK in quote else text.rfind("\n", 0, start) + 1
        title = self.documents[figure.document].metadata.title
        return Surroundings(
            clause=facets_in(quote[slice(*_clause(figure))]),
            segment=facets_in(_segment(quote, _clause(figure)[0])),
            sentence=facets_in(quote),
            above=facets_in(f"{title} ; {text[line:start]}"),
        )


def name_of(figure: Figure) -> Name:
    """Return what figures of the same thing share."""
    return figure.indicator, figure.subject, figure.unit


def named(name: Name) -> Facets:
    """Return the facets of a name."""
    return facets_of(*name)


def is_province(place: str) -> bool:
    """Tell whether a place is a province, of before or after July 2025."""
    return place in provinces()


def is_district(place: str) -> bool:
    """Tell whether a place is a district: it is told with its province."""
    return "(" in place


def is_region(place: str) -> bool:
    """Tell whether a place is a region of several provinces."""
    return bool(place) and not is_province(place) and not is_district(place) and place != COUNTRY


def _clause(figure: Figure) -> tuple[int, int]:
    """Return [start, end) of the words around a figure's number that are its own.

    They go from the number before to the one behind; of a sum from comma to comma.
    """
    quote = figure.quote or ""
    found = find_quantities(quote)
    for index, one in enumerate(found):
        if one.value == abs(figure.value) and one.value_max == figure.value_max:
            begin = found[index - 1].end if index else 0
            end = found[index + 1].number_start if index + 1 < len(found) else len(quote)
            if figure.unit != MONEY:  # of a sum the words in front say what it is
                return begin, end
            comma = _COMMA.search(quote, begin, one.number_start) if index else None
            stop = _COMMA.search(quote, one.end, end)
            return comma.end() if comma else begin, stop.start() if stop else end
    return 0, len(quote)


def _segment(quote: str, offset: int) -> str:
    """Return the part of a sentence between the semicolons around an offset."""
    end = quote.find(";", offset + 1)
    return quote[quote.rfind(";", 0, max(offset, 1)) + 1 : end if end >= 0 else len(quote)]


def stated_as(figure: Figure) -> str:
    """Return a quantity as its sentence has it ("gần 29 tỷ đồng"); "" when it is not found."""
    quote = figure.quote or ""
    if CELL_MARK in quote:
        return ""
    for one in find_quantities(quote):
        if one.value == abs(figure.value) and one.value_max == figure.value_max and one.unit:
            return quote[one.start : one.end]
    return ""


def dated(figures: Iterable[Figure], documents: Mapping[str, Document]) -> list[Figure]:
    """Return figures with those of the latest documents first."""

    def published(figure: Figure) -> str:
        issued = documents[figure.document].metadata.issued
        return issued.isoformat() if issued else ""

    return sorted(figures, key=published, reverse=True)
