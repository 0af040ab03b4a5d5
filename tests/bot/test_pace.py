"""The pace of one person: thirty questions a minute by the time of the messages, told once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.telegram.pace import QUESTIONS, WINDOW, Pace, Verdict
from bot.texts import in_chat
from knowledge.model import Language
from tests.bot.echo import EchoHere, said, until_said
from tests.builders import Stand
from tests.telegram_server import FakeTelegram

LAN, MINH = 7001, 7002
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def verdicts(pace: Pace, seconds: list[float], person: int = LAN) -> list[Verdict]:
    """Return what becomes of questions sent so many seconds after noon."""
    return [pace.judge(person, NOON + timedelta(seconds=second))[0] for second in seconds]


def test_one_question_too_many_in_a_minute_is_not_answered():
    found = verdicts(Pace(), [number / 2 for number in range(QUESTIONS + 1)])
    assert found == [Verdict.ANSWER] * QUESTIONS + [Verdict.EXPLAIN]


@pytest.mark.parametrize(
    "seconds",
    [
        [number * 2 for number in range(200)],
        [minute * 60 + number * 0.1 for minute in range(3) for number in range(QUESTIONS)],
        [number * 3600 for number in range(100)],
    ],
    ids=["every two seconds", "as many as may be in a breath, once a minute", "every hour"],
)
def test_whoever_keeps_the_pace_is_always_answered(seconds: list[float]):
    assert set(verdicts(Pace(), seconds)) == {Verdict.ANSWER}


def test_it_is_explained_once_in_a_window_and_again_in_the_next():
    pace = Pace()
    verdicts(pace, [0.0] * QUESTIONS)
    assert verdicts(pace, [1, 2, 59]) == [Verdict.EXPLAIN, Verdict.IGNORE, Verdict.IGNORE]
    assert verdicts(pace, [61.0] * QUESTIONS) == [Verdict.ANSWER] * QUESTIONS
    assert verdicts(pace, [62, 63]) == [Verdict.EXPLAIN, Verdict.IGNORE]


@pytest.mark.parametrize(("second", "wait"), [(0, 60), (20, 40), (59.9, 1)])
def test_the_explanation_tells_after_how_many_seconds_to_go_on(second: float, wait: int):
    pace = Pace()
    verdicts(pace, [0.0] * QUESTIONS)
    verdict, seconds = pace.judge(LAN, NOON + timedelta(seconds=second))
    assert (verdict, seconds) == (Verdict.EXPLAIN, wait)
    assert pace.judge(LAN, NOON + WINDOW)[0] is Verdict.ANSWER


def test_one_persons_haste_is_not_anothers():
    pace = Pace()
    verdicts(pace, [0.0] * 40)
    assert verdicts(pace, [1.0], MINH) == [Verdict.ANSWER]


def test_only_so_many_people_are_remembered_and_the_one_who_asked_last_is():
    pace = Pace()
    verdicts(pace, [0.0] * QUESTIONS)
    for person in range(10_000):
        pace.judge(person, NOON)
        if person == 5_000:
            assert verdicts(pace, [1.0]) == [Verdict.EXPLAIN]
    assert verdicts(pace, [2.0]) == [Verdict.IGNORE]
    assert len(pace._people) == 10_000


# --- on Telegram -----------------------------------------------------------------------------


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    with FakeTelegram() as server:
        yield server


def test_a_person_who_floods_is_told_once_and_others_do_not_notice(
    telegram: FakeTelegram, stand: Stand
):
    lan, minh = telegram.person("Lan"), telegram.person("Minh")
    sent = [f"câu {number}" for number in range(QUESTIONS + 5)]
    with EchoHere(telegram, stand):
        for text in sent:
            lan.says(text, date=NOON)
        minh.says("chào")
        until_said(telegram, minh, ["chào"])
        until_said(telegram, lan, sent[:QUESTIONS])
        telegram.wait_for(lambda: not telegram.pending)
    others = [one.text for one in telegram.shown(lan) if "“" not in one.text]
    words = in_chat.SLOW_DOWN[Language.VIETNAMESE].format(count=QUESTIONS, seconds=60)
    assert others == [words]
    assert said(telegram, lan) == sent[:QUESTIONS]


def test_the_backlog_of_a_day_is_answered_whole(telegram: FakeTelegram, stand: Stand):
    lan = telegram.person("Lan")
    sent = [f"câu {number}" for number in range(60)]
    for number, text in enumerate(sent):
        lan.says(text, date=NOON + timedelta(minutes=20 * number))
    with EchoHere(telegram, stand):
        until_said(telegram, lan, sent)
    assert len(telegram.shown(lan)) == len(sent)
