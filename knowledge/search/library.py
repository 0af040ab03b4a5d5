"""One generation of the library, loaded: its documents, passages, indexes and spelling model."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from sys import intern

import numpy as np
from numpy.typing import NDArray

from knowledge.catalogue import Catalogue
from knowledge.figures.register import Register
from knowledge.in_force import Standings
from knowledge.model import Audience, Document, Passage
from knowledge.parts import Rule
from knowledge.search.vectors import vector_id
from knowledge.search.words import WordIndex, bare
from knowledge.standing import Standing
from knowledge.understanding.subjects import subjects
from knowledge.vietnamese import lexicon
from knowledge.vietnamese.places import place_names
from knowledge.vietnamese.spelling import SpellingModel
from knowledge.vietnamese.text import search_key, tokens


@dataclass(frozen=True, slots=True)
class Field:
    """The same texts indexed twice: with tone marks and without."""

    marked: WordIndex
    unmarked: WordIndex

    @classmethod
    def of(cls, texts: Sequence[Sequence[str]]) -> Field:
        """Index token lists."""
        return cls(WordIndex(texts), WordIndex([bare(text) for text in texts]))


@dataclass(frozen=True, slots=True)
class Shelf:
    """The passages of one audience with their indexes.

    Attributes:
        units: names of the units (articles, paragraphs) in order of their first passage.
        unit_of: for each passage, the index of its unit.
        by_vector: indices of the passages that a vector stands for.
        keys: the search keys of the passages' search texts; `words` and `subjects` are theirs.
    """

    passages: tuple[Passage, ...]
    units: tuple[str, ...]
    unit_of: NDArray[np.int64]
    by_vector: dict[str, tuple[int, ...]]
    passage_field: Field
    unit_field: Field
    keys: tuple[str, ...]
    words: tuple[frozenset[str], ...]
    subjects: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, passages: Sequence[Passage]) -> Shelf:
        """Index passages."""
        keys = tuple(search_key(passage.search_text) for passage in passages)
        words = [[intern(word) for word in lexicon.spelt_out(tokens(key))] for key in keys]
        units: dict[str, int] = {}
        unit_words: list[list[str]] = []
        unit_of: list[int] = []
        by_vector: dict[str, tuple[int, ...]] = {}
        for index, passage in enumerate(passages):
            unit = units.setdefault(passage.unit, len(units))
            unit_of.append(unit)
            body = lexicon.words_of(passage.text)
            if unit == len(unit_words):
                unit_words.append(list(words[index]))
            else:
                unit_words[unit] += body
            key = vector_id(passage.meaning_text)
            by_vector[key] = (*by_vector.get(key, ()), index)
        return cls(
            tuple(passages),
            tuple(units),
            np.array(unit_of, dtype=np.int64),
            by_vector,
            Field.of(words),
            Field.of(unit_words),
            keys,
            tuple(frozenset(found) for found in words),
            tuple(subjects(" ".join(found)) for found in words),
        )


@dataclass(frozen=True, slots=True)
class Rarity:
    """In how many passages of the library a word stands, with tone marks."""

    counts: Counter[str]
    passages: int

    def of(self, word: str) -> float:
        """Return the inverse document frequency of a word; highest for one never seen."""
        return float(np.log((self.passages + 1) / (self.counts[word] + 0.5)))

    def weight(self, words: Iterable[str]) -> float:
        """Return the sum of the rarities of words."""
        return sum(self.of(word) for word in words)

    def share(self, words: frozenset[str], of: frozenset[str]) -> float:
        """Return how much of a set of words stands in another, 0 to 1, by rarity; 0 of none."""
        whole = self.weight(of)
        return self.weight(words & of) / whole if whole else 0.0

    def shared(self, one: frozenset[str], other: frozenset[str]) -> float:
        """Return how much of the lesser of two sets of words stands in the other, 0 to 1."""
        return max(self.share(one, other), self.share(other, one))


@dataclass(frozen=True, slots=True)
class Library:
    """A generation as it is asked: nothing in it changes.

    Attributes:
        texts: the whole text of each document.
        units: the passages of each unit, in order.
        words: the words of each passage's search text, by passage id; `subjects` likewise.
        standings: how the documents stand, as each audience may know it.
        office: the passages of answers that the office wrote, which are never searched: an answer
            about rice is near to a question about maize, and wrong.
    """

    generation: int
    documents: dict[str, Document]
    texts: dict[str, str]
    shelves: dict[Audience, Shelf]
    units: dict[str, tuple[Passage, ...]]
    words: dict[str, frozenset[str]]
    subjects: dict[str, frozenset[str]]
    spelling: SpellingModel
    rarity: Rarity
    register: Register
    standings: dict[Audience, Standings]
    office: tuple[Passage, ...]

    @classmethod
    def load(cls, catalogue: Catalogue, generation: int) -> Library:
        """Read a generation from the catalogue and index it."""
        versions = catalogue.versions(generation=generation)
        documents = {version.document.id: version.document for version in versions}
        ids = [version.id for version in versions]
        passages = catalogue.passages(ids)
        searched = [one for one in passages if not documents[one.document].of_office]
        shelves = {
            audience: Shelf.of(found)
            for audience in Audience
            if (
                found := [
                    passage
                    for passage in searched
                    if documents[passage.document].metadata.audience is audience
                ]
            )
        }
        counts = Counter(
            word for shelf in shelves.values() for words in shelf.words for word in words
        )
        units: defaultdict[str, list[Passage]] = defaultdict(list)
        for passage in passages:
            units[passage.unit].append(passage)
        texts = catalogue.texts(ids)
        return cls(
            generation,
            documents,
            texts,
            shelves,
            {unit: tuple(members) for unit, members in units.items()},
            _by_id(shelves, lambda shelf: shelf.words),
            _by_id(shelves, lambda shelf: shelf.subjects),
            _spelling(passages),
            Rarity(counts, len(searched)),
            Register(tuple(catalogue.figures(ids)), documents, texts),
            {
                audience: Standings.of(
                    one for one in documents.values() if one.metadata.audience in audience.sees()
                )
                for audience in Audience
            },
            tuple(one for one in passages if documents[one.document].of_office),
        )

    @property
    def passages(self) -> int:
        """How many passages there are."""
        return sum(len(shelf.passages) for shelf in self.shelves.values())

    def seen_by(self, audience: Audience) -> Library:
        """Return the library as an audience sees it: nothing else is searched, named or counted."""
        seen = audience.sees()
        documents = {
            key: item for key, item in self.documents.items() if item.metadata.audience in seen
        }
        return replace(
            self,
            documents=documents,
            register=self.register.seen_by(documents),
            shelves={key: shelf for key, shelf in self.shelves.items() if key in seen},
            standings={key: one for key, one in self.standings.items() if key in seen},
            office=tuple(one for one in self.office if one.document in documents),
        )

    @property
    def in_force(self) -> Standings:
        """Return how the documents stand, by what those who may see this library may know."""
        return list(self.standings.values())[-1]

    def standing_of(self, first: Passage, last: Passage | None = None) -> Standing:
        """Return how the stretch from a passage to a later one of its unit stands."""
        last = last or first
        within = [
            one
            for one in self.units.get(first.unit, (first,))
            if first.ordinal <= one.ordinal <= last.ordinal
        ]
        return self.in_force.standing(
            Rule(
                document=first.document,
                article=first.article,
                clauses=tuple(dict.fromkeys(number for one in within for number in one.clauses)),
                breadcrumb=first.breadcrumb,
                heading=first.heading,
            )
        )

    def passage_of(self, document: str, quote: str, *, at_end: bool = False) -> Passage | None:
        """Return the passage in which a stretch of a document begins, or ends; None if in none."""
        start = self.texts[document].find(quote)
        if start < 0:
            return None
        start += len(quote) - 1 if at_end else 0
        return next(
            (
                passage
                for shelf in self.shelves.values()
                for passage in shelf.passages
                if passage.document == document and passage.start <= start < passage.end
            ),
            None,
        )

    def holds(self, phrase: str) -> bool:
        """Tell whether a phrase, a search key, stands in any passage."""
        return any(phrase in key for shelf in self.shelves.values() for key in shelf.keys)

    def retells(self, document: str, name: str) -> bool:
        """Tell whether a heading of a digest names a law, by the search key of its name."""
        return any(
            name in search_key(members[0].heading)
            for members in self.units.values()
            if members[0].document == document
        )

    def article(self, document: str, article: str) -> tuple[Passage, ...] | None:
        """Return the passages of an article of a document; None when it has no such article."""
        return next(
            (
                members
                for members in self.units.values()
                if (members[0].document, members[0].article) == (document, article)
            ),
            None,
        )

    def articles(self, document: str) -> set[str]:
        """Return the numbers of a document's own articles; none for a digest."""
        return {
            members[0].article for members in self.units.values() if members[0].document == document
        } - {""}

    def article_at(self, document: str, offset: int) -> tuple[int, int, str]:
        """Return [start, end) and heading of the article that holds an offset of a document's text.

        Outside of articles it is the whole text, without a heading.
        """
        for members in self.units.values():
            first, last = members[0], members[-1]
            if (
                first.document == document
                and first.article
                and first.start <= offset < max(one.end for one in members)
            ):
                return first.start, last.end, first.heading
        return 0, len(self.texts[document]), ""

    def unit_words(self, passage: Passage) -> frozenset[str]:
        """Return the words of a passage's whole article, its headings included."""
        return frozenset().union(*(self.words[one.id] for one in self.units[passage.unit]))


def _by_id(
    shelves: dict[Audience, Shelf], part: Callable[[Shelf], tuple[frozenset[str], ...]]
) -> dict[str, frozenset[str]]:
    return {
        passage.id: found
        for shelf in shelves.values()
        for passage, found in zip(shelf.passages, part(shelf), strict=True)
    }


def _spelling(passages: Sequence[Passage]) -> SpellingModel:
    texts = [re.sub(r"\s+", " ", passage.search_text) for passage in passages]
    return SpellingModel.learn(texts, [*lexicon.everyday_texts(), *place_names()])
