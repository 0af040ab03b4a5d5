"""The command `htx`, run in this process the way the shell runs it; a bot that people write to."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from knowledge.search.embeddings import Embedder, load_embedder
from tests.bot.desk import Desk
from tests.bot.running import BotHere
from tests.builders import SAMPLES, Stand, write_all
from tests.telegram_server import NOT_MODIFIED, OLD_QUERY, Chat, FakeTelegram, Message, Person


@dataclass(frozen=True)
class Ended:
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON value on stdout."""
        assert self.out.count("\n") == 1, "exactly one line"
        return json.loads(self.out)


Htx = Callable[..., Ended]


@pytest.fixture
def htx(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Htx:
    """Run `htx` on an empty library of this test; a test may set HTX_HOME to another one."""

    def run(*arguments: object) -> Ended:
        monkeypatch.setattr(sys, "argv", ["htx", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        written = capsys.readouterr()
        return Ended(int(ended.value.code or 0), written.out, written.err)

    return run


_WORKED_ON = ("Đang tìm…", "Searching…", "Đang viết…", "Writing…")


# --- the bot -----------------------------------------------------------------------------------


@contextmanager
def telegram_without_stumbles() -> Iterator[FakeTelegram]:
    """Telegram, where the bot must not stumble: no screen refused, no apology for a bug."""
    with FakeTelegram() as server:
        yield server
        assert stumbles(server) == []


@pytest.fixture(scope="module")
def telegram() -> Iterator[FakeTelegram]:
    """Telegram with one bot for all tests of a module; each brings its own people."""
    with telegram_without_stumbles() as server:
        yield server


@pytest.fixture(scope="module")
def bot(
    telegram: FakeTelegram, library: Stand, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BotHere]:
    """A bot that answers from the sample documents; nobody is an admin or an officer."""
    with starting(telegram, library.copied(tmp_path_factory.mktemp("bot") / "var")) as running:
        yield running


@pytest.fixture
def own_telegram() -> Iterator[FakeTelegram]:
    """Telegram of one test, which starts its bots itself."""
    with telegram_without_stumbles() as server:
        yield server


@pytest.fixture
def filled(library: Stand, tmp_path: Path) -> Stand:
    """The sample documents in a home of this test, with a fake model."""
    return library.copied(tmp_path / "bot")


@pytest.fixture(scope="session")
def bundled() -> Embedder:
    return load_embedder("bundled")


@pytest.fixture(scope="session")
def desk_library(tmp_path_factory: pytest.TempPathFactory, bundled: Embedder) -> Path:
    """The sample documents and the library made of them with the real model, once."""
    base = tmp_path_factory.mktemp("desk")
    folder = write_all(base / "documents", SAMPLES)
    Stand(base / "var", bundled).ingestion().ingest([folder])
    return base


@pytest.fixture
def desk(desk_library: Path, bundled: Embedder, tmp_path: Path) -> Iterator[Desk]:
    """The documents as they were, in their place, which is their identity; a copy of the library."""
    documents = desk_library / "documents"
    shutil.rmtree(documents, ignore_errors=True)
    write_all(documents, SAMPLES)
    home = Path(shutil.copytree(desk_library / "var", tmp_path / "var"))
    with telegram_without_stumbles() as server:
        yield Desk(server, documents, home, bundled)


def starting(telegram: FakeTelegram, stand: Stand, **settings: object) -> BotHere:
    """Return a bot for a library, to be used as a context manager; settings by their names."""
    return BotHere(telegram, stand.home, stand.assistant(), **settings)


def stumbles(telegram: FakeTelegram) -> list[str]:
    """Return what Telegram refused, unless the test asked it to, and apologies for a bug."""
    refused = [
        f"{call.method}: {call.description}"
        for call in telegram.calls
        if call.outcome == "400" and not call.fault and not _is_harmless(call.description)
    ]
    apologies = [
        message.text
        for chat in list(telegram.chats.values())
        for message in telegram.shown(chat)
        if "trục trặc" in message.text or "went wrong" in message.text
    ]
    return refused + apologies


def _is_harmless(refusal: str) -> bool:
    """Tell whether the bot lives well with a refusal: the same again, what is gone, too late, too large."""
    gone = ("message to edit not found", "no text in the message to edit")
    return any(one in refusal for one in (NOT_MODIFIED, *gone, OLD_QUERY, "file is too big"))


def answers(telegram: FakeTelegram, chat: Person | Chat, count: int = 1) -> list[Message]:
    """Return all that the bot says in a chat, once it is so many messages and all are final."""

    def arrived() -> list[Message] | None:
        found = telegram.shown(chat)
        final = not any(one.text.endswith(_WORKED_ON) for one in found)
        return found if final and len(found) >= count else None

    found = telegram.wait_for(arrived)
    assert found is not None
    assert len(found) == count, [one.text for one in found]
    return found


def labels(message: Message) -> list[str]:
    """Return the labels of the buttons under a message, row by row."""
    return [label for row in message.buttons for label in row]
