"""A picture with a title, a foot and room for axes between them. Sizes are in pixels."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from bot.pictures.chart_plan import Plan

WIDTH = 1080  # what a phone shows in full width
DPI = 100
MARGIN = 36
TITLE, TEXT, SMALL = 28, 21, 16  # points; on a phone's screen a third of that
INK, FAINT, GRID = "#1c2430", "#56606e", "#dde2e8"
STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans",  # comes with matplotlib, and has all Vietnamese letters
    "text.parse_math": False,  # a name may hold a dollar sign
    "text.color": INK,
    "axes.labelcolor": FAINT,
    "xtick.color": FAINT,
    "ytick.color": INK,
}
NO_BREAK = "\u00a0"  # a space at which no line ends
_BREAK = re.compile(r"[ \t\r\n]+")
_LINE = 1.35  # height of a line, in letters


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One line of the head or the foot."""

    text: str
    size: int
    colour: str = FAINT
    weight: str = "normal"


class Sheet:
    """A figure whose head and foot are written; `axes` fills the body.

    Args:
        planned: what is said.
        body: height between head and foot.
    """

    def __init__(self, planned: Plan, body: float) -> None:
        head, foot = _head(planned), _foot(planned)
        above, below = (sum(line_height(line.size) for line in part) for part in (head, foot))
        self._height = above + body + below + 4 * MARGIN
        self._bottom, self._body = below + 2 * MARGIN, body
        self.figure = Figure(figsize=(WIDTH / DPI, self._height / DPI), dpi=DPI, facecolor="white")
        FigureCanvasAgg(self.figure)
        self._write(head, self._height - MARGIN)
        self._write(foot, MARGIN + below)

    def _write(self, lines: Sequence[_Line], top: float) -> None:
        for line in lines:
            self.figure.text(
                MARGIN / WIDTH,
                top / self._height,
                line.text,
                size=line.size,
                color=line.colour,
                weight=line.weight,
                va="top",
            )
            top -= line_height(line.size)

    def axes(self, left: float, below: float, above: float = 0) -> Axes:
        """Return axes that leave so much of the body for what stands around them."""
        found = self.figure.add_axes(
            (
                left / WIDTH,
                (self._bottom + below) / self._height,
                (WIDTH - left - MARGIN) / WIDTH,
                (self._body - below - above) / self._height,
            )
        )
        for spine in found.spines.values():
            spine.set_visible(False)
        found.set_axisbelow(True)
        found.tick_params(length=0, labelsize=SMALL)
        return found


def _head(planned: Plan) -> list[_Line]:
    title = wrapped(planned.title, TITLE, most=4, bold=True)
    more = (wrapped(part, TEXT, most=2) for part in planned.subtitle.split("\n"))
    return [
        *(_Line(text=line, size=TITLE, colour=INK, weight="bold") for line in title),
        *(_Line(text=line, size=TEXT) for part in more for line in part),
    ]


def _foot(planned: Plan) -> list[_Line]:
    parts = (wrapped(part, SMALL, most=3) for part in (planned.note, planned.source))
    return [_Line(text=line, size=SMALL) for part in parts for line in part]


def line_height(size: float) -> float:
    """Return the height of a line of letters of so many points."""
    return size * _LINE * DPI / 72


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of the longest line of a text."""
    font = FontProperties(size=size, weight="bold" if bold else "normal")
    measured = (
        _renderer().get_text_width_height_descent(line, font, ismath=False)  # type: ignore[no-untyped-call]
        for line in text.split("\n")
    )
    return max(float(width) for width, _height, _descent in measured)


@cache
def _renderer() -> RendererAgg:
    return RendererAgg(1, 1, DPI)  # type: ignore[no-untyped-call]


def wrapped(
    text: str, size: float, *, most: int, width: float = WIDTH - 2 * MARGIN, bold: bool = False
) -> list[str]:
    """Return a text in so many lines at most that fit a width; a mark stands where it was cut."""

    def fits(line: str) -> bool:
        return text_width(line, size, bold=bold) <= width

    lines: list[str] = []
    for word in filter(None, _BREAK.split(text)):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and fits(longer):
            lines[-1] = longer
        else:
            lines.append(_cut(word, fits))
    if len(lines) > most:
        lines[most - 1 :] = [_cut(f"{lines[most - 1]} {lines[most]}", fits)]
    return lines


def _cut(line: str, fits: Callable[[str], bool]) -> str:
    if fits(line):
        return line
    kept = line
    while len(kept) > 1 and not fits(f"{kept}…"):
        kept = kept[:-1].rstrip()
    return f"{kept}…"
