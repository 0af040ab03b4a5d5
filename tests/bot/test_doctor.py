"""The doctor on the bot: the token, the connection, the folder and the admins, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import texts
from bot.doctor import Finding, examine
from bot.settings import Settings
from tests.bot.running import bot_settings
from tests.language_server import KEY, LanguageServer, Reply
from tests.telegram_server import FakeTelegram


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    with FakeTelegram() as server:
        yield server


def found(telegram: FakeTelegram, home: Path, name: str, **more: object) -> Finding:
    values = {key.lower(): value for key, value in bot_settings(telegram, home, **more).items()}
    findings = examine(Settings(**values, embedding_model=str(home / "none")))  # type: ignore[arg-type]
    return next(one for one in findings if one.name == name)


def test_whose_token_it_is_and_how_updates_come(telegram: FakeTelegram, home: Path):
    finding = found(telegram, home, texts.DOCTOR_TELEGRAM)
    assert finding.ok
    assert f"@{telegram.username}" in finding.message
    assert telegram.url in finding.message
    assert texts.DOCTOR_POLLING in finding.message


def test_a_webhook_is_named(telegram: FakeTelegram, home: Path):
    hook = "https://bot.example.vn/hook"
    assert hook in found(telegram, home, texts.DOCTOR_TELEGRAM, WEBHOOK_URL=hook).message


def test_a_token_that_telegram_does_not_know(telegram: FakeTelegram, home: Path):
    wrong = "1:sai"
    finding = found(telegram, home, texts.DOCTOR_TELEGRAM, TELEGRAM_BOT_TOKEN=wrong)
    assert not finding.ok
    assert finding.message == texts.DOCTOR_REFUSED.format(server=telegram.url)
    assert wrong not in finding.message


@pytest.mark.parametrize("fault", ["500", "502", "drop_before"])
def test_a_server_that_does_not_answer_well(telegram: FakeTelegram, home: Path, fault: str):
    telegram.fault("getMe", fault, times=5)
    finding = found(telegram, home, texts.DOCTOR_TELEGRAM)
    assert not finding.ok
    assert telegram.url in finding.message
    assert telegram.token not in finding.message


def test_without_a_token_nothing_is_asked(telegram: FakeTelegram, home: Path):
    settings = Settings(htx_home=home, telegram_api_base_url=telegram.url, embedding_model="none")
    finding = next(one for one in examine(settings) if one.name == texts.DOCTOR_TELEGRAM)
    assert (finding.ok, finding.message) == (True, texts.DOCTOR_NO_BOT)
    assert telegram.calls == []


@pytest.mark.parametrize(("admins", "fine"), [("", False), ("7001", True)])
def test_a_bot_wants_an_admin(telegram: FakeTelegram, home: Path, admins: str, *, fine: bool):
    finding = found(telegram, home, texts.DOCTOR_ADMINS, ADMIN_IDS=admins)
    assert finding.ok is fine


def test_the_documents_folder(telegram: FakeTelegram, home: Path, tmp_path: Path):
    folder = tmp_path / "tài liệu"
    missing = found(telegram, home, texts.DOCTOR_FOLDER, DOCUMENTS_DIR=folder)
    assert not missing.ok
    assert str(folder) in missing.message
    folder.mkdir()
    (folder / "một.txt").write_text("Hợp tác xã", encoding="utf-8")
    there = found(telegram, home, texts.DOCTOR_FOLDER, DOCUMENTS_DIR=folder)
    assert (there.ok, there.message) == (True, texts.DOCTOR_FILES.format(folder=folder, count=1))


@pytest.mark.parametrize(
    ("reply", "key", "said"),
    [
        (Reply(text="sẵn sàng"), KEY, "openai:thử trả lời sau"),
        (Reply(text="sẵn sàng"), "khoa-sai", "401"),
        (Reply(text=""), KEY, "không viết gì"),
        (Reply(text="a" * 4_000_000, letters=2_000), KEY, "trả lời sau"),
    ],
    ids=["answers", "wrong key", "says nothing", "never ends"],
)
def test_whether_the_language_model_answers(
    language_server: LanguageServer, home: Path, reply: Reply, key: str, said: str
):
    language_server.says(reply)
    settings = Settings(
        llm_model="openai:thử",
        llm_base_url=language_server.url,
        llm_api_key=SecretStr(key),
        embedding_model="none",
    )
    finding = next(one for one in examine(settings) if one.name == texts.DOCTOR_LLM)
    assert said in finding.message
    assert finding.ok is ("trả lời sau" in said)
    assert key not in finding.message


def test_without_a_language_model_nothing_is_missing(home: Path):
    findings = examine(Settings(embedding_model="none"))
    finding = next(one for one in findings if one.name == texts.DOCTOR_LLM)
    assert (finding.ok, finding.message) == (True, texts.DOCTOR_UNSET)
