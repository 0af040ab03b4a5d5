"""The register of figures: what is kept of them, and how they are chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from knowledge.catalogue import Catalogue
from knowledge.figures import Wanted, chosen
from knowledge.model import Comparator, Figure, FigureKind
from tests.builders import a_document

TOTAL = Figure(
    indicator="số HTX",
    subject="HTX",
    value=Decimal(187),
    unit="HTX",
    place="Bến Tre",
    period="2023",
    kind=FigureKind.ACTUAL,
    comparator=Comparator.EQUAL,
    document="d1",
    source="d1.txt",
    quote="Toàn tỉnh có 187 HTX.",
)
DISTRICT = replace(TOTAL, value=Decimal(31), place="Ba Tri (Bến Tre)", period="2021/2023-09")
MONEY = replace(
    TOTAL,
    indicator="doanh thu bình quân HTX",
    value=Decimal("2360000000.50"),
    value_max=Decimal("2500000000"),
    comparator=Comparator.RANGE,
    unit="đồng",
    period="2022-12-31",
)
ELSEWHERE = replace(
    TOTAL, indicator="mức giảm số HTX", value=Decimal(-5), place="Hòa Bình", period="",
    kind=FigureKind.CHANGE,
)  # fmt: skip
CITY = replace(TOTAL, value=Decimal(53), place="Hòa Bình (Hòa Bình)", period="2021-01/2021-06")
ALL = [TOTAL, DISTRICT, MONEY, ELSEWHERE, CITY]


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    opened = Catalogue.open(f"sqlite:///{tmp_path / 'catalogue.db'}", "htx-thu", tmp_path)
    yield opened
    opened.close()


class TestKeeping:
    def test_figures_come_back_as_they_were_written_and_in_order(self, catalogue):
        version = catalogue.add_version(replace(a_document("d1"), figures=tuple(ALL)))
        assert catalogue.figures([version]) == ALL

    def test_a_value_keeps_all_its_digits(self, catalogue):
        exact = replace(TOTAL, value=Decimal("12345678901234567890.123456789"))
        version = catalogue.add_version(replace(a_document("d1"), figures=(exact,)))
        assert str(catalogue.figures([version])[0].value) == "12345678901234567890.123456789"

    def test_only_those_of_the_versions_asked_for_come_by_document(self, catalogue):
        of_second = replace(TOTAL, document="d2", source="d2.txt")
        second = catalogue.add_version(
            replace(a_document("d2", content="hai"), figures=(of_second,))
        )
        first = catalogue.add_version(replace(a_document("d1"), figures=(TOTAL,)))
        assert catalogue.figures([second, first]) == [TOTAL, of_second]
        assert catalogue.figures([second]) == [of_second]
        assert catalogue.figures([]) == []

    def test_a_version_counts_its_figures(self, catalogue):
        catalogue.add_version(replace(a_document("d1"), figures=(TOTAL, MONEY)))
        catalogue.add_version(a_document("d2", content="hai"))
        assert {one.document.id: one.figures for one in catalogue.versions()} == {"d1": 2, "d2": 0}

    def test_they_vanish_with_a_discarded_version(self, catalogue):
        kept = catalogue.add_version(replace(a_document("d1"), figures=(TOTAL,)))
        catalogue.publish(catalogue.stage({"d1": kept}, "giữ"))
        lost = catalogue.add_version(
            replace(a_document("d1", content="mới"), figures=(TOTAL, MONEY))
        )
        catalogue.discard_staged()
        assert catalogue.figures([lost]) == []
        assert catalogue.figures([kept]) == [TOTAL]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        pytest.param(Wanted(), ALL, id="all"),
        pytest.param(
            Wanted(place="Bến Tre"), [TOTAL, DISTRICT, MONEY], id="a province and its districts"
        ),
        pytest.param(Wanted(place="ben tre"), [TOTAL, DISTRICT, MONEY], id="without tone marks"),
        pytest.param(Wanted(place=" BẾN TRE "), [TOTAL, DISTRICT, MONEY], id="in capitals"),
        pytest.param(Wanted(place="Ba Tri (Bến Tre)"), [DISTRICT], id="a district in full"),
        pytest.param(Wanted(place="Ba Tri"), [DISTRICT], id="a district without its province"),
        pytest.param(Wanted(place="ba tri"), [DISTRICT], id="a district without marks"),
        pytest.param(Wanted(place="Hoà Bình"), [ELSEWHERE, CITY], id="the other tone mark placing"),
        pytest.param(Wanted(place="tỉnh Bến Tre"), [TOTAL, DISTRICT, MONEY], id="with its kind"),
        pytest.param(Wanted(place="huyện Ba Tri"), [DISTRICT], id="a district with its kind"),
        pytest.param(Wanted(place="Bến"), [], id="half a name"),
        pytest.param(Wanted(year=2023), [TOTAL, DISTRICT], id="a year"),
        pytest.param(Wanted(year=2022), [DISTRICT, MONEY], id="a year inside a span, and a day"),
        pytest.param(Wanted(year=2021), [DISTRICT, CITY], id="the first year of a span"),
        pytest.param(Wanted(year=2019), [], id="no such year"),
        pytest.param(Wanted(indicator="doanh thu"), [MONEY], id="words of the indicator"),
        pytest.param(Wanted(indicator="thu doanh"), [MONEY], id="in any order"),
        pytest.param(Wanted(indicator="DOANH THU binh quan"), [MONEY], id="words without marks"),
        pytest.param(Wanted(indicator="đồng"), [MONEY], id="the unit"),
        pytest.param(Wanted(indicator="số lợn"), [], id="one word that fits is not enough"),
        pytest.param(Wanted(indicator="hợp tác xã", year=2022), [DISTRICT, MONEY], id="spelt out"),
        pytest.param(
            Wanted(place="bến tre", year=2022, indicator="so htx"), [DISTRICT], id="all together"
        ),
    ],
)
def test_choosing(wanted, expected):
    assert chosen(ALL, wanted) == expected


def test_marks_that_were_typed_must_agree():
    pots, land = replace(TOTAL, indicator="số dừa"), replace(TOTAL, indicator="số dứa")
    assert chosen([pots, land], Wanted(indicator="dừa")) == [pots]
    assert chosen([pots, land], Wanted(indicator="dua")) == [pots, land]
