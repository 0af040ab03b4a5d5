"""Questions put together from choices read as a person would type them, and are understood so."""

from __future__ import annotations

import pytest

from bot.figures import figure_questions as asked
from knowledge.vietnamese.periods import find_periods
from knowledge.vietnamese.text import bare_key
from tests.builders import a_figure


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (asked.look_up("số HTX", "Cà Mau", "2023"), "Số HTX của Cà Mau năm 2023 là bao nhiêu?"),
        (asked.look_up("số HTX", "Cà Mau", ""), "Số HTX của Cà Mau là bao nhiêu?"),
        (asked.look_up("số HTX", "Cả nước", "2023-08"), "Số HTX của cả nước tháng 8/2023 là bao nhiêu?"),
        (asked.look_up("số HTX", "Huế", "2023-12-31"), "Số HTX của Huế ngày 31/12/2023 là bao nhiêu?"),
        (asked.over_years("số THT", "Huế"), "Số THT của Huế thay đổi thế nào qua các năm?"),
        (asked.ranked("số HTX", "2023"), "Xếp hạng các tỉnh theo số HTX năm 2023"),
        (asked.ranked("số HTX", ""), "Xếp hạng các tỉnh theo số HTX"),
        (
            asked.set_beside("số HTX", ("Huế", "Cà Mau"), "2023"),
            "So sánh số HTX của Huế và Cà Mau năm 2023",
        ),
        (
            asked.since(a_figure("Huế", 187, indicator="số HTX"), "2022"),
            "Số HTX của Huế từ năm 2022 đến năm 2023 tăng hay giảm?",
        ),
    ],
)  # fmt: skip
def test_how_it_is_asked(question: str, expected: str):
    assert question == expected


@pytest.mark.parametrize(
    "period",
    ["2023", "2023-08", "2023-12-31", "2022-01/2022-06", "2024-01/2024-03", "2022-01/2022-09"],
)
def test_the_period_that_was_chosen_is_the_one_that_is_understood(period: str):
    question = asked.look_up("số HTX", "Cà Mau", period)
    assert [one.iso for one in find_periods(bare_key(question))] == [period]
