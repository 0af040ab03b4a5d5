"""Figures in sentences: a figure, a comparison, a ranking, a trend, a computation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from bot import texts
from bot.saying.figure_words import amount_words, period_words
from knowledge.figures.register import stated_as
from knowledge.model import Answer, Figure, FigureKind, Language, Operation
from knowledge.vietnamese.periods import bounds
from knowledge.vietnamese.places import COUNTRY, UNITED, joined_in, provinces

_YEAR = re.compile(r"\d{4}")
_PERIOD = re.compile(r"\b\d{4}(?:-\d\d){0,2}(?:/\d{4}(?:-\d\d){0,2})?\b")
_CHANGES = (FigureKind.DERIVED, FigureKind.CHANGE)


def lines(answer: Answer) -> list[str]:
    """Return an answer's figures in words, one line each, in their order; [n] is the source."""
    language = answer.question.language
    stated = [one for one in answer.figures if one.kind is not FigureKind.DERIVED]
    derived = [one for one in answer.figures if one.kind is FigureKind.DERIVED]
    several = len(stated) > 1 or bool(derived)

    def told(figure: Figure) -> str:
        return f"{sentence(figure, language)}{_numbered(figure, answer)}"

    computed = [computation(one, language) for one in derived]
    if answer.operation is Operation.RANK:
        body = [f"{rank}. {told(one)}" for rank, one in enumerate(stated, start=1)] + computed
    elif answer.operation is Operation.TREND:
        body = [*_direction(answer.figures, language), *(f"- {told(one)}" for one in stated)]
    elif answer.operation is Operation.COMPARE and len(stated) > 1:
        body = [*_winner(stated, language), *(f"- {told(one)}" for one in stated), *computed]
    else:
        shown = stated or [part for one in derived for part in one.parts]
        mark = "- " if several else ""
        body = [*computed, *(f"{mark}{told(one)}" for one in shown)]
    return [*body, *_notes(answer, language)]


def sentence(figure: Figure, language: Language) -> str:
    """Return "Cà Mau, tháng 8/2023: số HTX là 281 HTX."; an aim is told as one."""
    parts = (place(figure.place, language), period(figure.period, language))
    where = ", ".join(part for part in parts if part)
    said = texts.FIGURE_TOLD[figure.kind][language].format(
        what=_what(figure, language), amount=value(figure, language)
    )
    return f"{where}: {said}" if where else f"{said[:1].upper()}{said[1:]}"


def _what(figure: Figure, language: Language) -> str:
    """Return the name of what a figure is of, which is Vietnamese: set off in English."""
    return figure.indicator if language is Language.VIETNAMESE else f"“{figure.indicator}”"


def value(figure: Figure, language: Language) -> str:
    """Return a value as its sentence has it; in English, and of a table, in our words."""
    stated = stated_as(figure) if language is Language.VIETNAMESE else ""
    return stated or amount_words(figure, language)


def computation(figure: Figure, language: Language) -> str:
    """Return a derived figure as one, with its parts: "Tính ra: … = 281 HTX - 247 HTX = 34 HTX"."""
    sign = texts.SIGNS.get(_sign(figure), "")
    amounts = [amount_words(part, language) for part in figure.parts]
    form = texts.DERIVED if sign else texts.DERIVED_SHARE
    return form[language].format(
        what=_what(figure, language),
        parts=(f" {sign} " if sign else texts.OF[language]).join(amounts),
        amount=amount_words(figure, language),
    )


def _sign(figure: Figure) -> str:
    values = [part.value for part in figure.parts]
    if figure.unit != figure.parts[0].unit:
        return ""
    if sum(values, Decimal(0)) == figure.value:
        return "sum"
    return "difference" if values[0] - values[1] == figure.value else ""


def place(name: str, language: Language) -> str:
    """Return a place as it stands in a sentence."""
    return texts.COUNTRY[language] if name == COUNTRY else name


def period(iso: str, language: Language) -> str:
    """Return a period as it stands in a sentence: "năm 2022", "tháng 8/2023"."""
    if _YEAR.fullmatch(iso):
        return texts.YEAR[language].format(year=iso)
    return period_words(iso, language) if iso else ""


def periods_in(text: str, language: Language) -> str:
    """Return a text with its ISO periods as they stand in a sentence."""
    return _PERIOD.sub(lambda found: period(found[0], language), text)


def _numbered(figure: Figure, answer: Answer) -> str:
    """Return " [2]" for the second source."""
    for number, citation in enumerate(answer.citations, start=1):
        if (citation.document, citation.quote) == (figure.document, figure.quote):
            return f" [{number}]"
    return ""


def _winner(stated: Sequence[Figure], language: Language) -> Iterator[str]:
    """Yield which is more, or that all are equal; nothing of "trên 5" beside "5"."""
    first, last = stated[0], stated[-1]
    if first.value != last.value:
        two, more = texts.HIGHER if first.value > last.value else texts.LOWER
        form = more if len(stated) > 2 else two  # noqa: PLR2004
        yield form[language].format(what=_told_apart(first, stated, language))
    elif len({one.comparator for one in stated}) == 1:
        yield texts.EQUAL[language].format(amount=value(first, language))


def _told_apart(one: Figure, among: Sequence[Figure], language: Language) -> str:
    """Return what tells a figure from the others: its place, what it is of, or its period."""
    ways: tuple[Callable[[Figure], str], ...] = (
        lambda figure: place(figure.place, language),
        lambda figure: figure.indicator,
        lambda figure: period(figure.period, language),
    )
    return next((way(one) for way in ways if len({way(other) for other in among}) > 1), "")


def _direction(figures: Sequence[Figure], language: Language) -> Iterator[str]:
    """Yield how much more or less it became: as it is stated, or computed from the ends."""
    changes = [one for one in figures if one.kind in _CHANGES]
    if not changes:
        return
    first = changes[0]
    amounts = [amount_words(replace(one, value=abs(one.value)), language) for one in changes]
    amount = f"{amounts[0]} ({', '.join(amounts[1:])})" if amounts[1:] else amounts[0]
    form = texts.ROSE if first.value > 0 else texts.FELL if first.value < 0 else texts.UNCHANGED
    said = form[language].format(amount=amount)
    if not first.parts:
        yield texts.CHANGE_STATED[language].format(said=said)
        return
    later, earlier = first.parts
    yield said + texts.CHANGE_BETWEEN[language].format(
        earlier=amount_words(earlier, language),
        later=amount_words(later, language),
        then=period(earlier.period, language),
        now=period(later.period, language),
    )


def _notes(answer: Answer, language: Language) -> Iterator[str]:
    """Yield what must be known too: old provinces, times that differ, sources that disagree."""
    stated = [part for one in answer.figures for part in (one.parts or (one,))]
    old = dict.fromkeys(one.place for one in stated if _is_of_old_unit(one))
    if old:
        named = ", ".join(_now(name, language) for name in old)
        yield texts.OLD_PROVINCES[language].format(places=named)
    if answer.operation in (Operation.COMPARE, Operation.RANK) and (
        len({one.period for one in stated}) > 1 and len({one.place for one in stated}) > 1
    ):
        yield texts.TIMES_DIFFER[language]
    if answer.operation is Operation.LOOK_UP and _disagree(stated):
        yield texts.SOURCES_DISAGREE[language]


def _is_of_old_unit(figure: Figure) -> bool:
    """Tell whether a figure is of a province as it was before July 2025, and is another one now.

    A name that is no province any more is one whatever its time: a target of 2030 that was set
    before.
    """
    if figure.place not in provinces():
        return False
    if provinces()[figure.place].successor != figure.place:
        return True
    before = figure.period and bounds(figure.period)[1] < UNITED
    return bool(before and joined_in(figure.place))


def _now(name: str, language: Language) -> str:
    """Return an old province with what became of it: "Trà Vinh (nay thuộc Vĩnh Long)"."""
    successor = provinces()[name].successor
    if successor != name:
        return texts.NOW_PART_OF[language].format(place=name, successor=successor)
    return texts.NOW_WITH[language].format(place=name, others=", ".join(joined_in(name)))


def _disagree(stated: Sequence[Figure]) -> bool:
    return any(
        one.document != other.document
        and (one.place, one.period, one.unit) == (other.place, other.period, other.unit)
        and one.value != other.value
        for one in stated
        for other in stated
    )
