"""A model that lies about `samples/`: no number, date or article is seen that is not in what it cites.

Opt-in: `LYING_MODEL=1 pytest tests/knowledge/test_lying_model.py`, ten minutes and 253 MB of packages.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from bot.settings import Settings
from bot.wiring import open_assistant
from knowledge.model import Answer, Sentence
from tests.lying import (
    INSTALL,
    Judged,
    is_installed,
    liar,
    lies,
    numbers_in,
    server,
    tellable,
    unsupported,
)

PROMPTS = 40

Told = list[tuple[Answer, list[Judged]]]


@pytest.fixture(scope="module")
def told(sample_library: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    if not os.environ.get("LYING_MODEL"):
        pytest.skip("takes ten minutes: set LYING_MODEL=1")
    if not is_installed():
        pytest.skip(f"the model is not installed: {INSTALL}")
    answers = tellable(open_assistant(sample_library), PROMPTS)
    with server(tmp_path_factory.mktemp("model")) as running:
        yield [(answer, list(lies(answer, liar(running)))) for answer in answers]


@pytest.mark.slow
def test_it_was_asked_enough_and_lied(told: Told):
    assert len(told) == PROMPTS
    sentences = [one for _, judged in told for one in judged]
    assert len(sentences) > PROMPTS
    assert any(not isinstance(one.cited, Sentence) for one in sentences)


@pytest.mark.slow
def test_nothing_is_seen_that_is_not_in_what_it_cites(told: Told):
    seen = [
        (sentence, answer.citations)
        for answer, judged in told
        for one in judged
        for sentence in (one.outcome, one.cited)
        if isinstance(sentence, Sentence)
    ]
    assert [(one, found) for one, cited in seen if (found := unsupported(one, cited))] == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("trong 21 ngày, 1.340 lượt, 2,5%", {"21", "1.340", "2,5"}),
        ("mười tám tháng và hai mươi lăm ngày", {"18", "25"}),
        ("ngày 05/6/2018", {"5", "6", "2018"}),
        ("Điều 9 và chín tháng", {"9"}),
        ("không có số", set()),
    ],
)
def test_the_second_look_sees_numbers(text: str, numbers: set[str]):
    assert numbers_in(text) == numbers
