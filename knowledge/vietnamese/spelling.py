"""Tone marks restored and small typos mended by a syllable-pair model learnt from the library.

The most likely spelling of the whole question is found by Viterbi over the spellings that the
library knows for each typed syllable. Every mark that the person typed is kept (only hỏi and ngã,
which much of the country does not tell apart, may change places), so a fully marked question comes
back as it was. The method is the one published for Vietnamese question answering on law: a bigram
model of accented syllables over the candidates of each unaccented one.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.vietnamese.text import has_marks, search_key, tokens, without_marks

# Natural logarithms. Calibrated on the restored share of library sentences stripped of their marks
# (tests/knowledge/test_spelling.py); re-run that when one changes.
PAIR_WEIGHT = 0.8
SINGLE_WEIGHT = 0.19
UNSEEN = 1e-7
KEEP_MARKED = 7.0  # against changing a known syllable in a question that is typed with marks
SWAP_TONE = 3.0  # hỏi for ngã, of a known syllable or not
WRONG_MARK = 4.0  # the right letters with wrong marks, of an unknown syllable
TYPO = 5.0  # one letter wrong, missing, doubled or swapped with its neighbour
SHORTEST_TYPO = 3  # letters; below that nearly every syllable has a neighbour
MARKED_SHARE = 0.5  # share of syllables with marks from which a text counts as typed with marks
EVERYDAY_COUNT = 4  # weight of a phrase of the language tables beside the library's own text

_HOOK, _TILDE, _ACUTE, _DOT = "\u0309", "\u0303", "\u0301", "\u0323"
_TONES = {_HOOK, _TILDE, _ACUTE, _DOT, "\u0300"}
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?"
    r"(?:i|e|a|o|u|y|ie|ye|ia|ya|ua|uo|oa|oe|oo|uy|ue|uye|uya|ai|ao|au|ay|eo|eu|iu|oi|ui|uoi|uou|uu"
    r"|oai|oay|oeo|uay|ieu|yeu|uyu|oao|uai|ueo)(?:(?P<stop>ch|[cpt])|ng|nh|[mn])?"
)
_LETTERS = "abcdeghiklmnopqrstuvxy"


@dataclass(frozen=True, slots=True)
class SpellingModel:
    """Counts of syllables and of neighbouring pairs, as search keys with tone marks."""

    singles: Counter[str]
    pairs: Counter[tuple[str, str]]
    spellings: dict[str, tuple[str, ...]]
    total: int

    @classmethod
    def learn(cls, texts: Iterable[str], everyday: Iterable[str] = ()) -> SpellingModel:
        """Learn from the library's texts and from phrases of everyday language."""
        singles: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        for weight, group in ((1, texts), (EVERYDAY_COUNT, everyday)):
            for text in group:
                words = [_class_of(word) for word in tokens(search_key(text))]
                for word in words:
                    singles[word] += weight
                for pair in pairwise(words):
                    pairs[pair] += weight
        spellings: defaultdict[str, list[str]] = defaultdict(list)
        for word in singles:
            spellings[without_marks(word)].append(word)
        return cls(
            singles,
            pairs,
            {bare: tuple(sorted(found)) for bare, found in spellings.items()},
            sum(singles.values()),
        )

    def restore(self, words: Sequence[str], fixed: frozenset[int] = frozenset()) -> list[str]:
        """Return the likeliest spelling of each word, as many as were given.

        Args:
            words: search-key tokens as typed.
            fixed: indices that stay as they are (abbreviations spelt out, names found).
        """
        letters = [
            word for index, word in enumerate(words) if word[0].isalpha() and index not in fixed
        ]
        marked = sum(has_marks(word) for word in letters)
        strict = min(1.0, marked / max(1, len(letters)) / MARKED_SHARE)
        beam: dict[str, tuple[float, tuple[str, ...]]] = {"": (0.0, ())}
        for index, word in enumerate(words):
            options = {word: 0.0} if index in fixed else self._options(word, strict)
            beam = {
                option: max(
                    (score + self._log(previous, option) - cost, (*path, option))
                    for previous, (score, path) in beam.items()
                )
                for option, cost in options.items()
            }
        return list(max(beam.values())[1]) if words else []

    def _log(self, previous: str, word: str) -> float:
        previous, word = _class_of(previous), _class_of(word)
        single = self.singles[word] / self.total if self.total else 0.0
        before = self.singles[previous]
        pair = self.pairs[previous, word] / before if before else 0.0
        return math.log(PAIR_WEIGHT * pair + SINGLE_WEIGHT * single + UNSEEN)

    def _options(self, word: str, strict: float) -> dict[str, float]:
        """Return the spellings that a typed word may stand for, with their costs.

        A well-formed syllable that carries marks is never taken for a typing error, however rare:
        the library does not know every word that people use.
        """
        if not word[0].isalpha():
            return {word: 0.0}
        known = word in self.singles
        options = {word: 0.0}
        slips = not known and not (is_syllable(word) and has_marks(word))
        for spelling in self.spellings.get(without_marks(word), ()):
            cost = _cost_of_marks(word, spelling)
            if cost == 0 and spelling != word:
                options[spelling] = KEEP_MARKED * strict if known else 0.0
            elif cost is not None or slips:
                options.setdefault(spelling, WRONG_MARK if cost is None else cost)
        if slips and len(options) == 1 and len(word) >= SHORTEST_TYPO:
            options |= self._mistyped(word)
        return options

    def _mistyped(self, word: str) -> dict[str, float]:
        """Return the spellings that are one typing error away."""
        return {
            spelling: TYPO
            for bare in _neighbours(without_marks(word))
            for spelling in self.spellings.get(bare, ())
        }


def _class_of(word: str) -> str:
    """Return a word as it is counted: every number counts as the same one."""
    return "0" if word[:1].isdigit() else word


def is_syllable(word: str) -> bool:
    """Tell whether a search-key token is a well-formed Vietnamese syllable.

    A syllable that ends in c, ch, p or t bears sắc or nặng ("nghiêp" is none).
    """
    match = _SYLLABLE.fullmatch(without_marks(word))
    if match is None:
        return False
    tones = {mark for mark in unicodedata.normalize("NFD", word) if mark in _TONES}
    return not match["stop"] or bool(tones & {_ACUTE, _DOT})


def _cost_of_marks(typed: str, spelling: str) -> float | None:
    """Return the cost of reading `typed` as `spelling`; None when a typed mark would be lost.

    Hỏi for ngã costs something, marks added where none were typed cost nothing here.
    """
    cost = 0.0
    if len(typed) != len(spelling):  # a letter of another script that falls into pieces
        return None
    for one, other in zip(_letters(typed), _letters(spelling), strict=True):
        lost = one - other
        if lost and lost <= {_HOOK, _TILDE} and other & {_HOOK, _TILDE}:
            cost += SWAP_TONE
        elif lost:
            return None
    return cost


def _letters(word: str) -> list[set[str]]:
    """Return the marks of each letter ("đ" is a d with a mark)."""
    found: list[set[str]] = []
    for letter in word:
        split = unicodedata.normalize("NFD", letter)
        found.append({"đ"} if letter == "đ" else set(split[1:]))
    return found


def _neighbours(bare: str) -> set[str]:
    """Return the strings one edit away: left out, doubled, replaced or swapped letters."""
    cuts = [(bare[:place], bare[place:]) for place in range(len(bare) + 1)]
    found = {left + right[1:] for left, right in cuts if right}
    found |= {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    found |= {left + letter + right[1:] for left, right in cuts if right for letter in _LETTERS}
    found |= {left + letter + right for left, right in cuts for letter in _LETTERS}
    return found - {bare}
