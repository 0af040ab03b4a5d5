"""What a question that stands alone asks of the register: where, when, and what to do with it."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from knowledge.figures.inquiry import Inquiry, Over
from knowledge.figures.reading import latest_year, read_inquiry
from knowledge.model import FigureKind, Operation
from knowledge.understanding import understand
from knowledge.vietnamese.lexicon import everyday_texts
from knowledge.vietnamese.places import COUNTRY, place_names
from knowledge.vietnamese.spelling import SpellingModel
from tests.builders import a_figure, a_register

TEXTS = (
    "Tỉnh Tuyên Quang năm 2022 có 145 hợp tác xã nông nghiệp và 31 hợp tác xã phi nông nghiệp",
    "Huyện Sơn Dương có 60 hợp tác xã, thành lập mới 4, giải thể 2, ngừng hoạt động 1",
    "Doanh thu bình quân một hợp tác xã, lợi nhuận, thu nhập, vốn điều lệ, thành viên, lao động",
    "Mục tiêu, kế hoạch đến năm 2025 tăng hay giảm so với cùng kỳ năm trước",
)
SON_DUONG, NA_HANG = "Sơn Dương (Tuyên Quang)", "Na Hang (Tuyên Quang)"
REGISTER = a_register(
    a_figure("Tuyên Quang"),
    a_figure(SON_DUONG),
    a_figure(NA_HANG),
    a_figure("Đắk Lắk"),
    a_figure("Long An"),
    a_figure("Châu Thành (Bến Tre)"),
    a_figure("Châu Thành (Long An)"),
)


@cache
def learnt() -> SpellingModel:
    return SpellingModel.learn(TEXTS, [*everyday_texts(), *place_names()])


def inquiry(text: str) -> Inquiry:
    return read_inquiry(understand(text, (), learnt()), REGISTER)


LOOK_UP, COMPARE, RANK, TREND = (
    Operation.LOOK_UP,
    Operation.COMPARE,
    Operation.RANK,
    Operation.TREND,
)
SUM, DIFFERENCE, RATIO, LIST = (
    Operation.SUM,
    Operation.DIFFERENCE,
    Operation.RATIO,
    Operation.LIST,
)
TQ, DL = ("Tuyên Quang",), ("Đắk Lắk",)
BOTH = (*TQ, *DL)
TARGET = FigureKind.TARGET


def row(text: str, operation: Operation = LOOK_UP, bug: str = "", **expected: Any) -> object:
    marks = [pytest.mark.xfail(strict=True, reason=bug)] if bug else []
    return pytest.param(text, operation, expected, id=text, marks=marks)


@pytest.mark.parametrize(
    ("text", "operation", "expected"),
    [
        row("Tuyên Quang năm 2022 có bao nhiêu HTX?", places=TQ, periods=("2022",)),
        row("tuyen quang nam 2022 co bao nhieu htx", places=TQ, periods=("2022",)),
        row("How many cooperatives did Tuyen Quang have in 2022?", places=TQ, periods=("2022",)),
        row(
            "6 tháng đầu năm 2023 Tuyên Quang lập mới bao nhiêu HTX?",
            places=TQ,
            periods=("2023-01/2023-06",),
        ),
        row(
            "Quý III/2022 Tuyên Quang giải thể bao nhiêu HTX?",
            places=TQ,
            periods=("2022-07/2022-09",),
        ),
        row("Đến cuối năm 2023 Đắk Lắk còn mấy HTX?", places=DL, periods=("2023-12-31",)),
        row(
            "Tuyên Quang năm 2021 và năm 2022 có bao nhiêu HTX?",
            places=TQ,
            periods=("2021", "2022"),
        ),
        row("Việt Nam có bao nhiêu HTX?", places=(COUNTRY,)),
        row("Cả nước có bao nhiêu HTX?", places=(COUNTRY,)),
        row("Tây Nguyên có bao nhiêu HTX?", places=("Tây Nguyên",)),
        row("Liên minh HTX Việt Nam hỗ trợ bao nhiêu tiền?", places=()),
        # compared
        row("Tuyên Quang và Đắk Lắk, bên nào nhiều HTX hơn?", COMPARE, places=BOTH),
        row("Tuyên Quang hay Đắk Lắk ít HTX hơn?", COMPARE, places=BOTH, ascending=True),
        row("So sánh số HTX của Tuyên Quang với Đắk Lắk", COMPARE, places=BOTH),
        row(
            "Compare the number of cooperatives in Tuyen Quang and Dak Lak",
            COMPARE,
            places=BOTH,
        ),
        # ranked
        row("Tỉnh nào nhiều HTX nhất?", RANK, over=Over.PROVINCES, ascending=False),
        row("Tỉnh nào ít HTX nhất năm 2022?", RANK, over=Over.PROVINCES, ascending=True),
        row("Xếp hạng các tỉnh theo số HTX", RANK, over=Over.PROVINCES),
        row("Top 3 tỉnh có nhiều HTX nhất", RANK, most=3),
        row("Năm tỉnh nào nhiều HTX nhất?", RANK, over=Over.PROVINCES, most=5),
        row("Vùng nào nhiều HTX nhất?", RANK, over=Over.REGIONS),
        row("Năm nào Tuyên Quang có nhiều HTX nhất?", RANK, places=TQ, over=Over.YEARS),
        row("Huyện nào ở Tuyên Quang ít HTX nhất?", RANK, over=Over.DISTRICTS, ascending=True),
        row(
            "Sắp xếp các huyện của Tuyên Quang theo số HTX tăng dần",
            RANK,
            over=Over.DISTRICTS,
            ascending=True,
        ),
        row("Which province has the most cooperatives?", RANK, over=Over.PROVINCES),
        row(
            "3 huyện ít HTX nhất của Tuyên Quang",
            RANK,
            over=Over.DISTRICTS,
            ascending=True,
            most=3,
        ),
        # followed
        row(
            "Số HTX Tuyên Quang tăng hay giảm từ 2021 đến 2023?",
            TREND,
            places=TQ,
            periods=("2021/2023",),
        ),
        row("HTX Tuyên Quang qua các năm thay đổi thế nào?", TREND, over=Over.YEARS),
        row(
            "Số HTX Đắk Lắk năm 2023 tăng hay giảm so với năm 2021?",
            TREND,
            periods=("2023",),
            base="2021",
        ),
        # computed
        row("Tuyên Quang và Đắk Lắk tổng cộng có bao nhiêu HTX?", SUM, places=BOTH),
        row("Tổng cộng Tuyên Quang có bao nhiêu HTX?", LOOK_UP, places=TQ),
        row("Hai đề án tổng cộng hỗ trợ bao nhiêu tiền?", SUM, most=2),
        row("Tuyên Quang nhiều hơn Đắk Lắk bao nhiêu HTX?", DIFFERENCE, places=BOTH),
        row(
            "Số HTX Tuyên Quang năm 2023 tăng bao nhiêu so với năm 2021?",
            DIFFERENCE,
            periods=("2023",),
            base="2021",
        ),
        row("HTX nông nghiệp chiếm bao nhiêu phần trăm ở Tuyên Quang?", RATIO, places=TQ),
        # listed
        row("Liệt kê số HTX theo lĩnh vực ở Tuyên Quang", LIST, over=Over.SECTORS),
        row("Kết quả xếp loại HTX Tuyên Quang ra sao?", LIST, over=Over.GRADES),
        row("Liệt kê các mục tiêu của Đắk Lắk", LIST, kind=TARGET, places=DL),
        row("Từng huyện của Tuyên Quang có bao nhiêu HTX?", LIST, over=Over.DISTRICTS),
        # aims and results
        row("Kế hoạch năm 2025 của Đắk Lắk là bao nhiêu HTX?", kind=TARGET, periods=("2025",)),
        row("Đắk Lắk phấn đấu có bao nhiêu HTX đến năm 2030?", kind=TARGET),
        row("Đắk Lắk đặt chỉ tiêu thành lập bao nhiêu HTX?", kind=TARGET),
        row("Đắk Lắk đặt ra bao nhiêu HTX cho năm 2025?", kind=TARGET),
        row("What is the target of Dak Lak for 2025, how many cooperatives?", kind=TARGET),
        row("Đắk Lắk đạt chỉ tiêu thành lập bao nhiêu HTX?", kind=FigureKind.ACTUAL),
        row("Đắk Lắk hoàn thành kế hoạch lập mới bao nhiêu HTX?", kind=FigureKind.ACTUAL),
        row("Đắk Lắk thực tế lập được bao nhiêu HTX so với kế hoạch?", kind=FigureKind.ACTUAL),
        row("Đắk Lắk có bao nhiêu HTX?", kind=FigureKind.ACTUAL),
        # districts without their kind, which the register knows
        row("Sơn Dương có bao nhiêu HTX?", places=(SON_DUONG,)),
        row("son duong co bao nhieu htx", places=(SON_DUONG,)),
        row("Huyện Sơn Dương, Tuyên Quang có bao nhiêu HTX?", places=(SON_DUONG,)),
        row("Sơn Dương hay Na Hang nhiều HTX hơn?", COMPARE, places=(SON_DUONG, NA_HANG)),
        row("Châu Thành của Long An có bao nhiêu HTX?", places=("Châu Thành (Long An)",)),
        row("Châu Thành có bao nhiêu HTX?", places=()),
        row("Chiêm Hóa có bao nhiêu HTX?", places=()),
        row(
            "So với năm 2021 thì số HTX Tuyên Quang năm 2022 thế nào?",
            TREND,
        ),
    ],
)
def test_where_when_and_what_to_do(text, operation, expected):
    found = inquiry(text)
    assert found.operation is operation
    assert {field: getattr(found, field) for field in expected} == expected


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Tuyên Quang có bao nhiêu HTX và THT?", ["HTX", "THT"]),
        ("Tuyên Quang có bao nhiêu HTX, bao nhiêu thành viên?", ["HTX"]),
        ("Tuyên Quang có bao nhiêu thành viên HTX?", ["thành viên"]),
        ("HTX với tổ hợp tác ở Tuyên Quang, loại nào nhiều hơn?", ["HTX", "THT"]),
    ],
)
def test_several_organisations_are_several_subjects(text, units):
    assert [one.unit for one in inquiry(text).subjects] == units


def test_measures_that_are_joined_are_several_subjects():
    found = inquiry("Doanh thu và lợi nhuận bình quân của HTX Tuyên Quang là bao nhiêu?")
    assert [one.measure for one in found.subjects] == ["doanh thu", "lợi nhuận"]
    assert {one.mean for one in found.subjects} == {"each"}


def test_states_that_are_set_beside_each_other_are_several_subjects():
    found = inquiry("HTX mới lập và giải thể ở Tuyên Quang năm 2022, bên nào nhiều hơn?")
    assert [one.states[0] for one in found.subjects] == ["thành lập mới", "giải thể"]


def test_two_words_for_one_state_are_one_subject():
    found = inquiry("Tuyên Quang có bao nhiêu HTX nghỉ rồi, đắp chiếu?")
    assert [one.states[0] for one in found.subjects] == ["ngừng hoạt động"]


def test_grades_that_are_set_beside_each_other_are_several_subjects():
    found = inquiry("So sánh số HTX tốt và HTX yếu ở Tuyên Quang")
    assert [one.labels("grade") for one in found.subjects] == [{"tốt"}, {"yếu"}]


def test_what_is_taken_away_is_a_subject_of_its_own():
    found = inquiry("Số HTX Tuyên Quang trừ đi số HTX ngừng hoạt động còn bao nhiêu?")
    assert found.operation is DIFFERENCE
    assert [one.states[:1] for one in found.subjects] == [(), ("ngừng hoạt động",)]


def test_a_rise_in_per_cent_is_one_of_what_rises():
    found = inquiry("Số HTX Tuyên Quang tăng hay giảm bao nhiêu phần trăm qua các năm?")
    assert (found.operation, found.subjects[0].unit) == (TREND, "HTX")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Tuyên Quang có bao nhiêu HTX?", True),
        ("Tổng số HTX của Tuyên Quang", True),
        ("DT bq HTX Tuyên Quang 2023", True),  # names all it wants
        ("Liệt kê các mục tiêu của Đắk Lắk", True),
        ("Hợp tác xã là gì?", False),
        ("HTX muốn giải thể thì làm thế nào?", False),
        ("Ai được làm giám đốc HTX?", False),
        ("Tuyên Quang có gì đẹp?", False),
    ],
)
def test_whether_a_figure_is_wanted(text, wanted):
    assert inquiry(text).wants_figure is wanted


@pytest.mark.parametrize(
    ("text", "leaning"),
    [
        ("còn tổ hợp tác?", True),
        ("năm 2022 thì sao?", True),
        ("cùng kỳ năm trước thì sao?", True),
        ("Tuyên Quang năm 2022 có bao nhiêu HTX nông nghiệp?", False),
        ("Tỉnh nào nhiều HTX nhất?", False),
    ],
)
def test_what_leans_on_an_earlier_question(text, leaning):
    assert inquiry(text).leans is leaning


@pytest.mark.parametrize(
    ("text", "scoped"),
    [
        ("Có bao nhiêu HTX?", False),
        ("Tuyên Quang có bao nhiêu HTX?", True),
        ("Năm 2022 có bao nhiêu HTX?", True),
        ("Tỉnh nào nhiều HTX nhất?", True),
    ],
)
def test_whether_it_says_where_or_when(text, scoped):
    assert inquiry(text).scoped is scoped


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Quý III/2022 Tuyên Quang có bao nhiêu HTX?",
        ),
        pytest.param(
            "Which district of Tuyen Quang has the fewest cooperatives?",
        ),
        pytest.param(
            "Which province has the most cooperatives?",
        ),
        pytest.param(
            "What is the target of Tuyen Quang for 2025, how many cooperatives?",
        ),
        "Huyện nào của Tuyên Quang ít HTX nhất năm 2022?",
        "6 tháng đầu năm 2022 Tuyên Quang có bao nhiêu HTX?",
        "Xin hỏi hiện nay ở Tuyên Quang có tất cả bao nhiêu HTX vậy ạ?",
        "Kế hoạch của Tuyên Quang năm 2025 là bao nhiêu HTX?",
        "tuyen quang nam 2022 co tat ca bao nhieu htx",
    ],
)
def test_words_of_asking_are_nothing_that_a_figure_must_be_of(text):
    (subject,) = inquiry(text).subjects
    assert (subject.unit, subject.words) == ("HTX", frozenset())


@pytest.mark.parametrize(
    ("periods", "year"),
    [((), 0), (("2021",), 2021), (("2023-08", "2021/2022"), 2023), (("2020/2024",), 2024)],
)
def test_the_latest_year(periods, year):
    assert latest_year(periods) == year
