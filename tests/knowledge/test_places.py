"""Names of places in running text, and ordinary words that are none."""

from __future__ import annotations

import pytest

from knowledge.vietnamese.places import COUNTRY, find_places, place_names, provinces
from knowledge.vietnamese.text import search_key, tokens, without_marks


def found(text: str) -> list[str]:
    return [mention.place.name for mention in find_places(tokens(search_key(text)))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("Cà Mau có bao nhiêu HTX?", ["Cà Mau"], id="with marks"),
        pytest.param("ca mau co bao nhieu htx", ["Cà Mau"], id="without marks"),
        pytest.param("CÀ MAU", ["Cà Mau"], id="in capitals"),
        pytest.param("tỉnh Trà Vinh và Bến Tre", ["Trà Vinh", "Bến Tre"], id="two of them"),
        pytest.param("Thanh Hoá", ["Thanh Hóa"], id="the old placing of the tone"),
        pytest.param("Bà Rịa – Vũng Tàu", ["Bà Rịa - Vũng Tàu"], id="a name of four words"),
        pytest.param("tp Huế", ["Huế"], id="a name of one word"),
        pytest.param("TP.HCM", ["Hồ Chí Minh"], id="an abbreviation"),
        pytest.param("ở Sài Gòn", ["Hồ Chí Minh"], id="the name people use"),
        pytest.param("Daklak", ["Đắk Lắk"], id="the name in one word"),
        pytest.param("Đắc Nông", ["Đắk Nông"], id="another spelling"),
        pytest.param("đồng bằng sông Cửu Long", ["Đồng bằng sông Cửu Long"], id="a region"),
        pytest.param("ĐBSCL", ["Đồng bằng sông Cửu Long"], id="a region in short"),
        pytest.param("mekong delta", ["Đồng bằng sông Cửu Long"], id="a region in English"),
        pytest.param("vùng Tây Nguyên", ["Tây Nguyên"], id="a highland"),
        pytest.param("trên cả nước", [COUNTRY], id="the country"),
        pytest.param("toàn quốc", [COUNTRY], id="the country by another word"),
        pytest.param("huyện Nho Quan", ["Nho Quan (Ninh Bình)"], id="a district behind its kind"),
        pytest.param("huyen nho quan", [], id="a district is not looked for without marks"),
    ],
)
def test_places_are_found(text, names):
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("nho quan trọng", id="the name of a district without its kind"),
        pytest.param("huyện Châu Thành", id="a district of many provinces"),
        pytest.param("hồ sơ đăng ký hợp tác xã", id="ordinary words"),
        pytest.param("định giá lại tài sản góp vốn", id="words that look like Gia Lai bare"),
        pytest.param("báo cáo bằng văn bản", id="words that look like Cao Bằng bare"),
        pytest.param("kiểm toán hằng năm định kỳ", id="words that look like Nam Định bare"),
        pytest.param("diễn biến giá lúa", id="words that look like Điện Biên bare"),
        pytest.param("dịch vụ đa năng", id="words that look like Đà Nẵng bare"),
        pytest.param("", id="nothing"),
    ],
)
def test_ordinary_words_are_no_place(text):
    assert found(text) == []


@pytest.mark.parametrize("name", sorted(provinces()), ids=str)
def test_every_province_is_found_by_its_own_name(name):
    assert found(f"tỉnh {name} năm 2023")[:1] == [name]
    mention = find_places(tokens(search_key(f"số HTX ở {name} là")))[0]
    words = tokens(search_key(name))
    assert (mention.start, mention.end) == (3, 3 + len(words))


@pytest.mark.parametrize(
    "name", sorted(name for name in provinces() if len(name.split()) > 1), ids=str
)
def test_every_province_of_two_words_is_found_bare(name):
    typed = without_marks(name).lower()
    assert found(f"so htx o {typed} la may") == [name]


def test_a_name_typed_bare_is_not_found_among_marked_words():
    assert found("hợp tác xã can tho") == []


def test_a_province_knows_where_it_belongs_since_july_2025():
    table = provinces()
    assert table["Cà Mau"].successor == "Cà Mau"
    assert table["Bến Tre"].successor == "Vĩnh Long"
    assert {table[place.successor].successor for place in table.values()} == {
        place.successor for place in table.values()
    }


def test_names_to_learn_from_are_written_with_their_marks():
    names = place_names()
    assert {"Cà Mau", "Nho Quan"} <= set(names)
    assert not {"Ca Mau", "nho quan"} & set(names)
