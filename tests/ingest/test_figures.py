"""Figures of running text: value, unit, place, period and kind, and what they are called."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ingest.clean import without_boilerplate
from ingest.figures import figures_of
from ingest.metadata import describe
from ingest.readers import read
from ingest.sources import Override, overridden
from ingest.structure.lines import lay_out
from knowledge.model import Comparator, Figure, Kind

PLACE = "Bến Tre"
"""Of the texts here, where a test names no other."""
YEAR = "2023"
"""Which they are about, in a report published in May 2024."""


def figures(text: str, **given: str) -> tuple[Figure, ...]:
    """Return the figures of a report; `given` is what documents.csv says of it."""
    blocks, _ = without_boilerplate(read(text.encode(), "bao-cao.txt").blocks)
    _, lines = lay_out(blocks)
    metadata = overridden(describe(lines), Override(given))
    return figures_of("d1", "bao-cao.txt", lines, metadata, given="period" in given)
