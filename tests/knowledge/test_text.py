"""Text as printed, text as searched: what is folded, what is kept."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.vietnamese.text import (
    fold_white_space,
    folded,
    has_marks,
    printed,
    search_key,
    tokens,
    well_placed,
    whole_number,
    without_marks,
)

# Every letter of Vietnamese with and without tone, the look-alikes, and what keyboards slip in.
_VOWELS = "aăâeêioôơuưy"
_TONES = "\u0300\u0301\u0303\u0309\u0323"
LETTERS = "".join(
    unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in ["", *_TONES]
)
ODD = "ðÐɖƌасеорхі’“–\u00a0\u00ad\u200b\u202e\ufeff\u2028\r\n\t"
TYPED = st.text(
    st.one_of(
        st.sampled_from(LETTERS + LETTERS.upper() + "bcdđghklmnpqrstvx" + "0123456789.,/% " + ODD),
        st.sampled_from(_TONES),
        st.characters(),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Vốn  điều\u00a0lệ", "Vốn điều lệ", id="spaces of every kind become one"),
        pytest.param(" Điều 1 \r\n Vốn ", "Điều 1\nVốn", id="line ends stay, spaces at them go"),
        pytest.param("Điều 1\rVốn", "Điều 1\nVốn", id="the line end of old machines"),
        pytest.param("Điều 1\u2028Vốn", "Điều 1\nVốn", id="the line end of word processors"),
        pytest.param("thành\u200b viên\u00ad", "thành viên", id="invisible characters go"),
        pytest.param("co\u0302\u0309 phần", "cổ phần", id="letters are composed"),
        pytest.param("hoà, Ðiều", "hoà, Ðiều", id="old spelling and look-alikes stay as printed"),
        pytest.param(
            "Vốn\x1b[31m\x9b2J\x07 góp\x00", "Vốn[31m2J góp", id="commands of terminals lose force"
        ),
        pytest.param("a\u2066b\u2069c\u061c", "abc", id="no mark turns the direction of writing"),
        pytest.param("v\U000e0073\U000e0065ốn\ufe01", "vốn", id="no message is hidden in tags"),
        pytest.param("a\ud800b", "ab", id="half a pair is no character"),
    ],
)
def test_printed_shows_what_stands_on_the_page(text, shown):
    assert printed(text) == shown


@settings(deadline=None)
@given(TYPED)
def test_printed_loses_no_digit_and_no_letter(text):
    kept = [mark for mark in unicodedata.normalize("NFD", text) if mark.isalnum()]
    shown = [mark for mark in unicodedata.normalize("NFD", printed(text)) if mark.isalnum()]
    assert shown == kept


@settings(deadline=None)
@given(TYPED)
def test_printing_twice_is_printing_once(text):
    assert printed(printed(text)) == printed(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Hoà", "hòa", id="the tone on the first vowel of oa"),
        pytest.param("khoẻ", "khỏe", id="the tone on the first vowel of oe"),
        pytest.param("THUÝ", "thúy", id="the tone on the first vowel of uy"),
        pytest.param("cuả", "của", id="a tone typed one vowel too late"),
        pytest.param("nghiã vụ", "nghĩa vụ", id="the tone of ia"),
        pytest.param("kí tên, lí do, tỉ lệ", "ký tên, lý do, tỷ lệ", id="i at the end is y"),
        pytest.param("qui định", "quy định", id="i behind qu is y"),
        pytest.param("quí I", "quý i", id="i with a tone behind qu is y"),
        pytest.param("Ðiều, ðất", "điều, đất", id="the Icelandic letter"),
        pytest.param("Ɖiều", "điều", id="the African letter"),
        pytest.param("сó", "có", id="a Cyrillic letter"),
        pytest.param("2021–2025", "2021-2025", id="dashes"),
        pytest.param("“vốn góp”", '"vốn góp"', id="quotation marks"),
        pytest.param("ho\u0323p ta\u0301c", "họp tác", id="letters in pieces"),
    ],
)
def test_one_word_has_one_key(one, other):
    assert search_key(one) == other


@pytest.mark.parametrize(
    "word",
    [
        pytest.param("hoàn", id="oa before a consonant keeps its tone"),
        pytest.param("huỳnh", id="uy before a consonant keeps its tone"),
        pytest.param("quà", id="the u of qu is no vowel"),
        pytest.param("quý", id="the y of quý"),
        pytest.param("già", id="the i of gi is no vowel"),
        pytest.param("thuở", id="uơ keeps its tone"),
        pytest.param("thuế", id="uê keeps its tone"),
        pytest.param("thi", id="i behind two consonants stays"),
        pytest.param("mía", id="i before a vowel stays"),
        pytest.param("vi", id="v has no y"),
    ],
)
def test_a_well_written_word_is_its_own_key(word):
    assert search_key(word) == word


@settings(deadline=None)
@given(TYPED)
@example("oà\u0301")
@example("İ")
@example("ΑΣ")
def test_a_key_of_a_key_is_the_key(text):
    assert search_key(search_key(text)) == search_key(text)


WELL_PLACED = [
    "điều",
    "tiền",
    "nghiệp",
    "thuế",
    "toán",
    "hoàn",
    "quyền",
    "quỹ",
    "quả",
    "quốc",
    "giấy",
    "giá",
    "giếng",
    "gì",
    "được",
    "người",
    "rượu",
    "mười",
    "muốn",
    "xã",
    "hợp",
    "tác",
    "tiến",
    "góp",
    "vốn",
    "lệ",
    "kỳ",
    "đủ",
    "phải",
    "của",
    "nghĩa",
    "vụ",
    "hòa",
    "khỏe",
    "thúy",
    "chuyển",
    "khuyến",
    "ngoài",
    "oải",
    "yếu",
    "khuỷu",
    "mía",
    "ruộng",
    "tưới",
    "lũy",
    "tài",
    "hiệu",
    "kiểm",
    "bảng",
    "thưởng",
    "quít",
    "quì",
]


def _tones_elsewhere(word: str) -> list[str]:
    """The word with its tone on each of its letters in turn."""
    split = unicodedata.normalize("NFD", word)
    tone = next(mark for mark in split if mark in _TONES)
    letters = unicodedata.normalize("NFC", split.replace(tone, ""))
    start = 2 if letters.startswith("qu") else 0
    return [
        unicodedata.normalize("NFC", letters[: place + 1] + tone + letters[place + 1 :])
        for place, letter in enumerate(letters)
        if place >= start and without_marks(letter) in "aeiouy"
    ]


@pytest.mark.parametrize("word", WELL_PLACED)
def test_a_tone_typed_on_any_vowel_comes_to_its_place(word):
    found = {typed: well_placed(typed) for typed in [word, *_tones_elsewhere(word)]}
    assert found == dict.fromkeys(found, word)


@pytest.mark.parametrize(
    "word",
    [
        pytest.param("htx", id="an abbreviation"),
        pytest.param("92/2024", id="a number"),
        pytest.param("khong", id="a word without a tone"),
        pytest.param("hópp", id="no syllable"),
        pytest.param("nghịêu", id="already two marks, one tone, placed elsewhere"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_has_no_place_for_a_tone_keeps_its_letters(word):
    assert without_marks(well_placed(word)) == without_marks(word)


@settings(deadline=None)
@given(TYPED)
def test_placing_a_tone_changes_no_letter(text):
    for word in tokens(search_key(text)):
        assert without_marks(well_placed(word)) == without_marks(word)
        assert well_placed(well_placed(word)) == well_placed(word)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Đại hội thành viên", "Dai hoi thanh vien"),
        ("hưởng lợi, đủ, quỹ", "huong loi, du, quy"),
        ("ca\u0309 nu\u031bo\u031b\u0301c", "ca nuoc"),
        ("HTX 2023", "HTX 2023"),
    ],
)
def test_marks_are_taken_off(text, bare):
    assert without_marks(text) == bare


@settings(deadline=None)
@given(st.text(st.sampled_from(LETTERS + LETTERS.upper() + "đĐbcgh 12"), max_size=30))
def test_taking_marks_off_keeps_the_number_of_letters(text):
    assert len(without_marks(text)) == len(text)
    assert not has_marks(without_marks(text))


@pytest.mark.parametrize(
    ("text", "marked"), [("đ", True), ("vốn", True), ("von gop 2023", False), ("", False)]
)
def test_marks_are_told(text, marked):
    assert has_marks(text) is marked


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("trong 03 ngày", ["trong", "3", "ngày"], id="a leading zero falls"),
        pytest.param("nghị định 09/2024/nđ-cp", ["nghị", "định", "9/2024", "nđ", "cp"], id="a law"),
        pytest.param("tháng 08/2023", ["tháng", "8/2023"], id="a month"),
        pytest.param("15.200 thành viên", ["15.200", "thành", "viên"], id="a thousand stays whole"),
        pytest.param("tăng 0,5%", ["tăng", "0,5"], id="the zero before a comma stays"),
        pytest.param("0 đồng, 00 hộ", ["0", "đồng", "0", "hộ"], id="zero is a number"),
        pytest.param("50triệu", ["50", "triệu"], id="a number and its word"),
        pytest.param("htx2 a_b", ["htx", "2", "a", "b"], id="words and numbers are told apart"),
        pytest.param("!? …", [], id="marks alone"),
    ],
)
def test_syllables_and_numbers(text, words):
    assert tokens(text) == words


@pytest.mark.parametrize(
    ("token", "number"),
    [("007", "7"), ("000", "0"), ("05/06", "5/6"), ("0,25", "0,25"), ("ô", "ô")],
)
def test_whole_numbers(token, number):
    assert whole_number(token) == number


@settings(deadline=None)
@given(TYPED)
def test_tokens_of_tokens_are_the_tokens(text):
    found = tokens(search_key(text))
    assert tokens(" ".join(found)) == found


def test_quotations_are_compared_on_one_line():
    assert folded("a)  góp\n vốn\u00a0đủ") == "a) góp vốn đủ"
    assert fold_white_space(" Điều 1.\n\nVốn ") == "Điều 1. Vốn"
