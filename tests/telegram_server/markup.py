"""Telegram's HTML, read as strictly as Telegram does; offsets count UTF-16 code units."""

from __future__ import annotations

import html as markup_language
import re
from collections.abc import Sequence

from tests.telegram_server.model import JSON, Refusal, bad

TEXT_UNITS, CAPTION_UNITS = 4096, 1024  # counted after the markup is resolved

_TOKEN = re.compile(
    r"""<(?P<slash>/?)(?P<tag>[^\s<>/"'=]+)
        (?P<attributes>(?:\s+[\w-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))?)*)\s*>
      | &(?P<entity>\#\d+|\#x[0-9a-f]+|[a-z]\w*);
      | (?P<text>[^<&]+|&)
      | (?P<bare><)""",
    re.IGNORECASE | re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""([\w-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'<>]+))?""")
_TAGS_BY_KIND = {  # spoilers and custom emoji, which the project does not write, are refused here
    "bold": "b strong",
    "italic": "i em",
    "underline": "u ins",
    "strikethrough": "s strike del",
    "code": "code",
    "pre": "pre",
    "text_link": "a",
    "blockquote": "blockquote",
}
_KINDS = {tag: kind for kind, tags in _TAGS_BY_KIND.items() for tag in tags.split()}
# As Telegram's own clients find them: an address ends before quotation marks and brackets of
# markup, and never with punctuation; no command stands beside a stroke or such a bracket.
_ADDRESS = r"""[^\s<>"«»]*[^\s<>"«».,;:!?()'”]"""
_DOMAINS = "com|net|org|info|biz|vn|io|me|md|ru|cn"  # some of which it knows
_FOUND = re.compile(
    rf"(?P<email>[\w.+-]+@(?:[\w-]+\.)+[a-z]{{2,8}}\b)"
    rf"|(?P<url>(?:https?|tg)://{_ADDRESS}|(?<![\w@.])(?:[\w-]+\.)+(?:{_DOMAINS})\b(?:/{_ADDRESS})?)"
    r"|(?<![\w/<>])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?)(?![\w/<>])"
    r"|(?<!\w)(?P<mention>@[A-Za-z]\w{3,31})",
    re.IGNORECASE,
)


def units(text: str) -> int:
    """Return a text's length as Telegram counts it: in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def found_entities(text: str) -> list[JSON]:
    """Return the commands, mentions and addresses that a person's text holds."""
    return [
        {
            "type": match.lastgroup,
            "offset": units(text[: match.start()]),
            "length": units(match.group()),
        }
        for match in _FOUND.finditer(text)
    ]


def parse_html(html: str) -> tuple[str, list[JSON]]:
    """Return the plain text and the entities of Telegram's HTML; refuses all other markup."""
    text, entities, open_tags = "", [], list[tuple[str, JSON]]()
    for token in _TOKEN.finditer(html):
        offset = len(html[: token.start()].encode())
        tag = (token["tag"] or "").lower()
        if token["bare"]:
            raise _unreadable(f"Unclosed or empty start tag at byte offset {offset}")
        if not tag:
            text += token["text"] or _letter(token["entity"], offset)
        elif token["slash"]:
            _check_end(tag, open_tags, offset)
            _, entity = open_tags.pop()
            entities.append({**entity, "length": units(text) - entity["offset"]})
        else:
            entity = _opened(tag, _attributes(token["attributes"]), open_tags, offset)
            open_tags.append((tag, {**entity, "offset": units(text)}))
    if open_tags:
        raise _unreadable(f'Can\'t find end tag corresponding to start tag "{open_tags[-1][0]}"')
    kept = [one for one in entities if one["length"] and one.get("url") != ""]
    return text, sorted(kept, key=lambda one: (one["offset"], -one["length"]))


def _unreadable(words: str) -> Refusal:
    return bad(f"can't parse entities: {words}")


def _letter(entity: str, offset: int) -> str:
    if not (entity.startswith("#") or entity in {"lt", "gt", "amp", "quot"}):
        raise _unreadable(f'Unsupported entity "&{entity};" at byte offset {offset}')
    return markup_language.unescape(f"&{entity};")


def _attributes(raw: str) -> dict[str, str]:
    return {
        name.lower(): markup_language.unescape(value.strip("\"'"))
        for name, value in _ATTRIBUTE.findall(raw)
    }


def _check_end(tag: str, open_tags: Sequence[tuple[str, JSON]], offset: int) -> None:
    if not open_tags:
        raise _unreadable(f"Unexpected end tag at byte offset {offset}")
    if (expected := open_tags[-1][0]) != tag:
        words = f'Unmatched end tag at byte offset {offset}, expected "</{expected}>"'
        raise _unreadable(f'{words}, found "</{tag}>"')


def _opened(
    tag: str, attributes: dict[str, str], around: Sequence[tuple[str, JSON]], offset: int
) -> JSON:
    if tag not in _KINDS:
        raise _unreadable(f'Unsupported start tag "{tag}" at byte offset {offset}')
    if tag == "blockquote" and any(name == "blockquote" for name, _ in around):
        raise _unreadable(f"Nested blockquote at byte offset {offset}")
    if tag == "blockquote" and "expandable" in attributes:
        return {"type": "expandable_blockquote"}
    link = {"url": attributes.get("href", "")} if tag == "a" else {}
    return {"type": _KINDS[tag], **link}
