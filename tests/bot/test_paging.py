"""Long texts in pages: nothing is lost, nothing is empty, and a page ends where a reader would."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.paging import PAGE, around, pages
from tests.builders import LAW, long_report

WORDS = st.lists(st.text("hợp tác xã.;:\n \t\u00a0🌾", min_size=1, max_size=30), max_size=60).map(
    "".join
)
SIZES = st.integers(4, 200)


@given(WORDS, SIZES)
def test_pages_rejoin_to_the_text(text: str, size: int):
    assert "".join(text[start:end] for start, end in pages(text, size)) == text


@given(WORDS, SIZES)
def test_pages_follow_one_another_without_a_gap(text: str, size: int):
    cut = pages(text, size)
    assert cut[0][0] == 0
    assert cut[-1][1] == len(text)
    assert all(one[1] == other[0] for one, other in itertools.pairwise(cut))


@given(WORDS, SIZES)
def test_a_page_fits_when_the_blanks_around_it_are_cut(text: str, size: int):
    assert max(len(text[start:end].strip()) for start, end in pages(text, size)) <= size


@given(WORDS.filter(str.strip), SIZES)
def test_no_page_is_empty(text: str, size: int):
    assert [one for one in pages(text, size) if not text[slice(*one)].strip()] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [""]),
        ("ngắn", ["ngắn"]),
        ("đoạn một\n\nđoạn hai", ["đoạn một\n\n", "đoạn hai"]),
        ("dòng đầu\ndòng sau", ["dòng đầu\n", "dòng sau"]),
        ("Câu một. Câu hai nữa", ["Câu một. ", "Câu hai nữa"]),
        ("hợp tác xã nông nghiệp", ["hợp tác xã ", "nông nghiệp"]),
        ("không-có-chỗ-cắt", ["không-có-chỗ", "-cắt"]),
        ("ngắn\n\n" + "\n" * 40 + "xa", ["ngắn\n\n" + "\n" * 40, "xa"]),
        ("a\n\nđoạn rất dài nữa", ["a\n\nđoạn rất ", "dài nữa"]),
    ],
    ids=[
        "nothing",
        "one page",
        "paragraphs",
        "lines",
        "sentences",
        "words",
        "one long word",
        "many empty lines",
        "a paragraph that would leave the page half empty",
    ],
)
def test_a_page_ends_where_a_reader_would_stop(text: str, expected: list[str]):
    assert [text[start:end] for start, end in pages(text, 12)] == expected


def test_an_article_is_cut_between_its_clauses():
    text = long_report(80)
    ends = [text[:end].rstrip()[-1] for _, end in pages(text)]
    assert len(ends) > 3
    assert set(ends) == {"."}


@given(WORDS.filter(bool), st.data(), st.integers(0, 40))
def test_the_surroundings_hold_the_quotation_and_little_more(
    text: str, data: st.DataObject, more: int
):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = around(text, start, end, more)
    assert 0 <= start - first <= more
    assert 0 <= last - end <= more


def test_the_surroundings_begin_and_end_with_whole_words():
    quote = "mượn theo lịch"
    start = LAW.index(quote)
    first, last = around(LAW, start, start + len(quote), 20)
    assert LAW[first:last] == "và cho thành viên mượn theo lịch của tổ phục vụ.\n"


def test_the_page_of_a_phone_is_under_the_limit_of_telegram():
    assert 2 * PAGE + 1_000 < 4_096  # letters outside of the basic plane count twice
