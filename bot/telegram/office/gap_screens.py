"""What an admin sees of the questions without an answer. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.telegram.buttons import Act, Press
from bot.telegram.inert import inert
from bot.telegram.lengths import cut
from bot.telegram.screens import VIETNAM, Button, Page, Screen, pager
from bot.texts import gaps as words
from knowledge.catalogue import Gap
from knowledge.model import Language

ON_A_PAGE = 6
_LONGEST_QUESTION, _LONGEST_ANSWER = 300, 1_200
_PHRASINGS, _LONGEST_PHRASING = 6, 200
_BUTTONS_IN_A_ROW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ByOfficer:
    """What an officer wrote to one who asked, and in whose name."""

    turn: int
    name: str
    text: str


def list_screen(gaps: Sequence[Gap], number: int, language: Language) -> Screen:
    """Return a page of the gaps; the last one when there are fewer."""
    if not gaps:
        return Screen(html=words.NO_GAPS[language])
    count = -(-len(gaps) // ON_A_PAGE)
    number = min(max(number, 1), count)
    start = (number - 1) * ON_A_PAGE
    shown = list(enumerate(gaps[start : start + ON_A_PAGE], start=start + 1))
    lines = [_told(words.GAP_LINE[language], one, place) for place, one in shown]
    buttons = [
        Button(label=str(place), press=Press(act=Act.GAP, turn=one.id, page=number, word="open"))
        for place, one in shown
    ]
    rows = [
        tuple(buttons[first : first + _BUTTONS_IN_A_ROW])
        for first in range(0, len(buttons), _BUTTONS_IN_A_ROW)
    ]
    head = words.GAPS[language].format(count=len(gaps))
    turned = pager(Press(act=Act.GAP, word="list"), Page(number=number, count=count))
    return Screen(html="\n\n".join([head, *lines]), rows=(*rows, *turned))


def gap_screen(
    gap: Gap,
    phrasings: Sequence[str],
    by_officer: ByOfficer | None,
    press: Press,
    language: Language,
) -> Screen:
    """Return one gap with what can be done about it.

    Args:
        gap: the gap.
        phrasings: how it was asked.
        by_officer: an officer's answer to one who asked, else None.
        press: that opened it; it names the page of the list.
        language: of the interface.
    """
    parts = [_told(words.GAP[language], gap)]
    if phrasings:
        lines = [f"- {inert(cut(one, _LONGEST_PHRASING))}" for one in phrasings[:_PHRASINGS]]
        parts.append("\n".join([words.PHRASINGS[language], *lines]))
    if by_officer is not None:
        text = inert(cut(by_officer.text, _LONGEST_ANSWER))
        told = words.BY_OFFICER[language].format(name=inert(by_officer.name), text=text)
        parts.append(told)

    def row(label: dict[Language, str], word: str) -> tuple[Button, ...]:
        return (button(label, gap.id, word, press.page, language),)

    rows = [row(words.USE, "use")] if by_officer is not None else []
    rows += [row(words.WRITE, "write"), row(words.ADDED, "added"), row(words.SKIP, "skip")]
    return Screen(html="\n\n".join(parts), rows=(*rows, row(words.LIST, "list")))


def button(
    label: dict[Language, str], gap: int, word: str, page: int, language: Language
) -> Button:
    """Return a button about a gap."""
    press = Press(act=Act.GAP, turn=gap, page=page, word=word)
    return Button(label=label[language], press=press)


def _told(form: str, gap: Gap, number: int = 0) -> str:
    last = gap.last.astimezone(VIETNAM).strftime("%d/%m/%Y") if gap.last else words.NEVER
    return form.format(
        number=number,
        question=inert(cut(gap.question, _LONGEST_QUESTION)),
        times=gap.times,
        people=gap.people,
        last=last,
    )
