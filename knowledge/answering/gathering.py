"""Questions that were not answered well are put together by what they mean."""

from __future__ import annotations

import threading

from knowledge.answering.likeness import Likeness, Read
from knowledge.catalogue import Gaps, GapState, Turn
from knowledge.vietnamese.text import has_marks

_gathering = threading.Lock()  # two admins who look at once would make each group twice


def gather(gaps: Gaps, likeness: Likeness) -> None:
    """Put every turn that is in no gap yet into one that asks the same, or into a new one.

    What was answered before and is asked again in vain is a gap of its own.
    """
    with _gathering:
        fresh = gaps.ungrouped()
        if not fresh:
            return
        known = [
            (one.id, likeness.read(one.question))
            for one in gaps.all(GapState.OPEN, GapState.CLOSED)
        ]
        for turn in fresh:
            text = whole(turn)
            asked = likeness.read(text)
            if not asked.key:  # a sign, a smile
                continue
            place = _place(known, asked, likeness)
            if place is None:
                known.append((gaps.add(turn.id, text, None), asked))
                continue
            gap, stands = known[place]
            gaps.add(turn.id, text, gap)
            if has_marks(text) and not has_marks(stands.question.text):
                gaps.rephrase(gap, text)
                known[place] = (gap, asked)


def whole(turn: Turn) -> str:
    """Return what a turn asks, put in whole where it leans on the one before."""
    question = turn.answer.question if turn.answer is not None else None
    return question.understood if question is not None and question.carried else turn.text


def _place(known: list[tuple[int, Read]], asked: Read, likeness: Likeness) -> int | None:
    return next((place for place, (_, one) in enumerate(known) if likeness.alike(one, asked)), None)
