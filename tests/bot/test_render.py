"""An answer in words and in JSON: the contract of the command line, and every quotation verbatim."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import texts
from bot.saying.render import (
    answer_json,
    answer_text,
    citation_json,
    figure_json,
    name_of,
    source_line,
)
from knowledge.model import (
    Answer,
    Citation,
    Comparator,
    Figure,
    FigureKind,
    Kind,
    Language,
    Operation,
    Question,
    Reason,
    Status,
)
from knowledge.standing import Standing

VI, EN = Language.VIETNAMESE, Language.ENGLISH
QUOTE = (
    "1. Khoản vay để mua giống có thời hạn không quá chín tháng.\n2. Khoản vay mua máy: bốn năm."
)


def a_citation(**more: Any) -> Citation:
    plain = Citation(
        document="d1",
        source="nghi-dinh.txt",
        title="Nghị định về quỹ đổi mới",
        number="901/2024/NĐ-CP",
        article="5",
        locator="Điều 5 khoản 1-2",
        page=None,
        quote=QUOTE,
        kind=Kind.LAW,
        excerpt=(QUOTE,),
    )
    return replace(plain, **more)


def an_answer(*citations: Citation, **more: Any) -> Answer:
    question = Question(text="Vay bao lâu?", understood="Vay bao lâu?", query="vay bao lâu")
    plain = Answer(question=question, status=Status.ANSWERED, citations=citations)
    return replace(plain, **more)


def in_english(answer: Answer) -> Answer:
    return replace(answer, question=replace(answer.question, language=EN))


FIGURE = Figure(
    indicator="tổng số HTX",
    subject="HTX",
    value=Decimal(187),
    unit="HTX",
    place="Bến Tre",
    period="2023",
    kind=FigureKind.ACTUAL,
    comparator=Comparator.EQUAL,
    document="d2",
    source="bao-cao.txt",
    quote="có 187 hợp tác xã",
)
REPORT = a_citation(
    kind=Kind.REPORT,
    title="Kinh tế tập thể tỉnh Bến Tre năm 2023",
    source="bao-cao.txt",
    number="",
    article="",
    locator="Vốn, trang 2",
    page=2,
    place="Bến Tre",
    period="2023",
)
DIGEST = a_citation(
    kind=Kind.DIGEST, number="", article="11", locator="Điều 11 Nghị định 902/2024/NĐ-CP"
)


class TestJson:
    def test_an_answer_has_exactly_the_keys_of_the_contract(self):
        found = answer_json(an_answer(a_citation()), latency_ms=31, identity="q7")
        assert list(found) == [
            "id",
            "question",
            "understood",
            "status",
            "answer",
            "citations",
            "figures",
            "suggestions",
            "latency_ms",
        ]
        assert found["id"] == "q7"
        assert found["status"] == "answered"
        assert found["latency_ms"] == 31

    def test_a_citation_has_exactly_the_keys_of_the_contract(self):
        assert citation_json(a_citation()) == {
            "document": "d1",
            "source": "nghi-dinh.txt",
            "title": "Nghị định về quỹ đổi mới",
            "number": "901/2024/NĐ-CP",
            "article": "5",
            "locator": "Điều 5 khoản 1-2",
            "page": None,
            "quote": QUOTE,
        }

    def test_what_a_report_has_not_is_null(self):
        found = citation_json(REPORT)
        assert (found["number"], found["article"], found["page"]) == (None, None, 2)

    def test_a_figure_has_exactly_the_keys_of_the_contract(self):
        assert figure_json(FIGURE) == {
            "indicator": "tổng số HTX",
            "subject": "HTX",
            "value": 187,
            "value_max": None,
            "comparator": "=",
            "unit": "HTX",
            "place": "Bến Tre",
            "period": "2023",
            "kind": "actual",
            "document": "d2",
            "source": "bao-cao.txt",
            "quote": "có 187 hợp tác xã",
        }

    @pytest.mark.parametrize(
        ("value", "number"),
        [("187", 187), ("2.50", 2.5), ("-3", -3), ("0", 0), ("1.2E+9", 1_200_000_000)],
    )
    def test_values_are_numbers_without_a_needless_point(self, value, number):
        shown = figure_json(replace(FIGURE, value=Decimal(value), value_max=Decimal(value)))
        assert shown["value"] == shown["value_max"] == number
        assert type(shown["value"]) is type(number)

    @pytest.mark.parametrize("status", list(Status))
    def test_it_is_json_in_every_status(self, status):
        more: dict[str, Any] = {"reason": Reason.NO_SUCH_PLACE, "detail": "Cà Mau"}
        answer = an_answer(
            a_citation(), figures=(FIGURE,), suggestions=("Bến Tre?",), status=status
        )
        whole = answer if status is Status.ANSWERED else replace(answer, **more)
        found = json.loads(json.dumps(answer_json(whole, latency_ms=1), ensure_ascii=False))
        assert found["status"] == status.value
        assert found["suggestions"] == ["Bến Tre?"]
        assert [one["quote"] for one in found["citations"]] == [QUOTE]


class TestWords:
    @pytest.mark.parametrize(
        "citation",
        [
            pytest.param(a_citation(), id="of a law"),
            pytest.param(REPORT, id="of a report"),
            pytest.param(DIGEST, id="of a digest"),
            pytest.param(a_citation(kind=Kind.TABLE, locator="Vốn, dòng 4"), id="of a table"),
            pytest.param(a_citation(excerpt=("1. Khoản vay", "bốn năm.")), id="in pieces"),
            pytest.param(a_citation(excerpt=()), id="without an excerpt"),
            pytest.param(
                a_citation(quote="{0} 100% <b>", excerpt=("{0} 100% <b>",)), id="odd signs"
            ),
        ],
    )
    @pytest.mark.parametrize("language", list(Language))
    def test_every_quotation_is_shown_verbatim(self, citation, language):
        answer = an_answer(citation, citation)
        answer = replace(answer, question=replace(answer.question, language=language))
        shown = answer_text(answer)
        for piece in citation.excerpt or (citation.quote,):
            assert shown.count(piece) >= 2
        assert citation.source in shown
        assert "[1]" in shown
        assert "[2]" in shown

    @settings(deadline=None)
    @given(st.lists(st.text(min_size=1), min_size=1, max_size=3))
    def test_any_quotation_is_shown_verbatim(self, pieces):
        shown = answer_text(an_answer(a_citation(quote=" ".join(pieces), excerpt=tuple(pieces))))
        assert f" {texts.CUT} ".join(pieces) in shown

    def test_what_was_left_out_is_marked(self):
        whole = answer_text(an_answer(a_citation()))
        parts = answer_text(an_answer(a_citation(excerpt=("1. Khoản vay", "bốn năm."))))
        assert texts.CUT not in whole
        assert f"1. Khoản vay {texts.CUT} bốn năm." in parts

    def test_an_expired_rule_is_told_as_expired(self):
        shown = answer_text(an_answer(a_citation(standing=Standing(ends=date(2025, 3, 9)))))
        assert "09/03/2025" in shown
        assert "hết hiệu lực" in shown
        assert "hết hiệu lực" not in answer_text(an_answer(a_citation()))

    def test_a_partial_answer_names_what_is_missing(self):
        answer = an_answer(
            REPORT, status=Status.PARTIAL, reason=Reason.NO_SUCH_PLACE, detail="Cà Mau"
        )
        shown = answer_text(answer)
        assert QUOTE in shown
        assert texts.REASONS[Reason.NO_SUCH_PLACE][VI].format(detail="Cà Mau") in shown

    @pytest.mark.parametrize("reason", [one for one in Reason if one is not Reason.NONE])
    @pytest.mark.parametrize("language", list(Language))
    def test_every_reason_has_words_in_both_languages(self, reason, language):
        answer = an_answer(status=Status.NOT_FOUND, reason=reason, detail="Điều 130")
        answer = replace(answer, question=replace(answer.question, language=language))
        shown = answer_text(answer)
        assert texts.REASONS[reason][language].format(detail="Điều 130") in shown
        assert "{" not in shown

    def test_what_is_not_found_is_followed_by_what_is_nearest_and_whom_to_ask(self):
        answer = an_answer(status=Status.NOT_FOUND, reason=Reason.NOT_COVERED, nearest=(REPORT,))
        shown = answer_text(answer)
        assert "Không có trong tài liệu" in shown
        assert "1. Khoản vay để mua giống có thời hạn không quá chín tháng." in shown
        assert texts.WHOM_TO_ASK[VI] in shown

    def test_a_long_nearest_passage_is_cut_and_says_so(self):
        long = a_citation(quote="máy cày " * 200)
        shown = answer_text(an_answer(status=Status.NOT_FOUND, nearest=(long,)))
        assert len(shown) < 900
        assert "…" in shown

    def test_a_refusal_sends_nobody_elsewhere(self):
        answer = an_answer(status=Status.REFUSED, reason=Reason.SECRET)
        assert texts.WHOM_TO_ASK[VI] not in answer_text(answer)

    def test_a_question_read_otherwise_than_typed_is_shown_as_read(self):
        typed = Question(text="vay bao lau", understood="vay bao lâu", query="vay bao lâu")
        assert "vay bao lâu" in answer_text(replace(an_answer(a_citation()), question=typed))
        assert "Vay bao lâu?" not in answer_text(an_answer(a_citation()))

    def test_an_english_question_gets_an_english_frame_around_vietnamese_words(self):
        shown = answer_text(in_english(an_answer(a_citation())))
        assert shown.startswith("According to")
        assert "Sources:" in shown
        assert QUOTE in shown


class TestNames:
    @pytest.mark.parametrize(
        ("locator", "name"),
        [
            ("Điều 5", "Điều 5 Nghị định về quỹ đổi mới 901/2024/NĐ-CP"),
            ("Điều 5 khoản 1", "khoản 1 Điều 5 Nghị định về quỹ đổi mới 901/2024/NĐ-CP"),
            (
                "Điều 5 khoản 1 điểm a-c",
                "điểm a-c khoản 1 Điều 5 Nghị định về quỹ đổi mới 901/2024/NĐ-CP",
            ),
        ],
    )
    def test_a_law_is_named_from_the_point_to_the_document(self, locator, name):
        assert name_of(a_citation(locator=locator), VI) == name

    def test_a_report_is_named_by_its_title_and_scope(self):
        assert name_of(REPORT, VI) == "“Kinh tế tập thể tỉnh Bến Tre năm 2023” (Bến Tre, 2023)"
        assert name_of(replace(REPORT, place="", period=""), VI).endswith("năm 2023”")
        assert "bao-cao.txt" in name_of(replace(REPORT, title=""), VI)

    @pytest.mark.parametrize("language", list(Language))
    def test_a_digest_says_that_it_does_not_replace_the_law(self, language):
        for text in (name_of(DIGEST, language), source_line(DIGEST, language)):
            assert "Điều 11 Nghị định 902/2024/NĐ-CP" in text
            assert "không thay văn bản gốc" in text or "does not replace" in text

    def test_a_long_title_is_left_to_its_number(self):
        long = "Nghị định quy định chi tiết và hướng dẫn thi hành một số điều của Luật Hợp tác xã"
        shown = name_of(a_citation(title=long), VI)
        assert "901/2024/NĐ-CP" in shown
        assert long not in shown
        assert long in name_of(a_citation(title=long, number=""), VI)

    def test_the_page_is_told_once(self):
        assert source_line(REPORT, VI).count("trang 2") == 1
        assert "trang 4" in source_line(a_citation(page=4), VI)
        assert "page 4" in source_line(a_citation(page=4), EN)
        assert source_line(REPORT, VI).endswith("(bao-cao.txt)")


class TestReasonsOfFigures:
    """Why a figure is not there, or only some of what was asked."""

    def test_a_choice_of_places_is_asked_before_their_figures_and_only_once(self):
        answer = an_answer(
            replace(REPORT, quote="có 187 hợp tác xã"),
            status=Status.CLARIFY,
            reason=Reason.WHICH_PLACE,
            detail="Bến Tre, Cà Mau",
            figures=(FIGURE, replace(FIGURE, place="Cà Mau")),
            operation=Operation.LIST,
        )
        asked = "Bạn hỏi số liệu của nơi nào? Tài liệu có: Bến Tre, Cà Mau."
        found = answer_text(answer)
        assert found.splitlines()[:2] == [asked, ""]
        assert found.index(asked) < found.index("Bến Tre, năm 2023: ")
        assert found.count(asked) == 1
        assert answer_text(in_english(answer)).startswith("Which place do you mean?")

    def test_without_figures_the_choice_alone_is_asked(self):
        answer = an_answer(status=Status.CLARIFY, reason=Reason.WHICH_PLACE, detail="A, B")
        assert answer_text(answer) == "Bạn hỏi số liệu của nơi nào? Tài liệu có: A, B."

    @pytest.mark.parametrize(
        ("reason", "detail", "vietnamese", "english"),
        [
            (Reason.NO_SUCH_PERIOD, "Cà Mau, 2021-05", "Cà Mau, tháng 5/2021;", "Cà Mau, 5/2021;"),
            (Reason.NO_SUCH_FIGURE, "2013/2018", "của 2013 – 2018.", "for 2013 – 2018."),
            (Reason.ONLY_TARGET, "Cà Mau, 2030", "Cà Mau, năm 2030,", "Cà Mau, 2030,"),
            (Reason.NO_SUCH_FIGURE, "Trà Vinh 2022-01/2022-06", "Trà Vinh 6 tháng đầu năm 2022.",
             "Trà Vinh first 6 months of 2022."),
            (Reason.NO_SUCH_FIGURE, "", "của nơi nào.", "for any place."),
            (Reason.NO_SUCH_DOCUMENT, "Nghị định 92/2024", "chưa có Nghị định 92/2024.",
             "not hold Nghị định 92/2024."),
        ],
        ids=["a month", "a span", "a year", "half a year", "nothing named", "no period at all"],
    )  # fmt: skip
    def test_periods_are_told_as_people_read_them(self, reason, detail, vietnamese, english):
        answer = an_answer(status=Status.NOT_FOUND, reason=reason, detail=detail)
        assert vietnamese in answer_text(answer)
        assert english in answer_text(in_english(answer))

    def test_what_is_missing_of_several_is_named_also_without_a_reason(self):
        answer = an_answer(
            REPORT,
            status=Status.PARTIAL,
            detail="2022",
            figures=(FIGURE,),
            operation=Operation.TREND,
        )
        assert "chưa có số liệu này của năm 2022." in answer_text(answer)
