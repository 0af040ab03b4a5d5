"""Answers that stand on the register of figures: looked up, compared, ranked, followed, computed.

What is answered is what was asked for, and nothing near it: another place, time, subject or kind is
told as what there is instead, and the status says that the asked figure is not in the documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product

from knowledge.answering.evidence import cite
from knowledge.figures import reckoning
from knowledge.figures.facets import Facets
from knowledge.figures.inquiry import Inquiry, Over, read_inquiry
from knowledge.figures.matching import Wish, best, matches, of_period
from knowledge.figures.register import Register, is_district, is_province, name_of, named
from knowledge.model import (
    Answer,
    Citation,
    Figure,
    FigureKind,
    Operation,
    Question,
    Reason,
    Status,
)
from knowledge.search.library import Library
from knowledge.vietnamese.periods import bounds, overlap, years
from knowledge.vietnamese.places import COUNTRY, provinces

_MOST_SHOWN = 12  # places of a table that is shown instead of a choice
_PLACES_TO_CHOOSE = 6
_MOST_CITED = 8
_SIBLINGS = ("đang hoạt động", "ngừng hoạt động")
_IS = "số {what}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the register gives for an inquiry.

    Attributes:
        figures: in the order of the answer, the first is what it rests on.
        missing: places or periods of which nothing is known, as they are written.
        instead: figures that stand nearest to what was asked and not found.
        reason: why nothing was found.
    """

    figures: tuple[Figure, ...] = ()
    missing: tuple[str, ...] = ()
    instead: tuple[Figure, ...] = ()
    reason: Reason = Reason.NONE
    operation: Operation | None = None


def inquire(library: Library, question: Question) -> Inquiry | None:
    """Return what a question asks of the register; None when it asks for no figure."""
    if not library.register.figures or question.references:
        return None
    return read_inquiry(question, library.register)


def answer_figures(library: Library, question: Question, inquiry: Inquiry) -> Answer | None:
    """Return the answer that the register gives; None when it has nothing to do with it."""
    outcome = _outcome(library.register, inquiry)
    if outcome.figures:
        return _answered(library, question, inquiry, outcome)
    if not outcome.instead and not outcome.reason:
        return None
    return Answer(
        question=question,
        status=Status.NOT_FOUND,
        reason=outcome.reason or Reason.NO_SUCH_FIGURE,
        detail=", ".join(outcome.missing),
        nearest=_cited(library, outcome.instead)[:3],
    )


def _answered(library: Library, question: Question, inquiry: Inquiry, outcome: Outcome) -> Answer:
    stated = [part for one in outcome.figures for part in (one.parts or (one,))]
    return Answer(
        question=question,
        status=Status.PARTIAL if outcome.missing else Status.ANSWERED,
        reason=Reason.NO_SUCH_FIGURE if outcome.missing else Reason.NONE,
        detail=", ".join(outcome.missing),
        citations=_cited(library, stated)[:_MOST_CITED],
        figures=outcome.figures,
        operation=outcome.operation or inquiry.operation,
    )


def _cited(library: Library, figures: Iterable[Figure]) -> tuple[Citation, ...]:
    """Return the sentences and rows that state figures, each once."""
    found: dict[tuple[str, str], Citation] = {}
    for figure in figures:
        key = (figure.document, figure.quote or "")
        if figure.quote and key not in found:
            passage = library.passage_of(figure.document, figure.quote)
            if passage is not None:
                found[key] = replace(
                    cite(library, passage), quote=figure.quote, excerpt=(figure.quote,)
                )
    return tuple(found.values())


# --- what the register gives -------------------------------------------------------------------


def _outcome(register: Register, inquiry: Inquiry) -> Outcome:
    match inquiry.operation:
        case Operation.RANK:
            return _rank(register, inquiry)
        case Operation.LIST:
            return _listed(register, inquiry)
        case Operation.TREND:
            return _trend(register, inquiry)
        case Operation.COMPARE:
            return _compare(register, inquiry)
        case Operation.DIFFERENCE:
            return _difference(register, inquiry)
        case Operation.SUM:
            return _sum(register, inquiry)
        case Operation.RATIO:
            return _ratio(register, inquiry)
        case _:
            return _look_up(register, inquiry)


def _wishes(inquiry: Inquiry) -> list[Wish]:
    """Return every figure that is asked for: each subject at each place and time.

    As many places as periods that are named in turn belong together: "Ninh Thuận 2022 hay Quảng Trị
    2023".
    """
    places, periods = inquiry.places or ("",), inquiry.periods or ("",)
    pairs: Iterable[tuple[str, str]] = product(places, periods)
    if len(places) == len(periods) > 1:
        pairs = zip(places, periods, strict=True)
    return [
        Wish(
            subject=subject,
            place=place,
            period=period,
            kind=inquiry.kind,
            lenient=inquiry.lenient,
        )
        for (place, period), subject in product(list(pairs), inquiry.subjects)
    ]


def _find(register: Register, wish: Wish) -> tuple[Figure, ...]:
    """Return the figure for a wish, with what other documents state; derived when it must be."""
    found = best(register, wish)
    if found:
        return found
    derived = _from_siblings(register, wish)
    return (derived,) if derived is not None else ()


def _from_siblings(register: Register, wish: Wish) -> Figure | None:
    """Return those at work as all without those at rest, and the other way round."""
    state = next(iter(wish.subject.states), "")
    if state not in _SIBLINGS:
        return None
    other = _SIBLINGS[1 - _SIBLINGS.index(state)]
    whole = best(register, replace(wish, subject=replace(wish.subject, states=())))
    rest = best(register, replace(wish, subject=replace(wish.subject, states=(other,))))
    if not whole or not rest or rest[0].value > whole[0].value:
        return None
    if whole[0].period != rest[0].period or whole[0].place != rest[0].place:
        return None
    return reckoning.difference(whole[0], rest[0], f"{whole[0].indicator} {state}")


def _look_up(register: Register, inquiry: Inquiry) -> Outcome:
    if not inquiry.places:
        return _anywhere(register, inquiry)
    found: list[Figure] = []
    missing: list[str] = []
    wishes = _wishes(inquiry)
    for wish in wishes:
        figures = _find(register, wish)
        found += figures
        if not figures:
            missing.append(_wished(wish, wishes))
    if found:
        operation = Operation.LOOK_UP
        if found[0].parts:
            operation = Operation.DIFFERENCE
        return Outcome(figures=tuple(found), missing=tuple(missing), operation=operation)
    return _not_found(register, wishes[0], tuple(missing))


def _anywhere(register: Register, inquiry: Inquiry) -> Outcome:
    """Return the figure when one place only has it, else those of all places as a table."""
    found = [
        figure
        for place in register.by_place
        for wish in _wishes(replace(inquiry, places=(place,)))
        for figure in best(register, wish)[:1]
    ]
    country = [one for one in found if one.place == COUNTRY]
    if not found or len({one.place for one in found}) == 1:
        return Outcome(figures=tuple(found))
    chosen = country or found
    if len(chosen) > _MOST_SHOWN:
        return Outcome()
    return Outcome(figures=tuple(chosen), operation=Operation.LIST)


def _wished(wish: Wish, among: Sequence[Wish]) -> str:
    """Return what tells a wish from the others: its place, its period, or both."""
    parts = [wish.place]
    if len({one.period for one in among}) > 1 or not wish.place:
        parts.append(wish.period)
    return " ".join(part for part in parts if part)


def _compare(register: Register, inquiry: Inquiry) -> Outcome:
    wishes = _wishes(inquiry)
    if len(wishes) < 2:  # noqa: PLR2004
        return _rank(register, inquiry)
    return _set_beside(register, inquiry, wishes)


def _set_beside(register: Register, inquiry: Inquiry, wishes: Sequence[Wish]) -> Outcome:
    """Return the figures of several wishes in the order of their values."""
    found: list[Figure] = []
    missing: list[str] = []
    for wish in wishes:
        figures = _find(register, wish)[:1]
        found += figures
        if not figures:
            missing.append(_wished(wish, wishes))
    if not found:
        return _not_found(register, wishes[0], tuple(missing))
    if not reckoning.comparable(found):
        return Outcome(figures=tuple(found), missing=tuple(missing), operation=Operation.LIST)
    order = reckoning.ranked(found, ascending=inquiry.ascending)
    figures = tuple(order)
    if len(order) == 2 and inquiry.operation is Operation.COMPARE:  # noqa: PLR2004
        high, low = reckoning.ranked(order)
        figures += (reckoning.difference(high, low, f"chênh lệch {_name(high)}"),)
    return Outcome(figures=figures, missing=tuple(missing))


def _rank(register: Register, inquiry: Inquiry) -> Outcome:
    wishes = _wishes(inquiry)
    if len(wishes) > 1:
        outcome = _set_beside(register, inquiry, wishes)
    else:
        found = _breakdown(register, inquiry)
        order = reckoning.ranked(found, ascending=inquiry.ascending)
        outcome = Outcome(figures=tuple(order))
        if not order:
            return _not_found(register, wishes[0], ())
    most = inquiry.most or len(outcome.figures)
    return replace(outcome, figures=outcome.figures[:most], operation=Operation.RANK)


def _listed(register: Register, inquiry: Inquiry) -> Outcome:
    wishes = _wishes(inquiry)
    if len(wishes) > 1 and len(inquiry.subjects) > 1:
        found = [figure for wish in wishes for figure in best(register, wish)[:1]]
    else:
        found = _breakdown(register, inquiry)
    if found:
        return Outcome(figures=tuple(found), operation=Operation.LIST)
    return _not_found(register, wishes[0], ())


def _breakdown(register: Register, inquiry: Inquiry) -> list[Figure]:
    """Return the figures over which a ranking or a list goes."""
    subject = inquiry.subjects[0]
    wish = _wishes(inquiry)[0]
    match inquiry.over:
        case Over.PROVINCES | Over.NAMED if not inquiry.places:
            return _by_places(
                register, wish, [one for one in register.by_place if is_province(one)]
            )
        case Over.DISTRICTS:
            ends = f"({wish.place})" if wish.place else ")"
            within = [one for one in register.by_place if is_district(one) and one.endswith(ends)]
            return _by_places(register, wish, within)
        case Over.YEARS:
            return _by_years(register, replace(wish, period=""))
        case Over.GRADES:
            return _by_classes(register, wish, "grade") or _by_classes(register, wish, "sector")
        case Over.SECTORS:
            return _by_classes(register, wish, "sector") or _by_classes(register, wish, "grade")
        case _ if subject.unit and not subject.words and inquiry.operation is not Operation.LIST:
            return _by_classes(register, wish, "sector")
        case _:
            return _all_of(register, wish)


def _by_places(register: Register, wish: Wish, places: Iterable[str]) -> list[Figure]:
    found = (best(register, replace(wish, place=place)) for place in places)
    return [figures[0] for figures in found if figures]


def _by_years(register: Register, wish: Wish) -> list[Figure]:
    """Return the figures of a subject at a place, the best of each period."""
    found: dict[str, Figure] = {}
    for match in matches(register, wish):
        figure = match.figure
        if figure.period and match.score > 0.5:  # noqa: PLR2004  (no doubtful one in a series)
            found.setdefault(bounds(figure.period)[1], figure)
    return reckoning.by_time(list(found.values()))


def _by_classes(register: Register, wish: Wish, family: str) -> list[Figure]:
    """Return the figures of one subject by sector or grade, in the order of their document."""
    found: list[tuple[Figure, frozenset[str]]] = []
    inside = wish.subject.labels(family)
    for figure in _at(register, wish):
        facets = named(name_of(figure))
        own = facets.labels(family) - inside
        if own and _same_but(wish.subject, facets, family):
            found.append((figure, facets.labels(family)))
    best_document = _most_common([one.document for one, _ in found])
    kept = [one for one in found if one[0].document == best_document]
    chosen: dict[frozenset[str], Figure] = {}
    for figure, labels in kept:
        chosen.setdefault(labels, figure)
    return _parts_only(list(chosen.values()), family)


def _parts_only(figures: list[Figure], family: str) -> list[Figure]:
    """Leave out the sum of the others ("phi nông nghiệp") when its parts are there too."""
    rest = [one for one in figures if "phi nông nghiệp" not in named(name_of(one)).labels(family)]
    return rest if len(rest) > 3 else figures  # noqa: PLR2004  (more than the two halves)


def _same_but(wanted: Facets, held: Facets, family: str) -> bool:
    """Tell whether a figure is of the wanted subject, whatever its class of a family."""
    others = tuple(one for one in ("sector", "grade") if one != family)
    extra = {label for one in others for label in held.labels(one) - wanted.labels(one)}
    states = not wanted.states or not held.states or held.states[0] in wanted.states
    new = not wanted.states and held.states
    unit = not wanted.unit or held.unit in (wanted.unit, *wanted.organisations)
    return unit and states and not new and not extra and held.measure == wanted.measure


def _at(register: Register, wish: Wish) -> list[Figure]:
    """Return the figures at the place and time of a wish, in their documents' order."""
    places = [wish.place] if wish.place else list(register.by_place)
    found = [
        figure
        for place in places
        for figures in register.by_place.get(place, {}).values()
        for figure in figures
        if figure.kind is wish.kind
        and (not wish.period or overlap(figure.period, wish.period))
        and of_period(wish.period, figure.period, flow=False) is not None
    ]
    order = {id(one): index for index, one in enumerate(register.figures)}
    return sorted(found, key=lambda one: order[id(one)])


def _most_common(values: Sequence[str]) -> str:
    return max(dict.fromkeys(values), key=values.count, default="")


def _all_of(register: Register, wish: Wish) -> list[Figure]:
    """Return all that is told of a subject at a place and time: "liệt kê các mục tiêu"."""
    subject = wish.subject
    loose = replace(subject, words=frozenset(), mean="")
    return [
        figure
        for figure in _at(register, wish)
        if (not subject.classes or subject.classes & named(name_of(figure)).classes)
        and (not subject.states or set(subject.states) & set(named(name_of(figure)).states))
        and (not subject.measure or loose.measure == named(name_of(figure)).measure)
    ]


def _trend(register: Register, inquiry: Inquiry) -> Outcome:
    """Return the figures by time, with the change from the first to the last."""
    wish = replace(_wishes(inquiry)[0], period="")
    spans = [one for one in (*inquiry.periods, inquiry.base) if one and one != "/"]
    if inquiry.base == "/" or (len(spans) == 1 and "/" in spans[0] and len(spans[0]) == 9):  # noqa: PLR2004
        begin = min(bounds(one)[0] for one in spans)
        end = max(bounds(one)[1] for one in spans)
        found = [one for one in _by_years(register, wish) if begin <= bounds(one.period)[1] <= end]
    elif spans:
        found = reckoning.by_time(
            [
                figure
                for period in dict.fromkeys(spans)
                for figure in best(register, replace(wish, period=period))[:1]
            ]
        )
    else:
        found = _by_years(register, wish)
    stated = _stated_changes(register, inquiry, found)
    missing = () if stated or len(found) >= len(spans) else _unknown(spans, found)
    if not found:
        return _not_found(register, _wishes(inquiry)[0], missing)
    changes: list[Figure] = list(stated)
    if len(found) > 1 and reckoning.comparable(found):
        name = _name(found[-1])
        changes = [reckoning.change(found[0], found[-1], f"thay đổi {name}")]
        growth = reckoning.growth(found[0], found[-1], f"tỷ lệ thay đổi {name}")
        changes += [growth] if growth is not None else []
    elif not stated and not missing:
        missing = tuple(spans)
    return Outcome(figures=(*found, *changes), missing=missing, operation=Operation.TREND)


def _unknown(periods: Sequence[str], figures: Sequence[Figure]) -> tuple[str, ...]:
    return tuple(
        one for one in periods if not any(overlap(one, figure.period) for figure in figures)
    )


def _stated_changes(register: Register, inquiry: Inquiry, found: Sequence[Figure]) -> list[Figure]:
    """Return the changes that the sentence of a figure states itself: "tăng 2,2% so với năm 2021"."""
    if len(found) > 1:
        return []
    wish = _wishes(inquiry)[0]
    quotes = {(one.document, one.quote) for one in found}
    return [
        figure
        for figures in register.by_place.get(wish.place, {}).values()
        for figure in figures
        if figure.kind is FigureKind.CHANGE
        and (figure.document, figure.quote) in quotes
        and _is_of(wish.subject, named(name_of(figure)))
    ]


def _is_of(wanted: Facets, changed: Facets) -> bool:
    """Tell whether a change is one of the wanted subject."""
    if wanted.measure or changed.measure:
        return wanted.measure == changed.measure
    mine = {wanted.unit, *wanted.organisations}
    return bool(mine & {changed.unit, *changed.organisations})


def _difference(register: Register, inquiry: Inquiry) -> Outcome:
    """Return the first without the second; of two times, the later without the earlier."""
    wishes = _wishes(inquiry)
    if len(wishes) < 2:  # noqa: PLR2004
        return _changed(register, inquiry)
    found = [_find(register, wish)[:1] for wish in wishes[:2]]
    missing = tuple(
        _wished(wish, wishes) for wish, figures in zip(wishes, found, strict=False) if not figures
    )
    if missing:
        stated = [figure for figures in found for figure in figures]
        if stated:
            return Outcome(figures=tuple(stated), missing=missing, operation=Operation.LOOK_UP)
        return _not_found(register, wishes[0], missing)
    first, second = found[0][0], found[1][0]
    if not reckoning.comparable((first, second)):
        return Outcome(figures=(first, second), operation=Operation.LIST)
    if len(inquiry.periods) > 1 and first.place == second.place:
        second, first = reckoning.by_time([first, second])
        derived = reckoning.change(second, first, f"thay đổi {_name(first)}")
    else:
        if first.value < second.value and len(inquiry.places) > 1:
            first, second = second, first
        derived = reckoning.difference(first, second, f"chênh lệch {_name(first)}")
    return Outcome(figures=(derived, first, second))


def _changed(register: Register, inquiry: Inquiry) -> Outcome:
    """Return the change that a document states, or the one between the year and its base."""
    wish = _wishes(inquiry)[0]
    subject = wish.subject
    loose = replace(wish, kind=FigureKind.CHANGE)
    if inquiry.base:
        pair = replace(inquiry, periods=(*inquiry.periods, inquiry.base), base="")
        if len(pair.periods) > 1:
            computed = _difference(register, pair)
            if computed.figures and not computed.missing:
                return computed
        loose = replace(loose, period=inquiry.periods[0] if inquiry.periods else "")
    told = [
        match.figure
        for match in matches(register, loose)
        if not subject.unit or match.figure.unit == subject.unit
    ]
    if told:
        return Outcome(figures=(told[0],), operation=Operation.LOOK_UP)
    return _not_found(register, wish, ())


def _sum(register: Register, inquiry: Inquiry) -> Outcome:
    wishes = _wishes(inquiry)
    found = [_find(register, wish)[:1] for wish in wishes]
    if len(wishes) == 1 and inquiry.most > 1:
        fitting = [one.figure for one in matches(register, wishes[0])[: inquiry.most]]
        if len(fitting) < inquiry.most:
            return _look_up(register, inquiry)
        found = [(one,) for one in fitting]
        wishes *= inquiry.most
    missing = tuple(
        _wished(wish, wishes) for wish, figures in zip(wishes, found, strict=True) if not figures
    )
    stated = [figure for figures in found for figure in figures]
    if not stated:
        return _not_found(register, wishes[0], missing)
    if missing or len(stated) < 2 or not reckoning.comparable(stated):  # noqa: PLR2004
        return Outcome(figures=tuple(stated), missing=missing, operation=Operation.LIST)
    summed = reckoning.total(stated, f"tổng {_name(stated[0])}")
    return Outcome(figures=(summed, *stated))


def _ratio(register: Register, inquiry: Inquiry) -> Outcome:
    """Return the share that is stated, else the one of the part in the whole."""
    wish = _wishes(inquiry)[0]
    stated = best(register, wish) if wish.subject.unit == "%" else ()
    if stated:
        return Outcome(figures=stated, operation=Operation.LOOK_UP)
    unit = next(iter(sorted(wish.subject.organisations)), "HTX")
    subject = replace(wish.subject, unit=unit, organisations=wish.subject.organisations - {unit})
    part = _find(register, replace(wish, subject=subject))
    whole = best(
        register,
        replace(wish, subject=Facets(unit=unit, organisations=subject.organisations)),
    )
    if part and whole and part[0].value <= whole[0].value and part[0] != whole[0]:
        derived = reckoning.share(part[0], whole[0], f"tỷ lệ {_name(part[0])}")
        if derived is not None:
            return Outcome(figures=(derived, part[0], whole[0]))
    return _not_found(register, wish, ())


def _name(figure: Figure) -> str:
    return figure.indicator[:1].lower() + figure.indicator[1:]


# --- what there is instead ---------------------------------------------------------------------


def _not_found(register: Register, wish: Wish, missing: tuple[str, ...]) -> Outcome:
    """Return why a figure is not there, and what stands nearest to it."""
    if wish.place and wish.place not in register.by_place:
        parts = _of_successor(register, wish)
        return Outcome(reason=Reason.NO_SUCH_PLACE, missing=(wish.place,), instead=parts)
    aimed = replace(wish, kind=FigureKind.TARGET)
    if wish.kind is FigureKind.ACTUAL and (target := best(register, aimed)):
        return Outcome(reason=Reason.ONLY_TARGET, missing=_where(wish), instead=target[:1])
    other_times = _by_years(register, replace(wish, period=""))
    if other_times:
        asked = max(years(wish.period), default=0)
        near = sorted(other_times, key=lambda one: abs(max(years(one.period)) - asked))[:3]
        return Outcome(
            reason=Reason.NO_SUCH_PERIOD,
            missing=_where(wish),
            instead=tuple(reckoning.by_time(near)),
        )
    wider = replace(wish.subject, classes=frozenset(), words=frozenset(), states=())
    whole = best(register, replace(wish, subject=wider)) if wider.unit else ()
    return Outcome(reason=Reason.NO_SUCH_FIGURE, missing=missing or _where(wish), instead=whole[:1])


def _where(wish: Wish) -> tuple[str, ...]:
    return tuple(part for part in (wish.place, wish.period) if part)


def _of_successor(register: Register, wish: Wish) -> tuple[Figure, ...]:
    """Return the figures of the provinces that became the one that is asked for in July 2025."""
    return tuple(
        figure
        for name, place in provinces().items()
        if place.successor == wish.place and name != wish.place
        for figure in best(register, replace(wish, place=name))[:1]
    )
