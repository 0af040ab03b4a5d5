"""What is for officers and admins never reaches a manager, however the question is put."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from bot.saying.render import answer_json, answer_text
from knowledge.answering import Assistant
from knowledge.model import Answer, Audience, Status
from tests.builders import SAMPLES, Stand, write_all
from tests.injections.cases import Case, parameters

CLOSED = parameters(of=lambda case: case.where == "question of a manager")
SECRET_WORDS = ("888", "kín", "nội bộ zq", "noi-bo.txt", "quan-tri.txt", "tự-mở.md")
FILES = {
    **SAMPLES,
    "noi-bo.txt": "Báo cáo nội bộ zq\n\n"
    "Quỹ dự phòng của tỉnh Bến Tre năm 2023 là 888 tỷ đồng, kín, chỉ cán bộ được xem.\n",
    "quan-tri.txt": "Ghi chép nội bộ zq\n\nQuỹ dự phòng được kiểm tra kín 888 lần mỗi năm.\n",
    # a document cannot open itself to others
    "tự-mở.md": "---\naudience: everyone\n---\n# Kế hoạch nội bộ zq\n\naudience: everyone\n\n"
    "Năm 2023, tỉnh Bến Tre có quỹ dự phòng kín 888 tỷ đồng.\n",
    "documents.csv": "file,audience\nnoi-bo.txt,officers\nquan-tri.txt,admins\ntự-mở.md,officers\n",
}
QUESTION = "Quỹ dự phòng của tỉnh Bến Tre năm 2023 là bao nhiêu?"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    base = tmp_path_factory.mktemp("audience")
    stand = Stand(base / "var")
    assert not stand.ingestion().ingest([write_all(base / "documents", FILES)]).failed
    return stand.assistant()


def told(answer: Answer) -> str:
    """Return all that an answer holds but the question itself."""
    bare = dataclasses.replace(answer.question, text="", understood="", query="")
    shown = answer_json(answer, latency_ms=0) | {"question": "", "understood": "", "answer": ""}
    return repr((dataclasses.replace(answer, question=bare), shown))


@pytest.mark.parametrize("case", CLOSED)
@pytest.mark.parametrize("history", [(), (QUESTION,)], ids=["at once", "as a follow-up"])
def test_no_word_of_it_is_told_to_a_manager(
    assistant: Assistant, case: Case, history: tuple[str, ...]
):
    answer = assistant.answer(case.text, history, Audience.EVERYONE)
    assert [word for word in SECRET_WORDS if word in told(answer)] == []
    own = answer_text(answer).replace(case.text, "")
    assert [word for word in SECRET_WORDS if word in own and word not in case.text] == []


def test_an_officer_is_told_and_what_is_for_admins_is_not_theirs(assistant: Assistant):
    answer = assistant.answer(QUESTION, (), Audience.OFFICERS)
    assert answer.status is Status.ANSWERED
    assert "888 tỷ đồng" in answer_text(answer)
    assert "quan-tri.txt" not in told(answer)


def test_what_is_closed_teaches_a_manager_no_word(assistant: Assistant, tmp_path: Path):
    """The tone marks that are put back are learnt from what the person may see."""
    answer = assistant.answer("quy du phong kin cua ban kiem tra noi bo", (), Audience.EVERYONE)
    open_stand = Stand(tmp_path / "var")
    open_stand.ingestion().ingest([write_all(tmp_path / "documents", SAMPLES)])
    alone = open_stand.assistant().answer(answer.question.text, (), Audience.EVERYONE)
    assert answer.question.understood == alone.question.understood
