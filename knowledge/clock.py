"""The clock that questions are answered by, where no other one is given."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

_VIETNAM = timedelta(hours=7)  # one zone, no summer time


def today_in_vietnam() -> date:
    """Return the day that it is in Vietnam."""
    return (datetime.now(UTC) + _VIETNAM).date()
