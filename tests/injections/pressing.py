"""What a person could press in a text that Telegram displays."""

from __future__ import annotations

from collections.abc import Sequence

from tests.telegram_server import JSON, found_entities, parse_html


def pressable(html: str) -> list[str]:
    """Return what could be pressed in a message of this HTML."""
    return pressable_in(*parse_html(html))


def pressable_in(text: str, entities: Sequence[JSON]) -> list[str]:
    """Return the links of a text, and what Telegram would make one of by itself outside of code."""
    code = [one for one in entities if one["type"] == "code"]

    def is_set_as_code(found: JSON) -> bool:
        start, end = found["offset"], found["offset"] + found["length"]
        return any(one["offset"] <= start and end <= one["offset"] + one["length"] for one in code)

    links = [str(one["url"]) for one in entities if one["type"] == "text_link"]
    found = [one for one in found_entities(text) if not is_set_as_code(one)]
    spans = [(one["offset"], one["offset"] + one["length"]) for one in found]
    encoded = text.encode("utf-16-le")
    return links + [encoded[2 * start : 2 * end].decode("utf-16-le") for start, end in spans]
