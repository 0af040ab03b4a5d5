"""What is wrong in the documents, as frozen values; the words for people are in `bot.texts`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from knowledge.model import Document, Figure


class ProblemKind(StrEnum):
    """What sort of inconsistency it is; the contract of `htx check`."""

    PARTS = "parts"
    PERCENTAGE = "percentage"
    SOURCES = "sources"
    UNDATED = "undated"
    UNPLACED = "unplaced"


class Case(StrEnum):
    """What exactly does not fit; each case has its own sentence."""

    SUM = "sum"  # the parts of a total give another sum
    PART = "part"  # a part is more than its total
    TABLE = "table"  # the rows of a table give another sum than its total row
    RISE = "rise"  # "from A to B" is another difference than the one stated
    SHARE = "share"  # a share of a stated base
    STATES = "states"  # more are at work than are not idle
    GROWTH = "growth"  # a growth of two stated values
    SOURCES = "sources"
    DOCUMENT_UNDATED = "document_undated"
    DOCUMENT_UNPLACED = "document_unplaced"
    FIGURE_UNDATED = "figure_undated"
    FIGURE_UNPLACED = "figure_unplaced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One inconsistency.

    Attributes:
        document: id of the document that it stands in, or of the first of two.
        source: name of its file.
        quote: the sentence or row, as printed; "" when the whole document is meant.
        stated: what is printed and does not fit; None when something is missing.
        against: the figures that it does not fit: the parts, the count and its base, the other
            document's figure.
        expected: what it should be after them, in the unit of `stated`; None when unknown.
    """

    kind: ProblemKind
    case: Case
    document: str
    source: str
    place: str
    period: str
    quote: str = ""
    stated: Figure | None = None
    against: tuple[Figure, ...] = ()
    expected: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A document that is checked, with its whole text and its figures in order of place."""

    document: Document
    text: str
    figures: tuple[Figure, ...]


def problem(
    case: Case,
    stated: Figure,
    against: tuple[Figure, ...] = (),
    *,
    expected: Decimal | None = None,
    kind: ProblemKind = ProblemKind.PARTS,
) -> Problem:
    """Return a problem that stands where a figure is stated."""
    return Problem(
        kind=kind,
        case=case,
        document=stated.document,
        source=stated.source,
        place=stated.place,
        period=stated.period,
        quote=stated.quote or "",
        stated=stated,
        against=against,
        expected=expected,
    )
