"""A question about figures that leans on the one before it."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from knowledge.figures.followup import completed
from knowledge.figures.inquiry import Inquiry, Over
from knowledge.figures.reading import read_inquiry
from knowledge.model import FigureKind, Operation
from knowledge.understanding import understand
from knowledge.vietnamese.lexicon import everyday_texts
from knowledge.vietnamese.places import place_names
from knowledge.vietnamese.spelling import SpellingModel
from knowledge.vietnamese.text import bare_key
from tests.builders import a_figure, a_register

TEXTS = (
    "Tỉnh Hòa Bình năm 2022 có 145 hợp tác xã nông nghiệp và 31 hợp tác xã phi nông nghiệp",
    "Thế còn tổ hợp tác thì sao, cùng kỳ năm trước tăng hay giảm",
    "Thành lập mới, giải thể, ngừng hoạt động, đang hoạt động, vận tải, thành viên, lao động",
)
REGISTER = a_register(a_figure("Hòa Bình"), a_figure("Phú Thọ"), a_figure("Lạc Sơn (Hòa Bình)"))


@cache
def learnt() -> SpellingModel:
    return SpellingModel.learn(TEXTS, [*everyday_texts(), *place_names()])


def alone(text: str) -> Inquiry:
    return read_inquiry(understand(text, (), learnt()), REGISTER)


def after(*questions: str) -> Inquiry:
    """Return the last inquiry of a conversation, each one completed from those before it."""
    earlier: Inquiry | None = None
    for text in questions:
        bare = bare_key(understand(text, (), learnt()).understood)
        earlier = completed(alone(text), earlier, bare)
    assert earlier is not None
    return earlier


FIRST = "Hòa Bình năm 2022 có bao nhiêu HTX?"
NEW = "Hòa Bình năm 2022 thành lập mới bao nhiêu HTX?"
HB, PT = ("Hòa Bình",), ("Phú Thọ",)


def row(earlier: str, text: str, **expected: Any) -> object:
    return pytest.param(earlier, text, expected, id=f"{earlier} {text}")


@pytest.mark.parametrize(
    ("earlier", "text", "expected"),
    [
        # another place, another time
        row(FIRST, "Thế còn Phú Thọ?", places=PT, periods=("2022",), unit="HTX"),
        row(FIRST, "phu tho thi sao", places=PT, periods=("2022",), unit="HTX"),
        row(FIRST, "Lạc Sơn thì sao?", places=("Lạc Sơn (Hòa Bình)",), periods=("2022",)),
        row(FIRST, "năm 2021 thì sao?", places=HB, periods=("2021",), unit="HTX"),
        row(FIRST, "còn 6 tháng đầu năm 2023?", places=HB, periods=("2023-01/2023-06",)),
        row(FIRST, "Phú Thọ năm 2020 thì sao?", places=PT, periods=("2020",), unit="HTX"),
        # the same time of the year before
        row(NEW, "cùng kỳ năm trước thì sao?", places=HB, periods=("2021",), state="thành lập mới"),
        row(NEW, "Năm ngoái thì sao?", places=HB, periods=("2021",), base=""),
        row(
            "Hòa Bình 6 tháng đầu năm 2023 giải thể bao nhiêu HTX?",
            "cùng kỳ năm trước thì sao?",
            periods=("2022-01/2022-06",),
            state="giải thể",
        ),
        row(
            "Hòa Bình giai đoạn 2021-2023 thành lập mới bao nhiêu HTX?",
            "cùng kỳ năm trước thì sao?",
            periods=("2020/2022",),
        ),
        # another subject
        row(FIRST, "Còn tổ hợp tác?", places=HB, periods=("2022",), unit="THT"),
        row(NEW, "còn tổ hợp tác thì sao?", unit="THT", state="thành lập mới"),
        row(FIRST, "Có bao nhiêu thành viên?", places=HB, unit="thành viên"),
        row(
            "Doanh thu bình quân HTX Hòa Bình là bao nhiêu?",
            "Còn lợi nhuận?",
            measure="lợi nhuận",
            mean="each",
        ),
        # narrowed, or in another state
        row(FIRST, "nông nghiệp thì sao?", unit="HTX", classes={("sector", "nông nghiệp")}),
        row(
            "Hòa Bình có bao nhiêu HTX nông nghiệp?",
            "vận tải thì sao?",
            unit="HTX",
            classes={("sector", "vận tải")},
        ),
        row(
            "Hòa Bình có bao nhiêu HTX nông nghiệp?",
            "loại tốt thì sao?",
            classes={("sector", "nông nghiệp"), ("grade", "tốt")},
        ),
        row(NEW, "còn giải thể?", unit="HTX", state="giải thể", periods=("2022",)),
        # something else is done with it
        row(
            FIRST,
            "So với Phú Thọ thì bên nào nhiều hơn?",
            operation=Operation.COMPARE,
            places=("Hòa Bình", "Phú Thọ"),
            periods=("2022",),
        ),
        row(
            FIRST,
            "Nhiều hơn Phú Thọ bao nhiêu?",
            operation=Operation.DIFFERENCE,
            places=("Hòa Bình", "Phú Thọ"),
        ),
        row(
            FIRST,
            "tăng hay giảm so với năm 2020?",
            operation=Operation.TREND,
            places=HB,
            periods=("2022",),
            base="2020",
        ),
        row(
            FIRST, "Huyện nào nhiều nhất?", operation=Operation.RANK, over=Over.DISTRICTS, places=HB
        ),
        row(
            "Hòa Bình đặt mục tiêu lập mới bao nhiêu HTX năm 2023?",
            "Phú Thọ thì sao?",
            kind=FigureKind.TARGET,
        ),
        row(NEW, "kế hoạch là bao nhiêu?", kind=FigureKind.TARGET, state="thành lập mới"),
    ],
)
def test_what_is_left_out_is_taken_from_the_question_before(earlier, text, expected):
    found = after(earlier, text)
    subject = found.subjects[0]
    told: dict[str, Any] = {
        "unit": subject.unit,
        "measure": subject.measure,
        "mean": subject.mean,
        "state": subject.states[0] if subject.states else "",
        "classes": set(subject.classes),
    }
    held = {key: told[key] if key in told else getattr(found, key) for key in expected}
    assert held == expected
    assert found.explicit
    assert found.wants_figure


@pytest.mark.parametrize(
    "text",
    [
        "Phú Thọ năm 2020 có bao nhiêu tổ hợp tác?",
        "Phú Thọ có bao nhiêu thành viên HTX?",
        "Doanh thu bình quân của HTX ở Phú Thọ là bao nhiêu?",
        "Tỉnh nào nhiều HTX nhất?",
        "Cả nước có bao nhiêu HTX?",
    ],
)
def test_a_question_that_stands_alone_is_left_alone(text):
    assert after("Hòa Bình năm 2022 thành lập mới bao nhiêu HTX nông nghiệp?", text) == alone(text)


@pytest.mark.parametrize("text", ["năm 2021 thì sao?", "Thế còn Phú Thọ?", FIRST])
def test_nothing_is_taken_where_there_is_no_question_before(text):
    now = alone(text)
    assert completed(now, None, bare_key(text)) == now


def test_a_conversation_goes_on():
    found = after(FIRST, "Thế còn Phú Thọ?", "năm 2021 thì sao?", "còn giải thể?")
    assert (found.places, found.periods) == (PT, ("2021",))
    assert (found.subjects[0].unit, found.subjects[0].states[0]) == ("HTX", "giải thể")


def test_words_that_are_taken_over_need_not_be_met():
    found = after("Hòa Bình năm 2022 có bao nhiêu HTX trồng gấc?", "năm 2021 thì sao?")
    assert "gac" in found.subjects[0].words
    assert "gac" in found.lenient


def test_both_of_two_subjects_are_compared_again_in_another_year():
    found = after("Hòa Bình năm 2022 lập mới hay giải thể nhiều HTX hơn?", "năm 2021 thì sao?")
    assert found.operation is Operation.COMPARE
    assert [one.states[0] for one in found.subjects] == ["thành lập mới", "giải thể"]
    assert found.periods == ("2021",)
