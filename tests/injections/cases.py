"""The table of attacks: `cases.jsonl`, one a line.

where     a question, a file name, or the place of a document: "docx hidden", "csv title"
language  vi, bare (Vietnamese without tone marks) or en
text      the attack
expect    of a question: refused, or harmless (whatever is answered, nothing of it has an effect);
          of a document: unseen (a reader of the page does not see it: it is not in the library),
          quoted (it is data: quoted with its source and never told), failed (the file is refused);
              of a name: shown (inert), hidden file (not read), kept inside (the documents folder);
              of a manager's question: closed (no word of what is for others)
told      what the assistant must not tell as its own words or as a figure
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

_FILE = Path(__file__).with_name("cases.jsonl")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    id: str
    where: str
    language: str
    text: str
    expect: str
    told: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """A word that stands in no other text: by it the attack is found wherever it gets."""
        return f"zq{self.id.replace('-', 'v')}x"

    @property
    def marked(self) -> str:
        """The attack with its mark in front."""
        return f"{self.mark}: {self.text}"


def cases() -> list[Case]:
    rows = [json.loads(line) for line in _FILE.read_text("utf-8").splitlines()]
    return [Case(**{**row, "told": tuple(row.get("told", ()))}) for row in rows]


def parameters(*, of: Callable[[Case], bool]) -> list[object]:
    """The cases of a sort, for `pytest.mark.parametrize`."""
    return [pytest.param(case, id=f"{case.id} {case.where}") for case in cases() if of(case)]
