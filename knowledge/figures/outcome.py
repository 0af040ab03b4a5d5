"""What the register gives for an inquiry, and what stands nearest when it gives nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace

from knowledge.figures import reckoning
from knowledge.figures.breakdown import by_years
from knowledge.figures.matching import Wish, best
from knowledge.figures.register import Register
from knowledge.model import Figure, FigureKind, Operation, Reason
from knowledge.vietnamese.periods import years
from knowledge.vietnamese.places import joined_in

_NEAREST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the register gives for an inquiry.

    Attributes:
        figures: in the order of the answer, the first is what it rests on.
        missing: places or periods of which nothing is known, as they are written.
        instead: figures that stand nearest to what was asked and not found.
        reason: why nothing was found.
    """

    figures: tuple[Figure, ...] = ()
    missing: tuple[str, ...] = ()
    instead: tuple[Figure, ...] = ()
    reason: Reason = Reason.NONE
    operation: Operation | None = None


def not_found(register: Register, wish: Wish, missing: tuple[str, ...]) -> Outcome:
    """Return why a figure is not there, and what stands nearest to it."""
    if wish.place and wish.place not in register.by_place:
        parts = _of_old_provinces(register, wish) or _elsewhere(register, wish)
        return Outcome(reason=Reason.NO_SUCH_PLACE, missing=(wish.place,), instead=parts)
    aimed = replace(wish, kind=FigureKind.TARGET)
    if wish.kind is FigureKind.ACTUAL and (target := best(register, aimed)):
        return Outcome(reason=Reason.ONLY_TARGET, missing=_where(wish), instead=target[:1])
    other_times = by_years(register, replace(wish, period=""))
    if other_times:
        asked = max(years(wish.period), default=0)
        near = sorted(other_times, key=lambda one: abs(max(years(one.period)) - asked))[:_NEAREST]
        return Outcome(
            reason=Reason.NO_SUCH_PERIOD,
            missing=_where(wish),
            instead=tuple(reckoning.by_time(near)),
        )
    wider = replace(wish.subject, classes=frozenset(), words=frozenset(), states=())
    whole = best(register, replace(wish, subject=wider)) if wider.unit else ()
    return Outcome(reason=Reason.NO_SUCH_FIGURE, missing=missing or _where(wish), instead=whole[:1])


def _where(wish: Wish) -> tuple[str, ...]:
    return tuple(part for part in (wish.place, wish.period) if part)


def _elsewhere(register: Register, wish: Wish) -> tuple[Figure, ...]:
    """Return figures of the same thing at other places, the latest first."""
    found = [
        figure
        for place in register.by_place
        for figure in best(register, replace(wish, place=place))[:1]
    ]
    return tuple(reversed(reckoning.by_time(found)))[:_NEAREST]


def _of_old_provinces(register: Register, wish: Wish) -> tuple[Figure, ...]:
    """Return the figures of the provinces that became the one that is asked for in July 2025."""
    return tuple(
        figure
        for name in joined_in(wish.place)
        for figure in best(register, replace(wish, place=name))[:1]
    )
