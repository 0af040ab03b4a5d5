"""Reports by paragraph, tables by row, digests by the article that they retell."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.reading import Block, BlockKind, Table, TableRow
from ingest.structure.cutting import LONG_WORDS, Draft, first_words, sentences, split_long
from ingest.structure.lines import CELL_MARK, lay_out, row_text
from ingest.structure.reports import cut_digest, cut_report, is_digest


def heading(text: str, level: int = 1) -> Block:
    return Block(kind=BlockKind.HEADING, text=text, level=level)


def paragraph(text: str, page: int | None = None) -> Block:
    return Block(kind=BlockKind.PARAGRAPH, text=text, page=page)


def table(*rows: tuple[str, ...], sheet: str | None = None, page: int | None = None) -> Block:
    return Block(
        kind=BlockKind.TABLE,
        page=page,
        table=Table(
            caption="Số HTX theo huyện",
            headers=("Huyện", "Số HTX", ""),
            rows=tuple(TableRow(number=place, cells=cells) for place, cells in enumerate(rows, 3)),
            sheet=sheet,
        ),
    )


def report(*blocks: Block) -> list[Draft]:
    text, lines = lay_out(blocks)
    drafts = cut_report(lines, text)
    assert all(text[one.start : one.start + len(one.text)] == one.text for one in drafts)
    return drafts


OPENING = "Năm 2023 toàn huyện có 41 hợp tác xã trồng dừa."


class TestReports:
    def test_each_paragraph_is_a_passage_under_its_heading(self):
        drafts = report(
            heading("Kinh tế tập thể"),
            paragraph(OPENING, page=1),
            heading("Vốn và doanh thu", 2),
            paragraph("Doanh thu bình quân đạt 2,4 tỷ đồng.", page=2),
        )
        assert [draft.text for draft in drafts] == [OPENING, "Doanh thu bình quân đạt 2,4 tỷ đồng."]
        assert [draft.breadcrumb for draft in drafts] == [
            "Kinh tế tập thể",
            "Kinh tế tập thể > Vốn và doanh thu",
        ]
        assert [draft.heading for draft in drafts] == ["Kinh tế tập thể", "Vốn và doanh thu"]
        assert [draft.page for draft in drafts] == [1, 2]
        assert drafts[1].locator == "Vốn và doanh thu, trang 2"

    def test_a_heading_of_the_same_rank_takes_the_place_of_the_one_before(self):
        drafts = report(
            heading("Vốn", 2), paragraph(OPENING), heading("Kho", 2), paragraph(OPENING)
        )
        assert [draft.breadcrumb for draft in drafts] == ["Vốn", "Kho"]

    def test_a_heading_of_a_higher_rank_closes_those_below(self):
        blocks = [heading("Vốn"), heading("Vay", 2), paragraph(OPENING), heading("Kho")]
        drafts = report(*blocks, paragraph(OPENING))
        assert [draft.breadcrumb for draft in drafts] == ["Vốn > Vay", "Kho"]

    def test_what_a_colon_announces_stays_with_it(self):
        drafts = report(paragraph("Tổ trưởng Ba Tri nói rõ:"), paragraph(OPENING))
        assert [draft.text for draft in drafts] == [f"Tổ trưởng Ba Tri nói rõ:\n{OPENING}"]

    def test_a_list_stays_with_the_line_that_opens_it(self):
        drafts = report(
            paragraph("Lãnh đạo huyện giao ba việc:"),
            paragraph("- lập thêm hai tổ hợp tác;"),
            paragraph("- mở lớp kế toán cho giám đốc;"),
            paragraph("- mua máy cắt cỏ."),
            paragraph("Việc đầu tiên phải xong trước tháng 6."),
        )
        assert drafts[0].text.splitlines()[0] == "Lãnh đạo huyện giao ba việc:"
        assert drafts[0].text.splitlines()[-1] == "- mua máy cắt cỏ."
        assert drafts[1].text == "Việc đầu tiên phải xong trước tháng 6."

    @pytest.mark.parametrize("mark", ["-", "+", "•", "1.", "1)", "a)"])
    def test_every_mark_of_a_list_counts(self, mark):
        drafts = report(
            paragraph("Kết quả như sau:"), paragraph(f"{mark} kho mới xây xong trong quý")
        )
        assert len(drafts) == 1

    @pytest.mark.parametrize(
        "text", ["Ảnh: lễ khai trương", "Nguyễn Văn A", "GIÁM ĐỐC", "Người tham dự lớp học"]
    )
    def test_captions_and_signatures_are_dropped(self, text):
        assert [draft.text for draft in report(paragraph(OPENING), paragraph(text))] == [OPENING]

    def test_a_short_line_with_a_figure_stays(self):
        drafts = report(paragraph(OPENING), paragraph("Tổng số: 41"))
        assert drafts[-1].text == "Tổng số: 41"

    def test_a_long_paragraph_is_split_between_sentences(self):
        text = " ".join(
            f"Tổ số {number} gặt xong ruộng của mình vào tuần cuối vụ." for number in range(40)
        )
        drafts = report(paragraph(text))
        assert len(drafts) > 1
        assert " ".join(draft.text for draft in drafts) == text
        assert all(draft.text.endswith(".") for draft in drafts)
        assert all(len(draft.text.split()) <= LONG_WORDS for draft in drafts)


class TestTables:
    def test_a_row_is_a_passage_that_is_searched_with_its_headers(self):
        drafts = report(heading("Phụ lục"), table(("Mỏ Cày", "12", "tăng"), ("Ba Tri", "", "")))
        assert [draft.text for draft in drafts] == ["Mỏ Cày | 12 | tăng", "Ba Tri"]
        assert drafts[0].searched == "Huyện: Mỏ Cày; Số HTX: 12; tăng"
        assert drafts[1].searched == "Huyện: Ba Tri"
        assert {draft.lead for draft in drafts} == {"Số HTX theo huyện"}
        assert {draft.heading for draft in drafts} == {"Số HTX theo huyện"}
        assert drafts[0].breadcrumb == "Phụ lục > Số HTX theo huyện"
        assert [draft.locator for draft in drafts] == ["bảng, dòng 3", "bảng, dòng 4"]

    def test_a_row_of_a_sheet_names_it_and_its_page(self):
        assert report(table(("Ba Tri", "7", ""), sheet="Vốn"))[0].locator == "Vốn, dòng 3"
        assert report(table(("Ba Tri", "7", ""), page=2))[0].locator == "trang 2, bảng, dòng 3"

    def test_paragraphs_around_a_table_are_not_joined_over_it(self):
        drafts = report(
            paragraph("Số liệu như sau:"), table(("Ba Tri", "7", "")), paragraph(f"- {OPENING}")
        )
        assert [draft.text for draft in drafts] == ["Ba Tri | 7", f"- {OPENING}"]

    def test_a_row_is_quoted_by_its_filled_cells(self):
        assert row_text(TableRow(number=1, cells=("", "Ba Tri", "", "7"))) == f"Ba Tri{CELL_MARK}7"


TITLE = "Tóm tắt: vay vốn của tổ"
NOTE = "Tài liệu mẫu, tóm tắt Nghị định 902/2024/NĐ-CP (không thay văn bản gốc)"


def digest(*texts: str) -> list[Draft]:
    text, lines = lay_out(paragraph(one) for one in (TITLE, NOTE, *texts))
    return [draft for draft in cut_digest(lines, text) if draft.article]


class TestDigests:
    def test_a_retold_article_is_a_passage_with_its_place(self):
        drafts = digest(
            "Điều 11 Nghị định 902/2024/NĐ-CP: nghĩa vụ góp vốn",
            "Góp vốn đúng hạn.",
            "- Chậm thì bị nhắc.",
            "Điều 12 Luật Hợp tác xã 901/2023/QH15: dịch vụ",
            "Trả phí hằng tháng.",
        )
        assert [draft.text for draft in drafts] == [
            "Góp vốn đúng hạn.\n- Chậm thì bị nhắc.",
            "Trả phí hằng tháng.",
        ]
        assert [draft.article for draft in drafts] == ["11", "12"]
        assert drafts[0].locator == "Điều 11 Nghị định 902/2024/NĐ-CP"
        assert drafts[0].heading == "Điều 11 Nghị định 902/2024/NĐ-CP: nghĩa vụ góp vốn"

    @pytest.mark.parametrize(
        ("line", "locator"),
        [
            (
                "Điều 97, 98 Luật Hợp tác xã 901/2023/QH15: giải thể",
                "Điều 97, 98 Luật Hợp tác xã 901/2023/QH15",
            ),
            ("Điều 5-7 Thông tư 71/2024/TT-BTC: sổ sách", "Điều 5-7 Thông tư 71/2024/TT-BTC"),
            ("Điều 3 và 4 Quyết định 12/2024/QĐ-TTg: quỹ", "Điều 3 và 4 Quyết định 12/2024/QĐ-TTg"),
            ("Điều 8 Nghị định 902/2024/NĐ-CP", "Điều 8 Nghị định 902/2024/NĐ-CP"),
        ],
    )
    def test_headings_of_several_forms(self, line, locator):
        assert [draft.locator for draft in digest(line, "Nộp hồ sơ đủ.")] == [locator]

    @pytest.mark.parametrize(
        "line", ["Điều 5 của Luật này nói rõ hơn.", "Điều kiện: đủ vốn", "Điều 12. Góp vốn"]
    )
    def test_what_is_no_heading_stays_in_the_text(self, line):
        drafts = digest("Điều 11 Nghị định 902/2024/NĐ-CP: góp vốn", "Góp đủ.", line)
        assert [draft.text for draft in drafts] == [f"Góp đủ.\n{line}"]

    def test_a_retold_article_without_words_is_none(self):
        assert digest("Điều 11 Nghị định 902/2024/NĐ-CP: góp vốn") == []

    def test_a_long_one_is_split_and_stays_the_same_article(self):
        lines = [
            f"- Trường hợp thứ {number} thì tổ trưởng ghi vào sổ và báo cho cả tổ."
            for number in range(30)
        ]
        drafts = digest("Điều 11 Nghị định 902/2024/NĐ-CP: góp vốn", *lines)
        assert len(drafts) > 1
        assert {draft.article for draft in drafts} == {"11"}
        assert "\n".join(draft.text for draft in drafts) == "\n".join(lines)

    @pytest.mark.parametrize(
        ("line", "is_one"),
        [
            (NOTE, True),
            ("tóm tắt Luật 901/2023/QH15, không thay thế văn bản gốc", True),
            ("Tóm tắt kết quả năm 2023", False),
            ("Bản này không thay văn bản gốc", False),
        ],
    )
    def test_a_digest_says_so_itself(self, line, is_one):
        assert is_digest(lay_out([paragraph("Vay vốn"), paragraph(line)])[1]) is is_one


class TestSentences:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            pytest.param("Kho mở sáng. Kho đóng tối.", ["Kho mở sáng.", "Kho đóng tối."], id="two"),
            pytest.param(
                "HTX ở TP. Hồ Chí Minh đông hơn.", ["HTX ở TP. Hồ Chí Minh đông hơn."], id="TP."
            ),
            pytest.param(
                "1. Thành viên góp vốn.", ["1. Thành viên góp vốn."], id="a number in front"
            ),
            pytest.param(
                "PGS. TS. Lan dạy. Lớp đông.", ["PGS. TS. Lan dạy.", "Lớp đông."], id="titles"
            ),
            pytest.param(
                "Theo Điều 5. Vốn góp thì rút được.",
                ["Theo Điều 5. Vốn góp thì rút được."],
                id="an article",
            ),
            pytest.param(
                "Lập năm 2022. Toàn tổ có 9 hộ.",
                ["Lập năm 2022.", "Toàn tổ có 9 hộ."],
                id="a year at the end",
            ),
            pytest.param("a) một; b) hai; ba", ["a) một;", "b) hai;", "ba"], id="semicolons"),
            pytest.param(
                "Vốn 1.200 triệu. Đủ chưa? Đủ!", ["Vốn 1.200 triệu.", "Đủ chưa?", "Đủ!"], id="marks"
            ),
            pytest.param("Không có dấu chấm", ["Không có dấu chấm"], id="without an end"),
            pytest.param("", [], id="nothing"),
        ],
    )
    def test_sentences(self, text, found):
        assert [text[start:end] for start, end in sentences(text)] == found

    def test_places_are_counted_from_the_start_given(self):
        assert list(sentences("Một. Hai.", 100)) == [(100, 104), (105, 109)]

    @settings(deadline=None)
    @given(st.text(st.sampled_from("aĐ1. ;?TP\n"), max_size=40))
    def test_no_letter_lies_between_two_sentences(self, text):
        covered = {at for start, end in sentences(text) for at in range(start, end)}
        assert all(at in covered for at, mark in enumerate(text) if not mark.isspace())


class TestSplitting:
    def test_what_is_short_stays_whole(self):
        text, lines = lay_out([paragraph("Một dòng."), paragraph("Hai dòng.")])
        assert [text[one.start : one.end] for one in split_long(text, lines)] == [text]

    @settings(deadline=None)
    @given(st.lists(st.integers(1, 12), min_size=1, max_size=12), st.integers(4, 30))
    def test_parts_are_whole_lines_within_the_limit_and_nothing_is_lost(self, lengths, limit):
        paragraphs = [" ".join(["từ"] * length) for length in lengths]
        text, lines = lay_out(paragraph(one) for one in paragraphs)
        parts = [text[one.start : one.end] for one in split_long(text, lines, limit)]
        assert "\n".join(parts) == text
        assert all(len(part.split()) <= max(limit, *lengths) for part in parts)

    def test_first_words_stand_on_one_line(self):
        assert first_words("Các trường hợp\nsau đây:", 3) == "Các trường hợp"
