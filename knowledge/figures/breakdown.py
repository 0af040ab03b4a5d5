"""Over what a ranking, a list or a trend goes: places, years, sectors, grades, or all there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from knowledge.figures import reckoning
from knowledge.figures.facets import Facets
from knowledge.figures.inquiry import Inquiry, Over
from knowledge.figures.matching import Wish, best, matches, of_period
from knowledge.figures.register import Register, is_district, is_province, is_region, name_of, named
from knowledge.model import Figure, Operation
from knowledge.vietnamese.periods import bounds, overlap

_PLACES = (Over.REGIONS, Over.PROVINCES)
_SURE = 0.5  # no doubtful figure belongs in a series
_HALVES = 3  # classes of which two may be the halves of a whole


def breakdown(register: Register, inquiry: Inquiry, wish: Wish) -> list[Figure]:
    """Return the figures over which a ranking or a list goes.

    Args:
        register: that is asked.
        inquiry: what its items are.
        wish: the first of what is asked for: subject, place, time and kind.
    """
    over = inquiry.over
    if over is Over.YEARS:
        return by_years(register, replace(wish, period=""))
    if over is Over.DISTRICTS:
        ends = f"({wish.place})" if wish.place else ")"
        return _by_places(register, wish, lambda one: is_district(one) and one.endswith(ends))
    if over in _PLACES or (over is Over.NAMED and not inquiry.places):
        within = partial(_told_with, register, wish.place) if is_region(wish.place) else is_province
        return _by_places(register, wish, is_region if over is Over.REGIONS else within)
    named_only = wish.subject.unit and not wish.subject.words
    if over is Over.NAMED and (inquiry.operation is Operation.LIST or not named_only):
        return _all_of(register, wish)
    families = ("grade", "sector") if over is Over.GRADES else ("sector", "grade")
    found = (_by_classes(register, wish, family) for family in families)
    return next(filter(None, found), [])


def _told_with(register: Register, region: str, place: str) -> bool:
    """Tell whether a province is told of in the documents that tell of a region."""
    told = {one.document for rows in register.by_place.get(region, {}).values() for one in rows}
    rows = register.by_place[place].values()
    return is_province(place) and any(one.document in told for row in rows for one in row)


def _by_places(register: Register, wish: Wish, counts: Callable[[str], bool]) -> list[Figure]:
    places = filter(counts, register.by_place)
    found = (best(register, replace(wish, place=place)) for place in places)
    return [figures[0] for figures in found if figures]


def by_years(register: Register, wish: Wish) -> list[Figure]:
    """Return the figures of a subject at a place, the best of each period."""
    found: dict[str, Figure] = {}
    for match in matches(register, wish):
        figure = match.figure
        if figure.period and match.score > _SURE:
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
    parts = _parts_only(list(chosen.values()), family)
    return [*parts, *_funds_beside(register, wish, parts)] if family == "sector" else parts


def _funds_beside(register: Register, wish: Wish, parts: Sequence[Figure]) -> list[Figure]:
    """Return the credit funds that are told in one breath with cooperatives by sector.

    They are cooperatives of a sort (Law on Cooperatives 17/2023/QH15, Article 3), and reports count
    them among the others.
    """
    if wish.subject.unit != "HTX" or not parts:
        return []
    quotes = {one.quote for one in parts}
    return [one for one in _at(register, wish) if one.unit == "quỹ" and one.quote in quotes]


def _parts_only(figures: list[Figure], family: str) -> list[Figure]:
    """Leave out the sum of the others ("phi nông nghiệp") when its parts are there too."""
    rest = [one for one in figures if "phi nông nghiệp" not in named(name_of(one)).labels(family)]
    return rest if len(rest) > _HALVES else figures


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
