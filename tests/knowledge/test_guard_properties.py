"""Whatever a model says, no number, date or article is seen that is not in the passage it cites.

What is in a passage is written here by hand, so that nothing rests on how the guard reads numbers.
"""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.answering.drafts import sentences
from knowledge.answering.fluent import judge
from knowledge.answering.grounds import pieces_of
from knowledge.answering.stated import stated
from knowledge.model import Sentence
from tests.knowledge.test_guard import CITED, GROUNDS, LIES, TRUE

# The numbers of each passage and of its name, in every form that may stand for them.
NUMBERS = {
    1: {"1", "2", "4", "5", "9", "901", "2024"},
    2: {"4", "18", "901", "2024"},
    3: {
        "2",
        "14",
        "61",
        "187",
        "2022",
        "2023",
        "42.350",
        "2,4",
        "2.400",
        "61.000.000",
        "2.400.000.000",
    },
    4: {"1", "2", "3", "7", "901", "2024"},
    5: {"1", "2", "2,5", "3", "9", "31", "2025", "901", "2024", "2.500.000"},
    6: {"82", "120", "163", "200", "2023", "2030"},
}
SPELT = {"bốn": "4", "chín": "9", "mười tám": "18", "bảy": "7", "tám mươi hai": "82", "hai": "2"}
WORDS = sorted({word for written in (*TRUE, *(row[1] for row in LIES)) for word in written.split()})

number = st.one_of(
    st.integers(0, 9).map(str),
    st.integers(0, 99_999).map(str),
    st.integers(0, 999_999).map(lambda value: f"{value:,}".replace(",", ".")),
    st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda pair: f"{pair[0]},{pair[1]}"),
)
stated_number = st.one_of(
    number,
    number.map(lambda value: f"{value} triệu đồng"),
    number.map(lambda value: f"{value}%"),
    number.map(lambda value: f"năm {value}"),
    st.integers(1, 40).map(lambda value: f"Điều {value}"),
    st.tuples(st.integers(1, 9), st.integers(1, 40)).map(
        lambda two: f"khoản {two[0]} Điều {two[1]}"
    ),
    st.tuples(st.integers(1, 31), st.integers(1, 12), st.integers(2015, 2030)).map(
        lambda day: f"ngày {day[0]}/{day[1]}/{day[2]}"
    ),
    st.tuples(st.integers(1, 999), st.integers(2015, 2030)).map(
        lambda two: f"Nghị định {two[0]}/{two[1]}/NĐ-CP"
    ),
    st.sampled_from(["hai", "ba", "bốn", "tám mươi ba", "mười tám", "một nửa", "vài trăm"]),
)


@st.composite
def lied(draw: st.DrawFn) -> str:
    """Draw a sentence that passes, with other numbers and another citation put into it."""
    words = draw(st.sampled_from(TRUE)).split()
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(words) - 1))
        numbers = [
            at for at, word in enumerate(words) if re.search(r"\d", word) and "[" not in word
        ]
        changed = draw(st.booleans())
        if numbers and changed:
            words[draw(st.sampled_from(numbers))] = draw(number)
        else:
            words.insert(place, draw(stated_number))
    written = " ".join(words)
    if draw(st.booleans()):
        written = re.sub(r"\[\d\]", f"[{draw(st.integers(0, 9))}]", written)
    return written


babble = st.lists(st.one_of(st.sampled_from(WORDS), stated_number, st.sampled_from(
    ["[1].", "[2].", "[3]", "[4].", "[5].", "[6].", "[0].", "[7].", "[1, 3].", "\n", "**", "- "]
)), min_size=1, max_size=40).map(" ".join)  # fmt: skip


def assert_every_number_is_cited(sentence: Sentence) -> None:
    allowed = set().union(*(NUMBERS[source] for source in sentence.sources))
    text = sentence.text.lower()
    for token in re.findall(r"\d+(?:[.,]\d+)*", text):
        plain = token.lstrip("0") or "0"
        assert plain in allowed, (token, sentence)
    for words, value in SPELT.items():
        if re.search(rf"\b{words}\b", text):
            assert value in allowed, (words, sentence)
    for article in re.findall(r"điều (\d+)", text):
        assert any(CITED[source].article == article for source in sentence.sources), sentence


@settings(max_examples=250, deadline=None)
@given(lied())
def test_a_number_put_into_a_true_sentence_is_not_seen(written: str):
    judged = judge(written, GROUNDS)
    if isinstance(judged, Sentence):
        assert_every_number_is_cited(judged)


@settings(max_examples=150, deadline=None)
@given(babble, st.integers(1, 9))
def test_whatever_is_said_no_number_is_seen_that_is_not_cited(text: str, letters: int):
    chunks = (text[start : start + letters] for start in range(0, len(text), letters))
    for written in sentences(chunks):
        judged = judge(written, GROUNDS)
        if isinstance(judged, Sentence):
            assert_every_number_is_cited(judged)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_judged(text: str):
    for written in sentences(iter([text])):
        judge(written, GROUNDS)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="ab. !?\n[]12,;…”", max_size=80), st.integers(1, 7))
def test_sentences_do_not_hang_on_how_a_stream_is_cut(text: str, letters: int):
    whole = list(sentences(iter([text])))
    cut = list(sentences(text[at : at + letters] for at in range(0, len(text), letters)))
    assert cut == whole
    assert re.sub(r"\s", "", "".join(whole)) == re.sub(r"\s", "", text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_taking_a_text_apart_never_fails(text: str):
    stated(" ".join(text.split()))
    pieces_of(text)


def test_the_true_sentences_hold_numbers_that_are_cited():
    """The table of numbers is not too wide to find anything: each true sentence fits it."""
    for written in TRUE:
        judged = judge(written, GROUNDS)
        assert isinstance(judged, Sentence)
        assert_every_number_is_cited(judged)
