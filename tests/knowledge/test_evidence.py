"""What is quoted: always one slice of the document, whole clauses, short enough for a phone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.answering.evidence import Limits, choose, cite
from knowledge.in_force import Standings
from knowledge.model import Audience, Citation, Effect, Kind, Passage, Question
from knowledge.search.library import Library
from knowledge.search.ranking import Hit
from knowledge.vietnamese.text import search_key, tokens
from tests.builders import REPORT, Stand, write_all

POINTS = [
    f"{letter}) Thành viên {what} thì được mượn máy cày trước những người khác trong cả vụ, với điều "
    "kiện đã trả đủ phí dầu của vụ trước và đã dự buổi họp chia lịch do tổ trưởng gọi vào đầu vụ;"
    for letter, what in zip(
        "abcdđeg",
        ["là hộ nghèo", "có ruộng trũng", "ở xa kho", "góp trâu", "góp đất", "mới vào", "bị ốm"],
        strict=True,
    )
]
CLAUSES = [
    "1. Máy cày của tổ được chia lịch theo tuần, mỗi tuần bảy ngày, mỗi ngày hai buổi, do tổ trưởng ghi "
    "vào sổ treo ở kho để ai cũng xem được.",
    "2. Các trường hợp được mượn trước gồm:\n" + "\n".join(POINTS),
    "3. Người mượn trả phí dầu 20 nghìn đồng một sào ngay trong ngày, chậm quá ba ngày thì buổi sau xếp "
    "cuối lịch của tuần đó.",
]
LAW = "\n\n".join(
    [
        "ỦY BAN NHÂN DÂN XÃ BA TRI",
        "Số: 903/2024/QĐ-UBND",
        "QUYẾT ĐỊNH",
        "VỀ MÁY CÀY DÙNG CHUNG",
        "Điều 1. Kho",
        "Kho lạnh mở sáng, đóng tối.",
        "Chìa khóa do tổ phó giữ.",
        "Điều 2. Lịch mượn máy cày",
        *"\n".join(CLAUSES).split("\n"),
        "Điều 3. Hiệu lực",
        "Quyết định này có hiệu lực từ ngày 01/5/2024.",
    ]
)


@dataclass(repr=False)
class Shelf:
    """A library that a failing property does not print."""

    library: Library

    def document(self, name: str) -> str:
        return next(one.id for one in self.library.documents.values() if one.source == name)

    def passages(self, name: str, article: str = "") -> list[Passage]:
        found = [one for members in self.library.units.values() for one in members]
        return [
            one
            for one in sorted(found, key=lambda one: one.ordinal)
            if one.document == self.document(name) and article in ("", one.article)
        ]

    def hits(self, passages: list[Passage], *own: float) -> list[Hit]:
        return [
            Hit(passage=passage, score=3.0, own=score)
            for passage, score in zip(passages, own, strict=True)
        ]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    base = tmp_path_factory.mktemp("evidence")
    stand = Stand(base / "var")
    files = {"luat.txt": LAW, "bao-cao.txt": REPORT}
    stand.ingestion().ingest([write_all(base / "documents", files)])
    return Shelf(stand.assistant().library())


def question(text: str) -> Question:
    words = tokens(search_key(text))
    return Question(text=text, understood=text, query=" ".join(words), content=tuple(words))


class TestWhatIsQuoted:
    def test_a_short_article_comes_whole(self, shelf):
        kho = shelf.passages("luat.txt", "1")
        citation = choose(shelf.library, question("chìa khóa kho"), shelf.hits(kho[-1:], 2.0))[0]
        assert citation.quote == "Kho lạnh mở sáng, đóng tối.\nChìa khóa do tổ phó giữ."
        assert citation.locator == "Điều 1"

    def test_the_parts_of_a_split_clause_come_back_together(self, shelf):
        parts = [one for one in shelf.passages("luat.txt", "2") if one.clause == "2"]
        assert len(parts) > 1, "the clause is long enough to be split"
        limits = Limits(quote=5_000, short_article=10)
        found = choose(shelf.library, question("hộ nghèo"), shelf.hits(parts[:1], 2.0), limits)[0]
        assert found.quote == CLAUSES[1]
        assert found.locator == "Điều 2 khoản 2"

    def test_only_the_clause_that_answers_is_quoted_of_a_long_article(self, shelf):
        third = [one for one in shelf.passages("luat.txt", "2") if one.clause == "3"]
        citation = choose(shelf.library, question("phí dầu"), shelf.hits(third, 2.0))[0]
        assert citation.quote == CLAUSES[2]
        assert citation.locator == "Điều 2 khoản 3"

    def test_a_neighbour_that_answers_as_well_is_quoted_with_it(self, shelf):
        passages = shelf.passages("luat.txt", "2")
        limits = Limits(quote=5_000, short_article=10)
        near = choose(
            shelf.library,
            question("lịch"),
            shelf.hits([passages[-1], passages[-2]], 2.0, 1.9),
            limits,
        )
        far = choose(
            shelf.library,
            question("lịch"),
            shelf.hits([passages[-1], passages[-2]], 2.0, 0.1),
            limits,
        )
        assert near[0].quote.endswith(CLAUSES[2])
        assert len(near[0].quote) > len(far[0].quote)
        assert near[0].locator == "Điều 2 khoản 2-3"
        assert far[0].quote == CLAUSES[2]

    def test_of_a_report_it_is_the_sentence_that_answers(self, shelf):
        income = shelf.passages("bao-cao.txt")
        passage = next(one for one in income if "Doanh thu" in one.text)
        citation = choose(
            shelf.library, question("doanh thu bình quân"), shelf.hits([passage], 2.0)
        )[0]
        assert citation.quote == passage.text
        assert citation.kind is Kind.REPORT
        assert citation.place == "Bến Tre"
        assert citation.period == "2023"

    def test_without_hits_there_is_no_citation(self, shelf):
        assert choose(shelf.library, question("kho"), []) == []

    def test_a_source_far_behind_the_best_is_not_shown(self, shelf):
        kho, hieu_luc = shelf.passages("luat.txt", "1"), shelf.passages("luat.txt", "3")
        hits = [
            Hit(passage=kho[0], score=3.0, own=2.0),
            Hit(passage=hieu_luc[0], score=-4.0, own=0.1),
        ]
        found = choose(shelf.library, question("kho"), hits)
        assert [citation.article for citation in found] == ["1"]
        assert len(choose(shelf.library, question("kho"), hits, Limits(behind=9.0))) == 2
        assert len(choose(shelf.library, question("kho"), hits, Limits(behind=9.0, sources=1))) == 1

    def test_an_expired_rule_carries_its_day(self, shelf):
        library, passage = shelf.library, shelf.passages("luat.txt", "1")[0]
        assert cite(library, passage).standing.ends is None
        document = library.documents[passage.document]
        ended = replace(document, effects=(Effect(ends=date(2025, 1, 1)),))
        known = {Audience.ADMINS: Standings.of([ended])}
        expired = replace(library, documents={document.id: ended}, standings=known)
        assert cite(expired, passage).standing.ends == date(2025, 1, 1)


class TestLocators:
    def test_the_stretch_is_named_from_its_first_to_its_last_clause(self, shelf):
        passages = shelf.passages("luat.txt", "2")
        assert cite(shelf.library, passages[0]).locator == "Điều 2 khoản 1"
        assert cite(shelf.library, passages[0], passages[-1]).locator == "Điều 2 khoản 1-3"
        assert cite(shelf.library, passages[-1]).locator == "Điều 2 khoản 3"

    def test_a_later_part_of_a_clause_names_its_points(self, shelf):
        parts = [one for one in shelf.passages("luat.txt", "2") if one.clause == "2"]
        assert cite(shelf.library, parts[-1]).locator.startswith("Điều 2 khoản 2 điểm ")

    def test_a_citation_names_the_document_as_its_head_does(self, shelf):
        citation = cite(shelf.library, shelf.passages("luat.txt", "3")[0])
        assert citation.number == "903/2024/QĐ-UBND"
        assert citation.source == "luat.txt"
        assert citation.article == "3"


def in_order(pieces: tuple[str, ...], text: str) -> bool:
    """Tell whether the pieces stand in a text one behind another."""
    place = 0
    for piece in pieces:
        place = text.find(piece, place)
        if place < 0:
            return False
        place += len(piece)
    return True


def check(shelf: Shelf, citation: Citation, shown: int) -> None:
    assert citation.quote
    assert citation.quote in shelf.library.texts[citation.document]
    assert citation.quote == citation.quote.strip()
    assert citation.excerpt
    assert in_order(citation.excerpt, citation.quote)
    used = sum(len(piece) for piece in citation.excerpt)
    assert used <= shown or len(citation.excerpt) == 1
    if len(citation.quote) <= shown:
        assert citation.excerpt == (citation.quote,)


@settings(deadline=None)
@given(st.data())
def test_every_quotation_is_a_slice_of_its_document_and_its_excerpt_verbatim(shelf, data):
    passages = shelf.passages("luat.txt") + shelf.passages("bao-cao.txt")
    chosen = data.draw(
        st.lists(st.sampled_from(passages), min_size=1, unique_by=lambda one: one.id)
    )
    scores = data.draw(st.lists(st.floats(0.1, 4), min_size=len(chosen), max_size=len(chosen)))
    units = {one.unit: score for one, score in zip(chosen, scores, strict=True)}
    hits = sorted(
        (
            Hit(passage=one, score=units[one.unit], own=own)
            for one, own in zip(chosen, scores, strict=True)
        ),
        key=lambda hit: (-hit.score, hit.passage.unit, -hit.own),
    )
    limits = Limits(
        quote=data.draw(st.integers(50, 4_000)),
        short_article=data.draw(st.integers(0, 2_000)),
        shown=(data.draw(st.integers(60, 900)), data.draw(st.integers(60, 400))),
    )
    words = data.draw(
        st.lists(st.sampled_from(["phí", "dầu", "kho", "nghèo", "vốn", "dừa"]), max_size=3)
    )
    citations = choose(shelf.library, question(" ".join(words)), hits, limits)
    assert 1 <= len(citations) <= limits.sources
    for place, citation in enumerate(citations):
        check(shelf, citation, limits.shown[min(place, 1)])


class TestExcerpts:
    def cut(self, shelf: Shelf, text: str, shown: int) -> Citation:
        parts = [one for one in shelf.passages("luat.txt", "2") if one.clause == "2"]
        limits = Limits(quote=5_000, short_article=10, shown=(shown, shown))
        return choose(shelf.library, question(text), shelf.hits(parts[:1], 2.0), limits)[0]

    def test_what_fits_is_shown_whole(self, shelf):
        citation = self.cut(shelf, "hộ nghèo", 5_000)
        assert citation.excerpt == (citation.quote,)

    def test_the_pieces_that_hold_what_is_asked_are_shown(self, shelf):
        citation = self.cut(shelf, "góp trâu", 500)
        shown = " ".join(citation.excerpt)
        assert "góp trâu" in shown
        assert "ở xa kho" not in shown
        assert citation.excerpt[0].startswith("2. Các trường hợp được mượn trước gồm:")

    def test_pieces_are_whole_lines(self, shelf):
        citation = self.cut(shelf, "góp đất", 500)
        lines = [line for piece in citation.excerpt for line in piece.split("\n")]
        assert set(lines) <= set(CLAUSES[1].split("\n"))

    @pytest.mark.parametrize("following", ["Đến nay", "Ủy ban", "Ở đó", "Tổ nào"])
    def test_a_sentence_may_begin_with_any_capital(self, tmp_path, following):
        first = "Toàn xã Ba Tri có 12 hợp tác xã trồng dừa sáp."
        filler = f"{following} người ta vẫn cày bừa bằng trâu, chờ nước lớn mới xuống giống. " * 12
        text = f"Kinh tế tập thể tỉnh Bến Tre năm 2023\n\n{first} {filler}\n"
        stand = Stand(tmp_path / "var")
        stand.ingestion().ingest([write_all(tmp_path / "documents", {"tin.txt": text})])
        one = Shelf(stand.assistant().library())
        passage = next(item for item in one.passages("tin.txt") if first in item.text)
        hits = one.hits([passage], 2.0)
        citation = choose(one.library, question("hợp tác xã trồng dừa sáp"), hits)[0]
        assert citation.quote == first
