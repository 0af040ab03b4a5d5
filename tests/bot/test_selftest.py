"""The self-test: two rounds of the same questions compared, and when a change is held back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.marking.evaluation import Gold, Marked, read_gold
from bot.marking.selftest import Trial, compared, questions_of, tried
from ingest.sources import find_sources
from knowledge.errors import UsageError
from knowledge.model import Answer, Question, Status
from tests.builders import LAW_FILE, LOAN_QUESTION, LONGER_LOAN, Stand, write_all


def marked(name: str, *, right: bool) -> Marked:
    gold = Gold(
        id="",  # a file may have no ids: questions are told apart by their place
        question=f"{name}?",
        type="policy",
        style="",
        history=(),
        articles=(),
        all_required=False,
        strings=(),
        forbidden=(),
    )
    question = Question(text=gold.question, understood=gold.question, query=gold.question)
    answer = Answer(question=question, status=Status.ANSWERED)
    return Marked(gold=gold, answer=answer, right=right, rank=1, verbatim=0, latency_ms=1.0)


def rounds(before: str, after: str) -> Trial:
    """Return the trial of two rounds; "+" is a right answer, "-" a wrong one."""
    both = [
        [marked(f"câu {number}", right=sign == "+") for number, sign in enumerate(signs)]
        for signs in (before, after)
    ]
    return compared(*both)


def test_what_got_better_and_worse_is_named():
    trial = rounds("++--", "+-+-")
    assert trial == Trial(questions=4, before=2, after=2, better=("câu 2?",), worse=("câu 1?",))


@pytest.mark.parametrize(
    ("before", "after", "bad"),
    [
        pytest.param("", "", False, id="no questions"),
        pytest.param("+++", "+++", False, id="all as before"),
        pytest.param("---", "---", False, id="all wrong as before"),
        pytest.param("+", "-", False, id="the only one: may be what the document changes"),
        pytest.param("+++", "+--", True, id="two of three"),
        pytest.param("++-", "--+", True, id="two, though another got better"),
        pytest.param("+" * 40, "+" * 38 + "--", False, id="two of forty: just 5 %"),
        pytest.param("+" * 39, "+" * 37 + "--", True, id="two of thirty-nine: more than 5 %"),
        pytest.param("+" * 100, "+" * 95 + "-" * 5, False, id="five of a hundred"),
        pytest.param("+" * 100, "+" * 94 + "-" * 6, True, id="six of a hundred"),
        pytest.param("+" * 10 + "-" * 90, "+" * 8 + "-" * 92, True, id="of those right before"),
    ],
)
def test_a_change_is_held_back_beyond_a_bound(before: str, after: str, bad: bool):
    assert rounds(before, after).is_bad is bad


def test_a_library_without_questions_tries_nothing(stand: Stand, samples: Path):
    stand.ingestion().ingest([samples])
    assistant = stand.assistant()
    assert questions_of(stand.home) == []
    assert tried(assistant, assistant, []) == Trial()


def test_a_malformed_question_file_names_its_line(tmp_path: Path):
    (tmp_path / "questions.jsonl").write_text('{"question": "a"}\n{}\n', encoding="utf-8")
    with pytest.raises(UsageError, match=r"questions\.jsonl, line 2"):
        questions_of(tmp_path)


def test_a_staged_library_is_asked_while_the_live_one_stays(stand: Stand, samples: Path):
    ingestion = stand.ingestion()
    ingestion.ingest([samples])
    file = write_all(stand.home, {"questions.jsonl": QUESTION}) / "questions.jsonl"
    write_all(samples, {LAW_FILE: LONGER_LOAN})
    trials: list[Trial] = []
    progress: list[tuple[int, int]] = []

    def judge(live: int, staged: int) -> bool:
        asked = stand.assistant()
        trials.append(
            tried(
                asked.at(live),
                asked.at(staged),
                read_gold(file),
                lambda done, count: progress.append((done, count)),
            )
        )
        assert "bốn năm" in stand.assistant().answer(LOAN_QUESTION).citations[0].quote
        return False

    generation = ingestion.catalogue.live_generation()
    report = ingestion.offer(list(find_sources([samples])), note="thử", judge=judge)
    assert report.generation == generation == ingestion.catalogue.live_generation()
    assert trials == [
        Trial(questions=1, before=1, after=0, worse=(LOAN_QUESTION,)),
    ]
    assert progress == [(1, 2), (2, 2)]
    assert {one.state for one in ingestion.catalogue.generations()} == {"live"}
    report = ingestion.offer(list(find_sources([samples])), note="thử", judge=lambda *_: True)
    assert report.generation > generation
    assert "sáu năm" in stand.assistant().answer(LOAN_QUESTION).citations[0].quote


QUESTION = json.dumps(
    {
        "question": LOAN_QUESTION,
        "must_cite": [{"source": LAW_FILE, "article": "5"}],
        "must_contain": ["bốn năm"],
    }
)
