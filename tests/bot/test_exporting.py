"""Figures as files to take away, read back as a spreadsheet reads them; amounts in words."""

from __future__ import annotations

import csv
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.saying.figure_words import amount
from bot.saying.render import figure_json
from bot.taking.exporting import (
    COLUMNS,
    SOURCE_COLUMNS,
    csv_table,
    table_name,
    workbook,
    write_figures,
)
from knowledge.errors import ExternalError, UsageError
from knowledge.model import Comparator, Figure, FigureKind, Operation
from tests.builders import a_derived_figure, a_figure, a_figure_answer

TOTAL = Figure(
    indicator="số HTX",
    subject="HTX",
    value=Decimal(187),
    unit="HTX",
    place="Bến Tre",
    period="2023",
    kind=FigureKind.ACTUAL,
    comparator=Comparator.EQUAL,
    document="d1",
    source="báo cáo, quý I.txt",
    quote='Toàn tỉnh có 187 HTX "kiểu mới",\nhơn năm trước.',
)
MONEY = replace(
    TOTAL,
    value=Decimal("2360000000.5"),
    value_max=Decimal(2500000000),
    comparator=Comparator.RANGE,
    unit="đồng",
)
FALL = replace(TOTAL, value=Decimal("-69.2"), unit="%", kind=FigureKind.CHANGE, quote=None)


def from_csv(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def from_workbook(file: Path) -> list[list[object]]:
    sheet = load_workbook(file)["figures"]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_columns_are_the_fields_of_a_figure_in_json():
    assert sorted(COLUMNS) == sorted(figure_json(TOTAL))


def test_a_workbook_holds_a_row_for_each_figure_and_numbers_stay_numbers(tmp_path):
    write_figures([TOTAL, MONEY, FALL], tmp_path / "so-lieu.xlsx")
    header, *rows = from_workbook(tmp_path / "so-lieu.xlsx")
    assert header == list(COLUMNS)
    named = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    assert [one["value"] for one in named] == [187, 2360000000.5, -69.2]
    assert [one["value_max"] for one in named] == [None, 2500000000, None]
    assert [one["kind"] for one in named] == ["actual", "actual", "change"]
    assert named[0]["quote"] == TOTAL.quote
    assert named[0]["period"] == "2023"


def test_a_table_of_text_opens_in_excel_with_its_letters_and_quotes(tmp_path):
    write_figures([TOTAL, FALL], tmp_path / "so-lieu.CSV")
    assert (tmp_path / "so-lieu.CSV").read_bytes().startswith(b"\xef\xbb\xbf")
    header, first, second = from_csv(tmp_path / "so-lieu.CSV")
    assert header == list(COLUMNS)
    assert dict(zip(header, first, strict=True)) == {
        "indicator": "số HTX",
        "subject": "HTX",
        "value": "187",
        "value_max": "",
        "comparator": "=",
        "unit": "HTX",
        "place": "Bến Tre",
        "period": "2023",
        "kind": "actual",
        "document": "d1",
        "source": "báo cáo, quý I.txt",
        "quote": TOTAL.quote,
    }
    assert second[COLUMNS.index("value")] == "-69.2"


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_no_figures_are_a_header_alone(tmp_path, suffix):
    file = tmp_path / f"trong{suffix}"
    write_figures([], file)
    assert (from_csv if suffix == ".csv" else from_workbook)(file) == [list(COLUMNS)]


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://vi.du","xem")',
        "+ Lập mới 15 HTX",
        "- Lập mới 15 HTX",
        "@SUM(A1)",
        "\t=1+1",
        " =1+1",
    ],
    ids=repr,
)
class TestNoFormulaIsRun:
    def test_in_a_workbook(self, tmp_path, text):
        file = tmp_path / "so-lieu.xlsx"
        write_figures([replace(TOTAL, indicator=text, quote=text, place=text)], file)
        sheet = load_workbook(file)["figures"]
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
        assert sheet.cell(row=2, column=1).value == text

    def test_in_a_table_of_text(self, tmp_path, text):
        file = tmp_path / "so-lieu.csv"
        write_figures([replace(TOTAL, indicator=text, quote=text)], file)
        row = from_csv(file)[1]
        assert row[COLUMNS.index("indicator")] == f"'{text}"
        assert row[COLUMNS.index("quote")] == f"'{text}"


def test_a_letter_that_no_workbook_may_hold_is_left_out(tmp_path):
    file = tmp_path / "so-lieu.xlsx"
    write_figures([replace(TOTAL, quote="Có 187\x0b HTX.")], file)
    assert from_workbook(file)[1][COLUMNS.index("quote")] == "Có 187 HTX."


class TestAnswer:
    """An answer's figures as bytes, computed ones and sources included."""

    @pytest.fixture
    def answer(self):
        more, less = (
            a_figure("Bến Tre", 187),
            a_figure("Cà Mau", 120, document="d2", source="cm.txt"),
        )
        return a_figure_answer(Operation.COMPARE, more, less, a_derived_figure(67, more, less))

    def test_what_was_computed_has_a_row_of_its_own_kind_and_no_column_for_its_parts(self, answer):
        header, *rows = csv.reader(csv_table(answer.figures).decode("utf-8-sig").splitlines())
        assert "from" not in header
        named = [dict(zip(header, row, strict=True)) for row in rows]
        told = [(one["place"], one["value"], one["kind"], one["document"]) for one in named]
        assert told == [
            ("Bến Tre", "187", "actual", "d1"),
            ("Cà Mau", "120", "actual", "d2"),
            ("", "67", "derived", ""),
        ]

    def test_the_second_sheet_quotes_the_sources(self, answer):
        book = load_workbook(BytesIO(workbook(answer.figures, answer.citations)))
        assert book.sheetnames == ["figures", "sources"]
        header, *rows = book["sources"].iter_rows(values_only=True)
        assert header == SOURCE_COLUMNS
        named = [dict(zip(header, row, strict=True)) for row in rows]
        assert [(one["title"], one["source"], one["quote"]) for one in named] == [
            ("Báo cáo của Bến Tre", "bao-cao.txt", "Tỉnh Bến Tre có 187 HTX."),
            ("Báo cáo của Cà Mau", "cm.txt", "Tỉnh Cà Mau có 120 HTX."),
        ]

    def test_there_is_one_sheet_without_sources(self, answer):
        assert load_workbook(BytesIO(workbook(answer.figures))).sheetnames == ["figures"]

    def test_a_quotation_of_the_second_sheet_is_no_formula_either(self, answer):
        cited = replace(answer.citations[0], title="=1+1", quote="=cmd|' /C calc'!A0")
        sheet = load_workbook(BytesIO(workbook(answer.figures, [cited])))["sources"]
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
        assert sheet.cell(row=2, column=1).value == "=1+1"

    @pytest.mark.parametrize(
        ("indicator", "expected"),
        [
            ("tổng số HTX", "so-lieu-tong-so-htx.xlsx"),
            ("doanh thu / 1 HTX (đồng)", "so-lieu-doanh-thu-1-htx-dong.xlsx"),
            ("../../tệp", "so-lieu-tep.xlsx"),
            ("", "so-lieu.xlsx"),
            ("số " * 30, "so-lieu" + "-so" * 8 + ".xlsx"),
        ],
    )
    def test_its_name_is_of_letters_that_every_system_takes(self, indicator, expected):
        assert table_name([replace(TOTAL, indicator=indicator)]) == expected


@pytest.mark.parametrize("name", ["so-lieu.pdf", "so-lieu", "so-lieu.xls"])
def test_other_files_are_refused(tmp_path, name):
    with pytest.raises(UsageError, match=r"\.xlsx or \.csv"):
        write_figures([TOTAL], tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["so-lieu.xlsx", "so-lieu.csv"])
def test_a_folder_that_is_not_there_is_told(tmp_path, name):
    with pytest.raises(ExternalError, match="cannot write"):
        write_figures([TOTAL], tmp_path / "khong-co" / name)


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("187", "HTX", "187 HTX"),
        ("42350", "thành viên", "42.350 thành viên"),
        ("5935000", "thành viên", "5.935.000 thành viên"),
        ("100", "HTX", "100 HTX"),
        ("0", "HTX", "0 HTX"),
        ("-5", "HTX", "-5 HTX"),
        ("34.7", "%", "34,7%"),
        ("-69.2", "%", "-69,2%"),
        ("100", "%", "100%"),
        ("69406.25", "ha", "69.406,25 ha"),
        ("500000", "đồng", "500.000 đồng"),
        ("54000000", "đồng", "54 triệu đồng"),
        ("163800000000", "đồng", "163,8 tỷ đồng"),
        ("10350000000000", "đồng", "10.350 tỷ đồng"),
        ("-565000000", "đồng", "-565 triệu đồng"),
    ],
    ids=str,
)
def test_amounts_as_people_write_them(value, unit, expected):
    assert amount(replace(TOTAL, value=Decimal(value), unit=unit)) == expected


@pytest.mark.parametrize(
    ("comparator", "expected"),
    [
        (Comparator.ABOUT, "khoảng 187 HTX"),
        (Comparator.MORE, "trên 187 HTX"),
        (Comparator.LESS, "dưới 187 HTX"),
    ],
)
def test_amounts_that_are_not_exact(comparator, expected):
    assert amount(replace(TOTAL, comparator=comparator)) == expected


@pytest.mark.parametrize(
    ("low", "high", "unit", "expected"),
    [
        ("4", "6", "HTX", "4 - 6 HTX"),
        ("10000000", "15000000", "đồng", "10 - 15 triệu đồng"),
        ("5.5", "10", "%", "5,5 - 10%"),
    ],
)
def test_ranges(low, high, unit, expected):
    figure = replace(
        TOTAL, value=Decimal(low), value_max=Decimal(high), unit=unit, comparator=Comparator.RANGE
    )
    assert amount(figure) == expected
