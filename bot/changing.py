"""Changes of the library while people ask: in a process of their own, one at a time.

Reading a PDF keeps Python's one lock busy and a damaged file may bring a native reader down; so
neither happens in the process that answers (docs/decisions/0003).
"""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from bot.logs import configure_logging
from bot.settings import Settings
from ingest.pipeline import Progress, Report
from knowledge.errors import AssistantError, ChangeStoppedError, ExternalError

_SPAWN = get_context("spawn")  # a fork would copy the threads' locks
_SIGNAL_S = 1.0  # between the deaths of parent and child when both get a signal


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """How far a change has come; `name` is "" while passages are embedded."""

    name: str
    done: int
    count: int


@dataclass(slots=True)
class Changes:
    """Runs changes of one library, one after another.

    Attributes:
        running: held while a change runs; who wants to wait for it acquires it.
    """

    settings: Settings
    running: asyncio.Lock = field(default_factory=asyncio.Lock)
    _process: BaseProcess | None = None
    _stopped: threading.Event = field(default_factory=threading.Event)
    _starting: threading.Lock = field(default_factory=threading.Lock)

    def ingest(
        self, paths: Sequence[Path], on_seen: Callable[[Seen], None], *, prune: bool
    ) -> Report:
        """Ingest in a process of its own and wait for it; `running` is held by the caller.

        Args:
            paths: files and folders.
            on_seen: called from this thread whenever something was done.
            prune: remove documents whose files are gone from the folders.

        Raises:
            ChangeStoppedError: `stop` was called.
            AssistantError: what the ingestion raised, or that its process died.
        """
        mine, its = _SPAWN.Pipe(duplex=False)
        process = _SPAWN.Process(
            target=_work,
            args=(self.settings, list(paths), its),
            kwargs={"prune": prune},
            daemon=True,
        )
        with self._starting:  # a stop comes before and finds none, or after and ends it
            if self._stopped.is_set():
                raise ChangeStoppedError("the bot is shutting down")
            process.start()
            self._process = process
        its.close()
        try:
            return _followed(mine, on_seen)
        except (EOFError, OSError) as error:
            process.join()
            # Ctrl-C and systemd signal the child too; the same signal is on its way to us
            if self._stopped.wait(_SIGNAL_S):
                raise ChangeStoppedError("the bot is shutting down") from error
            raise ExternalError(f"ingestion ended with exit code {process.exitcode}") from error
        finally:
            mine.close()  # first: who still writes into it ends then
            process.join()
            self._process = None

    def stop(self) -> None:
        """End a running change, which leaves the library as it was; refuse further ones."""
        with self._starting:
            self._stopped.set()
            if self._process is not None:
                self._process.kill()


def _followed(events: Connection, on_seen: Callable[[Seen], None]) -> Report:
    """Return the report that ends the events."""
    while True:
        event = events.recv()
        if isinstance(event, Report):
            return event
        if isinstance(event, BaseException):
            raise event
        on_seen(event)


def _work(settings: Settings, paths: list[Path], events: Connection, *, prune: bool) -> None:
    """Ingest, and send what is seen, then the report or the error."""
    from bot.wiring import open_ingestion  # noqa: PLC0415  (heavy; only in the new process)

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C: the parent decides
    configure_logging(settings.log_level, settings.secrets)
    progress = Progress(
        read=lambda name, done, count: events.send(Seen(name=name, done=done + 1, count=count)),
        embed=lambda done, count: events.send(Seen(name="", done=done, count=count)),
    )
    with suppress(BrokenPipeError):
        try:
            events.send(open_ingestion(settings, progress).ingest(paths, prune=prune))
        except AssistantError as error:
            events.send(error)
