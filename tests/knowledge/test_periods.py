"""Periods in running text, and the numbers that are none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.vietnamese.periods import find_periods, iso_is_valid, overlap, years
from knowledge.vietnamese.text import search_key, without_marks


def found(text: str) -> list[str]:
    return [mention.iso for mention in find_periods(text)]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("Năm 2023, toàn tỉnh có 107 HTX", ["2023"]),
        ("tháng 8/2023", ["2023-08"]),
        ("Tháng 8 năm 2023", ["2023-08"]),
        ("thang 12 nam 2022", ["2022-12"]),
        ("T8/2023", ["2023-08"]),
        ("số liệu 08-2023", ["2023-08"]),
        ("ngày 31/12/2022", ["2022-12-31"]),
        ("ngày 5 tháng 3 năm 2024", ["2024-03-05"]),
        ("31.12.2023", ["2023-12-31"]),
        ("6 tháng đầu năm 2022", ["2022-01/2022-06"]),
        ("sáu tháng cuối năm 2022", ["2022-07/2022-12"]),
        ("9 tháng đầu năm 2021", ["2021-01/2021-09"]),
        ("3 tháng đầu năm 2024", ["2024-01/2024-03"]),
        ("quý I/2024", ["2024-01/2024-03"]),
        ("quý 4 năm 2022", ["2022-10/2022-12"]),
        ("Q2/2023", ["2023-04/2023-06"]),
        ("quí III/2023", ["2023-07/2023-09"]),
        ("giai đoạn 2021-2025", ["2021/2025"]),
        ("giai đoạn 2021 – 2025", ["2021/2025"]),
        ("từ năm 2016 đến năm 2020", ["2016/2020"]),
        ("from 2021 to 2023", ["2021/2023"]),
        ("August 2023", ["2023-08"]),
        ("so năm 2022 với năm 2023", ["2022", "2023"]),
        ("đến hết năm 2022.", ["2022-12-31"]),
        ("cuối năm 2021", ["2021-12-31"]),
        ("tính đến cuối 2023 có", ["2023-12-31"]),
        ("khép lại năm 2021, tỉnh có 457 HTX", ["2021-12-31"]),
        ("at the end of 2021", ["2021-12-31"]),
        ("hết quý II/2020", ["2020-06-30"]),
        ("giữa năm 2021", ["2021-06"]),
        ("giữa 2017", ["2017-06"]),
        ("in mid-2021", ["2021-06"]),
        ("nửa đầu 2019", ["2019-01/2019-06"]),
        ("nửa cuối năm 2019", ["2019-07/2019-12"]),
        ("the first half of 2022", ["2022-01/2022-06"]),
        ("the first six months of 2022", ["2022-01/2022-06"]),
        ("8 tháng đầu năm 2018", ["2018-01/2018-08"]),
        ("mười tháng đầu năm 2022", ["2022-01/2022-10"]),
        ("19 tháng năm 2023", ["2023"]),
        ("cuối năm 2021-2025", ["2021/2025"]),
    ],
    ids=str,
)
def test_periods_in_words_and_figures(text, periods):
    assert found(text) == periods


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Luật số 17/2023/QH15", id="the number of a law"),
        pytest.param("Nghị định 92/2024/NĐ-CP", id="the number of a decree"),
        pytest.param("Thông tư 71/2024/TT-BTC", id="the number of a circular"),
        pytest.param("Nghị định 92/2024", id="a number without its tail"),
        pytest.param("có 2.022 HTX", id="two thousand and twenty-two"),
        pytest.param("đạt 2022,5 triệu đồng", id="an amount with a decimal"),
        pytest.param("1.950 thành viên", id="an amount that looks like an old year"),
        pytest.param("mã hồ sơ 20231", id="a longer number"),
        pytest.param("Điều 23 khoản 2", id="an article"),
        pytest.param("vốn 300 triệu", id="an amount"),
        pytest.param("trong 12 tháng", id="a span without a year"),
        pytest.param("", id="nothing"),
    ],
)
def test_numbers_that_are_no_period(text):
    assert found(text) == []


def test_a_year_beside_a_document_number_is_still_found():
    assert found("Năm 2023, theo Nghị định 92/2024/NĐ-CP, có 2.022 HTX") == ["2023"]


@settings(deadline=None)
@given(st.text(st.sampled_from("0123456789/-. ngàythángnămquýI20")), st.integers(2000, 2049))
def test_every_period_found_is_one_that_the_project_writes(noise, year):
    text = f"{noise} năm {year} {noise}"
    key = without_marks(search_key(text))
    for mention in find_periods(text):
        assert iso_is_valid(mention.iso)
        assert mention.iso
        assert 0 <= mention.start < mention.end <= len(key)


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("2023", "2023-08", True),
        ("2023-08", "2023-08-31", True),
        ("2022-01/2022-06", "2022-05", True),
        ("2021/2025", "2023-12-31", True),
        ("2022/2023-12", "2023", True),
        ("2022-01/2022-06", "2022-07", False),
        ("2022", "2023", False),
        ("2023-08", "2023-09", False),
        ("", "2023", False),
        ("", "", False),
    ],
)
def test_periods_that_share_a_day(one, other, shared):
    assert overlap(one, other) is shared
    assert overlap(other, one) is shared


@pytest.mark.parametrize(
    ("iso", "touched"),
    [
        ("2023", {2023}),
        ("2023-08", {2023}),
        ("2021/2023", {2021, 2022, 2023}),
        ("2022-01/2022-06", {2022}),
        ("", set()),
    ],
)
def test_years_that_a_period_touches(iso, touched):
    assert years(iso) == touched


@pytest.mark.parametrize(
    "iso", ["", "2023", "2023-12", "2023-12-31", "2021/2025", "2022-01/2022-06"]
)
def test_periods_as_the_project_writes_them(iso):
    assert iso_is_valid(iso)


@pytest.mark.parametrize(
    "iso", ["23", "2023-13", "2023-00", "2023-12-32", "8/2023", "2021-2025", "nay"]
)
def test_what_is_not_written_as_a_period(iso):
    assert not iso_is_valid(iso)
