"""Charts of an answer's figures, as pictures for a phone. Importing this takes a second."""

from __future__ import annotations

import gc
import re
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from threading import Lock

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter, MaxNLocator

from bot.pictures.chart_plan import Mark, Plan, Series, plan
from bot.pictures.chart_sheet import (
    DPI,
    FAINT,
    GRID,
    MARGIN,
    NO_BREAK,
    SMALL,
    STYLE,
    TEXT,
    WIDTH,
    Sheet,
    line_height,
    text_width,
    wrapped,
)
from bot.saying.figure_words import number_words
from knowledge.model import Answer

_COLOURS = ("#14668f", "#b3520f", "#3d7a2a", "#7a3d8f")  # 4.5:1 and more on white
_BEHIND, _TARGET, _RANGE = "#7fb2cc", "#e3b560", "#c3d9e4"
_LABEL_WIDTH = 0.36 * WIDTH  # at most, for the names of bars
_ROOMY, _CROWDED = 8, 16  # up to so many bars a name takes three lines, then two, then one
_THICK = 0.62  # of a row
_PART = " · "  # between the parts of a name
_GAP = 10  # between a bar or a point and its value
_PLOT = 620  # height of the axes of a trend
_FEW_POINTS = 8  # points whose values fit side by side
_DAY = re.compile(r"\b(\d{1,2}/\d{1,2})/(\d{4})\b")
drawing = Lock()  # the style and the letters that were measured are the process's


def chart(answer: Answer) -> bytes:
    """Return the chart of a drawable answer as PNG; the same bytes for the same answer."""
    with drawing, rc_context(STYLE):
        png = _written(draw(plan(answer)))
        # A drawing is held by circles in itself. Measured over 50 charts of 20 bars in the bot:
        # the process grows by 16 MB, without this by 113.
        gc.collect(1)
    return png


def _written(drawing: Figure) -> bytes:
    stream = BytesIO()
    drawing.savefig(stream, format="png", dpi=DPI, metadata={"Software": None})
    return stream.getvalue()


def draw(planned: Plan) -> Figure:
    """Return the drawing of a plan, finished but not written."""
    with rc_context(STYLE):
        return _draw_lines(planned) if planned.lines else _draw_bars(planned)


def _number_axis(axis: Axis, planned: Plan, most: int) -> None:
    """Number an axis as people write numbers; between whole values there are no others."""
    marks = (*planned.bars, *(mark for line in planned.lines for mark in line.marks))
    whole = all(end.is_integer() for one in marks for end in (one.value, one.value_max or 0.0))

    def words(value: float, _place: int | None = None) -> str:
        return number_words(Decimal(f"{value:.10g}"), planned.language)

    axis.set_major_locator(MaxNLocator(most, integer=whole))
    axis.set_major_formatter(FuncFormatter(words))
    axis.grid(visible=True, color=GRID)


# --- bars --------------------------------------------------------------------------------------


def _draw_bars(planned: Plan) -> Figure:
    bars, rows = planned.bars, range(len(planned.bars))
    names = _names(bars)
    lines = 1 + max(name.count("\n") for name in names)
    foot = 2.6 * line_height(SMALL)
    air = 1.0 if len(bars) <= _ROOMY else 0.5
    sheet = Sheet(planned, len(bars) * (lines + air) * line_height(TEXT) + foot)
    axes = sheet.axes(MARGIN + max(text_width(one, TEXT) for one in names) + 14, foot)
    axes.barh(rows, [one.value for one in bars], _THICK, color=_colours(planned))
    for row, one in enumerate(bars):
        if one.value_max is not None:
            axes.barh(row, one.value_max - one.value, _THICK, left=one.value, color=_RANGE)
    axes.axvline(0, color=FAINT, linewidth=1.5)
    axes.set_ylim(len(bars) - 0.5, -0.5)
    axes.set_yticks(rows, names, size=TEXT)
    _number_axis(axes.xaxis, planned, 4)
    axes.set_xlabel(planned.unit, size=SMALL, loc="right")
    _write_values(axes, bars)
    return sheet.figure


def _names(bars: Sequence[Mark]) -> list[str]:
    most = 3 if len(bars) <= _ROOMY else 2 if len(bars) <= _CROWDED else 1
    return [_in_parts(one.label, most) for one in bars]


def _in_parts(label: str, most: int) -> str:
    """Return a label in lines that keep "tháng 12/2023" together where they can."""
    name, *more = label.split(_PART)
    fitting = [one for one in more if text_width(one, TEXT) <= _LABEL_WIDTH]
    kept = [one.replace(" ", NO_BREAK) if one in fitting else one for one in more]
    lines = wrapped(_PART.join([name, *kept]), TEXT, most=most, width=_LABEL_WIDTH)
    return "\n".join(line.removesuffix(_PART.rstrip()) for line in lines).replace(NO_BREAK, " ")


def _colours(planned: Plan) -> list[str]:
    """Return the colours: the winner of a comparison stands out, a target is no result."""
    usual = _BEHIND if planned.first else _COLOURS[0]
    found = [_TARGET if one.soft else usual for one in planned.bars]
    return [_COLOURS[0], *found[1:]] if planned.first and not planned.bars[0].soft else found


def _write_values(axes: Axes, bars: Sequence[Mark]) -> None:
    """Write each value beside the end of its bar, and make room for it."""
    ends = [max(one.value, one.value_max or one.value, key=abs) for one in bars]
    wide = axes.get_window_extent().width
    widths = [(text_width(one.words, TEXT) + 2 * _GAP) / wide for one in bars]
    left = max((room for end, room in zip(ends, widths, strict=True) if end < 0), default=0)
    right = max((room for end, room in zip(ends, widths, strict=True) if end >= 0), default=0)
    low, high = min(0, *ends), max(0, *ends)
    high = high if low < high else 1.0  # nothing but zeros
    span = (high - low) / max(1 - left - right, 0.25)
    axes.set_xlim(low - left * span, high + right * span)
    for row, (end, one) in enumerate(zip(ends, bars, strict=True)):
        axes.annotate(
            one.words,
            (end, row),
            xytext=(_GAP if end >= 0 else -_GAP, 0),
            textcoords="offset pixels",
            ha="left" if end >= 0 else "right",
            va="center_baseline",
            size=TEXT,
        )


# --- lines -------------------------------------------------------------------------------------


def _draw_lines(planned: Plan) -> Figure:
    ticks = _ticks(planned.lines)
    crowded = len(ticks) > _FEW_POINTS
    left = MARGIN + line_height(SMALL) + _axis_width(planned)
    room = (WIDTH - left - MARGIN) / len(ticks) - _GAP
    names = [one if crowded else _in_lines(one, room) for one in ticks.values()]
    below = _GAP + max(
        text_width(one, SMALL) if crowded else (1 + one.count("\n")) * line_height(SMALL)
        for one in names
    )
    above = line_height(TEXT) * (len(planned.lines) + 0.5) if len(planned.lines) > 1 else 0
    sheet = Sheet(planned, above + _PLOT + below)
    axes = sheet.axes(left, below, above)
    for line, colour in zip(planned.lines, _COLOURS, strict=False):
        _draw_line(axes, line, colour)
    axes.set_xticks(list(ticks), names, rotation=90 if crowded else 0)
    axes.margins(x=0.5 / len(ticks), y=0.3 if crowded else 0.24)
    _number_axis(axes.yaxis, planned, 5)
    axes.tick_params(axis="y", labelcolor=FAINT)
    axes.set_ylabel(planned.unit, size=SMALL)
    _write_points(axes, planned.lines, crowded=crowded)
    if above:
        axes.legend(fontsize=TEXT, frameon=False, loc="lower left", bbox_to_anchor=(0, 1))
    return sheet.figure


def _ticks(lines: Sequence[Series]) -> dict[float, str]:
    """Return the periods by their places, from left to right."""
    found = {
        place: mark.label
        for line in lines
        for place, mark in zip(line.places, line.marks, strict=True)
    }
    return dict(sorted(found.items()))


def _in_lines(text: str, width: float) -> str:
    """Return a label in lines that fit; a day that is too long is broken before its year."""
    if any(text_width(word, SMALL) > width for word in text.split()):
        text = _DAY.sub(r"\1/ \2", text)
    return "\n".join(wrapped(text, SMALL, most=5, width=width))


def _axis_width(planned: Plan) -> float:
    """Return the room for the numbers of an axis; those between values are as long at most."""
    values = [mark.value for line in planned.lines for mark in line.marks]
    words = (number_words(Decimal(f"{value:.4g}"), planned.language) for value in values)
    return max(text_width(one, SMALL) for one in words) + _GAP


def _draw_line(axes: Axes, line: Series, colour: str) -> None:
    name = line.name.lstrip("_") or "–"  # a name with a low line in front is left out of legends
    values = [mark.value for mark in line.marks]
    axes.plot(line.places, values, "o-", color=colour, linewidth=4, markersize=13, label=name)
    for place, mark in zip(line.places, line.marks, strict=True):
        if mark.value_max is not None:
            axes.vlines(place, mark.value, mark.value_max, color=colour, linewidth=8, alpha=0.35)
        if mark.soft:
            axes.plot(place, mark.value, "o", color="white", markersize=7)


def _write_points(axes: Axes, lines: Sequence[Series], *, crowded: bool) -> None:
    """Write each value above its point, or below where its line turns up or another is higher.

    On a slope it stands on the side that the line leaves free.
    """
    highest: dict[float, float] = {}
    for line in lines:
        for place, mark in zip(line.places, line.marks, strict=True):
            highest[place] = max(mark.value, highest.get(place, mark.value))
    for line, colour in zip(lines, _COLOURS, strict=False):
        for number, (place, mark) in enumerate(zip(line.places, line.marks, strict=True)):
            alone = not crowded and len(lines) == 1
            valley = alone and _is_valley(line.marks, number)
            above = mark.value == highest[place] and not valley
            side = _free_side(line.marks, number) if alone else 0
            axes.annotate(
                mark.words,
                (place, mark.value_max if above and mark.value_max is not None else mark.value),
                xytext=(-side * _GAP, 1.6 * _GAP if above else -1.6 * _GAP),
                textcoords="offset pixels",
                ha=_SIDES[side],
                va="bottom" if above else "top",
                rotation=90 if crowded else 0,
                size=SMALL if crowded else TEXT,
                color=colour,
                path_effects=[withStroke(linewidth=6, foreground="white")],
            )


_SIDES = {-1: "right", 0: "center", 1: "left"}


def _is_valley(marks: Sequence[Mark], number: int) -> bool:
    """Tell whether the points before and after are higher; an end has one of them."""
    beside = [*marks[max(number - 1, 0) : number], *marks[number + 1 : number + 2]]
    return bool(beside) and all(one.value > marks[number].value for one in beside)


def _free_side(marks: Sequence[Mark], number: int) -> int:
    """Return -1 where a line rises through a point, 1 where it falls, 0 where it turns or ends."""
    three = [one.value for one in marks[max(number - 1, 0) : number + 2]]
    if len(three) < 3 or len(set(three)) < 3:  # noqa: PLR2004
        return 0
    return -1 if three == sorted(three) else 1 if three == sorted(three, reverse=True) else 0
