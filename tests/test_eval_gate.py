"""The gate: the assistant's scores on the sample library never fall below the pinned floors.

A floor is raised when the assistant gets better; it is lowered only with a reason in the commit.
"""

import json
from pathlib import Path

import pytest

from bot.marking.evaluation import Scores, evaluate, read_gold
from bot.settings import Settings
from bot.wiring import open_assistant

HERE = Path(__file__).parent
FLOOR: dict[str, float] = json.loads((HERE / "eval_floor.json").read_text("utf-8"))

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def scores(sample_library: Settings) -> dict[str, Scores]:
    assistant = open_assistant(sample_library)
    gold, figures = read_gold(HERE / "questions.jsonl"), read_gold(HERE / "figure_questions.jsonl")
    return {
        "typed": evaluate(assistant, gold),
        "unmarked": evaluate(assistant, gold, unmarked=True),
        "figures": evaluate(assistant, figures),
        "figures_unmarked": evaluate(assistant, figures, unmarked=True),
    }


def test_every_question_of_the_files_is_scored(scores: dict[str, Scores]) -> None:
    assert scores["typed"].questions == FLOOR["questions"]
    assert scores["typed"].skipped == 0
    assert scores["figures"].questions == FLOOR["figure_questions"]
    assert scores["figures"].skipped == 0


@pytest.mark.parametrize("asked", ["figures", "figures_unmarked"])
@pytest.mark.parametrize("name", ["right", "refusals", "verbatim"])
def test_questions_for_figures_stay_above_their_floor(
    scores: dict[str, Scores], asked: str, name: str
) -> None:
    assert getattr(scores[asked], name) >= FLOOR[f"{asked}_{name}"]


@pytest.mark.parametrize("name", ["right", "refusals", "first_article", "verbatim"])
def test_scores_stay_above_their_floor(scores: dict[str, Scores], name: str) -> None:
    assert getattr(scores["typed"], name) >= FLOOR[name]


@pytest.mark.parametrize("name", ["right", "refusals"])
def test_scores_without_tone_marks_stay_above_their_floor(
    scores: dict[str, Scores], name: str
) -> None:
    assert getattr(scores["unmarked"], name) >= FLOOR[f"{name}_unmarked"]
