"""Several people at once: each in order, nobody waits for another, each question answered once."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from sqlalchemy import text
from telegram import Bot, Update

from bot.telegram.order import Inbox, key_of
from tests.bot.echo import QUICK, SEARCHING, EchoHere, count, said, until_said
from tests.builders import Stand
from tests.servers import free_port
from tests.telegram_server import FakeTelegram, Person

QUESTION = "Khoản vay mua giống có thời hạn bao lâu?"


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    with FakeTelegram() as server:
        yield server


@pytest.fixture
def bot(telegram: FakeTelegram, stand: Stand) -> Iterator[EchoHere]:
    with EchoHere(telegram, stand) as running:
        yield running


@pytest.fixture(params=["polling", "webhook"])
def way(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The settings of either way to take updates."""
    if request.param == "polling":
        return {}
    return {"WEBHOOK_URL": f"http://127.0.0.1:{free_port()}/hook"}


def questions(person: Person, how_many: int) -> list[str]:
    return [f"{person.name} hỏi câu {number}" for number in range(1, how_many + 1)]


# --- order -----------------------------------------------------------------------------------


def test_several_people_are_answered_each_in_their_own_order(
    telegram: FakeTelegram, stand: Stand, way: dict[str, Any]
):
    people = [telegram.person(name) for name in ("Lan", "Minh", "Hoa")]
    with EchoHere(telegram, stand, **way):
        for asked in zip(*(questions(person, 5) for person in people), strict=True):
            for person, question in zip(people, asked, strict=True):
                person.says(question)
        for person in people:
            until_said(telegram, person, questions(person, 5))
    for person in people:
        assert said(telegram, person) == questions(person, 5)
        assert len(telegram.shown(person)) == 5


def test_twenty_messages_of_one_person_are_answered_in_order_although_calls_fail(
    telegram: FakeTelegram, stand: Stand
):
    lan = telegram.person("Lan")
    telegram.fault_at_random(0.3, ["500", "502", "drop_before", "drop_after"], seed=5)
    with EchoHere(telegram, stand, replace(QUICK, pauses_s=(0.02,) * 12)):
        for question in questions(lan, 20):
            lan.says(question)
        until_said(telegram, lan, questions(lan, 20), 60)
    assert said(telegram, lan) == questions(lan, 20)


def test_a_question_that_takes_long_keeps_nobody_else_waiting(
    telegram: FakeTelegram, bot: EchoHere
):
    lan, minh = telegram.person("Lan"), telegram.person("Minh")
    lan.says(QUESTION)
    until_said(telegram, lan, [QUESTION])
    telegram.fault("editMessageText", "500", chat=lan, times=4)  # 0.75 s of pauses
    lan.says("Câu lâu")
    lan.says("Câu sau")
    telegram.wait_for(lambda: any(call.fault for call in telegram.calls))
    minh.says(QUESTION)
    until_said(telegram, minh, [QUESTION])
    assert said(telegram, lan) == [QUESTION]
    until_said(telegram, lan, [QUESTION, "Câu lâu", "Câu sau"])


def test_one_persons_next_question_is_not_begun_before_the_last_is_answered(
    telegram: FakeTelegram, bot: EchoHere
):
    lan, minh = telegram.person("Lan"), telegram.person("Minh")
    bot.echo.open.clear()
    lan.says("Một")
    lan.says("Hai")
    telegram.wait_for(lambda: telegram.shown(lan))
    minh.says("Ba")
    telegram.wait_for(lambda: telegram.shown(minh))
    assert len(telegram.shown(lan)) == 1
    assert "Hai" not in bot.echo.asked
    bot.echo.open.set()
    until_said(telegram, lan, ["Một", "Hai"])


def test_two_people_in_one_group_do_not_wait_for_each_other(telegram: FakeTelegram, bot: EchoHere):
    lan, minh = telegram.person("Lan"), telegram.person("Minh")
    group = telegram.group("Tổ máy cày", [lan, minh])
    bot.echo.open.clear()
    lan.says("@{bot} Một", group)
    minh.says("@{bot} Hai", group)
    telegram.wait_for(lambda: len(telegram.shown(group)) == 2)
    bot.echo.open.set()
    telegram.wait_for(lambda: sorted(said(telegram, group)) == ["Hai", "Một"])


# --- a hundred people ------------------------------------------------------------------------


def test_a_hundred_people_with_three_questions_each_are_answered_once_each_in_order(
    telegram: FakeTelegram, stand: Stand, way: dict[str, Any]
):
    """While every seventh call is put off, refused by a gateway, or broken before or after the work.

    A broken `sendMessage` may leave a second sign of searching, which is why these are not counted.
    """
    how_many = 40 if way else 100  # by webhook fewer: thirty messages a second are Telegram's limit
    people = [telegram.person(f"Người {number}") for number in range(how_many)]
    kinds = ["429", "500", "502", "503", "drop_before", "drop_after"]
    with EchoHere(telegram, stand, replace(QUICK, call_s=10), **way):
        telegram.fault_at_random(0.15, kinds, seed=11, methods=["*", "getUpdates"])
        for asked in zip(*(questions(person, 3) for person in people), strict=True):
            for person, question in zip(people, asked, strict=True):
                person.says(question)
        done = [questions(person, 3) for person in people]
        telegram.wait_for(lambda: [said(telegram, person) for person in people] == done, 60)
    for person in people:
        assert said(telegram, person) == questions(person, 3)
        rest = [one.text for one in telegram.shown(person) if "“" not in one.text]
        assert set(rest) <= {SEARCHING}
    faults = {call.fault for call in telegram.calls}
    assert faults >= set(kinds), "each of them happened"


# --- repeats ---------------------------------------------------------------------------------


def test_an_update_that_comes_again_is_answered_once(
    telegram: FakeTelegram, stand: Stand, way: dict[str, Any]
):
    lan = telegram.person("Lan")
    with EchoHere(telegram, stand, **way) as bot:
        lan.says(QUESTION)
        until_said(telegram, lan, [QUESTION])
        for _ in range(2):
            telegram.replay(telegram.updates[0])
            telegram.wait_for(lambda: not telegram.pending)
        lan.says("Câu sau")
        until_said(telegram, lan, [QUESTION, "Câu sau"])
    assert count(telegram, "sendMessage", lan) == 2
    assert bot.echo.asked.count(QUESTION) == 1


def test_an_update_that_comes_again_while_it_is_worked_on_is_answered_once(
    telegram: FakeTelegram, bot: EchoHere
):
    lan = telegram.person("Lan")
    bot.echo.open.clear()
    lan.says(QUESTION)
    telegram.wait_for(lambda: telegram.shown(lan))
    telegram.replay(telegram.updates[0])
    telegram.wait_for(lambda: not telegram.pending)
    bot.echo.open.set()
    until_said(telegram, lan, [QUESTION])
    bot.stop()
    assert count(telegram, "sendMessage", lan) == 1


def test_an_update_posted_to_the_webhook_by_several_at_once_is_answered_once(
    telegram: FakeTelegram, stand: Stand
):
    """Telegram posts again when an answer to its post is late; the first is still being kept then."""
    url = f"http://127.0.0.1:{free_port()}/hook"
    lan = telegram.person("Lan")
    with EchoHere(telegram, stand, WEBHOOK_URL=url):
        headers = {
            "X-Telegram-Bot-Api-Secret-Token": telegram.wait_for(lambda: telegram.webhook)[
                "secret_token"
            ]
        }
        updates = [_update(lan, number) for number in range(1, 11)]
        lan.started = True

        async def post() -> list[int]:
            async with httpx.AsyncClient() as client:
                posts = [
                    client.post(url, json=update, headers=headers)
                    for update in updates
                    for _ in range(6)
                ]
                return [answer.status_code for answer in await asyncio.gather(*posts)]

        assert set(asyncio.run(post())) == {200}
        telegram.wait_for(lambda: len(said(telegram, lan)) >= 10)
    assert len(said(telegram, lan)) == len(telegram.shown(lan)) == 10


def test_a_server_that_counts_from_one_again_is_not_mistaken_for_repeats(
    telegram: FakeTelegram, stand: Stand
):
    lan = telegram.person("Lan", person_id=7001)
    with EchoHere(telegram, stand):
        lan.says("Câu một")
        until_said(telegram, lan, ["Câu một"])
    with FakeTelegram() as another:
        again = another.person("Lan", person_id=7001)
        another._numbers = itertools.count(telegram.updates[0]["update_id"] - 800_000_000)
        with EchoHere(another, stand):
            again.says("Câu hai")
            until_said(another, again, ["Câu hai"])
        assert another.updates[0]["update_id"] == telegram.updates[0]["update_id"]


def test_a_long_backlog_is_fetched_in_order(telegram: FakeTelegram, stand: Stand):
    """Telegram hands out a hundred updates at a time."""
    people = [telegram.person(f"Người {number}") for number in range(22)]
    for person in people:
        for question in questions(person, 5):
            person.says(question)
    with EchoHere(telegram, stand):
        for person in people:
            until_said(telegram, person, questions(person, 5), 60)


# --- what is kept ----------------------------------------------------------------------------


def _update(person: Person, number: int, **fields: Any) -> dict[str, Any]:
    message = {
        "message_id": 100 + number,
        "date": int(time.time()),
        "chat": person.chat.as_json(),
        "from": person.as_json(),
        "text": f"Câu {number}",
        **fields,
    }
    return {"update_id": number, "message": message}


def test_every_kind_of_update_has_the_same_key_after_it_was_kept(telegram: FakeTelegram):
    """Else an update that was finished after a restart would be worked on after each restart."""
    lan, minh = telegram.person("Lan", username="lan"), telegram.person("Minh")
    group = telegram.group("Tổ", [lan, minh])
    first = lan.says("/start@{bot} https://example.vn @ai_do 😀 chữ")
    lan.says("trả lời", reply_to=first)
    lan.says("chuyển tiếp", forwarded_from="Người khác")
    minh.says("trong nhóm", group, thread=7)
    lan.sends_document("luật.pdf", b"...", caption="Đây là gì?")
    lan.sends_photo(caption="ảnh")
    for kind in ("voice", "video", "sticker", "audio", "animation", "video_note"):
        lan.sends(kind)
    lan.sends("location", latitude=10.1, longitude=106.25)
    lan.sends("contact", phone_number="0900", first_name="Hoa")
    lan.sends("poll_chua_biet", gì="một loại của ngày mai", số=[1, {"a": None}])
    lan.presses(first, data="a:1:0:0:")
    bot = Bot(telegram.token)
    keys = set()
    for update in telegram.updates:
        taken = Update.de_json(update, bot)
        kept = Update.de_json(json.loads(json.dumps(taken.to_dict())), bot)
        assert key_of(kept) == key_of(taken)
        keys.add(key_of(taken))
    assert len(keys) == len(telegram.updates)


async def test_half_a_letter_in_an_update_does_not_end_the_fetching(stand: Stand):
    person = {"id": 1, "is_bot": False, "first_name": "Lan"}
    chat = {"id": 1, "type": "private", "first_name": "Lan"}
    body = {"message_id": 1, "date": 0, "chat": chat, "from": person, "text": "nửa chữ \ud83d"}
    update = Update.de_json({"update_id": 1, "message": body}, None)
    inbox = Inbox(stand.catalogue().conversations())
    await inbox.put(update)
    await inbox.put(update)
    assert inbox.qsize() == 1


async def test_a_kept_update_that_cannot_be_understood_does_not_stop_the_start(stand: Stand):
    conversations = stand.catalogue().conversations()
    good = {"update_id": 1, "message": {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "x"}}}
    key = key_of(Update.de_json(good, None))
    conversations.take([("hỏng", "{"), ("lạ", '{"update_id": 3, "message": {}}')])
    conversations.take([(key, json.dumps(good)), ("khóa của bản cũ", json.dumps(good))])
    inbox = Inbox(conversations)
    assert await inbox.resume(Bot("1:a")) == 4
    assert inbox.qsize() == 2, "one by its own key, one kept by a version with other keys"
    assert [kept for kept, _ in conversations.unfinished()] == [key]


def test_nothing_that_people_said_stays_in_the_inbox_once_it_is_answered(
    telegram: FakeTelegram, bot: EchoHere, stand: Stand
):
    lan = telegram.person("Nguyễn Thị Lan")
    lan.says(QUESTION)
    until_said(telegram, lan, [QUESTION])
    telegram.wait_for(lambda: not bot.unfinished())
    with stand.catalogue()._engine.connect() as connection:
        rows = connection.execute(text("select payload from inbox")).scalars().all()
    assert list(rows) == [""]


def test_a_question_that_was_sent_while_the_bot_was_away_says_so(
    telegram: FakeTelegram, stand: Stand
):
    lan = telegram.person("Lan")
    lan.says("Câu cũ", date=datetime(2024, 1, 2, 3, 4, tzinfo=UTC))
    lan.says("Câu mới")
    with EchoHere(telegram, stand):
        until_said(telegram, lan, ["Câu cũ", "Câu mới"])
    old, new = telegram.shown(lan)
    assert "lúc 10:04 02/01" in old.text
    assert "lúc" not in new.text
