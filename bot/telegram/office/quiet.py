"""Hours in which somebody is not written to, as they are kept: "21-6", "21-6,we". Pure."""

from __future__ import annotations

from datetime import datetime

from bot.telegram.screens import VIETNAM

NEVER = ""
CHOICES = (NEVER, "21-6", "18-7", "21-6,we")  # their place is what a button carries
_WEEKEND = "we"
_SATURDAY = 5


def is_quiet(hours: str, now: datetime) -> bool:
    """Tell whether it is quiet now, by the clock of Vietnam."""
    if not hours:
        return False
    night, _, days = hours.partition(",")
    first, last = (int(hour) for hour in night.split("-"))
    here = now.astimezone(VIETNAM)
    if days == _WEEKEND and here.weekday() >= _SATURDAY:
        return True
    return here.hour >= first or here.hour < last
