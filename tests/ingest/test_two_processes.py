"""A running conversation answers from the new library after another process changed it."""

from __future__ import annotations

import os
import pty
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from tests.builders import LAW, LAW_FILE, LOAN_QUESTION, LONGER_LOAN, clean_environment, write_all

pytestmark = pytest.mark.slow

_PATIENCE_S = 60


def ingest(folder: Path, home: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "bot", "ingest", folder],
        env=clean_environment(home),
        cwd=folder,
        check=True,
        capture_output=True,
        timeout=_PATIENCE_S,
    )


class Conversation:
    """A running `htx chat`: questions go in one by one, what it says is read as it comes."""

    def __init__(self, questions: IO[bytes], said: IO[bytes]) -> None:
        self._questions = questions
        self._bytes: queue.Queue[bytes] = queue.Queue()
        self._reader = threading.Thread(target=self._read, args=(said,), daemon=True)
        self._reader.start()

    def _read(self, said: IO[bytes]) -> None:
        while part := said.read(1):
            self._bytes.put(part)

    def ask(self, question: str) -> None:
        self._questions.write(question.encode() + b"\n")
        self._questions.flush()

    def said_until(self, wanted: str) -> str:
        """Return what was said up to and with the wanted words."""
        said, ends = b"", time.monotonic() + _PATIENCE_S
        while wanted.encode() not in said:
            try:
                said += self._bytes.get(timeout=max(0.0, ends - time.monotonic()))
            except queue.Empty:
                pytest.fail(f"{wanted!r} was not said; said: {said.decode(errors='replace')}")
        return said.decode()


@contextmanager
def terminal_pair(*, terminal: bool) -> Iterator[tuple[int, IO[bytes]]]:
    """Yield (stdin of the child, where to write): a terminal, or a pipe."""
    parent, child = pty.openpty() if terminal else os.pipe()[::-1]
    with open(parent, "wb", buffering=0) as questions:  # noqa: PTH123  (a descriptor)
        try:
            yield child, questions
        finally:
            os.close(child)


@pytest.mark.parametrize("terminal", [True, False], ids=["in a terminal", "through a pipe"])
def test_a_running_chat_answers_from_the_new_library(
    terminal: bool, home: Path, tmp_path: Path
) -> None:
    folder = write_all(tmp_path / "d", {LAW_FILE: LAW})
    ingest(folder, home)
    with (
        terminal_pair(terminal=terminal) as (child, questions),
        subprocess.Popen(
            [sys.executable, "-u", "-m", "bot", "chat"],
            env=clean_environment(home),
            cwd=tmp_path,
            stdin=child,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process,
    ):
        assert process.stdout is not None
        try:
            chat = Conversation(questions, process.stdout)
            assert "1 tài liệu" in chat.said_until("đoạn. Gõ câu hỏi")
            chat.ask(LOAN_QUESTION)
            assert "không quá bốn năm" in chat.said_until("Nguồn:")

            write_all(folder, {LAW_FILE: LONGER_LOAN})
            ingest(folder, home)
            chat.ask(LOAN_QUESTION)
            said = chat.said_until("Nguồn:")
            assert "không quá sáu năm" in said
            assert "không quá bốn năm" not in said

            chat.ask("/thoat")
            assert process.wait(_PATIENCE_S) == 0
        finally:
            process.kill()
