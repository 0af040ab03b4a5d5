"""Text from outside as Telegram's HTML in which nothing can be pressed.

Markup is escaped. That is not all: Telegram makes links by itself of addresses, names and commands
that stand in a text, so that a document could put a link under the assistant's name, or "/reload"
under an admin's thumb. What it would do so with is set as code, which is shown letter for letter
and can be copied.
"""

from __future__ import annotations

import re
from html import escape

# "bao-cao.txt" is no address; "luat.md" is one to Telegram, for .md is a country's.
_NO_DOMAINS = "txt|docx?|xlsx?|pdf|html?|csv"
# "TP.HCM" is none, nor "GS.TS": in capitals only the domains that people know.
_DOMAINS = "(?-i:[a-z]{2,24})|com|net|org|info|biz|vn|io|me|co|ru|cn|xyz|top|app|dev|link|click"
_ENDS = r"\s<>\"«»"  # an address ends before these …
_LAST = r".,;:!?()'”"  # … and never with these
# Addresses with and without their scheme, e-mail addresses, @names, /commands.
_PRESSABLE = re.compile(
    rf"""(?:[a-z][a-z0-9+.-]{{1,11}}://|mailto:|tel:)[^{_ENDS}]*[^{_ENDS}{_LAST}]
      | (?<![\w@.-])(?:[\w.+-]+@)?(?:[\w-]+\.)+(?!(?:{_NO_DOMAINS})\b)(?:{_DOMAINS})(?!\w)
        (?:[:/?\#][^{_ENDS}]*[^{_ENDS}{_LAST}])?
      | (?<![\w/])@[a-z]\w{{2,31}}
      | (?<![\w/<>])/[a-z0-9_]{{1,64}}(?:@\w+)?(?![\w/<>])""",
    re.IGNORECASE | re.VERBOSE,
)


def inert(text: str) -> str:
    """Return a text as HTML: every letter as it is, and nothing in it to press."""
    parts: list[str] = []
    end = 0
    for match in _PRESSABLE.finditer(text):
        parts += [_escaped(text[end : match.start()]), f"<code>{_escaped(match[0])}</code>"]
        end = match.end()
    return "".join([*parts, _escaped(text[end:])])


def _escaped(text: str) -> str:
    return escape(text, quote=False)
