"""The settings: where they come from, what is refused, and that secrets stay secret."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from bot.settings import Settings, load_settings
from knowledge.errors import SettingsError
from tests.builders import ROOT

NAMES = sorted(name.upper() for name in Settings.model_fields)

MALFORMED = {
    "ADMIN_IDS": ["@chu-nhiem", "12;ba", "1.5"],
    "OFFICER_IDS": ["12,abc", "0x1F"],
    "METRICS_PORT": ["nhiều", "-1", "70000", "91.5"],
    "LOG_LEVEL": ["LOUD", "1"],
    "LIBRARY": ["HTX", "htx cà mau", "x", "1htx", "htx_ca", 'htx"; drop schema', "h" * 41],
    "CHROMA_URL": ["localhost:8000", "ftp://host", "http://"],
    "LLM_BASE_URL": ["localhost"],
    "WEBHOOK_URL": ["bot.example.vn"],
    "TELEGRAM_API_BASE_URL": ["api.telegram.org"],
    "TELEGRAM_API_FILE_URL": ["/file"],
    "DATABASE_URL": ["mysql://localhost/htx", "htx.db"],
}
SECRETS = {
    "TELEGRAM_BOT_TOKEN": "123456:bi-mat-A",
    "LLM_API_KEY": "sk-bi-mat-B",
    "DATABASE_URL": "postgresql://htx:bi-mat-C@localhost/htx",
    "WEBHOOK_SECRET": "bi-mat-D",
}


@pytest.fixture(autouse=True)
def _home(home: Path) -> None:
    """Every test starts without settings of the person who runs it."""


def write_env(*lines: str) -> Path:
    Path(".env").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Path(".env")


def refusal() -> str:
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_without_any_setting_there_are_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HTX_HOME")
    found = load_settings()
    assert found.home == Path.cwd() / "var"
    assert found.documents == found.home / "documents"
    assert found.database == f"sqlite:///{found.home}/catalogue.db"
    assert (found.embedding_model, found.llm_model, found.chroma_url) == ("bundled", "", "")
    assert (found.admin_ids, found.officer_ids) == (frozenset(), frozenset())
    assert (found.log_level, found.metrics_port) == ("INFO", 0)


def test_the_file_is_read_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    write_env("# ghi chú", "LOG_LEVEL=debug", 'LIBRARY="htx-ca-mau"', "METRICS_PORT=9100", "")
    monkeypatch.setenv("METRICS_PORT", "9200")
    found = load_settings()
    assert (found.log_level, found.library, found.metrics_port) == ("DEBUG", "htx-ca-mau", 9200)


def test_the_environment_wins_over_a_malformed_line_of_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_env("METRICS_PORT=nhiều")
    monkeypatch.setenv("METRICS_PORT", "9200")
    assert load_settings().metrics_port == 9200


def test_an_empty_value_is_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    write_env("CHROMA_URL=", "ADMIN_IDS=", "DATABASE_URL=", "METRICS_PORT=")
    monkeypatch.setenv("LIBRARY", "")
    found = load_settings()
    assert (found.chroma_url, found.database_url, found.metrics_port) == ("", None, 0)


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_can_come_from_the_file_and_from_the_environment(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    example = (Settings.model_fields[name.lower()].examples or [""])[0]
    monkeypatch.delenv("HTX_HOME")
    write_env(f"{name}={example}")
    from_file = load_settings()
    write_env()
    monkeypatch.setenv(name, example)
    from_environment = load_settings()
    assert from_file == from_environment
    field = name.lower()
    assert getattr(from_file, field) not in (None, "", 0, frozenset()), "the example is taken"


@pytest.mark.parametrize(
    ("written", "expected"),
    [("12", {12}), ("12,34", {12, 34}), (" 12 , 34 ", {12, 34}), ("12;34 56,", {12, 34, 56})],
)
def test_ids_stand_apart_by_comma_or_space(
    written: str, expected: set[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADMIN_IDS", written)
    assert load_settings().admin_ids == expected


@pytest.mark.parametrize(
    "line",
    [
        "TELEGRAM_TOKEN=bi-mat",
        "LLM_MODELL=ollama:qwen3",
        "ADMIN_IDS_2=5",
        "OFFICER_IDSS=5",
        "TELEGRAM_TOKEN=",
        "export HTX_HOMES=x",
    ],
)
def test_an_unknown_key_in_the_file_stops_the_program_and_is_named(line: str) -> None:
    write_env(line)
    said = refusal()
    assert f".env: unknown setting {line.removeprefix('export ').split('=')[0]!r}" in said
    assert "HTX_HOME=./var" in said
    assert "bi-mat" not in said


def test_unknown_keys_of_the_environment_are_none_of_our_business(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LLM_MODELL", "x")
    assert load_settings().llm_model == ""


def test_a_line_that_is_no_setting_stops_the_program() -> None:
    write_env("LOG_LEVEL DEBUG")
    assert ".env" in refusal()


def test_a_file_in_another_encoding_stops_the_program() -> None:
    Path(".env").write_bytes("LLM_MODEL=mô hình".encode("utf-16"))
    assert ".env" in refusal()


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in MALFORMED.items() for value in values]
)
@pytest.mark.parametrize("where", ["environment", "file"])
def test_a_malformed_value_stops_the_program(
    name: str, value: str, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if where == "file":
        write_env(f"{name}='{value}'")
    else:
        monkeypatch.setenv(name, value)
    field = Settings.model_fields[name.lower()]
    example = (field.examples or [""])[0]
    assert refusal() == f"{name}: expected {field.description}, e.g. {name}={example}"


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize("broken", ["METRICS_PORT=nhiều", "LA=1", "DATABASE_URL=bi-mat-E"])
def test_a_secret_is_in_no_error_message(name: str, broken: str) -> None:
    write_env(f"{name}={SECRETS[name]}", broken)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert "bi-mat" not in str(caught.value)
    shown = None if caught.value.__suppress_context__ else caught.value.__context__
    assert (shown, caught.value.__cause__) == (None, None), "no traceback shows what was read"


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_is_in_no_repr(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, SECRETS[name])
    found = load_settings()
    assert "bi-mat" not in f"{found!r} {found} {found.model_dump()} {found.model_dump_json()}"


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings().log_level = "DEBUG"  # type: ignore[misc]


def test_two_homes_have_two_names_and_one_home_always_the_same(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_settings()
    (tmp_path / "link").symlink_to(home, target_is_directory=True)
    names = {}
    for written in (str(home), f"{home}/../var", str(tmp_path / "link"), str(tmp_path / "khác")):
        monkeypatch.setenv("HTX_HOME", written)
        names[written] = load_settings().library_name
        assert re.fullmatch(r"[a-z][a-z0-9-]{1,39}", names[written])
    assert [name == first.library_name for name in names.values()] == [True, True, True, False]


def test_a_name_that_is_set_is_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIBRARY", "htx-ca-mau")
    assert load_settings().library_name == "htx-ca-mau"


def test_the_home_of_a_person_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTX_HOME", "~/htx")
    assert load_settings().home == Path(os.path.expanduser("~")).resolve() / "htx"  # noqa: PTH111


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_says_what_it_is_and_has_an_example(name: str) -> None:
    field = Settings.model_fields[name.lower()]
    assert field.description
    assert field.examples


def example_file() -> list[str]:
    return (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()


def test_the_example_file_lists_every_setting_once_with_a_comment_before_it() -> None:
    lines = example_file()
    listed = [line.split("=")[0] for line in lines if re.match(r"[A-Z_]+=", line)]
    assert sorted(listed) == NAMES
    uncommented = [
        line
        for before, line in zip(["", *lines], lines, strict=False)
        if re.match(r"[A-Z_]+=", line) and not re.match(r"# \S", before)
    ]
    assert uncommented == []


def test_the_example_file_holds_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HTX_HOME")
    defaults = load_settings()
    write_env(*example_file())
    found = load_settings()
    assert (found.home, found.documents) == (defaults.home, defaults.documents)
    same = {"htx_home", "documents_dir"}
    assert found.model_dump(exclude=same) == defaults.model_dump(exclude=same)
