"""Scores on a question file: what counts as right, what as wrong, and why."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.marking.evaluation import (
    Gold,
    Marked,
    Scores,
    evaluate,
    holds,
    mark,
    read_gold,
    scores_json,
    scores_text,
)
from knowledge.answering import Assistant
from knowledge.errors import UsageError
from knowledge.model import Answer, Citation, Kind, Question, Reason, Status
from knowledge.search.library import Library
from tests.builders import LAW, LAW_FILE, LOAN_QUESTION, REPORTS, Stand, write_all

QUOTE = "Khoản vay để mua máy móc có thời hạn không quá bốn năm kể từ ngày nhận tiền."


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        pytest.param("trích 25% lợi nhuận", "5%", False, id="a share in a larger one"),
        pytest.param("trích 0,5% lợi nhuận", "5%", False, id="a share behind a comma"),
        pytest.param("trích 5% lợi nhuận", "5%", True, id="a share"),
        pytest.param("có 05 thành viên", "5 thành viên", True, id="a leading zero"),
        pytest.param("có 105 thành viên", "5 thành viên", False, id="the end of a number"),
        pytest.param("có 205 thành viên", "5 thành viên", False, id="behind a ten"),
        pytest.param("có 1005 thành viên", "5 thành viên", False, id="behind two zeros"),
        pytest.param("có 1.005 thành viên", "5 thành viên", False, id="behind a thousand"),
        pytest.param("có 247 HTX", "247", True, id="a whole number"),
        pytest.param("có 2471 HTX", "247", False, id="the beginning of a number"),
        pytest.param("có 247.500 HTX", "247", False, id="the thousands of a number"),
        pytest.param("có 7,5 sào", "7", False, id="the whole of a decimal"),
        pytest.param("có 247, và 12", "247", True, id="before a comma"),
        pytest.param("đến năm 2023.", "2023", True, id="before a full stop"),
        pytest.param("ngày 12/2023", "2023", True, id="behind a stroke"),
        pytest.param("KHOẢN VAY\n  MUA MÁY", "khoản vay mua máy", True, id="case and white space"),
        pytest.param("hoà giải", "hòa giải", True, id="the old placing of the tone"),
        pytest.param("vốn góp", "vốn gop", False, id="marks count"),
        pytest.param("", "vốn", False, id="nothing"),
    ],
)
def test_numbers_are_wholes_and_the_rest_is_spelling(text, wanted, found):
    assert holds(text, wanted) is found


def a_gold(**more: Any) -> Gold:
    plain = Gold(
        id="q1",
        question="Vay mua máy bao lâu?",
        type="policy",
        style="formal",
        history=(),
        articles=(("901/2024/NĐ-CP", "5"),),
        all_required=False,
        strings=(("bốn năm",),),
        forbidden=(),
    )
    return replace(plain, **more)


def a_citation(article: str = "5", quote: str = QUOTE, source: str = "nghi-dinh.txt") -> Citation:
    return Citation(
        document="d1",
        source=source,
        title="Nghị định",
        number="901/2024/NĐ-CP",
        article=article,
        locator=f"Điều {article}",
        page=None,
        quote=quote,
        kind=Kind.LAW,
        excerpt=(quote,),
    )


def marked(gold: Gold, *citations: Citation, status: Status = Status.ANSWERED) -> Marked:
    question = Question(text=gold.question, understood=gold.question, query=gold.question)
    reason = Reason.NONE if status is Status.ANSWERED else Reason.NO_SUCH_PLACE
    answer = Answer(question=question, status=status, reason=reason, citations=citations)
    library = cast("Library", SimpleNamespace(texts={"d1": f"Đầu. {QUOTE} Cuối."}))
    return mark(library, gold, answer, 12.0)


class TestMarks:
    def test_the_gold_article_with_its_strings_is_right(self):
        found = marked(a_gold(), a_citation())
        assert (found.right, found.rank, found.verbatim, found.missing) == (True, 1, 1, ())

    @pytest.mark.parametrize(
        ("gold", "citations", "status"),
        [
            pytest.param(a_gold(), [a_citation("6")], Status.ANSWERED, id="another article"),
            pytest.param(
                a_gold(articles=(("902/2024/NĐ-CP", "5"),)),
                [a_citation()],
                Status.ANSWERED,
                id="another document",
            ),
            pytest.param(
                a_gold(strings=(("sáu năm",),)), [a_citation()], Status.ANSWERED, id="no string"
            ),
            pytest.param(a_gold(), [], Status.NOT_FOUND, id="not found"),
            pytest.param(a_gold(), [a_citation()], Status.CLARIFY, id="a question back"),
            pytest.param(a_gold(), [a_citation()], Status.REFUSED, id="refused"),
            pytest.param(
                a_gold(),
                [*[a_citation("6")] * 3, a_citation()],
                Status.ANSWERED,
                id="the gold article comes fourth",
            ),
            pytest.param(
                a_gold(
                    all_required=True, articles=(("901/2024/NĐ-CP", "5"), ("901/2024/NĐ-CP", "6"))
                ),
                [a_citation()],
                Status.ANSWERED,
                id="one of two required articles",
            ),
            pytest.param(a_gold(type="refuse"), [a_citation()], Status.ANSWERED, id="answered"),
            pytest.param(
                a_gold(type="refuse"), [a_citation()], Status.PARTIAL, id="answered in part"
            ),
        ],
    )
    def test_what_is_wrong(self, gold, citations, status):
        assert not marked(gold, *citations, status=status).right

    @pytest.mark.parametrize(
        ("gold", "citations", "status"),
        [
            pytest.param(
                a_gold(),
                [a_citation("6"), a_citation("7"), a_citation()],
                Status.ANSWERED,
                id="third",
            ),
            pytest.param(a_gold(), [a_citation()], Status.PARTIAL, id="partial"),
            pytest.param(
                a_gold(articles=(("nghi-dinh.txt", ""),)),
                [a_citation()],
                Status.ANSWERED,
                id="by file",
            ),
            pytest.param(
                a_gold(strings=(("sáu năm", "bốn năm"),)),
                [a_citation()],
                Status.ANSWERED,
                id="another wording",
            ),
            pytest.param(
                a_gold(
                    all_required=True, articles=(("901/2024/NĐ-CP", "5"), ("901/2024/NĐ-CP", "6"))
                ),
                [a_citation(), a_citation("6")],
                Status.ANSWERED,
                id="both required articles",
            ),
            pytest.param(a_gold(type="refuse"), [], Status.NOT_FOUND, id="not found"),
            pytest.param(a_gold(type="refuse"), [], Status.REFUSED, id="refused"),
        ],
    )
    def test_what_is_right(self, gold, citations, status):
        assert marked(gold, *citations, status=status).right

    def test_the_rank_and_what_is_missing_are_told(self):
        gold = a_gold(strings=(("bốn năm",), ("sáu năm", "6 năm")))
        found = marked(gold, a_citation("6"), a_citation())
        assert found.rank == 2
        assert found.missing == ("sáu năm",)

    def test_a_quotation_that_is_not_in_the_document_is_not_verbatim(self):
        other = a_citation(quote="Khoản vay có thời hạn bốn năm.")
        assert marked(a_gold(), other).verbatim == 0
        assert marked(a_gold(), a_citation(quote=QUOTE.replace(" ", "\n"))).verbatim == 1


def write(path: Path, *rows: object) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


ROWS = (
    {
        "id": "a",
        "question": LOAN_QUESTION,
        "type": "policy",
        "style": "formal",
        "must_cite": [{"document": "901/2024/NĐ-CP", "article": "5"}],
        "must_contain": ["4 năm"],
        "alt_contain": {"4 năm": ["bốn năm"]},
    },
    {
        "id": "b",
        "question": LOAN_QUESTION,
        "style": "formal",
        "must_cite": [{"source": "nghi-dinh.txt", "article": "7"}],
        "must_contain": ["mười năm"],
    },
    {"id": "c", "question": "HTX ở Thái Lan?", "type": "refuse"},
    {"id": "d", "question": "Vẽ biểu đồ", "type": "chart"},
)


class TestQuestionFiles:
    def test_a_line_becomes_a_question(self, tmp_path):
        gold = read_gold(write(tmp_path / "q.jsonl", ROWS[0], "", ROWS[1]))
        assert [one.id for one in gold] == ["a", "b"]
        assert gold[0].articles == (("901/2024/NĐ-CP", "5"),)
        assert gold[0].strings == (("4 năm", "bốn năm"),)
        assert gold[1].articles == (("nghi-dinh.txt", "7"),)
        assert gold[1].type == "policy"

    def test_history_is_kept_in_order(self, tmp_path):
        row = {"question": "còn Cà Mau?", "history": ["một", "hai"]}
        assert read_gold(write(tmp_path / "q.jsonl", row))[0].history == ("một", "hai")

    @pytest.mark.parametrize(
        "line",
        [
            pytest.param("{", id="no json"),
            pytest.param('{"id": "a"}', id="no question"),
            pytest.param('"một câu"', id="no object"),
            pytest.param('{"question": "a", "must_cite": [{"article": "5"}]}', id="no document"),
        ],
    )
    def test_a_line_that_is_no_question_is_named(self, tmp_path, line):
        with pytest.raises(UsageError, match=r"q\.jsonl, line 2"):
            read_gold(write(tmp_path / "q.jsonl", ROWS[0], line))


@pytest.fixture(scope="module")
def scores(library: Stand, tmp_path_factory: pytest.TempPathFactory) -> Scores:
    gold = read_gold(write(tmp_path_factory.mktemp("gold") / "q.jsonl", *ROWS))
    done: list[int] = []
    found = evaluate(library.assistant(), gold, progress=done.append)
    assert done == [1, 2, 3, 4]
    return found


@dataclass
class Deaf:
    """An assistant that finds nothing and remembers what it was asked."""

    asked: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    def library(self) -> object:
        return SimpleNamespace(texts={})

    def answer(self, text: str, history: tuple[str, ...]) -> Answer:
        self.asked.append((text, history))
        return Answer(
            question=Question(text=text, understood=text, query=text), status=Status.NOT_FOUND
        )


class TestScores:
    def test_shares_are_of_the_questions_that_can_be_scored(self, scores):
        assert (scores.questions, scores.skipped) == (3, 1)
        assert scores.right == 0.5
        assert scores.first_article == 0.5
        assert scores.refusals == 1.0
        assert scores.verbatim == 1.0
        assert scores.styles == {"formal": (1, 2)}
        assert [one.gold.id for one in scores.wrong] == ["b"]

    def test_they_are_printed_and_written(self, scores):
        found = json.loads(json.dumps(scores_json(scores)))
        assert found["right"] == 0.5
        assert found["wrong"] == ["b"]
        assert found["styles"] == {"formal": {"right": 1, "questions": 2}}
        shown = scores_text(scores, wrong=True)
        assert "50.0%" in shown
        assert "formal" in shown
        assert LOAN_QUESTION in shown
        assert LOAN_QUESTION not in scores_text(scores)

    def test_questions_may_be_asked_without_their_marks(self):
        deaf = Deaf()
        gold = [a_gold(history=("Quỹ là gì?",))]
        for unmarked in (False, True):
            found = evaluate(cast("Assistant", deaf), gold, unmarked=unmarked)
            assert found.right == 0.0
        assert deaf.asked == [
            ("Vay mua máy bao lâu?", ("Quỹ là gì?",)),
            ("Vay mua may bao lau?", ("Quỹ là gì?",)),
        ]

    def test_no_question_at_all_has_no_share_to_lower(self, library):
        empty = evaluate(library.assistant(), [])
        assert (empty.questions, empty.right, empty.refusals, empty.verbatim) == (0, 1.0, 1.0, 1.0)


PLACES = {"Bến Tre": 187, "Trà Vinh": 163, "Cà Mau": 120}
COUNTS = [
    {"place": place, "value": value, "unit": "HTX", "period": "2023"}
    for place, value in PLACES.items()
]
ACTIVE = "hợp tác xã đang hoạt động"
MIXED: dict[str, dict[str, Any]] = {
    "một số": {
        "type": "figure",
        "question": f"Năm 2023 tỉnh Bến Tre có bao nhiêu {ACTIVE}?",
        "expect": COUNTS[0] | {"kind": "actual"},
    },
    "hỏi tiếp": {
        "type": "figure",
        "question": "thế còn Cà Mau?",
        "history": [f"Năm 2023 tỉnh Bến Tre có bao nhiêu {ACTIVE}?"],
        "expect": COUNTS[2],
    },
    "so sánh": {
        "type": "compare",
        "question": f"Năm 2023 Cà Mau và Bến Tre, tỉnh nào có nhiều {ACTIVE} hơn?",
        "expect": {"values": [COUNTS[2], COUNTS[0]]},
    },
    "xếp hạng": {
        "type": "rank",
        "question": f"Xếp hạng các tỉnh theo số {ACTIVE} năm 2023",
        "expect": {"values": COUNTS, "order": "desc"},
    },
    "xu hướng": {
        "type": "trend",
        "question": f"Số {ACTIVE} của Trà Vinh từ năm 2022 đến năm 2023 tăng hay giảm?",
        "expect": {
            "values": [{"value": 150, "period": "2022"}, {"value": 163, "period": "2023"}],
            "direction": "tăng",
            "change": 13,
        },
    },
    "tổng": {
        "type": "sum_or_diff",
        "question": f"Năm 2023 Bến Tre và Cà Mau có tổng cộng bao nhiêu {ACTIVE}?",
        "expect": {"value": 307, "values": [COUNTS[0], COUNTS[2]]},
    },
    "luật": {
        "type": "policy",
        "question": LOAN_QUESTION,
        "must_cite": [{"document": "901/2024/NĐ-CP", "article": "5"}],
    },
    "mục tiêu": {
        "type": "refuse",
        "question": f"Năm 2030 tỉnh Cà Mau có bao nhiêu {ACTIVE}?",
    },
}  # fmt: skip
# What the same answers are not: another winner, order, direction, sum, place.
WRONG: dict[str, dict[str, Any]] = {
    "một số": {"place": "Cà Mau"},
    "hỏi tiếp": {"value": 187},
    "so sánh": {"want": "min"},
    "xếp hạng": {"order": "asc"},
    "xu hướng": {"direction": "giảm"},
    "tổng": {"value": 67},
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    base = tmp_path_factory.mktemp("mixed")
    stand = Stand(base / "var")
    stand.ingestion().ingest([write_all(base / "documents", {**REPORTS, LAW_FILE: LAW})])
    return stand.assistant()


class TestMixedTypes:
    def test_each_type_is_marked_by_its_own_rule(self, assistant: Assistant, tmp_path: Path):
        rows = [{"id": name, "style": "formal", **row} for name, row in MIXED.items()]
        scores = evaluate(assistant, read_gold(write(tmp_path / "q.jsonl", *rows)))
        assert [one.gold.id for one in scores.wrong] == []
        assert (scores.questions, scores.skipped) == (len(MIXED), 0)
        assert (scores.right, scores.refusals, scores.verbatim) == (1.0, 1.0, 1.0)
        assert scores.styles == {"formal": (len(MIXED) - 1, len(MIXED) - 1)}
        assert scores.first_article == 1.0, "of the questions about rules alone"

    def test_what_is_expected_otherwise_is_wrong(self, assistant: Assistant, tmp_path: Path):
        rows = [
            {**MIXED[name], "id": name, "expect": MIXED[name]["expect"] | change}
            for name, change in WRONG.items()
        ]
        scores = evaluate(assistant, read_gold(write(tmp_path / "q.jsonl", *rows)))
        assert [one.gold.id for one in scores.wrong] == list(WRONG)
        shown = scores_text(scores, wrong=True)
        assert "số HTX đang hoạt động: 187 HTX · Bến Tre · 2023 · actual · bao-cao.txt" in shown
