"""`htx ask`: one question, or a file of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated

import typer

from bot import texts
from bot.cli.files import CHART_ENDINGS, TABLE_ENDINGS, check_ending, write_chart, write_table
from bot.cli.printing import Printing
from bot.cli.shared import Json, print_json, progress_bar, start
from bot.settings import Settings
from knowledge.errors import AssistantError, UsageError

if TYPE_CHECKING:
    from ingest.pipeline import Progress
    from knowledge.answering import Assistant
    from knowledge.model import Answer


def ask(  # noqa: PLR0913, PLR0917  (an argument for each option)
    question: Annotated[str | None, typer.Argument(help="Câu hỏi.")] = None,
    history: Annotated[
        list[str] | None, typer.Option("--history", help="Câu hỏi trước đó, cũ nhất trước.")
    ] = None,
    batch: Annotated[Path | None, typer.Option("--batch", help="Tệp JSONL các câu hỏi.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Tệp JSONL nhận câu trả lời.")] = None,
    chart: Annotated[
        Path | None, typer.Option("--chart", help="Vẽ biểu đồ số liệu vào tệp .png.")
    ] = None,
    export: Annotated[
        Path | None, typer.Option("--export", help="Ghi số liệu ra tệp .xlsx hoặc .csv.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Trả lời một câu hỏi, hoặc cả tệp câu hỏi với --batch và --out."""
    if (question is None) == (batch is None) or (batch is None) != (out is None):
        raise typer.BadParameter(texts.ASK_USAGE)
    if batch is not None and (chart or export) is not None:
        raise typer.BadParameter(texts.ASK_FILES_USAGE)
    for file, endings in ((chart, CHART_ENDINGS), (export, TABLE_ENDINGS)):
        if file is not None:
            check_ending(file, endings)
    assistant = ready_assistant(start())
    if batch is not None and out is not None:
        _ask_batch(assistant, batch, out)
        return
    printing = None if as_json else Printing()
    answer, row = ask_one(assistant, str(question), history or [], printing=printing)
    if as_json:
        print_json(row)
    written = [
        _is_written(write, answer, file)
        for file, write in ((chart, write_chart), (export, write_table))
        if file is not None
    ]
    if not all(written):
        raise typer.Exit(1)


def _is_written(write: Callable[[Answer, Path], str], answer: Answer, file: Path) -> bool:
    """Write a file and say so, or say in a line why there is none."""
    try:
        typer.echo(write(answer, file), err=True)
    except AssistantError as error:
        typer.echo(f"htx: {error}", err=True)
        return False
    return True


def ready_assistant(settings: Settings) -> Assistant:
    """Return the assistant, warm; vectors that a newly set model lacks are made with a bar."""
    from bot.wiring import open_assistant

    with progress_bar() as progress:

        def announce(count: int) -> Progress:
            typer.echo(texts.REBUILDING.format(count=count), err=True)
            return progress

        assistant = open_assistant(settings, announce)
        assistant.warm_up()
    return assistant


def ask_one(
    assistant: Assistant,
    question: str,
    history: list[str],
    identity: object = None,
    printing: Printing | None = None,
) -> tuple[Answer, dict[str, object]]:
    """Return an answer, and the same as JSON.

    Args:
        assistant: who is asked.
        question: as typed.
        history: the earlier questions, oldest first.
        identity: what the row is called.
        printing: prints the answer, sentence by sentence where a language model tells it.
    """
    from bot.saying.render import answer_json

    started = perf_counter()
    answer = assistant.answer_whole(question, assistant.whole(question, history), history)
    answer = printing.told(assistant, answer) if printing else assistant.tell(answer)
    latency_ms = round((perf_counter() - started) * 1000)
    return answer, answer_json(answer, latency_ms=latency_ms, identity=identity)


def _ask_batch(assistant: Assistant, batch: Path, out: Path) -> None:
    """Answer each line; a bad line yields a line with `error` and the rest goes on."""
    try:
        lines = batch.read_bytes().split(b"\n")
        with out.open("w", encoding="utf-8", errors="replace") as answers:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    row = _batch_row(assistant, line, number)
                    answers.write(json.dumps(row, ensure_ascii=False) + "\n")
                    answers.flush()
    except OSError as error:
        raise UsageError(f"{error.filename}: {error.strerror}") from error


def _batch_row(assistant: Assistant, line: bytes, number: int) -> dict[str, object]:
    identity: object = None
    try:
        row = json.loads(line.decode("utf-8-sig"))
        identity = row.get("id") if isinstance(row, dict) else None
        question, history = _asked(row)
    except (ValueError, RecursionError) as error:
        return {"id": identity, "error": f"line {number}: {error}"}
    return ask_one(assistant, question, history, identity)[1]


def _asked(row: object) -> tuple[str, list[str]]:
    """Return question and history of a batch line; a ValueError says what is wrong."""
    question = row.get("question") if isinstance(row, dict) else None
    history = (row.get("history") or []) if isinstance(row, dict) else []
    if not isinstance(question, str):
        raise ValueError("expected an object with 'question', a text")  # noqa: TRY004
    if not isinstance(history, list) or not all(isinstance(one, str) for one in history):
        raise ValueError("'history' must be a list of texts")
    return question, history
