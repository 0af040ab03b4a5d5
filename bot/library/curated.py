"""An answer written by hand becomes a document, and its question one of the self-test."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.library.shelf import undoing
from bot.marking import selftest
from bot.texts import gaps as words
from ingest.noting import Noted, note
from ingest.placing import write_whole
from ingest.sources import TABLE
from knowledge.model import OFFICE, Answer, Kind
from knowledge.vietnamese.text import has_marks, printed, printed_line

FOLDER = "curated"  # under the home of the library
FEWEST_WORDS, MOST_LETTERS = 6, 2_000  # of an answer; shorter lines of a document are no passages
_LONGEST_NAME = 60
_MARKUP = re.compile(r"([\\`*_{}\[\]()#+.!|<>~-])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An answer that somebody of the office wrote.

    Attributes:
        gap: the number of what it answers.
        name: who wrote it.
    """

    gap: int
    question: str
    text: str
    name: str
    day: date

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"cau-hoi-{self.gap}.md"

    @property
    def title(self) -> str:
        """How it is cited."""
        name = printed_line(self.name)[:_LONGEST_NAME]
        return words.CURATED_TITLE.format(name=name, day=f"{self.day:%d/%m/%Y}")


def is_whole(text: str) -> bool:
    """Tell whether an answer is long enough to be quoted, and short enough for a phone."""
    return len(text.split()) >= FEWEST_WORDS and len(text) <= MOST_LETTERS


@contextmanager
def kept(home: Path, written: Written) -> Iterator[Path]:
    """Write an answer into the folder of such documents; give the file.

    It holds while the file is ingested, and is undone when that fails.

    Raises:
        ExternalError: the folder cannot be written to.
    """
    folder = home / FOLDER
    file = folder / written.file
    with undoing(file, folder / TABLE):
        write_whole(file, _document(written).encode())
        cells = {"title": written.title, "publisher": OFFICE, "kind": Kind.OTHER.value}
        note(folder, {file.name: Noted(fields=cells)})
        yield file


def _document(written: Written) -> str:
    """Return an answer as Markdown in which nothing that was typed is markup."""
    lines = [printed_line(line) for line in printed(written.text).split("\n")]
    body = "\n\n".join(_escaped(line) for line in lines if line)
    return f"# {_escaped(printed_line(written.question))}\n\n{body}\n"


def _escaped(line: str) -> str:
    return _MARKUP.sub(r"\\\1", line)


def accept(home: Path, gap: int, question: str, answer: Answer) -> None:
    """Make a question one of the self-test: what answers it now must answer it in future.

    Raises:
        ExternalError: the file of the questions cannot be written.
    """
    first = answer.citations[0]
    cited = {"source": first.source, **({"article": first.article} if first.article else {})}
    line = {
        "id": f"gap-{gap}",
        "question": question,
        "lang": answer.question.language.value,
        "style": "formal" if has_marks(question) else "no_diacritics",
        "type": "policy",
        "must_cite": [cited],
    }
    file = home / selftest.FILE
    kept = file.read_text("utf-8").splitlines() if file.is_file() else []
    others = [one for one in kept if one.strip() and f'"id": "gap-{gap}"' not in one]
    lines = [*others, json.dumps(line, ensure_ascii=False)]
    write_whole(file, "\n".join([*lines, ""]).encode())
