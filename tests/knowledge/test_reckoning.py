"""What is computed from figures can be computed again from its parts."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.figures import reckoning
from knowledge.model import Comparator, Figure, FigureKind
from tests.builders import a_figure

CENT = Decimal("0.01")
VALUES = st.decimals(-1_000_000, 1_000_000, places=2)
COMPARATORS = st.sampled_from(Comparator)


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    return a_figure(
        draw(st.sampled_from(["Bến Tre", "Cà Mau"])),
        str(draw(VALUES)),
        period=draw(st.sampled_from(["2021", "2022-06", "2023", "2021/2023"])),
        comparator=draw(COMPARATORS),
    )


OF_TWO: dict[str, tuple[Callable[..., Figure | None], Callable[[Decimal, Decimal], Decimal]]] = {
    "difference": (reckoning.difference, lambda one, other: one - other),
    "change": (
        lambda one, other, name: reckoning.change(other, one, name),
        lambda one, other: one - other,
    ),
    "share": (reckoning.share, lambda one, other: one * 100 / other),
    "growth": (
        lambda one, other, name: reckoning.growth(other, one, name),
        lambda one, other: (one - other) * 100 / abs(other),
    ),
}


@pytest.mark.parametrize("name", OF_TWO)
@given(figures(), figures())
def test_a_value_can_be_computed_from_the_parts(name, one, other):
    compute, again = OF_TWO[name]
    derived = compute(one, other, "tên")
    if derived is None:
        assert other.value == 0
        return
    first, second = derived.parts
    assert (first, second) == (one, other)
    assert abs(derived.value - again(first.value, second.value)) <= CENT / 2
    assert (derived.kind, derived.quote, derived.document) == (FigureKind.DERIVED, None, "")
    assert derived.indicator == "tên"
    exact = one.comparator is other.comparator is Comparator.EQUAL
    assert derived.comparator is (Comparator.EQUAL if exact else Comparator.ABOUT)


@given(st.lists(figures(), min_size=1, max_size=6))
def test_a_sum_keeps_all_its_parts_in_order(parts):
    derived = reckoning.total(parts, "tổng")
    assert derived.parts == tuple(parts)
    assert derived.value == sum(one.value for one in parts)
    assert derived.unit == parts[0].unit


@given(st.lists(figures(), max_size=6), st.booleans())
def test_a_ranking_has_all_figures_in_the_order_of_their_values(parts, ascending):
    order = reckoning.ranked(parts, ascending=ascending)
    assert sorted(map(id, order)) == sorted(map(id, parts))
    values = [one.value for one in order]
    assert values == sorted(values, reverse=not ascending)


def test_equal_figures_stay_in_their_order():
    figures = [a_figure(place, 10) for place in ("Bến Tre", "Cà Mau", "Trà Vinh")]
    assert reckoning.ranked(figures) == figures
    assert reckoning.ranked(figures, ascending=True) == figures


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [
        ("60", "187", "32.09"),
        ("1", "3", "33.33"),
        ("2", "3", "66.67"),
        ("0", "7", "0.00"),
        ("1", "800", "0.13"),
    ],
)
def test_a_share_has_two_decimals_and_half_is_rounded_up(part, whole, percent):
    derived = reckoning.share(a_figure(value=part), a_figure(value=whole), "tỷ lệ")
    assert derived is not None
    assert (str(derived.value), derived.unit) == (percent, "%")


@pytest.mark.parametrize(
    ("earlier", "later", "percent"),
    [
        ("173", "187", "8.09"),
        ("187", "173", "-7.49"),
        ("-50", "50", "200.00"),
        ("-50", "-75", "-50.00"),
    ],
)
def test_growth_is_of_the_earlier_value_and_a_fall_is_negative(earlier, later, percent):
    derived = reckoning.growth(a_figure(value=earlier), a_figure(value=later), "tăng")
    assert derived is not None
    assert (str(derived.value), derived.unit) == (percent, "%")


def test_of_nothing_there_is_no_share_and_no_growth():
    none, some = a_figure(value=0), a_figure(value=5)
    assert reckoning.share(some, none, "tỷ lệ") is None
    assert reckoning.growth(none, some, "tăng") is None


def test_a_change_tells_the_later_figure_first():
    before, after = a_figure(value=173, period="2022"), a_figure(value=187, period="2023")
    derived = reckoning.change(before, after, "thay đổi")
    assert (derived.value, derived.parts) == (Decimal(14), (after, before))
    assert (derived.place, derived.period, derived.unit) == ("Bến Tre", "2022/2023", "HTX")


@pytest.mark.parametrize(
    ("periods", "period"),
    [
        (["2023", "2023"], "2023"),
        (["2022", "2023"], "2022/2023"),
        (["2023-06", "2021"], "2021/2023"),
        (["2023-03", "2023-12-31"], "2023"),
        (["2021/2022", "2023"], "2021/2023"),
        (["2023", ""], ""),
    ],
)
def test_the_period_of_what_is_computed_spans_those_of_its_parts(periods, period):
    assert reckoning.total([a_figure(period=one) for one in periods], "tổng").period == period


def test_what_is_computed_of_two_places_is_of_none():
    derived = reckoning.difference(a_figure("Bến Tre"), a_figure("Cà Mau"), "chênh lệch")
    assert derived.place == ""


def test_parts_bring_no_parts_of_their_own():
    inner = reckoning.total([a_figure(), a_figure("Cà Mau")], "tổng")
    derived = reckoning.difference(inner, a_figure(), "còn")
    assert derived.parts[0].parts == ()


def test_time_is_ordered_by_the_end_of_the_periods():
    periods = ["2023", "2022-06", "2021/2022", "", "2022", "2021", "2023-06-30"]
    order = reckoning.by_time([a_figure(period=one) for one in periods])
    assert [one.period for one in order] == [
        "",
        "2021",
        "2022-06",
        "2021/2022",
        "2022",
        "2023-06-30",
        "2023",
    ]


def test_only_figures_of_one_unit_are_set_beside_each_other():
    assert reckoning.comparable([a_figure(), a_figure("Cà Mau")])
    assert not reckoning.comparable([a_figure(), a_figure(unit="THT")])
    assert not reckoning.comparable([])
