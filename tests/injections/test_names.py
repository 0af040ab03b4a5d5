"""Attacks in names of files: on the disk and sent from a chat."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.telegram.library.reports import report_html
from bot.telegram.screens import Shown, answer_screen
from ingest.pipeline import Outcome
from ingest.placing import safe_name, write_whole
from knowledge.model import Language, Status
from knowledge.vietnamese.text import INVISIBLE
from tests.builders import LAW, LOAN_QUESTION, Stand
from tests.injections.cases import Case, parameters
from tests.injections.pressing import pressable

VI = Language.VIETNAMESE
ON_DISK = parameters(of=lambda case: case.where == "file name" and case.expect == "shown")
HIDDEN = parameters(of=lambda case: case.where == "file name" and case.expect == "hidden file")
SENT = parameters(of=lambda case: case.where in {"file name", "upload name"})
_LONGEST_BYTES = 255  # of a name, on every file system


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "documents"
    made.mkdir()
    return made


@pytest.mark.parametrize("case", ON_DISK)
def test_a_file_is_read_and_its_name_is_shown_on_one_inert_line(
    stand: Stand, folder: Path, case: Case
):
    (folder / case.text).write_text(LAW, "utf-8")
    report = stand.ingestion().ingest([folder])
    [result] = report.results
    assert result.outcome is Outcome.ADDED
    assert not INVISIBLE.search(result.source)
    assert "\n" not in result.source
    assert pressable(report_html(report, 1, VI)) == []
    answer = stand.assistant().answer(LOAN_QUESTION)
    assert answer.status is Status.ANSWERED
    assert answer.citations[0].source == result.source
    assert pressable(answer_screen(answer, Shown(turn=1, language=VI)).html) == []
    again = stand.ingestion().ingest([folder])
    assert [one.outcome for one in again.results] == [Outcome.UNCHANGED]


@pytest.mark.parametrize("case", HIDDEN)
def test_a_hidden_file_is_no_document(stand: Stand, folder: Path, case: Case):
    (folder / case.text).write_text(LAW, "utf-8")
    assert stand.ingestion().ingest([folder]).results == ()


@pytest.mark.parametrize("case", SENT)
def test_a_file_that_is_sent_lands_in_the_documents_folder_under_a_plain_name(
    folder: Path, case: Case
):
    name = safe_name(case.text)
    assert not INVISIBLE.search(name)
    assert not set(name) & set('\n/\\<>:"|?*')
    assert not name.startswith((".", "~"))
    assert len(os.fsencode(name)) <= _LONGEST_BYTES
    placed = folder / name
    write_whole(placed, b"x")
    assert placed.resolve().parent == folder.resolve()
    assert [one.name for one in folder.iterdir()] == [placed.name]
    assert [one.name for one in folder.parent.iterdir() if one != folder and one.is_file()] == []
