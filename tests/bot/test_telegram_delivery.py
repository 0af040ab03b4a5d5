"""Delivery: whatever Telegram or the line does, a question is answered, and once."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import replace
from io import StringIO
from typing import Any

import httpx
import pytest
import structlog
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.logs import Blotting, configure_logging
from bot.telegram.delivery import Delivery, Spot, say, show
from bot.telegram.screens import Screen
from bot.texts import in_chat
from knowledge.model import Language
from tests.bot.echo import QUICK, SEARCHING, EchoHere, count, said, until_said
from tests.bot.running import BotHere
from tests.builders import Stand
from tests.telegram_server import FakeTelegram, Person

QUESTION = "Khoản vay mua giống có thời hạn bao lâu?"
PRIVATE = "Bà Lê Thị Bí Mật ở ấp Giồng nợ bao nhiêu?"

FAULTS: dict[str, dict[str, Any]] = {
    "put off": {"kind": "429", "retry_after": 1},
    "a fault inside Telegram": {"kind": "500"},
    "a gateway's HTML page": {"kind": "502"},
    "Telegram too busy": {"kind": "503"},
    "a gateway's HTML page, too late": {"kind": "504"},
    "the line breaks before the work": {"kind": "drop_before"},
    "the line breaks after the work": {"kind": "drop_after"},
    "no answer before, the work is done later": {"kind": "slow_before", "delay": 0.7},
    "no answer in time, the work is done": {"kind": "slow", "delay": 0.7},
}


_AT_THE_START = (
    "put off",
    "a gateway's HTML page",
    "the line breaks after the work",
    "no answer in time, the work is done",
)
SOON = replace(QUICK, pauses_s=(0.02,) * 7, again_s=(0.2, 0.2, 0.2))


@pytest.fixture(scope="module")
def telegram() -> Iterator[FakeTelegram]:
    """Telegram with one bot, for tests whose faults concern one chat."""
    with FakeTelegram() as server:
        yield server


@pytest.fixture(scope="module")
def bot(telegram: FakeTelegram, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EchoHere]:
    with EchoHere(telegram, Stand(tmp_path_factory.mktemp("bot") / "var")) as running:
        yield running


@pytest.fixture
def own() -> Iterator[FakeTelegram]:
    """Telegram of one test."""
    with FakeTelegram() as server:
        yield server


@pytest.fixture
def own_bot(own: FakeTelegram, stand: Stand) -> Iterator[EchoHere]:
    with EchoHere(own, stand) as running:
        yield running


def final(telegram: FakeTelegram, person: Person) -> list[str]:
    """Return what the bot says to a person beside that it is searching."""
    return [one.text for one in telegram.shown(person) if one.text != SEARCHING]


def answered(telegram: FakeTelegram, *people: Person) -> None:
    """Wait until all updates are done; each of the people has one answer, and nothing else."""
    for person in people:
        until_said(telegram, person, [QUESTION])
        assert len(final(telegram, person)) == 1


def failed(telegram: FakeTelegram, person: Person) -> list[str]:
    """Return the methods of the calls for a person that went wrong."""
    return [call.method for call in telegram.calls if call.fault and call.chat_id == person.id]


# --- one call goes wrong ---------------------------------------------------------------------


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
@pytest.mark.parametrize("method", ["sendMessage", "editMessageText", "sendChatAction"])
def test_a_call_that_goes_wrong_costs_no_answer_and_gives_no_second_one(
    method: str, fault: dict[str, Any], telegram: FakeTelegram, bot: EchoHere
):
    lan = telegram.person("Lan")
    telegram.fault(method, chat=lan, **fault)
    lan.says(QUESTION)
    answered(telegram, lan)
    telegram.wait_for(lambda: not bot.unfinished())
    answered(telegram, lan)
    assert failed(telegram, lan) == [method]


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_fetching_goes_on_after_a_call_that_went_wrong(
    fault: dict[str, Any], telegram: FakeTelegram, bot: EchoHere
):
    if "delay" in fault:  # Telegram is given the time for which it holds the call besides
        fault = {**fault, "delay": QUICK.poll_s + QUICK.call_s + 0.2}
    lan, minh = telegram.person("Lan"), telegram.person("Minh")
    before = len([call for call in telegram.calls if call.fault])
    telegram.fault("getUpdates", **fault)
    lan.says(QUESTION)  # ends the call that waits now; the next one goes wrong
    telegram.wait_for(lambda: len([call for call in telegram.calls if call.fault]) > before)
    minh.says(QUESTION)
    answered(telegram, lan, minh)
    telegram.wait_for(lambda: not telegram.pending and not bot.unfinished())
    answered(telegram, lan, minh)


@pytest.mark.parametrize(
    "fault",
    [*(FAULTS[name] for name in _AT_THE_START), {"kind": "400"}, {"kind": "403"}],
    ids=[*_AT_THE_START, "refused by something between", "forbidden by a proxy"],
)
def test_a_start_that_goes_wrong_is_tried_again(
    fault: dict[str, Any], own: FakeTelegram, stand: Stand
):
    lan = own.person("Lan")
    own.fault("getMe", **fault)
    own.fault("deleteWebhook", **fault)
    lan.says(QUESTION)
    with EchoHere(own, stand):
        answered(own, lan)
    assert (count(own, "getMe"), count(own, "deleteWebhook")) == (2, 2)


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_press_is_worked_on_even_if_its_clock_cannot_be_stopped_at_once(
    fault: dict[str, Any], telegram: FakeTelegram, bot: EchoHere
):
    lan = telegram.person("Lan")
    lan.says(QUESTION)
    answered(telegram, lan)
    telegram.fault("answerCallbackQuery", chat=lan, **fault)
    query = lan.presses(telegram.shown(lan)[0], "👍")
    telegram.wait_for(lambda: "✓" in str(telegram.shown(lan)[0].buttons))
    telegram.wait_for(lambda: query.toast == in_chat.THANKS[Language.VIETNAMESE])
    assert count(telegram, "answerCallbackQuery", lan) == 2


def test_a_press_is_worked_on_even_if_its_clock_can_never_be_stopped(
    telegram: FakeTelegram, bot: EchoHere
):
    lan = telegram.person("Lan")
    lan.says(QUESTION)
    answered(telegram, lan)
    telegram.fault("answerCallbackQuery", "500", times=None, chat=lan)
    lan.presses(telegram.shown(lan)[0], "👍")
    telegram.wait_for(lambda: "✓" in str(telegram.shown(lan)[0].buttons))


# --- the outcome is unknown ------------------------------------------------------------------


@pytest.mark.parametrize("times", [1, 3])
def test_a_send_with_an_unknown_outcome_leaves_a_second_sign_of_searching_at_most(
    times: int, telegram: FakeTelegram, bot: EchoHere
):
    lan = telegram.person("Lan")
    telegram.fault("sendMessage", "drop_after", times=times, chat=lan)
    lan.says(QUESTION)
    answered(telegram, lan)
    assert [one.text for one in telegram.shown(lan)][:-1] == [SEARCHING] * times


def test_an_answer_that_was_shown_although_the_line_broke_is_not_shown_again(
    telegram: FakeTelegram, bot: EchoHere
):
    """Each edit was done and each time the line broke; the last one finds nothing to change."""
    lan = telegram.person("Lan")
    telegram.fault("editMessageText", "drop_after", times=3, chat=lan)
    lan.says(QUESTION)
    telegram.wait_for(lambda: count(telegram, "editMessageText", lan) == 4)
    telegram.wait_for(lambda: not bot.unfinished())
    answered(telegram, lan)


# --- 429 -------------------------------------------------------------------------------------


def test_telegram_is_not_asked_again_before_the_time_that_it_named(
    telegram: FakeTelegram, bot: EchoHere
):
    lan = telegram.person("Lan")
    telegram.fault("sendMessage", "429", chat=lan, retry_after=2)
    lan.says(QUESTION)
    answered(telegram, lan)
    first, second = [
        call for call in telegram.calls if (call.method, call.chat_id) == ("sendMessage", lan.id)
    ]
    assert second.time - first.time >= 2


def test_a_chat_that_is_put_off_keeps_nobody_else_waiting(telegram: FakeTelegram, bot: EchoHere):
    lan, minh = telegram.person("Lan"), telegram.person("Minh")
    telegram.fault("sendMessage", "429", chat=lan, retry_after=3)
    lan.says(QUESTION)
    telegram.wait_for(lambda: failed(telegram, lan))
    started = time.monotonic()
    for number in range(3):
        minh.says(f"Câu {number}")
    until_said(telegram, minh, ["Câu 0", "Câu 1", "Câu 2"])
    assert time.monotonic() - started < 2
    assert final(telegram, lan) == []
    answered(telegram, lan)


def test_a_slow_call_keeps_nobody_else_waiting(own: FakeTelegram, stand: Stand):
    lan, minh = own.person("Lan"), own.person("Minh")
    with EchoHere(own, stand, replace(QUICK, call_s=10)):
        own.fault("sendMessage", "slow_before", chat=lan, delay=3)
        lan.says(QUESTION)
        own.wait_for(lambda: failed(own, lan))
        started = time.monotonic()
        minh.says(QUESTION)
        answered(own, minh)
        assert time.monotonic() - started < 2
        assert final(own, lan) == []
        answered(own, lan)


def test_a_press_that_is_put_off_keeps_no_other_press_waiting(
    telegram: FakeTelegram, bot: EchoHere
):
    lan, minh = telegram.person("Lan"), telegram.person("Minh")
    for person in (lan, minh):
        person.says(QUESTION)
    answered(telegram, lan, minh)
    telegram.fault("answerCallbackQuery", "429", chat=lan, retry_after=2)
    slow = lan.presses(telegram.shown(lan)[0], "👍")
    telegram.wait_for(lambda: failed(telegram, lan))
    quick = minh.presses(telegram.shown(minh)[0], "👍")
    telegram.wait_for(lambda: quick.answer, 1.5)
    assert slow.answer is None


# --- what does not pass soon -----------------------------------------------------------------


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "500", "times": 8},
        {"kind": "401", "times": 8},
        {"kind": "429", "times": 1, "retry_after": 4_000},
    ],
    ids=["an outage", "a token that is being renewed", "a wait of more than an hour"],
)
@pytest.mark.parametrize("method", ["sendMessage", "editMessageText"])
def test_a_fault_that_outlasts_all_tries_delays_the_answer_and_does_not_lose_it(
    method: str, fault: dict[str, Any], own: FakeTelegram, stand: Stand
):
    lan = own.person("Lan")
    own.fault(method, chat=lan, **fault)
    with EchoHere(own, stand, SOON) as bot:
        lan.says(QUESTION)
        until_said(own, lan, [QUESTION])
        own.wait_for(lambda: not bot.unfinished())
    assert said(own, lan) == [QUESTION]
    assert bot.echo.asked.count(QUESTION) == 2


def test_what_never_gets_through_is_left_to_the_next_start(own: FakeTelegram, stand: Stand):
    lan = own.person("Lan")
    own.fault("sendMessage", "500", times=None)
    with EchoHere(own, stand, SOON) as bot:
        lan.says(QUESTION)
        own.wait_for(lambda: bot.echo.asked.count(QUESTION) == 1 + len(SOON.again_s), 20)
    assert final(own, lan) == []
    own.clear_faults()
    with EchoHere(own, stand):
        answered(own, lan)


@pytest.mark.parametrize("status", ["401", "404"])
def test_a_token_that_is_refused_for_a_while_does_not_end_the_polling(
    status: str, own: FakeTelegram, own_bot: EchoHere
):
    lan = own.person("Lan")
    with structlog.testing.capture_logs() as lines:
        own.fault("getUpdates", status, times=2)
        lan.says("Trước")
        own.wait_for(lambda: sum(call.outcome == status for call in own.calls) == 2)
        lan.says("Sau")
        until_said(own, lan, ["Trước", "Sau"])
    assert "Telegram refuses the token" in [line["event"] for line in lines]


def test_a_second_process_that_polls_is_named_in_the_log_and_polling_goes_on(
    own: FakeTelegram, own_bot: EchoHere
):
    lan = own.person("Lan")
    with structlog.testing.capture_logs() as lines:
        httpx.post(f"{own.url}/bot{own.token}/getUpdates", data={"timeout": 0})
        own.wait_for(lambda: any(call.outcome == "409" for call in own.calls))
        lan.says(QUESTION)
        answered(own, lan)
    conflict = "another process takes the updates of this bot; stop one of them"
    assert [line["event"] for line in lines if line["log_level"] == "error"] == [conflict]


def test_a_malformed_call_is_not_repeated(telegram: FakeTelegram, bot: EchoHere):
    lan = telegram.person("Lan")
    telegram.fault("sendMessage", "400", chat=lan, times=None)
    lan.says(QUESTION)
    telegram.wait_for(lambda: count(telegram, "sendMessage", lan) == 2)
    telegram.wait_for(lambda: not bot.unfinished(), 2)  # nor is it by the next process
    assert count(telegram, "sendMessage", lan) == 2, "the question, and the word that it failed"


def test_somebody_who_blocked_the_bot_is_no_error(own: FakeTelegram, own_bot: EchoHere):
    lan, minh = own.person("Lan"), own.person("Minh")
    own.fault("editMessageText", "403", chat=lan)
    with structlog.testing.capture_logs() as lines:
        own_bot.echo.open.clear()
        lan.says(QUESTION)
        own.wait_for(lambda: own.shown(lan))
        lan.blocks()
        lan.says("Câu sau khi chặn")
        minh.says(QUESTION)
        own_bot.echo.open.set()
        answered(own, minh)
        own.wait_for(lambda: not own_bot.unfinished())
    assert [line for line in lines if line["log_level"] in {"warning", "error"}] == []
    assert [line["event"] for line in lines].count("chat closed to the bot") == 2
    assert final(own, lan) == []


def test_a_first_message_that_was_deleted_is_replaced_by_a_new_answer(
    own: FakeTelegram, own_bot: EchoHere
):
    lan = own.person("Lan")
    own_bot.echo.open.clear()
    lan.says(QUESTION)
    own.wait_for(lambda: own.shown(lan))
    lan.deletes(own.shown(lan)[0])
    own_bot.echo.open.set()
    answered(own, lan)
    own_bot.stop()
    answered(own, lan)


# --- markup ----------------------------------------------------------------------------------


async def test_markup_that_telegram_refuses_is_shown_as_plain_text(own: FakeTelegram):
    lan = own.person("Lan")
    broken = Screen(html="<b>Điều 5 &lt;máy&gt; & <i>giống</b>")
    async with ExtBot(
        own.token, f"{own.url}/bot", request=HTTPXRequest(), rate_limiter=Delivery()
    ) as telegram_bot:
        sent = await say(telegram_bot, Spot(chat=lan.id), broken)
        assert [one.text for one in own.shown(lan)] == ["Điều 5 <máy> & giống"]
        await show(telegram_bot, lan.id, sent, Screen(html="<h1>lạ</h1> &amp; mới"))
    assert [one.text for one in own.shown(lan)] == ["lạ & mới"]


# --- errors ----------------------------------------------------------------------------------


@pytest.fixture
def log(own: FakeTelegram) -> Iterator[StringIO]:
    """What a bot writes at the lowest level, its libraries included."""
    written = StringIO()
    with redirect_stderr(written):
        configure_logging("DEBUG", [own.token])
    library = logging.StreamHandler(written)
    library.setFormatter(Blotting([own.token]))
    logging.getLogger().addHandler(library)
    yield written
    logging.getLogger().removeHandler(library)


def apology(telegram: FakeTelegram, person: Person) -> str:
    """Wait for the sentence that tells of an error; return its id."""
    before, after = in_chat.ERROR[Language.VIETNAMESE].split("{code}")
    pattern = f"{re.escape(before)}([0-9a-f]{{6}}){re.escape(after)}"

    def told() -> str | None:
        found = [re.fullmatch(pattern, text) for text in final(telegram, person)]
        return found[-1][1] if found and found[-1] else None

    return str(telegram.wait_for(told))


def test_an_error_is_told_with_an_id_that_the_log_has_with_a_traceback(
    own: FakeTelegram, log: StringIO, stand: Stand
):
    lan = own.person("Nguyễn Thị Lan", username="lan_rieng_tu")
    with EchoHere(own, stand) as bot:
        bot.echo.error = KeyError(f"không có {PRIVATE}")
        lan.says(PRIVATE)
        code = apology(own, lan)
        assert len(own.shown(lan)) == 1, "it stands in the place of the first message"
        bot.echo.error = None
        lan.says(QUESTION)
        until_said(own, lan, [QUESTION])
    [line] = [one for one in log.getvalue().splitlines() if code in one]
    assert 'File "' in line
    assert "echo.py" in line
    assert "KeyError" in line
    for private in ("Bí Mật", "Nguyễn Thị Lan", "lan_rieng_tu", own.token):
        assert private not in log.getvalue()


@pytest.mark.parametrize(
    "broken",
    ["drop table turns", "drop table people", "alter table generations rename to gone"],
)
def test_a_catalogue_that_breaks_under_a_running_bot_is_told_calmly(
    broken: str, own: FakeTelegram, log: StringIO, stand: Stand
):
    lan = own.person("Nguyễn Thị Lan")
    with BotHere(own, stand.home, stand.assistant()):
        with stand.catalogue()._engine.begin() as connection:
            connection.exec_driver_sql(broken)
        lan.says(PRIVATE)
        code = apology(own, lan)
    [line] = [one for one in log.getvalue().splitlines() if code in one]
    assert "no such table" in line
    for private in ("Bí Mật", "Nguyễn Thị Lan", own.token):
        assert private not in log.getvalue()


def test_a_question_that_cannot_be_kept_is_answered_all_the_same(
    own: FakeTelegram, own_bot: EchoHere, log: StringIO, stand: Stand
):
    lan = own.person("Nguyễn Thị Lan")
    with stand.catalogue()._engine.begin() as connection:
        connection.exec_driver_sql("drop table inbox")
    for question in (PRIVATE, QUESTION):
        lan.says(question)
    until_said(own, lan, [PRIVATE, QUESTION])
    own_bot.stop()
    assert said(own, lan) == [PRIVATE, QUESTION]
    assert len(final(own, lan)) == 2, "and that the books are wrong is not told the person"
    assert "update not kept" in log.getvalue()
    assert "update not marked as done" in log.getvalue()
    assert "Bí Mật" not in log.getvalue()


def test_an_error_whose_first_message_was_deleted_is_told_anew(
    own: FakeTelegram, own_bot: EchoHere
):
    lan = own.person("Lan")
    own_bot.echo.open.clear()
    own_bot.echo.error = ValueError("hỏng")
    lan.says(QUESTION)
    own.wait_for(lambda: own.shown(lan))
    lan.deletes(own.shown(lan)[0])
    own_bot.echo.open.set()
    apology(own, lan)
