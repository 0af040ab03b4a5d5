"""The bot's life: starting by polling and by webhook, stopping, dying, starting again."""

from __future__ import annotations

import asyncio
import gc
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.settings import Settings
from bot.telegram.app import serve
from bot.wiring import open_ingestion
from knowledge.errors import ExternalError, SettingsError
from tests.bot.echo import QUICK, SEARCHING, EchoHere, EchoProcess, count, said, until_said
from tests.bot.running import BotProcess, bot_settings
from tests.builders import LIBRARY, LOAN_QUESTION, SAMPLES, Stand, clean_environment, write_all
from tests.servers import free_port
from tests.telegram_server import FakeTelegram, Person

QUESTION = "Khoản vay mua giống có thời hạn bao lâu?"


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    with FakeTelegram() as server:
        yield server


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


@pytest.fixture(scope="module")
def real_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample documents with the real model."""
    base = tmp_path_factory.mktemp("real")
    settings = Settings(htx_home=base / "var", library=LIBRARY)
    assert not open_ingestion(settings).ingest([write_all(base / "documents", SAMPLES)]).failed
    return base / "var"


def hook() -> str:
    return f"http://127.0.0.1:{free_port()}/hook"


def questions(person: Person, how_many: int) -> list[str]:
    return [f"{person.name} hỏi câu {number}" for number in range(1, how_many + 1)]


# --- webhooks --------------------------------------------------------------------------------


def post(url: str, update: dict[str, Any], secret: str | None) -> int:
    headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
    return httpx.post(url, json=update, headers=headers).status_code


@pytest.mark.parametrize("secret", [None, "mot-bi-mat"], ids=["made up", "from the settings"])
def test_a_webhook_takes_updates_with_its_secret_only(
    secret: str | None, telegram: FakeTelegram, stand: Stand
):
    lan, url = telegram.person("Lan"), hook()
    more: dict[str, Any] = {"WEBHOOK_SECRET": secret} if secret else {}
    with EchoHere(telegram, stand, WEBHOOK_URL=url, **more):
        used = telegram.wait_for(lambda: telegram.webhook)["secret_token"]
        assert used == secret if secret else len(used) >= 32
        lan.says(QUESTION)
        until_said(telegram, lan, [QUESTION])
        forged = {**telegram.updates[0], "update_id": 1}
        forged["message"] = {**forged["message"], "message_id": 99, "text": "giả"}
        for wrong in (None, "", "sai", f"{used}x", used[:-1]):
            assert post(url, forged, wrong) == 403
        lan.says("Câu sau")
        until_said(telegram, lan, [QUESTION, "Câu sau"])
        assert post(url, forged, used) == 200
        until_said(telegram, lan, [QUESTION, "Câu sau", "giả"])
    assert count(telegram, "getUpdates") == 0
    assert telegram.webhook["url"] == url, "updates wait for the next start"


def test_two_starts_make_up_two_secrets(telegram: FakeTelegram, stand: Stand):
    secrets = set()
    for _ in range(2):
        with EchoHere(telegram, stand, WEBHOOK_URL=hook()):
            secrets.add(telegram.wait_for(lambda: telegram.webhook)["secret_token"])
            telegram.webhook = {}
    assert len(secrets) == 2


def test_polling_after_a_webhook_removes_it_and_takes_what_has_waited(
    telegram: FakeTelegram, stand: Stand
):
    lan = telegram.person("Lan")
    with EchoHere(telegram, stand, WEBHOOK_URL=hook()):
        lan.says("Một")
        until_said(telegram, lan, ["Một"])
    lan.says("Hai")
    with EchoHere(telegram, stand):
        assert telegram.webhook == {}
        lan.says("Ba")
        until_said(telegram, lan, ["Một", "Hai", "Ba"])
    with EchoHere(telegram, stand, WEBHOOK_URL=hook()):
        lan.says("Bốn")
        until_said(telegram, lan, ["Một", "Hai", "Ba", "Bốn"])


async def _ended(settings: Settings, stand: Stand) -> None:
    await serve(settings, asyncio.Event(), stand.assistant(), QUICK)


@pytest.mark.parametrize(
    ("more", "error", "words"),
    [
        ({"webhook_url": "http://bot.example.vn/h"}, SettingsError, "WEBHOOK_URL.*https.*e.g."),
        ({"webhook_secret": "bí mật!"}, SettingsError, "WEBHOOK_SECRET: expected .*e.g."),
        ({"webhook_host": "203.0.113.7"}, ExternalError, "cannot listen on 203.0.113.7, port"),
    ],
    ids=["an address that Telegram refuses", "a secret that it refuses", "a host that is not ours"],
)
async def test_a_webhook_that_can_never_work_ends_the_start_in_one_line(
    more: dict[str, str],
    error: type[Exception],
    words: str,
    telegram: FakeTelegram,
    stand: Stand,
):
    values = {name.lower(): value for name, value in bot_settings(telegram, stand.home).items()}
    settings = Settings(**{**values, "webhook_url": hook(), **more})  # type: ignore[arg-type]
    with pytest.raises(error, match=words) as caught:
        await _ended(settings, stand)
    assert "\n" not in str(caught.value)
    assert "bí mật" not in str(caught.value)


async def test_a_port_that_is_taken_ends_the_start_in_one_line(
    telegram: FakeTelegram, stand: Stand
):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        url = f"http://127.0.0.1:{other.getsockname()[1]}/hook"
        values = bot_settings(telegram, stand.home, WEBHOOK_URL=url)
        settings = Settings(**{k.lower(): v for k, v in values.items()})  # type: ignore[arg-type]
        with pytest.raises(ExternalError, match="cannot listen on"):
            await _ended(settings, stand)


# --- `htx bot`, as its users start it --------------------------------------------------------


def htx_bot(home: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "bot"],
        env=clean_environment(home, **settings),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=home,
    )


def until_found(telegram: FakeTelegram, person: Person) -> None:
    """Wait for the answer to the question about loans."""
    telegram.wait_for(lambda: [one for one in telegram.shown(person) if "bốn năm" in one.text])


@pytest.mark.slow
def test_without_a_token_it_ends_with_one_plain_line(tmp_path: Path):
    ended = htx_bot(tmp_path)
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.splitlines() == [
        "htx: TELEGRAM_BOT_TOKEN: expected the token from @BotFather, e.g. "
        "TELEGRAM_BOT_TOKEN=123456:ABC-DEF"
    ]


@pytest.mark.slow
@pytest.mark.parametrize("level", ["DEBUG", "INFO"])
def test_with_a_wrong_token_it_ends_with_one_plain_line_that_does_not_show_it(
    level: str, telegram: FakeTelegram, tmp_path: Path
):
    settings = bot_settings(telegram, tmp_path, LOG_LEVEL=level)
    settings["TELEGRAM_BOT_TOKEN"] = "123456:nham-lan"  # noqa: S105
    ended = htx_bot(tmp_path, **settings)
    assert ended.returncode == 1
    [line] = ended.stderr.splitlines()
    assert line.startswith("htx: TELEGRAM_BOT_TOKEN: Telegram does not know this token")
    assert "nham-lan" not in ended.stderr


@pytest.mark.slow
@pytest.mark.parametrize("way", ["polling", "webhook"])
def test_several_people_are_answered_by_the_command(
    way: str, telegram: FakeTelegram, real_home: Path, log: Path
):
    """At DEBUG, with faults of every kind: neither the token nor the secret is ever written."""
    more = {"LOG_LEVEL": "DEBUG"}
    if way == "webhook":
        more |= {"WEBHOOK_URL": hook(), "WEBHOOK_SECRET": "bi-mat-cua-webhook"}
    kinds = ["500", "502", "401", "404", "400", "403", "409", "drop_before", "drop_after"]
    telegram.fault("getMe", "502")
    telegram.fault("setWebhook", "502", times=2)
    telegram.fault("getUpdates", "409")
    people = [telegram.person(name) for name in ("Lan", "Minh", "Hoa")]
    with BotProcess(telegram, real_home, log, **more) as bot:
        bot.until_ready()
        for person in people:
            person.says(LOAN_QUESTION)
        for person in people:
            until_found(telegram, person)
            assert len(telegram.shown(person)) == 1
        telegram.fault_at_random(0.5, kinds, seed=3, methods=["*", "getUpdates"])
        for person in people:
            person.says(LOAN_QUESTION)
        telegram.wait_for(lambda: failed(telegram) > 8)
        telegram.clear_faults()
        assert bot.terminate() == 0
        written = bot.log
    assert "bot stopped" in written
    assert "call repeated" in written
    for secret in (telegram.token, telegram.token.split(":")[1], "bi-mat-cua-webhook"):
        assert secret not in written
    assert LOAN_QUESTION not in written


@pytest.mark.slow
def test_a_secret_that_was_made_up_is_not_written(
    telegram: FakeTelegram, real_home: Path, log: Path
):
    lan, url = telegram.person("Lan"), hook()
    telegram.fault("setWebhook", "drop_after", times=2)
    more = {"WEBHOOK_URL": url, "LOG_LEVEL": "DEBUG"}
    with BotProcess(telegram, real_home, log, **more) as bot:
        bot.until_ready()
        lan.says(LOAN_QUESTION)
        until_found(telegram, lan)
        assert post(url, telegram.updates[0], "sai") == 403
        assert httpx.post(url, content=b"{").status_code == 403
        assert bot.terminate() == 0
        assert len(telegram.webhook["secret_token"]) >= 32
        assert telegram.webhook["secret_token"] not in bot.log


# --- stopping --------------------------------------------------------------------------------


def test_what_is_being_answered_is_finished_before_the_end(telegram: FakeTelegram, stand: Stand):
    people = [telegram.person(f"Người {number}") for number in range(4)]
    with EchoHere(telegram, stand, replace(QUICK, call_s=10)) as bot:
        telegram.fault("editMessageText", "slow_before", times=None, delay=0.6)
        bot.echo.open.clear()
        for person in people:
            for question in questions(person, 2):
                person.says(question)
        telegram.wait_for(lambda: all(telegram.shown(person) for person in people))
        telegram.wait_for(lambda: not telegram.pending)
        bot.echo.open.set()
        bot.stop()
    for person in people:
        assert said(telegram, person) == questions(person, 2)
    assert not bot.unfinished()


def test_an_idle_bot_stops_at_once(telegram: FakeTelegram, stand: Stand):
    with EchoHere(telegram, stand, replace(QUICK, poll_s=30)) as bot:
        time.sleep(0.3)  # the long poll is on its way
        started = time.monotonic()
        bot.stop()
    assert time.monotonic() - started < 1.5


def test_what_takes_too_long_at_the_end_is_left_to_the_next_start(
    telegram: FakeTelegram, stand: Stand
):
    lan, minh = telegram.person("Lan"), telegram.person("Minh")
    telegram.fault("editMessageText", "429", chat=lan, retry_after=200)
    with EchoHere(telegram, stand, replace(QUICK, last_s=0.5)) as bot:
        lan.says(QUESTION)
        minh.says(QUESTION)
        until_said(telegram, minh, [QUESTION])
        telegram.wait_for(lambda: any(call.outcome == "429" for call in telegram.calls))
        started = time.monotonic()
        bot.stop()
    assert time.monotonic() - started < 3
    with EchoHere(telegram, stand):
        until_said(telegram, lan, [QUESTION])
    assert len(telegram.shown(lan)) == 1, "in the place of the message that was there"
    assert said(telegram, minh) == [QUESTION]


@pytest.mark.parametrize("kind", ["drop_before", "500"])
@pytest.mark.parametrize("when", ["getMe", "deleteWebhook", "setWebhook"])
def test_a_stop_while_telegram_cannot_be_reached_at_the_start_is_quick(
    when: str, kind: str, telegram: FakeTelegram, stand: Stand
):
    telegram.fault(when, kind, times=None)
    more: dict[str, Any] = {"WEBHOOK_URL": hook()} if when == "setWebhook" else {}
    bot = EchoHere(telegram, stand, **more)
    bot._thread.start()
    telegram.wait_for(lambda: count(telegram, when) >= 2)
    started = time.monotonic()
    bot.stop()
    assert time.monotonic() - started < 2
    del bot
    gc.collect()  # a connection that was left open is a warning now, and so an error


@pytest.mark.parametrize("kind", ["drop_before", "slow_before"])
def test_a_stop_while_telegram_cannot_be_reached_in_the_middle_is_quick(
    kind: str, telegram: FakeTelegram, stand: Stand
):
    lan = telegram.person("Lan")
    with EchoHere(telegram, stand) as bot:
        lan.says("Trước")
        until_said(telegram, lan, ["Trước"])
        bot.echo.open.clear()
        lan.says(QUESTION)
        telegram.wait_for(lambda: len(telegram.shown(lan)) == 2)
        telegram.fault("*", kind, times=None, delay=60)
        telegram.fault("getUpdates", kind, times=None, delay=60)
        bot.echo.open.set()
        telegram.wait_for(lambda: any(call.fault for call in telegram.calls))
        started = time.monotonic()
        bot.stop()
    assert time.monotonic() - started < 6
    telegram.clear_faults()
    with EchoHere(telegram, stand):
        until_said(telegram, lan, ["Trước", QUESTION])


@pytest.mark.slow
def test_sigterm_finishes_what_is_being_answered_and_exits_with_0(
    telegram: FakeTelegram, stand: Stand, log: Path
):
    people = [telegram.person(f"Người {number}") for number in range(5)]
    with EchoProcess(telegram, stand.home, log) as bot:
        bot.until_ready()
        telegram.fault("*", "slow_before", times=None, delay=0.8)
        for person in people:
            person.says(QUESTION)
        telegram.wait_for(lambda: not telegram.pending)
        telegram.wait_for(lambda: count(telegram, "sendMessage") == len(people))
        assert bot.terminate() == 0
        assert "bot stopped" in bot.log
    assert [said(telegram, person) for person in people] == [[QUESTION]] * len(people)


@pytest.mark.slow
def test_sigterm_while_nothing_answers_exits_with_0_quickly(stand: Stand, log: Path):
    with FakeTelegram() as gone:
        address = gone.url
    with FakeTelegram() as telegram:
        telegram.url = address
        with EchoProcess(telegram, stand.home, log) as bot:
            telegram.wait_for(lambda: "call repeated" in bot.log or bot.process.poll() is not None)
            started = time.monotonic()
            assert bot.terminate() == 0
    assert time.monotonic() - started < 3


# --- dying and starting again ----------------------------------------------------------------


def test_a_backlog_is_answered_once_each_and_what_is_old_gets_a_word(
    telegram: FakeTelegram, stand: Stand
):
    lan, minh = telegram.person("Lan"), telegram.person("Minh")
    with EchoHere(telegram, stand):
        lan.says("Trước")
        until_said(telegram, lan, ["Trước"])
    yesterday = datetime.now(UTC) - timedelta(hours=20)
    for question in questions(lan, 3):
        lan.says(question, date=yesterday)
    minh.says("Vừa hỏi")
    for _ in range(2):  # the second start has nothing left to answer
        with EchoHere(telegram, stand):
            until_said(telegram, lan, ["Trước", *questions(lan, 3)])
            until_said(telegram, minh, ["Vừa hỏi"])
    late = [one for one in telegram.shown(lan) if "trả lời muộn" in one.text]
    assert len(late) == 3
    assert all(one.reply_to for one in late), "it shows which message is meant"
    assert len(telegram.shown(lan)) == 4
    assert "trả lời muộn" not in telegram.shown(minh)[0].text


def test_an_update_that_comes_again_after_a_restart_is_answered_once(
    telegram: FakeTelegram, stand: Stand
):
    lan = telegram.person("Lan")
    with EchoHere(telegram, stand):
        lan.says(QUESTION)
        until_said(telegram, lan, [QUESTION])
    telegram.replay(telegram.updates[0])
    with EchoHere(telegram, stand):
        telegram.wait_for(lambda: not telegram.pending)
        lan.says("Sau")
        until_said(telegram, lan, [QUESTION, "Sau"])
    assert count(telegram, "sendMessage", lan) == 2


@pytest.mark.slow
def test_what_a_killed_process_left_behind_is_answered_once(
    telegram: FakeTelegram, stand: Stand, log: Path
):
    """One moment to be killed at for each person, named so, and a second question behind it."""
    unsent, sent, unshown, shown = people = [
        telegram.person("Trước tin đầu"),
        telegram.person("Sau tin đầu, bot chưa biết"),
        telegram.person("Trước khi sửa"),
        telegram.person("Sau khi sửa, bot chưa biết"),
    ]
    telegram.fault("sendMessage", "slow_before", chat=unsent, delay=20)
    telegram.fault("sendMessage", "slow", chat=sent, delay=20)
    telegram.fault("editMessageText", "slow_before", chat=unshown, delay=20)
    telegram.fault("editMessageText", "slow", chat=shown, delay=20)
    with EchoProcess(telegram, stand.home, log) as bot:
        bot.until_ready()
        for person in people:
            for question in questions(person, 2):
                person.says(question)
        telegram.wait_for(lambda: failed(telegram) == len(people) and said(telegram, shown))
        telegram.wait_for(lambda: telegram.shown(sent) and not telegram.pending)
        bot.kill()
    before = {person.name: telegram.shown(person) for person in people}
    assert [len(found) for found in before.values()] == [0, 1, 1, 1]
    telegram.clear_faults()
    for update in telegram.updates[::2]:
        telegram.replay(update)
    with EchoProcess(telegram, stand.home, log) as bot:
        for person in people:
            until_said(telegram, person, questions(person, 2))
        telegram.wait_for(lambda: not telegram.pending)
        assert bot.terminate() == 0
    for person in people:
        assert said(telegram, person) == questions(person, 2)
        left = [one for one in telegram.shown(person) if one.text == SEARCHING]
        assert len(left) == (1 if person is sent else 0), "only of what the bot could not know"
        used = [one.message_id for one in telegram.shown(person)][: len(before[person.name])]
        assert used == [one.message_id for one in before[person.name]]
        assert len(telegram.shown(person)) == 2 + len(left)


@pytest.mark.slow
def test_a_process_killed_with_twenty_questions_waiting_loses_and_repeats_none(
    telegram: FakeTelegram, stand: Stand, log: Path
):
    lan, minh = telegram.person("Lan"), telegram.person("Minh")
    wanted = questions(lan, 20)
    for question in wanted:
        lan.says(question)
    minh.says(QUESTION)
    telegram.fault(
        lambda call: (
            (call.method, call.chat_id) == ("editMessageText", lan.id)
            and wanted[7] in call.text("text")
        ),
        "slow_before",
        times=None,
        delay=20,
    )
    with EchoProcess(telegram, stand.home, log) as bot:
        telegram.wait_for(lambda: failed(telegram) and said(telegram, minh))
        bot.kill()
    telegram.clear_faults()
    with EchoProcess(telegram, stand.home, log) as bot:
        until_said(telegram, lan, wanted)
        until_said(telegram, minh, [QUESTION])
        telegram.wait_for(lambda: not telegram.pending)
        assert bot.terminate() == 0
    assert said(telegram, lan) == wanted
    assert len(telegram.shown(lan)) == 20


def failed(telegram: FakeTelegram) -> int:
    return sum(bool(call.fault) for call in telegram.calls)
