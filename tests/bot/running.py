"""A bot that runs: in this process with a fake model, or as `htx bot` in a process of its own."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bot.library.links import OPEN_ROAD, Road
from bot.settings import Settings
from bot.telegram.app import DEFAULT_TIMING, Timing, serve
from knowledge.answering import Assistant
from tests.builders import clean_environment
from tests.telegram_server import FakeTelegram

_PATIENCE_S = 30

os.environ["PTB_TIMEDELTA"] = "1"  # as the bot sets it; the framework warns otherwise


def bot_settings(telegram: FakeTelegram, home: Path, **more: Any) -> dict[str, str]:
    """Return the environment of a bot that talks to a fake server."""
    return {
        "HTX_HOME": str(home),
        "LIBRARY": "htx-thu",
        "TELEGRAM_BOT_TOKEN": telegram.token,
        "TELEGRAM_API_BASE_URL": telegram.url,
        "TELEGRAM_API_FILE_URL": f"{telegram.url}/file",
        **{name: str(value) for name, value in more.items()},
    }


class BotHere:
    """A bot in a thread of this process; the assistant may have a fake model."""

    def __init__(
        self, telegram: FakeTelegram, home: Path, assistant: Assistant | None, **more: Any
    ) -> None:
        self.timing: Timing = DEFAULT_TIMING  # a test may set both before the bot is started
        self.road: Road = OPEN_ROAD
        values = {key.lower(): value for key, value in bot_settings(telegram, home, **more).items()}
        self._settings = Settings(**values)  # type: ignore[arg-type]
        self._telegram = telegram
        self._assistant = assistant
        self._thread = threading.Thread(target=self._run, name="bot here")
        self._failure: BaseException | None = None

    def __enter__(self) -> Self:
        polls = self._listens()
        self._thread.start()
        self._telegram.wait_for(lambda: self._listens() > polls or self._failure, _PATIENCE_S)
        self._raise()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop the bot the way SIGTERM does, and wait until it has ended."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(_PATIENCE_S)
        assert not self._thread.is_alive(), "the bot did not stop"
        self._raise()

    def _listens(self) -> int:
        """Return how often updates were asked for, or a webhook was set."""
        return sum(call.method in ("getUpdates", "setWebhook") for call in self._telegram.calls)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:  # noqa: BLE001  (raised again in the thread of the test)
            self._failure = error

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        await serve(self._settings, self._stop, self._assistant, self.timing, self.road)

    def _raise(self) -> None:
        if self._failure is not None:
            raise self._failure


class BotProcess:
    """`htx bot` as its users start it, with the real model."""

    def __init__(self, telegram: FakeTelegram, home: Path, log: Path, **more: Any) -> None:
        self._telegram = telegram
        self._log = log
        values = bot_settings(telegram, home, **more)
        with log.open("ab") as stderr:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot", "bot"],
                env=clean_environment(home, **values),
                cwd=log.parent,
                stdout=subprocess.DEVNULL,
                stderr=stderr,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(_PATIENCE_S)

    @property
    def log(self) -> str:
        """What the bot wrote to stderr so far, earlier processes with the same file included."""
        return self._log.read_text("utf-8")

    def until_ready(self, times: int = 1) -> Self:
        """Wait until the bot says that it is ready, for the n-th time in this log."""
        self._telegram.wait_for(
            lambda: self.log.count("bot ready") >= times or self.process.poll() is not None, 60
        )
        assert self.process.poll() is None, self.log
        return self

    def terminate(self) -> int:
        """Send SIGTERM and return the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(_PATIENCE_S)

    def kill(self) -> None:
        """Kill it at once, as a power cut would."""
        self.process.kill()
        self.process.wait(_PATIENCE_S)
