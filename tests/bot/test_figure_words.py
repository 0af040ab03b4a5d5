"""Amounts and periods in words, in both languages."""

from __future__ import annotations

import pytest

from bot.saying.figure_words import amount, amount_words, period_words
from knowledge.model import Comparator, Language
from tests.builders import a_figure

VI, EN = Language.VIETNAMESE, Language.ENGLISH


@pytest.mark.parametrize(
    ("iso", "vietnamese", "english"),
    [
        ("2021", "2021", "2021"),
        ("2023-08", "tháng 8/2023", "8/2023"),
        ("2021-12-31", "31/12/2021", "31/12/2021"),
        ("2022-01/2022-06", "6 tháng đầu năm 2022", "first 6 months of 2022"),
        ("2022-01/2022-09", "9 tháng đầu năm 2022", "first 9 months of 2022"),
        ("2022-07/2022-12", "6 tháng cuối năm 2022", "last 6 months of 2022"),
        ("2024-01/2024-03", "quý I/2024", "quarter I of 2024"),
        ("2024-10/2024-12", "quý IV/2024", "quarter IV of 2024"),
        ("2024-02/2024-04", "tháng 2/2024 – tháng 4/2024", "2/2024 – 4/2024"),
        ("2015/2021", "2015 – 2021", "2015 – 2021"),
        ("2022/2023-12", "2022 – tháng 12/2023", "2022 – 12/2023"),
        ("", "", ""),
        ("vụ xuân", "vụ xuân", "vụ xuân"),
        ("2022/nay", "2022/nay", "2022/nay"),
    ],
)
def test_a_period_is_written_as_people_read_it(iso, vietnamese, english):
    assert (period_words(iso, VI), period_words(iso, EN)) == (vietnamese, english)


@pytest.mark.parametrize(
    ("figure", "english"),
    [
        (a_figure(value="42350", unit="thành viên"), "42,350 thành viên"),
        (a_figure(value="-69.2", unit="%"), "-69.2%"),
        (a_figure(value="2360000000", unit="đồng"), "2.36 billion đồng"),
        (a_figure(value="54000000", unit="đồng", comparator=Comparator.ABOUT), "about 54 million đồng"),
        (a_figure(value=9, comparator=Comparator.MORE), "over 9 HTX"),
        (a_figure(value=9, comparator=Comparator.LESS), "under 9 HTX"),
        (a_figure(value=4, value_max=6, comparator=Comparator.RANGE), "4 - 6 HTX"),
        (a_figure(value=0), "0 HTX"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)  # fmt: skip
def test_an_amount_is_written_as_the_language_writes_it(figure, english):
    assert amount_words(figure, EN) == english
    assert amount_words(figure, VI) == amount(figure)
