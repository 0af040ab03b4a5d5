"""Figure questions on a register of 100,000 figures: latency and load. Part of `make bench`.

The figures are made up: a yearly table of every province of before July 2025, written into a
catalogue of its own as an ingestion would.
"""

from __future__ import annotations

import random
import resource
import tempfile
import time
from decimal import Decimal
from pathlib import Path
from statistics import median, quantiles

from bot.settings import Settings
from bot.wiring import open_assistant, open_catalogue
from knowledge.catalogue import Catalogue, StoredDocument
from knowledge.model import Comparator, Figure, FigureKind, Kind, Metadata, Passage, Status
from knowledge.vietnamese.places import provinces

FIGURES = 100_000
QUESTIONS = 400
YEARS = range(2009, 2025)
_SECTORS = (
    "", " nông nghiệp", " phi nông nghiệp", " trồng trọt", " chăn nuôi", " thủy sản",
    " vận tải", " xây dựng", " thương mại", " tiểu thủ công nghiệp",
)  # fmt: skip
_STATES = ("", " thành lập mới", " giải thể", " ngừng hoạt động", " đang hoạt động")
_SUMS = ("doanh thu bình quân", "lợi nhuận bình quân", "vốn điều lệ", "thu nhập bình quân")
_FORMS = (
    "Năm {year} {place} có bao nhiêu HTX{sector}{state}?",
    "{place} {year} may htx{sector}",
    "doanh thu bình quân HTX{sector} {place} năm {year}",
    "{place} hay {other} năm {year} nhiều HTX{sector} hơn?",
    "tỉnh nào năm {year} có nhiều HTX{sector} nhất?",
    "số HTX{sector} {place} từ 2015 đến {year} tăng hay giảm?",
    "{place} năm 2030 có bao nhiêu HTX?",
)


def indicators() -> list[tuple[str, str]]:
    """Return (indicator, unit) of every figure of a table."""
    counts = [(f"số HTX{sector}{state}", "HTX") for sector in _SECTORS for state in _STATES]
    people = [(f"số thành viên của HTX{sector}", "thành viên") for sector in _SECTORS]
    workers = [(f"số lao động của HTX{sector}", "lao động") for sector in _SECTORS]
    sums = [(f"{name} HTX{sector}", "đồng") for name in _SUMS for sector in _SECTORS]
    return [*counts, *people, *workers, *sums]


def fill(catalogue: Catalogue) -> int:
    """Write the tables and make them live; return how many figures there are."""
    chance = random.Random(4)  # noqa: S311  (numbers of a benchmark)
    contents: dict[str, int] = {}
    written = 0
    old = [name for name in provinces() if name]
    with catalogue.writing():
        for year in YEARS:
            for place in old:
                if written < FIGURES:
                    stored = _table(place, year, chance)
                    contents[stored.document_id] = catalogue.add_version(stored)
                    written += len(stored.figures)
        catalogue.publish(catalogue.stage(contents, "bench"))
    return written


def _table(place: str, year: int, chance: random.Random) -> StoredDocument:
    identity = f"{place}-{year}"
    rows = [(name, unit, chance.randint(1, 5_000)) for name, unit in indicators()]
    text = "\n".join(f"{name} | {unit} | {value}" for name, unit, value in rows)
    figures = tuple(
        Figure(
            indicator=name,
            subject="HTX",
            value=Decimal(value * (1_000_000 if unit == "đồng" else 1)),
            unit=unit,
            place=place,
            period=str(year),
            kind=FigureKind.ACTUAL,
            comparator=Comparator.EQUAL,
            document=identity,
            source=f"{identity}.xlsx",
            quote=f"{name} | {unit} | {value}",
        )
        for name, unit, value in rows
    )
    title = f"Kinh tế tập thể {place} năm {year}"
    return StoredDocument(
        document_id=identity,
        origin="bench",
        path=f"{identity}.xlsx",
        fingerprint=identity,
        sha256=identity,
        reader="xlsx",
        pages=None,
        metadata=Metadata(title=title, kind=Kind.TABLE, place=place, period=str(year)),
        effects=(),
        notes=(),
        text=text,
        passages=(_passage(identity, text),),
        figures=figures,
    )


def _passage(document: str, text: str) -> Passage:
    return Passage(
        id=document,
        document=document,
        ordinal=0,
        breadcrumb="",
        heading="",
        article="",
        clause="",
        locator="bảng",
        page=None,
        text=text,
        start=0,
        search_text=text[:200],
        meaning_text=document,
    )


def questions() -> list[str]:
    """Return questions of every kind, the same ones each time."""
    chance = random.Random(5)  # noqa: S311
    names = list(provinces())
    return [
        chance.choice(_FORMS).format(
            year=chance.choice(YEARS),
            place=chance.choice(names),
            other=chance.choice(names),
            sector=chance.choice(_SECTORS),
            state=chance.choice(_STATES),
        )
        for _ in range(QUESTIONS)
    ]


def measure() -> None:
    """Print how long figure questions take, and what the register costs."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(htx_home=Path(folder))
        written = fill(open_catalogue(settings))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        assistant = open_assistant(settings)
        started = time.perf_counter()
        assistant.warm_up()
        loaded_s = time.perf_counter() - started
        taken, answered = [], 0
        for text in questions():
            started = time.perf_counter()
            answer = assistant.answer(text)
            taken.append((time.perf_counter() - started) * 1000)
            answered += answer.status in (Status.ANSWERED, Status.PARTIAL)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        p95 = quantiles(taken, n=20)[-1]
        grown = (peak - before) // 1024
        print(f"register of {written} figures: loaded in {loaded_s:.1f} s, +{grown} MB")
        print(
            f"{len(taken)} figure questions, {answered} answered: "
            f"p50 {median(taken):.1f} ms, p95 {p95:.1f} ms"
        )


if __name__ == "__main__":
    measure()
