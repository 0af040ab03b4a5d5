"""What figures are figures of, in the field's terms.

One reading serves the name of a figure and the words of a question, so that the two can be
compared. The vocabulary is `data/figure_words.csv`: each row names a family (what is counted, a
measure, a state, a sector, a grade, a trait, a mean) and its words, those of reports and everyday
ones, in Vietnamese and English. Words are compared without tone marks; what no row knows stays a
word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from knowledge.vietnamese import lexicon
from knowledge.vietnamese.text import without_marks

ORGANISATIONS = ("HTX", "THT", "liên hiệp", "quỹ", "trang trại", "doanh nghiệp")
PEOPLE = ("lao động", "thành viên", "tổ viên", "người")
MONEY, SHARE, AREA = "đồng", "%", "ha"
EACH, YEARLY = "each", "yearly"
_NAMED = (
    "counted",
    "measure",
)  # families whose words are known by their label, whichever was typed
_CLASSES = ("sector", "grade", "trait")
_HOW_MANY = (("bao", "nhieu"), ("how", "many"), ("how", "much"), ("number", "of"))
_SOME = (("may",),)  # "mấy HTX nông nghiệp có bao nhiêu hộ" asks for the latter
_COUNT_OF = (("tong", "so"), ("so", "luong"), ("so",), ("nhieu",), ("it",), ("dong",), ("them",))
_SPENT = re.compile(r"\b(?:ho tro|kinh phi|ngan sach|chi|rot|bom|nop|dong gop|dau tu)\b")
_AGAIN = frozenset(("cai", "don", "vi", "to", "chuc", "nguoi", "tien"))
_AT_WORK = frozenset(("hoat", "dong"))  # "còn bao nhiêu HTX hoạt động"
_EACH = frozenset(("mỗi", "một", "1", "moi", "mot", "per", "each"))
_NEAR = 2  # words between "bao nhiêu" and what is counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """What a figure is of, or what one is asked for.

    Attributes:
        unit: what is counted, "đồng", "ha" or "%"; "" when it is not said.
        measure: of a sum, an area or a share ("doanh thu"); "" for a plain count.
        organisations: those spoken of beside what is counted.
        states: what the organisations must be, by preference; empty when it is not said.
        classes: sectors, grades and traits, as (family, label).
        mean: "each" for an average of one organisation or person, "yearly" for one of a year.
        words: the other words that carry meaning, without tone marks.
    """

    unit: str = ""
    measure: str = ""
    organisations: frozenset[str] = frozenset()
    states: tuple[str, ...] = ()
    classes: frozenset[tuple[str, str]] = frozenset()
    mean: str = ""
    words: frozenset[str] = frozenset()

    def labels(self, family: str) -> frozenset[str]:
        """Return the labels of one family of classes."""
        return frozenset(label for one, label in self.classes if one == family)

    def narrowed(self, family: str, label: str) -> Facets:
        """Return the same with one class of a family in the place of all of them."""
        others = frozenset(one for one in self.classes if one[0] != family)
        return replace(self, classes=others | {(family, label)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A phrase of the vocabulary found at [start, end) of a list of words."""

    start: int
    end: int
    family: str
    labels: tuple[str, ...]


@lru_cache(maxsize=50_000)
def facets_of(indicator: str, subject: str, unit: str) -> Facets:
    """Return the facets of a figure by its name."""
    words = lexicon.words_of(f"{indicator} ; {subject}")
    found = _facets(words, hits_in(words), unit)
    return replace(found, words=found.words - set(_bare(lexicon.words_of(unit))))


def facets_asked(words: Sequence[str], *, loose: bool = False) -> Facets:
    """Return the facets of a question by its words as search keys, places and periods left out."""
    hits = hits_in(words, loose=loose)
    found = _facets(words, hits, _unit_asked([without_marks(one) for one in words], hits))
    if found.states or not found.words >= _AT_WORK:
        return found
    return replace(found, states=("đang hoạt động",), words=found.words - _AT_WORK)


def facets_in(text: str) -> Facets:
    """Return the classes, states and all the words of a stretch of text; its unit is not told."""
    words = lexicon.words_of(text)
    hits = hits_in(words)
    named = [one for one in hits if one.family in _NAMED]
    known = {place for one in named for place in range(one.start, one.end)}
    rest = [word for place, word in enumerate(words) if place not in known]
    said = _bare([*rest, *(one.labels[0] for one in named)])
    return replace(_facets(words, hits, ""), words=frozenset(said))


def hits_in(words: Sequence[str], *, loose: bool = False) -> list[Hit]:
    """Return the phrases of the vocabulary in words, the longest at each place.

    Args:
        words: search keys.
        loose: phrases of several syllables are known by their letters alone, whatever their marks:
            for a question that was typed without any, where the marks are guessed.
    """
    table = lexicon.figure_words()
    bare = [without_marks(word) for word in words]
    found = {one[0]: one for one in table.matches(bare) if loose and one[1] - one[0] > 1}
    for one in table.matches(list(words)):
        if not any(start <= one[0] < end for start, end, _ in found.values()):
            found[one[0]] = one
    hits = [
        Hit(start=start, end=end, family=family, labels=tuple(labels.split(";")))
        for start, end, values in (found[place] for place in sorted(found))
        for family, labels in [values[0].split("=", 1)]
    ]
    return [_graded(one, hits, bare) for one in hits]


def _graded(hit: Hit, hits: Sequence[Hit], bare: Sequence[str]) -> Hit:
    """Return "trung bình" as a grade where it stands among grades, and as a mean elsewhere."""
    if hit.family != "mean" or tuple(bare[hit.start : hit.end]) != ("trung", "binh"):
        return hit
    near = any(
        one.family == "grade" and 0 <= max(one.start - hit.end, hit.start - one.end) <= 1
        for one in hits
    )
    return replace(hit, family="grade", labels=("trung bình",)) if near else hit


def counts(unit: str) -> bool:
    """Tell whether a unit counts things or people."""
    return unit not in ("", MONEY, SHARE, AREA)


def _facets(words: Sequence[str], hits: Sequence[Hit], unit: str) -> Facets:
    """Return the facets; phrases that say nothing about such a unit stay words."""
    used: list[Hit] = []

    def take(test: Callable[[Hit], bool]) -> list[Hit]:
        found = [one for one in hits if test(one)]
        used.extend(found)
        return found

    take(lambda one: one.family == "frame")
    if unit in ORGANISATIONS:
        hits = [as_grade(one, words) for one in hits]
    measures = [] if counts(unit) else take(lambda one: one.family == "measure")
    named = take(lambda one: one.family == "counted" and one.labels[0] in {unit, *ORGANISATIONS})
    states = take(lambda one: one.family == "state")
    classes = take(lambda one: one.family in _CLASSES)
    means = {label for one in take(lambda one: one.family == "mean") for label in one.labels}
    if any(one.start and words[one.start - 1] in _EACH for one in named):
        means.add(EACH)
    covered = {place for one in used for place in range(one.start, one.end)}
    others = [one for one in hits if one.family in _NAMED and one not in used]
    renamed = {one.start: one.labels[0] for one in others}
    covered |= {place for one in others for place in range(one.start + 1, one.end)}
    stop = lexicon.figure_stop_words()
    return Facets(
        unit=unit,
        measure=measures[0].labels[0] if measures else "",
        organisations=frozenset(one.labels[0] for one in named if one.labels[0] != unit),
        states=states[0].labels if states else (),
        classes=frozenset((one.family, label) for one in classes for label in one.labels),
        mean=_mean(means, unit),
        words=frozenset(
            bare
            for place, word in enumerate(words)
            if place not in covered and word not in stop and len(word) > 1 and word[0].isalpha()
            for bare in _bare([renamed.get(place, word)])
        ),
    )


def _mean(means: set[str], unit: str) -> str:
    """Return the mean that counts: money of each organisation is of a year anyway."""
    if YEARLY in means and (counts(unit) or EACH not in means):
        return YEARLY
    return EACH if means else ""


def _bare(phrases: Iterable[str]) -> list[str]:
    """Return the words of phrases without tone marks."""
    return [without_marks(word) for phrase in phrases for word in phrase.lower().split()]


def as_grade(hit: Hit, words: Sequence[str]) -> Hit:
    """Return "trung bình" of organisations as a grade: "63 HTX trung bình"."""
    said = [without_marks(word) for word in words[hit.start : hit.end]]
    if hit.family != "mean" or said != ["trung", "binh"]:
        return hit
    if [without_marks(word) for word in words[hit.end : hit.end + 2]] == ["moi", "nam"]:
        return hit
    return replace(hit, family="grade", labels=("trung bình",))


def _unit_asked(words: Sequence[str], hits: Sequence[Hit]) -> str:
    """Return what a question asks the number of."""
    counted = [one for one in hits if one.family == "counted"]
    measures = [one for one in hits if one.family == "measure"]
    shares = [one for one in counted if one.labels[0] == SHARE]
    if shares:
        return SHARE
    for markers in (_HOW_MANY, _SOME, _COUNT_OF):
        found = _behind(words, counted, markers)
        if found:
            return _people(found, counted)
    if measures:
        return AREA if measures[0].labels[0] == "diện tích" else MONEY
    if _how_many_of_nothing(words) and _SPENT.search(" ".join(words)):
        return MONEY
    return _people(counted[0].labels[0], counted) if counted else ""


def _how_many_of_nothing(words: Sequence[str]) -> bool:
    """Tell whether "bao nhiêu" stands at the end: "hỗ trợ hạ tầng cho HTX bao nhiêu?"."""
    return len(words) > 1 and (words[-1] == "nhieu" or tuple(words[-2:]) == ("bao", "nhieu"))


def _behind(
    words: Sequence[str], counted: Sequence[Hit], markers: Sequence[tuple[str, ...]]
) -> str:
    """Return what stands right behind a marker ("bao nhiêu", "số"); "" for none."""
    for place in range(len(words)):
        for marker in markers:
            end = place + len(marker)
            if tuple(words[place:end]) != marker:
                continue
            for one in counted:
                if one.start == place and one.end > end:
                    return one.labels[0]  # "bao nhiêu ha" is one phrase
                between = words[end : one.start]
                if end <= one.start <= end + _NEAR and set(between) <= _AGAIN:
                    return one.labels[0]
            if marker in _HOW_MANY and words[end : end + 1] and words[end] == "tien":
                return MONEY
    return ""


def _people(unit: str, counted: Sequence[Hit]) -> str:
    """Return whom "người" means: what is named beside it, else people in general."""
    if unit != "người":
        return unit
    named = [one.labels[0] for one in counted if one.labels[0] in PEOPLE[:-1]]
    return named[0] if named else unit
