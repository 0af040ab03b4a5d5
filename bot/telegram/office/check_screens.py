"""What an admin sees of the points to look at. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from bot import texts
from bot.library.pointing import Point
from bot.library.problems import message
from bot.telegram.buttons import Act, Press
from bot.telegram.inert import inert
from bot.telegram.lengths import cut
from bot.telegram.paging import around
from bot.telegram.screens import Button, Page, Screen, pager
from bot.texts import checking as words
from knowledge.model import Language

ON_A_PAGE = 6
_BUTTONS_IN_A_ROW = 3
_LONGEST_LINE, _LONGEST_QUOTE, _SURROUNDINGS = 400, 1_500, 500


class Step(IntEnum):
    """What a button about a point does; the numbers stand in buttons that people still have."""

    LIST = 0
    OPEN = 1
    SET = 2
    QUOTE = 3
    KNOWN = 4


def list_screen(
    points: Sequence[Point], known: int, documents: int, number: int, language: Language
) -> Screen:
    """Return a page of the points; the last one when there are fewer.

    Args:
        points: that nobody has hidden.
        known: how many were hidden.
        documents: how many the library has.
        number: of the page, from 1.
        language: of the interface.
    """
    if not points:
        html = words.ALL_KNOWN[language].format(documents=documents, known=known)
        return Screen(html=html)
    count = -(-len(points) // ON_A_PAGE)
    number = min(max(number, 1), count)
    start = (number - 1) * ON_A_PAGE
    shown = list(enumerate(points[start : start + ON_A_PAGE], start=start + 1))
    lines = [
        words.POINT_LINE.format(number=place, message=_said(one, language)) for place, one in shown
    ]
    buttons = [_button(str(place), one, Step.OPEN, number) for place, one in shown]
    rows = [
        tuple(buttons[first : first + _BUTTONS_IN_A_ROW])
        for first in range(0, len(buttons), _BUTTONS_IN_A_ROW)
    ]
    head = words.POINTS[language].format(count=len(points), documents=documents)
    turned = pager(Press(act=Act.PROBLEM), Page(number=number, count=count))
    return Screen(html="\n\n".join([head, *lines]), rows=(*rows, *turned))


def point_screen(point: Point, page: int, language: Language) -> Screen:
    """Return one point with what can be done about it."""
    problem = point.problem
    html = words.POINT[language].format(
        kind=texts.PROBLEM_KINDS[problem.kind][language],
        message=_said(point, language),
        source=inert(problem.source),
    )
    if problem.quote:
        html += f"\n<blockquote>{inert(cut(problem.quote, _LONGEST_QUOTE))}</blockquote>"
    label = {"place": words.SET_PLACE, "period": words.SET_PERIOD}.get(point.column)
    rows = [(_button(label[language], point, Step.SET, page),)] if label else []
    rows += [
        (_button(words.SHOW_QUOTE[language], point, Step.QUOTE, page),),
        (_button(words.KNOWN[language], point, Step.KNOWN, page),),
        (_to_list(page, language),),
    ]
    return Screen(html=html, rows=tuple(rows))


def quote_screen(point: Point, text: str, page: int, language: Language) -> Screen:
    """Return where a point stands in the text of its document; the beginning for a whole one."""
    quote = point.problem.quote
    start = max(text.find(quote), 0) if quote else 0
    end = start + min(len(quote), _LONGEST_QUOTE)
    first, last = around(text, start, end, _SURROUNDINGS)
    before, after = inert(text[first:start]), inert(text[end:last])
    body = f"{before}<b>{inert(text[start:end])}</b>{after}" if quote else f"{before}{after}"
    html = f"<b>{inert(point.problem.source)}</b>\n<blockquote>{body}</blockquote>"
    return Screen(html=html, rows=((_back(point, page, language),),))


def type_screen(point: Point, page: int, language: Language) -> Screen:
    """Return how to type the place or the period of a document."""
    form = words.TYPE_PLACE if point.column == "place" else words.TYPE_PERIOD
    html = form[language].format(source=inert(point.problem.source))
    return Screen(html=html, rows=((_back(point, page, language),),))


def _said(point: Point, language: Language) -> str:
    return inert(cut(message(point.problem, language), _LONGEST_LINE))


def _button(label: str, point: Point, item: Step, page: int) -> Button:
    press = Press(act=Act.PROBLEM, item=item.value, page=page, word=point.mark)
    return Button(label=label, press=press)


def _back(point: Point, page: int, language: Language) -> Button:
    return _button(words.BACK_TO_POINT[language], point, Step.OPEN, page)


def _to_list(page: int, language: Language) -> Button:
    return Button(label=words.LIST[language], press=Press(act=Act.PROBLEM, page=page))
