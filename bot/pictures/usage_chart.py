"""The questions of each day as a picture for a phone. Importing this takes a second."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from io import BytesIO

from matplotlib import rc_context
from matplotlib.ticker import MaxNLocator

from bot.pictures.chart_plan import Plan
from bot.pictures.chart_sheet import (
    DPI,
    GRID,
    MARGIN,
    SMALL,
    STYLE,
    TEXT,
    Sheet,
    line_height,
    text_width,
)
from bot.pictures.charts import drawing
from bot.texts import usage as words
from knowledge.model import Language, Status

_COLOURS = {
    Status.ANSWERED: "#14668f",
    Status.PARTIAL: "#7fb2cc",
    Status.NOT_FOUND: "#b3520f",
    Status.CLARIFY: "#e3b560",
    Status.REFUSED: "#7a7f87",
}
_PLOT = 560  # height of the axes
_MOST_LABELS = 8
_THICK = 0.78  # of a day


def usage_chart(days: Mapping[date, Counter[str]], language: Language) -> bytes:
    """Return a bar a day as PNG, in parts by how the questions ended."""
    with drawing, rc_context(STYLE):
        return _drawn(days, language)


def _drawn(days: Mapping[date, Counter[str]], language: Language) -> bytes:
    names = [f"{day:%d/%m}" for day in days]
    shown = [one for one in Status if any(counts[one.value] for counts in days.values())]
    above = line_height(TEXT) * (len(shown) / 2 + 1) if shown else 0
    sheet = Sheet(_plan(days, language), above + _PLOT + 2 * line_height(SMALL))
    left = MARGIN + line_height(SMALL) + text_width("000", SMALL) + 10
    axes = sheet.axes(left, 2 * line_height(SMALL), above)
    stacked = [0] * len(days)
    for status in shown:
        counts = [one[status.value] for one in days.values()]
        axes.bar(
            range(len(days)),
            counts,
            _THICK,
            bottom=stacked,
            color=_COLOURS[status],
            label=words.STATUSES[status][language],
        )
        stacked = [low + more for low, more in zip(stacked, counts, strict=True)]
    step = -(-len(names) // _MOST_LABELS)
    ticks = range(len(names) - 1, -1, -step)  # today is named
    axes.set_xticks(list(ticks), [names[one] for one in ticks], size=SMALL)
    axes.set_xlim(-0.6, len(days) - 0.4)
    axes.set_ylim(0, max([*stacked, 1]) * 1.05)
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.grid(visible=True, axis="y", color=GRID)
    axes.set_axisbelow(True)
    axes.set_ylabel(words.CHART_UNIT[language], size=SMALL)
    if shown:
        axes.legend(fontsize=TEXT, frameon=False, ncols=2, loc="lower left", bbox_to_anchor=(0, 1))
    stream = BytesIO()
    sheet.figure.savefig(stream, format="png", dpi=DPI, metadata={"Software": None})
    return stream.getvalue()


def _plan(days: Mapping[date, Counter[str]], language: Language) -> Plan:
    first, last = min(days), max(days)
    count = sum(sum(counts.values()) for counts in days.values())
    return Plan(
        title=words.CHART_TITLE[language],
        subtitle=words.CHART_SUBTITLE[language].format(
            first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}", count=count
        ),
        unit=words.CHART_UNIT[language],
        source="",
        note="",
        language=language,
    )
