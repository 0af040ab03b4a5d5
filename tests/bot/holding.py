"""The process that changes the library, caught and held still, so that a test may take its time."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

_PATIENCE_S = 60

T = TypeVar("T")


@contextmanager
def held(parent: int | None = None, until: Callable[[], bool] = lambda: True) -> Iterator[int]:
    """Wait for the process that changes the library and stop it; it goes on afterwards if it lives.

    Args:
        parent: number of the process that runs the bot; this one when it is not given.
        until: it runs until this is so.
    """
    number = _child(parent or os.getpid())
    _wait(until)
    os.kill(number, signal.SIGSTOP)
    try:
        yield number
    finally:
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGCONT)


def killed(parent: int | None = None) -> None:
    """Wait for the process that changes the library and kill it."""
    with held(parent) as number:
        os.kill(number, signal.SIGKILL)


def _child(parent: int) -> int:
    command = ["pgrep", "-P", str(parent), "-f", "spawn_main"]

    def listed() -> str:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()

    return int(_wait(listed).splitlines()[0])


def _wait(condition: Callable[[], T]) -> T:
    ends = time.monotonic() + _PATIENCE_S
    while not (value := condition()):
        assert time.monotonic() < ends, f"no process, or not so after {_PATIENCE_S} s"
        time.sleep(0.005)
    return value
