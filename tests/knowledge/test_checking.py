"""What is inconsistent in a document and between documents; and what only looks so."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ingest.document import prepare
from ingest.sources import Source
from knowledge.checking import Case, Checked, Problem, ProblemKind, problems_of
from knowledge.model import Document

HEAD = "Kinh tế tập thể tỉnh Bến Tre năm 2023\n\nNgày 20/5/2024\n\n"
"""Of the texts here, where a test needs no other."""


def checked(text: str, name: str = "bao-cao.txt", **overrides: str) -> Checked:
    """Return a text as it stands in the library."""
    source = Source(file=Path(name), origin="", path=name, overrides=dict(overrides))
    stored = prepare(source, text.encode())
    return Checked(
        document=Document(
            id=name,
            source=name,
            location=name,
            version=1,
            sha256=stored.sha256,
            reader=stored.reader,
            pages=None,
            metadata=stored.metadata,
        ),
        text=stored.text,
        figures=stored.figures,
    )


def found(text: str) -> list[str]:
    """Return "sum 120 HTX → 125" and the like, of a text under the common head."""
    return [told(one) for one in problems_of([checked(HEAD + text)])]


def told(problem: Problem) -> str:
    stated = problem.stated
    size = f" {abs(stated.value)} {stated.unit}" if stated else ""
    expected = f" → {problem.expected.normalize():f}" if problem.expected is not None else ""
    return f"{problem.case.value}{size}{expected}"


def example(name: str, *values: object) -> object:
    return pytest.param(*values, id=name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        example(
            "a complete breakdown that exceeds",
            "Toàn tỉnh có 120 HTX, gồm 90 HTX nông nghiệp và 35 HTX phi nông nghiệp.",
            "sum 120 HTX → 125",
        ),
        example(
            "a complete breakdown that misses",
            "Toàn tỉnh có 120 HTX, bao gồm 80 HTX nông nghiệp, 20 HTX vận tải và 10 HTX xây dựng.",
            "sum 120 HTX → 110",
        ),
        example(
            "a bracket whose one part is above the total, with the parts named in front",
            "Đến nay tổng số THT là 640 tổ (THT nông nghiệp là 702 tổ với 9.000 thành viên, "
            "phi nông nghiệp 31 tổ với 250 thành viên).",
            "sum 640 THT → 733",
        ),
        example(
            "at work and idle",
            "Toàn tỉnh có 300 HTX, trong đó đang hoạt động 240 HTX, ngừng hoạt động 50 HTX.",
            "sum 300 HTX → 290",
        ),
        example(
            "a part of the same that is more than all",
            "Toàn tỉnh có 180 HTX, trong đó có 210 HTX nông nghiệp.",
            "part 180 HTX",
        ),
        example(
            "a sentence of its own",
            "Toàn tỉnh có 63 HTX. Cụ thể: nông nghiệp 35 HTX; xây dựng 8 HTX; vận tải 28 HTX.",
            "sum 63 HTX → 71",
        ),
        example(
            "a list",
            "Toàn tỉnh có 457 HTX.\n\nPhân theo ngành nghề:\n\n- HTX nông nghiệp: 405;\n\n"
            "- HTX phi nông nghiệp: 62.",
            "sum 457 HTX → 467",
        ),
        example(
            "labour",
            "Tổng số lao động 9.000 người, gồm lao động thường xuyên 5.000 người và lao động thời "
            "vụ 3.000 người.",
            "sum 9000 lao động → 8000",
        ),
        example(
            "a numbered list",
            "Toàn tỉnh có 457 HTX, nhiều hơn cùng kỳ 10 HTX.\n\nPhân theo ngành nghề:\n\n"
            "1. HTX nông nghiệp: 415, gồm 339 HTX trồng trọt và 76 HTX thủy sản.\n\n"
            "2. HTX phi nông nghiệp: 52.",
            "sum 457 HTX → 467",
        ),
        example(
            "with the credit funds or without",
            "Toàn tỉnh có 165 HTX, bao gồm 130 HTX nông nghiệp, 29 HTX phi nông nghiệp và "
            "16 quỹ tín dụng nhân dân.",
            "sum 165 HTX → 175",
        ),
        example(
            "the total of the sentence before, not what was founded",
            "Nửa đầu năm có 33 HTX ra mắt trên toàn tỉnh. Tổng số HTX theo đó là 588. Cơ cấu ngành "
            "nghề: 490 HTX nông nghiệp, 25 HTX xây dựng, 83 HTX dịch vụ.",
            "sum 588 HTX → 598",
        ),
        example(
            "members",
            "Các HTX có 5.000 thành viên, gồm 3.000 thành viên nông nghiệp và "
            "2.400 thành viên phi nông nghiệp.",
            "sum 5000 thành viên → 5400",
        ),
        example(
            "a rise between two stated values",
            "Trong năm tỉnh thành lập mới 12 HTX, nâng tổng số HTX từ 95 HTX lên 110 HTX.",
            "rise 12 HTX → 15",
        ),
        example(
            "a rise beside the value of the year before",
            "Toàn tỉnh có 300 HTX, tăng 50 HTX so với năm 2022 (270 HTX).",
            "rise 50 HTX → 30",
        ),
        example(
            "parts with their shares",
            "Toàn tỉnh có 200 HTX. Trong đó, HTX nông nghiệp 150 HTX, chiếm 75%; "
            "HTX phi nông nghiệp 60 HTX, chiếm 30%.",
            "sum 200 HTX → 210",
        ),
    ],
)
def test_a_total_that_its_parts_do_not_give_is_found(text: str, expected: str):
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        example(
            "it adds up", "Toàn tỉnh có 120 HTX, gồm 90 HTX nông nghiệp và 30 HTX phi nông nghiệp."
        ),
        example("some of them", "Toàn tỉnh có 120 HTX, trong đó có 90 HTX nông nghiệp."),
        example(
            "some of them, in two sectors",
            "Toàn tỉnh có 120 HTX, trong đó có 60 HTX nông nghiệp, 20 HTX vận tải.",
        ),
        example(
            "parts that overlap",
            "Toàn tỉnh có 120 HTX, trong đó có 100 HTX nông nghiệp, 70 HTX hoạt động tốt.",
        ),
        example(
            "the others are not counted",
            "Toàn tỉnh có 120 HTX, gồm 60 HTX nông nghiệp, 20 HTX vận tải, còn lại là các HTX khác.",
        ),
        example(
            "credit funds are among them",
            "Toàn tỉnh có 165 HTX, bao gồm 120 HTX nông nghiệp, 29 HTX phi nông nghiệp và "
            "16 quỹ tín dụng nhân dân, ngoài ra có 1 liên hiệp HTX.",
        ),
        example(
            "a part that is divided again",
            "Toàn tỉnh có 200 HTX, gồm 150 HTX nông nghiệp (120 HTX trồng trọt, 30 HTX chăn nuôi) "
            "và 50 HTX phi nông nghiệp.",
        ),
        example(
            "a part that is divided again, without a bracket",
            "Toàn tỉnh có 200 HTX, gồm 150 HTX nông nghiệp, 120 HTX trồng trọt, 30 HTX chăn nuôi, "
            "50 HTX phi nông nghiệp.",
        ),
        example(
            "one part that is divided, the others behind a semicolon",
            "Toàn tỉnh có 200 HTX, gồm 150 HTX nông nghiệp: 120 HTX trồng trọt, 30 HTX chăn nuôi; "
            "50 HTX phi nông nghiệp.",
        ),
        example(
            "some districts",
            "Toàn tỉnh có 100 HTX, gồm huyện Ba Tri 30 HTX nông nghiệp, huyện Bình Đại 20 HTX "
            "vận tải.",
        ),
        example(
            "a list of other things",
            "Toàn tỉnh có 200 HTX, trong đó 180 HTX đang hoạt động; 2 liên hiệp HTX với 300 HTX "
            "thành viên.",
        ),
        example(
            "a general sector is a sector",
            "Toàn tỉnh có 63 HTX. Cụ thể: nông nghiệp 35 HTX; an toàn vệ sinh môi trường 8 HTX; "
            "vận tải 19 HTX; tổng hợp 1 HTX.",
        ),
        example(
            "rounded",
            "Khu vực này có khoảng 21,9 nghìn lao động, gồm 7,7 nghìn lao động thường xuyên và "
            "14,3 nghìn lao động thời vụ.",
        ),
        example("another time in brackets", "Toàn tỉnh có 226 HTX (tháng 9/2020 là 314 HTX)."),
        example("new ones and all", "Tỉnh thành lập mới 12 HTX, nâng tổng số lên 107 HTX."),
        example(
            "new ones that are divided",
            "Toàn tỉnh có 220 HTX, trong năm thành lập mới 11 HTX, gồm 10 HTX nông nghiệp và "
            "01 HTX phi nông nghiệp.",
        ),
        example(
            "the second of two totals is divided",
            "Tỉnh có 220 HTX, trong đó 191 HTX đang hoạt động và 29 HTX ngừng hoạt động.\n\n"
            "Xét theo ngành hàng, các HTX đang hoạt động gồm: trồng trọt 157 HTX, chăn nuôi 34 HTX.",
        ),
        example(
            "some left while others came",
            "Tỉnh thành lập mới 12 HTX, giải thể 2 HTX, nâng tổng số HTX từ 95 HTX lên 105 HTX.",
        ),
        example(
            "aims beside results",
            "Toàn tỉnh có 100 HTX, trong khi kế hoạch là 120 HTX, gồm 90 HTX nông nghiệp và "
            "30 HTX phi nông nghiệp.",
        ),
        example(
            "parts that are said to overlap",
            "Toàn tỉnh có 200 HTX; trong đó trồng trọt 150 HTX, chăn nuôi 30 HTX, dịch vụ 60 HTX "
            "(một HTX có thể làm nhiều ngành).",
        ),
        example(
            "somebody else's",
            "Một HTX có 150 thành viên, trong đó 45 thành viên nữ; HTX bên cạnh có 300 thành viên.",
        ),
        example(
            "support counted once and again",
            "Tỉnh hỗ trợ 20 HTX, gồm 15 HTX vay vốn và 12 HTX tham gia hội chợ.",
        ),
    ],
)
def test_a_total_that_its_parts_may_give_is_no_problem(text: str):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        example(
            "of a fraction",
            "Có 52/457 HTX (chiếm 14,4%) ngừng hoạt động.",
            "share 14.4 % → 11.38",
        ),
        example(
            "one among its siblings",
            "Trong số 136 HTX được xếp loại có 34 HTX tốt (đạt 25%), 55 HTX khá (đạt 40%), "
            "47 HTX trung bình (chiếm 37,5%).",
            "share 37.5 % → 34.56",
        ),
        example(
            "one of a list",
            "Có 200 HTX được xếp loại.\n\n- 50 HTX tốt, chiếm 25%.\n\n- 60 HTX khá, chiếm 30%.\n\n"
            "- 90 HTX trung bình, chiếm 54%.",
            "share 54 % → 45",
        ),
        example(
            "of the one total in front of it",
            "Toàn tỉnh có 628 HTX, trong đó có 339 HTX hoạt động hiệu quả, chiếm 64%.",
            "share 64 % → 54",
        ),
        example(
            "more at work than are not idle",
            "Toàn tỉnh có 400 HTX. Báo cáo cho biết 96% số HTX hoạt động ổn định. "
            "Hiện có 80 HTX đã ngừng hoạt động.",
            "states 96 % → 80",
        ),
        example(
            "a growth told in number and in per cent",
            "Toàn tỉnh có 220 HTX, tăng 20 HTX (tăng 16,5%) so với năm 2022.",
            "growth 16.5 % → 10",
        ),
        example(
            "a growth between two values",
            "Số HTX tăng từ 200 HTX lên 220 HTX, tăng 20%.",
            "growth 20 % → 10",
        ),
        example(
            "a growth beside the value of the year before",
            "Toàn tỉnh có 300 HTX, tăng 21% so với năm 2022 (270 HTX).",
            "growth 21 % → 11.1",
        ),
    ],
)
def test_a_percentage_that_its_counts_do_not_give_is_found(text: str, expected: str):
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        example("of a fraction", "Có 52/457 HTX (chiếm 11,4%) ngừng hoạt động."),
        example("cut off, not rounded", "Có 52/453 HTX (chiếm 11,4%) ngừng hoạt động."),
        example("a whole one, rounded up", "Có 55/136 HTX (chiếm 41%) hoạt động khá."),
        example("of a plan", "Tỉnh lập được 16 THT nông nghiệp, đạt 32% kế hoạch."),
        example("of another thing", "Có 120 HTX nông nghiệp, chiếm 60% diện tích của tỉnh."),
        example("of a total that is not stated", "Có 120 HTX nông nghiệp, chiếm 60% tổng số HTX."),
        example(
            "just under what is said",
            "Tỉnh có 628 HTX nhưng chỉ 339 HTX hoạt động có hiệu quả, tương đương trên 54%.",
        ),
        example(
            "as many at work as are not idle",
            "Toàn tỉnh có 400 HTX, 80% số HTX hoạt động ổn định, 80 HTX đã ngừng hoạt động.",
        ),
        example(
            "those at work in one field",
            "Toàn tỉnh có 300 HTX, 60 HTX đã ngừng hoạt động. Có 92% số HTX hoạt động trong lĩnh "
            "vực nông nghiệp.",
        ),
        example(
            "most of those at work",
            "Toàn tỉnh có 400 HTX, 80 HTX đã ngừng hoạt động. Có 96% cán bộ HTX qua đào tạo.",
        ),
        example(
            "a growth that fits",
            "Toàn tỉnh có 29.378 HTX, tăng 2.036 HTX (khoảng 7%) so với năm 2022.",
        ),
        example(
            "a growth a year",
            "Số HTX tăng từ 150 HTX năm 2018 lên 200 HTX năm 2023, bình quân tăng 6%/năm.",
        ),
        example(
            "the value of the year before",
            "Toàn tỉnh có 187 HTX, tăng 9% so với năm 2022 (171 HTX).",
        ),
        example(
            "a plan beside a growth",
            "Toàn tỉnh có 180 HTX, tăng 16 HTX so với cùng kỳ và bằng 82% kế hoạch.",
        ),
    ],
)
def test_a_percentage_that_its_counts_may_give_is_no_problem(text: str):
    assert found(text) == []


def table(*rows: str) -> str:
    """Return a table as markdown; the cells of a row are given with bars between them."""
    lines = [f"| {row} |" for row in rows]
    rule = "|" + "---|" * (rows[0].count("|") + 1)
    return "\n".join([lines[0], rule, *lines[1:]])


def found_in_table(*rows: str) -> list[str]:
    text = f"# Hợp tác xã tỉnh Bến Tre năm 2023\n\n{table(*rows)}\n"
    return [told(one) for one in problems_of([checked(text, "bang.md")])]


FIELDS = ("Nông nghiệp | 40 | 500", "Vận tải | 25 | 300", "Xây dựng | 10 | 90")


def test_the_total_row_of_a_table_is_compared_with_its_rows_column_by_column():
    header = "Lĩnh vực | Số HTX (HTX) | Số thành viên (người)"
    assert found_in_table(header, *FIELDS, "Tổng cộng | 75 | 890") == []
    assert found_in_table(header, *FIELDS, "Tổng cộng | 78 | 890") == ["table 78 HTX → 75"]
    assert found_in_table(header, *FIELDS, "Toàn tỉnh | 75 | 980") == ["table 980 thành viên → 890"]


def test_a_cell_that_is_not_known_may_hold_what_is_missing_but_not_less_than_nothing():
    header = "Lĩnh vực | Số HTX (HTX) | Số thành viên (người)"
    rows = (*FIELDS, "Dịch vụ | 5 | …")
    assert found_in_table(header, *rows, "Tổng cộng | 80 | 940") == []
    assert found_in_table(header, *rows, "Tổng cộng | 80 | 800") == ["table 800 thành viên → 890"]


@pytest.mark.parametrize(
    "rows",
    [
        example(
            "rows that divide the row above them",
            ("I | Nông nghiệp | 40", "1 | Trồng trọt | 30", "2 | Chăn nuôi | 10", "II | Khác | 9"),
        ),
        example("a part of the row above", ("1 | Nông nghiệp | 49", "- | Trong đó: rau | 30")),
    ],
)
def test_rows_within_rows_are_not_added_up(rows: tuple[str, ...]):
    assert found_in_table("STT | Lĩnh vực | Số HTX", *rows, "Tổng cộng | | 49") == []


def test_means_are_not_added_up():
    header = "Huyện | Thu nhập bình quân lao động (triệu đồng)"
    assert found_in_table(header, "Ba Tri | 50", "Mỏ Cày Bắc | 70", "Toàn tỉnh | 60") == []


def test_the_shares_of_a_column_are_compared_with_its_counts():
    header, rows = "Xếp loại | Số HTX | Tỷ lệ (%)", ("Tốt | 34 | 25", "Khá | 55 | 40")
    assert found_in_table(header, *rows, "Yếu | 47 | 34,6", "Cộng | 136 | 100") == []
    assert found_in_table(header, *rows, "Yếu | 47 | 36,5", "Cộng | 136 | 100") == [
        "share 36.5 % → 34.56"
    ]


def test_a_row_is_compared_with_its_own_total_where_the_other_rows_prove_that_it_is_one():
    header = "Huyện | Tổng số (HTX) | HTX nông nghiệp | HTX phi nông nghiệp"
    rows = ("Ba Tri | 12 | 8 | 4", "Bình Đại | 20 | 15 | 5", "Chợ Lách | 9 | 5 | 4")
    assert found_in_table(header, *rows, "Giồng Trôm | 30 | 20 | 11") == ["sum 30 HTX → 31"]
    some = ("Ba Tri | 12 | 2 | 4", "Bình Đại | 20 | 1 | 5", "Chợ Lách | 9 | 5 | 4")
    assert found_in_table(header, *some, "Giồng Trôm | 30 | 20 | 11") == []


def between(one: str, other: str, **overrides: str) -> list[Problem]:
    first, second = checked(HEAD + one, "a.txt"), checked(HEAD + other, "b.txt", **overrides)
    return problems_of([first, second])


def test_two_documents_that_disagree_are_both_named():
    [problem] = between(
        "Đến 31/12/2023, toàn tỉnh có 210 HTX.",
        "Tính đến 31/12/2023, tổng số HTX toàn tỉnh là 214.",
    )
    assert problem.kind is ProblemKind.SOURCES
    assert (problem.source, problem.against[0].source) == ("a.txt", "b.txt")
    assert problem.stated is not None
    assert {problem.stated.value, problem.against[0].value} == {Decimal(210), Decimal(214)}


@pytest.mark.parametrize(
    "other",
    [
        example("the same", "Tính đến 31/12/2023, toàn tỉnh có 210 HTX."),
        example("another time", "Đến 31/12/2022, toàn tỉnh có 190 HTX."),
        example("about as many", "Đến 31/12/2023, toàn tỉnh có khoảng 200 HTX."),
        example("some of them", "Đến 31/12/2023, có 120 HTX được hỗ trợ vốn."),
        example("those at work", "Đến 31/12/2023, toàn tỉnh có 180 HTX đang hoạt động."),
        example("an aim", "Mục tiêu đến 31/12/2023, toàn tỉnh có 250 HTX."),
        example("a cooperative by its name", "HTX Quyết Tiến có 12 tổ, đến 31/12/2023 có 190 HTX."),
        example("other organisations", "Đến 31/12/2023, toàn tỉnh có 1.050 tổ hợp tác."),
    ],
)
def test_documents_that_speak_of_different_things_do_not_disagree(other: str):
    assert between("Đến 31/12/2023, toàn tỉnh có 210 HTX.", other) == []


def test_the_members_of_one_cooperative_are_not_those_of_all():
    text = "Đến 31/12/2023, các HTX có 3.050 thành viên."
    assert between(text, "Đến 31/12/2023, các HTX có 3.200 thành viên.") != []
    assert between(text, "Đến 31/12/2023, HTX Phú Thịnh có 3.200 thành viên.") == []
    assert between(text, "Đến 31/12/2023, các HTX có 90 thành viên.") == []


def test_a_mean_of_some_is_no_mean_of_all():
    text = "Doanh thu bình quân một HTX năm 2023 là 2,15 tỷ đồng."
    assert between(text, text.replace("2,15", "2,45")) != []
    assert between(text, text.replace("2,15", "2,45").replace("HTX", "HTX nông nghiệp")) == []


def test_another_place_is_no_disagreement():
    text = "Đến 31/12/2023, toàn tỉnh có 250 HTX."
    assert between("Đến 31/12/2023, toàn tỉnh có 210 HTX.", text, place="Cà Mau") == []


def test_figures_without_place_or_period_make_a_document_unplaced_or_undated():
    bare = checked("Tình hình kinh tế tập thể\n\nToàn tỉnh có 210 HTX với 3.000 thành viên.\n")
    assert {one.case for one in problems_of([bare])} == {
        Case.DOCUMENT_UNDATED,
        Case.DOCUMENT_UNPLACED,
    }
    given = checked(bare.text, place="Bến Tre", period="2023")
    assert problems_of([given]) == []


def test_a_document_whose_figures_say_their_time_themselves_is_not_undated():
    dated = checked(HEAD + "Đến tháng 10/2023, toàn tỉnh có 210 HTX.")
    silent = replace(dated.document.metadata, period="")
    document = replace(dated.document, metadata=silent)
    assert problems_of([replace(dated, document=document)]) == []


def test_one_figure_without_a_period_is_named_by_its_sentence():
    dated = checked(HEAD + "Toàn tỉnh có 210 HTX. Có 5 liên hiệp HTX.")
    first, second = dated.figures
    [problem] = problems_of([replace(dated, figures=(first, replace(second, period="")))])
    assert (problem.case, problem.quote) == (Case.FIGURE_UNDATED, "Có 5 liên hiệp HTX.")


SECTORS = ("nông nghiệp", "vận tải", "xây dựng", "thương mại", "du lịch", "môi trường")
LINKS = (", gồm ", ", bao gồm ", ", trong đó có ", " (", ", chia ra: ")
counts = st.lists(st.integers(min_value=1, max_value=5000), min_size=2, max_size=6)


def vietnamese(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def divided(parts: list[int]) -> bool:
    """Tell whether the first part may be the sum of some behind it, and they be its own parts."""
    return any(parts[0] == sum(parts[1:end]) for end in range(3, len(parts) + 1))


@given(parts=counts, link=st.sampled_from(LINKS), more=st.integers(min_value=1, max_value=900))
def test_a_breakdown_is_a_problem_just_when_it_does_not_add_up(
    parts: list[int], link: str, more: int
):
    listed = [f"{vietnamese(n)} HTX {name}" for n, name in zip(parts, SECTORS, strict=False)]
    end = ")." if "(" in link else "."

    def text(total: int) -> str:
        return f"Toàn tỉnh có {vietnamese(total)} HTX{link}{', '.join(listed)}{end}"

    assert found(text(sum(parts))) == []
    assume(not any(divided(parts[place:]) for place in range(len(parts))))
    complete = "gồm" in link or "chia" in link
    assert len(found(text(sum(parts) + more))) == complete
    if sum(parts) > more:
        less = [one for one in found(text(sum(parts) - more)) if one.startswith(("sum", "part"))]
        assert len(less) == 1
