"""Latency, memory, ingestion speed, the bot and the register of figures: `make bench`.

Machines differ and are noisy: what counts are the ratios, each taken in one run against the
embedding engine alone. BENCH_DOCUMENTS and BENCH_QUESTIONS name other documents and questions.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

from bot.logs import configure_logging
from bot.settings import Settings
from bot.wiring import open_assistant, open_catalogue, open_ingestion
from knowledge.search.embeddings import load_embedder
from knowledge.search.vectors import BATCH
from tools import bench_bot, bench_figures

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = Path(os.environ.get("BENCH_DOCUMENTS", ROOT / "samples"))
QUESTIONS = Path(os.environ.get("BENCH_QUESTIONS", ROOT / "tests" / "questions.jsonl"))


def ingestion(settings: Settings) -> None:
    """Time a first and a second ingestion, and the engine alone on the same passages."""
    started = time.perf_counter()
    report = open_ingestion(settings).ingest([DOCUMENTS])
    first_s = time.perf_counter() - started
    started = time.perf_counter()
    open_ingestion(settings).ingest([DOCUMENTS])
    second_s = time.perf_counter() - started
    catalogue = open_catalogue(settings)
    versions = catalogue.versions(generation=catalogue.live_generation())
    passages = catalogue.passages([one.id for one in versions])
    texts = sorted({one.meaning_text for one in passages}, key=len)
    engine = load_embedder(settings.embedding_model).model
    started = time.perf_counter()
    for start in range(0, len(texts), BATCH):
        engine.embed_documents(texts[start : start + BATCH])
    alone_s = time.perf_counter() - started
    print(f"documents {len(versions)}, passages {report.passages}, embedded {report.embedded}")
    print(
        f"ingestion {first_s:.1f} s, engine alone {alone_s:.1f} s: {alone_s / first_s:.0%} as fast"
    )
    print(f"second run, all unchanged: {second_s:.1f} s")


def answers(settings: Settings) -> None:
    """Time answers, and the embedding of the same questions alone."""
    assistant = open_assistant(settings)
    assistant.warm_up()
    engine = load_embedder(settings.embedding_model).model
    rows = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines() if line.strip()]
    whole: list[float] = []
    alone: list[float] = []
    for row in rows:
        started = time.perf_counter()
        assistant.answer(row["question"], row.get("history") or [])
        whole.append((time.perf_counter() - started) * 1000)
        started = time.perf_counter()
        engine.embed_query(row["question"])
        alone.append((time.perf_counter() - started) * 1000)
    p95 = quantiles(whole, n=20)[-1]
    print(f"answers {len(whole)}: p50 {median(whole):.0f} ms, p95 {p95:.0f} ms")
    print(f"embedding the question alone: p50 {median(alone):.0f} ms")
    print(f"an answer costs {median(whole) / median(alone):.1f} embeddings of its question")


def memory(settings: Settings) -> None:
    """Print the peak memory of a conversation in a process of its own (Linux)."""
    code = (
        "import sys, resource\n"
        "from bot.cli import main\n"
        "sys.argv = ['htx', 'chat']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=sys.stderr)\n"
    )
    environment = {**os.environ, "HTX_HOME": str(settings.home)}
    started = time.perf_counter()
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code],
        input="HTX là gì?\n",
        capture_output=True,
        text=True,
        env=environment,
        check=True,
        cwd=ROOT,
    )
    seconds = time.perf_counter() - started
    print(f"htx chat: {done.stderr.split()[-1]} MB at its peak, {seconds:.1f} s with one question")


def main() -> None:
    """Run all measurements on a library of their own."""
    configure_logging("WARNING")
    home = Path(tempfile.mkdtemp(prefix="htx-bench-"))
    try:
        settings = Settings(htx_home=home)
        ingestion(settings)
        answers(settings)
        memory(settings)
        bench_bot.measure(settings, QUESTIONS)
        bench_figures.measure()
    finally:
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
