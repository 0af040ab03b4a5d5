"""Fusion: every index gives each passage a score from 0 (its hundredth candidate) to 1 (its first).

Scaled sums beat rank fusion (recall@3 71 against 66 on the development questions). An article is
proposed by its best passage together with the words of the whole article, and ranked among those
proposed by its merits; the passages within it by their own scores alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from knowledge.model import Audience, Language, Passage, Question
from knowledge.search.embeddings import Embedder
from knowledge.search.judging import Asked, JudgingWeights, judge
from knowledge.search.library import Field, Library, Shelf
from knowledge.search.merits import FARTHEST, Merits, Sought, length, stands_alone, total
from knowledge.search.merits import WEIGHTS as MERITS
from knowledge.search.vectors import VectorShelves
from knowledge.search.words import bare
from knowledge.understanding.expected import fits
from knowledge.vietnamese.text import search_key, tokens

Scores = NDArray[np.float32]

CANDIDATES = 100  # of each index; the last of them has score 0
JUDGED = 30  # units that get the second look


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each index counts when units are proposed, and each merit when they are ranked.

    The first were calibrated by `htx eval`, the merits by `tools/fit_ranking.py`.
    """

    meaning: float = 1.5  # e5, passage
    words: float = 1.0  # BM25 with tone marks, passage
    bare_words: float = 0.3  # BM25 without tone marks, passage
    article: float = 1.0  # BM25, whole article
    added: float = 0.5  # words that the thesaurus adds, beside those of the question
    judging: JudgingWeights = field(default_factory=JudgingWeights)
    merits: Merits = MERITS


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage found.

    Attributes:
        score: of its unit; hits of one unit have the same.
        own: of the passage itself.
    """

    passage: Passage
    score: float
    own: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search found.

    Attributes:
        hits: best unit first, and the best passage of each unit first.
        asked: what the question asks for, as the second look saw it.
        cosine: of the question and its nearest passage; 0 when nothing was searched.
        off_topic: how little the question is like those that documents answer.
        merits: of each unit among the hits.
    """

    hits: tuple[Hit, ...] = ()
    asked: Asked
    cosine: float = 0.0
    off_topic: float = 0.0
    merits: Mapping[str, Merits] = field(default_factory=dict)

    def firsts(self) -> list[Hit]:
        """Return the best hit of each unit, best unit first."""
        return firsts(self.hits)


def firsts(hits: Sequence[Hit]) -> list[Hit]:
    """Return the best hit of each unit, best unit first."""
    found: dict[str, Hit] = {}
    for hit in hits:
        found.setdefault(hit.passage.unit, hit)
    return list(found.values())


def search(
    library: Library,
    vectors: VectorShelves,
    embedder: Embedder,
    question: Question,
    *,
    audience: Audience,
    weights: Weights | None = None,
) -> Found:
    """Return what the passages of an audience hold for a question."""
    weights = weights or Weights()
    asked = Asked.of(question, library.rarity)
    shelves = [(seen, library.shelves[seen]) for seen in audience.sees() if seen in library.shelves]
    if not shelves or not question.query.strip():
        return Found(asked=asked)
    vector = embedder.model.embed_query(meaning_query(question))
    sought = embedder.mapped(vector)
    # The map draws every question to some clause: how near it is in truth its own vector tells.
    both = [_near(vectors, seen, shelf, (sought, vector)) for seen, shelf in shelves]
    nearest, plain = [one[0] for one in both], [one[1] for one in both]
    cosines = [_meaning(shelf, found) for (_, shelf), found in zip(shelves, nearest, strict=True)]
    parts = [_word_scores(shelf, question, weights) for _, shelf in shelves]
    candidates = _Candidates.of([shelf for _, shelf in shelves], cosines, parts, weights)
    merits, hits = _ranked(library, candidates, Sought.of(question, asked), weights)
    cosine = max((found[0][1] for found in plain if found), default=0.0)
    return Found(
        hits=tuple(hits),
        asked=asked,
        cosine=cosine,
        off_topic=embedder.off_topic(vector),
        merits=merits,
    )


def _near(
    vectors: VectorShelves, audience: Audience, shelf: Shelf, sought: Sequence[list[float]]
) -> list[list[tuple[str, float]]]:
    """Return the candidates among the passages that are searched; others have vectors too."""
    found = vectors.nearest(audience, sought, CANDIDATES)
    return [[one for one in near if one[0] in shelf.by_vector] for near in found]


def scaled(scores: Scores) -> Scores:
    """Return the scores from 0 at the hundredth candidate to 1 at the first, 0 behind it."""
    if not scores.size:
        return scores
    best = float(scores.max())
    count = min(CANDIDATES, scores.size)
    last = float(np.partition(scores, scores.size - count)[scores.size - count])
    if best <= last:
        return np.where(scores > 0, np.float32(best > 0), np.float32(0)).astype(np.float32)
    found: Scores = np.clip((scores - last) / (best - last), 0, None).astype(np.float32)
    return found


@dataclass(frozen=True, slots=True)
class _WordScores:
    marked: Scores
    unmarked: Scores
    article: Scores  # one a unit


def meaning_query(question: Question) -> str:
    """Return the words of a question whose vector is looked for."""
    if question.language is Language.ENGLISH:
        return f"{question.text} {question.query}"
    return question.query


def _meaning(shelf: Shelf, nearest: Sequence[tuple[str, float]]) -> Scores:
    """Return the cosine of each passage; the least of the candidates for those that are none."""
    least = min((cosine for _, cosine in nearest), default=0.0)
    scores = np.full(len(shelf.passages), least, dtype=np.float32)
    for key, cosine in nearest:
        for index in shelf.by_vector.get(key, ()):
            scores[index] = cosine
    return scores


def _word_scores(shelf: Shelf, question: Question, weights: Weights) -> _WordScores:
    words = tokens(search_key(question.query))
    added = [tokens(search_key(term)) for term in question.added]
    marked, unmarked = _both(shelf.passage_field, words, added, weights.added)
    article, article_bare = _both(shelf.unit_field, words, added, weights.added)
    return _WordScores(marked, unmarked, article + np.float32(weights.bare_words) * article_bare)


def _both(
    field: Field, words: list[str], added: list[list[str]], weight: float
) -> tuple[Scores, Scores]:
    marked, unmarked = field.marked.scores(words), field.unmarked.scores(bare(words))
    for term in added:
        marked = marked + field.marked.scores(term, weight)
        unmarked = unmarked + field.unmarked.scores(bare(term), weight)
    return marked, unmarked


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidates:
    """The scores of all passages of the shelves, one behind another.

    Attributes:
        cosines, meaning, words, bare_words, own: one a passage; `own` is the weighted sum.
        article: one a unit.
        unit_of: for each passage, the index of its unit.
    """

    shelves: Sequence[Shelf]
    cosines: Scores
    meaning: Scores
    words: Scores
    bare_words: Scores
    own: Scores
    article: Scores
    unit_of: NDArray[np.int64]

    @classmethod
    def of(
        cls,
        shelves: Sequence[Shelf],
        cosines: Sequence[Scores],
        parts: Sequence[_WordScores],
        weights: Weights,
    ) -> _Candidates:
        starts = np.cumsum([0, *(len(shelf.units) for shelf in shelves)])
        raw = np.concatenate(cosines)
        meaning = scaled(raw)
        words = scaled(np.concatenate([part.marked for part in parts]))
        bare_words = scaled(np.concatenate([part.unmarked for part in parts]))
        return cls(
            shelves=shelves,
            cosines=raw,
            meaning=meaning,
            words=words,
            bare_words=bare_words,
            own=weights.meaning * meaning + weights.words * words + weights.bare_words * bare_words,
            article=scaled(np.concatenate([part.article for part in parts])),
            unit_of=np.concatenate(
                [shelf.unit_of + start for shelf, start in zip(shelves, starts, strict=False)]
            ),
        )

    def proposed(self, weights: Weights) -> NDArray[np.int64]:
        """Return the indices of the best units."""
        best = np.full(self.article.size, -np.inf, dtype=np.float32)
        np.maximum.at(best, self.unit_of, self.own)
        return np.argsort(-(best + weights.article * self.article), kind="stable")[:JUDGED]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a passage stands: `at` in the scores of all shelves, `index` on its own shelf."""

    at: int
    shelf: Shelf
    index: int

    @property
    def passage(self) -> Passage:
        return self.shelf.passages[self.index]


def _ranked(
    library: Library, candidates: _Candidates, sought: Sought, weights: Weights
) -> tuple[dict[str, Merits], list[Hit]]:
    """Return the merits of the best units and the hits in them, best first."""
    merits: dict[str, Merits] = {}
    hits: list[Hit] = []
    for unit, places in _members(candidates, weights).items():
        judged = judge(
            places[0].shelf, [one.index for one in places], sought.asked, weights.judging
        )
        own = {one.at: float(candidates.own[one.at]) + judged[one.index] for one in places}
        places.sort(key=lambda one: -own[one.at])
        found = _merits(library, candidates, sought, unit, places)
        score = total(found, weights.merits)
        merits[places[0].passage.unit] = found
        hits += [Hit(passage=one.passage, score=score, own=own[one.at]) for one in places]
    hits.sort(key=lambda hit: -hit.score)
    return merits, hits


def _members(candidates: _Candidates, weights: Weights) -> dict[int, list[_Place]]:
    """Return where the passages of each proposed unit stand, the best unit first."""
    proposed = candidates.proposed(weights)
    members: dict[int, list[_Place]] = {int(unit): [] for unit in proposed}
    offset = 0
    for shelf in candidates.shelves:
        inside = candidates.unit_of[offset : offset + len(shelf.passages)]
        for index in np.flatnonzero(np.isin(inside, proposed)):
            members[int(inside[index])].append(_Place(offset + int(index), shelf, int(index)))
        offset += len(shelf.passages)
    return members


def _merits(
    library: Library,
    candidates: _Candidates,
    sought: Sought,
    unit: int,
    places: Sequence[_Place],
) -> Merits:
    """Return the merits of a unit; its best passage stands first among its places."""
    place, shelf, index = places[0].at, places[0].shelf, places[0].index
    passages = [one.passage for one in places]
    words, key = shelf.words[index], shelf.keys[index]
    alone = stands_alone(passages[0].heading)
    whole = words if alone else library.unit_words(passages[0])
    return Merits(
        meaning=float(candidates.meaning[place]),
        words=float(candidates.words[place]),
        bare_words=float(candidates.bare_words[place]),
        article=float(candidates.article[unit]),
        covered=sought.asked.covered(words),
        article_covered=sought.asked.covered(whole),
        form=fits(sought.asked.form, key),
        other_subject=float(sought.asked.elsewhere(shelf.subjects[index])),
        heading=sought.in_heading(passages[0].heading, library.rarity),
        nearness=max(FARTHEST, float(candidates.cosines[place] - candidates.cosines.max())),
        pairs=sought.together([shelf.keys[one.index] for one in places]),
        terms=sought.in_law_terms([shelf.keys[one.index] for one in places]),
        length=length(passages),
    )
