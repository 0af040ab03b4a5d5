"""Tables: header and body told apart, merged cells, captions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.reading import Block, BlockKind
from ingest.tables import (
    Grid,
    Merge,
    append,
    body_rows,
    build_table,
    cut,
    header_height,
    header_texts,
    is_column_numbers,
    is_layout,
    is_number,
    is_unit_line,
    is_units,
    make_grid,
    place_table,
    split_notes,
    split_titles,
    take_caption,
)


def merge(top: int, left: int, bottom: int, right: int) -> Merge:
    return Merge(top=top, left=left, bottom=bottom, right=right)


def grid(*rows: str, merges: tuple[Merge, ...] = (), header_rows: int | None = None) -> Grid:
    """Rows as "a | b | c"."""
    cells = [[cell.strip() for cell in row.split("|")] for row in rows]
    return make_grid(cells, merges, header_rows=header_rows)


def paragraph(text: str) -> Block:
    return Block(kind=BlockKind.PARAGRAPH, text=text)


def cells_of(table_grid: Grid) -> list[tuple[str, ...]]:
    return [row.cells for row in build_table(table_grid).rows]


GROUPED = grid(
    "STT | Huyện | Số HTX | ",
    " | | Tổng số | Đang hoạt động",
    "1 | Lạc Hồng | 12 | 10",
    "2 | Phú Thành | 9 | 9",
    " | Cộng | 21 | 19",
    merges=(merge(0, 0, 1, 0), merge(0, 1, 1, 1), merge(0, 2, 0, 3)),
)


class TestHeader:
    def test_merged_rows_are_one_header_said_for_each_column(self) -> None:
        assert build_table(GROUPED).headers == (
            "STT",
            "Huyện",
            "Số HTX > Tổng số",
            "Số HTX > Đang hoạt động",
        )

    def test_rows_keep_their_numbers_and_the_total_row(self) -> None:
        rows = build_table(GROUPED).rows
        assert [row.number for row in rows] == [3, 4, 5]
        assert rows[-1].cells == ("", "Cộng", "21", "19")

    def test_years_under_a_group_are_header(self) -> None:
        years = grid(
            "Chỉ tiêu | Năm | ",
            " | 2021 | 2022",
            "Số HTX | 40 | 45",
            merges=(merge(0, 0, 1, 0), merge(0, 1, 0, 2)),
        )
        assert build_table(years).headers == ("Chỉ tiêu", "Năm > 2021", "Năm > 2022")

    def test_a_group_without_merged_cells_is_seen_by_its_gaps(self) -> None:
        bare = grid("Chỉ tiêu | Năm | | ", " | 2020 | 2021 | 2022", "Số HTX | 4 | 5 | 6")
        assert build_table(bare).headers == ("Chỉ tiêu", "Năm > 2020", "Năm > 2021", "Năm > 2022")

    def test_three_rows_of_header(self) -> None:
        deep = grid(
            "Huyện | Hợp tác xã | | ",
            " | Tổng số | Trong đó | ",
            " | | Nông nghiệp | Khác",
            "Lạc Hồng | 12 | 10 | 2",
            merges=(merge(0, 0, 2, 0), merge(0, 1, 0, 3), merge(1, 1, 2, 1), merge(1, 2, 1, 3)),
        )
        assert build_table(deep).headers == (
            "Huyện",
            "Hợp tác xã > Tổng số",
            "Hợp tác xã > Trong đó > Nông nghiệp",
            "Hợp tác xã > Trong đó > Khác",
        )

    @pytest.mark.parametrize("row", ["(1) | (2) | (3)", "A | B | 1", "1 | 2 | 3=1+2"])
    def test_column_numbers_belong_to_the_header(self, row: str) -> None:
        numbered = grid("STT | Huyện | Số HTX", row, "1 | Lạc Hồng | 12", "2 | Phú Thành | 9")
        assert header_height(numbered) == 2

    def test_a_body_that_counts_like_columns_is_body(self) -> None:
        counting = grid("STT | Số HTX | Số THT", "1 | 2 | 3", "2 | 8 | 9")
        assert header_height(counting) == 1

    def test_units_belong_to_the_header(self) -> None:
        units = grid("Huyện | Số HTX | Doanh thu", " | (HTX) | (triệu đồng)", "Lạc Hồng | 12 | 900")
        assert build_table(units).headers == ("Huyện", "Số HTX > (HTX)", "Doanh thu > (triệu đồng)")

    def test_a_table_that_begins_with_figures_has_no_header(self) -> None:
        table = build_table(grid("Số HTX | 45", "Số THT | 120"))
        assert table.headers == ("", "")
        assert [row.number for row in table.rows] == [1, 2]

    def test_a_table_of_words_has_one_row_of_header(self) -> None:
        words = grid("Mục tiêu | Chỉ tiêu", "Thành lập mới | 7 - 10 HTX", "Giải thể | 3 HTX")
        assert header_height(words) == 1

    def test_what_the_format_marks_as_header_is_header(self) -> None:
        marked = grid("Tên | Số", "Đơn vị | 12", "Lạc Hồng | 4", header_rows=2)
        assert header_height(marked) == 2

    def test_a_tall_merged_cell_beside_figures_is_body(self) -> None:
        tall = grid(
            "Vùng | Tỉnh | Số HTX",
            "Bắc | Lạc Hồng | 12",
            " | Phú Thành | 9",
            merges=(merge(1, 0, 2, 0),),
        )
        assert header_height(tall) == 1

    def test_a_cell_said_twice_is_said_once(self) -> None:
        twice = grid("Huyện | Số HTX | Số HTX", "Huyện | Nữ | Nam", "A | 1 | 2", header_rows=2)
        assert header_texts(twice, 2) == ("Huyện", "Số HTX > Nữ", "Số HTX > Nam")


class TestBody:
    def test_a_cell_over_rows_is_repeated_in_each(self) -> None:
        regions = grid(
            "Tỉnh | Huyện | Số HTX",
            "Hòa An | Lạc Hồng | 12",
            " | Phú Thành | 9",
            merges=(merge(1, 0, 2, 0),),
        )
        assert cells_of(regions)[1] == ("Hòa An", "Phú Thành", "9")

    def test_a_cell_over_columns_stands_in_the_first(self) -> None:
        section = grid(
            "Huyện | Năm 2021 | Năm 2022",
            "A. Vùng cao | | ",
            "Lạc Hồng | 3 | 4",
            merges=(merge(1, 0, 1, 2),),
        )
        assert cells_of(section)[0] == ("A. Vùng cao", "", "")

    def test_empty_rows_and_empty_columns_go(self) -> None:
        table = build_table(grid("Huyện | | Số HTX", " | | ", "Lạc Hồng | | 3"))
        assert table.headers == ("Huyện", "Số HTX")
        assert [(row.number, row.cells) for row in table.rows] == [(3, ("Lạc Hồng", "3"))]

    def test_a_column_that_is_the_rest_of_a_wide_one_goes(self) -> None:
        wide = grid(
            "Huyện | Số HTX | ",
            "Lạc Hồng | 3 | ",
            "Phú Thành | 4 | ",
            merges=tuple(merge(at, 1, at, 2) for at in range(3)),
        )
        assert build_table(wide).headers == ("Huyện", "Số HTX")

    def test_row_numbers_of_a_sheet_are_kept(self) -> None:
        sheet = make_grid([["Huyện", "Số"], ["A", "1"]], numbers=[7, 8])
        assert [row.number for row in build_table(sheet).rows] == [8]

    def test_lines_of_a_cell_are_one_line(self) -> None:
        lines = make_grid([["Số\nHTX", "Năm"], ["Lạc\nHồng", "2"]])
        assert build_table(lines).headers == ("Số HTX", "Năm")
        assert cells_of(lines) == [("Lạc Hồng", "2")]

    @given(st.lists(st.lists(st.text(max_size=8), max_size=5), max_size=6), st.data())
    def test_any_grid_is_a_table_with_rows_as_wide_as_its_header(
        self, rows: list[list[str]], data: st.DataObject
    ) -> None:
        number = st.integers(-1, 7)
        area = st.builds(Merge, top=number, left=number, bottom=number, right=number)
        table = build_table(make_grid(rows, data.draw(st.lists(area, max_size=4))))
        assert {len(row.cells) for row in table.rows} <= {len(table.headers)}


class TestTitlesAndNotes:
    def test_title_rows_inside_go_to_the_caption(self) -> None:
        titled = grid(
            "Biểu 1. Số HTX theo huyện | | ",
            " | | ĐVT: HTX",
            "STT | Huyện | Số",
            "1 | Lạc Hồng | 3",
            merges=(merge(0, 0, 0, 2),),
        )
        table = build_table(titled)
        assert table.caption == "Biểu 1. Số HTX theo huyện\nĐVT: HTX"
        assert [row.number for row in table.rows] == [4]

    def test_a_group_over_an_empty_corner_is_no_title(self) -> None:
        corner = grid(" | Năm | ", "Huyện | 2021 | 2022", "A | 3 | 4", merges=(merge(0, 1, 0, 2),))
        assert split_titles(corner)[0] == ()
        assert build_table(corner).headers == ("Huyện", "Năm > 2021", "Năm > 2022")

    def test_notes_under_the_table_come_off(self) -> None:
        noted = grid("Huyện | Số", "A | 3", "Ghi chú: số ước tính | ")
        rest, notes = split_notes(noted)
        assert notes == ("Ghi chú: số ước tính",)
        assert len(rest.rows) == 2

    def test_a_cut_grid_keeps_numbers_and_moves_merged_areas(self) -> None:
        rest = cut(GROUPED, 1, 4)
        assert rest.numbers == (2, 3, 4)
        assert all(m.top >= 0 and m.bottom < 3 for m in rest.merges)


class TestParts:
    def test_the_second_part_goes_on_without_the_repeated_header(self) -> None:
        first = grid("STT | Huyện | Số", "1 | A | 3")
        second = grid("STT | Huyện | Số", "2 | B | 4")
        assert cells_of(append(first, second)) == [("1", "A", "3"), ("2", "B", "4")]

    def test_the_second_part_goes_on_without_a_header(self) -> None:
        joined = append(grid("Huyện | Ghi chú", "A | mới"), grid("B | cũ"))
        assert cells_of(joined) == [("A", "mới"), ("B", "cũ")]


class TestCaption:
    def test_the_line_that_names_the_table_and_its_unit_line(self) -> None:
        before = [paragraph("Kết quả."), paragraph("Bảng 1. Số HTX"), paragraph("ĐVT: HTX")]
        assert take_caption(before) == ("Bảng 1. Số HTX\nĐVT: HTX", 1)

    def test_a_heading_that_names_the_table_stays(self) -> None:
        before = [Block(kind=BlockKind.HEADING, text="Biểu 2", level=2)]
        assert take_caption(before) == ("Biểu 2", 1)

    def test_other_text_is_no_caption(self) -> None:
        assert take_caption([paragraph("Số liệu như sau:")]) == ("", 1)
        assert take_caption([]) == ("", 0)

    def test_a_placed_table_has_taken_its_caption(self) -> None:
        blocks = place_table([paragraph("Bảng 1. Số HTX")], GROUPED, page=3)
        assert [block.kind for block in blocks] == [BlockKind.TABLE]
        assert blocks[0].page == 3
        assert blocks[0].table is not None
        assert blocks[0].table.caption == "Bảng 1. Số HTX"

    def test_a_letterhead_becomes_paragraphs(self) -> None:
        letterhead = make_grid(
            [
                [
                    "UBND TỈNH HÒA AN\n-------",
                    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do",
                ],
                ["Số: 12/BC-UBND", "Hòa An, ngày 5 tháng 6 năm 2023"],
            ]
        )
        assert [block.text for block in place_table([], letterhead)] == [
            "UBND TỈNH HÒA AN",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do",
            "Số: 12/BC-UBND",
            "Hòa An, ngày 5 tháng 6 năm 2023",
        ]

    def test_one_row_or_one_column_is_layout(self) -> None:
        assert is_layout(grid("trái | phải"))
        assert is_layout(grid("một | ", "hai | "))
        assert not is_layout(GROUPED)


@pytest.mark.parametrize("cell", ["12", "1.234", "12,5", "12,5%", "-3", "−3", "(12)", "12 500"])
def test_figures(cell: str) -> None:
    assert is_number(cell)


@pytest.mark.parametrize("cell", ["", "2023", "12 HTX", "30/6/2023", "…", "Năm 2020", "7 - 10"])
def test_what_is_no_figure(cell: str) -> None:
    assert not is_number(cell)


@pytest.mark.parametrize(
    "row", [["(1)", "(2)"], ["A", "B", "1"], ["1", "2", "3"], ["[1]", "[2]", ""]]
)
def test_rows_of_column_numbers(row: list[str]) -> None:
    assert is_column_numbers(row)


@pytest.mark.parametrize("row", [["1", "2"], ["1", "3", "4"], ["1", "", "2"], ["A", "B"], []])
def test_rows_that_number_nothing(row: list[str]) -> None:
    assert not is_column_numbers(row)


@pytest.mark.parametrize(
    ("row", "units"),
    [
        (["", "(HTX)", "(người)"], True),
        (["", "HTX", "triệu đồng"], True),
        (["", "Tỷ đồng", "%"], True),
        (["", "HTX"], False),
        (["Lạc Hồng", "HTX"], False),
        (["", ""], False),
        (["(1)", "(2)"], False),
    ],
)
def test_rows_of_units(row: list[str], units: bool) -> None:
    assert is_units(row) is units


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("ĐVT: HTX", True),
        ("(Đơn vị tính: triệu đồng)", True),
        ("Đơn vị: người", True),
        ("Đơn vị", False),
    ],
)
def test_unit_lines(text: str, unit: bool) -> None:
    assert is_unit_line(text) is unit


def test_body_rows_of_a_header_that_reaches_down_are_not_filled_by_it() -> None:
    reaching = make_grid([["Huyện", "Số"], ["", "3"]], [merge(0, 0, 1, 0)], header_rows=1)
    assert body_rows(reaching, 1)[0].cells == ("", "3")
