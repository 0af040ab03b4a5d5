"""`htx` with a language model, as people start it: sentences while they are written, failures, the doctor."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import texts
from knowledge.model import Language
from tests.bot.test_cli import a_home
from tests.builders import LAW, LAW_FILE, LOAN_QUESTION, clean_environment
from tests.knowledge.test_fluent import LIE, LOAN, SEEDS
from tests.language_server import KEY, LanguageServer, Reply
from tests.servers import free_port

pytestmark = pytest.mark.slow

TOLD = texts.TOLD[Language.VIETNAMESE]
FIRST, SECOND = (one.replace(" [1].", ". [1]") for one in (LOAN, SEEDS))
QUOTED = "2. Khoản vay để mua máy móc có thời hạn không quá bốn năm kể từ ngày nhận tiền."


@pytest.fixture(scope="module")
def law_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_home(tmp_path_factory.mktemp("law"), {LAW_FILE: LAW})


def started(home: Path, url: str, *arguments: str, **more: str) -> subprocess.Popen[str]:
    """Start `htx` with the model of a server."""
    settings = {"LLM_MODEL": "openai:thử", "LLM_BASE_URL": url, "LLM_API_KEY": KEY, **more}
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        env=clean_environment(home, **settings),
        cwd=home,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str], said: str = "") -> tuple[int, str, str]:
    out, err = process.communicate(said, timeout=120)
    return process.returncode, out, err


def letters(process: subprocess.Popen[str]) -> Iterator[str]:
    out = process.stdout
    assert out is not None
    return iter(lambda: out.read(1), "")


@pytest.mark.parametrize("command", ["ask", "chat"])
def test_a_sentence_is_printed_while_the_next_is_written(
    language_server: LanguageServer, law_home: Path, command: str
):
    """The server goes on only after the first sentence was read here."""
    language_server.says(Reply(text=f"{LOAN} {LIE} {SEEDS}", holds_at=len(LOAN) + 8))
    asks = command == "ask"
    process = started(law_home, language_server.url, command, *([LOAN_QUESTION] if asks else []))
    assert process.stdin is not None
    if not asks:
        process.stdin.write(f"{LOAN_QUESTION}\n")
        process.stdin.flush()
    printed = ""
    for letter in letters(process):
        printed += letter
        if printed.endswith(FIRST):
            break
    assert "mua giống" not in printed
    language_server.goes_on()
    code, rest, _ = ended(process)
    assert code == 0
    assert rest.startswith(f" {SECOND}")
    assert QUOTED in rest
    assert "10 năm" not in printed + rest
    assert (printed + rest).count(TOLD) == 1


def test_json_holds_the_checked_sentences_above_the_quotations(
    language_server: LanguageServer, law_home: Path
):
    language_server.says(f"{LOAN} {LIE} {SEEDS}")
    code, out, _ = ended(started(law_home, language_server.url, "ask", LOAN_QUESTION, "--json"))
    answer = json.loads(out)
    assert (code, answer["status"]) == (0, "answered")
    assert f"{FIRST} {SECOND}" in answer["answer"]
    assert QUOTED in answer["answer"]
    assert answer["citations"][0]["article"] == "5"


def test_a_model_that_dies_leaves_the_quotations_and_a_line(
    language_server: LanguageServer, law_home: Path
):
    language_server.says(Reply(text=f"{LOAN} {SEEDS}", dies_at=len(LOAN) + 12))
    code, out, err = ended(started(law_home, language_server.url, "ask", LOAN_QUESTION))
    assert code == 0
    assert out.index(FIRST) < out.index(texts.WITHDRAWN) < out.index(QUOTED)
    assert out.count(QUOTED) == 1
    assert "the language model failed" in err
    assert LOAN_QUESTION not in err
    assert KEY not in err


def test_nobody_at_the_address_leaves_the_answer_without_a_model(law_home: Path):
    dead = f"http://127.0.0.1:{free_port()}"
    with_model = ended(started(law_home, dead, "ask", LOAN_QUESTION))
    without = ended(started(law_home, "", "ask", LOAN_QUESTION, LLM_MODEL=""))
    assert with_model[:2] == without[:2] == (0, without[1])
    assert "the language model failed" in with_model[2]


def test_a_batch_is_told_too(language_server: LanguageServer, law_home: Path, tmp_path: Path):
    language_server.says(LOAN, LIE)
    asked, answered = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    rows = [{"id": number, "question": LOAN_QUESTION} for number in (1, 2)]
    asked.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    process = started(
        law_home, language_server.url, "ask", "--batch", str(asked), "--out", str(answered)
    )
    assert ended(process)[0] == 0
    told, quoted = (json.loads(line) for line in answered.read_text("utf-8").splitlines())
    assert FIRST in told["answer"]
    assert TOLD not in quoted["answer"]


def test_a_model_that_cannot_be_opened_stops_the_program_with_one_line(law_home: Path):
    code, out, err = ended(started(law_home, "", "ask", LOAN_QUESTION, LLM_MODEL="nobody:gpt"))
    assert (code, out) == (1, "")
    assert "LLM_MODEL" in err
    assert "ollama:qwen3:8b" in err
    assert len(err.strip().splitlines()) == 1
