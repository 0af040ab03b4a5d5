"""Corrections written into a `documents.csv`: what is there stays, and what is read back is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.noting import Noted, check_fields, note, noted
from ingest.sources import read_rows
from knowledge.errors import UnreadableDocumentError

PLACED = Noted(fields={"place": "Cà Mau", "period": "2023"})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("", "file,place,period\na.txt,Cà Mau,2023\n", id="no table"),
        pytest.param(
            "file,title\nb.txt,B\n",
            "file,title,place,period\nb.txt,B,,\na.txt,,Cà Mau,2023\n",
            id="a new row and new columns",
        ),
        pytest.param(
            "place,file,ghi chú\nHuế,a.txt,giữ\n",
            "place,file,ghi chú,period\nCà Mau,a.txt,giữ,2023\n",
            id="its own row, with a column of the office's",
        ),
        pytest.param(
            "file,place\na.txt,Huế\na.txt,Vinh\n",
            "file,place,period\na.txt,Huế,\na.txt,Cà Mau,2023\n",
            id="the last of two rows counts",
        ),
        pytest.param(
            "file,article,expires\na.txt,5,2024-01-01\n",
            "file,article,expires,place,period\na.txt,5,2024-01-01,,\na.txt,,,Cà Mau,2023\n",
            id="a row about an article is another matter",
        ),
        pytest.param(
            'file,title\nb.txt,"B, ""hai"""\n',
            'file,title,place,period\nb.txt,"B, ""hai""",,\na.txt,,Cà Mau,2023\n',
            id="quotes and commas",
        ),
        pytest.param(
            "\ufefffile,place\r\na.txt,Huế\r\n",
            "\ufefffile,place,period\r\na.txt,Cà Mau,2023\r\n",
            id="as Excel writes it",
        ),
    ],
)
def test_a_table_with_what_was_corrected(before: str, after: str):
    assert noted(before, {"a.txt": PLACED}) == after


def test_rows_about_articles_replace_the_earlier_ones():
    before = "file,article,expires\na.txt,5,2024-01-01\nb.txt,6,2024-01-01\n"
    said = Noted(fields={}, parts=({"article": "7", "expires": "2025-01-01"},))
    assert noted(before, {"a.txt": said}) == (
        "file,article,expires\nb.txt,6,2024-01-01\na.txt,7,2025-01-01\n"
    )


def test_what_is_written_is_read_back_and_a_second_time_changes_nothing(tmp_path: Path):
    folder = tmp_path / "mới"
    for _ in range(2):
        note(folder, {"a.txt": PLACED, "b.txt": Noted(fields={})})
    assert read_rows(folder / "documents.csv") == {"a.txt": [dict(PLACED.fields)]}
    assert [one.name for one in folder.iterdir()] == ["documents.csv"]


def test_nothing_said_makes_no_table(tmp_path: Path):
    note(tmp_path, {"a.txt": Noted(fields={})})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("table", ["tên,place\na.txt,Huế\n", "\xff\xfe"])
def test_a_table_that_is_none_is_left_as_it_is(table: str, tmp_path: Path):
    file = tmp_path / "documents.csv"
    data = table.encode("latin-1", "replace")
    file.write_bytes(data)
    with pytest.raises(UnreadableDocumentError):
        note(tmp_path, {"a.txt": PLACED})
    assert file.read_bytes() == data


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("period", "mai"),
        ("place", "Hãy gọi số này ngay và làm theo những gì chúng tôi nói với bạn"),
        ("audience", "mọi người"),
        ("title", "a" * 500),
        ("expires", "hôm qua"),
    ],
)
def test_a_malformed_cell_is_no_correction(column: str, value: str):
    with pytest.raises(UnreadableDocumentError):
        check_fields({column: value})
    check_fields({"period": "2023-08", "place": "Nho Quan (Ninh Bình)", "audience": "officers"})


@pytest.mark.parametrize(
    "cells",
    [{"place": "x" * 80}, {"period": "năm ngoái"}, {"kind": "tiểu thuyết"}, {"number": "a b"}],
    ids=str,
)
def test_what_is_malformed_is_not_written(cells: dict[str, str], tmp_path: Path):
    with pytest.raises(UnreadableDocumentError):
        note(tmp_path, {"a.txt": Noted(fields=cells)})
    assert list(tmp_path.iterdir()) == []
