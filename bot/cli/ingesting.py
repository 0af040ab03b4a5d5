"""`htx ingest`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import texts
from bot.cli.shared import Json, print_json, progress_bar, start

if TYPE_CHECKING:
    from ingest.pipeline import Report, Result


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Tệp hoặc thư mục.")],
    prune: Annotated[
        bool, typer.Option("--prune", help="Gỡ tài liệu đã xóa khỏi chính các thư mục này.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Thêm, cập nhật tài liệu; một lần chạy được tất cả hoặc không đổi gì."""
    from bot.wiring import open_ingestion

    settings = start()
    with progress_bar() as progress:
        report = open_ingestion(settings, progress).ingest(paths, prune=prune)
    if as_json:
        print_json(_report_json(report))
    else:
        for result in report.results:
            typer.echo(_result_line(result))
        typer.echo(
            texts.INGESTED.format(
                passages=report.passages, embedded=report.embedded, seconds=report.elapsed_s
            )
        )
        if report.problems:
            typer.echo(texts.PROBLEMS_IN_CHANGED[texts.VI].format(count=report.problems))
    if report.failed:
        raise typer.Exit(1)


def _result_line(result: Result) -> str:
    parts = [f"{texts.OUTCOMES[result.outcome.value]:<10} {result.source}"]
    if result.fault is not None:
        parts.append(texts.fault(result.fault, result.detail))
    elif result.document is not None:
        parts.append(texts.PASSAGES[texts.VI].format(count=result.passages))
        if result.figures:
            parts.append(texts.FIGURES[texts.VI].format(count=result.figures))
        parts += [texts.DOUBTS[doubt][texts.VI] for doubt in result.doubts]
    return " · ".join(parts)


def _report_json(report: Report) -> dict[str, object]:
    return {
        "documents": [_result_json(result) for result in report.results],
        "passages": report.passages,
        "embedded": report.embedded,
        "figures": report.figures,
        "problems": report.problems,
        "elapsed_s": report.elapsed_s,
    }


def _result_json(result: Result) -> dict[str, object]:
    metadata = result.document.metadata if result.document else None
    return {
        "source": result.source,
        "status": result.outcome.value,
        "kind": metadata.kind.value if metadata else None,
        "title": metadata.title if metadata else None,
        "number": (metadata.number or None) if metadata else None,
        "place": (metadata.place or None) if metadata else None,
        "period": metadata.period if metadata else None,
        "passages": result.passages,
        "figures": result.figures,
        "undetermined": list(result.doubts),
        "error": texts.fault(result.fault, result.detail) if result.fault else None,
    }
