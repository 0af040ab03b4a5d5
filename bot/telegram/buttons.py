"""What a button carries: at most 64 bytes, and all that is needed to work after a restart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Act(StrEnum):
    """What pressing a button does; the letters stand in buttons that people still have."""

    ANSWER = "a"
    SOURCE = "s"
    PAGE = "p"
    FILE = "f"
    CHART = "c"
    TABLE = "t"
    SUGGESTION = "q"
    HELPFUL = "y"
    NOT_HELPFUL = "n"
    STARTER = "e"
    DOCUMENTS = "d"
    LANGUAGE = "l"
    PEOPLE = "u"
    GAP = "g"
    HAND = "h"
    PROBLEM = "m"
    FIGURES = "o"
    SUBSCRIPTION = "w"
    NOTHING = "x"
    DRAFT = "b"
    SHELF = "k"


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """What a button asks for.

    Attributes:
        turn: the turn whose answer the button hangs under, or a gap; 0 for none.
        item: 1-based source or suggestion, or a page of documents; 0 for none.
        page: 1-based page of a text; 0 for the one that holds the quotation.
        word: a language ("vi"), marks of what was chosen (a starter question, a problem, an
            indicator with its place and period), the id of a document, or a deed.
    """

    act: Act
    turn: int = 0
    item: int = 0
    page: int = 0
    word: str = ""


_FORM = re.compile(r"([a-z]):([0-9]{1,12}):([0-9]{1,4}):([0-9]{1,5}):([a-z0-9]{0,24})")


def encode(press: Press) -> str:
    """Return the data of a button."""
    return f"{press.act.value}:{press.turn}:{press.item}:{press.page}:{press.word}"


def decode(data: str) -> Press | None:
    """Return what a button asks for; None when no version of this bot made it."""
    match = _FORM.fullmatch(data)
    if match is None or match[1] not in set(Act):
        return None
    return Press(
        act=Act(match[1]),
        turn=int(match[2]),
        item=int(match[3]),
        page=int(match[4]),
        word=match[5],
    )
