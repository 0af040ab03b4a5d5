"""What of a long quotation a phone shows: the clause that answers, lists whole, nothing torn."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.answering.excerpts import Wanted, excerpt, pieces
from knowledge.model import Question
from knowledge.understanding.expected import expected
from knowledge.vietnamese.text import search_key, tokens

KEEPERS = (
    "1. Người giữ kho phải đáp ứng điều kiện sau đây:\n"
    "a) Là thành viên lâu năm của tổ;\n"
    "b) Không đồng thời là người giữ quỹ.\n"
    "2. Người lái máy phải đáp ứng điều kiện sau đây:\n"
    "a) Có bằng lái máy kéo;\n"
    "b) Không uống rượu trong ngày có lịch chạy máy;\n"
    "c) Đã học lớp an toàn của xã.\n"
    "3. Người giữ kho và người lái máy nghỉ việc thì báo trước 15 ngày. Trường hợp đau ốm thì báo "
    "trong ngày."
)
DRIVERS = KEEPERS[KEEPERS.index("2. ") : KEEPERS.index("\n3. ")]
DAYS = KEEPERS[KEEPERS.index("3. ") :]


def wanted(text: str) -> Wanted:
    words = tokens(search_key(text))
    question = Question(text=text, understood=text, query=" ".join(words), content=tuple(words))
    common = {"người", "phải", "là", "thì", "có", "không", "được", "của", "bao", "nhiêu"}
    return Wanted({word: 1.0 for word in words if word not in common}, expected(question))


@pytest.mark.parametrize(
    ("asked", "best", "limit", "shown"),
    [
        pytest.param("lái máy", DRIVERS, 500, (KEEPERS,), id="what fits is shown whole"),
        pytest.param(
            "người lái máy cần gì", DRIVERS, 175, (DRIVERS,), id="the clause that answers, whole"
        ),
        pytest.param(
            "bằng lái máy kéo",
            DRIVERS,
            75,
            (DRIVERS[: DRIVERS.index("\nb)")],),
            id="too long: its opening and the point that answers",
        ),
        pytest.param(
            "lớp an toàn",
            DRIVERS,
            85,
            (DRIVERS[: DRIVERS.index("\na)")], "c) Đã học lớp an toàn của xã."),
            id="a point is never shown without the words that open it",
        ),
        pytest.param(
            "nghỉ việc báo trước bao nhiêu ngày",
            "1. Người giữ kho phải",
            130,
            (DAYS,),
            id="another clause states the number that is asked for",
        ),
    ],
)
def test_what_is_shown(asked, best, limit, shown):
    assert excerpt(KEEPERS, best, wanted(asked), limit) == shown


def test_a_list_of_equals_is_shown_from_its_start():
    points = "\n".join(
        f"{letter}) Giấy tờ thứ {number} của tổ;" for number, letter in enumerate("abcdeg")
    )
    quote = f"Hồ sơ gồm:\n{points}"
    (shown,) = excerpt(quote, quote, wanted("hồ sơ gồm giấy tờ gì"), 100)
    assert quote.startswith(shown)
    assert "b) " in shown


def test_another_clause_that_answers_as_well_is_shown_whole_or_not_at_all():
    quote = (
        "1. Lúa được hỗ trợ giống theo vụ.\n2. Tôm nuôi trong rừng.\n"
        "3. Tôm được hỗ trợ giống gồm:\na) Tôm sú;\nb) Tôm thẻ."
    )
    first = quote.split("\n", maxsplit=1)[0]
    whole = quote[quote.index("3. ") :]
    assert excerpt(quote, first, wanted("hỗ trợ giống"), 90) == (first, whole)
    assert excerpt(quote, first, wanted("hỗ trợ giống"), 80) == (first,)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(KEEPERS.split("\n")), min_size=1, max_size=9),
    st.integers(20, 400),
    st.sampled_from(["lái máy", "nghỉ việc báo mấy ngày", "kho", "trời mưa"]),
)
def test_it_is_made_of_whole_lines_and_sentences_and_fits(lines, limit, asked):
    quote = "\n".join(lines)
    shown = excerpt(quote, lines[-1], wanted(asked), limit)
    whole = {quote[start:end] for start, end in pieces(quote)}
    parts = {part[start:end] for part in shown for start, end in pieces(part)}
    assert parts <= whole
    assert sum(map(len, shown)) <= limit or len(parts) == 1 or shown == (quote,)
