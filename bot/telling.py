"""Figures in sentences: a figure, a comparison, a ranking, a trend, a computation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from bot import texts
from bot.figure_words import amount_words, period_words
from knowledge.figures.register import stated_as
from knowledge.model import Answer, Figure, FigureKind, Language, Operation
from knowledge.vietnamese.places import COUNTRY, UNITED, joined_in, provinces

_YEAR = re.compile(r"\d{4}")


def lines(answer: Answer) -> list[str]:
    """Return an answer's figures in words, one line each, in their order."""
    language = answer.question.language
    stated = [one for one in answer.figures if one.kind is not FigureKind.DERIVED]
    derived = [one for one in answer.figures if one.kind is FigureKind.DERIVED]
    told: list[str] = []
    match answer.operation:
        case Operation.RANK:
            told = [
                f"{rank}. {sentence(one, language)}" for rank, one in enumerate(stated, start=1)
            ]
        case Operation.COMPARE if len(stated) > 1:
            told = [_winner(stated, language), *(f"- {sentence(one, language)}" for one in stated)]
        case Operation.TREND:
            told = [*_direction(answer.figures, language)]
            told += [f"- {sentence(one, language)}" for one in stated]
            return [*told, *_notes(answer, language)]
        case _ if len(stated) > 1 and not derived:
            told = [f"- {sentence(one, language)}" for one in stated]
        case _ if derived:
            return [
                *(computation(one, language) for one in derived),
                *(f"- {sentence(one, language)}" for one in stated or derived[0].parts),
                *_notes(answer, language),
            ]
        case _:
            told = [sentence(one, language) for one in stated]
    told += [computation(one, language) for one in derived]
    return [*told, *_notes(answer, language)]


def sentence(figure: Figure, language: Language) -> str:
    """Return "Cà Mau, tháng 8/2023: số HTX 281 HTX"; an aim is told as one."""
    where = ", ".join(
        part for part in (place(figure.place, language), period(figure.period, language)) if part
    )
    form = texts.FIGURE_TOLD[figure.kind][language]
    what = figure.indicator if language is Language.VIETNAMESE else f"“{figure.indicator}”"
    said = form.format(what=what, amount=value(figure, language))
    return f"{where}: {said}" if where else said[:1].upper() + said[1:]


def value(figure: Figure, language: Language) -> str:
    """Return a value as its sentence has it; in English, and without a sentence, in our words."""
    stated = stated_as(figure) if language is Language.VIETNAMESE else ""
    return stated or amount_words(figure, language)


def computation(figure: Figure, language: Language) -> str:
    """Return a derived figure as one, with its parts: "Tính ra: … = 281 HTX - 247 HTX = 34 HTX"."""
    sign = texts.SIGNS.get(_sign(figure), "")
    parts = f" {sign} ".join(amount_words(part, language) for part in figure.parts) if sign else ""
    form = texts.DERIVED if parts else texts.DERIVED_SHARE
    if not parts:
        parts = texts.OF[language].join(amount_words(part, language) for part in figure.parts)
    return form[language].format(
        what=figure.indicator, parts=parts, amount=amount_words(figure, language)
    )


def _sign(figure: Figure) -> str:
    values = [part.value for part in figure.parts]
    if figure.unit != figure.parts[0].unit:
        return ""
    if sum(values, Decimal(0)) == figure.value and len(values) > 1:
        return "sum"
    return "difference" if values[0] - values[1] == figure.value else ""


def place(name: str, language: Language) -> str:
    """Return a place as it stands in a sentence."""
    if name == COUNTRY:
        return texts.COUNTRY[language]
    return name


def period(iso: str, language: Language) -> str:
    """Return a period as it stands in a sentence: "năm 2022", "tháng 8/2023"."""
    if _YEAR.fullmatch(iso):
        return texts.YEAR[language].format(year=iso)
    return period_words(iso, language) if iso else ""


def _winner(stated: Sequence[Figure], language: Language) -> str:
    first, last = stated[0], stated[-1]
    if all(one.value == first.value for one in stated):
        return texts.EQUAL[language].format(amount=value(first, language))
    form = texts.HIGHER if first.value > last.value else texts.LOWER
    return form[language].format(what=_told_apart(first, stated, language))


def _told_apart(one: Figure, among: Sequence[Figure], language: Language) -> str:
    """Return what tells a figure from the others: its place, its period, or what it is of."""
    if len({other.place for other in among}) > 1:
        return place(one.place, language)
    if len({other.indicator for other in among}) > 1:
        return one.indicator
    return period(one.period, language)


def _direction(figures: Sequence[Figure], language: Language) -> Iterator[str]:
    changes = [one for one in figures if one.kind in (FigureKind.DERIVED, FigureKind.CHANGE)]
    for one in changes:
        absolute = amount_words(_absolute(one), language)
        form = texts.ROSE if one.value > 0 else texts.FELL if one.value < 0 else texts.UNCHANGED
        if one.kind is FigureKind.CHANGE:
            yield texts.CHANGE_STATED[language].format(said=form[language].format(amount=absolute))
        else:
            later, earlier = one.parts
            yield form[language].format(amount=absolute) + texts.CHANGE_BETWEEN[language].format(
                earlier=amount_words(earlier, language),
                later=amount_words(later, language),
                then=period(earlier.period, language),
                now=period(later.period, language),
            )


def _absolute(figure: Figure) -> Figure:
    return replace(figure, value=abs(figure.value))


def _notes(answer: Answer, language: Language) -> Iterator[str]:
    """Yield what must be known too: old provinces, times that differ, sources that disagree."""
    stated = [part for one in answer.figures for part in (one.parts or (one,))]
    old = {
        one.place: provinces()[one.place].successor
        for one in stated
        if one.place in provinces() and _is_of_old_unit(one)
    }
    for name, successor in old.items():
        yield texts.OLD_PROVINCE[language].format(place=name, successor=successor)
    if answer.operation in (Operation.COMPARE, Operation.RANK) and (
        len({one.period for one in stated}) > 1 and len({one.place for one in stated}) > 1
    ):
        yield texts.TIMES_DIFFER[language]
    if answer.operation is Operation.LOOK_UP and _disagree(stated):
        yield texts.SOURCES_DISAGREE[language]


def _is_of_old_unit(figure: Figure) -> bool:
    """Tell whether a figure is of a province as it was before July 2025, and is another one now."""
    successor = provinces()[figure.place].successor
    return bool(joined_in(successor)) and figure.period < UNITED


def _disagree(stated: Sequence[Figure]) -> bool:
    return any(
        one.document != other.document
        and (one.place, one.period, one.unit) == (other.place, other.period, other.unit)
        and one.value != other.value
        for one in stated
        for other in stated
    )
