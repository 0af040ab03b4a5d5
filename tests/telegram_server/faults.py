"""What goes wrong on request: refusals, and accidents of the line."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from tests.telegram_server.model import Call, Refusal

OF_THE_LINE = {"drop_before", "drop_after", "slow", "slow_before"}
Which = str | Callable[[Call], bool]  # a method, "*" for all but getUpdates, or what picks calls


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong: a status, or something of OF_THE_LINE."""

    kind: str
    retry_after: int = 1
    delay: float = 1.0  # seconds

    def __post_init__(self) -> None:
        if self.kind not in OF_THE_LINE and not re.fullmatch("[45][0-9]{2}", self.kind):
            raise ValueError(f"no fault is called {self.kind!r}")

    def refusal(self) -> Refusal:
        if self.kind == "429":
            words = f"Too Many Requests: retry after {self.retry_after}"
            return Refusal(429, words, retry_after=self.retry_after)
        if self.kind == "403":
            return Refusal(403, "Forbidden: bot was blocked by the user")
        return Refusal(int(self.kind), HTTPStatus(int(self.kind)).phrase)


Injector = Callable[[Call], Fault | None]


def counted(fault: Fault, which: Which, times: int | None, chat_id: int | None) -> Injector:
    """Return what makes the next calls go wrong, in one chat or in all, `times` or for ever."""
    left = times

    def injector(call: Call) -> Fault | None:
        nonlocal left
        elsewhere = chat_id is not None and chat_id != call.chat_id
        if left == 0 or elsewhere or not _concerns(which, call):
            return None
        left = None if left is None else left - 1
        return fault

    return injector


def at_random(faults: Sequence[Fault], rate: float, seed: int, methods: Sequence[str]) -> Injector:
    """Return what makes a share of the calls go wrong.

    The seed decides about the nth call of a method in a chat, so that the interleaving of chats
    changes nothing.
    """
    seen: Counter[tuple[str, int | None]] = Counter()

    def injector(call: Call) -> Fault | None:
        if not any(_concerns(method, call) for method in methods):
            return None
        place = (call.method, call.chat_id)
        seen[place] += 1
        dice = random.Random(f"{seed} {place} {seen[place]}")  # noqa: S311
        return dice.choice(faults) if dice.random() < rate else None

    return injector


def _concerns(which: Which, call: Call) -> bool:
    if callable(which):
        return which(call)
    return call.method != "getUpdates" if which == "*" else call.method == which
