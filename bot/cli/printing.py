"""An answer on the terminal, sentence by sentence while a language model writes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import typer

from bot import texts

if TYPE_CHECKING:
    from knowledge.answering import Assistant
    from knowledge.model import Answer


@dataclass(slots=True)
class Printing:
    """What of one answer was printed so far."""

    printed: str = ""

    def told(self, assistant: Assistant, found: Answer) -> Answer:
        """Print an answer, and return it as it was told in the end.

        Without a language model, or when it fails, the answer as it was found is printed whole.
        """
        from bot.saying.render import answer_text, told_text
        from knowledge.answering.fluent import Listener
        from knowledge.model import Sentence

        so_far = found

        def print_sentence(sentence: Sentence) -> None:
            nonlocal so_far
            so_far = replace(so_far, fluent=(*so_far.fluent, sentence))
            self._print(told_text(so_far))

        answer = assistant.tell(found, Listener(sentence=print_sentence))
        whole = answer_text(answer)
        if not whole.startswith(self.printed):
            typer.echo(f"\n\n{texts.WITHDRAWN}\n")
            self.printed = ""
        self._print(whole)
        typer.echo()
        return answer

    def _print(self, text: str) -> None:
        """Print what was not printed yet of a text that begins with what was."""
        typer.echo(text.removeprefix(self.printed), nl=False)
        self.printed = text
