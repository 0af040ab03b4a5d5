"""The figures of one document, ready for the register."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.figures.context import Setting
from ingest.figures.naming import indicator_of
from ingest.figures.prose import Stated, stated_in
from ingest.figures.tables import stated_in_tables
from ingest.structure.lines import Line
from knowledge.model import Figure, Kind, Metadata
from knowledge.understanding.orders import order_in

_LONGEST_NAME = 20  # words; the longest of 500 names in reports has 12
_NO_NAME = re.compile(r"://|@|[=<>{}|\\]|\w\.[a-z]{2,}/")
_TOLD_BY = frozenset((Kind.REPORT, Kind.TABLE))  # laws and digests state rules, not results


def figures_of(
    document: str, source: str, lines: Sequence[Line], metadata: Metadata, *, given: bool
) -> tuple[Figure, ...]:
    """Return the figures of a document in order of their place.

    Args:
        document: its id.
        source: its file's name.
        lines: of its text.
        metadata: of the whole document.
        given: its period was given by a person and means what it says.
    """
    if metadata.kind not in _TOLD_BY:
        return ()
    setting = Setting.of(metadata, given=given)
    stated = [*stated_in(lines, setting), *stated_in_tables(lines, setting)]
    ordered = sorted(stated, key=lambda one: one.offset)
    return tuple(_figure(document, source, one) for one in ordered if _is_named(one))


def _is_named(stated: Stated) -> bool:
    """Tell whether the cells that name a figure hold a name, which is told in our own words.

    A sentence, an order or an address there stays what it is, text to be found and quoted.
    """
    label = stated.label
    if len(label.split()) > _LONGEST_NAME or _NO_NAME.search(label):
        return False
    return not order_in(label)


def _figure(document: str, source: str, stated: Stated) -> Figure:
    indicator, subject = indicator_of(stated)
    return Figure(
        indicator=indicator,
        subject=subject,
        value=stated.value,
        value_max=stated.quantity.value_max,
        unit=stated.unit,
        place=stated.place,
        period=stated.period,
        kind=stated.kind,
        comparator=stated.quantity.comparator,
        document=document,
        source=source,
        quote=stated.sentence.text,
    )
