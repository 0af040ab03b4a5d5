"""How a rule stands, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.saying.in_force import document_name, gone, in_short, notes, state
from knowledge.model import Citation, Kind, Language
from knowledge.parts import NO_DAY
from knowledge.standing import Deed, Notice, Standing

VI, EN = Language.VIETNAMESE, Language.ENGLISH
TODAY = date(2026, 1, 15)
OLD = Citation(
    document="d",
    source="d.txt",
    title="Nghị định về máy sấy",
    number="614/2015/NĐ-CP",
    article="3",
    locator="Điều 3",
    page=None,
    quote="1. Máy.",
    kind=Kind.LAW,
)
REPLACED = Standing(
    starts=date(2015, 3, 1), ends=date(2025, 2, 1), ended_by="715/2025/NĐ-CP", replaced=True
)


def told(standing: Standing, **more: Any) -> list[str]:
    asked = {"today": TODAY, "as_of": None, "language": VI, **more}
    return list(notes(replace(OLD, standing=standing), **asked))


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        (Standing(), []),
        (Standing(starts=date(2015, 3, 1)), []),
        (
            REPLACED,
            [
                "Lưu ý: quy định này đã hết hiệu lực từ ngày 01/02/2025, được thay thế bởi Nghị định 715/2025/NĐ-CP."
            ],
        ),
        (
            replace(REPLACED, successor="816/2025/NĐ-CP"),
            [
                "Lưu ý: quy định này đã hết hiệu lực từ ngày 01/02/2025, được thay thế bởi Nghị định 715/2025/NĐ-CP (nay là Nghị định 816/2025/NĐ-CP)."
            ],
        ),
        (
            Standing(
                ends=date(2024, 7, 1),
                ended_by="17/2023/QH15",
                ended_by_kind="Luật",
                locator="Điều 114 khoản 3",
                exception="trừ quy định tại khoản 5 Điều 115",
            ),
            [
                "Lưu ý: quy định này đã hết hiệu lực từ ngày 01/07/2024, theo khoản 3 Điều 114 Luật 17/2023/QH15; ngoại lệ: “trừ quy định tại khoản 5 Điều 115”."
            ],
        ),
        (
            Standing(ends=NO_DAY, ended_by="9/2020/TT-BTC", replaced=True),
            ["Lưu ý: quy định này đã hết hiệu lực, được thay thế bởi Thông tư 9/2020/TT-BTC."],
        ),
        (
            Standing(ends=date(2023, 1, 1)),
            ["Lưu ý: quy định này đã hết hiệu lực từ ngày 01/01/2023."],
        ),
        (
            Standing(ends=date(2027, 1, 1)),
            ["Lưu ý: quy định này chỉ còn hiệu lực đến hết ngày 31/12/2026."],
        ),
        (
            Standing(starts=date(2026, 7, 1)),
            ["Lưu ý: quy định này chưa có hiệu lực; có hiệu lực từ ngày 01/07/2026."],
        ),
        (Standing(draft=True), ["Lưu ý: đây là dự thảo, không có hiệu lực."]),
    ],
)
def test_what_must_be_known_before_relying_on_a_rule(standing, words):
    assert told(standing) == words


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        (Deed.REPEALS, "Lưu ý: khoản 2 Điều 3 đã bị Nghị định 733/2025/NĐ-CP bãi bỏ từ ngày 10/03/2025."),
        (Deed.AMENDS, "Lưu ý: khoản 2 Điều 3 đã được Nghị định 733/2025/NĐ-CP sửa đổi, bổ sung từ ngày 10/03/2025."),
        (Deed.REPLACES, "Lưu ý: khoản 2 Điều 3 đã được Nghị định 733/2025/NĐ-CP thay thế từ ngày 10/03/2025."),
    ],
)  # fmt: skip
def test_what_was_done_to_a_part(deed, words):
    notice = Notice(
        deed=deed, by="733/2025/NĐ-CP", where="khoản 2 Điều 3", starts=date(2025, 3, 10)
    )
    assert told(Standing(notices=(notice,))) == [words]
    assert told(Standing(notices=(notice,)), today=date(2025, 3, 9)) == []


def test_asked_as_of_a_day_on_which_it_was_not_in_force():
    standing = Standing(starts=date(2025, 2, 1))
    assert told(standing, as_of=date(2020, 12, 31)) == [
        "Lưu ý: quy định này chưa có hiệu lực vào ngày 31/12/2020; có hiệu lực từ ngày 01/02/2025."
    ]
    assert told(standing, as_of=date(2025, 12, 31)) == []


def test_in_english():
    assert told(REPLACED, language=EN) == [
        "Note: this rule is no longer in force since 01/02/2025, replaced by Nghị định 715/2025/NĐ-CP."
    ]


@pytest.mark.parametrize(
    ("standing", "day", "behind", "short"),
    [
        (REPLACED, date(2025, 1, 31), "", "còn hiệu lực đến hết 31/01/2025"),
        (
            REPLACED,
            date(2025, 2, 1),
            " (đã hết hiệu lực)",
            "hết hiệu lực từ ngày 01/02/2025, được thay thế bởi Nghị định 715/2025/NĐ-CP",
        ),
        (REPLACED, date(2015, 2, 28), " (chưa có hiệu lực)", "có hiệu lực từ 01/03/2015"),
        (Standing(draft=True), TODAY, " (dự thảo)", "dự thảo, không có hiệu lực"),
        (Standing(), TODAY, "", ""),
    ],
)
def test_behind_a_name_and_in_a_list(standing, day, behind, short):
    assert state(replace(OLD, standing=standing), day, VI) == behind
    assert in_short(standing, day, VI) == short


def test_a_document_that_is_not_held():
    assert gone(REPLACED, VI) == (
        "Văn bản này đã hết hiệu lực từ ngày 01/02/2025, được thay thế bởi Nghị định 715/2025/NĐ-CP."
    )


@pytest.mark.parametrize(
    ("number", "kind", "locator", "name"),
    [
        ("92/2024/NĐ-CP", "", "", "Nghị định 92/2024/NĐ-CP"),
        ("68/2013/QĐ-TTg", "", "Điều 5 khoản 1", "khoản 1 Điều 5 Quyết định 68/2013/QĐ-TTg"),
        ("74/2008/TTLT-BTC-BNNPTNT", "", "", "Thông tư liên tịch 74/2008/TTLT-BTC-BNNPTNT"),
        ("17/2023/QH15", "Luật", "Điều 114", "Điều 114 Luật 17/2023/QH15"),
        ("17/2023/QH15", "", "", "văn bản số 17/2023/QH15"),
    ],
)
def test_what_a_document_is_called(number, kind, locator, name):
    assert document_name(number, kind, VI, locator) == name
