"""Whether an answer with figures is right: each type of question, right and wrong in one thing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any, ClassVar

import pytest

from bot.marking.figure_marking import TYPES, is_right
from knowledge.figures import reckoning
from knowledge.model import Figure, FigureKind, Operation, Status
from tests.builders import a_figure, a_figure_answer

MORE, LESS, LEAST = a_figure("Bến Tre", 187), a_figure("Cà Mau", 120), a_figure("Trà Vinh", 90)
VALUES = [
    {"place": one.place, "value": int(one.value), "unit": "HTX", "period": "2023"}
    for one in (MORE, LESS, LEAST)
]
YEARS = tuple(a_figure("Cả nước", value, period=str(year)) for year, value in
              ((2016, 18859), (2017, 20846), (2018, 22456)))  # fmt: skip
BY_YEAR = [
    {"place": "Cả nước", "value": int(one.value), "period": one.period, "unit": "HTX"}
    for one in YEARS
]


def right(
    kind: str,
    expected: dict[str, Any],
    *figures: Figure,
    status: Status = Status.ANSWERED,
    text: str = "",
) -> bool:
    answer = replace(a_figure_answer(Operation.LOOK_UP, *figures), status=status)
    return is_right(kind, expected, answer, text)


def test_every_type_is_marked():
    assert {"figure", "compare", "rank", "trend", "sum_or_diff", "list"} == TYPES


class TestOneFigure:
    WANTED: ClassVar[dict[str, Any]] = {
        "value": 187,
        "unit": "HTX",
        "place": "Bến Tre",
        "period": "2023",
        "kind": "actual",
    }

    def test_all_parts_right(self):
        assert right("figure", self.WANTED, MORE)

    @pytest.mark.parametrize(
        "change",
        [
            {"value": Decimal(188)},
            {"unit": "THT"},
            {"place": "Cà Mau"},
            {"period": "2022"},
            {"period": ""},
            {"kind": FigureKind.TARGET},
        ],
        ids=lambda change: "-".join(f"{key}" for key in change),
    )
    def test_one_part_wrong(self, change):
        assert not right("figure", self.WANTED, replace(MORE, **change))

    def test_what_is_not_named_may_be_anything(self):
        assert right("figure", {"value": 187}, MORE)

    def test_the_first_figure_counts(self):
        assert not right("figure", self.WANTED, LESS, MORE)
        assert right("figure", self.WANTED, MORE, LESS)

    @pytest.mark.parametrize(
        ("tolerance", "value", "expected"),
        [(0, 188, False), (1, 188, True), (1, 186, True), (1, 189, False), ("0.5", "187.6", False)],
    )
    def test_a_tolerance_is_a_bound_on_both_sides(self, tolerance, value, expected):
        figure = replace(MORE, value=Decimal(value))
        assert right("figure", self.WANTED | {"tolerance": tolerance}, figure) is expected

    @pytest.mark.parametrize(
        ("wanted", "found", "expected"),
        [
            ("Huyện Nho Quan (Ninh Bình)", "Nho Quan (Ninh Bình)", True),
            ("Nho Quan (Ninh Bình)", "Huyện Nho Quan (Ninh Bình)", True),
            ("tỉnh Bến Tre", "Bến Tre", True),
            ("Thị xã Gò Công (Tiền Giang)", "gò công (tiền giang)", True),
            ("Nho Quan (Ninh Bình)", "Nho Quan (Nam Định)", False),
            ("Bến Tre", "Bến Cát", False),
        ],
    )
    def test_the_kind_of_a_place_does_not_matter(self, wanted, found, expected):
        figure = replace(MORE, place=found)
        assert right("figure", {"value": 187, "place": wanted}, figure) is expected

    @pytest.mark.parametrize(
        ("wanted", "found", "expected"),
        [
            ("2023", "2023-08", True),
            ("2023-08", "2023", True),
            ("2022/2023-12", "2023-12", True),
            ("2023-12-31", "2023", True),
            ("2023-08", "2023-09", False),
            ("2022", "2023-01", False),
        ],
    )
    def test_periods_must_overlap(self, wanted, found, expected):
        figure = replace(MORE, period=found)
        assert right("figure", {"value": 187, "period": wanted}, figure) is expected

    @pytest.mark.parametrize(
        ("status", "expected"),
        [
            (Status.ANSWERED, True),
            (Status.PARTIAL, True),
            (Status.NOT_FOUND, False),
            (Status.CLARIFY, False),
            (Status.REFUSED, False),
        ],
    )
    def test_only_an_answer_is_right(self, status, expected):
        assert right("figure", self.WANTED, MORE, status=status) is expected

    @pytest.mark.parametrize("kind", sorted(TYPES))
    def test_without_figures_nothing_is_right(self, kind):
        assert not right(kind, {"value": 187, "values": [], "direction": ""})


class TestCompare:
    WANTED: ClassVar[dict[str, Any]] = {"values": VALUES[:2]}

    @pytest.mark.parametrize(
        ("figures", "expected"),
        [
            ((MORE, LESS), True),
            ((LESS, MORE), False),
            ((MORE,), False),
            ((MORE, LEAST), False),
            ((MORE, LESS, LEAST), True),
            ((reckoning.difference(MORE, LESS, "chênh lệch"), MORE, LESS), True),
        ],
        ids=["winner first", "winner last", "one missing", "another place", "more", "difference"],
    )
    def test_the_winner_first_and_all_values(self, figures, expected):
        assert right("compare", self.WANTED, *figures) is expected

    def test_the_least_wins_when_it_is_asked_for(self):
        assert right("compare", self.WANTED | {"want": "min"}, LESS, MORE)
        assert not right("compare", self.WANTED | {"want": "min"}, MORE, LESS)

    def test_a_computed_figure_stands_for_no_stated_one(self):
        derived = replace(LESS, kind=FigureKind.DERIVED, parts=(MORE, LESS))
        assert not right("compare", self.WANTED, MORE, derived)


class TestRank:
    WANTED: ClassVar[dict[str, Any]] = {"values": [VALUES[1], VALUES[0], VALUES[2]]}

    @pytest.mark.parametrize(
        ("figures", "expected"),
        [
            ((MORE, LESS, LEAST), True),
            ((MORE, LEAST, LESS), False),
            ((LEAST, LESS, MORE), False),
            ((MORE, LESS), False),
            ((MORE, LESS, LEAST, a_figure("Huế", 9)), True),
            ((a_figure("Huế", 999), MORE, LESS, LEAST), False),
        ],
        ids=["in order", "two changed", "rising", "too short", "longer", "another first"],
    )
    def test_the_values_in_their_order(self, figures, expected):
        assert right("rank", self.WANTED, *figures) is expected

    def test_the_other_way_round_when_it_is_asked_for(self):
        assert right("rank", self.WANTED | {"order": "asc"}, LEAST, LESS, MORE)
        assert not right("rank", self.WANTED | {"order": "asc"}, MORE, LESS, LEAST)


class TestTrend:
    WANTED: ClassVar[dict[str, Any]] = {"values": BY_YEAR, "direction": "tăng"}
    CHANGE = reckoning.change(YEARS[0], YEARS[2], "thay đổi")
    GROWTH = a_figure("Cả nước", "19.07", unit="%", kind=FigureKind.CHANGE)

    @pytest.mark.parametrize(
        ("figures", "text", "expected"),
        [
            (YEARS, "Tăng 3.597 HTX", True),
            (YEARS, "Up (tăng) 3,597 HTX", True),
            (YEARS, "tang 3.597 HTX", True),
            (YEARS, "Giảm 3.597 HTX", False),
            (YEARS[::-1], "Tăng", False),
            (YEARS[:2], "Tăng", False),
            ((YEARS[0], MORE, *YEARS[1:]), "Tăng", True),
            ((YEARS[0], YEARS[2], YEARS[1]), "Tăng", False),
        ],
        ids=[
            "right",
            "English",
            "without marks",
            "the wrong direction",
            "backwards",
            "one missing",
            "something between",
            "out of order",
        ],
    )
    def test_the_values_by_time_and_the_direction_in_words(self, figures, text, expected):
        assert right("trend", self.WANTED, *figures, text=text) is expected

    @pytest.mark.parametrize(
        ("wanted", "figures", "expected"),
        [
            ({"change": 3597}, (CHANGE,), True),
            ({"change": 3598}, (CHANGE,), False),
            ({"change": 3597}, (), False),
            ({"change_pct": 19.1}, (GROWTH,), True),
            ({"change_pct": 19.3}, (GROWTH,), False),
            ({"change": 3597, "change_pct": 19.1}, (GROWTH,), True),
            ({"change": 3597, "change_pct": 50}, (GROWTH,), False),
            ({}, (), True),
        ],
        ids=[
            "amount",
            "wrong amount",
            "no change",
            "rate",
            "wrong rate",
            "either",
            "neither",
            "not asked for",
        ],
    )
    def test_the_change_as_amount_or_as_rate(self, wanted, figures, expected):
        assert right("trend", self.WANTED | wanted, *YEARS, *figures, text="Tăng") is expected

    def test_a_stated_figure_is_no_change(self):
        wanted = self.WANTED | {"change": 18859}
        assert not right("trend", wanted, *YEARS, text="Tăng")


class TestSumOrDifference:
    TOTAL = reckoning.total((MORE, LESS), "tổng")
    WANTED: ClassVar[dict[str, Any]] = {"value": 307, "values": VALUES[:2]}

    @pytest.mark.parametrize(
        ("figures", "expected"),
        [
            ((TOTAL,), True),
            ((TOTAL, MORE, LESS), True),
            ((MORE, LESS, TOTAL), False),
            ((replace(TOTAL, value=Decimal(308)),), False),
            ((replace(TOTAL, parts=(MORE,)),), False),
            ((replace(TOTAL, parts=(MORE,)), LESS), True),
        ],
        ids=[
            "with its parts",
            "before its parts",
            "behind them",
            "another result",
            "a part missing",
            "a part beside it",
        ],
    )
    def test_the_result_first_and_all_parts(self, figures, expected):
        assert right("sum_or_diff", self.WANTED, *figures) is expected

    def test_a_result_without_parts_may_have_any(self):
        assert right("sum_or_diff", {"value": 307}, self.TOTAL)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ((LEAST, MORE, LESS), True),
        ((MORE, LESS), False),
        ((MORE, LESS, replace(LEAST, value=Decimal(91))), False),
    ],
    ids=["in any order", "one missing", "one wrong"],
)
def test_a_list_holds_every_item(figures, expected):
    assert right("list", {"items": VALUES}, *figures) is expected
