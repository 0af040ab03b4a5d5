"""An inquiry: what a question asks of the register, and what is to be done with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from knowledge.figures.facets import Facets
from knowledge.model import FigureKind, Operation

BETWEEN = "/"


class Over(StrEnum):
    """What the items of a ranking, a list or a trend are, when they are not named."""

    NAMED = "named"
    PROVINCES = "provinces"
    DISTRICTS = "districts"
    YEARS = "years"
    REGIONS = "regions"
    SECTORS = "sectors"
    GRADES = "grades"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """What is asked of the register.

    Attributes:
        subjects: what the figures are of; several when they are set beside each other.
        places: names, in order; none when none is named.
        periods: ISO, in order; none when none is named.
        base: the period compared with ("so với năm 2021"), or `BETWEEN` when the two periods are
            the ends of a span; "" for none.
        kind: a result, an aim, or a change.
        ascending: the least is asked for.
        most: how many of a ranking; 0 for all.
        explicit: it asks for a number in so many words.
        several: it asks for numbers of different things, of which only one is read here.
        leans: it cannot be understood without the question before it.
        lenient: words taken over from an earlier question, which need not be met.
    """

    operation: Operation
    subjects: tuple[Facets, ...]
    places: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    base: str = ""
    kind: FigureKind = FigureKind.ACTUAL
    over: Over = Over.NAMED
    ascending: bool = False
    most: int = 0
    explicit: bool = True
    several: bool = False
    leans: bool = False
    lenient: frozenset[str] = field(default=frozenset())

    @property
    def scoped(self) -> bool:
        """Whether it says where or when, or goes over all places or years."""
        everywhere = self.over in (Over.PROVINCES, Over.DISTRICTS, Over.REGIONS, Over.YEARS)
        ordered = self.operation in (Operation.RANK, Operation.COMPARE, Operation.TREND)
        return bool(self.places or self.periods) or (everywhere and ordered)

    @property
    def wants_figure(self) -> bool:
        """Whether it says of what a figure is wanted, and not only speaks of it."""
        if self.several:
            return False
        first = self.subjects[0]
        if not (first.unit or first.measure or self.operation is Operation.LIST):
            return False
        named_only = bool(self.places) and bool(first.measure or not first.words)
        return self.explicit or named_only  # "DT bq HTX Cà Mau 2023" names all it wants
