"""Sources in force that say different figures on one matter, side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from knowledge.answering.disagreement import differing, rank_of
from knowledge.answering.evidence import cite
from knowledge.model import Citation, DifferingRule, Kind
from knowledge.standing import Standing
from knowledge.understanding import understand
from tests.builders import LAW, REPORT, Stand, write_all

TODAY = date(2026, 1, 15)
FIRST, OTHER = "luat.txt", "thong-tu.txt"


def a_law(number: str, day: str, title: str, heading: str, *sentences: str) -> str:
    clauses = [f"{place}. {one}" for place, one in enumerate(sentences, start=1)]
    kind = "LUẬT" if "/QH" in number else "THÔNG TƯ"
    head = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", f"Số: {number}", f"Hà Nội, {day}", kind, title)
    body = (
        "Điều 1. Phạm vi", "Văn bản này quy định việc giữ sổ mượn máy.", f"Điều 2. {heading}",
        *clauses, "Điều 3. Hiệu lực", f"{kind.capitalize()} này có hiệu lực kể từ ngày ký.",
    )  # fmt: skip
    return "\n\n".join((*head, *body)) + "\n"


Compare = Callable[..., tuple[DifferingRule, ...]]


@pytest.fixture
def compare(stand: Stand, tmp_path: Path) -> Compare:
    """Return what two sources say differently; the question is the first one's sentence."""

    def run(
        first: str,
        other: str,
        *,
        title: str = "VỀ QUỸ VÀ HỖ TRỢ HỢP TÁC XÃ",
        asked: str = "",
        **change: object,
    ) -> tuple[DifferingRule, ...]:
        folder = write_all(
            tmp_path / "d",
            {
                "nghi-dinh.txt": LAW,
                "bao-cao.txt": REPORT,
                FIRST: a_law("910/2020/QH14", "ngày 17 tháng 11 năm 2020", title, "Mức", first),
                OTHER: a_law("940/2022/TT-BTC", "ngày 15 tháng 4 năm 2022", title, "Mức", other),
            },
        )
        stand.ingestion().ingest([folder])
        library = stand.assistant().library()
        cited = [cited_in(library, FIRST), replace(cited_in(library, OTHER), **change)]  # type: ignore[arg-type]
        question = understand(asked or first, (), library.spelling)
        return differing(library, question, cited, TODAY)

    def cited_in(library, source: str) -> Citation:
        return next(
            cite(library, members[0], members[-1])
            for members in library.units.values()
            if members[0].article == "2" and library.documents[members[0].document].source == source
        )

    return run


@pytest.mark.parametrize(
    ("first", "other"),
    [
        (
            "Hằng năm hợp tác xã trích ít nhất 5% lợi nhuận sau thuế vào quỹ đổi mới.",
            "Hợp tác xã trích tối thiểu 8% lợi nhuận sau thuế hằng năm vào quỹ đổi mới.",
        ),
        (
            "Hợp tác xã được hỗ trợ 50% chi phí mua máy sấy nông sản mới.",
            "Hỗ trợ hợp tác xã 70% chi phí mua máy sấy nông sản mới.",
        ),
        (
            "Hợp tác xã nộp báo cáo tài chính hằng năm trước ngày 31 tháng 3.",
            "Hợp tác xã nộp báo cáo tài chính hằng năm trước ngày 15 tháng 4.",
        ),
        (
            "Giấy chứng nhận đăng ký hợp tác xã được cấp trong thời hạn 03 ngày làm việc kể từ ngày nhận hồ sơ.",
            "Trong thời hạn 05 ngày làm việc kể từ ngày nhận hồ sơ, giấy chứng nhận đăng ký hợp tác xã được cấp.",
        ),
        (
            "Vốn góp của thành viên không quá 30% vốn điều lệ của hợp tác xã.",
            "Vốn góp của thành viên không quá 20% vốn điều lệ của hợp tác xã.",
        ),
    ],
    ids=["rate", "share", "day of the year", "working days", "most"],
)
def test_a_rate_a_share_or_a_deadline_that_differs(compare: Compare, first, other):
    found = compare(first, other)
    assert [one.source for one in found] == [1, 2]
    assert [one.sentence for one in found] == [first, other]
    assert [one.rank for one in found] == ["luật", "thông tư"]
    assert [one.since for one in found] == [date(2020, 11, 17), date(2022, 4, 15)]


RATE = "Hằng năm hợp tác xã trích ít nhất 5% lợi nhuận sau thuế vào quỹ đổi mới."


@pytest.mark.parametrize(
    "other",
    [
        "Hợp tác xã trích ít nhất 5% lợi nhuận sau thuế hằng năm vào quỹ đổi mới.",
        "Hợp tác xã trích ít nhất năm phần trăm lợi nhuận sau thuế vào quỹ đổi mới.",
        "Hợp tác xã trích ít nhất 10 triệu đồng lợi nhuận sau thuế hằng năm vào quỹ đổi mới.",
        "Hợp tác xã trích không quá 20% lợi nhuận sau thuế hằng năm vào quỹ đổi mới.",
        "Hợp tác xã trích ít nhất 8% lợi nhuận sau thuế hằng năm vào quỹ khen thưởng, phúc lợi.",
        "Tổ hợp tác trích ít nhất 8% lợi nhuận sau thuế hằng năm vào quỹ đổi mới.",
        "Thành viên được vay ít nhất 8% số dư quỹ đổi mới của hợp tác xã mỗi năm.",
        "Hợp tác xã trích ít nhất 8% lợi nhuận trước thuế hằng năm vào quỹ đổi mới.",
    ],
    ids=[
        "the same value",
        "the same in words",
        "another unit",
        "another bound",
        "another fund",
        "another kind of organisation",
        "another matter",
        "another base",
    ],
)
def test_what_is_no_difference(compare: Compare, other):
    assert compare(RATE, other) == ()


HIGHER = RATE.replace("5%", "8%")


@pytest.mark.parametrize(
    "change",
    [
        {"standing": Standing(ends=date(2025, 1, 1))},
        {"standing": Standing(starts=date(2027, 1, 1))},
        {"standing": Standing(draft=True)},
        {"kind": Kind.REPORT},
    ],
    ids=["expired", "not yet in force", "a draft", "a report"],
)
def test_only_rules_in_force_are_compared(compare: Compare, change):
    assert compare(RATE, HIGHER)
    assert compare(RATE, HIGHER, **change) == ()


def test_what_is_not_asked_for_is_not_told(compare: Compare):
    assert compare(RATE, HIGHER, asked="Ai giữ sổ mượn máy?") == ()


@pytest.mark.parametrize(
    ("number", "title", "name"),
    [
        ("17/2023/QH15", "Luật Hợp tác xã", "luật"),
        ("55/2024/QH15", "Nghị quyết về thí điểm", "nghị quyết Quốc hội"),
        ("12/2003/PL-UBTVQH11", "Pháp lệnh", "pháp lệnh"),
        ("92/2024/NĐ-CP", "Nghị định", "nghị định"),
        ("68/2013/QĐ-TTg", "Quyết định", "quyết định Thủ tướng"),
        ("09/2024/TT-BKHĐT", "Thông tư", "thông tư"),
        ("74/2008/TTLT-BTC-BNNPTNT", "Thông tư liên tịch", "thông tư"),
        ("12/2022/NQ-HĐND", "Nghị quyết", "nghị quyết HĐND"),
        ("52/2022/QĐ-UBND", "Quyết định", "quyết định UBND"),
        ("", "Tóm tắt", ""),
    ],
)
def test_legal_rank(number, title, name):
    citation = Citation(
        document="d", source="d.txt", title=title, number=number, article="1", locator="Điều 1",
        page=None, quote="", kind=Kind.LAW,
    )  # fmt: skip
    assert rank_of(citation)[1] == name


def test_ranks_descend():
    numbers = (
        "1/2024/QH15", "1/2024/UBTVQH15", "1/2024/NĐ-CP", "1/NQ-CP", "1/2024/QĐ-TTg",
        "1/2024/TT-BTC", "1/2024/NQ-HĐND", "1/2024/QĐ-UBND", "",
    )  # fmt: skip
    ranks = [
        rank_of(
            Citation(
                document="d", source="", title="", number=number, article="", locator="",
                page=None, quote="", kind=Kind.LAW,
            )
        )[0]
        for number in numbers
    ]  # fmt: skip
    assert ranks == sorted(set(ranks))
