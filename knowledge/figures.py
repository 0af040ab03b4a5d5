"""Choosing figures from the register. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.model import Figure
from knowledge.vietnamese.periods import years
from knowledge.vietnamese.text import search_key, tokens, without_marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What figures are looked for; "" and 0 mean "any".

    Attributes:
        place: a name, with tone marks or without; a province's name finds its districts too.
        year: one that the period touches.
        indicator: words that indicator or subject must have, in any order, with marks or without.
    """

    place: str = ""
    year: int = 0
    indicator: str = ""


def chosen(figures: Iterable[Figure], wanted: Wanted) -> list[Figure]:
    """Return the figures that are wanted, in their order."""
    place = _key(wanted.place)
    words = set(tokens(_key(wanted.indicator)))
    return [
        one
        for one in figures
        if (not place or place in {_key(one.place), _key(_province(one.place))})
        and (not wanted.year or wanted.year in years(one.period))
        and words <= set(tokens(_key(f"{one.indicator} {one.subject} {one.unit}")))
    ]


def _province(place: str) -> str:
    """Return the province of a district, "Ninh Bình" of "Nho Quan (Ninh Bình)"."""
    return place.rpartition("(")[2].rstrip(")")


def _key(text: str) -> str:
    return without_marks(search_key(text)).strip()
