"""How the assistant is used: people, questions, how they ended, how long they took. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import TypeVar

from knowledge.catalogue import Asked, Turn, Verdict
from knowledge.model import Ask, Status

_TOPICS = 6
_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """What was counted over some days.

    Attributes:
        questions: asked, `people` by so many.
        ended: {status: questions}; those that are still being answered are in none.
        p50_s: half of the answers came within so many seconds; None without any.
        helpful: thumbs up; `unhelpful`: thumbs down.
        sorts: {sort: questions} of what was asked for, the most frequent first; one question may
            be of several sorts.
        indicators: {indicator: questions} of the figures that were answered with.
        places: {place: questions} that were named, the most frequent first.
        documents: {title: questions} that answers rested on, the most frequent first.
    """

    days: int
    people: int
    questions: int
    ended: dict[Status, int]
    p50_s: float | None
    p95_s: float | None
    helpful: int
    unhelpful: int
    sorts: dict[Ask, int]
    indicators: dict[str, int]
    places: dict[str, int]
    documents: dict[str, int]

    def share(self, status: Status) -> float:
        """Return the share of the questions that ended so, from 0 to 1."""
        ended = sum(self.ended.values())
        return self.ended.get(status, 0) / ended if ended else 0.0


def used(
    asked: Sequence[Asked],
    verdicts: Sequence[Verdict],
    days: int,
    now: datetime,
    is_open: Callable[[Turn], bool] = lambda _turn: True,
) -> Used:
    """Return what is counted of the last days; older questions and verdicts are passed over.

    Args:
        asked: the questions.
        verdicts: what people said of answers.
        days: how many.
        now: their end.
        is_open: tells of which questions the reader may learn what they were about; the others
            are counted, and nothing of them is named.
    """
    since = now - timedelta(days=days)
    recent = [one for one in asked if one.turn.asked_at >= since]
    said = [one.helpful for one in verdicts if one.given_at >= since]
    latencies = sorted(one.latency_ms for one in recent if one.latency_ms is not None)
    open_ = (one.turn for one in recent if is_open(one.turn))
    answers = [turn.answer for turn in open_ if turn.answer is not None]
    return Used(
        days=days,
        people=len({one.turn.person for one in recent}),
        questions=len(recent),
        ended={status: n for status in Status if (n := _ended(recent, status))},
        p50_s=_percentile(latencies, 50),
        p95_s=_percentile(latencies, 95),
        helpful=sum(said),
        unhelpful=len(said) - sum(said),
        sorts=_most(sort for one in answers for sort in one.question.asks),
        indicators=_most(one.figures[0].indicator for one in answers if one.figures),
        places=_most(place for one in answers for place in one.question.places),
        documents=_most(
            one.citations[0].title or one.citations[0].source for one in answers if one.citations
        ),
    )


def by_day(
    asked: Iterable[Asked], days: int, now: datetime, zone: tzinfo
) -> dict[date, Counter[str]]:
    """Return {day: {status: questions}} of the last days, those without a question too."""
    today = now.astimezone(zone).date()
    found = {today - timedelta(days=back): Counter[str]() for back in reversed(range(days))}
    for one in asked:
        day = one.turn.asked_at.astimezone(zone).date()
        if day in found and one.status:
            found[day][one.status] += 1
    return found


def _ended(asked: Iterable[Asked], status: Status) -> int:
    return sum(one.status == status.value for one in asked)


def _most(found: Iterable[_Key]) -> dict[_Key, int]:
    return dict(Counter(found).most_common(_TOPICS))


def _percentile(milliseconds: Sequence[int], percent: int) -> float | None:
    """Return the value, in seconds, that so many percent of sorted ones do not exceed."""
    if not milliseconds:
        return None
    place = -(-len(milliseconds) * percent // 100) - 1
    return milliseconds[place] / 1000
