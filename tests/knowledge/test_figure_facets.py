"""What figures are of: names of figures and words of questions in the same terms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.figures.facets import Facets, facets_asked, facets_in, facets_of, hits_in
from knowledge.vietnamese.lexicon import words_of
from knowledge.vietnamese.text import has_marks

NEW, CLOSED, IDLE = ("thành lập mới",), ("giải thể",), ("ngừng hoạt động",)
GONE, ACTIVE = (*CLOSED, *IDLE), ("đang hoạt động",)
HTX = frozenset(("HTX",))


def classes(**families: str) -> frozenset[tuple[str, str]]:
    """Return classes; several labels of a family stand with a semicolon between them."""
    return frozenset(
        (family, label) for family, labels in families.items() for label in labels.split(";")
    )


def asked(question: str) -> Facets:
    """Return the facets of a question, loose when it was typed without marks."""
    return facets_asked(words_of(question), loose=not has_marks(question))


def row(text: str, **expected: object) -> object:
    return pytest.param(text, Facets(**expected), id=text)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        row("Bao nhiêu HTX?", unit="HTX"),
        row("Có mấy hợp tác xã?", unit="HTX"),
        row("Số lượng THT là bao nhiêu?", unit="THT"),
        row("Bao nhiêu liên hiệp HTX?", unit="liên hiệp"),
        row("Bao nhiêu quỹ tín dụng nhân dân?", unit="quỹ"),
        row("Có bao nhiêu xã viên?", unit="thành viên"),
        row("HTX có bao nhiêu thành viên?", unit="thành viên", organisations=HTX),
        row(
            "Tổ hợp tác có bao nhiêu thành viên?",
            unit="thành viên",
            organisations=frozenset(("THT",)),
        ),
        row("Có bao nhiêu công nhân làm cho HTX?", unit="lao động", organisations=HTX),
        row("Có bao nhiêu hộ trong HTX?", unit="hộ", organisations=HTX),
        row(
            "Bao nhiêu người làm thường xuyên?",
            unit="lao động",
            classes=classes(trait="thường xuyên"),
        ),
        row("Bao nhiêu lao động thời vụ?", unit="lao động", classes=classes(trait="thời vụ")),
        # what happened to them, in the words of reports and in those of people
        row("Bao nhiêu HTX thành lập mới?", unit="HTX", states=NEW),
        row("Mấy HTX mới đẻ ra?", unit="HTX", states=NEW),
        row("Bao nhiêu HTX giải thể?", unit="HTX", states=CLOSED),
        row("Bao nhiêu HTX chết trong năm?", unit="HTX", states=GONE),
        row("Mấy HTX dẹp tiệm?", unit="HTX", states=GONE),
        row("Bao nhiêu HTX ngừng hoạt động?", unit="HTX", states=IDLE),
        row("Còn bao nhiêu HTX đắp chiếu?", unit="HTX", states=IDLE),
        row("Mấy HTX nằm im?", unit="HTX", states=IDLE),
        row("Bao nhiêu HTX còn sống?", unit="HTX", states=ACTIVE),
        row("Còn bao nhiêu HTX hoạt động?", unit="HTX", states=ACTIVE),
        # sectors and grades
        row("Bao nhiêu HTX nuôi tôm?", unit="HTX", classes=classes(sector="tôm")),
        row("Bao nhiêu HTX chạy xe?", unit="HTX", classes=classes(sector="vận tải")),
        row(
            "Bao nhiêu HTX phi nông nghiệp?", unit="HTX", classes=classes(sector="phi nông nghiệp")
        ),
        row(
            "Bao nhiêu HTX nông lâm ngư nghiệp?",
            unit="HTX",
            classes=classes(sector="nông nghiệp;lâm nghiệp;thủy sản"),
        ),
        row("Mấy HTX làm ăn được?", unit="HTX", classes=classes(grade="hiệu quả")),
        row("Có bao nhiêu HTX yếu kém?", unit="HTX", classes=classes(grade="yếu")),
        row("Bao nhiêu HTX khá, tốt?", unit="HTX", classes=classes(grade="khá;tốt")),
        # "trung bình" is a grade of organisations and a mean of sums
        row("HTX xếp loại trung bình có mấy?", unit="HTX", classes=classes(grade="trung bình")),
        row("Bao nhiêu HTX trung bình?", unit="HTX", classes=classes(grade="trung bình")),
        row(
            "Doanh thu trung bình của HTX là bao nhiêu?",
            unit="đồng",
            measure="doanh thu",
            organisations=HTX,
            mean="each",
        ),
        row(
            "Mỗi HTX thu về bao nhiêu?",
            unit="đồng",
            measure="doanh thu",
            organisations=HTX,
            mean="each",
        ),
        row(
            "mỗi HTX một năm thu về bao nhiêu tiền",
            unit="đồng",
            measure="doanh thu",
            organisations=HTX,
            mean="each",
        ),
        row("Mỗi năm thành lập mới bao nhiêu HTX?", unit="HTX", states=NEW, mean="yearly"),
        # sums, areas, shares
        row("Tổng doanh thu của HTX?", unit="đồng", measure="doanh thu", organisations=HTX),
        row("HTX lãi bao nhiêu?", unit="đồng", measure="lợi nhuận", organisations=HTX),
        row("HTX bỏ túi bao nhiêu?", unit="đồng", measure="lợi nhuận", organisations=HTX),
        row(
            "Vốn điều lệ của HTX là bao nhiêu tiền?",
            unit="đồng",
            measure="vốn điều lệ",
            organisations=HTX,
        ),
        row("Nguồn quỹ là bao nhiêu?", unit="đồng", measure="nguồn quỹ"),
        row("HTX được vay bao nhiêu?", unit="đồng", measure="tiền cho vay", organisations=HTX),
        row("HTX canh tác bao nhiêu héc ta?", unit="ha", measure="diện tích", organisations=HTX),
        row(
            "Tỷ lệ HTX loại tốt là bao nhiêu phần trăm?",
            unit="%",
            organisations=HTX,
            classes=classes(grade="tốt"),
        ),
        # typed without marks
        row("bao nhieu htx giai the", unit="HTX", states=CLOSED),
        row("so thanh vien cua tht", unit="thành viên", organisations=frozenset(("THT",))),
        row(
            "doanh thu binh quan htx bao nhieu",
            unit="đồng",
            measure="doanh thu",
            organisations=HTX,
            mean="each",
        ),
        row("bao nhieu htx phi nong nghiep", unit="HTX", classes=classes(sector="phi nông nghiệp")),
        row("con may htx dap chieu", unit="HTX", states=IDLE),
        # in English
        row("How many cooperatives are active?", unit="HTX", states=ACTIVE),
        row("how many co-ops were dissolved", unit="HTX", states=CLOSED),
        row("How many members do cooperatives have?", unit="thành viên", organisations=HTX),
        row(
            "What is the total revenue of cooperatives?",
            unit="đồng",
            measure="doanh thu",
            organisations=HTX,
        ),
        row(
            "How many agricultural cooperatives?",
            unit="HTX",
            classes=classes(sector="nông nghiệp"),
        ),
    ],
)
def test_what_a_question_asks_for(question, expected):
    assert asked(question) == expected


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("Bao nhiêu HTX được công nhận OCOP?", "HTX"),  # no "công nhân"
        ("Có bao nhiêu lớp tập huấn cho cán bộ HTX?", "lớp"),
        ("Bao nhiêu cán bộ của HTX được cử đi học?", "cán bộ"),
        ("Giám đốc HTX có bằng đại học là bao nhiêu người?", "người"),
        ("Quỹ hỗ trợ phát triển HTX có bao nhiêu tiền?", "đồng"),  # no credit fund
        ("Hỗ trợ hạ tầng cho HTX bao nhiêu?", "đồng"),
        ("Bao nhiêu thành viên của liên hiệp HTX?", "thành viên"),
        ("Liên minh HTX là gì?", ""),
    ],
    ids=str,
)
def test_what_is_counted(question, unit):
    assert asked(question).unit == unit


@pytest.mark.parametrize(
    "question",
    [
        "Bao nhiêu HTX kiểu mới?",
        "Bao nhiêu HTX ở xã nông thôn mới?",
        "Bao nhiêu HTX đổi mới quản trị?",
    ],
)
def test_what_is_of_a_new_kind_is_not_newly_founded(question):
    assert asked(question).states == ()


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Bao nhiêu HTX xây dựng nông thôn mới?", "xay"),  # no builders
        ("Bao nhiêu HTX bán hàng qua thương mại điện tử?", "dien"),  # no traders
        ("Bao nhiêu HTX ở nông thôn?", "thon"),
    ],
)
def test_what_sounds_like_a_sector_stays_a_word(question, word):
    found = asked(question)
    assert found.classes == frozenset()
    assert word in found.words


@pytest.mark.parametrize(
    "question",
    [
        "Bao nhiêu HTX làm ăn thua lỗ?",
        "Bao nhiêu HTX có trụ sở riêng?",
        "Bao nhiêu HTX áp dụng VietGAP?",
    ],
)
def test_what_no_row_knows_must_be_told(question):
    assert asked(question).words


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Bao nhiêu HTX trồng sen?", "sen"),
        pytest.param(
            "Bao nhiêu HTX trồng cam?",
            "cam",
            marks=pytest.mark.xfail(strict=True, reason="'cam' of 'cam kết' is a stop word alone"),
        ),
    ],
)
def test_what_is_grown_must_be_told(question, word):
    assert word in asked(question).words


def test_only_bare_questions_are_read_by_their_letters_alone():
    marked = words_of("giai thể")
    assert hits_in(marked, loose=True)[0].labels == CLOSED
    assert hits_in(marked, loose=False) == []


def test_words_of_a_comparison_are_no_grade():
    found = asked("HTX nông nghiệp với HTX vận tải hơn kém nhau bao nhiêu?")
    assert found.labels("grade") == frozenset()


def name(indicator: str, unit: str, **expected: object) -> object:
    return pytest.param(
        indicator,
        unit,
        Facets(unit=unit, **expected),  # type: ignore[arg-type]
        id=indicator,
    )


@pytest.mark.parametrize(
    ("indicator", "unit", "expected"),
    [
        name("số HTX", "HTX"),
        name("tổng số HTX", "HTX"),
        name(
            "số HTX nông nghiệp đang hoạt động",
            "HTX",
            states=ACTIVE,
            classes=classes(sector="nông nghiệp"),
        ),
        name("số HTX nông, lâm nghiệp", "HTX", classes=classes(sector="nông nghiệp;lâm nghiệp")),
        name("số HTX giao thông vận tải", "HTX", classes=classes(sector="vận tải")),
        name("số HTX xếp loại tốt, khá", "HTX", classes=classes(grade="tốt;khá")),
        name("số HTX trung bình", "HTX", classes=classes(grade="trung bình")),
        name("số HTX thành lập mới bình quân mỗi năm", "HTX", states=NEW, mean="yearly"),
        name("số HTX ngừng hoạt động", "HTX", states=IDLE),
        name(
            "doanh thu bình quân HTX", "đồng", measure="doanh thu", organisations=HTX, mean="each"
        ),
        name("doanh thu một HTX", "đồng", measure="doanh thu", organisations=HTX, mean="each"),
        name("vốn điều lệ HTX", "đồng", measure="vốn điều lệ", organisations=HTX),
        name("diện tích HTX", "ha", measure="diện tích", organisations=HTX),
        name("tỷ lệ HTX hoạt động tốt", "%", organisations=HTX, classes=classes(grade="tốt")),
        name(
            "số lao động thường xuyên của HTX",
            "lao động",
            organisations=HTX,
            classes=classes(trait="thường xuyên"),
        ),
        name(
            "tỷ lệ HTX khá, trung bình",
            "%",
            organisations=HTX,
            classes=classes(grade="khá;trung bình"),
        ),
        name("số sản phẩm OCOP", "sản phẩm", classes=classes(trait="OCOP")),
        name("mức giảm số HTX", "HTX", classes=classes(trait="giảm")),
        name("số cán bộ có trình độ đại học", "cán bộ", words=frozenset(("trinh", "dai", "hoc"))),
    ],
)
def test_what_a_name_says(indicator, unit, expected):
    subject = "HTX" if "HTX" in indicator else unit
    assert facets_of(indicator, subject, unit) == expected


def test_members_of_new_groups_are_not_members_of_all():
    new = facets_of("số thành viên của THT thành lập mới", "THT", "thành viên")
    assert (new.unit, new.organisations, new.states) == ("thành viên", frozenset(("THT",)), NEW)
    assert facets_of("số thành viên của THT", "THT", "thành viên").states == ()


def test_the_words_around_a_figure_keep_all_that_they_say():
    found = facets_in("Năm qua, các HTX nông nghiệp có 900 lao động thường xuyên.")
    assert found.unit == ""
    assert found.classes == classes(sector="nông nghiệp", trait="thường xuyên")
    assert {"lao", "dong", "htx", "nong"} <= found.words


def test_a_class_is_narrowed_to_one():
    found = asked("Bao nhiêu HTX khá, tốt của ngành nông nghiệp?").narrowed("grade", "tốt")
    assert found.classes == classes(grade="tốt", sector="nông nghiệp")


@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ("bao nhieu htx thanh lap moi", "bao nhiêu HTX thành lập mới"),
        ("so lao dong thuong xuyen cua htx", "số lao động thường xuyên của HTX"),
        ("ty le htx hoat dong hieu qua", "tỷ lệ HTX hoạt động hiệu quả"),
        ("htx giao thong van tai co may cai", "HTX giao thông vận tải có mấy cái"),
        ("von dieu le binh quan cua htx", "vốn điều lệ bình quân của HTX"),
        ("thu nhap binh quan nguoi lao dong", "thu nhập bình quân người lao động"),
    ],
)
def test_marks_may_be_left_out(typed, marked):
    assert asked(typed) == asked(marked)


@given(st.permutations(["nông nghiệp", "đang hoạt động", "xếp loại tốt"]))
def test_the_order_of_what_narrows_a_name_does_not_matter(parts):
    found = facets_of(f"số HTX {' '.join(parts)}", "HTX", "HTX")
    assert found == Facets(
        unit="HTX", states=ACTIVE, classes=classes(sector="nông nghiệp", grade="tốt")
    )
