"""What speaks for a unit among the candidates, by name, and how much each merit counts.

The indexes propose; among the units they propose, the order is a weighted sum of the merits below.
The weights were learnt by `tools/fit_ranking.py` (listwise logistic regression) on questions about
19 legal documents; checked on articles that were left out: gold article first 66.4 % against 64.5 %
with weights set by hand, among the first three 83.1 % against 80.7 %. That of `terms` is set by
hand: the thesaurus was written with some of these questions in view. On 370 others it puts three
more gold articles first.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import pairwise

from knowledge.model import Passage, Question
from knowledge.search.judging import Asked
from knowledge.search.library import Rarity
from knowledge.vietnamese import lexicon
from knowledge.vietnamese.text import search_key, tokens

FARTHEST = -0.1  # nearness of all that is farther: the bundled model puts all within, others not
_DEFINITIONS = "giải thích từ ngữ"  # what such articles are called in Vietnamese laws
_USUAL_LENGTH = 1_000  # characters of an article


@dataclass(frozen=True, slots=True, kw_only=True)
class Merits:
    """What speaks for a unit; the same names for the weights.

    Attributes:
        meaning: scaled cosine of its best passage; `words`, `bare_words`: scaled BM25 of it, with
            tone marks and without.
        article: scaled BM25 of the whole unit.
        covered: share of the question that its best passage covers; `article_covered`: that the
            whole unit covers.
        form: share of what an answer must hold by the form of the question.
        other_subject: 1 when the passage is about another kind of organisation.
        heading: share of the heading's meaning that the question names.
        nearness: cosine of its best passage less that of the nearest passage of all, from
            `FARTHEST` to 0.
        pairs: share of the question's neighbouring words that stand together in the unit.
        terms: share of the question's everyday phrases for which the unit has the law's term.
        length: logarithm of its length over that of a usual article; 0 for a shorter one.
    """

    meaning: float
    words: float
    bare_words: float
    article: float
    covered: float
    article_covered: float
    form: float
    other_subject: float
    heading: float
    nearness: float
    pairs: float
    terms: float
    length: float


WEIGHTS = Merits(
    meaning=0.66,
    words=0.61,
    bare_words=0.27,
    article=0.36,
    covered=1.22,
    article_covered=1.38,
    form=0.48,
    other_subject=-0.99,
    heading=0.38,
    nearness=13.7,
    pairs=0.87,
    terms=0.5,
    length=-0.32,
)
NAMES = tuple(one.name for one in fields(Merits))


def total(merits: Merits, weights: Merits = WEIGHTS) -> float:
    """Return the score of a unit."""
    return math.fsum(getattr(merits, name) * getattr(weights, name) for name in NAMES)


@dataclass(frozen=True, slots=True)
class Sought:
    """The words of a question as the merits of a whole unit need them.

    Attributes:
        named: its words and those that the thesaurus adds.
        pairs: its neighbouring words that both carry a meaning.
        terms: for each phrase that the thesaurus knows, the law's terms for it, as search keys.
    """

    asked: Asked
    named: frozenset[str]
    pairs: tuple[str, ...]
    terms: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, question: Question, asked: Asked) -> Sought:
        """Return the words of a question."""
        words = tokens(search_key(question.query))
        added = (word for term in question.added for word in tokens(search_key(term)))
        stop = lexicon.stop_words()
        return cls(
            asked,
            frozenset((*words, *added)),
            tuple(" ".join(pair) for pair in pairwise(words) if not stop.intersection(pair)),
            _terms(tokens(question.query)),
        )

    def in_heading(self, heading: str, rarity: Rarity) -> float:
        """Return the share, 0 to 1, of a heading's meaning that the question names."""
        return rarity.share(self.named, of=_meant(heading))

    def together(self, keys: Sequence[str]) -> float:
        """Return the share, 0 to 1, of the question's pairs of words that stand in search keys."""
        found = sum(any(pair in key for key in keys) for pair in self.pairs)
        return found / len(self.pairs) if self.pairs else 0.0

    def in_law_terms(self, keys: Sequence[str]) -> float:
        """Return the share, 0 to 1, of the phrases whose term of the law stands in search keys."""
        found = sum(any(term in key for term in terms for key in keys) for terms in self.terms)
        return found / len(self.terms) if self.terms else 0.0


def _terms(words: list[str]) -> tuple[tuple[str, ...], ...]:
    query = " ".join(words)
    keys = (tuple(search_key(term) for term in terms) for _, terms in lexicon.legal_terms(words))
    return tuple(one for one in keys if not any(term in query for term in one))


@lru_cache(maxsize=50_000)
def _meant(heading: str) -> frozenset[str]:
    words = frozenset(tokens(search_key(heading))) - lexicon.stop_words()
    return frozenset(word for word in words if not word.isdigit())


@lru_cache(maxsize=50_000)
def stands_alone(heading: str) -> bool:
    """Tell whether each clause of an article says something of its own: an article of definitions.

    What the others say tells nothing about one of them, nor does how many there are.
    """
    return _DEFINITIONS in search_key(heading)


def length(passages: Sequence[Passage]) -> float:
    """Return the merit of a unit's length: 0 up to a usual article's; no short line gains."""
    if passages and stands_alone(passages[0].heading):
        return 0.0
    return max(0.0, math.log(max(1, sum(len(one.text) for one in passages)) / _USUAL_LENGTH))
