"""`htx check` on a small library: what it says in JSON and in words, and what ingestion counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import texts
from bot.library.problems import message
from knowledge.checking import Case, Problem, ProblemKind
from knowledge.model import Language
from tests.bot.conftest import Htx
from tests.builders import write_all

pytestmark = pytest.mark.slow

KEYS = {"kind", "document", "source", "place", "period", "quote", "message"}
REPORT = """Kinh tế tập thể tỉnh Bến Tre năm 2023

Ngày 20/5/2024

Đến 31/12/2023, toàn tỉnh có 120 HTX, gồm 90 HTX nông nghiệp và 35 HTX phi nông nghiệp.
"""
OTHER = """Hợp tác xã tỉnh Bến Tre năm 2023

Ngày 12/3/2024

Đến 31/12/2023, toàn tỉnh có 124 HTX. Có 31/124 HTX (chiếm 35,5%) ngừng hoạt động.
"""
NOWHERE = """Tình hình kinh tế tập thể

Toàn tỉnh có 210 HTX với 3.000 thành viên.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_all(tmp_path / "in", {"a.txt": REPORT, "b.txt": OTHER, "c.txt": NOWHERE})


def test_each_problem_has_every_key_and_finding_some_is_no_failure(htx: Htx, folder: Path):
    htx("ingest", folder)
    ended = htx("check", "--json")
    assert ended.code == 0
    problems = ended.json["problems"]
    assert all(set(problem) == KEYS for problem in problems)
    assert [(one["kind"], one["source"]) for one in problems] == [
        ("parts", "a.txt"),
        ("percentage", "b.txt"),
        ("unplaced", "c.txt"),
        ("undated", "c.txt"),
        ("sources", "a.txt"),
    ]
    parts, share, unplaced, _, sources = problems
    assert (parts["place"], parts["period"]) == ("Bến Tre", "2023-12-31")
    assert parts["quote"] in REPORT
    assert parts["message"] == (
        "Bến Tre, 2023-12-31: tổng ghi 120 HTX, nhưng các phần 90 HTX + 35 HTX cộng lại là 125 HTX"
    )
    assert share["message"].endswith("ghi 35,5%, nhưng 31 HTX trên 124 HTX là 25%")
    assert (unplaced["place"], unplaced["quote"]) == (None, None)
    assert "120 HTX (a.txt) và 124 HTX (b.txt)" in sources["message"]


def test_people_read_the_problems_by_kind_with_source_and_sentence(htx: Htx, folder: Path):
    htx("ingest", folder)
    lines = htx("check").out.splitlines()
    assert lines[0] == "Tổng và các phần:"
    assert lines[2].strip().startswith("a.txt: “Đến 31/12/2023, toàn tỉnh có 120 HTX, gồm")
    assert lines[-1] == "5 chỗ cần xem lại trong 3 tài liệu."


def test_a_consistent_library_says_so(htx: Htx, tmp_path: Path):
    htx("ingest", write_all(tmp_path / "in", {"a.txt": REPORT.replace("35", "30")}))
    assert htx("check", "--json").json == {"problems": []}
    assert htx("check").out == "Không thấy chỗ nào mâu thuẫn trong 1 tài liệu.\n"


def test_ingestion_counts_the_problems_of_what_changed_alone(htx: Htx, tmp_path: Path):
    folder = write_all(tmp_path / "in", {"a.txt": REPORT})
    assert htx("ingest", folder, "--json").json["problems"] == 1
    assert "htx check" not in htx("ingest", folder).out
    write_all(folder, {"b.txt": OTHER})
    ended = htx("ingest", folder)  # its share, and that it differs from the first
    assert "Tài liệu vừa đổi có 2 chỗ số liệu cần xem lại; htx check liệt kê từng chỗ." in ended.out
    assert htx("ingest", folder, "--json").json["problems"] == 0


def test_every_case_has_a_sentence_in_both_languages():
    for case in Case:
        empty = Problem(
            kind=ProblemKind.PARTS, case=case, document="d", source="s", place="", period=""
        )
        for language in Language:
            assert "{" not in message(empty, language)
    assert set(texts.PROBLEM_KINDS) == set(ProblemKind)
