"""Lines of pages: page numbers, headers and footers, and lines that make a paragraph."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.pages import begins_part, ends_sentence, paragraphs, remaining, repeated

BODY = [
    "Toàn tỉnh có 120 hợp tác xã.",
    "Doanh thu bình quân tăng.",
    "Thành viên góp vốn đầy đủ.",
    "Ban giám đốc họp hằng quý.",
    "Lao động được đóng bảo hiểm.",
    "Tổ hợp tác hoạt động ổn định.",
    "Quỹ hỗ trợ cho vay 12 dự án.",
]


def page(*edges: str, foot: str = "", number: int = 0) -> list[str]:
    body = [f"{line} ({'abcdefgh'[number]})" for line in BODY]
    return [*edges, *body, *([foot] if foot else [])]


class TestRepeated:
    def test_a_header_on_every_page_goes(self) -> None:
        pages = [page("LIÊN MINH HỢP TÁC XÃ TỈNH", number=n) for n in range(3)]
        assert remaining(pages) == tuple(tuple(page(number=n)) for n in range(3))

    def test_a_footer_with_the_page_number_in_words_goes(self) -> None:
        pages = [page(foot=f"Báo cáo năm 2023 | Trang {n + 1}/4", number=n) for n in range(4)]
        assert remaining(pages) == tuple(tuple(page(number=n)) for n in range(4))

    def test_numbers_that_count_from_elsewhere_go(self) -> None:
        pages = [page(foot=str(n + 17), number=n) for n in range(3)]
        assert remaining(pages) == tuple(tuple(page(number=n)) for n in range(3))

    @pytest.mark.parametrize("number", ["2", "- 2 -", "Trang 2", "2/5", "Trang 2 trên 5", "– 2 –"])
    def test_a_page_s_own_number_goes_even_alone(self, number: str) -> None:
        pages = [page(number=0), page(foot=number, number=1)]
        assert remaining(pages)[1] == tuple(page(number=1))

    @pytest.mark.parametrize("number", ["7", "2 HTX", "2.", "1/2"])
    def test_another_number_alone_stays(self, number: str) -> None:
        pages = [page(number=0), page(number=2), page(foot=number, number=1)]
        assert number in remaining(pages)[2]

    def test_half_of_the_pages_is_not_enough(self) -> None:
        pages = [page(*(["PHẦN CHUNG"] if n < 2 else []), number=n) for n in range(4)]
        assert not repeated(pages)

    def test_numbered_parts_at_the_top_of_pages_are_text(self) -> None:
        pages = [page(f"Phụ lục {n + 1}", number=n) for n in range(3)]
        assert not repeated(pages)

    def test_different_numbers_that_do_not_count_pages_are_text(self) -> None:
        pages = [page(f"Tổng cộng: {value} HTX", number=n) for n, value in enumerate((40, 7, 93))]
        assert not repeated(pages)

    def test_a_line_repeated_in_the_middle_stays(self) -> None:
        middle = [[*page(number=n)[:4], "Ghi chú chung", *page(number=n)[3:]] for n in range(3)]
        assert not repeated(middle)

    def test_one_page_has_no_header(self) -> None:
        assert remaining([page("BÁO CÁO")]) == (tuple(page("BÁO CÁO")),)

    def test_no_page_and_empty_pages_are_nothing(self) -> None:
        assert remaining([]) == ()
        assert remaining([[], []]) == ((), ())


class TestParagraphs:
    def test_a_line_is_a_paragraph_when_the_writer_ended_it(self) -> None:
        lines = ["Tin kinh tế tập thể", "Ngày đăng: 22/02/2022", "", "Toàn tỉnh có 45 HTX."]
        assert paragraphs(lines) == [lines[0], lines[1], lines[3]]

    def test_lines_cut_at_the_width_of_a_page_are_joined(self) -> None:
        lines = [
            "Hợp tác xã là tổ chức kinh tế tập thể do các thành viên tự nguyện",
            "thành lập và hợp tác tương trợ lẫn nhau trong hoạt động sản xuất.",
            "Hợp tác xã tự chủ, tự chịu trách nhiệm và bình đẳng trong quản lý",
            "hợp tác xã.",
        ]
        assert paragraphs(lines) == [" ".join(lines)]

    def test_long_lines_that_are_whole_paragraphs_stay_apart(self) -> None:
        lines = ["Doanh thu của các hợp tác xã nông nghiệp trong tỉnh " * 5, "tăng dần " * 30]
        assert len(paragraphs(lines)) == 2

    def test_a_long_title_over_a_line_is_not_joined(self) -> None:
        lines = ["Kinh tế tập thể của tỉnh sau năm năm thực hiện nghị quyết mới", "Ngày đăng: 1/2"]
        assert paragraphs(lines) == lines

    def test_numbered_lines_stay_apart_among_cut_lines(self) -> None:
        lines = [
            "1. Thành viên có quyền được cung ứng sản phẩm, dịch vụ theo hợp",
            "đồng đã ký với hợp tác xã.",
            "a) được phân phối thu nhập;",
        ]
        assert paragraphs(lines) == [f"{lines[0]} {lines[1]}", lines[2]]

    def test_a_line_of_dashes_parts_paragraphs_and_goes(self) -> None:
        assert paragraphs(["LUẬT", "-------", "Điều 1"]) == ["LUẬT", "Điều 1"]

    def test_letters_come_out_composed_and_spaces_single(self) -> None:
        broken = unicodedata.normalize("NFD", "Hợp\u00a0tác  xã\u200b")
        assert paragraphs([broken]) == ["Hợp tác xã"]

    @given(st.lists(st.text()))
    def test_no_letter_is_lost_or_made(self, lines: list[str]) -> None:
        def letters(text: str) -> str:
            return "".join(c for c in unicodedata.normalize("NFD", text) if c.isalnum())

        assert sorted(letters("".join(paragraphs(lines)))) == sorted(letters("".join(lines)))


@pytest.mark.parametrize(
    ("line", "begins"),
    [
        ("1. Đối tượng", True),
        ("12) Mức vốn", True),
        ("1.2. Kết quả", True),
        ("đ) Sổ sách", True),
        ("- Tiền thuê đất", True),
        ("IV. KẾT LUẬN", True),
        ("Điều 5. Quyền", True),
        ("Phụ lục số 2", True),
        ("1.200 hợp tác xã", False),
        ("điều 5 của Luật này", False),
        ("Điều kiện hỗ trợ", False),
        ("hợp tác xã", False),
    ],
)
def test_marks_that_begin_a_part(line: str, begins: bool) -> None:
    assert begins_part(line) is begins


@pytest.mark.parametrize(
    ("line", "ends"), [("xã.", True), ("sau:", True), ("“mới.”", True), ("và", False)]
)
def test_ends_of_sentences(line: str, ends: bool) -> None:
    assert ends_sentence(line) is ends
