"""What a news portal prints around an article, and near misses that belong to it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.clean import without_boilerplate
from ingest.reading import Block, BlockKind, Table, TableRow

BODY = "Toàn huyện có 41 hợp tác xã trồng dừa, tăng 3 so với năm trước."


def blocks(*texts: str) -> tuple[Block, ...]:
    return tuple(Block(kind=BlockKind.PARAGRAPH, text=text) for text in texts)


def kept(*texts: str) -> list[str]:
    return [block.text for block in without_boilerplate(blocks(*texts))[0]]


@pytest.mark.parametrize(
    "line",
    [
        "Lượt xem: 1.204",
        "Số lượt truy cập: 98.113",
        "1.204 lượt xem",
        "Đọc: 88",
        "Bình luận (0)",
        "Ý kiến ( 12 )",
        "0/500 ký tự",
        "Đang tải dữ liệu...",
        "Gửi bình luận của bạn",
        "Từ khóa: hợp tác xã, dừa",
        "In trang",
        "Chia sẻ | Facebook | Zalo",
        "Tăng cỡ chữ",
        "A+",
        "© 2023 Cổng thông tin huyện",
        "Bản quyền thuộc Báo Đồng Khởi",
        "Trang 2/7",
        "Trang chủ > Kinh tế > Hợp tác xã",
        "Bến Tre, 31°C, nhiều mây",
        "Ảnh: tổ viên gặt lúa ở Ba Tri",
        "Ảnh 2. Kho lạnh của tổ",
        "Nguồn ảnh: Báo Đồng Khởi",
    ],
)
def test_what_portals_print_around_an_article_is_dropped(line):
    found, dropped = without_boilerplate(blocks(BODY, line, BODY))
    assert [block.text for block in found] == [BODY, BODY]
    assert dropped == 1


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("Lượt xem đất của đoàn kiểm tra kéo dài 3 ngày.", id="views of another kind"),
        pytest.param("Đọc sách ở nhà văn hóa xã", id="reading without a count"),
        pytest.param("Bình luận về vốn góp còn nhiều ý khác nhau", id="an opinion in the text"),
        pytest.param("Từ khóa học này, 12 giám đốc được cấp chứng chỉ.", id="from a course on"),
        pytest.param("Bản quyền giống dừa là của tổ Ba Tri.", id="a right to a plant"),
        pytest.param("In trang bìa sổ thành viên hết 2 triệu đồng", id="printing that costs"),
        pytest.param("Chia sẻ kinh nghiệm trồng dừa", id="sharing experience"),
        pytest.param("Trang 2 của hợp đồng ghi giá 9.000 đồng", id="a page of a contract"),
        pytest.param("Trang chủ tịch nước ký ngày 5/3", id="not the home page"),
        pytest.param("Kho lạnh của tổ chạy tốt, 4°C suốt vụ.", id="a temperature in a sentence"),
        pytest.param("Ảnh hưởng của hạn mặn làm giảm 5% sản lượng", id="influence"),
        pytest.param("Hình thức hợp tác: góp đất", id="a form"),
        pytest.param("Nguồn vốn: 20 tỷ đồng", id="a source of money"),
        pytest.param("Tin khác với số liệu cũ", id="news in a sentence"),
        pytest.param("Bài viết liên quan đến hợp tác xã được gửi về huyện", id="an article about"),
        pytest.param("Email của tổ không dùng nữa", id="an address out of use"),
    ],
)
def test_near_misses_stay(line):
    assert kept(BODY, line, BODY) == [BODY, line, BODY]
    assert kept(BODY, BODY, line) == [BODY, BODY, line]


@pytest.mark.parametrize(
    "line",
    [
        "Tin khác",
        "CÁC TIN KHÁC:",
        "Tin liên quan",
        "Bài viết mới nhất",
        "Các bài cùng chuyên mục",
        "Tin đọc nhiều",
    ],
)
def test_a_list_of_other_articles_ends_the_text(line):
    others = ["Khai giảng lớp đan lát", "Mưa lớn ở Ba Tri"]
    assert kept(BODY, BODY, BODY, line, *others) == [BODY, BODY, BODY]


def test_such_a_line_in_the_first_half_ends_nothing():
    assert kept("Tin liên quan", *[BODY] * 4) == ["Tin liên quan", *[BODY] * 4]


def test_a_table_is_never_boilerplate():
    table = Block(
        kind=BlockKind.TABLE,
        text="Lượt xem: 5",
        table=Table(caption="", headers=("Huyện",), rows=(TableRow(number=1, cells=("Ba Tri",)),)),
    )
    assert without_boilerplate((table,)) == ((table,), 0)


@settings(deadline=None)
@given(st.lists(st.sampled_from([BODY, "Lượt xem: 5", "Ảnh: kho lúa", "Vốn góp"]), max_size=9))
def test_cleaning_drops_what_is_boilerplate_and_cleaning_twice_nothing_more(texts):
    found, dropped = without_boilerplate(blocks(*texts))
    assert [block.text for block in found] == [one for one in texts if one in (BODY, "Vốn góp")]
    assert dropped == len(texts) - len(found)
    assert without_boilerplate(found) == (found, 0)
