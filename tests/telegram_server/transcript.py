"""A chat as Markdown, the same on every run: messages as displayed now, and presses."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from tests.telegram_server.model import Chat, Message, Query

_SHOWN_TAGS = re.compile(r"</?(?!(?:b|i|u|s|code|a)\b)[a-z][^>]*>", re.IGNORECASE)


def transcript(chat: Chat, bot: str) -> str:
    """Return what stands in a chat; `bot` is the name of the bot."""
    shown = [
        _press(event) if isinstance(event, Query) else message_shown(chat.messages[event], bot)
        for event in chat.events
    ]
    return "\n\n".join(filter(None, shown)) + "\n"


def _press(query: Query) -> str:
    toast = f" → *{_markdown(query.toast)}*" if query.toast else ""
    return f"*{query.person.name} bấm [{query.label}]*{toast}"


def message_shown(message: Message, bot: str) -> str:
    """Return one message as it is displayed now."""
    if message.deleted:
        return ""
    lines = _markdown(message.html).split("\n") if message.text else []
    if message.document:
        sign = "🖼" if message.document.kind == "photo" else "📎"
        lines.insert(0, f"{sign} {message.document.name}")
    lines += [f"({kind})" for kind in message.extra if kind != "forward_origin"]
    keys = [" ".join(f"`[ {label} ]`" for label in row) for row in message.buttons]
    lines += ["", *keys] if keys else []
    name = message.sender.name if message.sender else bot
    return f"**{name}:**\n\n" + "\n".join(f"> {line}".rstrip() for line in _broken(lines))


def _markdown(html: str) -> str:
    """Return Telegram's HTML as inline Markdown: tags that a page knows stay, others go."""
    escaped = re.sub(r"([\\`*_\[\]])(?![^<]*>)", r"\\\1", html)
    return _SHOWN_TAGS.sub("", escaped).strip()


def _broken(lines: Sequence[str]) -> Iterator[str]:
    """Yield lines with a hard break wherever the next one would run into them."""
    for line, following in itertools.pairwise([*lines, ""]):
        yield f"{line}\\" if line and following else line
