"""What every command shares: settings read once, JSON on stdout, a progress bar on stderr."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from bot import texts
from bot.settings import Settings, load_settings

if TYPE_CHECKING:
    from ingest.pipeline import Progress

Json = Annotated[bool, typer.Option("--json", help="In một giá trị JSON duy nhất.")]


def start() -> Settings:
    """Return the settings, logging set up."""
    from bot.logs import configure_logging

    settings = load_settings()
    configure_logging(settings.log_level, settings.secrets)
    return settings


def print_json(value: object) -> None:
    """Print exactly one JSON value on stdout."""
    typer.echo(json.dumps(value, ensure_ascii=False))


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Yield a progress bar on stderr; none where stderr is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    from ingest.pipeline import Progress

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        read = bar.add_task(texts.READING, total=None)
        embed = bar.add_task(texts.EMBEDDING, total=None, visible=False)
        yield Progress(
            read=lambda _name, done, total: bar.update(read, completed=done + 1, total=total),
            embed=lambda done, total: bar.update(embed, completed=done, total=total, visible=True),
        )
