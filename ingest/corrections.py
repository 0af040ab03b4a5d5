"""What an admin says of a document's time in force, in `documents.csv`; it goes before the text.

Columns `effective`, `expires` (the first day no longer in force) and `replaced_by`; a row with the
column `article` ("5", or "5.2" for a clause) is about that part alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.sources import ARTICLE, Source, as_date, malformed
from knowledge.model import Effect, Passage

EFFECTIVE, EXPIRES, REPLACED_BY = COLUMNS = ("effective", "expires", "replaced_by")
_PART = re.compile(r"(?P<article>\d+[a-zđ]?)(?:\.(?P<clause>\d+[a-zđ]?))?")
_NUMBER = re.compile(r"\d{1,5}/\S+")


def corrected(
    effects: tuple[Effect, ...], source: Source, passages: Iterable[Passage]
) -> tuple[Effect, ...]:
    """Return the effects that a text tells with those of an admin behind them.

    Raises:
        UnreadableDocumentError: a cell is malformed, or names a part that is not there.
    """
    parts = {
        f"{passage.article}.{clause}".rstrip(".")
        for passage in passages
        for clause in ("", *passage.clauses)
    }
    said: list[Effect] = []
    for row in (source.overrides, *source.corrections):
        said += _effect(row)
        if row.get(ARTICLE, "") not in {"", *parts}:
            raise malformed(ARTICLE, row[ARTICLE], "không có trong tài liệu (not in the document)")
    return (*effects, *said)


def check(row: dict[str, str]) -> None:
    """Raise when a row's cells about the time in force are malformed.

    Raises:
        UnreadableDocumentError: one is.
    """
    _effect(row)


def _effect(row: dict[str, str]) -> list[Effect]:
    """Return the effect of a row; none for a row that says nothing of it."""
    named = row.get(ARTICLE, "")
    part = _PART.fullmatch(named) if named else None
    if named and part is None:
        raise malformed(ARTICLE, named, "5, 5.2")
    if not any(row.get(column) for column in COLUMNS):
        if named:
            raise malformed(ARTICLE, named, " | ".join(COLUMNS))
        return []
    replaced_by = row.get(REPLACED_BY, "")
    if replaced_by and not _NUMBER.fullmatch(replaced_by):
        raise malformed(REPLACED_BY, replaced_by, "45/2021/NĐ-CP")
    starts, ends = (
        as_date(column, row[column]) if row.get(column) else None for column in (EFFECTIVE, EXPIRES)
    )
    if starts and ends and ends < starts:
        raise malformed(EXPIRES, row[EXPIRES], f">= {row[EFFECTIVE]}")
    return [
        Effect(
            article=part["article"] if part else "",
            clause=(part["clause"] or "") if part else "",
            starts=starts,
            ends=ends,
            replaced_by=replaced_by,
            corrected=True,
        )
    ]
