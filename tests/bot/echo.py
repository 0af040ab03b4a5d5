"""A bot whose answers name their questions, so that a test knows which answer is whose.

python -m tests.bot.echo    a process of it, with the settings of the environment
"""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import threading
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bot.logs import configure_logging
from bot.settings import Settings, load_settings
from bot.telegram.app import Timing, serve, until_signalled
from knowledge.answering import Assistant
from knowledge.model import Answer, Audience, Question, Reason, Status
from tests.bot.running import BotHere, BotProcess, bot_settings
from tests.builders import ROOT, Stand, clean_environment
from tests.telegram_server import Chat, FakeTelegram, Person

SEARCHING = "Đang tìm…"
QUICK = Timing(  # as patient as a test
    call_s=0.5, poll_s=1.0, pauses_s=(0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 1.6)
)
_ECHO = re.compile(r"“(.*)” thuộc lĩnh vực khác", re.DOTALL)


class Echo(Assistant):
    """Answers a question with its own words; it can be held up and it can fail.

    Attributes:
        open: while it is not set, questions are thought about.
        error: what the next questions raise instead of an answer.
        asked: every question so far.
    """

    def __init__(self, stand: Stand) -> None:
        super().__init__(stand.catalogue(), stand.vectors, stand.embedder)
        self.open = threading.Event()
        self.open.set()
        self.error: Exception | None = None
        self.asked: list[str] = []

    def warm_up(self) -> None:
        """Nothing is slow here."""

    def answer(
        self,
        text: str,
        history: Sequence[str] = (),
        audience: Audience = Audience.ADMINS,
        *,
        today: date | None = None,
    ) -> Answer:
        """Return an answer that holds the question."""
        self.asked.append(text)
        assert self.open.wait(30)
        if self.error is not None:
            raise self.error
        question = Question(text=text, understood=text, query=text)
        return Answer(
            question=question, status=Status.NOT_FOUND, reason=Reason.OTHER_FIELD, detail=text
        )


class EchoHere(BotHere):
    """An echo in a thread of this process, with the patience of a test."""

    def __init__(
        self, telegram: FakeTelegram, stand: Stand, timing: Timing = QUICK, **more: Any
    ) -> None:
        self.echo = Echo(stand)
        self._stand, self._timing = stand, timing
        super().__init__(telegram, stand.home, self.echo, **more)

    def unfinished(self) -> list[tuple[str, str]]:
        """Return the updates that were taken and are not done."""
        return self._stand.catalogue().conversations().unfinished()

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        await serve(self._settings, self._stop, self._assistant, self._timing)


class EchoProcess(BotProcess):
    """An echo in a process of its own, which may be killed."""

    def __init__(self, telegram: FakeTelegram, home: Path, log: Path, **more: Any) -> None:
        self._telegram = telegram
        self._log = log
        values = bot_settings(telegram, home, **more)
        with log.open("ab") as stderr:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.bot.echo"],
                env=clean_environment(home, **values),
                cwd=ROOT,
                stdout=subprocess.DEVNULL,
                stderr=stderr,
            )


def said(telegram: FakeTelegram, chat: Person | Chat) -> list[str]:
    """Return the questions that were answered in a chat, in the order of the messages."""
    found = (_ECHO.search(message.text) for message in telegram.shown(chat))
    return [match[1] for match in found if match]


def until_said(
    telegram: FakeTelegram, chat: Person | Chat, questions: Sequence[str], timeout: float = 15
) -> None:
    """Wait until as many questions are answered in a chat; they are these, in this order."""
    telegram.wait_for(lambda: len(said(telegram, chat)) >= len(questions), timeout)
    assert said(telegram, chat) == list(questions)


def count(telegram: FakeTelegram, method: str, chat: Person | Chat | None = None) -> int:
    """Return how often the bot called a method, for a chat if one is given."""
    return sum(
        call.method == method and (chat is None or call.chat_id == chat.chat.id)
        for call in telegram.calls
    )


async def _main(settings: Settings) -> None:
    echo = Echo(Stand(settings.home))
    await until_signalled(lambda stop: serve(settings, stop, echo))


if __name__ == "__main__":
    configured = load_settings(Path("no such file"))
    configure_logging(configured.log_level, configured.secrets)
    asyncio.run(_main(configured))
