"""What can be chosen of the register, step by step: an indicator, a place, a period.

Each choice is offered only if the question that it leads to is answered from the register as far as
the person may see it; so nobody is led to a "not found", and nothing of a document that is not for
somebody is named or counted.
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.figures import figure_questions
from knowledge.answering import Assistant
from knowledge.answering.figures import told_by_register
from knowledge.figures.facets import Facets
from knowledge.figures.register import is_province, name_of, named
from knowledge.model import Answer, Audience, Figure, FigureKind
from knowledge.search.library import Library
from knowledge.vietnamese.periods import bounds
from knowledge.vietnamese.places import COUNTRY

ALL, LATEST = "*", ""  # all provinces, or all years; the latest period
MARK = 8  # letters of a mark
_MOST_INDICATORS = 240  # thirty pages; what is rarer is asked by typing
_PLACES_TRIED = 3
_FEWEST = 2  # places of a ranking, years of a series


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """What figures are of.

    Attributes:
        name: as most of its figures are named.
        facets: what they share.
    """

    name: str
    facets: Facets

    @property
    def mark(self) -> str:
        """What a button carries for it."""
        return mark_of(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """What was chosen so far; None for what was not."""

    indicator: Indicator
    place: str | None = None
    period: str | None = None

    @property
    def question(self) -> str:
        """The question that asks for what was chosen."""
        name, place, period = self.indicator.name, self.place or "", self.period or ""
        if place == ALL:
            return figure_questions.ranked(name, period)
        if period == ALL:
            return figure_questions.over_years(name, place)
        return figure_questions.look_up(name, place, period)

    @property
    def word(self) -> str:
        """What a button carries for it."""
        chosen = (self.indicator.name, self.place, self.period)
        return "".join(mark_of(one) for one in chosen if one is not None)


def mark_of(choice: str) -> str:
    """Return what a button carries for a choice."""
    return f"{zlib.crc32(choice.encode()):08x}"


def indicators(assistant: Assistant, audience: Audience) -> tuple[Indicator, ...]:
    """Return what there are figures of, most figures first; found once for each generation."""
    return _indicators(assistant, audience, assistant.library().generation)


@lru_cache(maxsize=6)
def _indicators(
    assistant: Assistant, audience: Audience, _generation: int
) -> tuple[Indicator, ...]:
    library = assistant.library().seen_by(audience)
    groups: defaultdict[Facets, list[Figure]] = defaultdict(list)
    for figure in library.register.figures:
        if figure.kind is FigureKind.ACTUAL and figure.place:
            groups[named(name_of(figure))].append(figure)
    found: dict[str, tuple[int, Indicator]] = {}
    for facets, figures in groups.items():
        one = Indicator(name=_name(figures), facets=facets)
        held = len({(figure.place, figure.period) for figure in figures})
        if held > found.get(one.name, (0, one))[0] and _leads_on(library, one, figures):
            found[one.name] = (held, one)
    order = sorted(found.values(), key=lambda pair: (-pair[0], pair[1].name))
    return tuple(one for _, one in order[:_MOST_INDICATORS])


def _name(figures: Sequence[Figure]) -> str:
    """Return the name that most have; the shortest of those that are equally common."""
    counted = Counter(one.indicator for one in figures)
    return min(counted, key=lambda name: (-counted[name], len(name), name))


def _leads_on(library: Library, indicator: Indicator, figures: Sequence[Figure]) -> bool:
    common = Counter(one.place for one in figures).most_common(_PLACES_TRIED)
    return any(_is_told(library, Path(indicator=indicator, place=place)) for place, _ in common)


def places(library: Library, indicator: Indicator) -> list[str]:
    """Return where there are figures of an indicator, most figures first; `ALL` to rank them."""
    counted = Counter(one.place for one in _figures(library, indicator))
    order = sorted(counted, key=lambda one: (one != COUNTRY, -counted[one], one))
    ranks = sum(map(is_province, order)) >= _FEWEST
    offered = [ALL, *order] if ranks else order
    return [one for one in offered if _is_told(library, Path(indicator=indicator, place=one))]


def periods(library: Library, indicator: Indicator, place: str) -> list[str]:
    """Return `LATEST`, `ALL` for a series, and the periods, the latest first."""
    figures = _figures(library, indicator)
    if place == ALL:
        known = {year_of(one) for one in figures if is_province(one.place) and one.period}
        offered = [LATEST, *sorted(known, reverse=True)]
    else:
        known = {one.period for one in figures if one.place == place and one.period}
        offered = [LATEST, ALL, *sorted(known, key=lambda one: bounds(one)[::-1], reverse=True)]
    paths = (Path(indicator=indicator, place=place, period=one) for one in offered)
    return [str(one.period) for one in paths if _is_told(library, one)]


def year_of(figure: Figure) -> str:
    """Return the year in which a figure's period ends; "" when it has none."""
    return bounds(figure.period)[1][:4] if figure.period else ""


def _figures(library: Library, indicator: Indicator) -> list[Figure]:
    return [
        one
        for one in library.register.figures
        if one.kind is FigureKind.ACTUAL and one.place and named(name_of(one)) == indicator.facets
    ]


def _is_told(library: Library, path: Path) -> bool:
    """Tell whether the register answers a path's question with what was chosen."""
    answer = told_by_register(library, path.question)
    if answer is None:
        return False
    if path.place == ALL:
        return len(stated(answer)) >= _FEWEST
    own = [
        one
        for one in stated(answer)
        if one.place == path.place and named(name_of(one)) == path.indicator.facets
    ]
    if path.period == ALL:
        return len(own) >= _FEWEST
    return bool(own) and (not path.period or own[0].period == path.period)


def stated(answer: Answer) -> list[Figure]:
    """Return the figures of an answer that documents state as results."""
    return [one for one in answer.figures if one.kind is FigureKind.ACTUAL]


def followed(assistant: Assistant, audience: Audience, word: str) -> Path | None:
    """Return what a button's marks mean; None when it is not there for this audience."""
    marks = [word[at : at + MARK] for at in range(0, len(word), MARK)]
    known = indicators(assistant, audience)
    indicator = next((one for one in known if one.mark == marks[0]), None)
    if indicator is None:
        return None
    path, library = Path(indicator=indicator), assistant.library().seen_by(audience)
    if len(marks) == 1:
        return path
    place = _marked(places(library, indicator), marks[1])
    if place is None or len(marks) == 2:  # noqa: PLR2004
        return None if place is None else Path(indicator=indicator, place=place)
    period = _marked(periods(library, indicator, place), marks[2])
    return None if period is None else Path(indicator=indicator, place=place, period=period)


def _marked(choices: Iterable[str], mark: str) -> str | None:
    return next((one for one in choices if mark_of(one) == mark), None)


def trail(assistant: Assistant, audience: Audience, question: str) -> Path | None:
    """Return the indicator and the place that led to a question; None when nothing did."""
    library = assistant.library().seen_by(audience)
    for indicator in indicators(assistant, audience):
        if indicator.name.lower() not in question.lower():
            continue
        for place in places(library, indicator):
            for period in periods(library, indicator, place):
                if Path(indicator=indicator, place=place, period=period).question == question:
                    return Path(indicator=indicator, place=place)
    return None
