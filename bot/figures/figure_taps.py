"""What can be asked with a tap from one figure: the year before, another province, the order.

Only what the register answers is offered, and the answer must hold the very figure it starts from.
"""

from __future__ import annotations

import re
from enum import StrEnum

from bot.figures import figure_questions
from bot.figures.figure_menu import stated, year_of
from knowledge.answering.figures import told_by_register
from knowledge.figures.register import is_province
from knowledge.model import Answer, Figure, FigureKind, Operation, Status
from knowledge.search.library import Library

_YEAR = re.compile(r"(\d{4})(?=-|/|$)")
_FEWEST = 2


class Tap(StrEnum):
    """What is asked; the words stand in buttons that people still have."""

    YEAR_BEFORE = "year"
    OTHER_PLACE = "others"
    RANKING = "rank"


def lone_figure(answer: Answer) -> Figure | None:
    """Return the one figure that was looked up in the register; None where there is no such one."""
    if answer.operation is not Operation.LOOK_UP or answer.status is not Status.ANSWERED:
        return None
    one = answer.figures[0] if len(answer.figures) == 1 else None
    return one if one and one.kind is FigureKind.ACTUAL and one.place else None


def taps(library: Library, answer: Answer) -> tuple[Tap, ...]:
    """Return what would have an answer."""
    figure = lone_figure(answer)
    if figure is None:
        return ()
    found = [Tap.YEAR_BEFORE] if year_before(library, figure) else []
    if ranking(library, figure):
        found += [Tap.OTHER_PLACE, Tap.RANKING]
    return tuple(found)


def year_before(library: Library, figure: Figure) -> str:
    """Return the question that compares a figure with the year before; "" for none."""
    same_time = _YEAR.sub(lambda found: str(int(found[1]) - 1), figure.period)
    year = year_of(figure)
    for earlier in dict.fromkeys((same_time, str(int(year) - 1))) if year else ():
        question = figure_questions.since(figure, earlier)
        told = _told(library, question, figure)
        if len(told) >= _FEWEST and {one.place for one in told} == {figure.place}:
            return question
    return ""


def ranking(library: Library, figure: Figure) -> str:
    """Return the question for the order of the provinces in which a figure stands; "" for none."""
    if not is_province(figure.place):
        return ""
    for period in _times(figure):
        question = figure_questions.ranked(figure.indicator, period)
        if len(_told(library, question, figure)) >= _FEWEST:
            return question
    return ""


def other_places(library: Library, figure: Figure) -> dict[str, str]:
    """Return the question that compares a figure with each other province, by its name."""
    told = _told(library, ranking(library, figure), figure)
    places = sorted({one.place for one in told} - {figure.place})
    found = {place: _compared(library, figure, place) for place in places}
    return {place: question for place, question in found.items() if question}


def _compared(library: Library, figure: Figure, place: str) -> str:
    for period in _times(figure):
        question = figure_questions.set_beside(figure.indicator, (figure.place, place), period)
        if {one.place for one in _told(library, question, figure)} == {figure.place, place}:
            return question
    return ""


def _times(figure: Figure) -> dict[str, None]:
    """Return what to try: the figure's own period, the year it ends in, the latest there is."""
    return dict.fromkeys((figure.period, year_of(figure), ""))


def _told(library: Library, question: str, figure: Figure) -> list[Figure]:
    """Return the figures that a question is answered with, if the one it starts from is there."""
    answer = told_by_register(library, question) if question else None
    if answer is None or answer.status is not Status.ANSWERED:
        return []
    found = stated(answer)
    same = (figure.document, figure.place, figure.period, figure.value)
    at = [(one.document, one.place, one.period, one.value) for one in found]
    return found if same in at else []
