"""`htx figures`: the register, filtered, as text, JSON, or a workbook to take away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import texts
from bot.cli.shared import Json, print_json, start

if TYPE_CHECKING:
    from knowledge.model import Figure


def figures(
    place: Annotated[str, typer.Option("--place", help="Địa phương.")] = "",
    year: Annotated[int, typer.Option("--year", help="Năm.")] = 0,
    indicator: Annotated[str, typer.Option("--indicator", help="Chữ trong tên chỉ tiêu.")] = "",
    export: Annotated[
        Path | None, typer.Option("--export", help="Ghi ra tệp .xlsx hoặc .csv.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Liệt kê số liệu đã đọc được từ báo cáo và bảng biểu."""
    from bot.saying.render import figure_json
    from bot.taking.exporting import write_figures
    from bot.wiring import open_catalogue
    from knowledge.figures import Wanted, chosen

    catalogue = open_catalogue(start())
    live = catalogue.contents(catalogue.live_generation())
    wanted = Wanted(place=place, year=year, indicator=indicator)
    found = chosen(catalogue.figures(list(live.values())), wanted)
    if export is not None:
        write_figures(found, export)
        typer.echo(texts.EXPORTED.format(count=len(found), file=export), err=True)
    if as_json:
        print_json({"figures": [figure_json(one) for one in found]})
    elif export is None:
        for one in found:
            typer.echo(_line(one))


def _line(figure: Figure) -> str:
    from bot.saying.figure_words import amount

    where = " · ".join(part for part in (figure.place, figure.period) if part)
    kind = texts.FIGURE_KINDS[figure.kind]
    return f"{figure.indicator}: {amount(figure)} · {where}{kind} · {figure.source}"
