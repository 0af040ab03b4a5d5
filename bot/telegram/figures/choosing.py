"""One page of choices as buttons. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.telegram.buttons import Press
from bot.telegram.screens import Button, Page, Screen, in_columns, label_of, pager

ON_A_PAGE = 8
Choice = tuple[str, Press]  # what the button says, and what it does


def choices_screen(html: str, choices: Sequence[Choice], turn: Press, *further: Button) -> Screen:
    """Return one page of choices.

    Args:
        html: what is chosen.
        choices: all of them.
        turn: what turns the pages; its page is shown, or the last one.
        further: buttons under the choices.
    """
    count = page_count(len(choices))
    number = min(max(turn.page, 1), count)
    start = (number - 1) * ON_A_PAGE
    shown = [
        Button(label=label_of(label), press=press)
        for label, press in choices[start : start + ON_A_PAGE]
    ]
    rows = (*in_columns(shown), *pager(turn, Page(number=number, count=count)))
    return Screen(html=html, rows=(*rows, *((one,) for one in further)))


def page_count(choices: int) -> int:
    """Return how many pages choices take; at least one."""
    return max(1, -(-choices // ON_A_PAGE))
