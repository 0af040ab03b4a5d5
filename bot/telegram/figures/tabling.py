"""An answer's figures as a small table in the chat. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from bot.saying.figure_words import amount_words, period_words
from bot.telegram.buttons import Act, Press
from bot.telegram.inert import inert
from bot.telegram.lengths import cut
from bot.telegram.screens import Button, Screen, Shown
from bot.texts import figures as words
from bot.texts import in_chat
from knowledge.model import Answer, Figure, FigureKind, Language

_MOST_ROWS = 30
_WIDEST = (16, 14, 24)  # letters of each column; together they fit a phone held upright
_LONGEST_HEAD = 160


def table_screen(answer: Answer, shown: Shown) -> Screen:
    """Return the figures of an answer row by row, and the way back to it."""
    language = shown.language
    rows = [_row(one, language) for one in answer.figures[:_MOST_ROWS]]
    # one name above all when they share it; else each stands above its rows
    names = dict.fromkeys(one.indicator for one in answer.figures if one.kind not in _COMPUTED)
    head = inert(cut("; ".join(names) or answer.figures[0].indicator, _LONGEST_HEAD))
    parts = [
        f"<b>{head}</b>",
        f"<pre>{_aligned([words.TABLE_HEAD[language].split(' · '), *rows])}</pre>",
    ]
    left = len(answer.figures) - len(rows)
    if left:
        parts.append(words.AND_MORE_ROWS[language].format(count=left))
    back = Press(act=Act.ANSWER, turn=shown.turn)
    file = Press(act=Act.TABLE, turn=shown.turn)
    return Screen(
        html="\n".join(parts),
        rows=(
            (Button(label=in_chat.TABLE[language], press=file),),
            (Button(label=in_chat.BACK[language], press=back),),
        ),
    )


_COMPUTED = (FigureKind.DERIVED, FigureKind.CHANGE)


def _row(figure: Figure, language: Language) -> tuple[str, str, str]:
    derived = figure.kind is FigureKind.DERIVED
    place = words.COMPUTED[language] if derived else figure.place
    return place, period_words(figure.period, language), amount_words(figure, language)


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    """Return rows with their columns under each other, as HTML within <pre>."""
    short = [[cut(cell, most) for cell, most in zip(row, _WIDEST, strict=True)] for row in rows]
    widths = [max(map(len, column)) for column in zip(*short, strict=True)]
    lines = [
        " ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in short
    ]
    return escape("\n".join(lines), quote=False)
