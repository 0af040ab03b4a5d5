"""`htx chat`: a conversation in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot import texts
from bot.cli.asking import ask_one, ready_assistant
from bot.cli.files import write_chart, write_table
from bot.cli.printing import Printing
from bot.cli.shared import start
from knowledge.errors import AssistantError

if TYPE_CHECKING:
    from knowledge.answering import Assistant
    from knowledge.model import Answer


def chat() -> None:
    """Hỏi đáp trong cửa sổ dòng lệnh."""
    assistant = ready_assistant(start())
    library = assistant.library()
    typer.echo(
        texts.CHAT_WELCOME.format(documents=len(library.documents), passages=library.passages)
    )
    talk = _Talk(assistant)
    if not sys.stdin.isatty():
        _examples(talk)
        return
    while True:
        try:
            line = input(texts.CHAT_PROMPT).strip()
        except EOFError:
            break
        if line.lower() in texts.CHAT_EXIT:
            break
        if line:
            typer.echo()
            talk.reply(line)
            typer.echo()
    typer.echo(texts.CHAT_BYE)


def _examples(talk: _Talk) -> None:
    """Ask the questions on stdin when it is a pipe with text, else three examples."""
    piped = (line.strip() for line in iter(sys.stdin.readline, "") if line.strip())
    first = next(piped, None)
    for line in texts.EXAMPLES if first is None else chain([first], piped):
        if line.lower() in texts.CHAT_EXIT:
            break
        typer.echo(f"\n{texts.CHAT_PROMPT}{line}\n")
        talk.reply(line)


@dataclass(slots=True)
class _Talk:
    """A conversation so far."""

    assistant: Assistant
    history: list[str] = field(default_factory=list)
    last: Answer | None = None

    def reply(self, line: str) -> None:
        """Print what is said to a question, or to a wish to take the last answer away."""
        word, _, name = line.partition(" ")
        match word.lower():
            case texts.CHAT_CHART:
                typer.echo(self._written(write_chart, name.strip(), texts.CHART_FILE))
            case texts.CHAT_TABLE:
                typer.echo(self._written(write_table, name.strip(), texts.TABLE_FILE))
            case _:
                self.last, _row = ask_one(self.assistant, line, self.history, printing=Printing())
                self.history.append(line)

    def _written(self, write: Callable[[Answer, Path], str], name: str, usual: str) -> str:
        if self.last is None:
            return texts.NO_ANSWER_YET
        try:
            return write(self.last, Path(name) if name else _unused(Path(usual)))
        except AssistantError as error:
            return str(error)


def _unused(file: Path) -> Path:
    """Return a name that no file has yet: "so-lieu.xlsx", "so-lieu-2.xlsx"."""
    others = (file.with_stem(f"{file.stem}-{number}") for number in count(2))
    return next(one for one in chain([file], others) if not one.exists())
