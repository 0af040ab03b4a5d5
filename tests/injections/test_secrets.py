"""Every attack in a question, asked of the whole program: no secret is in anything it writes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import SAMPLES, clean_environment, write_all
from tests.injections.cases import cases

pytestmark = pytest.mark.slow

PASSWORD = "zq-mat-khau-cua-csdl"  # noqa: S105  (made up)
SECRETS = {
    "TELEGRAM_BOT_TOKEN": "7000000001:zq-ma-cua-bot",
    "WEBHOOK_SECRET": "zq-chu-bi-mat-cua-webhook",
    "LLM_API_KEY": "sk-zq-khoa-cua-mo-hinh",
    "ADMIN_IDS": "7123456789",
    "OFFICER_IDS": "7987654321",
}


def htx(home: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run `htx` as its users do, with secrets and every log line."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        env=clean_environment(home, LOG_LEVEL="DEBUG", **(SECRETS | settings)),
        cwd=home.parent,
        capture_output=True,
        text=True,
        check=False,
    )


def test_no_secret_is_in_any_answer_or_log_line(tmp_path: Path):
    home = tmp_path / "var"
    documents = write_all(tmp_path / "documents", SAMPLES)
    written = [htx(home, "ingest", str(documents), "--json")]
    questions, out = tmp_path / "questions.jsonl", tmp_path / "answers.jsonl"
    asked = [one for one in cases() if one.where.startswith("question")]
    questions.write_text(
        "\n".join(json.dumps({"id": one.id, "question": one.text}) for one in asked), "utf-8"
    )
    written.append(htx(home, "ask", "--batch", str(questions), "--out", str(out)))
    answers = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [one["id"] for one in answers] == [one.id for one in asked]
    refused = {one["id"] for one in answers if one["status"] == "refused"}
    assert {one.id for one in asked if one.expect == "refused"} - refused == set()
    told = [json.dumps(one | {"question": ""}, ensure_ascii=False) for one in answers]
    told += [text for one in written for text in (one.stdout, one.stderr)]
    for secret in (*SECRETS.values(), str(home)):
        assert [text for text in told if secret in text] == []


@pytest.mark.parametrize("command", [("doctor",), ("ask", "Khoản vay có thời hạn bao lâu?")])
def test_the_password_of_a_database_that_does_not_answer_is_in_no_message(
    tmp_path: Path, command: tuple[str, ...]
):
    address = f"postgresql://htx:{PASSWORD}@127.0.0.1:9/htx"
    ended = htx(tmp_path / "var", *command, DATABASE_URL=address)
    assert PASSWORD not in ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.returncode == 1
