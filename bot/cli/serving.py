"""`htx bot`."""

from __future__ import annotations

from bot.cli.shared import start


def bot() -> None:
    """Trả lời trên Telegram, cho đến khi nhận SIGTERM hoặc Ctrl+C."""
    from bot.telegram.app import run

    run(start())
