"""What is done with figures to answer: looked up, compared, ranked, followed, computed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product

from knowledge.figures import reckoning
from knowledge.figures.breakdown import breakdown, by_years
from knowledge.figures.facets import ORGANISATIONS, Facets
from knowledge.figures.inquiry import BETWEEN, Inquiry, Over
from knowledge.figures.matching import ALIKE, Wish, best, matches
from knowledge.figures.outcome import Outcome, not_found
from knowledge.figures.register import Register, name_of, named
from knowledge.model import Figure, FigureKind, Operation, Reason
from knowledge.vietnamese.periods import bounds, overlap
from knowledge.vietnamese.places import COUNTRY, UNITED, joined_in

_MOST_SHOWN = 12  # places of a table that is shown instead of a choice
_SIBLINGS = ("đang hoạt động", "ngừng hoạt động")
_YEARS = 9  # characters of "2021/2025"


def outcome_of(register: Register, inquiry: Inquiry) -> Outcome:
    """Return what the register gives for an inquiry."""
    outcome = _OPERATIONS[inquiry.operation](register, inquiry)
    return replace(outcome, operation=outcome.operation or inquiry.operation)


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
    derived = _from_siblings(register, wish) or _from_years(register, wish)
    return (derived,) if derived is not None else ()


def _from_years(register: Register, wish: Wish) -> Figure | None:
    """Return what happened in several years as the sum of what is told of each of them."""
    if len(wish.period) != _YEARS or not {"thành lập mới", "giải thể"} & set(
        wish.subject.states[:1]
    ):
        return None
    first, last = (int(one) for one in wish.period.split("/"))
    found = [best(register, replace(wish, period=str(year))) for year in range(first, last + 1)]
    if not all(found):
        return None
    stated = [figures[0] for figures in found]
    return reckoning.total(stated, f"tổng {_name(stated[0])}")


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
    wishes = _wishes(_with_old_provinces(register, inquiry))
    found = _gather(register, wishes)
    if not found.figures:
        return not_found(register, wishes[0], found.missing)
    derived = found.figures[0].parts
    return replace(found, operation=Operation.SUM if derived else Operation.LOOK_UP)


def _gather(register: Register, wishes: Sequence[Wish], *, alone: bool = False) -> Outcome:
    """Return what there is of several wishes, and of the rest what is missing and why.

    Args:
        register: that is asked.
        wishes: one for each figure.
        alone: each gives one figure, so that they can be set beside each other.
    """
    found: list[Figure] = []
    missing: list[Wish] = []
    for wish in wishes:
        figures = () if alone else _alternatives(register, wish)
        figures = figures or _find(register, wish)
        found += figures[:1] if alone else figures
        if not figures:
            missing.append(wish)
    gap = not_found(register, missing[0], ()) if missing else Outcome()
    return replace(
        gap,
        figures=tuple(found),
        missing=tuple(dict.fromkeys(_told_apart(one, wishes) for one in missing)),
    )


def _with_old_provinces(register: Register, inquiry: Inquiry) -> Inquiry:
    """Return the inquiry with the provinces that went into today's ones in July 2025.

    Only a question that names no time of before means today's province. What the register has no
    figures of is not added.
    """
    if any(bounds(one)[0] < UNITED for one in inquiry.periods):
        return inquiry
    places = [
        name
        for asked in inquiry.places
        for name in (asked, *joined_in(asked))
        if name == asked or name in register.by_place
    ]
    return replace(inquiry, places=tuple(dict.fromkeys(places)))


def _alternatives(register: Register, wish: Wish) -> tuple[Figure, ...]:
    """Return the figure of each organisation when the question leaves open whose is meant."""
    if wish.subject.organisations or wish.subject.unit in ORGANISATIONS:
        return ()
    found = matches(register, wish)
    by_owner: dict[frozenset[str], Figure] = {}
    for match in found:
        same = match.figure.period == found[0].figure.period
        if same and match.score > found[0].score - ALIKE:
            owners = named(name_of(match.figure)).organisations
            by_owner.setdefault(owners, match.figure)
    return tuple(by_owner.values()) if len(by_owner) > 1 else ()


def _anywhere(register: Register, inquiry: Inquiry) -> Outcome:
    """Return the figure of the whole country, of the one place that has it, or those of all."""
    found = [
        figure
        for place in register.by_place
        for wish in _wishes(replace(inquiry, places=(place,)))
        for figure in best(register, wish)[:1]
    ]
    country = tuple(one for one in found if one.place == COUNTRY)
    chosen = country or tuple(found)
    if len(chosen) < 2:  # noqa: PLR2004
        return Outcome(figures=chosen, operation=Operation.LOOK_UP)
    return Outcome(
        figures=chosen if len(chosen) <= _MOST_SHOWN else (),
        missing=tuple(dict.fromkeys(one.place for one in chosen)),
        reason=Reason.WHICH_PLACE,
        operation=Operation.LIST,
    )


def _told_apart(wish: Wish, among: Sequence[Wish]) -> str:
    """Return what tells a wish from the others: what it is of, its place, its period."""
    parts = []
    if len({one.subject for one in among}) > 1:
        subject = wish.subject
        classes = [label for _, label in sorted(subject.classes)]
        parts += [*subject.states[:1], *classes, subject.measure or subject.unit][:1]
    if len({one.place for one in among}) > 1 or not parts:
        parts.append(wish.place)
    if len({one.period for one in among}) > 1 or not any(parts):
        parts.append(wish.period)
    return " ".join(part for part in parts if part)


def _compare(register: Register, inquiry: Inquiry) -> Outcome:
    wishes = _wishes(inquiry)
    if len(wishes) > 1:
        return _set_beside(register, inquiry, wishes)
    return (_look_up if inquiry.over is Over.NAMED else _rank)(register, inquiry)


def _set_beside(register: Register, inquiry: Inquiry, wishes: Sequence[Wish]) -> Outcome:
    """Return the figures of several wishes in the order of their values."""
    gathered = _gather(register, wishes, alone=True)
    found = [one for one in dict.fromkeys(gathered.figures) if not one.parts]
    if not found:
        return not_found(register, wishes[0], gathered.missing)
    if not reckoning.comparable(found):
        return replace(gathered, operation=Operation.LIST)
    order = reckoning.ranked(found, ascending=inquiry.ascending)
    figures = tuple(order)
    if len(order) == 2 and inquiry.operation is Operation.COMPARE:  # noqa: PLR2004
        high, low = reckoning.ranked(order)
        figures += (reckoning.difference(high, low, f"chênh lệch {_name(high)}"),)
    return replace(gathered, figures=figures)


def _rank(register: Register, inquiry: Inquiry) -> Outcome:
    wishes = _wishes(inquiry)
    if len(wishes) > 1:
        outcome = _set_beside(register, inquiry, wishes)
    else:
        found = breakdown(register, inquiry, wishes[0])
        order = reckoning.ranked(found, ascending=inquiry.ascending)
        outcome = Outcome(figures=tuple(order))
        if not order:
            return not_found(register, wishes[0], ())
    most = inquiry.most or len(outcome.figures)
    return replace(outcome, figures=outcome.figures[:most], operation=Operation.RANK)


def _listed(register: Register, inquiry: Inquiry) -> Outcome:
    wishes = _wishes(inquiry)
    if len(wishes) > 1 and len(inquiry.subjects) > 1:
        found = [figure for wish in wishes for figure in best(register, wish)[:1]]
    else:
        found = breakdown(register, inquiry, wishes[0])
    if found:
        return Outcome(figures=tuple(found), operation=Operation.LIST)
    return not_found(register, wishes[0], ())


def _trend(register: Register, inquiry: Inquiry) -> Outcome:
    """Return the figures by time, with the change from the first to the last."""
    wish = replace(_wishes(inquiry)[0], period="")
    spans = [one for one in (*inquiry.periods, inquiry.base) if one not in ("", BETWEEN)]
    if inquiry.base == BETWEEN or (len(spans) == 1 and len(spans[0]) == _YEARS):
        begin = min(bounds(one)[0] for one in spans)
        end = max(bounds(one)[1] for one in spans)
        found = [one for one in by_years(register, wish) if begin <= bounds(one.period)[1] <= end]
    elif spans:
        found = reckoning.by_time(
            [
                figure
                for period in dict.fromkeys(spans)
                for figure in best(register, replace(wish, period=period))[:1]
            ]
        )
    else:
        found = by_years(register, wish)
    stated = _stated_changes(register, inquiry, found)
    missing = () if stated or len(found) >= len(spans) else _unknown(spans, found)
    if not found:
        return not_found(register, _wishes(inquiry)[0], missing)
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
    """Return the changes that a figure's own sentence states: "tăng 2,2% so với năm 2021"."""
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
    if len(inquiry.periods) == 1 and len(inquiry.periods[0]) == _YEARS:
        inquiry = replace(inquiry, periods=tuple(inquiry.periods[0].split("/")))
    wishes = _wishes(inquiry)
    if len(wishes) < 2:  # noqa: PLR2004
        return _changed(register, inquiry)
    found = [_find(register, wish)[:1] for wish in wishes[:2]]
    missing = tuple(
        _told_apart(wish, wishes)
        for wish, figures in zip(wishes, found, strict=False)
        if not figures
    )
    if missing:
        stated = [figure for figures in found for figure in figures]
        if stated:
            return Outcome(figures=tuple(stated), missing=missing, operation=Operation.LOOK_UP)
        return not_found(register, wishes[0], missing)
    first, second = found[0][0], found[1][0]
    if first == second or not reckoning.comparable((first, second)):
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
    return not_found(register, wish, ())


def _sum(register: Register, inquiry: Inquiry) -> Outcome:
    wishes = _wishes(inquiry)
    found = [_find(register, wish)[:1] for wish in wishes]
    if len(wishes) == 1:  # "hai đề án … tổng cộng": which two it means is for the reader to see
        fitting = tuple(one.figure for one in matches(register, wishes[0]))
        return Outcome(figures=fitting[:_MOST_SHOWN], operation=Operation.LIST)
    missing = tuple(
        _told_apart(wish, wishes)
        for wish, figures in zip(wishes, found, strict=True)
        if not figures
    )
    stated = [figure for figures in found for figure in figures]
    if not stated:
        return not_found(register, wishes[0], missing)
    stated = list(dict.fromkeys(stated))
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
    return not_found(register, wish, ())


def _name(figure: Figure) -> str:
    return figure.indicator[:1].lower() + figure.indicator[1:]


_OPERATIONS: Mapping[Operation, Callable[[Register, Inquiry], Outcome]] = {
    Operation.LOOK_UP: _look_up,
    Operation.COMPARE: _compare,
    Operation.RANK: _rank,
    Operation.LIST: _listed,
    Operation.TREND: _trend,
    Operation.DIFFERENCE: _difference,
    Operation.SUM: _sum,
    Operation.RATIO: _ratio,
}
