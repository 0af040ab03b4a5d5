"""Which rule is in force on a day: what documents do to each other, and what follows for a rule.

A statement about another document ("thay thế Nghị định số …") is data of the document that makes
it, for the two may be added in any order, or the other one never. What it means for a rule is
worked out when a library is loaded (`knowledge.in_force`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Deed(StrEnum):
    """What one document does to another, or to a part of it."""

    REPLACES = "replaces"
    REPEALS = "repeals"
    AMENDS = "amends"


class State(StrEnum):
    """How a rule stands on a day."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a document says is done to a document, or to a part of it.

    Attributes:
        by: number of the document that does it: the one that says so, or another one that a note
            in a consolidated text names.
        number: number of the document that it is done to ("193/2013/NĐ-CP").
        article: of the part that is meant; "" for the whole document.
        clause: likewise; "" for the whole article.
        part: what is meant where that is no whole article or clause, as printed ("điểm a",
            "Chương II", "một số điều").
        starts: the day that the sentence names; None for the day on which `by` takes effect.
        excepted: articles and clauses of the document that stay as they are: "5", "7.2".
        exception: the exception as printed, "trừ quy định tại khoản 5 Điều 115 của Luật này".
        locator: where the sentence stands ("Điều 114 khoản 3").
        sentence: the sentence that says so, as printed.
    """

    deed: Deed
    by: str
    number: str
    article: str = ""
    clause: str = ""
    part: str = ""
    starts: date | None = None
    excepted: tuple[str, ...] = ()
    exception: str = ""
    locator: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What was done to a part of a rule, or to all of it without ending it.

    Attributes:
        by_kind: "Luật", "Nghị định" …, where the library holds `by`.
        where: the part ("điểm a khoản 4 Điều 24"); "" for the rule as it is cited.
        starts: from which day; None when that is not known.
    """

    deed: Deed
    by: str
    by_kind: str = ""
    where: str = ""
    starts: date | None = None
    locator: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known of the time in which a rule is in force; by default nothing against it.

    Attributes:
        starts: first day in force; None when it is not known.
        ends: first day no longer in force; None while no end is known.
        ended_by: number of the document that ends it; "" when it ends by itself.
        ended_by_kind: "Luật", "Nghị định" …, where the library holds `ended_by`.
        replaced: that document takes its place.
        successor: number of the document that has taken the place of `ended_by` since; "" for none.
        exception: what stays of it, as printed.
        locator: where `sentence` stands in the document that says so.
        sentence: the sentence that ends it, else the one that says from when it is in force.
        draft: it is a draft and was never in force.
        notices: parts of it that were amended or ended.
    """

    starts: date | None = None
    ends: date | None = None
    ended_by: str = ""
    ended_by_kind: str = ""
    replaced: bool = False
    successor: str = ""
    exception: str = ""
    locator: str = ""
    sentence: str = ""
    draft: bool = False
    notices: tuple[Notice, ...] = ()

    def on(self, day: date) -> State:
        """Return the state on a day."""
        if self.draft:
            return State.DRAFT
        if self.ends is not None and self.ends <= day:
            return State.EXPIRED
        if self.starts is not None and day < self.starts:
            return State.NOT_YET
        return State.IN_FORCE
