"""The self-test: the library's own questions, asked before and after a change, and compared.

The questions lie in `HTX_HOME/questions.jsonl`, in the form that `htx eval` reads.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.marking.evaluation import Gold, Marked, ask_all, read_gold
from knowledge.answering import Assistant

FILE = "questions.jsonl"

# A change is held back when more than so many questions, and more than this share of those that
# were answered right, are not any more. One question may go wrong for a good reason (it asks for
# what the new document changes); a document that ruins answers takes many with it. Chosen, not
# measured: look at both again when an office tells of a change held back wrongly.
MOST_WORSE, MOST_WORSE_SHARE = 1, 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What became of the questions.

    Attributes:
        questions: how many were asked.
        before: how many were answered right by the live library.
        after: how many by the changed one.
        better: the questions that only the changed one answers right.
        worse: those that only the live one answers right.
    """

    questions: int = 0
    before: int = 0
    after: int = 0
    better: tuple[str, ...] = ()
    worse: tuple[str, ...] = ()

    @property
    def is_bad(self) -> bool:
        """Whether the change is held back."""
        return len(self.worse) > MOST_WORSE and len(self.worse) > MOST_WORSE_SHARE * self.before


def questions_of(home: Path) -> list[Gold]:
    """Return the library's own questions; none while there is no file of them.

    Raises:
        UsageError: a line of the file is not a question.
    """
    file = home / FILE
    return read_gold(file) if file.is_file() else []


def tried(
    live: Assistant,
    staged: Assistant,
    questions: Sequence[Gold],
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Trial:
    """Ask both and compare.

    Args:
        live: the library as it is.
        staged: the library as it would be.
        questions: those that cannot be scored are left out.
        progress: called with how many of how many were asked, both libraries counted.
    """
    if not questions:
        return Trial()
    count = len(questions)
    before = ask_all(live, questions, progress=lambda done: progress(done, 2 * count))
    after = ask_all(staged, questions, progress=lambda done: progress(count + done, 2 * count))
    return compared(before, after)


def compared(before: Sequence[Marked], after: Sequence[Marked]) -> Trial:
    """Return what two rounds of the same questions give, in the same order."""
    pairs = list(zip(before, after, strict=True))
    return Trial(
        questions=len(pairs),
        before=sum(one.right for one in before),
        after=sum(one.right for one in after),
        better=tuple(new.gold.question for old, new in pairs if new.right and not old.right),
        worse=tuple(old.gold.question for old, new in pairs if old.right and not new.right),
    )
