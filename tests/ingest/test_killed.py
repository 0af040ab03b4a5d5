"""A process killed in the middle of a change: the old library answers, the next run finishes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ingest.pipeline import Outcome, Step
from knowledge.model import Audience
from knowledge.search.vectors import BATCH, vector_id
from tests.builders import (
    LAW,
    LAW_FILE,
    LOAN_QUESTION,
    LONGER_LOAN,
    REPORT,
    REPORT_FILE,
    Stand,
    clean_environment,
    long_report,
    write_all,
)

pytestmark = pytest.mark.slow

KILLED = 9
DURING_EMBED = "in the middle of embedding"
DURING_READ = "in the middle of reading"
DURING_TEST = "in the middle of the self-test"
LONG_FILE = "dài.txt"

UPDATE_AND_DIE = """
import os, sys
from pathlib import Path
from ingest.pipeline import Progress
from ingest.sources import find_sources
from tests.builders import Stand

home, folder, moment = sys.argv[1:]

def die(now):
    if now:
        os._exit(9)

progress = Progress(
    step=lambda step: die(step.value == moment),
    read=lambda _name, done, _all: die(done == 1 and moment == "in the middle of reading"),
    embed=lambda done, all: die(done < all and moment == "in the middle of embedding"),
)
ingestion = Stand(Path(home), progress=progress).ingestion()
if moment == "in the middle of the self-test":
    gone = [one for one in ingestion.catalogue.contents(1) if one not in
            {source.id for source in find_sources([Path(folder)])}]
    sources = list(find_sources([Path(folder)]))
    ingestion.offer(sources, without=gone, note="thử", judge=lambda *_: die(True))
ingestion.ingest([Path(folder)], prune=True)
"""


@pytest.mark.parametrize(
    "moment", [*(step.value for step in Step), DURING_READ, DURING_EMBED, DURING_TEST]
)
def test_a_killed_update_leaves_the_old_library_and_the_next_run_finishes_it(
    moment: str, home: Path, tmp_path: Path
) -> None:
    old = {LAW_FILE: LAW, REPORT_FILE: REPORT, LONG_FILE: long_report()}
    folder = write_all(tmp_path / "d", old)
    stand = Stand(home)
    first = stand.ingestion().ingest([folder])
    assistant = stand.assistant()
    before = assistant.answer(LOAN_QUESTION)
    assert "không quá bốn năm" in before.citations[0].quote

    # one is changed, one is changed in more passages than are embedded at once, one is gone, one is new
    write_all(folder, {LAW_FILE: LONGER_LOAN, LONG_FILE: long_report(verb="đã"), "mới.txt": REPORT})
    (folder / REPORT_FILE).unlink()
    process = subprocess.run(
        [sys.executable, "-c", UPDATE_AND_DIE, home, folder, moment],
        env=clean_environment(home),
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert process.returncode == KILLED, process.stderr[-2000:]

    published = moment == Step.COLLECT  # the only step behind the transaction
    for asked in (assistant, Stand(home).assistant()):  # the running process, and a new one
        answer = asked.answer(LOAN_QUESTION)
        if published:
            assert "không quá sáu năm" in answer.citations[0].quote
        else:
            assert answer == before
    assert (stand.catalogue().live_generation() == first.generation) is not published

    again = Stand(home)
    report = again.ingestion().ingest([folder], prune=True)
    assert not report.failed
    unchanged = {result.source for result in report.results if result.outcome is Outcome.UNCHANGED}
    assert unchanged == ({LAW_FILE, LONG_FILE, "mới.txt"} if published else set())
    assert "không quá sáu năm" in again.assistant().answer(LOAN_QUESTION).citations[0].quote

    catalogue = again.catalogue()
    live = catalogue.versions(generation=catalogue.live_generation())
    assert {one.document.source for one in live} == {LAW_FILE, LONG_FILE, "mới.txt"}
    assert {one.state for one in catalogue.generations()} == {"live", "retired"}
    held = {
        version
        for one in catalogue.generations()
        for version in catalogue.contents(one.id).values()
    }
    assert {one.id for one in catalogue.versions()} == held, "no version is left over"
    wanted = {vector_id(one.meaning_text) for one in catalogue.passages([one.id for one in live])}
    stored = set(again.vectors()._store(Audience.EVERYONE).get(include=[])["ids"])
    assert stored == wanted, "no vector is missing and none is left over"
    if moment == DURING_EMBED:
        assert report.embedded <= len(wanted) - BATCH, "what was embedded is not embedded again"
