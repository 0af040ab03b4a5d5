"""The second look at the passages of the best candidates.

Does a passage cover the question, and does it hold what an answer must hold by the question's form?
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.model import Question
from knowledge.search.library import Rarity, Shelf
from knowledge.understanding.expected import Expected, expected, fits
from knowledge.understanding.subjects import subjects
from knowledge.vietnamese import lexicon
from knowledge.vietnamese.periods import years
from knowledge.vietnamese.text import search_key, tokens

# Words around a figure that do not say what is counted: time, totals, and the organisations.
_FRAME_WORDS = """
năm tháng quý ngày kỳ hồi đầu cuối hết đến tính số lượng liệu tổng cộng toàn tỉnh cả nước một mỗi
t q cỡ khoảng gần trên hơn chiếm hiện nay gom lại được nhiêu trăm phần hợp tác xã tổ liên hiệp quỹ
tín dụng nhân dân theo báo cáo dưới vùng
"""
_FRAME = frozenset(_FRAME_WORDS.split())


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's words with their worth, and for each the legal terms that stand for it.

    Attributes:
        worth: (word, rarity, ways): a word counts as covered when it stands in the text itself or
            when all words of one of the ways do.
    """

    worth: tuple[tuple[str, float, tuple[frozenset[str], ...]], ...]
    form: Expected
    subjects: frozenset[str]

    @classmethod
    def of(cls, question: Question, rarity: Rarity) -> Asked:
        """Return what a question asks for.

        Its stop words count for nothing, nor do places and periods, which are judged by themselves.
        """
        words = tokens(question.query)
        ways: dict[int, tuple[frozenset[str], ...]] = {}
        for places, terms in lexicon.legal_terms(words):
            found = tuple(frozenset(tokens(search_key(term))) for term in terms)
            ways.update((index, (*ways.get(index, ()), *found)) for index in places)
        aside = set(lexicon.stop_words())
        aside.update(word for place in question.places for word in tokens(search_key(place)))
        aside.update(str(year) for period in question.periods for year in years(period))
        worth = tuple(
            (word, rarity.of(word), ways.get(index, ()))
            for index, word in enumerate(words)
            if word not in aside
        )
        return cls(worth, expected(question), subjects(question.query))

    def covered(self, present: frozenset[str]) -> float:
        """Return the share, 0 to 1, of the question's meaning that a set of words covers."""
        return _covered(self.worth, present)

    def elsewhere(self, named: frozenset[str]) -> bool:
        """Tell whether a text names organisations, and none of those that the question names."""
        return bool(self.subjects and named) and not named & self.subjects

    def measured(self, present: frozenset[str]) -> float:
        """Return the share of the measure's words: what is counted, not who, where or when.

        1 when the question only counts organisations ("có bao nhiêu HTX").
        """
        worth = [one for one in self.worth if one[0] not in _FRAME and one[0][0].isalpha()]
        return _covered(worth, present) if worth else 1.0


def _covered(
    words: Sequence[tuple[str, float, tuple[frozenset[str], ...]]], present: frozenset[str]
) -> float:
    total = found = 0.0
    for word, worth, ways in words:  # a loop: this is asked some 250 times a question
        total += worth
        if word in present or any(way <= present for way in ways):
            found += worth
    return found / total if total else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgingWeights:
    """How much each sign counts beside the scaled scores; see `Weights` for their calibration."""

    covered: float = 1.0
    form: float = 1.0
    other_subject: float = -0.5  # the clause is about another kind of organisation


def judge(
    shelf: Shelf, indices: Sequence[int], asked: Asked, weights: JudgingWeights
) -> dict[int, float]:
    """Return what is added to the score of each of the passages."""
    return {
        index: weights.covered * asked.covered(shelf.words[index])
        + weights.form * fits(asked.form, shelf.keys[index])
        + weights.other_subject * asked.elsewhere(shelf.subjects[index])
        for index in indices
    }
