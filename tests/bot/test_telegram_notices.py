"""Notices reach people once each: over broken lines, blocked chats and killed bots."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from telegram.error import NetworkError

from bot.telegram.buttons import Act, Press
from bot.telegram.office import notices
from bot.telegram.office.notices import Teller
from bot.telegram.office.tellers import TELLERS
from bot.telegram.screens import Button, Screen
from knowledge.catalogue import Catalogue
from knowledge.model import Language
from tests.bot.conftest import labels, starting
from tests.bot.waiting import asked, in_database, said_to, seen
from tests.builders import Stand
from tests.telegram_server import FakeTelegram, Person

SHORT = "📬 Bạn có tin mới"


_SAID: list[Screen | None] = []  # what the teller of these tests tells, by its place


async def _said(_services: object, _person: int, about: Sequence[int]) -> Screen | None:
    return _SAID[about[0]]


async def _vietnamese(_person: int) -> Language:
    return Language.VIETNAMESE


def payload(html: str, *buttons: Button) -> str:
    """Return a notice that says something."""
    _SAID.append(Screen(html=html, rows=(buttons,)) if html else None)
    return json.dumps({"tell": "said", "about": [len(_SAID) - 1]})


@pytest.fixture
def stand(library: Stand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stand:
    monkeypatch.setattr(notices, "_LOOK_S", 0.1)
    monkeypatch.setitem(cast("dict[str, Teller]", TELLERS), "said", _said)
    return library.copied(tmp_path / "var")


@pytest.fixture
def catalogue(stand: Stand) -> Iterator[Catalogue]:
    opened = stand.catalogue()
    yield opened
    opened.close()


def told(catalogue: Catalogue, key: str) -> bool:
    found = catalogue.notices().told(key)
    return bool(found) and not found[0].payload


class TestOnce:
    def test_what_was_owed_before_the_start_is_told_with_its_buttons(
        self, own_telegram: FakeTelegram, stand: Stand, catalogue: Catalogue
    ) -> None:
        lan = own_telegram.person("Lan")
        thumb = Button(label="👍", press=Press(act=Act.NOTHING))
        catalogue.notices().owe("a", lan.id, payload("Có <b>tin</b> đây.", thumb))
        with starting(own_telegram, stand):
            message = seen(own_telegram, lan, "Có tin đây.")
            assert labels(message) == ["👍"]
            own_telegram.wait_for(lambda: told(catalogue, "a"))
        with starting(own_telegram, stand):
            asked(own_telegram, lan, "/help")
        assert len(said_to(own_telegram, lan, "Có tin đây.")) == 1

    def test_what_is_owed_while_it_runs_is_told_when_due(
        self, own_telegram: FakeTelegram, stand: Stand, catalogue: Catalogue
    ) -> None:
        lan = own_telegram.person("Lan")
        with starting(own_telegram, stand):
            later = datetime.now(UTC) + timedelta(seconds=0.6)
            catalogue.notices().owe("later", lan.id, payload("Tin muộn."), later)
            catalogue.notices().owe("now", lan.id, payload("Tin ngay."))
            seen(own_telegram, lan, "Tin ngay.")
            assert said_to(own_telegram, lan, "Tin muộn.") == []
            seen(own_telegram, lan, "Tin muộn.")
            assert datetime.now(UTC) >= later

    def test_a_bot_that_died_in_between_goes_on_with_the_same_message(
        self, own_telegram: FakeTelegram, stand: Stand, catalogue: Catalogue
    ) -> None:
        lan = own_telegram.person("Lan")
        with starting(own_telegram, stand):
            catalogue.notices().owe("a", lan.id, payload("Tin đây."))
            seen(own_telegram, lan, "Tin đây.")
            own_telegram.wait_for(lambda: told(catalogue, "a"))
        # as the table stands when the process is killed after the edit, before it is marked
        change = "update notices set state = 'owed', payload = ?"
        in_database(stand.home, change, payload("Tin đây."))
        with starting(own_telegram, stand):
            own_telegram.wait_for(lambda: told(catalogue, "a"))
        assert [one.text for one in own_telegram.shown(lan)] == ["Tin đây."]

    @pytest.mark.parametrize("method", ["sendMessage", "editMessageText"])
    @pytest.mark.parametrize("fault", ["drop_before", "drop_after", "500", "429"])
    def test_a_broken_line_brings_the_words_once(
        self,
        own_telegram: FakeTelegram,
        stand: Stand,
        catalogue: Catalogue,
        method: str,
        fault: str,
    ) -> None:
        lan = own_telegram.person("Lan")
        with starting(own_telegram, stand):
            own_telegram.fault(method, fault, chat=lan)
            catalogue.notices().owe("a", lan.id, payload("Tin đây."))
            own_telegram.wait_for(lambda: told(catalogue, "a"))
        assert len(said_to(own_telegram, lan, "Tin đây.")) == 1
        rest = [one for one in own_telegram.shown(lan) if "Tin đây." not in one.text]
        assert all(one.text.startswith(SHORT) for one in rest)

    def test_a_message_that_was_deleted_meanwhile_is_sent_anew(
        self, own_telegram: FakeTelegram, stand: Stand, catalogue: Catalogue
    ) -> None:
        lan = own_telegram.person("Lan")
        catalogue.notices().owe("a", lan.id, payload("Tin đây."))
        in_database(stand.home, "update notices set shown = 99")
        with starting(own_telegram, stand):
            seen(own_telegram, lan, "Tin đây.")


class TestGivenUp:
    def test_what_nobody_understands_keeps_nobody_waiting(
        self, own_telegram: FakeTelegram, stand: Stand, catalogue: Catalogue
    ) -> None:
        minh = own_telegram.person("Minh")
        with starting(own_telegram, stand):
            catalogue.notices().owe("a", minh.id, "{}")
            catalogue.notices().owe("b", minh.id, "không phải JSON")
            catalogue.notices().owe("c", minh.id, payload("Tin cho Minh."))
            seen(own_telegram, minh, "Tin cho Minh.")
            own_telegram.wait_for(lambda: catalogue.notices().next_due() is None)

    def test_who_blocked_the_bot_is_not_tried_again(
        self, own_telegram: FakeTelegram, stand: Stand, catalogue: Catalogue
    ) -> None:
        lan, minh = own_telegram.person("Lan"), own_telegram.person("Minh")
        lan.blocks()
        with starting(own_telegram, stand):
            catalogue.notices().owe("a", lan.id, payload("Tin cho Lan."))
            catalogue.notices().owe("b", minh.id, payload("Tin cho Minh."))
            seen(own_telegram, minh, "Tin cho Minh.")
            own_telegram.wait_for(lambda: catalogue.notices().next_due() is None)
            asked(own_telegram, minh, "/help")
        assert len(_calls_to(own_telegram, lan)) == 1

    def test_a_chat_that_is_not_there_keeps_nobody_waiting(
        self, stand: Stand, catalogue: Catalogue
    ) -> None:
        with FakeTelegram() as telegram, starting(telegram, stand):
            minh = telegram.person("Minh")
            catalogue.notices().owe("a", 12345, payload("Tin cho ai?"))
            catalogue.notices().owe("b", minh.id, payload("Tin cho Minh."))
            seen(telegram, minh, "Tin cho Minh.")
            telegram.wait_for(lambda: catalogue.notices().next_due() is None)

    def test_what_is_nothing_any_more_when_it_is_due_is_not_told(
        self, own_telegram: FakeTelegram, stand: Stand, catalogue: Catalogue
    ) -> None:
        lan, minh = own_telegram.person("Lan"), own_telegram.person("Minh")
        with starting(own_telegram, stand):
            catalogue.notices().owe("a", lan.id, payload(""))
            catalogue.notices().owe("b", minh.id, payload("Tin cho Minh."))
            seen(own_telegram, minh, "Tin cho Minh.")
            own_telegram.wait_for(lambda: catalogue.notices().next_due() is None)
        assert own_telegram.shown(lan) == []

    def test_what_became_nothing_after_its_first_line_says_so(
        self, own_telegram: FakeTelegram, stand: Stand, catalogue: Catalogue
    ) -> None:
        lan = own_telegram.person("Lan")
        with starting(own_telegram, stand):
            catalogue.notices().owe("a", lan.id, payload("Tin đây."))
            seen(own_telegram, lan, "Tin đây.")
            own_telegram.wait_for(lambda: told(catalogue, "a"))
        change = "update notices set state = 'owed', payload = ?"
        in_database(stand.home, change, payload(""))
        with starting(own_telegram, stand):
            seen(own_telegram, lan, "Tin này không còn nữa")
        assert len(own_telegram.shown(lan)) == 1

    async def test_a_line_that_stays_broken_is_tried_later(
        self, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(notices, "_PAUSES", [timedelta(seconds=0.1)])
        store, bot = catalogue.notices(), LostBot(failing=2)
        store.owe("a", 1, payload("Tin đây."))
        parts = SimpleNamespace(notices=store, language_of=_vietnamese, owed=asyncio.Event())
        task = asyncio.create_task(notices.deliver(bot, parts, TELLERS))  # type: ignore[arg-type]
        try:
            await asyncio.wait_for(bot.told.wait(), 10)
        finally:
            task.cancel()
        assert bot.sent == ["lost", "lost", "short", "Tin đây."]


class LostBot:
    """A bot whose first calls do not get through, however often they are tried."""

    def __init__(self, failing: int) -> None:
        self.failing = failing
        self.sent: list[str] = []
        self.told = asyncio.Event()

    async def send_message(self, *_: object, **__: object) -> SimpleNamespace:
        if self.failing:
            self.failing -= 1
            self.sent.append("lost")
            raise NetworkError("no way")
        self.sent.append("short")
        return SimpleNamespace(message_id=5)

    async def edit_message_text(self, text: str, **_: object) -> None:
        self.sent.append(text)
        self.told.set()


def _calls_to(telegram: FakeTelegram, person: Person) -> list[str]:
    return [one.method for one in telegram.calls if one.chat_id == person.id]
