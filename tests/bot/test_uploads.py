"""A file that an admin sent: a harmless name, its place in the folder, and the way back."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.telegram.uploads import Upload, safe_name
from ingest.pipeline import Outcome, Report, Result
from ingest.sources import find_sources
from knowledge.errors import (
    ChangeStoppedError,
    DocumentFault,
    ExternalError,
    UnreadableDocumentError,
)
from tests.builders import write_all

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
    upload = Upload.place(folder, safe_name(sent), b"x")
    try:
        assert upload.file.parent == folder
        assert upload.file.read_bytes() == b"x"
        assert [one.file for one in find_sources(upload.paths)]
    finally:
        upload.file.unlink()


# --- places --------------------------------------------------------------------------------------


def ended(outcome: Outcome) -> Callable[[Sequence[Path]], Report]:
    """Return an ingestion that ends so for every file."""

    def ingest(paths: Sequence[Path]) -> Report:
        found = [Result(source=path.name, outcome=outcome) for path in paths]
        return Report(results=tuple(found), passages=1, embedded=1, generation=1, elapsed_s=0.1)

    return ingest


def raising(error: BaseException) -> Callable[[Sequence[Path]], Report]:
    def ingest(_: Sequence[Path]) -> Report:
        raise error

    return ingest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_all(tmp_path / "documents", {"cũ.txt": "cũ"})


def contents(folder: Path) -> dict[str, str]:
    """Return {name: text} of a folder; nothing half-written may be left in it."""
    return {one.name: one.read_text("utf-8") for one in folder.iterdir()}


def test_a_file_that_was_read_stays(folder: Path):
    for outcome in (Outcome.ADDED, Outcome.UPDATED, Outcome.UNCHANGED):
        upload = Upload.place(folder, "mới.txt", b"m")
        upload.ingested_by(ended(outcome))
        assert contents(folder) == {"cũ.txt": "cũ", "mới.txt": "m"}


def test_a_file_that_could_not_be_read_is_taken_out_again(folder: Path):
    for name in ("mới.txt", "cũ.txt"):
        report = Upload.place(folder, name, b"m").ingested_by(ended(Outcome.FAILED))
        assert report.failed
        assert contents(folder) == {"cũ.txt": "cũ"}


@pytest.mark.parametrize(
    "error",
    [ExternalError("ingestion ended"), KeyError("a bug"), KeyboardInterrupt()],
    ids=["the process died", "a bug", "Ctrl-C"],
)
def test_whatever_goes_wrong_the_earlier_file_comes_back(folder: Path, error: BaseException):
    with pytest.raises(type(error)):
        Upload.place(folder, "cũ.txt", b"m").ingested_by(raising(error))
    assert contents(folder) == {"cũ.txt": "cũ"}


def test_a_file_waits_for_the_next_reload_when_the_bot_stops(folder: Path):
    with pytest.raises(ChangeStoppedError):
        Upload.place(folder, "mới.txt", b"m").ingested_by(raising(ChangeStoppedError("dừng")))
    assert contents(folder) == {"cũ.txt": "cũ", "mới.txt": "m"}


@pytest.mark.parametrize(
    "there",
    [
        unicodedata.normalize("NFD", "Báo cáo.txt"),
        "Báo  cáo.txt",
        "Báo cáo.txt ",
    ],
    ids=["accents of a Mac", "two blanks", "blank at the end"],
)
def test_a_file_replaces_the_one_that_a_person_would_call_the_same(tmp_path: Path, there: str):
    folder = write_all(tmp_path / "documents", {there: "cũ"})
    upload = Upload.place(folder, "Báo cáo.txt", b"m")
    assert upload.before == "cũ".encode()
    assert contents(folder) == {there: "m"}


def test_what_is_hidden_beside_a_file_is_not_taken_for_it(tmp_path: Path):
    beside = {"~$luật.docx": "Word", ".luật.docx": "ẩn"}
    folder = write_all(tmp_path / "documents", beside)
    Upload.place(folder, "luật.docx", b"m")
    assert contents(folder) == {**beside, "luật.docx": "m"}


def test_a_folder_that_is_not_there_is_made(tmp_path: Path):
    Upload.place(tmp_path / "a" / "b", "mới.txt", b"m")
    assert contents(tmp_path / "a" / "b") == {"mới.txt": "m"}


@pytest.mark.parametrize("name", ["cũ.txt", "mới.txt"], ids=["a folder there", "no folder"])
def test_a_place_that_cannot_be_written_to_is_an_error_that_is_told(tmp_path: Path, name: str):
    folder = tmp_path / "documents"
    if name == "cũ.txt":
        (folder / name / "con").mkdir(parents=True)
    else:
        folder.write_text("một tệp")
    with pytest.raises(ExternalError, match="cannot write into"):
        Upload.place(folder, name, b"m")
    if folder.is_dir():
        assert [one.name for one in folder.iterdir()] == [name], "nothing half-written"


# --- the table -----------------------------------------------------------------------------------

TABLE = "documents.csv"


def test_a_table_speaks_about_its_whole_folder(folder: Path):
    upload = Upload.place(folder, TABLE, "file,title\ncũ.txt,Luật\n".encode())
    assert upload.paths == [folder]
    upload.ingested_by(ended(Outcome.FAILED))
    assert TABLE in contents(folder), "a document that fails beside it is not the table's doing"


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("tệp,tên\ncũ.txt,Luật\n", "no column 'file'"),
        ("file,issued\ncũ.txt,5/4/2024\n", "issued='5/4/2024'"),
        ("file,kind\nkhác.txt,law\ncũ.txt,luật\n", "kind='luật'"),
        ("file,audience\ncũ.txt,mọi người\n", "audience="),
        ("file,period\ncũ.txt,tháng 8\n", "period="),
        ("file,expires\ncũ.txt,31/12/2025\n", "expires='31/12/2025'"),
        ("file,article,expires\ncũ.txt,Điều 5,2025-12-31\n", "article='Điều 5'"),
    ],
    ids=[
        "no column of files",
        "a day",
        "a kind in the last row",
        "an audience",
        "a period",
        "an end",
        "an article",
    ],
)
def test_a_malformed_table_is_put_back_before_half_of_it_is_applied(
    folder: Path, table: str, words: str
):
    before = write_all(folder, {TABLE: "file,title\ncũ.txt,Luật\n"})
    kept = contents(before)
    with pytest.raises(UnreadableDocumentError, match=words) as refused:
        Upload.place(folder, TABLE, table.encode()).ingested_by(raising(AssertionError("ingested")))
    assert refused.value.fault is DocumentFault.METADATA
    assert contents(folder) == kept
