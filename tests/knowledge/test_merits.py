"""What speaks for a unit: each merit by itself, and their sum."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest

from knowledge.search.judging import Asked
from knowledge.search.library import Rarity
from knowledge.search.merits import NAMES, WEIGHTS, Merits, Sought, length, total
from tests.builders import a_passage
from tests.knowledge.test_ranking import LIBRARY, find, question

NOTHING = Merits(**dict.fromkeys(NAMES, 0.0))


def sought(text: str, **more: object) -> Sought:
    asked = question(text, **more)
    return Sought.of(asked, Asked.of(asked, LIBRARY.rarity))


@pytest.mark.parametrize("name", NAMES)
def test_every_merit_counts_with_its_weight(name):
    assert total(replace(NOTHING, **{name: 1.0})) == pytest.approx(asdict(WEIGHTS)[name])


def test_only_another_subject_and_length_speak_against_a_unit():
    against = {name for name in NAMES if getattr(WEIGHTS, name) < 0}
    assert against == {"other_subject", "length"}


def test_a_heading_counts_by_the_share_that_the_question_names():
    rarity = LIBRARY.rarity
    assert sought("phí mượn máy").in_heading("Điều 2. Phí mượn máy", rarity) > 0.7
    assert sought("kho lạnh").in_heading("Điều 2. Phí mượn máy", rarity) == 0
    assert sought("tiền", added=("phí mượn máy",)).in_heading("Phí mượn máy", rarity) > 0.9
    assert sought("phí").in_heading("", rarity) == 0


def test_pairs_are_neighbours_that_both_mean_something():
    assert sought("kho lạnh của tổ").pairs == ("kho lạnh",)
    asked = sought("kho lạnh mở cửa")
    assert asked.together(["kho lạnh mở cửa"]) == 1.0
    assert asked.together(["kho lạnh", "mở cửa"]) == pytest.approx(2 / 3)
    assert asked.together(["lạnh kho"]) == 0
    assert sought("kho").together(["kho"]) == 0


def test_only_what_is_longer_than_usual_is_long():
    assert length([a_passage(text="Ngắn.")]) == 0
    assert length([a_passage(text="chữ " * 500)]) > 0
    assert length([]) == 0


def test_the_merits_of_every_unit_found_are_kept():
    found = find(question("thành viên trả phí dầu"))
    assert set(found.merits) == {hit.passage.unit for hit in found.hits}
    for hit in found.hits:
        assert hit.score == pytest.approx(total(found.merits[hit.passage.unit]))


def test_a_word_that_is_never_seen_is_the_rarest():
    assert isinstance(LIBRARY.rarity, Rarity)
    assert LIBRARY.rarity.of("xyz") >= max(LIBRARY.rarity.of(word) for word in ("kho", "máy"))
