"""The command `htx`. Answers go to stdout, everything else to stderr.

The parts behind a command are imported when it runs, so that `htx --help` is quick.
"""

from __future__ import annotations

import sys

import typer

from bot.cli import asking, chatting, checking, figures, ingesting, library, serving
from knowledge.errors import AssistantError, UsageError

app = typer.Typer(
    help="Trợ lý HTX: hỏi đáp từ tài liệu về hợp tác xã.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(ingesting.ingest)
app.command()(asking.ask)
app.command()(chatting.chat)
app.command()(serving.bot)
app.command(name="eval")(checking.evaluate_file)
app.command()(checking.check)
app.command()(checking.doctor)
app.command()(figures.figures)
app.add_typer(library.docs, name="docs")


def main() -> None:
    """Run the command; a known error becomes one line on stderr and exit code 1."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        app()
    except AssistantError as error:
        typer.echo(f"htx: {error}", err=True)
        sys.exit(2 if isinstance(error, UsageError) else 1)
    except KeyboardInterrupt:
        sys.exit(130)
