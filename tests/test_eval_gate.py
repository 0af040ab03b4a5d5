"""The gate: the assistant's scores on the sample library never fall below the pinned floors.

A floor is raised when the assistant gets better; it is lowered only with a reason in the commit.
"""

import json
from pathlib import Path

import pytest

from bot.evaluation import Scores, evaluate, read_gold
from bot.settings import Settings
from bot.wiring import open_assistant

HERE = Path(__file__).parent
FLOOR: dict[str, float] = json.loads((HERE / "eval_floor.json").read_text("utf-8"))

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def scores(sample_library: Settings) -> dict[str, Scores]:
    assistant = open_assistant(sample_library)
    gold = read_gold(HERE / "questions.jsonl")
    return {
        "typed": evaluate(assistant, gold),
        "unmarked": evaluate(assistant, gold, unmarked=True),
    }


def test_every_question_of_the_file_is_scored(scores: dict[str, Scores]) -> None:
    assert scores["typed"].questions == FLOOR["questions"]
    assert scores["typed"].skipped == 0


@pytest.mark.parametrize("name", ["right", "refusals", "first_article", "verbatim"])
def test_scores_stay_above_their_floor(scores: dict[str, Scores], name: str) -> None:
    assert getattr(scores["typed"], name) >= FLOOR[name]


@pytest.mark.parametrize("name", ["right", "refusals"])
def test_scores_without_tone_marks_stay_above_their_floor(
    scores: dict[str, Scores], name: str
) -> None:
    assert getattr(scores["unmarked"], name) >= FLOOR[f"{name}_unmarked"]
