"""A question on Telegram: shown to be worked on, answered by an edit, in order for each person."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.running import BotHere
from tests.builders import LOAN_QUESTION, Stand
from tests.telegram_server import FakeTelegram, Message, Person


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    with FakeTelegram() as server:
        yield server


@pytest.fixture
def bot(telegram: FakeTelegram, library: Stand, tmp_path: Path) -> Iterator[BotHere]:
    home = Path(shutil.copytree(library.home, tmp_path / "var"))
    with BotHere(telegram, home, Stand(home, library.embedder).assistant()) as running:
        yield running


def answers(telegram: FakeTelegram, person: Person, count: int = 1) -> list[Message]:
    """Return the first answers that a person got, none of them still being searched for."""

    def arrived() -> list[Message] | None:
        found = [one for one in telegram.shown(person) if "Đang tìm" not in one.text]
        return found if len(found) >= count else None

    return telegram.wait_for(arrived)[:count]  # type: ignore[index]


def test_an_answer_is_an_edit_of_a_short_first_message(telegram: FakeTelegram, bot: BotHere):
    lan = telegram.person("Lan")
    lan.says(LOAN_QUESTION)
    [answer] = answers(telegram, lan)
    assert "không quá bốn năm" in answer.text
    assert answer.edits == ("Đang tìm…",)
    assert [call.method for call in telegram.calls].count("sendMessage") == 1
