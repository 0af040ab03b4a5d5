"""`htx check`, `htx eval` and `htx doctor`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot import texts
from bot.cli.asking import ready_assistant
from bot.cli.shared import Json, print_json, start
from knowledge.errors import UsageError


def check(as_json: Json = False) -> None:
    """Liệt kê chỗ mâu thuẫn: tổng và phần, tỷ lệ, tài liệu khác nhau, thiếu nơi hay kỳ."""
    from bot.library.problems import message, problem_json
    from bot.wiring import open_catalogue
    from ingest.reviewing import find_problems

    catalogue = open_catalogue(start())
    problems = find_problems(catalogue)
    if as_json:
        print_json({"problems": [problem_json(one) for one in problems]})
        return
    for kind, head in texts.PROBLEM_KINDS.items():
        found = [one for one in problems if one.kind is kind]
        if found:
            typer.echo(f"{head[texts.VI]}:")
        for one in found:
            typer.echo(f"- {message(one, texts.VI)}")
            typer.echo(f"    {one.source}" + (f": “{one.quote}”" if one.quote else ""))
    documents = len(catalogue.contents(catalogue.live_generation()))
    said = texts.PROBLEMS_FOUND if problems else texts.NO_PROBLEMS
    typer.echo(said[texts.VI].format(count=len(problems), documents=documents))


def evaluate_file(
    questions: Annotated[Path, typer.Argument(help="Tệp câu hỏi mẫu (JSONL).")],
    as_json: Json = False,
    unmarked: Annotated[
        bool, typer.Option("--unmarked", help="Hỏi lại mọi câu không dấu.")
    ] = False,
    wrong: Annotated[bool, typer.Option("--wrong", help="Liệt kê câu trả lời sai.")] = False,
) -> None:
    """Chấm điểm trợ lý theo tệp câu hỏi mẫu, hoặc kho số liệu theo tệp số liệu mẫu."""
    from bot.marking.evaluation import evaluate, read_gold, scores_json, scores_text
    from bot.marking.figure_evaluation import read_facts

    if not questions.is_file():
        raise UsageError(f"{questions}: no such file")
    facts = read_facts(questions)
    if facts:
        _evaluate_facts(facts, as_json=as_json, wrong=wrong)
        return
    gold = read_gold(questions)
    scores = evaluate(ready_assistant(start()), gold, unmarked=unmarked)
    if as_json:
        print_json(scores_json(scores))
    else:
        typer.echo(scores_text(scores, wrong=wrong))


def _evaluate_facts(facts: list[dict[str, object]], *, as_json: bool, wrong: bool) -> None:
    from bot.marking.figure_evaluation import fact_scores_json, fact_scores_text, score_facts
    from bot.wiring import open_catalogue

    catalogue = open_catalogue(start())
    live = catalogue.live_generation()
    held = {one.document.source for one in catalogue.versions(generation=live)}
    figures = catalogue.figures(list(catalogue.contents(live).values()))
    scores = score_facts(figures, facts, held)
    if as_json:
        print_json(fact_scores_json(scores))
    else:
        typer.echo(fact_scores_text(scores, wrong=wrong))


def doctor(as_json: Json = False) -> None:
    """Cho biết điều gì đã cài đặt, chạy được, còn thiếu."""
    from bot.doctor import examine

    findings = examine(start())
    if as_json:
        print_json(
            {"checks": [{"name": f.name, "ok": f.ok, "message": f.message} for f in findings]}
        )
    else:
        for finding in findings:
            typer.echo(f"{'✓' if finding.ok else '✗'} {finding.name}: {finding.message}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)
