"""What a document says of itself; what it does not say stays empty."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.metadata import describe
from ingest.reading import Block, BlockKind, Table, TableRow
from ingest.structure.lines import Line, lay_out
from knowledge.model import Kind, Metadata


def lines(*texts: str) -> tuple[Line, ...]:
    return lay_out(Block(kind=BlockKind.PARAGRAPH, text=text) for text in texts)[1]


def described(*texts: str) -> Metadata:
    return describe(lines(*texts))


ARTICLES = ("Điều 1. Máy cày", "Máy cày dùng chung.", "Điều 2. Kho", "Kho ở đình.")
DECREE = (
    "CHÍNH PHỦ",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Số: 901/2024/NĐ-CP",
    "Hà Nội, ngày 05 tháng 3 năm 2024",
    "NGHỊ ĐỊNH",
    "VỀ VIỆC DÙNG CHUNG MÁY CÀY",
    "Căn cứ Luật Tổ chức Chính phủ;",
    *ARTICLES,
)


class TestLaws:
    def test_a_decree_is_described_by_its_head(self):
        found = described(*DECREE)
        assert found.kind is Kind.LAW
        assert found.number == "901/2024/NĐ-CP"
        assert found.issuer == "Chính phủ"
        assert found.issued == date(2024, 3, 5)
        assert found.title == "Nghị định về dùng chung máy cày"

    @pytest.mark.parametrize(
        ("line", "number"),
        [
            ("Luật số: 17/2023/QH15", "17/2023/QH15"),
            ("Số: 71/2024/TT-BTC", "71/2024/TT-BTC"),
            ("Số: 1804/QĐ-TTg", "1804/QĐ-TTg"),
            ("Số : 08/2024/NQ-HĐND", "08/2024/NQ-HĐND"),
            ("Số:          /2024", ""),
            ("Số điện thoại: 0275", ""),
        ],
    )
    def test_official_numbers(self, line, number):
        assert described("QUỐC HỘI", line, "LUẬT", "MÁY CÀY", *ARTICLES).number == number

    @pytest.mark.parametrize(
        ("head", "title"),
        [
            (("LUẬT", "HỢP TÁC XÃ"), "Luật Hợp tác xã"),
            (
                ("NGHỊ ĐỊNH", "Quy định về máy cày", "và kho lạnh"),
                "Nghị định Quy định về máy cày và kho lạnh",
            ),
            (
                ("QUYẾT ĐỊNH", "Về việc mua máy cày", "Căn cứ Luật Đất đai;"),
                "Quyết định về mua máy cày",
            ),
            (("ĐIỀU LỆ", "HỢP TÁC XÃ DỪA XANH", "Chương I"), "Điều lệ Hợp tác xã dừa xanh"),
        ],
    )
    def test_titles_are_kind_and_subject(self, head, title):
        assert described(*head, *ARTICLES).title == title

    def test_a_draft_is_called_one(self):
        found = described("DỰ THẢO LẦN 2", *DECREE)
        assert found.title == "Dự thảo Nghị định về dùng chung máy cày"
        assert found.number == "901/2024/NĐ-CP"

    def test_what_a_law_does_not_say_stays_empty(self):
        found = described("NGHỊ ĐỊNH", "VỀ MÁY CÀY", *ARTICLES)
        assert (found.number, found.issuer, found.issued, found.place, found.period) == (
            "",
            "",
            None,
            "",
            "",
        )

    def test_the_place_of_a_provincial_rule_is_told(self):
        found = described(
            "HỘI ĐỒNG NHÂN DÂN TỈNH BẾN TRE",
            "Số: 08/2024/NQ-HĐND",
            "NGHỊ QUYẾT",
            "Về máy cày",
            *ARTICLES,
        )
        assert found.place == "Bến Tre"

    def test_a_date_that_does_not_exist_is_none(self):
        head = [*DECREE[:3], "Hà Nội, ngày 31 tháng 2 năm 2024", *DECREE[4:]]
        assert described(*head).issued is None


class TestDigests:
    NOTE = "Tài liệu mẫu, tóm tắt Luật Hợp tác xã 17/2023/QH15 (không thay văn bản gốc)"

    def test_a_digest_has_no_number_of_its_own(self):
        found = described("Tóm tắt: máy cày", self.NOTE, *ARTICLES)
        assert found.kind is Kind.DIGEST
        assert found.title == "Tóm tắt: máy cày"
        assert found.number == ""
        assert found.retells == "17/2023/QH15"

    def test_a_digest_of_an_unnamed_law_retells_nothing(self):
        note = "Tài liệu mẫu, tóm tắt quy định của xã (không thay văn bản gốc)"
        assert described("Tóm tắt: máy cày", note, "Máy ở kho.").retells == ""


class TestReports:
    HEADLINE = "Kinh tế tập thể tỉnh Bến Tre năm 2023"

    def test_a_report_is_described_by_its_headline(self):
        found = described(self.HEADLINE, "Ngày 12/01/2024", "Toàn tỉnh có 187 hợp tác xã.")
        assert found.kind is Kind.REPORT
        assert found.title == self.HEADLINE
        assert found.place == "Bến Tre"
        assert found.period == "2023"
        assert found.issued == date(2024, 1, 12)
        assert found.number == ""

    @pytest.mark.parametrize(
        ("texts", "period"),
        [
            (("Hợp tác xã tháng 8/2023 ở xã nhà", "Có 9 tổ."), "2023-08"),
            (("Hợp tác xã 6 tháng đầu năm 2022 ở xã", "Có 9 tổ."), "2022-01/2022-06"),
            (("Kết quả các tổ trồng dừa trong xã", "Năm 2023 có 9 tổ."), "2023"),
            (("Kết quả các tổ trồng dừa trong xã", "Năm 2022 có 8 tổ, năm 2023 có 9 tổ."), ""),
            (("Kết quả các tổ trồng dừa trong xã", "Có 9 tổ."), ""),
            (("Mục tiêu các tổ trồng dừa đến năm 2030", "Có 9 tổ."), ""),
        ],
    )
    def test_the_period_is_told_or_left_open(self, texts, period):
        assert described(*texts).period == period

    def test_the_day_of_publication_is_not_the_period(self):
        found = described("Kết quả các tổ trồng dừa trong xã", "Ngày 12/01/2024", "Có 9 tổ.")
        assert found.issued == date(2024, 1, 12)
        assert found.period == ""

    @pytest.mark.parametrize(
        ("texts", "place"),
        [
            (("Hợp tác xã Cà Mau lớn dần", "Có 9 tổ; Bạc Liêu có 8."), "Cà Mau"),
            (("Hợp tác xã lớn dần trong vùng", "Toàn tỉnh Trà Vinh có 9 tổ."), "Trà Vinh"),
            (("Hợp tác xã lớn dần trong vùng", "Trà Vinh có 9 tổ, Bến Tre có 8."), ""),
            (("Hợp tác xã lớn dần trong vùng", "Có 9 tổ."), ""),
            (("Hợp tác xã lớn dần", "Cả nước có 9 tổ; Trà Vinh 2, Bến Tre 3."), "Cả nước"),
            (("Trà Vinh, Bến Tre lớn dần", "Cả nước có 9 tổ; Trà Vinh 2, Bến Tre 3."), ""),
        ],
    )
    def test_the_place_is_told_or_left_open(self, texts, place):
        assert described(*texts).place == place

    def test_the_title_of_the_file_is_used_when_the_text_has_none(self):
        assert describe(lines("Có 9 tổ."), title="Tổ trồng dừa 2023").title == "Tổ trồng dừa 2023"
        assert describe(lines(self.HEADLINE), title="Khác").title == self.HEADLINE

    def test_a_heading_comes_before_other_lines(self):
        blocks = [
            Block(kind=BlockKind.PARAGRAPH, text="Bản tin của huyện trồng dừa"),
            Block(kind=BlockKind.HEADING, text="Tổ viên Ba Tri gặt lúa", level=1),
        ]
        assert describe(lay_out(blocks)[1]).title == "Tổ viên Ba Tri gặt lúa"

    def test_a_file_of_rows_is_a_table(self):
        table = Table(
            caption="Số HTX các tỉnh năm 2022",
            headers=("Tỉnh", "Số HTX"),
            rows=tuple(TableRow(number=at, cells=("Bến Tre", str(at))) for at in range(3)),
        )
        found = describe(lay_out([Block(kind=BlockKind.TABLE, table=table)])[1])
        assert found.kind is Kind.TABLE
        assert found.title == "Số HTX các tỉnh năm 2022"
        assert found.period == "2022"
