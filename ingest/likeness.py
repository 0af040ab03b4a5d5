"""Whether a document that comes in is a new version of one that is held. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.model import Document, Metadata
from knowledge.vietnamese.text import search_key


def held_version(name: str, metadata: Metadata, held: Iterable[Document]) -> Document | None:
    """Return the held document of which a file looks like another version, the likeliest first.

    It has the same number, or the same file name, or the same title of the same place and kind; a
    report of another period is another report.
    """
    documents = list(held)
    by_number = (one for one in documents if _same_number(one.metadata, metadata))
    by_name = (one for one in documents if one.source == name)
    by_title = (one for one in documents if _same_title(one.metadata, metadata))
    return next((one for found in (by_number, by_name, by_title) for one in found), None)


def _same_number(one: Metadata, other: Metadata) -> bool:
    return bool(one.number) and one.number.lower() == other.number.lower()


def _same_title(one: Metadata, other: Metadata) -> bool:
    if not one.title or search_key(one.title) != search_key(other.title):
        return False
    if (one.kind, one.place) != (other.kind, other.place) or one.number != other.number:
        return False
    return one.period == other.period or "" in (one.period, other.period)
