"""What is taken away from an answer in the terminal: a chart, a table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot import texts
from knowledge.errors import ExternalError, UsageError, UserInputError

if TYPE_CHECKING:
    from knowledge.model import Answer

CHART_ENDINGS = (".png",)
TABLE_ENDINGS = (".xlsx", ".csv")


def check_ending(file: Path, endings: Sequence[str]) -> None:
    """Refuse a file whose name ends otherwise.

    Raises:
        UsageError: it does.
    """
    if file.suffix.lower() not in endings:
        told = " / ".join(endings)
        raise UsageError(texts.WRONG_ENDING.format(name=file.name, endings=told))


def write_chart(answer: Answer, file: Path) -> str:
    """Draw an answer's figures into a file; return what to say of it.

    Raises:
        UsageError: the name of the file does not end in .png.
        UserInputError: there is nothing to draw.
        ExternalError: the file cannot be written.
    """
    from bot.pictures.chart_plan import drawable

    check_ending(file, CHART_ENDINGS)
    if not drawable(answer):
        raise UserInputError(texts.NO_CHART)
    from bot.pictures.charts import chart

    try:
        file.write_bytes(chart(answer))
    except OSError as error:
        raise ExternalError(f"cannot write {file}: {error.strerror}") from error
    return texts.CHART_DRAWN.format(file=file)


def write_table(answer: Answer, file: Path) -> str:
    """Write an answer's figures into a file; return what to say of it.

    Raises:
        UsageError: the name of the file ends neither in .xlsx nor in .csv.
        UserInputError: there is nothing to write.
        ExternalError: the file cannot be written.
    """
    from bot.taking.exporting import write_figures

    check_ending(file, TABLE_ENDINGS)
    if not answer.figures:
        raise UserInputError(texts.NO_FIGURES)
    write_figures(answer.figures, file, answer.citations)
    return texts.EXPORTED.format(count=len(answer.figures), file=file)
