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
from typing import Any, Protocol, TypeVar

from bot.library.jobs import OnSeen, Seen, Synchronise
from bot.logs import configure_logging
from bot.settings import Settings
from ingest.pipeline import Report
from knowledge.errors import AssistantError, ChangeStoppedError, ExternalError

_SPAWN = get_context("spawn")  # a fork would copy the threads' locks
_SIGNAL_S = 1.0  # between the deaths of parent and child when both get a signal


_Result_co = TypeVar("_Result_co", covariant=True)


class Job(Protocol[_Result_co]):
    """What can be done in a process of its own."""

    def run(self, settings: Settings, seen: OnSeen) -> _Result_co:
        """Do it and return what came of it; raises nothing but errors of ours."""


@dataclass(frozen=True, slots=True)
class Done:
    """The last word of a process: what came of its job."""

    result: Any


@dataclass(slots=True)
class Changes:
    """Runs changes of one library, one after another.

    Attributes:
        running: held while a change runs; who wants to wait for it acquires it.
    """

    settings: Settings
    running: asyncio.Lock = field(default_factory=asyncio.Lock)
    _processes: set[BaseProcess] = field(default_factory=set)
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
        return self.run(Synchronise(paths=tuple(paths), prune=prune), on_seen)

    def run(self, job: Job[_Result_co], on_seen: OnSeen = lambda _seen: None) -> _Result_co:
        """Do a job in a process of its own and wait for it.

        Who does one that changes the library holds `running`.

        Args:
            job: what to do.
            on_seen: called from this thread whenever something was done.

        Raises:
            ChangeStoppedError: `stop` was called.
            AssistantError: what the job raised, or that its process died.
        """
        mine, its = _SPAWN.Pipe(duplex=False)
        process = _SPAWN.Process(target=_work, args=(self.settings, job, its), daemon=True)
        with self._starting:  # a stop comes before and finds none, or after and ends it
            if self._stopped.is_set():
                raise ChangeStoppedError("the bot is shutting down")
            process.start()
            self._processes.add(process)
        its.close()
        try:
            found: _Result_co = _followed(mine, on_seen)
        except (EOFError, OSError) as error:
            process.join()
            # Ctrl-C and systemd signal the child too; the same signal is on its way to us
            if self._stopped.wait(_SIGNAL_S):
                raise ChangeStoppedError("the bot is shutting down") from error
            raise ExternalError(f"ingestion ended with exit code {process.exitcode}") from error
        else:
            return found
        finally:
            mine.close()  # first: who still writes into it ends then
            process.join()
            with self._starting:
                self._processes.discard(process)

    def stop(self) -> None:
        """End what is running, which leaves the library as it was; refuse further jobs."""
        with self._starting:
            self._stopped.set()
            for process in self._processes:
                process.kill()


def _followed(events: Connection, on_seen: OnSeen) -> Any:
    """Return the result that ends the events."""
    while True:
        event = events.recv()
        if isinstance(event, Done):
            return event.result
        if isinstance(event, BaseException):
            raise event
        on_seen(event)


def _work(settings: Settings, job: Job[object], events: Connection) -> None:
    """Do a job, and send what is seen, then its result or its error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C: the parent decides
    configure_logging(settings.log_level, settings.secrets)
    with suppress(BrokenPipeError):
        try:
            events.send(Done(job.run(settings, events.send)))
        except AssistantError as error:
            events.send(error)
