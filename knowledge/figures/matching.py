"""Which figure is the one that is asked for: same thing, same place, same time, same kind.

A figure of another subject, state, sector or time is worse than none: what differs in one of them
is no match at all, whatever else fits. What a name leaves open may be told by the words around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.figures.facets import EACH, ORGANISATIONS, PEOPLE, YEARLY, Facets, counts
from knowledge.figures.register import Name, Register, Surroundings, name_of, named
from knowledge.model import Comparator, Figure, FigureKind
from knowledge.vietnamese.periods import bounds
from knowledge.vietnamese.text import without_marks

_ALSO_PEOPLE = frozenset(("cán bộ", "lao động", "thành viên", "học viên", "nông dân", "đại biểu"))
_MEMBERS = frozenset(("thành viên", "tổ viên"))
_LENT = frozenset(("tiền cho vay", "tiền hỗ trợ", "nguồn quỹ"))
_AT_WORK = ("đang hoạt động",)
_FLOWS = frozenset(("thành lập mới", "giải thể"))
_FLOW_MEASURES = frozenset(("doanh thu", "lợi nhuận", "thu nhập", "tiền cho vay", "tiền hỗ trợ"))
_LEAST_COVERED = 0.4  # of the words that say what is asked for
_WORTH = (1.0, 0.9, 0.8, 0.6, 0.5)  # of a word in name, clause, segment, sentence, above
_WORTH_OF_COUNTS = (1.0, 0.9, 0.5, 0.3, 0.3)  # a sentence counts several kinds of organisations
_LENIENT = 0.3  # weight of a word taken over from an earlier question
ALIKE = 0.06  # scores that differ by less are of equally good matches
_DISAGREE = 0.02  # share by which two sources must differ to disagree


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A figure that fits, and how well: 1 is perfect."""

    figure: Figure
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One figure that is looked for.

    Attributes:
        place: "" for any.
        period: ISO; "" for the latest.
        lenient: words that need not be met.
    """

    subject: Facets
    place: str = ""
    period: str = ""
    kind: FigureKind = FigureKind.ACTUAL
    lenient: frozenset[str] = frozenset()


def matches(register: Register, wish: Wish) -> list[Match]:
    """Return the figures that fit, the best first."""
    places: Iterable[str] = [wish.place] if wish.place else register.by_place
    found = [
        Match(figure=figure, score=score)
        for place in places
        for name, figures in register.by_place.get(place, {}).items()
        if (fit := _of_name(wish.subject, named(name))) is not None
        for figure in figures
        if figure.kind is wish.kind
        if (score := _score(register, wish, name, figure, fit)) is not None
    ]
    return sorted(found, key=lambda one: _order(register, one), reverse=True)


def best(register: Register, wish: Wish) -> tuple[Figure, ...]:
    """Return the figure that fits best, and what other documents state instead; none for none."""
    found = matches(register, wish)
    if not found:
        return ()
    first = found[0]
    equal = [one for one in found if one.score > first.score - ALIKE]
    alike = [one.figure for one in equal if one.figure.document == first.figure.document]
    chosen = _whole(register, alike, wish)
    others = [one.figure for one in equal if _contradicts(one.figure, chosen)]
    told: dict[str, Figure] = {}
    for other in others:
        told.setdefault(other.document, other)
    return (chosen, *told.values())


def _whole(register: Register, alike: Sequence[Figure], wish: Wish) -> Figure:
    """Return the one of equally good figures that is meant.

    Of what there is at a time it is the largest, for the others are parts that their sentence
    narrows in words the name lacks; of what happened, the one with the fewest words of its own.
    """
    same = [one for one in alike if one.period == alike[0].period and one.unit == alike[0].unit]
    if wish.subject.mean or _is_flow(named(name_of(same[0]))):
        return min(same, key=lambda one: len(register.around(one).clause.words))
    return max(same, key=lambda one: one.value)


def _contradicts(one: Figure, other: Figure) -> bool:
    if one.document == other.document or one.period != other.period or one.place != other.place:
        return False
    exact = one.comparator is other.comparator is Comparator.EQUAL
    apart = abs(one.value - other.value)
    return one.value != other.value and (exact or apart > abs(other.value) * 2 / 100)


def _order(register: Register, match: Match) -> tuple[float, str, str]:
    issued = register.documents[match.figure.document].metadata.issued
    ends = bounds(match.figure.period)[1] if match.figure.period else ""
    return round(match.score, 3), ends, issued.isoformat() if issued else ""


# --- the thing ---------------------------------------------------------------------------------


def _of_name(wanted: Facets, held: Facets) -> float | None:
    """Return how well a name fits, words and missing classes left to its surroundings."""
    parts = (
        _of_unit(wanted, held),
        _of_organisations(wanted, held),
        _of_states(wanted, held),
        _of_mean(wanted, held),
        _of_extra_classes(wanted, held),
        _of_extra_words(wanted, held),
    )
    total = 1.0
    for part in parts:
        if part is None:
            return None
        total -= part
    return total


def _of_unit(wanted: Facets, held: Facets) -> float | None:
    if wanted.measure != held.measure and wanted.measure:
        return 0.4 if {wanted.measure, held.measure} <= _LENT else None
    if not wanted.unit or wanted.unit == held.unit:
        return 0.0 if wanted.measure or not held.measure else 0.2
    if wanted.unit == "người" and held.unit in PEOPLE:
        return 0.2
    if held.unit == "người" and wanted.unit in _ALSO_PEOPLE:
        return 0.2  # if the sentence says that they are such people
    return 0.05 if {wanted.unit, held.unit} <= _MEMBERS else None


def _of_organisations(wanted: Facets, held: Facets) -> float | None:
    """Whose members, whose capital: other organisations than asked for are no match."""
    if wanted.unit in ORGANISATIONS:
        return 0.0
    if not wanted.organisations:
        return 0.0 if not held.organisations or "HTX" in held.organisations else 0.3
    if wanted.organisations & held.organisations:
        return 0.02 * len(wanted.organisations ^ held.organisations)
    if not held.organisations:
        return 0.05
    return 0.5 if held.organisations == {"liên hiệp"} and "HTX" in wanted.organisations else None


def _of_states(wanted: Facets, held: Facets) -> float | None:
    strict = wanted.unit in ORGANISATIONS
    if not wanted.states and held.states == _AT_WORK:
        return 0.4  # where a report counts only those at work, they are what it has
    if not wanted.states:
        return (None if strict else 0.5) if held.states else 0.0
    if not held.states:
        return None if strict else 0.3
    if held.states[0] in wanted.states:
        return 0.2 * wanted.states.index(held.states[0])
    return None


def _of_mean(wanted: Facets, held: Facets) -> float | None:
    if wanted.mean == held.mean or wanted.measure == "thu nhập":
        return 0.0
    if YEARLY in (wanted.mean, held.mean):
        return None
    if wanted.mean == EACH:
        return None if counts(wanted.unit) or held.measure != "" else 0.3
    return 0.1 if held.measure in _FLOW_MEASURES else 0.4


def _of_extra_classes(wanted: Facets, held: Facets) -> float | None:
    """What a name narrows without being asked: part of what is wanted, so no match."""
    cost = 0.0
    for family in ("sector", "grade"):
        mine, theirs = wanted.labels(family), held.labels(family)
        if theirs - mine and not mine:
            return None if counts(held.unit) else 0.5
        if theirs - mine:
            if family == "grade" or not mine <= theirs:
                return None
            cost += 0.3
    return cost + 0.3 * len(held.labels("trait") - wanted.labels("trait"))


def _of_extra_words(wanted: Facets, held: Facets) -> float | None:
    extra = held.words - wanted.words
    if not extra or not wanted.unit:
        return 0.0
    if held.unit in ORGANISATIONS and not wanted.words & held.words and not wanted.states:
        return None
    return min(0.05 * len(extra), 0.3)


# --- the figure --------------------------------------------------------------------------------


def _score(register: Register, wish: Wish, name: Name, figure: Figure, fit: float) -> float | None:
    strict = bool(_FLOWS & set(named(name).states[:1]))
    time = of_period(wish.period, figure.period, flow=_is_flow(named(name)), strict=strict)
    if time is None:
        return None
    cost = _missing(register, wish, named(name), figure)
    return None if cost is None else fit - cost - (1 - time)


def _missing(register: Register, wish: Wish, held: Facets, figure: Figure) -> float | None:
    """Return the cost of what the name does not say and what is around it must."""
    classes = wish.subject.classes - held.classes
    words = wish.subject.words - held.words
    unsaid = figure.unit == "người" != wish.subject.unit in _ALSO_PEOPLE
    if not classes and not words and not unsaid:
        return 0.0
    around = register.around(figure)
    people = {without_marks(word) for word in wish.subject.unit.split()}
    if unsaid and not people <= around.sentence.words:
        return None
    costs = [_of_class(one, held, around, wish.lenient) for one in classes]
    if None in costs:
        return None
    cost = sum(filter(None, costs))
    layers = (held, around.clause, around.segment, around.sentence, around.above)
    worth = _WORTH_OF_COUNTS if figure.unit in ORGANISATIONS else _WORTH
    covered = _covered(wish, layers, worth)
    if covered < _LEAST_COVERED and not _is_noise(wish.subject, layers):
        return None
    return cost + 0.5 * (1 - covered)


def _is_noise(wanted: Facets, layers: Sequence[Facets]) -> bool:
    """Tell whether one word is all that is not met of a question that says what it wants anyway."""
    unmet = [one for one in wanted.words if not any(one in layer.words for layer in layers)]
    return len(unmet) == 1 and bool(wanted.states or wanted.classes or wanted.measure)


def _of_class(
    one: tuple[str, str], held: Facets, around: Surroundings, lenient: frozenset[str]
) -> float | None:
    """Return the cost of a class that the name does not say; None where nothing says it.

    What a title or a paragraph says holds for a figure that says nothing of the sort itself; what
    another part of the sentence says holds for people and sums, whose organisations stand there.
    """
    family, label = one
    told_of_all = label == "OCOP" and held.unit not in ORGANISATIONS
    if one in around.clause.classes or (told_of_all and one in around.sentence.classes):
        return 0.1
    open_ = not (held.labels(family) or around.clause.labels(family))
    beside = held.unit not in ORGANISATIONS and around.sentence.labels(family) == {label}
    if open_ and (beside or one in around.above.classes):
        return 0.3
    return 0.3 if set(without_marks(label).split()) & lenient else None


def _covered(wish: Wish, layers: Sequence[Facets], worth: Sequence[float]) -> float:
    """Return the share of the asked words that name and surroundings have, by where they stand."""
    total = found = 0.0
    for word in wish.subject.words:
        weight = _LENIENT if word in wish.lenient else 1.0
        total += weight
        found += weight * next(
            (each for each, layer in zip(worth, layers, strict=True) if word in layer.words),
            0.0,
        )
    return found / total if total else 1.0


def _is_flow(held: Facets) -> bool:
    """Tell whether a figure sums up what happened during its period."""
    return bool(_FLOWS & set(held.states[:1])) or held.measure in _FLOW_MEASURES


def of_period(asked: str, held: str, *, flow: bool, strict: bool = False) -> float | None:
    """Return how well a period fits the one that is asked for, from 0 to 1; None when it does not.

    What is counted at a time may be told at any time of the asked period, and the latest is best;
    what happened during a period must have happened in all of it.

    Args:
        asked: ISO; "" for any.
        held: of the figure; "" when it is not known.
        flow: the figure sums up what happened during the period.
        strict: it must do so for all of the asked period.
    """
    if not asked or not held:
        return None if asked else 1.0
    (first, last), (begin, end) = bounds(asked), bounds(held)
    if (first, last) == (begin, end):
        return 1.0
    ends_within = first <= end <= last
    if not flow:
        later = 0.85 if ends_within else None
        return _late(last, end) if ends_within and first <= begin else later
    if ends_within and first <= begin:
        part = 0.75 if begin == first or end == last else 0.6
        return None if strict else part  # nine months are not the year
    same_year = begin[:4] == end[:4] == first[:4]
    dated = first == last or not strict  # "cuối năm" means the year that ends, "quý IV" does not
    return 0.7 if ends_within and same_year and dated else None


def _late(last: str, end: str) -> float:
    """Return a better fit for a later day of the asked period, by months."""
    months = (int(last[:4]) - int(end[:4])) * 12 + int(last[5:7]) - int(end[5:7])
    return max(0.95 - 0.02 * months, 0.6)


def known_periods(figures: Iterable[Figure]) -> Iterator[str]:
    """Yield the periods of figures, each once, in order of time."""
    yield from sorted({one.period for one in figures if one.period}, key=bounds)
