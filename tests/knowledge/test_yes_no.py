"""A yes or a no is said only where the clause says it in so many words."""

from __future__ import annotations

import pytest

from knowledge.answering.yes_no import said
from knowledge.model import Citation, Kind, Language, Question
from knowledge.vietnamese.text import search_key, tokens


def citation(quote: str) -> Citation:
    return Citation(
        document="d",
        source="luat.txt",
        title="Quyết định về kho chung",
        number="903/2024/QĐ-UBND",
        article="4",
        locator="Điều 4",
        page=None,
        quote=quote,
        kind=Kind.LAW,
        place="",
        period="",
    )


def question(text: str, language: Language = Language.VIETNAMESE) -> Question:
    query = " ".join(tokens(search_key(text)))
    return Question(text=text, understood=text, query=query, language=language)


@pytest.mark.parametrize(
    ("asked", "quote", "wanted"),
    [
        ("Thủ kho có được kiêm thủ quỹ không?", "2. Thủ kho không được kiêm thủ quỹ.", False),
        ("Thủ kho có được kiêm thủ quỹ không?", "2. Thủ kho được kiêm thủ quỹ của tổ.", True),
        ("Tổ trưởng có quyền mở kho không?", "Tổ trưởng có quyền mở kho và khóa kho.", True),
        ("Tổ viên được mượn máy cày không?", "Nghiêm cấm tổ viên mượn máy cày.", False),
        (
            "Thủ kho có phải ký sổ không?",
            "Thủ kho có trách nhiệm sau đây:\na) Giữ chìa khóa;\nb) Ký sổ mỗi ngày.",
            True,
        ),
        ("Tổ viên có phải đóng tiền dầu không?", "Tổ viên không phải đóng tiền dầu.", False),
        # with a condition, an exception or a bound it is neither
        ("Thủ kho có được kiêm thủ quỹ không?", "Thủ kho được kiêm thủ quỹ nếu tổ đồng ý.", None),
        (
            "Thủ kho có được kiêm thủ quỹ không?",
            "Thủ kho không được kiêm thủ quỹ, trừ tổ dưới mười người.",
            None,
        ),
        # about another person or another thing
        ("Thủ kho có được kiêm thủ quỹ không?", "Tổ trưởng được kiêm thủ quỹ.", None),
        ("Thủ kho có được kiêm thủ quỹ không?", "Thủ kho được kiêm kế toán.", None),
        ("Thủ kho có được bán thóc không?", "Thủ kho bán thóc thì được thưởng.", None),
        # two sentences that differ
        (
            "Tổ viên có được mượn máy không?",
            "1. Tổ viên được mượn máy.\n2. Tổ viên không được mượn máy.",
            None,
        ),
        # no question for yes or no
        ("Thủ kho được hưởng những gì?", "Thủ kho được hưởng thóc.", None),
        ("Vì sao thủ kho không được kiêm thủ quỹ?", "Thủ kho không được kiêm thủ quỹ.", None),
    ],
)
def test_what_a_clause_says(asked, quote, wanted):
    assert said(question(asked), [citation(quote)]) is wanted


def test_nothing_is_said_to_a_question_in_english_or_without_a_source():
    quote = "Thủ kho không được kiêm thủ quỹ."
    asked = "Thủ kho có được kiêm thủ quỹ không?"
    assert said(question(asked, Language.ENGLISH), [citation(quote)]) is None
    assert said(question(asked), []) is None
