"""Files put into folders: harmless names, and no half of a file."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.placing import safe_name, write_whole
from ingest.sources import find_sources
from knowledge.errors import ExternalError

# --- names ---------------------------------------------------------------------------------------

LONG_TITLE = (
    "Nghị định quy định chi tiết một số điều và biện pháp thi hành Luật Hợp tác xã năm 2023"
)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        pytest.param("Nghị định 113.2024.pdf", "Nghị định 113.2024.pdf", id="plain"),
        pytest.param("../../etc/passwd", "passwd", id="path upwards"),
        pytest.param("/kho/luật.txt", "luật.txt", id="absolute path"),
        pytest.param("C:\\Tài liệu\\luật.docx", "luật.docx", id="Windows path"),
        pytest.param("..", "tai-lieu", id="two dots"),
        pytest.param("thư mục/", "tai-lieu", id="a folder"),
        pytest.param("", "tai-lieu", id="no name"),
        pytest.param(" \u200b ", "tai-lieu", id="blanks only"),
        pytest.param(".env", "env", id="hidden"),
        pytest.param("~$luật.docx", "luật.docx", id="what Word leaves beside an open file"),
        pytest.param("....pdf", "pdf", id="dots"),
        pytest.param("luật .pdf", "luật.pdf", id="blank before the suffix"),
        pytest.param(
            "lu\x00ật\n17\x1b[2J\x7f\x85.txt", "lu ật 17 [2J.txt", id="control characters"
        ),
        pytest.param("luật\u202etxt.exe", "luậttxt.exe", id="writing direction turned"),
        pytest.param("a\u2066b\ud800.txt", "a b.txt", id="direction, half a pair"),
        pytest.param('a<b>:"c|d?*.md', "a b c d.md", id="what Windows forbids"),
        pytest.param("b\u0061\u0301o cáo.txt", "báo cáo.txt", id="decomposed accents"),
        pytest.param("documents.csv", "documents.csv", id="the table"),
        pytest.param("../documents.csv", "documents.csv", id="the table by a path"),
        pytest.param("Số 55.NĐ-CP về vốn góp", "Số 55.NĐ-CP về vốn góp", id="a dot, but no suffix"),
    ],
)
def test_a_name_is_kept_as_far_as_it_is_harmless(sent: str, kept: str):
    assert safe_name(sent) == kept


def test_a_file_without_a_name_has_the_one_that_is_given():
    assert safe_name("../", "tai-lieu-7") == "tai-lieu-7"
    assert safe_name("luật.pdf", "tai-lieu-7") == "luật.pdf"


def test_two_long_names_with_the_same_beginning_stay_two():
    first, second = (safe_name(f"{LONG_TITLE}, phần {number}.pdf") for number in (1, 2))
    assert first != second
    assert first.startswith("Nghị định quy định chi tiết")
    assert first.endswith(".pdf")
    assert safe_name(f"{LONG_TITLE}, phần 1.pdf") == first


@given(st.text(max_size=400))
@example("\U0001f600" * 120 + ".pdf")
@example("\U0001f600" * 75 + ".pdf")
@example("ệ" * 90 + "." + "x" * 300)
@example("x" * 79 + " $.txt")
@example("a" * 70 + "~" * 40)
def test_any_name_becomes_one_that_a_file_may_have(sent: str):
    kept = safe_name(sent)
    assert safe_name(kept) == kept
    assert kept == unicodedata.normalize("NFC", kept)
    assert 0 < len(kept.encode()) <= 255 - len(".part")
    assert not kept.startswith((".", "~", " "))
    assert not kept.endswith((".", " "))
    assert not any(unicodedata.category(one) in ("Cc", "Cs") for one in kept)
    assert not set(kept) & set('/\\:*?"<>|')


@given(st.text(max_size=300))
@example("..")
@example("a" * 300 + "." + "b" * 300)
def test_any_file_lands_in_the_folder_itself(tmp_path_factory: pytest.TempPathFactory, sent: str):
    folder = tmp_path_factory.getbasetemp() / "mọi tên"
    file = folder / safe_name(sent)
    write_whole(file, b"x")
    try:
        assert file.parent == folder
        assert file.read_bytes() == b"x"
        assert [one.file for one in find_sources([file])]
    finally:
        file.unlink()


# --- files ---------------------------------------------------------------------------------------


def test_a_file_is_written_whole_into_a_folder_that_was_missing(tmp_path: Path):
    file = tmp_path / "mới" / "ngô.txt"
    write_whole(file, b"mot")
    write_whole(file, b"hai")
    assert file.read_bytes() == b"hai"
    assert list(file.parent.iterdir()) == [file]


def test_where_nothing_can_be_written_nothing_is_left(tmp_path: Path):
    (tmp_path / "ngô.txt").mkdir()
    with pytest.raises(ExternalError, match="ngô"):
        write_whole(tmp_path / "ngô.txt", b"mot")
    assert [one.name for one in tmp_path.iterdir()] == ["ngô.txt"]
