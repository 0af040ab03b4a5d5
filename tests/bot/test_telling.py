"""Figures in sentences: what is said of each operation, with its source and what must be known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.saying.figure_words import number_words
from bot.saying.telling import lines
from knowledge.figures import reckoning
from knowledge.model import Answer, Comparator, Figure, FigureKind, Language, Operation
from tests.builders import a_figure, a_figure_answer

VI, EN = Language.VIETNAMESE, Language.ENGLISH
TABLE = {"quote": "Bến Tre | 187 | 42350"}


def an_answer(operation: Operation, *figures: Figure, language: Language = VI) -> Answer:
    """Return an answer whose sources are numbered in the order of its stated figures."""
    stated = [part for one in figures for part in (one.parts or (one,))]
    [first, *_] = a_figure_answer(operation, *stated).citations
    quotes = dict.fromkeys((one.document, one.quote) for one in stated)
    cited = (replace(first, document=document, quote=quote or "") for document, quote in quotes)
    answer = a_figure_answer(operation, *figures, language=language)
    return replace(answer, citations=tuple(cited))


def told(operation: Operation, *figures: Figure, language: Language = VI) -> list[str]:
    return lines(an_answer(operation, *figures, language=language))


def of(place: str, value: int | str, **more: object) -> Figure:
    """Return a figure of today's provinces, so that no note on old ones is due."""
    return a_figure(place, value, **{"document": f"d-{place}", "period": "2025-12", **more})


HANOI, HUE, LAI_CHAU = of("Hà Nội", 2100), of("Huế", 340), of("Lai Châu", 95)


class TestLookUp:
    def test_place_period_name_and_value_with_the_number_of_the_source(self):
        assert told(Operation.LOOK_UP, HANOI) == [
            "Hà Nội, tháng 12/2025: tổng số HTX là 2100 HTX. [1]"
        ]

    def test_in_english_the_name_is_set_off_and_the_number_is_english(self):
        assert told(Operation.LOOK_UP, HANOI, language=EN) == [
            "Hà Nội, 12/2025: “tổng số HTX”: 2,100 HTX. [1]"
        ]

    @pytest.mark.parametrize(
        ("stated", "comparator", "value"),
        [
            ("gần 29 tỷ đồng", Comparator.LESS, 29 * 10**9),
            ("trên 143 tỷ đồng", Comparator.MORE, 143 * 10**9),
            ("khoảng 2,3 tỷ đồng", Comparator.ABOUT, "2300000000"),
            ("hơn 2.400 triệu đồng", Comparator.MORE, 2400 * 10**6),
        ],
    )
    def test_an_amount_is_told_as_its_sentence_has_it(self, stated, comparator, value):
        figure = of("Huế", value, unit="đồng", indicator="vốn", comparator=comparator,
                    quote=f"Vốn của các HTX là {stated}.")  # fmt: skip
        assert told(Operation.LOOK_UP, figure) == [f"Huế, tháng 12/2025: vốn là {stated}. [1]"]

    @pytest.mark.parametrize(
        ("comparator", "english"),
        [(Comparator.LESS, "under"), (Comparator.MORE, "over"), (Comparator.ABOUT, "about")],
    )
    def test_in_english_the_word_is_translated(self, comparator, english):
        figure = of("Huế", 29 * 10**9, unit="đồng", indicator="vốn", comparator=comparator)
        assert told(Operation.LOOK_UP, figure, language=EN) == [
            f"Huế, 12/2025: “vốn”: {english} 29 billion đồng. [1]"
        ]

    def test_a_figure_of_a_table_is_told_in_our_words(self):
        figure = of("Huế", 42350, unit="thành viên", indicator="số thành viên", **TABLE)
        assert told(Operation.LOOK_UP, figure) == [
            "Huế, tháng 12/2025: số thành viên là 42.350 thành viên. [1]"
        ]

    def test_a_range_has_both_ends(self):
        figure = of("Huế", 4, value_max=6, comparator=Comparator.RANGE, **TABLE)
        assert "4 - 6 HTX" in told(Operation.LOOK_UP, figure)[0]

    @pytest.mark.parametrize(
        ("place", "period", "vietnamese", "english"),
        [
            ("Cả nước", "2025", "Cả nước, năm 2025: tổng", "The whole country, 2025: “tổng"),
            ("Cả nước", "", "Cả nước: tổng", "The whole country: “tổng"),
            ("", "2026-01/2026-06", "6 tháng đầu năm 2026: tổng", "first 6 months of 2026: “tổng"),
            ("", "", "Tổng số HTX là", "“tổng số HTX”:"),
        ],
    )
    def test_what_is_not_known_is_not_said(self, place, period, vietnamese, english):
        figure = of(place, 7, period=period)
        assert told(Operation.LOOK_UP, figure)[0].startswith(vietnamese)
        assert told(Operation.LOOK_UP, figure, language=EN)[0].startswith(english)

    def test_a_target_is_told_as_one_in_both_languages(self):
        target = of("Huế", 400, kind=FigureKind.TARGET, period="2030")
        [vietnamese] = told(Operation.LOOK_UP, target)
        [english] = told(Operation.LOOK_UP, target, language=EN)
        assert vietnamese == (
            "Huế, năm 2030: mục tiêu tổng số HTX là 400 HTX (mục tiêu, không phải kết quả). [1]"
        )
        assert english.endswith("(a target, not a result). [1]")
        assert "mục tiêu" not in told(Operation.LOOK_UP, HUE)[0]

    def test_a_figure_whose_source_is_not_shown_has_no_number(self):
        answer = replace(an_answer(Operation.LOOK_UP, HANOI, HUE), figures=(HANOI, LAI_CHAU))
        assert [line[-4:] for line in lines(answer)] == [" [1]", "HTX."]

    def test_two_sentences_of_one_document_have_a_number_each(self):
        other = replace(HUE, document=HANOI.document)
        assert [line[-3:] for line in told(Operation.LIST, HANOI, other)] == ["[1]", "[2]"]

    def test_two_figures_of_one_sentence_share_its_number(self):
        same = replace(HANOI, value=Decimal(7), indicator="số THT")
        assert [line[-3:] for line in told(Operation.LIST, HANOI, same)] == ["[1]", "[1]"]


class TestCompare:
    def test_the_winner_first_then_both_with_sources_then_the_difference(self):
        derived = reckoning.difference(HANOI, HUE, "chênh lệch tổng số HTX")
        assert told(Operation.COMPARE, HANOI, HUE, derived) == [
            "Hà Nội cao hơn.",
            "- Hà Nội, tháng 12/2025: tổng số HTX là 2100 HTX. [1]",
            "- Huế, tháng 12/2025: tổng số HTX là 340 HTX. [2]",
            "Tính ra: chênh lệch tổng số HTX = 2.100 HTX - 340 HTX = 1.760 HTX.",
        ]

    def test_in_english(self):
        derived = reckoning.difference(HANOI, HUE, "chênh lệch tổng số HTX")
        found = told(Operation.COMPARE, HANOI, HUE, derived, language=EN)
        assert found[0] == "Hà Nội is higher."
        assert found[3] == ("Computed: “chênh lệch tổng số HTX” = 2,100 HTX - 340 HTX = 1,760 HTX.")

    @pytest.mark.parametrize(
        ("figures", "said"),
        [
            ((HANOI, HUE), ("Hà Nội cao hơn.", "Hà Nội is higher.")),
            ((HUE, HANOI), ("Huế thấp hơn.", "Huế is lower.")),
            ((HANOI, HUE, LAI_CHAU), ("Hà Nội cao nhất.", "Hà Nội is the highest.")),
            ((LAI_CHAU, HUE, HANOI), ("Lai Châu thấp nhất.", "Lai Châu is the lowest.")),
            ((HUE, of("Lai Châu", 340)), ("Bằng nhau: 340 HTX.", "They are equal: 340 HTX.")),
        ],
        ids=["more", "less", "most of three", "least of three", "equal"],
    )
    def test_what_the_first_is(self, figures, said):
        found = [told(Operation.COMPARE, *figures, language=one)[0] for one in (VI, EN)]
        assert tuple(found) == said

    def test_more_than_five_is_not_equal_to_five(self):
        vague = replace(of("Lai Châu", 340), comparator=Comparator.MORE)
        assert told(Operation.COMPARE, vague, HUE)[0].startswith("- Lai Châu")

    def test_figures_of_one_place_are_told_apart_by_what_they_are_of(self):
        figures = (of("Huế", 9, indicator="số THT"), of("Huế", 7, indicator="số HTX"))
        assert told(Operation.COMPARE, *figures)[0] == "số THT cao hơn."

    def test_figures_of_one_thing_are_told_apart_by_their_time(self):
        figures = (of("Huế", 9, period="2026"), of("Huế", 7, period="2025-12"))
        assert told(Operation.COMPARE, *figures)[0] == "năm 2026 cao hơn."

    def test_one_alone_wins_nothing(self):
        assert told(Operation.COMPARE, HUE) == ["Huế, tháng 12/2025: tổng số HTX là 340 HTX. [1]"]


def test_a_ranking_is_numbered_in_its_order():
    found = told(Operation.RANK, HANOI, HUE, LAI_CHAU)
    assert [line.split(",")[0] for line in found] == ["1. Hà Nội", "2. Huế", "3. Lai Châu"]
    assert [line[-3:] for line in found] == ["[1]", "[2]", "[3]"]


class TestTrend:
    YEARS = tuple(
        of("Huế", value, period=year, quote=f"Năm {year} Huế có {value} HTX.")
        for year, value in (("2025", 340), ("2026", 357), ("2027", 374))
    )

    def followed(self, first: int, last: int, language: Language = VI) -> list[str]:
        earlier, later = (
            of("Huế", value, period=year, **TABLE)
            for year, value in (("2025", first), ("2027", last))
        )
        change = reckoning.change(earlier, later, "thay đổi tổng số HTX")
        growth = reckoning.growth(earlier, later, "tỷ lệ thay đổi tổng số HTX")
        assert growth is not None
        return told(Operation.TREND, earlier, later, change, growth, language=language)

    @pytest.mark.parametrize(
        ("first", "last", "vietnamese", "english"),
        [
            (340, 374, "Tăng 34 HTX (10%)", "Up (tăng) 34 HTX (10%)"),
            (400, 374, "Giảm 26 HTX (6,5%)", "Down (giảm) 26 HTX (6.5%)"),
            (340, 340, "Không đổi", "No change"),
        ],
    )
    def test_the_computed_direction_comes_first_with_its_ends(
        self, first, last, vietnamese, english
    ):
        assert self.followed(first, last)[0] == (
            f"{vietnamese}: từ {first} HTX (năm 2025) đến {last} HTX (năm 2027) "
            "(tính từ các số dưới đây)."
        )
        assert self.followed(first, last, EN)[0] == (
            f"{english}: from {first} HTX (2025) to {last} HTX (2027) "
            "(computed from the figures below)."
        )

    def test_the_figures_follow_by_time_with_their_sources(self):
        change = reckoning.change(self.YEARS[0], self.YEARS[2], "thay đổi")
        found = told(Operation.TREND, *self.YEARS, change)
        assert found[1:] == [
            f"- Huế, năm {year}: tổng số HTX là {value} HTX. [{number}]"
            for number, (year, value) in enumerate(
                [("2025", 340), ("2026", 357), ("2027", 374)], start=1
            )
        ]

    @pytest.mark.parametrize(
        ("value", "vietnamese", "english"),
        [
            ("2.2", "Tăng 2,2% (theo tài liệu).", "Up (tăng) 2.2% (as the document states)."),
            ("-2.2", "Giảm 2,2% (theo tài liệu).", "Down (giảm) 2.2% (as the document states)."),
        ],
    )
    def test_a_change_that_is_stated_is_said_to_be_so_and_no_ends_are_made_up(
        self, value, vietnamese, english
    ):
        change = of("Huế", value, unit="%", kind=FigureKind.CHANGE, indicator="mức thay đổi")
        for language, expected in ((VI, vietnamese), (EN, english)):
            found = told(Operation.TREND, self.YEARS[0], change, language=language)
            assert found[0] == expected
            assert len(found) == 3

    def test_without_a_change_no_direction_is_claimed(self):
        assert told(Operation.TREND, *self.YEARS)[0].startswith("- Huế, năm 2025")


class TestComputed:
    def test_a_sum_with_its_parts(self):
        summed = reckoning.total((HANOI, HUE, LAI_CHAU), "tổng số HTX của ba nơi")
        found = told(Operation.SUM, summed, HANOI, HUE, LAI_CHAU)
        assert found[0] == (
            "Tính ra: tổng số HTX của ba nơi = 2.100 HTX + 340 HTX + 95 HTX = 2.535 HTX."
        )
        assert [line[-3:] for line in found[1:]] == ["[1]", "[2]", "[3]"]

    def test_a_share_is_of_a_whole(self):
        share = reckoning.share(LAI_CHAU, HUE, "tỷ lệ HTX")
        assert share is not None
        assert told(Operation.RATIO, share, LAI_CHAU, HUE)[0] == (
            "Tính ra: tỷ lệ HTX (95 HTX trên 340 HTX) là 27,94%."
        )
        assert told(Operation.RATIO, share, LAI_CHAU, HUE, language=EN)[0] == (
            "Computed: “tỷ lệ HTX” (95 HTX of 340 HTX) is 27.94%."
        )

    def test_a_difference_of_rates_is_one(self):
        high, low = of("Huế", 30, unit="%"), of("Lai Châu", 12, unit="%")
        derived = reckoning.difference(high, low, "chênh lệch")
        assert told(Operation.DIFFERENCE, derived, high, low)[0] == (
            "Tính ra: chênh lệch = 30% - 12% = 18%."
        )

    def test_what_is_computed_of_vague_figures_is_vague(self):
        vague = replace(HUE, comparator=Comparator.MORE)
        derived = reckoning.difference(HANOI, vague, "chênh lệch")
        assert told(Operation.DIFFERENCE, derived, HANOI, vague)[0] == (
            "Tính ra: chênh lệch = 2.100 HTX - trên 340 HTX = khoảng 1.760 HTX."
        )

    def test_a_computed_figure_alone_shows_what_it_rests_on(self):
        derived = reckoning.difference(HANOI, HUE, "chênh lệch")
        found = told(Operation.SUM, derived)
        assert [line[:8] for line in found[1:]] == ["- Hà Nội", "- Huế, t"]
        assert found[2].endswith("[2]")


class TestNotes:
    def test_old_provinces_are_one_line_each_with_what_became_of_it(self):
        figures = (a_figure("Trà Vinh", 176), a_figure("Cà Mau", 120), a_figure("Trà Vinh", 7))
        notes = [one for one in told(Operation.LIST, *figures) if one.startswith("Lưu ý")]
        assert notes == [
            "Lưu ý: số liệu của tỉnh cũ, trước khi sáp nhập ngày 1/7/2025: "
            "Trà Vinh (nay thuộc Vĩnh Long), Cà Mau (nay gồm cả Bạc Liêu)."
        ]

    def test_in_english(self):
        figure = a_figure("Trà Vinh", 176, period="2025-01/2025-06")
        [_, note] = told(Operation.LOOK_UP, figure, language=EN)
        assert note == (
            "Note: of the provinces as they were before the mergers of 1 July 2025: "
            "Trà Vinh (now part of Vĩnh Long)."
        )

    @pytest.mark.parametrize(
        "figure",
        [
            a_figure("Cà Mau", 176, period="2025-07"),
            a_figure("Cà Mau", 276, period="2025"),
            a_figure("Cà Mau", 176, period=""),
            a_figure("Hà Nội", 176),
            a_figure("Cả nước", 176),
            a_figure("Nho Quan (Ninh Bình)", 9),
        ],
        ids=[
            "of July 2025",
            "at the end of 2025",
            "no time",
            "never merged",
            "the country",
            "a district",
        ],
    )
    def test_who_has_none(self, figure):
        assert len(told(Operation.LOOK_UP, figure)) == 1

    @pytest.mark.parametrize("period", ["2022", "2030", ""])
    def test_a_name_that_is_gone_is_told_whatever_its_time(self, period):
        found = told(Operation.LOOK_UP, a_figure("Trà Vinh", 200, period=period))
        assert "Trà Vinh (nay thuộc Vĩnh Long)" in found[-1]

    def test_parts_of_a_computed_figure_count_too(self):
        parts = (a_figure("Trà Vinh", 176), a_figure("Hà Nội", 120))
        summed = reckoning.total(parts, "tổng")
        assert "Trà Vinh (nay thuộc Vĩnh Long)" in told(Operation.SUM, summed)[-1]

    @pytest.mark.parametrize(
        ("operation", "figures", "expected"),
        [
            (Operation.COMPARE, (HANOI, replace(HUE, period="2025-08")), True),
            (Operation.RANK, (HANOI, replace(HUE, period="2025-08")), True),
            (Operation.COMPARE, (HANOI, HUE), False),
            (Operation.TREND, (HANOI, replace(HUE, period="2025-08")), False),
            (Operation.COMPARE, (HUE, replace(HUE, period="2025-08")), False),
        ],
        ids=["compared", "ranked", "same time", "a trend is of times", "times were compared"],
    )
    def test_times_that_differ(self, operation, figures, expected):
        note = "Lưu ý: các số liệu không cùng thời điểm."
        assert (note in told(operation, *figures)) is expected
        english = "Note: the figures are not of the same time."
        assert (english in told(operation, *figures, language=EN)) is expected

    @pytest.mark.parametrize(
        ("changed", "expected"),
        [
            ({"document": "khác", "value": Decimal(350)}, True),
            ({"document": "khác"}, False),
            ({"value": Decimal(350)}, False),
            ({"document": "khác", "value": Decimal(350), "period": "2026"}, False),
            ({"document": "khác", "value": Decimal(350), "unit": "THT"}, False),
        ],
        ids=["disagree", "agree", "one document", "another time", "another unit"],
    )
    def test_sources_that_disagree(self, changed, expected):
        found = told(Operation.LOOK_UP, HUE, replace(HUE, **changed))
        assert any("các tài liệu nêu số khác nhau" in line for line in found) is expected


# --- every number stands in a figure -----------------------------------------------------------

_NUMBER = re.compile(r"\d[\d.,]*")
# Numbers that are no value: ranks, sources, periods, and the day of the mergers.
_ASIDE = (
    re.compile(r"^\d+\. "),
    re.compile(r"\[\d+\]$"),
    re.compile(r"ngày 1/7/2025|of 1 July 2025"),
    re.compile(r"(?:năm |tháng \d+/)\d{4}|(?<=, )\d{4}(?=:)|(?<=\()\d{4}(?=\))|\b\d+/\d{4}"),
)
VALUES = st.decimals(0, 10**13, places=1, allow_nan=False).map(Decimal.normalize)


@st.composite
def answers_with_figures(draw: st.DrawFn) -> Answer:
    unit = draw(st.sampled_from(["HTX", "đồng", "%"]))
    places = draw(st.lists(st.sampled_from(["Hà Nội", "Huế", "Trà Vinh", "Cả nước"]), min_size=1,
                           max_size=4, unique=True))  # fmt: skip
    years = draw(st.sampled_from([("2023",), ("2022", "2023-08")]))
    comparators = [one for one in Comparator if one is not Comparator.RANGE]
    values = [draw(VALUES) for _ in places]
    stated = [
        a_figure(place, f"{value:f}", unit=unit, period=draw(st.sampled_from(years)),
                 comparator=draw(st.sampled_from(comparators)), document=f"d{number}",
                 quote=f"{place} có {number_words(value, VI)} {unit}.")
        for number, (place, value) in enumerate(zip(places, values, strict=True))
    ]  # fmt: skip
    operation = draw(st.sampled_from(Operation))
    if len(stated) > 1 and operation is not Operation.LOOK_UP:
        stated = reckoning.ranked(stated)
        growth = reckoning.growth(stated[-1], stated[0], "mức thay đổi")
        derived = {
            Operation.SUM: [reckoning.total(stated, "tổng")],
            Operation.TREND: [
                reckoning.change(stated[-1], stated[0], "thay đổi"),
                *([growth] if growth else []),
            ],
            Operation.RATIO: [share]
            if (share := reckoning.share(stated[0], stated[1], "tỷ lệ"))
            else [],
        }.get(operation, [reckoning.difference(stated[0], stated[1], "chênh lệch")])
        stated = [*derived, *stated]
    return an_answer(operation, *stated, language=draw(st.sampled_from(Language)))


def numbers(figures: Iterable[Figure]) -> set[Decimal]:
    """Return the values of figures and of their parts, without sign, in all their scales."""
    found = {abs(part.value) for one in figures for part in (one, *one.parts)}
    return {value / scale for value in found for scale in (1, Decimal(10**6), Decimal(10**9))}


def read(written: str, language: Language) -> Decimal:
    thousands, point = ".," if language is VI else ",."
    return Decimal(written.rstrip(".,").replace(thousands, "").replace(point, "."))


@given(answers_with_figures())
def test_every_number_that_is_said_is_a_figure_or_a_part_of_one(answer: Answer):
    allowed = numbers(answer.figures)
    for line in lines(answer):
        bare = line
        for aside in _ASIDE:
            bare = aside.sub("", bare)
        for written in _NUMBER.findall(bare):
            assert read(written, answer.question.language) in allowed, (written, line)
