"""Told late, to people who may see less by then: what they are owed is worded when it is told."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.figures.figure_menu import mark_of
from bot.telegram.office import notices
from knowledge.catalogue import Conversations, Notices, Turn
from knowledge.model import Audience
from tests.bot.office import SECRET, SECRET_QUESTION, Office, an_office
from tests.bot.running import BotHere
from tests.bot.waiting import in_database
from tests.builders import write_all
from tests.telegram_server import FakeTelegram, Person

REPORT = """Kinh tế tập thể tỉnh Cà Mau năm 2023

Ngày 12/01/2024

Năm 2023, tỉnh Cà Mau có 281 hợp tác xã đang hoạt động.
"""
FOLLOW_ALL = f"w:0:0:1:k{mark_of('')}0"


@pytest.fixture
def office(own_telegram: FakeTelegram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr(notices, "_LOOK_S", 0.1)
    return an_office(own_telegram, tmp_path)


@pytest.fixture
def bot(office: Office) -> Iterator[BotHere]:
    running = office.running("open")
    running.timing = replace(running.timing, watch_s=0.1)
    with running:
        yield running


def gives(office: Office, person: Person, role: str) -> None:
    listed = office.said(office.hoa, "/users")
    office.pressed(office.hoa, listed, data=f"u:{person.id}:1:0:{role}")


def publishes(office: Office, folder: Path, audience: str) -> None:
    table = f"file,audience\nbao-cao.txt,{audience}\n"
    files = {"bao-cao.txt": REPORT, "documents.csv": table}
    assert not office.stand.ingestion().ingest([write_all(folder, files)]).failed


def owed_by(office: Office, about: str) -> int:
    """Return how many notices of a key are owed still."""
    query = "select count(*) from notices where state = 'owed' and key like ?"
    with sqlite3.connect(office.stand.home / "catalogue.db") as database:
        return int(database.execute(query, (f"{about}%",)).fetchone()[0])


@pytest.fixture
def lan(office: Office, bot: BotHere) -> Person:
    """An officer who follows all documents."""
    person = office.newcomer("Lan")
    office.said(person, "/help")
    gives(office, person, "officer")
    office.pressed(person, office.said(person, "/theodoi"), data=FOLLOW_ALL)
    return person


@pytest.mark.parametrize("how", ["the document is closed", "the person is no officer any more"])
def test_news_that_are_owed_are_not_told_to_who_may_not_see_them_by_then(
    office: Office, lan: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
):
    late = FarOff(monkeypatch)
    publishes(office, tmp_path / "new", "officers")
    office.telegram.wait_for(lambda: owed_by(office, "news:"))
    if how == "the document is closed":
        publishes(office, tmp_path / "new", "admins")
        catalogue = office.stand.catalogue()  # until the bot has opened the library anew
        office.telegram.wait_for(
            lambda: catalogue.subscriptions().announced() == catalogue.live_generation()
        )
    else:
        gives(office, lan, "manager")
    late.comes(office)
    office.telegram.wait_for(lambda: not owed_by(office, "news:"))
    assert not [one.text for one in office.telegram.shown(lan) if "bao-cao.txt" in one.text]


def test_news_come_late_to_who_may_still_see_them(
    office: Office, lan: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    late = FarOff(monkeypatch)
    publishes(office, tmp_path / "new", "officers")
    office.telegram.wait_for(lambda: owed_by(office, "news:"))
    late.comes(office)
    office.telegram.wait_for(
        lambda: [one for one in office.telegram.shown(lan) if "bao-cao.txt" in one.text]
    )


class FarOff:
    """Notices are due tomorrow, as after a line that stays broken, until they come."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        due = Notices.due
        monkeypatch.setattr(Notices, "due", lambda *_, **__: [])
        self._due, self._patch = due, monkeypatch

    def comes(self, office: Office) -> None:
        self._patch.setattr(Notices, "due", self._due)
        office.until_done()


def handed(office: Office, person: Person, audience: Audience, *, pressed: bool) -> int:
    """Return a turn of a person's chat, answered from documents of an audience."""
    talks: Conversations = office.stand.catalogue().conversations()
    turn = Turn(
        chat=person.id,
        person=person.id,
        message=1,
        pressed=pressed,
        text=SECRET_QUESTION,
        asked_at=datetime.now(UTC),
    )
    kept = talks.begin(f"{person.id}", asked=turn).id
    answer = office.stand.assistant().answer(SECRET_QUESTION, (), audience)
    assert SECRET in answer.citations[0].quote
    talks.answer(kept, answer, audience, office.stand.catalogue().live_generation())
    talks.rate(kept, person.id, helpful=False)
    return kept


def test_handing_a_question_over_shows_its_answer_only_to_who_may_still_see_it(
    office: Office, lan: Person
):
    turn = handed(office, lan, Audience.OFFICERS, pressed=False)
    gives(office, lan, "manager")
    message = office.said(lan, "/help")
    for word in ("ask", "send"):
        office.pressed(lan, message, data=f"h:{turn}:0:0:{word}")
    assert not [one.text for one in office.telegram.shown(lan) if SECRET in one.text]


def test_a_question_worded_from_documents_for_admins_is_no_card_for_officers(
    office: Office, lan: Person
):
    turn = handed(office, office.binh, Audience.ADMINS, pressed=True)
    message = office.said(office.binh, "/help")
    office.pressed(office.binh, message, data=f"h:{turn}:0:0:send")
    office.telegram.wait_for(
        lambda: [one for one in office.telegram.shown(office.hoa) if "Bình hỏi" in one.text]
    )
    assert not owed_by(office, f"hand:{turn}:{lan.id}")
    query = office.pressed(lan, office.said(lan, "/help"), data=f"h:{turn}:0:0:take")
    assert query.toast
    assert office.deeds()[-1] == (lan.id, "refused", "[hand take]", "")
    assert not [one.text for one in office.telegram.shown(lan) if "Quỹ dự phòng" in one.text]


def test_a_reminder_is_not_told_to_who_is_no_officer_by_then(office: Office, lan: Person):
    asker = office.newcomer("Minh")
    answer = office.said(asker, "giá lúa ở chợ hôm nay bao nhiêu?")
    office.pressed(asker, answer, "Hỏi cán bộ")
    office.pressed(asker, office.now(answer), "Gửi")
    office.telegram.wait_for(
        lambda: [one for one in office.telegram.shown(lan) if "giá lúa" in one.text]
    )
    gives(office, lan, "manager")
    in_database(office.stand.home, "update notices set due_at = '2020-01-01' where state = 'owed'")
    office.telegram.wait_for(lambda: not owed_by(office, "wait:"))
    told = [one.text for one in office.telegram.shown(lan) if "chờ hơn một ngày" in one.text]
    assert told == []
    card = next(one for one in office.telegram.shown(office.hoa) if "giá lúa" in one.text)
    office.pressed(office.hoa, card, "Tôi nhận")
    shown = [one.text for one in office.telegram.shown(lan) if "giá lúa" in one.text]
    assert not [one for one in shown if "Hoa" in one]  # nor how it goes on


def test_what_admins_ask_about_is_counted_and_not_named_to_officers(office: Office, lan: Person):
    assert SECRET in office.said(office.hoa, SECRET_QUESTION).text
    assert "Báo cáo nội bộ" in stats_for(office, office.hoa)
    stats = stats_for(office, lan)
    assert "1 người hỏi 1 câu" in stats
    assert "Báo cáo nội bộ" not in stats
    assert "Bến Tre" not in stats


def stats_for(office: Office, person: Person) -> str:
    before = len(office.telegram.shown(person))
    person.says("/stats")
    office.until_done()
    return office.telegram.shown(person)[before].text  # the chart comes behind it
