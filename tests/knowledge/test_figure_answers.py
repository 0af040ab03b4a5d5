"""Questions about figures, from the text that was typed to what is told: a library of our own."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from knowledge.answering import Assistant
from knowledge.model import Answer, Audience, FigureKind, Language, Operation, Reason, Status
from tests.builders import Stand, write_all

BEN_TRE_2022 = """Kinh tế tập thể tỉnh Bến Tre năm 2022

Ngày 16/01/2023

Năm 2022, toàn tỉnh có 173 hợp tác xã với 39.800 thành viên.

Trong năm, tỉnh thành lập mới 11 hợp tác xã. Có 5 hợp tác xã giải thể.

Doanh thu bình quân của một hợp tác xã đạt 2,1 tỷ đồng.
"""
BEN_TRE_2023 = """Kinh tế tập thể tỉnh Bến Tre năm 2023

Ngày 12/01/2024

Năm 2023, toàn tỉnh có 187 hợp tác xã với 42.350 thành viên, trong đó 140 hợp tác xã nông nghiệp và 47 hợp tác xã phi nông nghiệp.

Trong năm, tỉnh thành lập mới 18 hợp tác xã. Có 4 hợp tác xã giải thể. Năm 2023 còn 21 hợp tác xã ngừng hoạt động.

Doanh thu bình quân của một hợp tác xã đạt 2,4 tỷ đồng, thu nhập bình quân của người lao động thường xuyên đạt 61 triệu đồng một năm.

Kết quả phân loại: 60 hợp tác xã tốt, 70 hợp tác xã khá, 36 hợp tác xã trung bình và 22 hợp tác xã yếu.

Năm 2023, toàn tỉnh có 1.105 tổ hợp tác với 21.300 thành viên.
"""
TRA_VINH_2023 = """Kinh tế tập thể tỉnh Trà Vinh năm 2023

Ngày 15/01/2024

Năm 2023, toàn tỉnh có 176 hợp tác xã với 29.450 thành viên, trong đó 151 hợp tác xã nông nghiệp.

Trong năm, tỉnh thành lập mới 9 hợp tác xã.

Lợi nhuận bình quân của một hợp tác xã đạt 185 triệu đồng.
"""
SOC_TRANG_PLAN = """Kế hoạch phát triển kinh tế tập thể tỉnh Sóc Trăng năm 2024

Ngày 20/02/2024

Mục tiêu năm 2024: thành lập mới 25 hợp tác xã; doanh thu bình quân của một hợp tác xã đạt 3 tỷ đồng.

Tính đến cuối năm 2023, toàn tỉnh có 224 hợp tác xã.
"""
GIA_LAI_DISTRICTS = """Hợp tác xã tỉnh Gia Lai năm 2023

Ngày 10/01/2024

Số hợp tác xã theo địa bàn

| Địa bàn | Số HTX | HTX thành lập mới |
|---|---|---|
| Huyện Chư Sê | 31 | 4 |
| Huyện Đak Đoa | 26 | 5 |
| Huyện Ia Grai | 18 | 2 |
| Toàn tỉnh | 75 | 11 |
"""
KIEN_GIANG_HIDDEN = """Kinh tế tập thể tỉnh Kiên Giang năm 2023

Ngày 11/01/2024

Năm 2023, toàn tỉnh có 499 hợp tác xã với 55.120 thành viên.
"""
FILES = {
    "ben-tre-2022.txt": BEN_TRE_2022,
    "ben-tre-2023.txt": BEN_TRE_2023,
    "tra-vinh-2023.txt": TRA_VINH_2023,
    "soc-trang-2024.txt": SOC_TRANG_PLAN,
    "gia-lai-2023.md": GIA_LAI_DISTRICTS,
    "kien-giang-2023.txt": KIEN_GIANG_HIDDEN,
    "documents.csv": "file,audience\nkien-giang-2023.txt,officers\n",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    base = tmp_path_factory.mktemp("figures")
    stand = Stand(base / "var")
    report = stand.ingestion().ingest([write_all(base / "documents", FILES)])
    assert not report.failed
    return stand.assistant()


ANSWERED, PARTIAL = Status.ANSWERED, Status.PARTIAL
NOT_FOUND, CLARIFY = Status.NOT_FOUND, Status.CLARIFY
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


def row(text: str, *values: float | str, bug: str = "", **expected: Any) -> object:
    """Return a question with the values of its answer in their order.

    Args:
        text: as typed; what was asked before stands in front, with " > " between.
        values: of all the figures of the answer, in order.
        bug: why the row fails for now; "" when it does not.
        expected: attributes of the answer; it is answered unless `status` says otherwise.
    """
    marks = [pytest.mark.xfail(strict=True, reason=bug)] if bug else []
    wanted = {"status": ANSWERED, **expected}
    return pytest.param(text, [Decimal(str(one)) for one in values], wanted, id=text, marks=marks)


ROWS = [
    # looked up
    row("Bến Tre năm 2023 có bao nhiêu HTX?", 187, operation=LOOK_UP),
    row("ben tre nam 2022 co bao nhieu htx", 173),
    row("How many cooperatives did Ben Tre have in 2023?", 187),
    row("Bến Tre có bao nhiêu hợp tác xã?", 187),
    row("Trà Vinh có bao nhiêu xã viên?", 29450),
    row("Năm 2023 Bến Tre đẻ thêm được mấy HTX?", 18),
    row("How many new cooperatives were established in Ben Tre in 2022?", 11),
    row("Bến Tre năm 2022 có mấy HTX chết?", 5),
    row("Bến Tre còn bao nhiêu HTX đắp chiếu?", 21),
    row("Trung bình mỗi HTX ở Bến Tre thu về bao nhiêu?", 2_400_000_000),
    row("HTX Trà Vinh lãi bình quân bao nhiêu?", 185_000_000),
    row("Thu nhập của lao động thường xuyên ở Bến Tre là bao nhiêu?", 61_000_000),
    row("Bến Tre có bao nhiêu tổ hợp tác?", 1105),
    row("Tổ hợp tác ở Bến Tre có bao nhiêu thành viên?", 21300),
    row("HTX ở Bến Tre có bao nhiêu thành viên năm 2023?", 42350),
    row("Bến Tre có bao nhiêu HTX trung bình?", 36),
    row("Bến Tre có bao nhiêu HTX yếu kém năm 2023?", 22),
    row("Sóc Trăng có bao nhiêu HTX?", 224),
    row("Chư Sê có bao nhiêu HTX?", 31),
    row("huyen chu se co bao nhieu htx", 31),
    row("Gia Lai có bao nhiêu HTX?", 75),
    row("Bến Tre và Trà Vinh năm 2023 có bao nhiêu HTX nông nghiệp?", 140, 151),
    # aims
    row("Sóc Trăng đặt chỉ tiêu lập mới bao nhiêu HTX năm 2024?", 25),
    row("Mục tiêu doanh thu bình quân HTX Sóc Trăng năm 2024?", 3_000_000_000),
    row("Liệt kê các mục tiêu năm 2024 của Sóc Trăng", 25, 3_000_000_000, operation=LIST),
    # compared and ranked
    row("Bến Tre và Trà Vinh năm 2023, bên nào nhiều HTX hơn?", 187, 176, 11, operation=COMPARE),
    row("Bến Tre hay Trà Vinh ít xã viên hơn năm 2023?", 29450, 42350, 12900, operation=COMPARE),
    row("Compare the number of cooperatives in Ben Tre and Tra Vinh in 2023", 187, 176, 11),
    row("Chư Sê và Ia Grai, huyện nào nhiều HTX hơn?", 31, 18, 13),
    row("Tỉnh nào nhiều HTX nhất năm 2023?", 224, 187, 176, 75, operation=RANK),
    row("Tỉnh nào ít HTX nhất năm 2023?", 75, 176, 187, 224, operation=RANK),
    row("Top 2 tỉnh nhiều HTX nhất năm 2023", 224, 187, operation=RANK),
    row("Huyện nào ở Gia Lai nhiều HTX nhất?", 31, 26, 18, operation=RANK),
    row("Xếp hạng các huyện Gia Lai theo số HTX thành lập mới năm 2023", 5, 4, 2),
    row("Liệt kê số HTX từng huyện ở Gia Lai", 31, 26, 18, operation=LIST),
    row("Năm nào Bến Tre có nhiều HTX nhất?", 187, 173, operation=RANK),
    row("Kết quả phân loại HTX Bến Tre năm 2023 ra sao?", 60, 70, 36, 22, operation=LIST),
    # computed
    row("Bến Tre và Trà Vinh năm 2023 tổng cộng có bao nhiêu HTX?", 363, 187, 176, operation=SUM),
    row("Bến Tre nhiều hơn Trà Vinh bao nhiêu HTX năm 2023?", 11, 187, 176, operation=DIFFERENCE),
    row("Bến Tre năm 2023 tăng bao nhiêu HTX so với năm 2022?", 14, 187, 173, operation=DIFFERENCE),
    row("Số HTX Bến Tre năm 2023 tăng hay giảm so với năm 2022?", 173, 187, 14, 8.09, operation=TREND),
    row("Doanh thu bình quân HTX Bến Tre qua các năm?", 2_100_000_000, 2_400_000_000, 300_000_000, 14.29),
    row("HTX nông nghiệp chiếm bao nhiêu phần trăm ở Bến Tre năm 2023?", 74.87, 140, 187, operation=RATIO),
    row("Giai đoạn 2022-2023 Bến Tre thành lập mới bao nhiêu HTX?", 29, operation=SUM),
    row("Bến Tre năm 2023 còn bao nhiêu HTX đang hoạt động?", 166, operation=SUM),
    # what is missing is told, and what there is instead
    row("Bến Tre năm 2021 và 2023 có bao nhiêu HTX?", 187, status=PARTIAL, reason=Reason.NO_SUCH_PERIOD, detail="Bến Tre 2021"),
    row("Bến Tre và Cà Mau năm 2023 có bao nhiêu HTX?", 187, status=PARTIAL, reason=Reason.NO_SUCH_PLACE, detail="Cà Mau"),
    row("Bến Tre năm 2019 có bao nhiêu HTX?", status=NOT_FOUND, reason=Reason.NO_SUCH_PERIOD, detail="Bến Tre, 2019"),
    row("Sóc Trăng năm 2024 có bao nhiêu HTX?", status=NOT_FOUND, reason=Reason.NO_SUCH_PERIOD),
    row("Sóc Trăng năm 2024 thành lập mới bao nhiêu HTX?", status=NOT_FOUND, reason=Reason.ONLY_TARGET),
    row("Cà Mau có bao nhiêu HTX?", status=NOT_FOUND, reason=Reason.NO_SUCH_PLACE, detail="Cà Mau"),
    row("Bến Tre có bao nhiêu HTX vận tải?", status=NOT_FOUND, reason=Reason.NO_SUCH_FIGURE),
    row("Trà Vinh năm 2023 giải thể bao nhiêu HTX?", status=NOT_FOUND, reason=Reason.NO_SUCH_FIGURE),
    row("Kiên Giang có bao nhiêu HTX?", status=NOT_FOUND, reason=Reason.NO_SUCH_PLACE),
    row("Năm 2023 có bao nhiêu xã viên?", 42350, 29450, status=CLARIFY, reason=Reason.WHICH_PLACE, detail="Bến Tre, Trà Vinh"),
    # today's provinces are told as those of before July 2025
    row("Vĩnh Long có bao nhiêu HTX?", 187, 176, status=PARTIAL, reason=Reason.NO_SUCH_PLACE, detail="Vĩnh Long"),
    row("Vĩnh Long năm 2023 có bao nhiêu HTX?", status=NOT_FOUND, reason=Reason.NO_SUCH_PLACE, detail="Vĩnh Long"),
    # what was asked before
    row("Bến Tre năm 2023 có bao nhiêu HTX? > Trà Vinh thì sao?", 176),
    row("Bến Tre năm 2023 có bao nhiêu HTX? > năm 2022 thì sao?", 173),
    row("Bến Tre năm 2023 có bao nhiêu HTX? > Còn tổ hợp tác?", 1105),
    row("Bến Tre năm 2023 có bao nhiêu HTX? > tăng hay giảm so với năm 2022?", 173, 187, 14, 8.09),
    row("Bến Tre năm 2023 thành lập mới bao nhiêu HTX? > cùng kỳ năm trước thì sao?", 11),
    row("ben tre nam 2023 lap moi bao nhieu htx > con giai the", 4),
    row("Bến Tre năm 2023 thành lập mới bao nhiêu HTX? > năm 2022 thì sao? > còn Trà Vinh?", status=NOT_FOUND),
    # for now
    row("3 huyện ít HTX nhất của Gia Lai", 18, 26, 31),
    row("Which district of Gia Lai has the fewest cooperatives?", 18, 26, 31),
    row("Which province has the most cooperatives in 2023?", 224, 187, 176, 75),
    row("Số HTX Bến Tre tăng bao nhiêu từ năm 2022 đến năm 2023?", 14, 187, 173),
    row("HTX nông nghiệp với HTX phi nông nghiệp ở Bến Tre hơn kém nhau bao nhiêu?", 93, 140, 47),
]  # fmt: skip


def asked(assistant: Assistant, text: str, audience: Audience = Audience.EVERYONE) -> Answer:
    *history, question = text.split(" > ")
    return assistant.answer(question, history, audience)


@pytest.mark.parametrize(("text", "values", "expected"), ROWS)
def test_what_is_answered(assistant, text, values, expected):
    answer = asked(assistant, text)
    assert [one.value for one in answer.figures] == values
    assert {field: getattr(answer, field) for field in expected} == expected


def questions() -> list[str]:
    return [one.values[0] for one in ROWS]  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", questions())
def test_every_stated_figure_is_quoted_from_its_document(assistant, text):
    answer = asked(assistant, text)
    texts = assistant.library().texts
    stated = [part for one in answer.figures for part in (one.parts or (one,))]
    cited = {(one.document, one.quote) for one in answer.citations}
    for one in stated:
        assert one.kind is not FigureKind.DERIVED
        assert one.quote
        assert one.quote in texts[one.document]
        assert (one.document, one.quote) in cited
    for citation in answer.nearest:
        assert citation.quote in texts[citation.document]


@pytest.mark.parametrize("text", questions())
def test_what_is_computed_has_its_parts_and_no_source(assistant, text):
    for one in asked(assistant, text).figures:
        assert (one.kind is FigureKind.DERIVED) == bool(one.parts)
        assert (one.quote is None) == bool(one.parts)


@pytest.mark.parametrize("text", questions())
def test_an_aim_is_never_told_as_a_result(assistant, text):
    aims = "chỉ tiêu" in text or "mục tiêu" in text.lower()
    kinds = {one.kind for one in asked(assistant, text).figures}
    assert (FigureKind.TARGET in kinds) is aims


@pytest.mark.parametrize("text", questions())
def test_what_is_for_officers_is_never_used_for_everyone(assistant, text):
    answer = asked(assistant, text)
    places = {one.place for one in (*answer.citations, *answer.nearest)}
    assert "Kiên Giang" not in places | {one.place for one in answer.figures}
    assert not any("Kiên Giang" in one for one in answer.suggestions)


def test_officers_see_it(assistant):
    answer = asked(assistant, "Kiên Giang năm 2023 có bao nhiêu HTX?", Audience.OFFICERS)
    assert [one.value for one in answer.figures] == [499]
    ranked = asked(assistant, "Tỉnh nào nhiều HTX nhất năm 2023?", Audience.OFFICERS)
    assert ranked.figures[0].place == "Kiên Giang"


def test_of_a_year_that_is_not_there_the_nearest_are_shown(assistant):
    answer = asked(assistant, "Bến Tre năm 2019 có bao nhiêu HTX?")
    assert [one.period for one in answer.nearest] == ["2022", "2023"]
    assert answer.suggestions == (
        "Bến Tre năm 2022 có bao nhiêu hợp tác xã?",
        "Bến Tre năm 2023 có bao nhiêu hợp tác xã?",
    )
    assert answer.citations == ()


def test_of_a_result_that_is_only_aimed_at_the_aim_is_shown(assistant):
    answer = asked(assistant, "Sóc Trăng năm 2024 thành lập mới bao nhiêu HTX?")
    assert ["25 hợp tác xã" in one.quote for one in answer.nearest] == [True]


def test_of_a_united_province_its_old_ones_are_shown(assistant):
    answer = asked(assistant, "Vĩnh Long năm 2023 có bao nhiêu HTX?")
    assert [one.place for one in answer.nearest] == ["Bến Tre", "Trà Vinh"]
    today = asked(assistant, "Vĩnh Long có bao nhiêu HTX?")
    assert [one.place for one in today.figures] == ["Bến Tre", "Trà Vinh"]


def test_a_choice_lists_the_places_and_leads_to_their_answers(assistant):
    answer = asked(assistant, "Năm 2023 có bao nhiêu xã viên?")
    assert answer.operation is LIST
    assert len(answer.suggestions) == 2
    for text, figure in zip(answer.suggestions, answer.figures, strict=True):
        assert asked(assistant, text).figures == (figure,)


def test_every_suggestion_is_answered(assistant):
    for text in questions():
        for suggestion in asked(assistant, text).suggestions:
            assert asked(assistant, suggestion).status is ANSWERED, suggestion


def test_a_comparison_names_the_winner_first(assistant):
    answer = asked(assistant, "Trà Vinh và Bến Tre năm 2023, nơi nào nhiều HTX hơn?")
    assert [one.place for one in answer.figures] == ["Bến Tre", "Trà Vinh", ""]
    least = asked(assistant, "Trà Vinh và Bến Tre năm 2023, nơi nào ít HTX hơn?")
    assert [one.place for one in least.figures] == ["Trà Vinh", "Bến Tre", ""]


def test_a_question_in_english_is_answered_in_english(assistant):
    answer = asked(assistant, "How many cooperatives did Ben Tre have in 2023?")
    assert answer.question.language is Language.ENGLISH


@pytest.mark.parametrize(
    "text", ["Hợp tác xã là gì?", "Ai được làm giám đốc HTX?", "HTX muốn giải thể thì làm thế nào?"]
)
def test_a_question_for_no_figure_gets_none(assistant, text):
    assert asked(assistant, text).figures == ()
