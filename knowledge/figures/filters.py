"""Choosing figures from the register. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.model import Figure
from knowledge.vietnamese.lexicon import words_of
from knowledge.vietnamese.periods import years
from knowledge.vietnamese.text import bare_key, search_key, tokens, without_marks

_KIND_OF_PLACE = re.compile(r"^(?:tinh|thanh pho|tp\.?|huyen|quan|thi xa|tx\.?)\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What figures are looked for; "" and 0 mean "any".

    Attributes:
        place: a name, with tone marks or without, with its kind ("tỉnh") or without; a province's
            name finds its districts too.
        year: one that the period touches.
        indicator: words that indicator, subject or unit must have, in any order; a word with
            marks finds itself, one without marks finds all that are typed so; abbreviations find
            what they stand for.
    """

    place: str = ""
    year: int = 0
    indicator: str = ""


def chosen(figures: Iterable[Figure], wanted: Wanted) -> list[Figure]:
    """Return the figures that are wanted, in their order."""
    place = _place_key(wanted.place)
    words = set(words_of(wanted.indicator))
    return [
        one
        for one in figures
        if (not place or place in _names(one.place))
        and (not wanted.year or wanted.year in years(one.period))
        and words <= _found_by(f"{one.indicator} {one.subject} {one.unit}")
    ]


def _names(place: str) -> set[str]:
    """Return what finds a place: "Nho Quan (Ninh Bình)", "Nho Quan" and "Ninh Bình"."""
    district, _, province = place.rstrip(")").rpartition(" (")
    return {_place_key(name) for name in (place, district, province) if name}


def _place_key(name: str) -> str:
    key = " ".join(bare_key(name).split())
    return _KIND_OF_PLACE.sub("", key)


def _found_by(text: str) -> set[str]:
    """Return the words that find a text: its own, and each without its marks."""
    words = {*tokens(search_key(text)), *words_of(text)}
    return words | {without_marks(word) for word in words}
