"""Scores of the register: every part of a fact counts, and a figure stands for one fact."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from bot.marking.figure_evaluation import (
    fact_scores_json,
    fact_scores_text,
    read_facts,
    score_facts,
)
from knowledge.errors import UsageError
from knowledge.model import Comparator, Figure, FigureKind

FIGURE = Figure(
    indicator="số HTX",
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
FACT = {
    "doc": "bao-cao.txt",
    "value": 187,
    "unit": "HTX",
    "place": "Bến Tre",
    "period": "2023",
    "kind": "actual",
}
HELD = {"bao-cao.txt"}


def test_a_fact_that_is_in_the_register_is_found():
    scores = score_facts([FIGURE], [FACT], HELD)
    assert (scores.recall, scores.precision, scores.missing) == (1.0, 1.0, ())


@pytest.mark.parametrize(
    "change",
    [{"value": 188}, {"unit": "THT"}, {"place": "Cà Mau"}, {"period": "2022"}, {"kind": "target"}],
    ids=lambda change: next(iter(change)),
)
def test_a_fact_with_one_part_wrong_is_not_found(change):
    scores = score_facts([FIGURE], [FACT | change], HELD)
    assert (scores.recall, scores.precision) == (0.0, 0.0)
    assert scores.missing == (FACT | change,)


def test_one_figure_stands_for_one_fact():
    scores = score_facts([FIGURE], [FACT, FACT], HELD)
    assert (scores.found, scores.facts) == (1, 2)


def test_a_figure_that_is_no_fact_costs_precision():
    scores = score_facts([FIGURE, replace(FIGURE, value=Decimal(3))], [FACT], HELD)
    assert (scores.recall, scores.precision) == (1.0, 0.5)


def test_facts_of_documents_that_are_not_there_are_skipped_and_counted():
    scores = score_facts([FIGURE], [FACT, FACT | {"doc": "khac.txt"}], HELD)
    assert (scores.facts, scores.skipped, scores.recall) == (1, 1, 1.0)


def test_facts_of_a_document_that_gave_no_figure_are_missing_and_not_skipped():
    silent = FACT | {"doc": "im-lang.txt"}
    scores = score_facts([FIGURE], [FACT, silent], HELD | {"im-lang.txt"})
    assert (scores.facts, scores.found, scores.skipped) == (2, 1, 0)
    assert scores.missing == (silent,)
    assert scores.recall == 0.5


def test_where_no_document_gave_a_figure_nothing_is_found():
    scores = score_facts([], [FACT], HELD)
    assert (scores.facts, scores.recall, scores.precision, scores.skipped) == (1, 0.0, 0.0, 0)


def test_figures_of_documents_without_facts_cost_no_precision():
    elsewhere = replace(FIGURE, source="khac.txt", document="d3")
    scores = score_facts([FIGURE, elsewhere], [FACT], HELD | {"khac.txt"})
    assert (scores.extracted, scores.precision) == (1, 1.0)


def test_the_kind_of_a_place_does_not_matter():
    there = replace(FIGURE, place="Nho Quan (Ninh Bình)")
    assert (
        score_facts([there], [FACT | {"place": "Huyện Nho Quan (Ninh Bình)"}], HELD).recall == 1.0
    )


def test_scores_as_json_and_in_words():
    scores = score_facts([FIGURE], [FACT, FACT | {"value": 9}], HELD)
    assert fact_scores_json(scores)["recall"] == 0.5
    assert "50.0%" in fact_scores_text(scores)
    assert '"value": 9' in fact_scores_text(scores, wrong=True)


def test_a_file_of_questions_holds_no_facts(tmp_path: Path):
    file = tmp_path / "questions.jsonl"
    file.write_text(json.dumps({"id": "q", "question": "HTX là gì?"}) + "\n", encoding="utf-8")
    assert read_facts(file) is None


def test_a_line_that_is_no_json_is_named(tmp_path: Path):
    file = tmp_path / "facts.jsonl"
    file.write_text(f"{json.dumps(FACT)}\nhỏng\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"facts\.jsonl, line 2"):
        read_facts(file)


def test_a_value_that_is_no_number_is_named():
    with pytest.raises(UsageError, match="nhiều"):
        score_facts([FIGURE], [FACT | {"value": "nhiều"}], HELD)
