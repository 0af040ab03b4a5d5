"""The command `htx`, run in this process the way the shell runs it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main


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
