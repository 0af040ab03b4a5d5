"""A question that stands alone, read as an inquiry: of what, where, when, and what to do with it.

The words that tell are `data/figure_questions.csv`: patterns for the question without tone marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from knowledge.figures.facets import (
    AREA,
    MONEY,
    ORGANISATIONS,
    SHARE,
    Facets,
    Hit,
    as_grade,
    counts,
    facets_asked,
    hits_in,
)
from knowledge.figures.inquiry import BETWEEN, Inquiry, Over
from knowledge.figures.register import Register, is_district
from knowledge.model import FigureKind, Operation, Question
from knowledge.understanding.followup import leans
from knowledge.vietnamese import lexicon
from knowledge.vietnamese.periods import PeriodMention, find_periods, is_base, years
from knowledge.vietnamese.places import COUNTRY, find_places
from knowledge.vietnamese.text import bare_key, has_marks, search_key, tokens, without_marks

_SET = re.compile(r"\b(?:đặt ra|đề ra|định làm|định lập|định thành lập|giao năm)\b")
_REACHED = re.compile(
    r"\b(?:thực hiện|hoàn thành|đạt|vượt) (?:\w+ ){0,6}?(?:kế hoạch|chỉ tiêu|mục tiêu)\b|"
    r"\bthực tế\b|\bthuc te\b|\bactual(?:ly)?\b"
)
_TOP = re.compile(
    r"\b(?:top )?(\d{1,2}|hai|ba|bon|nam|sau|bay|tam|chin|muoi|two|three|four|five|ten) "
    r"(?:tinh|huyen|dia ban|vung|nhom|noi|dia phuong|don vi|nam|linh vuc|nganh|loai|hop tac xa|"
    r"provinces|districts|groups|sectors)\b|\btop (\d{1,2})\b"
)
_SEVERAL = re.compile(
    r"\b(?:ca )?(hai|ba|bon|[2-9]) (?:de an|chuong trinh|du an|quy|nhom|loai|dot|lop|linh vuc|"
    r"nganh|khoan|nguon|don vi)\b"
)
_NUMBERS = {
    "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
    "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10,
}  # fmt: skip
_SPAN = re.compile(r"\b(?:tu|from|between)\b")
_UNTIL = re.compile(r"\s*(?:cho )?(?:toi|den|sang|qua|to|and|-)\s*(?:het |cuoi |nam )*$")
_TO = re.compile(r"\s*(?:cho )?(?:toi|den|to)\s*(?:het |cuoi |nam )*$")
_COUNTRY = re.compile(
    r"(?<!lien minh hop tac xa )(?<!lien minh htx )\b(?:viet nam|vietnam|nuoc ta)\b"
)
_JOINED = frozenset(("và", "va", "hay", "hoặc", "hoac", "cùng", "cung", "với", "voi", "and", "or"))
_SET_BESIDE = frozenset(
    (Operation.COMPARE, Operation.RANK, Operation.SUM, Operation.DIFFERENCE, Operation.LIST)
)
# What points back to the question before: the same time of another year, or another than that one.
_BACK = re.compile(r"\bcung ky\b|\bso voi\b|\bnam (?:truoc|ngoai|sau)\b|^(?:toi|den|the|con) ")
_FROM_TO = frozenset((Operation.TREND, Operation.DIFFERENCE, Operation.COMPARE))
_TWICE = re.compile(
    r"\b(?:bao nhiêu|(?:có|cho|được|còn|là) mấy)\b[^,;]*[,;].*\b(?:bao nhiêu|mấy)\b", re.IGNORECASE
)
_OF_THEM = re.compile(r"\btrong (?:do|so do)\b")
_MINUS = re.compile(r"\b(?:tru di|tru|minus)\b")


def read_inquiry(question: Question, register: Register) -> Inquiry:
    """Return what a question that stands alone asks of the register, as far as it says."""
    words = tokens(search_key(question.understood.replace("%", " phần trăm ")))
    named, places = _places(words, register)
    told = [word for index, word in enumerate(words) if index not in named]
    bare = " ".join(without_marks(word) for word in told)
    operation = Operation(_said("operation", bare) or Operation.LOOK_UP)
    periods, base = _periods(question)
    if base not in ("", BETWEEN) and operation is Operation.LOOK_UP and periods:
        operation = Operation.TREND
    if base == BETWEEN and operation not in _FROM_TO:
        periods, base = ("/".join(periods),), ""
    subjects = _subjects(told, operation, loose=not has_marks(question.text))
    explicit = operation is not Operation.LOOK_UP or _says("asks", bare)
    most = _most(bare)
    if operation is Operation.SUM and max(len(subjects), len(places), len(periods)) < 2:  # noqa: PLR2004
        most = _several(bare)
        operation = operation if most else Operation.LOOK_UP
    return Inquiry(
        operation=operation,
        subjects=subjects,
        places=places,
        periods=periods,
        base=base,
        kind=_kind(" ".join(told), bare),
        over=Over(_said("over", bare) or Over.NAMED),
        ascending=_says("least", bare),
        most=most,
        explicit=explicit,
        several=len(subjects) == 1 and _TWICE.search(question.understood) is not None,
        leans=leans(words) or _BACK.search(bare) is not None,
    )


def _said(kind: str, bare: str) -> str:
    """Return the meaning of the words of a kind that are said, of the earliest row; "" for none."""
    forms = lexicon.figure_questions(kind)
    return next((value for value, form in forms.items() if form.search(bare)), "")


def _says(kind: str, bare: str) -> bool:
    return any(form.search(bare) for form in lexicon.figure_questions(kind).values())


def _kind(marked: str, bare: str) -> FigureKind:
    """Return whether a result or an aim is asked for: "đạt chỉ tiêu" is one, "đặt chỉ tiêu" not."""
    aimed = _says("aimed", bare) or _SET.search(marked) is not None
    reached = _REACHED.search(marked if has_marks(marked) else bare) is not None
    return FigureKind.TARGET if aimed and not reached else FigureKind.ACTUAL


def _most(bare: str) -> int:
    found = _TOP.search(bare)
    if found is None:
        return 0
    number = found[1] or found[2]
    return int(number) if number.isdigit() else _NUMBERS[number]


def _several(bare: str) -> int:
    """Return of how many things a sum is asked ("hai đề án … tổng cộng"); 0 when it is not said."""
    found = _SEVERAL.search(bare)
    if found is None:
        return 0
    return int(found[1]) if found[1].isdigit() else _NUMBERS[found[1]]


def _places(words: Sequence[str], register: Register) -> tuple[set[int], tuple[str, ...]]:
    """Return the indices of the words that name places, and the places in their order."""
    found = {one.start: (one.end, one.place.name) for one in find_places(list(words))}
    taken = {index for start, (end, _) in found.items() for index in range(start, end)}
    for start, end, name in _known(words, taken, register, [one for _, one in found.values()]):
        found[start] = (end, name)
        taken |= set(range(start, end))
    bare = " ".join(without_marks(word) for word in words)
    if not found and _COUNTRY.search(bare):
        return taken, (COUNTRY,)
    named = [found[start][1] for start in sorted(found)]
    provinces = {one.rstrip(")").partition(" (")[2] for one in named if is_district(one)}
    kept = [one for one in named if one not in provinces]
    return taken, tuple(dict.fromkeys(kept))


def _known(
    words: Sequence[str], taken: set[int], register: Register, named: Sequence[str]
) -> Iterator[tuple[int, int, str]]:
    """Yield districts that stand without their kind, if the register has figures of them.

    A name that several districts share is the one whose province is named too.
    """
    bare = [without_marks(word) for word in words]
    provinces = {one.rstrip(")").rpartition("(")[2] for one in named}
    longest = max(map(len, register.places), default=0)
    start = 0
    while start < len(bare):
        for length in range(min(longest, len(bare) - start), 1, -1):
            run = range(start, start + length)
            known = register.places.get(tuple(bare[start : start + length]), ())
            if not known or taken & set(run):
                continue
            near = [one for one in known if one.rstrip(")").partition(" (")[2] in provinces]
            choice = near or (list(known) if len(known) == 1 else [])
            if choice:
                yield start, start + length, choice[0]
                start += length - 1
                break
        start += 1


def _periods(question: Question) -> tuple[tuple[str, ...], str]:
    """Return the periods that are asked for, and the one that they are compared with."""
    key = bare_key(question.understood)
    mentions = find_periods(key)
    if not mentions:
        return question.periods, ""
    bases = [one.iso for one in mentions if is_base(key, one)]
    asked = [one for one in mentions if one.iso not in bases]
    if len(asked) == 2 and _is_span(key, *asked):  # noqa: PLR2004
        return (asked[0].iso, asked[1].iso), BETWEEN
    return tuple(dict.fromkeys(one.iso for one in asked)), bases[0] if bases else ""


def _is_span(key: str, first: PeriodMention, last: PeriodMention) -> bool:
    opened = _SPAN.search(key[max(0, first.start - 12) : first.start]) is not None
    between = key[first.end : last.start]
    return (opened and _UNTIL.match(between) is not None) or _TO.match(between) is not None


def _subjects(words: Sequence[str], operation: Operation, *, loose: bool) -> tuple[Facets, ...]:
    """Return what the figures are of: one, or those that are set beside each other."""
    bare = " ".join(without_marks(word) for word in words)
    minus = _MINUS.search(bare)
    if minus is not None:
        split = len(bare[: minus.start()].split())
        first, second = (
            facets_asked(words[:split], loose=loose),
            facets_asked(words[split + 1 :], loose=loose),
        )
        whole = facets_asked(words, loose=loose)
        return _filled(first, whole), _filled(second, whole)
    base, hits = facets_asked(words, loose=loose), hits_in(words, loose=loose)
    if base.states and operation is Operation.LOOK_UP and _OF_THEM.search(bare):
        return replace(base, states=()), base  # "bao nhiêu HTX, trong đó bao nhiêu còn hoạt động"
    if base.unit in ORGANISATIONS:
        hits = [as_grade(one, words) for one in hits]
    if operation is Operation.TREND and base.unit == SHARE:
        base = _of_what_changes(base, hits)
    for varied in (
        _by_states(base, hits, operation),
        _by_units(base, words, hits, operation),
        _by_classes(base, hits, operation),
        _by_measures(base, hits),
    ):
        if len(varied) > 1:
            return varied
    return (base,)


def _of_what_changes(base: Facets, hits: Sequence[Hit]) -> Facets:
    """Return what rises or falls when it is asked by how many per cent."""
    if base.measure:
        return replace(base, unit=AREA if base.measure == "diện tích" else MONEY)
    counted = [one.labels[0] for one in hits if one.family == "counted" and one.labels[0] != SHARE]
    return replace(base, unit=counted[0]) if counted else base


def _filled(part: Facets, whole: Facets) -> Facets:
    return replace(part, unit=part.unit or whole.unit, measure=part.measure or whole.measure)


def _by_states(base: Facets, hits: Sequence[Hit], operation: Operation) -> tuple[Facets, ...]:
    found = dict.fromkeys(one.labels for one in hits if one.family == "state")
    if operation not in _SET_BESIDE and len({frozenset(one) for one in found}) == 1:
        return (base,)  # "nghỉ rồi, nằm chờ xóa sổ" says one thing twice
    return tuple(replace(base, states=states) for states in found)


def _by_units(
    base: Facets, words: Sequence[str], hits: Sequence[Hit], operation: Operation
) -> tuple[Facets, ...]:
    """Return one subject for each of several organisations: "bao nhiêu HTX và THT"."""
    if base.unit not in ORGANISATIONS:
        return ()
    named = [one for one in hits if one.family == "counted" and one.labels[0] in ORGANISATIONS]
    joined = [
        later
        for former, later in pairwise(named)
        if set(words[former.end : later.start]) <= _JOINED
    ]
    if not joined and operation not in _SET_BESIDE:
        return ()
    units = dict.fromkeys(one.labels[0] for one in named)
    return tuple(
        replace(base, unit=unit, organisations=base.organisations - set(units)) for unit in units
    )


def _by_classes(base: Facets, hits: Sequence[Hit], operation: Operation) -> tuple[Facets, ...]:
    if operation not in _SET_BESIDE:
        return ()
    for family in ("grade", "sector"):
        found = dict.fromkeys(
            labels
            for one in hits
            if one.family == family
            for labels in (
                ((label,) for label in one.labels) if family == "grade" else (one.labels,)
            )
        )
        if len(found) > 1:
            rest = frozenset(one for one in base.classes if one[0] != family)
            return tuple(
                replace(base, classes=rest | {(family, label) for label in labels})
                for labels in found
            )
    return ()


def _by_measures(base: Facets, hits: Sequence[Hit]) -> tuple[Facets, ...]:
    if not base.measure or counts(base.unit):
        return ()
    found = dict.fromkeys(one.labels[0] for one in hits if one.family == "measure")
    return tuple(replace(base, measure=measure) for measure in found)


def latest_year(periods: Sequence[str]) -> int:
    """Return the latest year that periods touch; 0 for none."""
    return max((year for one in periods for year in years(one)), default=0)
