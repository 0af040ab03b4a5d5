"""A question that leans on the one before it: what it leaves out is taken from that one."""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge.figures.facets import Facets, counts
from knowledge.figures.inquiry import Inquiry, Over
from knowledge.model import FigureKind, Operation

_SET_BESIDE = (Operation.COMPARE, Operation.DIFFERENCE, Operation.RANK)
_LAST_YEAR = re.compile(r"\b(?:cung ky(?: nam (?:truoc|ngoai))?|nam (?:truoc|ngoai))\b")
_YEAR = re.compile(r"(\d{4})(?=-|/|$)")


def completed(now: Inquiry, earlier: Inquiry | None, bare: str) -> Inquiry:
    """Return an inquiry with what it leaves out taken from the one before it.

    Args:
        now: as the question alone says it.
        earlier: of the question before; None when there is none or it asked for no figure.
        bare: the words of the question without tone marks.
    """
    if earlier is None or not _leans(now):
        return now
    subjects = tuple(_subject(one, earlier) for one in now.subjects)
    if not any(one.unit or one.measure or one.states or one.classes for one in now.subjects):
        subjects = earlier.subjects
    places = now.places or earlier.places
    if now.places and now.operation in _SET_BESIDE and len(now.places) == 1:
        places = tuple(dict.fromkeys((*earlier.places, *now.places)))
    periods = now.periods or earlier.periods
    if _LAST_YEAR.search(bare):
        periods = tuple(_YEAR.sub(lambda one: str(int(one[1]) - 1), one) for one in earlier.periods)
    if now.operation is Operation.TREND and now.periods and not now.base:
        periods = tuple(dict.fromkeys((*earlier.periods, *now.periods)))
    goes_on = now.operation is Operation.LOOK_UP and not now.places and now.over is Over.NAMED
    return replace(
        now,
        subjects=subjects,
        places=places,
        periods=periods,
        base="" if _LAST_YEAR.search(bare) else now.base,
        kind=now.kind if now.kind is FigureKind.TARGET else earlier.kind,
        operation=earlier.operation if goes_on and len(earlier.subjects) > 1 else now.operation,
        explicit=True,
        lenient=frozenset(word for one in earlier.subjects for word in one.words),
    )


def _leans(now: Inquiry) -> bool:
    """Tell whether an inquiry leaves out where, or of what."""
    told = any(one.unit or one.measure for one in now.subjects)
    if now.places and told:
        return False
    ordered = now.operation in (Operation.RANK, Operation.LIST, Operation.TREND)
    among = now.over not in (Over.PROVINCES, Over.REGIONS)
    placeless = not now.places and (bool(now.periods) or (ordered and among))
    return now.leans or not told or placeless


def _subject(now: Facets, earlier: Inquiry) -> Facets:
    """Return a subject with what it does not say: "còn tổ hợp tác?", "vận tải thì sao?"."""
    before = earlier.subjects[0]
    if now.unit or now.measure:
        organisations = now.organisations or (
            frozenset() if counts(now.unit) and now.unit in _ORGANISATIONS else before.organisations
        )
        return replace(
            now,
            organisations=organisations,
            states=now.states or before.states,
            mean=now.mean or (before.mean if now.measure else ""),
        )
    families = {family for family, _ in now.classes}
    kept = frozenset(one for one in before.classes if one[0] not in families)
    return replace(
        before,
        states=now.states or before.states,
        classes=kept | now.classes,
        words=now.words | before.words,
    )


_ORGANISATIONS = frozenset(("HTX", "THT", "liên hiệp", "quỹ"))
