"""The confidence: more of the question found is never less sure; nothing found is not sure."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answering.confidence import (
    BUNDLED_IDENTITY,
    COVERAGE_ONLY,
    CURVES,
    Signs,
    confidence,
    signs_of,
)
from knowledge.model import Language
from tests.knowledge.test_ranking import LIBRARY, find, question

SURE = Signs(
    article=1.0,
    stated=0.9,
    cosine=0.92,
    score=5.0,
    off_topic=-2.0,
    words=4,
    worth=8.0,
    english=0.0,
)
LOST = replace(SURE, article=0.2, stated=0.1, cosine=0.8, score=1.0, off_topic=2.0)
COVERING = ("article", "stated", "cosine", "score")


def signs(text: str, **more: object) -> Signs:
    asked = question(text, **more)
    found = find(asked)
    return signs_of(LIBRARY, asked, found, found.hits)


@pytest.mark.parametrize("identity", [BUNDLED_IDENTITY, "another/model"])
def test_what_covers_the_question_is_sure_and_what_does_not_is_not(identity):
    assert confidence(SURE, identity) > 0
    assert confidence(LOST, identity) < 0


def test_the_cosine_of_a_model_that_was_not_calibrated_counts_for_nothing():
    far = replace(SURE, cosine=0.1)
    assert confidence(far, "another/model") == confidence(SURE, "another/model")
    assert confidence(far, BUNDLED_IDENTITY) < confidence(SURE, BUNDLED_IDENTITY)


@pytest.mark.parametrize("curve", [CURVES[BUNDLED_IDENTITY], COVERAGE_ONLY])
def test_every_weight_has_its_sign(curve):
    assert set(curve.weights) <= set(asdict(SURE))


@given(st.sampled_from(COVERING), st.floats(0, 1), st.floats(0, 0.5))
def test_more_of_the_question_found_is_never_less_sure(name, value, more):
    less = replace(LOST, **{name: value})
    greater = replace(LOST, **{name: value + more})
    assert confidence(greater, BUNDLED_IDENTITY) >= confidence(less, BUNDLED_IDENTITY)


class TestSigns:
    def test_of_a_question_in_the_words_of_the_clause(self):
        found = signs("thành viên trả phí dầu")
        assert found.article == found.stated == 1.0
        assert found.score > 0
        assert found.cosine > 0
        assert found.english == 0

    def test_of_a_question_in_other_words(self):
        assert signs("giá vàng sáng mai").article < signs("thành viên trả phí dầu").article

    def test_of_nothing_found(self):
        asked = question("trả phí dầu")
        found = signs_of(LIBRARY, asked, find(asked), ())
        assert (found.article, found.stated, found.score) == (0, 0, 0)

    def test_of_words_and_of_language(self):
        assert signs("phí dầu").words < signs("phí dầu trả cho kho lạnh").words
        assert signs("phí dầu", language=Language.ENGLISH).english == 1.0
