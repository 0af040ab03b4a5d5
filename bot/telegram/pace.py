"""How fast one person may ask. Pure: times in, a verdict out."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

QUESTIONS = 100  # in a window; nobody types as fast, a script does
WINDOW = timedelta(minutes=1)
_REMEMBERED = 10_000  # people; the one who asked longest ago is forgotten first


class Verdict(Enum):
    """What to do with a question."""

    ANSWER = "answer"
    EXPLAIN = "explain"  # too fast, and not told so yet in this window
    IGNORE = "ignore"  # too fast, and told so


@dataclass(slots=True)
class _Pace:
    asked: deque[datetime] = field(default_factory=deque)
    explained: datetime | None = None


class Pace:
    """Remembers when each person asked, by the time at which the messages were sent.

    A backlog of a day that comes in one go was not asked in one go.
    """

    def __init__(self) -> None:
        self._people: dict[int, _Pace] = {}

    def judge(self, person: int, sent: datetime) -> tuple[Verdict, int]:
        """Return what to do with a question, and after how many seconds the next is answered."""
        pace = self._people.pop(person, None) or _Pace()
        self._people[person] = pace
        if len(self._people) > _REMEMBERED:
            del self._people[next(iter(self._people))]
        while pace.asked and sent - pace.asked[0] >= WINDOW:
            pace.asked.popleft()
        if len(pace.asked) < QUESTIONS:
            pace.asked.append(sent)
            return Verdict.ANSWER, 0
        seconds = max(1, round((pace.asked[0] + WINDOW - sent).total_seconds()))
        if pace.explained is not None and sent - pace.explained < WINDOW:
            return Verdict.IGNORE, seconds
        pace.explained = sent
        return Verdict.EXPLAIN, seconds
