"""Laws cut at khoản: headings told from references, every word kept, every place named."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.reading import Block, BlockKind
from ingest.structure.cutting import LEAD_WORDS, LONG_WORDS, Draft
from ingest.structure.laws import cut_law, is_law, preamble
from ingest.structure.lines import lay_out


def cut(*paragraphs: str) -> list[Draft]:
    text, lines = lay_out(Block(kind=BlockKind.PARAGRAPH, text=one) for one in paragraphs)
    drafts = cut_law(text, lines)
    assert all(text[one.start : one.start + len(one.text)] == one.text for one in drafts)
    return drafts


def law_like(*paragraphs: str) -> bool:
    return is_law(lay_out(Block(kind=BlockKind.PARAGRAPH, text=one) for one in paragraphs)[1])


def articles(drafts: list[Draft]) -> list[str]:
    return [number for number, _ in itertools.groupby(draft.article for draft in drafts)]


LONG_POINT = "thành viên được mượn máy cày của tổ theo lịch đã chia trong vụ " * 4

BEGINNING = ("Điều 1. Phạm vi", "Quy định này nói về máy cày dùng chung.")


class TestHeadings:
    @pytest.mark.parametrize(
        ("paragraphs", "numbers"),
        [
            pytest.param(
                (*BEGINNING, "Điều 2. Lịch mượn", "Tổ chia lịch mỗi vụ."), ["1", "2"], id="in order"
            ),
            pytest.param(
                (*BEGINNING, "Điều 2", "Tổ chia lịch.", "Điều 3.", "Lịch dán ở kho."),
                ["1", "2", "3"],
                id="without a title",
            ),
            pytest.param(
                (*BEGINNING, "Điều 2: Lịch mượn", "Tổ chia lịch."), ["1", "2"], id="with a colon"
            ),
            pytest.param(
                (*BEGINNING, "Điều 1a. Lịch thêm", "Tổ chia lịch.", "Điều 2. Phí", "Không có."),
                ["1", "1a", "2"],
                id="a number with a letter",
            ),
            pytest.param(
                (*BEGINNING, "Điều 4. Phí mượn", "Mượn không mất tiền."), ["1", "4"], id="a gap"
            ),
            pytest.param(
                (*BEGINNING, "Điều 2. Phí", "Không có.", "QUY CHẾ", "Điều 1. Kho", "Kho ở đình."),
                ["1", "2", "1"],
                id="a second text that begins anew",
            ),
            pytest.param(
                (
                    *BEGINNING,
                    "Việc chia lịch theo quy định tại",
                    "Điều 5 của Luật này.",
                    "Điều 2. Phí",
                    "Không.",
                ),
                ["1", "2"],
                id="a reference brought to the front",
            ),
            pytest.param(
                (
                    *BEGINNING,
                    "Mức phí được nêu tại",
                    "Điều 9. Riêng máy cũ thì miễn.",
                    "Điều 2. Phí",
                    "Không.",
                ),
                ["1", "2"],
                id="a reference that ends its sentence",
            ),
            pytest.param(
                (
                    "Điều 1. Sửa đổi",
                    "Điều 7 được sửa như sau:",
                    "“Điều 7. Phí",
                    "Phí là 5%.”",
                    "Điều 2. Hiệu lực",
                    "Từ nay.",
                ),
                ["1", "2"],
                id="a quoted amendment",
            ),
            pytest.param(
                (
                    "Điều 1. Sửa đổi",
                    "Sửa hai điều như sau:",
                    "“Điều 7. Phí",
                    "Phí là 5%.",
                    "Điều 8. Kho",
                    "Kho ở đình.”",
                    "Điều 2. Hiệu lực",
                    "Từ nay.",
                ),
                ["1", "2"],
                id="a quoted amendment of two articles",
            ),
            pytest.param(
                (
                    "Điều 1. Sửa đổi",
                    "Sửa như sau:",
                    "Điều 9. Phí",
                    "Phí là 5%.",
                    "Điều 2. Hiệu lực",
                    "Từ nay.",
                ),
                ["1", "2"],
                id="an amendment without quotation marks",
            ),
        ],
    )
    def test_headings_are_told_from_references(self, paragraphs, numbers):
        assert articles(cut(*paragraphs)) == numbers

    def test_what_stands_before_the_first_article_is_no_passage(self):
        drafts = cut("CHÍNH PHỦ", "Căn cứ Luật Hợp tác xã;", *BEGINNING)
        assert [draft.text for draft in drafts] == [BEGINNING[1]]

    @pytest.mark.parametrize(
        ("paragraphs", "breadcrumb"),
        [
            pytest.param(
                ("CHƯƠNG I", "QUY ĐỊNH CHUNG", *BEGINNING),
                "Chương I. QUY ĐỊNH CHUNG > Điều 1. Phạm vi",
                id="the title on the next line",
            ),
            pytest.param(
                ("Chương I. Quy định chung", *BEGINNING),
                "Chương I. Quy định chung > Điều 1. Phạm vi",
                id="the title behind a point",
            ),
            pytest.param(
                ("Chương I QUY ĐỊNH CHUNG", *BEGINNING),
                "Chương I. QUY ĐỊNH CHUNG > Điều 1. Phạm vi",
                id="the title behind a space",
            ),
            pytest.param(
                ("Chương I", "QUY ĐỊNH CHUNG", "Mục 2", "MÁY CÀY", *BEGINNING),
                "Chương I. QUY ĐỊNH CHUNG > Mục 2. MÁY CÀY > Điều 1. Phạm vi",
                id="a section below",
            ),
            pytest.param(
                ("Chương I", "Mục 1. KHO", "Chương II", "MÁY CÀY", *BEGINNING),
                "Chương II. MÁY CÀY > Điều 1. Phạm vi",
                id="a new chapter closes the section",
            ),
            pytest.param(
                ("Chương I", *BEGINNING), "Chương I > Điều 1. Phạm vi", id="without a title"
            ),
            pytest.param(
                ("Chương trình tập huấn", "Mục tiêu: tăng vốn", *BEGINNING),
                "Điều 1. Phạm vi",
                id="words that only begin like one",
            ),
        ],
    )
    def test_divisions_stand_above_their_articles(self, paragraphs, breadcrumb):
        assert cut(*paragraphs)[0].breadcrumb == breadcrumb

    def test_a_division_between_articles_belongs_to_neither_text(self):
        drafts = cut(*BEGINNING, "Chương II MÁY VÀ KHO CHUNG", "Điều 2. Kho", "Kho ở đình.")
        assert [draft.text for draft in drafts] == [BEGINNING[1], "Kho ở đình."]
        assert drafts[1].breadcrumb == "Chương II. MÁY VÀ KHO CHUNG > Điều 2. Kho"

    def test_a_division_named_in_a_sentence_opens_nothing(self):
        drafts = cut(*BEGINNING, "Mục 3 và Mục 4 của bản này do tổ trưởng giữ.")
        assert drafts[-1].text.endswith("tổ trưởng giữ.")


FIRST = "1. Thành viên muốn mượn máy cày thì báo cho tổ trưởng trước ba ngày và ghi rõ thửa ruộng."
SECOND = (
    "2. Tổ trưởng xếp lịch theo thứ tự báo trước, ruộng gần nhau thì xếp liền nhau trong một buổi."
)


class TestClauses:
    def test_each_clause_is_a_passage_with_its_place(self):
        drafts = cut("Điều 4. Mượn máy", FIRST, SECOND)
        assert [draft.text for draft in drafts] == [FIRST, SECOND]
        assert [draft.clause for draft in drafts] == ["1", "2"]
        assert [draft.locator for draft in drafts] == ["Điều 4 khoản 1", "Điều 4 khoản 2"]
        assert {draft.heading for draft in drafts} == {"Điều 4. Mượn máy"}
        assert drafts[0].breadcrumb == "Điều 4. Mượn máy > khoản 1"

    def test_points_belong_to_their_clause(self):
        drafts = cut(
            "Điều 4. Mượn máy", "1. Giấy tờ gồm:", "a) Đơn mượn;", "b) Sổ thành viên.", SECOND
        )
        assert drafts[0].text == "1. Giấy tờ gồm:\na) Đơn mượn;\nb) Sổ thành viên."

    def test_short_neighbours_are_joined(self):
        drafts = cut(
            "Điều 4. Giờ", "1. Kho mở sáng.", "2. Kho đóng tối.", FIRST.replace("1.", "3.")
        )
        assert [draft.clause for draft in drafts] == ["1-2", "3"]
        assert drafts[0].text == "1. Kho mở sáng.\n2. Kho đóng tối."
        assert drafts[0].locator == "Điều 4 khoản 1-2"

    def test_a_number_out_of_turn_begins_no_clause(self):
        drafts = cut(
            "Điều 4. Mượn máy",
            FIRST,
            "7. lít dầu là mức cho mỗi sào ruộng khô trong vụ đông xuân năm nay ở đây.",
            SECOND,
        )
        assert [draft.clause for draft in drafts] == ["1", "2"]
        assert "7. lít dầu" in drafts[0].text

    def test_a_lead_before_the_first_clause_is_kept(self):
        lead = "Người mượn máy phải giữ máy như của mình và làm đúng các việc được ghi dưới đây trong cả vụ."
        drafts = cut("Điều 4. Mượn máy", lead, FIRST, SECOND)
        assert drafts[0].text == lead
        assert (drafts[0].clause, drafts[0].locator) == ("", "Điều 4")

    def test_a_long_clause_is_split_between_its_points(self):
        points = [f"{letter}) {LONG_POINT.strip()};" for letter in "abcdđe"]
        drafts = cut("Điều 4. Mượn máy", "1. Các trường hợp được mượn trước:", *points, SECOND)
        parts = [draft for draft in drafts if draft.clause == "1"]
        assert len(parts) > 1
        assert "\n".join(draft.text for draft in parts).split("\n")[1:] == points
        assert all(len(draft.text.split()) <= LONG_WORDS for draft in parts)
        assert parts[0].lead == ""
        assert {draft.lead for draft in parts[1:]} == {"1. Các trường hợp được mượn trước:"}
        assert parts[-1].locator.startswith("Điều 4 khoản 1 điểm ")
        assert parts[-1].locator.endswith("e")

    def test_the_lead_of_a_later_part_is_short(self):
        drafts = cut(
            "Điều 4. Mượn máy", f"1. {LONG_POINT * 5}. Phần sau nói về kho. {LONG_POINT * 3}."
        )
        assert len(drafts) > 1
        assert 0 < len(drafts[1].lead.split()) <= LEAD_WORDS

    def test_a_single_point_is_named_alone(self):
        points = [f"{letter}) {(LONG_POINT * 3).strip()};" for letter in "ab"]
        drafts = cut("Điều 4. Mượn máy", "1. Gồm:", *points)
        assert drafts[-1].locator == "Điều 4 khoản 1 điểm b"

    def test_an_article_without_a_body_is_its_heading(self):
        drafts = cut(*BEGINNING, "Điều 2. Bãi bỏ")
        assert drafts[-1].text == "Điều 2. Bãi bỏ"

    def test_an_article_without_clauses_is_one_passage(self):
        draft = cut("Điều 4. Mượn máy", "Máy ở kho.", "Kho ở đình.")[0]
        assert (draft.text, draft.clause, draft.locator) == (
            "Máy ở kho.\nKho ở đình.",
            "",
            "Điều 4",
        )

    def test_an_article_without_a_title_is_named_by_its_number(self):
        assert cut("Điều 4.", "Máy ở kho.")[0].heading == "Điều 4"

    def test_a_passage_knows_its_page(self):
        blocks = [
            Block(kind=BlockKind.PARAGRAPH, text="Điều 4. Mượn máy", page=1),
            Block(kind=BlockKind.PARAGRAPH, text=FIRST, page=1),
            Block(kind=BlockKind.PARAGRAPH, text=SECOND, page=2),
        ]
        text, lines = lay_out(blocks)
        assert [draft.page for draft in cut_law(text, lines)] == [1, 2]


class TestKind:
    @pytest.mark.parametrize(
        ("paragraphs", "is_one"),
        [
            pytest.param((*BEGINNING, "Điều 2. Kho", "Ở đình."), True, id="two articles"),
            pytest.param(
                ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Điều 1. Kho", "Ở đình."),
                True,
                id="one article under the name of the state",
            ),
            pytest.param(
                ("Tỉnh có 12 HTX.", "Điều 5 của Luật này được nhắc lại."), False, id="a report"
            ),
            pytest.param(BEGINNING, False, id="one article alone"),
            pytest.param((), False, id="nothing"),
        ],
    )
    def test_a_law_is_told(self, paragraphs, is_one):
        assert law_like(*paragraphs) is is_one

    def test_the_preamble_ends_before_the_first_division(self):
        paragraphs = ("CHÍNH PHỦ", "Số: 901/2024/NĐ-CP", "Chương I", "QUY ĐỊNH CHUNG", *BEGINNING)
        _, lines = lay_out(Block(kind=BlockKind.PARAGRAPH, text=one) for one in paragraphs)
        assert [line.text for line in preamble(lines)] == list(paragraphs[:2])


WORDS = st.sampled_from(
    [
        "máy",
        "cày",
        "kho",
        "lúa",
        "tổ",
        "viên",
        "mượn",
        "trả",
        "góp",
        "vốn",
        "họp",
        "ghi",
        "sổ",
        "vụ",
        "đông",
        "xuân",
        "5%",
        "2.000",
        "Luật",
        "này;",
        "khoản",
        "1",
    ]
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=60).map(lambda words: " ".join(words) + ".")
REFERENCES = st.sampled_from(
    ["Điều 5 của Luật này.", "Điều 7 và Điều 8 nói khác.", "khoản 2 Điều này;", "“Điều 9. Phí"]
)


@st.composite
def laws(draw: st.DrawFn) -> list[tuple[str, bool]]:
    """Lines of a law, with whether each belongs to the body of an article."""
    lines: list[tuple[str, bool]] = [("NGHỊ ĐỊNH", False)]
    for number in range(1, draw(st.integers(1, 5)) + 1):
        if draw(st.booleans()):
            lines.append((f"Chương {'I' * draw(st.integers(1, 3))}", False))
            lines += [("QUY ĐỊNH CHUNG", False)] * draw(st.booleans())
        title = draw(st.sampled_from(["", ".", ". Máy cày", ". Tổ hợp tác: quyền và nghĩa vụ"]))
        lines.append((f"Điều {number}{title}", False))
        lines += [(text, True) for text in draw(st.lists(SENTENCES, max_size=2))]
        for clause in range(1, draw(st.integers(0, 4)) + 1):
            lines.append((f"{clause}. {draw(SENTENCES)}", True))
            letters = "abcdđ"[: draw(st.integers(0, 5))]
            lines += [(f"{letter}) {draw(SENTENCES)}", True) for letter in letters]
            lines += [(text, True) for text in draw(st.lists(REFERENCES, max_size=1))]
    return lines


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(laws())
def test_every_passage_is_its_slice_and_no_word_of_the_body_is_lost(drawn):
    text, lines = lay_out(Block(kind=BlockKind.PARAGRAPH, text=line) for line, _ in drawn)
    drafts = cut_law(text, lines)
    covered: set[int] = set()
    for draft in drafts:
        assert text[draft.start : draft.start + len(draft.text)] == draft.text
        covered.update(range(draft.start, draft.start + len(draft.text)))
    for line, (_, body) in zip(lines, drawn, strict=True):
        if body:
            lost = [
                at for at in range(line.start, line.end) if at not in covered and text[at] != " "
            ]
            assert not lost, line.text
    starts = [draft.start for draft in drafts]
    assert starts == sorted(set(starts)), "in order, none twice"


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(laws())
def test_no_two_passages_of_a_law_overlap_and_each_has_its_article(drawn):
    text, lines = lay_out(Block(kind=BlockKind.PARAGRAPH, text=line) for line, _ in drawn)
    drafts = cut_law(text, lines)
    wanted = [
        line.split()[1].rstrip(".:") for line, body in drawn if line.startswith("Điều") and not body
    ]
    assert articles(drafts) == wanted
    for one, other in itertools.pairwise(drafts):
        assert one.start + len(one.text) <= other.start
    for draft in drafts:
        assert draft.heading.startswith(f"Điều {draft.article}")
        assert draft.locator.startswith(f"Điều {draft.article}")
        assert draft.breadcrumb.count(draft.heading) == 1
