"""Which figure is the one that is asked for, and which are never taken for it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.figures.breakdown import breakdown
from knowledge.figures.facets import facets_asked
from knowledge.figures.inquiry import Inquiry, Over
from knowledge.figures.matching import Wish, best, known_periods, matches, of_period
from knowledge.figures.register import Register
from knowledge.model import Comparator, Figure, FigureKind, Operation
from knowledge.vietnamese.lexicon import words_of
from knowledge.vietnamese.periods import overlap
from tests.builders import a_figure, a_register


def wish(question: str, place: str = "Bến Tre", period: str = "", **more: Any) -> Wish:
    return Wish(subject=facets_asked(words_of(question)), place=place, period=period, **more)


def a_count(indicator: str, value: int | str, place: str = "Bến Tre", **more: Any) -> Figure:
    """Return a figure whose sentence says what its name says."""
    quote = f"Năm qua, {place} có {indicator.removeprefix('số ')}: {value}."
    return a_figure(place, value, **{"indicator": indicator, "quote": quote, **more})


FIT, NONE = "fits", None


@pytest.mark.parametrize(
    ("asked", "held", "stock", "flow", "strict"),
    [
        pytest.param("2023", "2023", 1, 1, 1, id="the same year"),
        pytest.param("2021/2023", "2021/2023", 1, 1, 1, id="the same span"),
        pytest.param("2021/2023", "2021/2023-12-31", 1, 1, 1, id="the same days, written apart"),
        pytest.param("", "2023", 1, 1, 1, id="any time"),
        pytest.param("", "", 1, 1, 1, id="any time, of an unknown one"),
        pytest.param("2023", "", NONE, NONE, NONE, id="an unknown time"),
        pytest.param("2023", "2023-12-31", FIT, FIT, NONE, id="the end of the year"),
        pytest.param("2023", "2023-09", FIT, FIT, NONE, id="a month of the year"),
        pytest.param("2023", "2023-01/2023-06", FIT, FIT, NONE, id="half of the year"),
        pytest.param("2023", "2023-07/2023-09", FIT, FIT, NONE, id="a quarter of the year"),
        pytest.param("2021/2023", "2022", FIT, FIT, NONE, id="one year of several"),
        pytest.param("2023", "2021/2023", FIT, NONE, NONE, id="years that end with it"),
        pytest.param("2023", "2022-12-31", NONE, NONE, NONE, id="the day before"),
        pytest.param("2023", "2024", NONE, NONE, NONE, id="the next year"),
        pytest.param("2022", "2021/2023", NONE, NONE, NONE, id="years around it"),
        pytest.param("2023-01/2023-06", "2023", NONE, NONE, NONE, id="the year of a half"),
        pytest.param("2023-06", "2023", NONE, NONE, NONE, id="the year of a month"),
        pytest.param("2023-12-31", "2023", FIT, FIT, FIT, id="the year that ends on a day"),
        pytest.param("2023-08", "2023-08-15", FIT, FIT, NONE, id="a day of a month"),
    ],
)
def test_whether_a_period_fits(asked, held, stock, flow, strict):
    found = (
        of_period(asked, held, flow=False),
        of_period(asked, held, flow=True),
        of_period(asked, held, flow=True, strict=True),
    )
    for fit, expected in zip(found, (stock, flow, strict), strict=True):
        if expected is FIT:
            assert fit is not None
            assert 0.5 < fit < 1
        else:
            assert fit == expected


@pytest.mark.parametrize(
    ("asked", "held"),
    [("2023-10/2023-12", "2023"), ("2023-07/2023-09", "2023-01/2023-09"), ("2023-12", "2023")],
)
def test_what_happened_in_a_longer_time_did_not_happen_in_its_last_part(asked, held):
    assert of_period(asked, held, flow=True, strict=True) is None


def test_of_what_is_there_the_latest_is_best():
    told = ["2023", "2023-12-31", "2023-11", "2023-06-30"]
    fits = [of_period("2023", one, flow=False) or 0 for one in told]
    assert fits == sorted(fits, reverse=True)
    assert len(set(fits)) == len(fits)


COUNT = a_figure(value=187, indicator="số HTX", period="2023")


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        pytest.param("Bao nhiêu HTX?", a_figure("Cà Mau", 281), id="another province"),
        pytest.param("Bao nhiêu HTX?", a_figure("Ba Tri (Bến Tre)", 31), id="a district of it"),
        pytest.param("Bao nhiêu HTX?", a_figure("Cả nước", 29378), id="the country"),
        pytest.param("Bao nhiêu HTX?", a_figure(value=173, period="2022"), id="the year before"),
        pytest.param("Bao nhiêu HTX?", a_figure(value=190, period="2024"), id="the year after"),
        pytest.param("Bao nhiêu HTX?", a_figure(value=190, period=""), id="an unknown time"),
        pytest.param("Bao nhiêu HTX?", a_figure(value=200, kind=FigureKind.TARGET), id="an aim"),
        pytest.param("Bao nhiêu HTX?", a_figure(value=14, kind=FigureKind.CHANGE), id="a change"),
        pytest.param("Bao nhiêu HTX?", a_count("số THT", 95, unit="THT"), id="groups"),
        pytest.param("Bao nhiêu HTX?", a_count("số HTX giải thể", 4), id="closed ones"),
        pytest.param("Bao nhiêu HTX?", a_count("số HTX thành lập mới", 14), id="new ones"),
        pytest.param("Bao nhiêu HTX?", a_count("số HTX ngừng hoạt động", 21), id="idle ones"),
        pytest.param("Bao nhiêu HTX?", a_count("số HTX nông nghiệp", 140), id="those of a sector"),
        pytest.param("Bao nhiêu HTX?", a_count("số HTX loại tốt", 60), id="those of a grade"),
        pytest.param("Bao nhiêu HTX?", a_count("số HTX trồng dừa", 33), id="those that do a thing"),
        pytest.param("Bao nhiêu HTX thành lập mới?", COUNT, id="all for the new ones"),
        pytest.param(
            "Bao nhiêu HTX thành lập mới?", a_count("số HTX giải thể", 4), id="closed for new ones"
        ),
        pytest.param(
            "Bao nhiêu HTX thành lập mới?",
            a_count("số HTX thành lập mới", 9, period="2023-01/2023-09"),
            id="nine months for a year",
        ),
        pytest.param(
            "Bao nhiêu HTX thành lập mới?",
            a_count("số HTX thành lập mới bình quân mỗi năm", 15),
            id="a yearly mean for a year",
        ),
        pytest.param("Bao nhiêu HTX nông nghiệp?", COUNT, id="all for those of a sector"),
        pytest.param(
            "Bao nhiêu HTX nông nghiệp?",
            a_count("số HTX phi nông nghiệp", 47),
            id="another sector",
        ),
        pytest.param(
            "Bao nhiêu HTX loại tốt?", a_count("số HTX tốt, khá", 130), id="two grades for one"
        ),
        pytest.param("Bao nhiêu HTX trồng dừa?", COUNT, id="all for those that do a thing"),
        pytest.param(
            "Bao nhiêu thành viên HTX?",
            a_count("số thành viên của THT", 900, unit="thành viên", subject="THT"),
            id="members of groups",
        ),
        pytest.param(
            "Bao nhiêu thành viên HTX?",
            a_count("số thành viên của liên hiệp", 40, unit="thành viên", subject="liên hiệp"),
            id="members of unions, which are cooperatives",
            marks=pytest.mark.xfail(strict=True, reason="cooperatives in unions told as people"),
        ),
        pytest.param(
            "Doanh thu bình quân HTX?",
            a_count("lợi nhuận bình quân HTX", 300_000_000, unit="đồng"),
            id="another measure",
        ),
        pytest.param(
            "Doanh thu bình quân HTX?",
            a_count("doanh thu HTX", 900_000_000_000, unit="đồng"),
            id="a sum for a mean",
        ),
        pytest.param(
            "Tỷ lệ HTX loại tốt là bao nhiêu phần trăm?",
            a_count("số HTX loại tốt", 60),
            id="a count for a share",
        ),
    ],
)
def test_what_is_never_taken(question, figure):
    assert best(a_register(figure), wish(question, period="2023")) == ()


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        pytest.param("Bao nhiêu HTX?", COUNT, id="itself"),
        pytest.param(
            "Bao nhiêu HTX?",
            a_count("số HTX đang hoạt động", 166),
            id="only those at work are told",
        ),
        pytest.param(
            "Bao nhiêu HTX ngừng hoạt động?", a_count("số HTX ngừng hoạt động", 21), id="idle"
        ),
        pytest.param(
            "Bao nhiêu HTX chết rồi?", a_count("số HTX ngừng hoạt động", 21), id="gone, so idle"
        ),
        pytest.param(
            "Bao nhiêu xã viên?",
            a_count("số thành viên của HTX", 42350, unit="thành viên"),
            id="members",
        ),
        pytest.param(
            "Bao nhiêu HTX nông nghiệp?",
            a_count("số HTX", 140, quote="Trong lĩnh vực nông nghiệp có 140 HTX."),
            id="a sector that its sentence names",
        ),
        pytest.param(
            "Bao nhiêu HTX trồng dừa?", a_count("số HTX trồng dừa", 33), id="those that do a thing"
        ),
        pytest.param(
            "Thu nhập của lao động?",
            a_count(
                "thu nhập bình quân HTX",
                61_000_000,
                unit="đồng",
                quote="Thu nhập lao động: 61 triệu đồng.",
            ),
            id="an income is always one of each",
        ),
    ],
)
def test_what_is_taken(question, figure):
    assert best(a_register(figure), wish(question, period="2023")) == (figure,)


def test_the_closest_state_is_taken():
    idle, closed = a_count("số HTX ngừng hoạt động", 21), a_count("số HTX giải thể", 4)
    for register in (a_register(idle, closed), a_register(closed, idle)):
        assert best(register, wish("Bao nhiêu HTX đắp chiếu?"))[0] == idle
        assert best(register, wish("Bao nhiêu HTX dẹp tiệm?"))[0] == closed


def test_of_a_total_and_its_parts_the_total_is_taken():
    quote = "Toàn tỉnh có 187 HTX, trong đó 90 HTX trồng dừa, 33 HTX có trụ sở."
    whole, part, other = (
        a_figure(value=value, indicator="số HTX", quote=quote) for value in (187, 90, 33)
    )
    assert best(a_register(part, whole, other), wish("Bao nhiêu HTX?", period="2023")) == (whole,)


def test_of_what_happened_the_plainest_is_taken_and_not_the_largest():
    plain, long = (
        a_figure(value=value, indicator="số HTX thành lập mới", quote=quote)
        for value, quote in (
            (14, "Tỉnh thành lập mới 14 HTX."),
            (90, "Các xã vùng sâu, vùng xa đã thành lập mới 90 HTX từ ngày có luật."),
        )
    )
    assert best(a_register(long, plain), wish("Bao nhiêu HTX thành lập mới?"))[0] == plain


def test_without_a_period_the_latest_is_taken():
    years = [a_figure(value=100 + year, period=str(year)) for year in (2021, 2023, 2022)]
    assert best(a_register(*years), wish("Bao nhiêu HTX?")) == (years[1],)


def test_of_one_year_the_figure_of_the_year_goes_before_its_months():
    month, year = a_figure(value=180, period="2023-06"), a_figure(value=187, period="2023")
    assert best(a_register(month, year), wish("Bao nhiêu HTX?", period="2023"))[0] == year


def test_of_two_documents_that_agree_the_later_is_taken():
    early, late = a_figure(document="d1"), a_figure(document="d2")
    register = a_register(early, late, issued={"d1": date(2024, 1, 5), "d2": date(2024, 6, 5)})
    assert best(register, wish("Bao nhiêu HTX?")) == (late,)


def test_two_documents_that_disagree_are_both_told():
    early, late = a_figure(value=187, document="d1"), a_figure(value=190, document="d2")
    register = a_register(early, late, issued={"d1": date(2024, 1, 5), "d2": date(2024, 6, 5)})
    assert best(register, wish("Bao nhiêu HTX?")) == (late, early)


def test_a_rounded_figure_is_no_disagreement():
    exact = a_figure(value=187, document="d1")
    near = a_figure(value=189, document="d2", comparator=Comparator.ABOUT)
    far = a_figure(value=250, document="d3", comparator=Comparator.ABOUT)
    first = {"d1": date(2024, 6, 5)}
    assert best(a_register(exact, near, issued=first), wish("Bao nhiêu HTX?")) == (exact,)
    assert best(a_register(exact, far, issued=first), wish("Bao nhiêu HTX?")) == (exact, far)


def test_figures_of_two_years_do_not_disagree():
    figures = (
        a_figure(value=173, period="2022"),
        a_figure(value=187, period="2023", document="d2"),
    )
    assert best(a_register(*figures), wish("Bao nhiêu HTX?")) == (figures[1],)


def test_words_of_an_earlier_question_need_not_be_met_as_much():
    figure = a_count("số HTX trồng sen", 33)
    question = "Bao nhiêu HTX trồng sen trắng ao quê?"
    strict = wish(question)
    lenient = wish(question, lenient=frozenset(("trang", "ao", "que")))
    (found,) = matches(a_register(figure), lenient)
    others = matches(a_register(figure), strict)
    assert all(one.score < found.score for one in others)


def test_the_periods_of_figures_stand_once_and_in_order():
    figures = [a_figure(period=one) for one in ("2023", "2021", "", "2022-06", "2023")]
    assert list(known_periods(figures)) == ["2021", "2022-06", "2023"]


def test_a_region_is_made_of_the_provinces_that_are_told_of_beside_it():
    region = a_figure("Tây Nguyên", 900, document="d1")
    beside = [a_figure(place, 100, document="d1") for place in ("Gia Lai", "Kon Tum")]
    others = [
        a_figure("Chư Sê (Gia Lai)", 31, document="d1"),
        a_figure("Cả nước", 29378, document="d1"),
        a_figure("Cà Mau", 281, document="d2"),
    ]
    asked = wish("Tỉnh nào nhiều HTX nhất?", place="Tây Nguyên")
    inquiry = Inquiry(
        operation=Operation.RANK,
        subjects=(asked.subject,),
        places=(asked.place,),
        over=Over.PROVINCES,
    )
    assert breakdown(a_register(region, *beside, *others), inquiry, asked) == beside


# --- whatever the register holds ---------------------------------------------------------------

PLACES = ("Bến Tre", "Cà Mau", "Ba Tri (Bến Tre)", "Cả nước")
PERIODS = ("2021", "2022", "2022-06", "2022-01/2022-06", "2021/2023", "2023-12-31", "")
INDICATORS = (
    ("số HTX", "HTX"),
    ("số HTX nông nghiệp", "HTX"),
    ("số HTX thành lập mới", "HTX"),
    ("số HTX giải thể", "HTX"),
    ("số HTX loại tốt", "HTX"),
    ("số THT", "THT"),
    ("số thành viên của HTX", "thành viên"),
    ("doanh thu bình quân HTX", "đồng"),
    ("doanh thu HTX", "đồng"),
)
QUESTIONS = (
    ("Bao nhiêu HTX?", "HTX"),
    ("Bao nhiêu HTX nông nghiệp?", "HTX"),
    ("Bao nhiêu HTX thành lập mới?", "HTX"),
    ("Bao nhiêu HTX giải thể?", "HTX"),
    ("Bao nhiêu THT?", "THT"),
    ("Bao nhiêu thành viên HTX?", "thành viên"),
    ("Doanh thu bình quân HTX?", "đồng"),
)


@st.composite
def registers(draw: st.DrawFn) -> Register:
    figures = []
    for _ in range(draw(st.integers(0, 8))):
        indicator, unit = draw(st.sampled_from(INDICATORS))
        figures.append(
            a_count(
                indicator,
                draw(st.integers(1, 500)),
                draw(st.sampled_from(PLACES)),
                unit=unit,
                period=draw(st.sampled_from(PERIODS)),
                kind=draw(st.sampled_from([FigureKind.ACTUAL, FigureKind.TARGET])),
                document=draw(st.sampled_from(["d1", "d2"])),
            )
        )
    return a_register(*figures)


@given(
    registers(),
    st.sampled_from(QUESTIONS),
    st.sampled_from(PLACES),
    st.sampled_from(PERIODS),
    st.sampled_from([FigureKind.ACTUAL, FigureKind.TARGET]),
)
@settings(deadline=None)
def test_what_is_told_is_of_the_place_time_kind_and_unit_that_were_asked(
    register, question, place, period, kind
):
    text, unit = question
    found = best(register, wish(text, place, period, kind=kind))
    assert all(one in register.figures for one in found)
    for one in found:
        assert (one.place, one.kind, one.unit) == (place, kind, unit)
        assert not period or overlap(one.period, period)
    assert len({one.document for one in found}) == len(found)


@given(registers(), st.sampled_from(QUESTIONS), st.sampled_from(PLACES))
@settings(deadline=None)
def test_the_best_comes_first_and_no_match_is_better_than_perfect(register, question, place):
    found = matches(register, wish(question[0], place))
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    assert all(score <= 1 for score in scores)


@given(registers(), st.sampled_from(QUESTIONS))
@settings(deadline=None)
def test_what_is_of_no_interest_changes_nothing(register, question):
    asked = wish(question[0], period="2022")
    others = [one for one in register.figures if one.place == "Bến Tre"]
    assert best(register, asked) == best(a_register(*others), asked)
