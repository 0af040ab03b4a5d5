"""Which part of a document a statement is about, and how the parts of a rule stand together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from knowledge.model import Effect
from knowledge.standing import Change, Deed, Notice, Standing

NO_DAY = date.min  # ended or begun, but no document says on which day


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A place in a document: an article or a clause of it, or all of it.

    Attributes:
        heading: where it stands, for a digest also of which law it tells.
        clauses: those that are quoted; empty for an article without clauses.
    """

    document: str
    article: str = ""
    clauses: tuple[str, ...] = ()
    breadcrumb: str = ""
    heading: str = ""


def covers(effect: Effect, article: str, clause: str) -> bool:
    """Tell whether an effect is of a clause, of its article, or of the whole document."""
    if not effect.article:
        return True
    return effect.article == article and effect.clause in ("", clause)


def last_word(effects: Iterable[Effect]) -> Effect | None:
    """Return the effect that counts: an admin's, else that of the smallest part."""
    return max(
        effects,
        key=lambda one: (one.corrected, bool(one.article), bool(one.clause)),
        default=None,
    )


def ends(change: Change, rule: Rule, clause: str) -> bool:
    """Tell whether a change ends a clause: itself, with its article, or with the document."""
    if change.deed is Deed.AMENDS:
        return False
    kept = {rule.article, f"{rule.article}.{clause}"} & set(change.excepted)
    if kept:
        return False
    if change.part:
        inside = re.search(rf"{re.escape(change.part.lower())}(?!\w)", rule.breadcrumb.lower())
        return change.part.lower().startswith(("chương", "mục")) and inside is not None
    if not change.article:
        return True
    return change.article == rule.article and change.clause in ("", clause)


def touches(change: Change, article: str, clause: str) -> bool:
    """Tell whether a change is about a part of a clause, or amends it."""
    if not change.article or change.article != article:
        return False
    return not change.clause or not clause or change.clause == clause


def where(change: Change) -> str:
    """Return the part that a change is about: "điểm a khoản 4 Điều 24"."""
    clause = f"khoản {change.clause}" if change.clause else ""
    article = f"Điều {change.article}" if change.article else ""
    return " ".join(part for part in (change.part, clause, article) if part)


def merged(by_clause: dict[str, Standing], article: str) -> Standing:
    """Return how several clauses stand together: ended only when all of them are."""
    standings = list(by_clause.values())
    first = standings[0]
    if all(one.ends for one in standings):
        return max(standings, key=lambda one: one.ends or NO_DAY)
    living = next(one for one in standings if not one.ends)
    kept = [notice for one in standings if not one.ends for notice in one.notices]
    gone = [
        notice
        for clause, one in by_clause.items()
        if one.ends
        for notice in _gone(one, clause, article)
    ]
    starts = first.starts if len({one.starts for one in standings}) == 1 else living.starts
    return replace(living, starts=starts, notices=tuple(dict.fromkeys([*gone, *kept])))


def _gone(standing: Standing, clause: str, article: str) -> Iterator[Notice]:
    yield Notice(
        deed=Deed.REPLACES if standing.replaced else Deed.REPEALS,
        by=standing.ended_by,
        by_kind=standing.ended_by_kind,
        where=f"khoản {clause} Điều {article}" if clause else f"Điều {article}",
        starts=standing.ends,
        locator=standing.locator,
        sentence=standing.sentence,
    )
