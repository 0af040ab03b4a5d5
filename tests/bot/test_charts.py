"""Charts: what they say, what is drawn, and the picture that a phone gets."""

from __future__ import annotations

from io import BytesIO
from unicodedata import normalize

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure as Drawing
from matplotlib.font_manager import FontProperties, findfont, get_font
from PIL import Image

from bot.pictures.chart_plan import MOST_MARKS, MOST_SERIES, caption, drawable, plan
from bot.pictures.chart_sheet import STYLE, wrapped
from bot.pictures.charts import chart, draw
from knowledge.model import Answer, Comparator, Figure, FigureKind, Language, Operation
from tests.builders import a_derived_figure, a_figure, a_figure_answer

WIDTH = 1080
COUNTS = (a_figure("Bến Tre", 187), a_figure("Cà Mau", 120))
YEARS = tuple(
    a_figure("Cả nước", value, period=str(year))
    for year, value in ((2016, 18859), (2017, 19500), (2019, 24204))
)
BILLION = 10**9


def compared(*figures: Figure, **more: Language) -> Answer:
    return a_figure_answer(Operation.COMPARE, *figures, **more)


def trend(*figures: Figure, **more: Language) -> Answer:
    return a_figure_answer(Operation.TREND, *figures, **more)


def labels(answer: Answer) -> list[str]:
    """Return the names beside the bars, as drawn."""
    [axes] = draw(plan(answer)).axes
    return [label.get_text().replace("\n", " ") for label in axes.get_yticklabels()]


def values(answer: Answer) -> list[str]:
    """Return what is written beside bars and points, as drawn."""
    [axes] = draw(plan(answer)).axes
    return [text.get_text() for text in axes.texts]


def periods(answer: Answer) -> list[str]:
    """Return the names under a line, as drawn."""
    [axes] = draw(plan(answer)).axes
    return [label.get_text().replace("\n", " ") for label in axes.get_xticklabels()]


def around(answer: Answer) -> str:
    """Return what stands above and below the axes, as drawn."""
    return "\n".join(text.get_text() for text in draw(plan(answer)).texts)


def picture(answer: Answer) -> Image.Image:
    found = Image.open(BytesIO(chart(answer)))
    assert found.format == "PNG"
    return found


# --- whether there is a chart ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("operation", "figures", "expected"),
    [
        (Operation.COMPARE, COUNTS, True),
        (Operation.RANK, COUNTS, True),
        (Operation.TREND, YEARS, True),
        (Operation.LIST, COUNTS, True),
        (Operation.LOOK_UP, COUNTS, False),
        (Operation.SUM, COUNTS, False),
        (Operation.DIFFERENCE, COUNTS, False),
        (Operation.RATIO, COUNTS, False),
        (None, COUNTS, False),
        (Operation.COMPARE, (), False),
        (Operation.COMPARE, COUNTS[:1], False),
        (Operation.COMPARE, (COUNTS[0], a_derived_figure(67)), False),
        (Operation.COMPARE, (*COUNTS, a_derived_figure("5.5", unit="%")), True),
        (Operation.LIST, (*COUNTS, a_figure(value=3, unit="%")), False),
        (Operation.LIST, (COUNTS[0], a_figure(value=3, kind=FigureKind.CHANGE)), False),
        (Operation.COMPARE, (COUNTS[0], a_figure(value=3, kind=FigureKind.TARGET)), True),
    ],
)
def test_what_can_be_drawn(operation, figures, expected):
    assert drawable(a_figure_answer(operation, *figures)) is expected


# --- bars --------------------------------------------------------------------------------------


class TestBars:
    def test_each_stated_figure_is_a_bar_in_the_answers_order_from_the_top(self):
        figures = [a_figure(f"Nơi {number}", 900 - number) for number in range(20)]
        answer = a_figure_answer(Operation.RANK, *figures, a_derived_figure(19))
        [axes] = draw(plan(answer)).axes
        [bars] = axes.containers
        assert [bar.get_width() for bar in bars] == [float(one.value) for one in figures]
        assert labels(answer) == [one.place for one in figures]
        top, bottom = (axes.transData.transform((0, row))[1] for row in (0, 19))
        assert top > bottom

    def test_values_are_written_the_vietnamese_way(self):
        figures = (
            a_figure("A", 42350),
            a_figure("B", "1234.5", comparator=Comparator.ABOUT),
            a_figure("C", 7, comparator=Comparator.MORE),
            a_figure("D", 5, comparator=Comparator.LESS),
            a_figure("E", 0),
        )
        assert values(compared(*figures)) == ["42.350", "khoảng 1.234,5", "trên 7", "dưới 5", "0"]

    def test_money_has_the_scale_that_fits_on_the_axis_and_at_each_bar(self):
        answer = compared(
            a_figure("A", 2_300_000_000, unit="đồng"), a_figure("B", 950_000_000, unit="đồng")
        )
        [axes] = draw(plan(answer)).axes
        assert values(answer) == ["2,3 tỷ đồng", "950 triệu đồng"]
        assert axes.get_xlabel() == "tỷ đồng"
        assert [bar.get_width() for bar in axes.containers[0]] == [2.3, 0.95]
        assert axes.xaxis.get_major_formatter()(1.5) == "1,5"

    def test_sums_below_a_billion_are_in_millions(self):
        answer = compared(
            a_figure("A", 61_000_000, unit="đồng"), a_figure("B", 54_000_000, unit="đồng")
        )
        assert plan(answer).unit == "triệu đồng"
        assert values(answer) == ["61 triệu đồng", "54 triệu đồng"]

    def test_decreases_go_to_the_left_and_their_values_stand_outside(self):
        change = {"unit": "%", "kind": FigureKind.CHANGE}
        answer = compared(
            a_figure("A", "12.5", **change), a_figure("B", "-69.2", **change), a_figure("C", 0, **change)
        )  # fmt: skip
        drawn = draw(plan(answer))
        [axes] = drawn.axes
        assert values(answer) == ["12,5%", "-69,2%", "0%"]
        drawn.draw_without_rendering()
        box = axes.get_window_extent()
        ends = [axes.transData.transform((float(x), 0))[0] for x in (12.5, -69.2, 0)]
        for text, end, right in zip(axes.texts, ends, (True, False, True), strict=True):
            written = text.get_window_extent()
            assert box.x0 - 1 <= written.x0 < written.x1 <= box.x1 + 1
            assert written.x0 > end if right else written.x1 < end

    def test_of_a_range_both_ends_are_shown(self):
        wide = a_figure("A", 4, value_max=6, comparator=Comparator.RANGE)
        answer = compared(wide, a_figure("B", 3))
        [axes] = draw(plan(answer)).axes
        assert values(answer) == ["4 - 6", "3"]
        first, second = axes.containers
        assert [bar.get_width() for bar in first] == [4, 3]
        assert [(bar.get_x(), bar.get_width()) for bar in second] == [(4, 2)]

    def test_only_so_many_bars_are_drawn_as_a_phone_can_show_and_the_rest_is_told(self):
        figures = [a_figure(f"Tỉnh {number}", 900 - number) for number in range(63)]
        answer = a_figure_answer(Operation.RANK, *figures)
        assert labels(answer) == [one.place for one in figures[:MOST_MARKS]]
        assert f"Còn {63 - MOST_MARKS} số liệu nữa" in around(answer)
        assert "số liệu nữa" not in around(a_figure_answer(Operation.RANK, *figures[:MOST_MARKS]))

    def test_nothing_but_zeros_is_a_chart_too(self):
        answer = compared(a_figure("A", 0), a_figure("B", 0))
        [axes] = draw(plan(answer)).axes
        assert values(answer) == ["0", "0"]
        assert axes.get_xlim()[1] >= 1

    def test_the_winner_of_a_comparison_stands_out_and_a_target_is_no_result(self):
        target = a_figure("C", 5, kind=FigureKind.TARGET)
        colours = {}
        for operation in (Operation.COMPARE, Operation.RANK):
            [axes] = draw(plan(a_figure_answer(operation, *COUNTS, target))).axes
            colours[operation] = [bar.get_facecolor() for bar in axes.patches]
        assert len(set(colours[Operation.COMPARE])) == 3
        assert len(set(colours[Operation.RANK])) == 2


class TestLabels:
    def test_where_periods_differ_each_place_has_its_own(self):
        answer = compared(a_figure("Kiên Giang", 457, period="2020"), a_figure(period="2020-06-30"))
        assert labels(answer) == ["Kiên Giang · 2020", "Bến Tre · 30/6/2020"]
        assert "2020" not in plan(answer).subtitle

    def test_where_one_period_is_shared_it_stands_above(self):
        assert labels(compared(*COUNTS)) == ["Bến Tre", "Cà Mau"]
        assert around(compared(*COUNTS)).splitlines()[:2] == ["Tổng số HTX", "2023"]

    def test_indicators_of_one_place_are_told_apart_under_what_they_share(self):
        answer = compared(
            a_figure(indicator="số HTX giải thể"), a_figure(indicator="số HTX thành lập mới")
        )
        assert labels(answer) == ["Số HTX giải thể", "Số HTX thành lập mới"]
        assert around(answer).splitlines()[:2] == ["Số HTX", "Bến Tre · 2023"]

    def test_indicators_that_share_no_words_are_titled_by_the_question(self):
        answer = compared(a_figure(indicator="doanh thu"), a_figure(indicator="lợi nhuận"))
        assert around(answer).startswith("Bến Tre và Cà Mau, nơi nào nhiều HTX hơn?")

    def test_subjects_are_told_where_they_differ_and_above_where_the_indicator_lacks_them(self):
        one = a_figure(indicator="doanh thu", subject="HTX nông nghiệp")
        other = a_figure(indicator="doanh thu", subject="HTX dịch vụ")
        assert labels(compared(one, other)) == ["HTX nông nghiệp", "HTX dịch vụ"]
        assert plan(compared(one, a_figure("Cà Mau", indicator="doanh thu", subject="HTX nông nghiệp"))).subtitle == "2023 · HTX nông nghiệp"  # fmt: skip

    def test_sources_that_disagree_are_told_apart_by_their_files(self):
        answer = compared(a_figure(value=187), a_figure(value=190, source="khac.txt"))
        assert labels(answer) == ["Bao-cao.txt", "Khac.txt"]

    def test_subject_and_file_are_left_out_where_the_places_tell_enough(self):
        other = a_figure("Cà Mau", subject="THT", source="khac.txt")
        assert labels(compared(a_figure(), other)) == ["Bến Tre", "Cà Mau"]

    def test_a_target_and_a_result_are_told_apart(self):
        answer = compared(a_figure(value=15, kind=FigureKind.TARGET), a_figure(value=11))
        assert labels(answer) == ["Mục tiêu", "Thực hiện"]

    def test_a_period_under_a_name_stays_in_one_line(self):
        answer = compared(a_figure("Bình Phước", 323, period="2023-12"), a_figure(period="2023-08"))
        [axes] = draw(plan(answer)).axes
        names = [label.get_text() for label in axes.get_yticklabels()]
        assert names == ["Bình Phước\ntháng 12/2023", "Bến Tre · tháng 8/2023"]

    def test_a_long_name_is_wrapped_and_never_runs_into_its_bar(self):
        long = "mức tăng doanh thu của nhóm HTX chăn nuôi gia súc, gia cầm quy mô lớn " * 3
        answer = compared(a_figure(indicator=f"{long} một"), a_figure(indicator="lợi nhuận"))
        drawn = draw(plan(answer))
        drawn.draw_without_rendering()
        [axes] = drawn.axes
        name = axes.get_yticklabels()[0]
        assert name.get_text().count("\n") == 2
        assert name.get_text().endswith("…")
        assert 0 <= name.get_window_extent().x0 < name.get_window_extent().x1
        assert name.get_window_extent().x1 <= axes.get_window_extent().x0


class TestFrame:
    def test_what_was_computed_is_told_above_and_is_no_bar(self):
        more = (a_derived_figure(67, *COUNTS), a_derived_figure("55.8", *COUNTS, unit="%"))
        answer = compared(*COUNTS, *more)
        assert plan(answer).subtitle == "2023\nChênh lệch: 67 HTX (55,8%)"
        assert len(labels(answer)) == 2

    @pytest.mark.parametrize(
        ("value", "told"), [(5345, "Tăng 5.345 HTX"), (-5345, "Giảm 5.345 HTX")]
    )
    def test_a_trend_went_up_or_down(self, value, told):
        assert told in around(trend(*YEARS, a_derived_figure(value, *YEARS)))

    def test_what_was_computed_and_is_named_by_what_it_is_of_is_told_in_short(self):
        gap = a_derived_figure(67, *COUNTS, indicator="chênh lệch tổng số HTX")
        assert plan(compared(*COUNTS, gap)).subtitle == "2023\nChênh lệch: 67 HTX"
        change = a_derived_figure(5345, *YEARS, indicator="thay đổi tổng số HTX")
        rate = a_derived_figure("28.34", *YEARS, indicator="tỷ lệ thay đổi tổng số HTX", unit="%")
        told = plan(trend(*YEARS, change, rate)).subtitle
        assert told == "Cả nước\nTăng 5.345 HTX (28,34%)"

    def test_what_was_computed_under_another_name_keeps_it(self):
        mean = a_derived_figure("153.5", indicator="bình quân hai tỉnh")
        assert "Bình quân hai tỉnh: 153,5 HTX" in around(compared(*COUNTS, mean))

    def test_sources_stand_below_and_many_are_counted(self):
        figures = [a_figure(f"Nơi {n}", n, document=f"d{n}", source=f"{n}.txt") for n in range(5)]
        told = around(a_figure_answer(Operation.RANK, *figures)).splitlines()[-1]
        assert told == "Nguồn: Báo cáo của Nơi 0; Báo cáo của Nơi 1 và 3 tài liệu khác"

    def test_a_document_that_is_not_cited_is_named_by_its_file(self):
        answer = a_figure_answer(Operation.COMPARE, *COUNTS)
        bare = Answer(question=answer.question, status=answer.status, figures=COUNTS, operation=Operation.COMPARE)  # fmt: skip
        assert around(bare).endswith("Nguồn: bao-cao.txt")

    def test_what_is_not_said_takes_no_room(self):
        assert wrapped("", 16, most=3) == wrapped(" \n", 16, most=3) == []

    def test_a_caption_has_title_and_sources(self):
        assert caption(compared(*COUNTS)) == "Tổng số HTX\nNguồn: Báo cáo của Bến Tre"

    def test_for_an_english_question_all_but_names_is_english(self):
        more = a_figure("A", 2_360_000_000, unit="đồng", comparator=Comparator.ABOUT)
        less = a_figure("B", 930_000_000, unit="đồng", period="2022-01/2022-06")
        answer = compared(more, less, a_derived_figure(1_430_000_000, unit="đồng"), language=Language.ENGLISH)  # fmt: skip
        [axes] = draw(plan(answer)).axes
        assert labels(answer) == ["A · 2023", "B · first 6 months of 2022"]
        assert values(answer) == ["about 2.36 billion đồng", "930 million đồng"]
        assert axes.get_xlabel() == "billion đồng"
        assert axes.xaxis.get_major_formatter()(1.5) == "1.5"
        assert "Difference: 1.43 billion đồng" in around(answer)
        assert "Source: Báo cáo" in around(answer)


# --- lines -------------------------------------------------------------------------------------


class TestLines:
    def test_a_day_among_years_keeps_its_year(self):
        years = [a_figure(value=year, period=str(year)) for year in range(2013, 2020)]
        drawn = periods(trend(*years, a_figure(value=2021, period="2021-12-31")))
        assert drawn[-2:] == ["2019", "31/12/ 2021"]

    @pytest.mark.parametrize(
        ("told", "sides"),
        [
            ((1, 2, 3), ["center top", "right bottom", "center bottom"]),
            ((3, 2, 1), ["center bottom", "left bottom", "center top"]),
            ((2, 1, 2), ["center bottom", "center top", "center bottom"]),
            ((1, 2, 1), ["center top", "center bottom", "center top"]),
            ((1, 1, 1), ["center bottom", "center bottom", "center bottom"]),
        ],
        ids=["rising", "falling", "a valley", "a hill", "flat"],
    )
    def test_values_stand_where_the_line_leaves_room(self, told, sides):
        [axes] = draw(plan(trend(*(a_figure(value=value, period=f"{2020 + number}")
                                   for number, value in enumerate(told))))).axes  # fmt: skip
        assert [
            f"{text.get_horizontalalignment()} {text.get_verticalalignment()}"
            for text in axes.texts
        ] == sides

    def test_a_trend_is_one_line_through_its_periods(self):
        [axes] = draw(plan(trend(*YEARS))).axes
        [line] = axes.get_lines()
        assert np.asarray(line.get_xdata()).tolist() == [2016, 2017, 2019], (
            "years at their distance"
        )
        assert np.asarray(line.get_ydata()).tolist() == [18859, 19500, 24204]
        assert line.get_marker() == "o"
        assert periods(trend(*YEARS)) == ["2016", "2017", "2019"]
        assert values(trend(*YEARS)) == ["18.859", "19.500", "24.204"]
        assert axes.get_ylabel() == "HTX"
        assert not axes.patches

    def test_periods_of_other_kinds_are_readable_and_stand_one_after_the_other(self):
        isos = ("2021", "2022-01/2022-06", "2022-12-31", "2023-08")
        answer = trend(*(a_figure(value=one, period=iso) for one, iso in enumerate(isos)))
        told = ["2021", "6 tháng đầu năm 2022", "31/12/2022", "tháng 8/2023"]
        assert periods(answer) == told
        [axes] = draw(plan(answer)).axes
        assert np.asarray(axes.get_lines()[0].get_xdata()).tolist() == [0, 1, 2, 3]

    def test_years_that_are_far_apart_are_not_drawn_into_a_corner(self):
        figures = [a_figure(value=1, period=year) for year in ("1996", "2022", "2023")]
        [line] = plan(trend(*figures)).lines
        assert line.places == (0, 1, 2)

    def test_values_keep_their_word_and_money_has_one_scale(self):
        first = a_figure(value=61_000_000, unit="đồng", period="2021", comparator=Comparator.ABOUT)
        answer = trend(first, a_figure(value=1_500_000_000, unit="đồng", period="2022"))
        assert values(answer) == ["khoảng\n0,061", "1,5"]
        assert plan(answer).unit == "tỷ đồng"

    def test_places_have_a_line_each(self):
        figures = [
            a_figure(place, value, period=year)
            for year, *pair in (("2020", 159, 457), ("2021", 170, 480))
            for place, value in zip(("Bến Tre", "Kiên Giang"), pair, strict=True)
        ]
        [axes] = draw(plan(trend(*figures))).axes
        assert [np.asarray(line.get_ydata()).tolist() for line in axes.get_lines()] == [
            [159, 170],
            [457, 480],
        ]
        legend = axes.get_legend()
        assert legend is not None
        assert [text.get_text() for text in legend.get_texts()] == ["Bến Tre", "Kiên Giang"]
        assert len({line.get_color() for line in axes.get_lines()}) == 2

    def test_names_that_mean_something_to_the_drawing_are_shown_too(self):
        figures = [
            a_figure(place, value, period=year)
            for year, value in (("2020", 1), ("2021", 2))
            for place in ("_ẩn", "$5 và $6", "")
        ]
        legend = draw(plan(trend(*figures))).axes[0].get_legend()
        assert legend is not None
        assert [text.get_text() for text in legend.get_texts()] == ["ẩn", "$5 và $6", "–"]
        assert not any(text.get_parse_math() for text in legend.get_texts())

    @pytest.mark.parametrize(
        "figures",
        [
            (a_figure(value=1), a_figure(value=2, source="khac.txt")),
            (*YEARS, a_figure(value=1), a_figure(value=2, source="khac.txt")),
            (a_figure(value=1, period=""), a_figure(value=2, period="2022")),
            tuple(
                a_figure(f"Nơi {n}", n, period=year)
                for n in range(MOST_SERIES + 1)
                for year in ("2021", "2022")
            ),
        ],
        ids=[
            "a period twice",
            "a period twice in one of two",
            "an unknown period",
            "too many places",
        ],
    )
    def test_what_is_no_line_is_drawn_as_bars(self, figures):
        [axes] = draw(plan(trend(*figures))).axes
        assert len(axes.patches) == len(figures)

    def test_of_a_long_trend_the_latest_periods_are_drawn(self):
        figures = [a_figure(value=n, period=str(1980 + n)) for n in range(40)]
        assert len(periods(trend(*figures))) == MOST_MARKS
        assert periods(trend(*figures))[-1] == "2019"


# --- the picture -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        compared(*COUNTS),
        a_figure_answer(Operation.RANK, *(a_figure(f"Tỉnh {n}", 900 - n) for n in range(63))),
        trend(*YEARS),
        compared(
            a_figure("A", BILLION, unit="đồng"), a_figure("Huyện Lương Sơn (Hòa Bình)" * 6, 5 * BILLION, unit="đồng")
        ),
    ],
    ids=["two bars", "many bars", "a line", "money and a long name"],
)  # fmt: skip
def test_the_picture_fits_a_phone_and_is_not_blank(answer):
    image = picture(answer)
    assert image.width == WIDTH
    assert 300 < image.height < 2_000
    pixels = np.asarray(image.convert("RGB"))
    assert (pixels[0] == 255).all(), "a light ground"
    inked = np.asarray(pixels.min(axis=2) < 200)
    assert 0.01 < inked.mean() < 0.6
    columns, rows = np.flatnonzero(inked.any(axis=0)), np.flatnonzero(inked.any(axis=1))
    assert columns[0] >= 10, "nothing runs out of the picture"
    assert columns[-1] < WIDTH - 10
    assert rows[0] >= 10
    assert rows[-1] < image.height - 10


def test_the_same_answer_is_the_same_picture():
    assert chart(trend(*YEARS)) == chart(trend(*YEARS))


def test_every_vietnamese_letter_has_a_shape():
    known = get_font(findfont(FontProperties(family=STYLE["font.family"]))).get_charmap()
    tones = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    spelt = [vowel + tone for vowel in "aăâeêioôơuưy" for tone in tones]
    letters = {normalize("NFC", one) for one in spelt} | {"đ", "–", "…", "·"}
    assert {
        letter for one in letters for letter in one + one.upper() if ord(letter) not in known
    } == set()


LETTERS = st.text(st.sampled_from("aạ $\\{}_^%\n\t<>&#-.,\u202e\u0323"), max_size=40)


@given(
    st.lists(st.tuples(LETTERS, LETTERS, st.integers(-(10**12), 10**12)), min_size=2, max_size=6),
    st.sampled_from([Operation.COMPARE, Operation.TREND]),
    st.sampled_from(["HTX", "đồng", "%", ""]),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_stands_in_a_document_can_be_drawn(rows, operation, unit):
    figures = [
        a_figure(place, value, indicator=indicator, unit=unit, period=str(2000 + number))
        for number, (place, indicator, value) in enumerate(rows)
    ]
    drawn = draw(plan(a_figure_answer(operation, *figures)))
    assert isinstance(drawn, Drawing)
    drawn.draw_without_rendering()
