"""Lengths as Telegram counts them: in UTF-16 code units, of which a message holds 4,096."""

from __future__ import annotations

UTF_16 = "utf-16-le"
_BYTES = 2  # of a unit


def units(text: str) -> int:
    """Return the length of a text; half an emoji counts as one."""
    return len(text.encode(UTF_16, "surrogatepass")) // _BYTES


def cut(text: str, most: int) -> str:
    """Return a text that has at most so many units, and a mark where it was cut."""
    if units(text) <= most:
        return text
    kept = text.encode(UTF_16, "ignore")[: _BYTES * (most - 1)].decode(UTF_16, "ignore")
    return f"{kept.rstrip()}…"
