"""Questions to press: only such as the library at hand answers, of each sort some."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.telegram.starters import mark_of, offered, starter
from knowledge.answering import Assistant
from knowledge.model import Audience, Language, Status
from tests.builders import DIGEST, DIGEST_FILE, LAW, LAW_FILE, REPORT, REPORT_FILE, Stand, write_all

VI, EN = Language.VIETNAMESE, Language.ENGLISH


def assistant_of(stand: Stand, folder: Path, files: dict[str, str]) -> Assistant:
    stand.ingestion().ingest([write_all(folder, files)])
    return stand.assistant()


@pytest.fixture(scope="module")
def assistant(library: Stand) -> Assistant:
    return library.assistant()


@pytest.mark.parametrize("language", Language)
def test_each_has_an_answer(assistant: Assistant, language: Language):
    found = [question for _, question in offered(assistant, language)]
    assert len(found) == 4
    assert {assistant.answer(one, (), Audience.EVERYONE).status for one in found} == {
        Status.ANSWERED
    }


@pytest.mark.parametrize("language", Language)
def test_a_button_means_its_question_whoever_presses_it(assistant: Assistant, language: Language):
    for mark, question in offered(assistant, language):
        assert mark == mark_of(question)
        assert starter(assistant, mark) == question


def test_a_mark_stays_the_same_in_every_process():
    assert mark_of("Khi nào HTX bị giải thể?") == "52c7717a"


@pytest.mark.parametrize("mark", ["", "deadbeef", "vi", "00000000"])
def test_an_unknown_mark_means_nothing(assistant: Assistant, mark: str):
    assert starter(assistant, mark) is None


def test_an_empty_library_offers_none(stand: Stand):
    assert offered(stand.assistant(), VI) == ()


def test_figures_are_asked_of_the_place_and_year_of_a_report(stand: Stand, tmp_path: Path):
    elsewhere = REPORT.replace("Bến Tre", "Cà Mau")
    assistant = assistant_of(stand, tmp_path / "d", {REPORT_FILE: REPORT, "ca-mau.txt": elsewhere})
    found = {question for _, question in offered(assistant, VI)}
    assert found >= {
        "Bến Tre năm 2023 có bao nhiêu hợp tác xã?",
        "Cà Mau năm 2023 có bao nhiêu hợp tác xã?",
    }


def test_an_english_question_names_a_place_as_english_people_type_it(assistant: Assistant):
    """With its marks the whole question would be read as Vietnamese."""
    question = "How many cooperatives did Ben Tre have in 2023?"
    assert starter(assistant, mark_of(question)) == question
    assert starter(assistant, mark_of(question.replace("Ben Tre", "Bến Tre"))) is None


def test_articles_are_asked_about_by_what_they_rule(stand: Stand, tmp_path: Path):
    """Not by what every law has: its scope, its words, its day."""
    assistant = assistant_of(stand, tmp_path / "d", {LAW_FILE: LAW})
    assert starter(assistant, mark_of("Thời hạn vay được quy định thế nào?")) is not None
    for formal in ("Phạm vi điều chỉnh", "Giải thích từ ngữ", "Hiệu lực thi hành"):
        assert starter(assistant, mark_of(f"{formal} được quy định thế nào?")) is None


def test_the_number_in_a_heading_of_a_digest_is_left_out(stand: Stand, tmp_path: Path):
    assistant = assistant_of(stand, tmp_path / "d", {DIGEST_FILE: DIGEST})
    assert starter(assistant, mark_of("Nghĩa vụ góp vốn được quy định thế nào?")) is not None


def test_what_officers_alone_may_see_is_not_offered(stand: Stand, tmp_path: Path):
    table = f"file,audience\n{REPORT_FILE},officers\n"
    files = {LAW_FILE: LAW, REPORT_FILE: REPORT, "documents.csv": table}
    assistant = assistant_of(stand, tmp_path / "d", files)
    assert starter(assistant, mark_of("Bến Tre năm 2023 có bao nhiêu hợp tác xã?")) is None


def test_a_changed_library_offers_what_it_answers_now(stand: Stand, tmp_path: Path):
    assistant = assistant_of(stand, tmp_path / "d", {LAW_FILE: LAW})
    figure = "Bến Tre năm 2023 có bao nhiêu hợp tác xã?"
    assert figure not in [question for _, question in offered(assistant, VI)]
    stand.ingestion().ingest([write_all(tmp_path / "d", {REPORT_FILE: REPORT})])
    assert figure in [question for _, question in offered(assistant, VI)]
