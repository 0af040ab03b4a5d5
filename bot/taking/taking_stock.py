"""Questions, feedback and figures as one workbook: a number for each person, never a formula."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from bot.saying.render import figure_json
from bot.taking.exporting import COLUMNS, sheets
from bot.texts import usage as words
from knowledge.catalogue import Asked, Verdict
from knowledge.model import Figure

QUESTION_COLUMNS = (
    "turn", "person", "asked", "group", "question", "status", "reason", "seconds", "source",
    "locator",
)  # fmt: skip
FEEDBACK_COLUMNS = ("turn", "person", "given", "helpful", "question", "status", "source")


def stock(
    asked: Sequence[Asked],
    verdicts: Sequence[Verdict],
    figures: Sequence[Figure],
    zone: tzinfo,
) -> bytes:
    """Return the workbook; people are numbered in the order in which they first asked."""
    people = [one.turn.person for one in asked] + [one.person for one in verdicts]
    numbers = {person: place for place, person in enumerate(dict.fromkeys(people), start=1)}
    by_turn = {one.turn.id: one for one in asked}
    return sheets(
        {
            words.QUESTIONS_SHEET: (
                QUESTION_COLUMNS,
                [_question_row(one, numbers, zone) for one in asked],
            ),
            words.FEEDBACK_SHEET: (
                FEEDBACK_COLUMNS,
                [_feedback_row(one, by_turn.get(one.turn), numbers, zone) for one in verdicts],
            ),
            words.FIGURES_SHEET: (
                COLUMNS,
                [[figure_json(one)[column] for column in COLUMNS] for one in figures],
            ),
        }
    )


def _question_row(one: Asked, numbers: Mapping[int, int], zone: tzinfo) -> list[object]:
    answer = one.turn.answer
    cited = answer.citations[0] if answer is not None and answer.citations else None
    return [
        one.turn.id,
        numbers[one.turn.person],
        _time(one.turn.asked_at, zone),
        "x" if one.turn.chat != one.turn.person else "",
        one.turn.text,
        one.status,
        answer.reason.value if answer is not None else "",
        one.latency_ms / 1000 if one.latency_ms is not None else "",
        cited.source if cited else "",
        cited.locator if cited else "",
    ]


def _feedback_row(
    one: Verdict, asked: Asked | None, numbers: Mapping[int, int], zone: tzinfo
) -> list[object]:
    answer = asked.turn.answer if asked is not None else None
    return [
        one.turn,
        numbers[one.person],
        _time(one.given_at, zone),
        1 if one.helpful else 0,
        asked.turn.text if asked is not None else "",
        asked.status if asked is not None else "",
        answer.citations[0].source if answer is not None and answer.citations else "",
    ]


def _time(moment: datetime, zone: tzinfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M:%S}"
