"""Search: scaled sums, units in order, and never a passage that the person may not see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.catalogue import Catalogue
from knowledge.model import Ask, Audience, Document, Kind, Language, Metadata, Passage, Question
from knowledge.search.judging import Asked, JudgingWeights, judge
from knowledge.search.library import Library
from knowledge.search.merits import NAMES, Merits
from knowledge.search.ranking import CANDIDATES, Found, Scores, Weights, firsts, scaled, search
from knowledge.search.vectors import VectorShelves, vector_id
from knowledge.vietnamese.text import search_key, tokens
from tests.builders import fake_embedder, hand_vector

# document → (who may see it, article → clauses)
LAWS: dict[str, tuple[Audience, dict[str, tuple[str, ...]]]] = {
    "may": (
        Audience.EVERYONE,
        {
            "Điều 1. Lịch mượn máy cày": (
                "1. Tổ trưởng chia lịch mượn máy cày mỗi vụ.",
                "2. Ruộng gần nhau được cày liền trong một buổi.",
            ),
            "Điều 2. Phí mượn máy": (
                "1. Thành viên trả phí dầu 20 nghìn đồng một sào.",
                "2. Liên hiệp hợp tác xã trả phí theo hợp đồng.",
            ),
            "Điều 3. Kho lạnh": ("1. Kho lạnh mở cửa từ sáng đến tối.",),
        },
    ),
    "luong": (
        Audience.OFFICERS,
        {"Điều 1. Lương": ("1. Lương của cán bộ trả ngày 5 hằng tháng.",)},
    ),
    "mat": (
        Audience.ADMINS,
        {"Điều 1. Máy cày mới": ("1. Máy cày mới của tổ mua giá 300 triệu đồng, chưa công bố.",)},
    ),
}


def _passages(document: str, articles: dict[str, tuple[str, ...]]) -> list[Passage]:
    clauses = [(heading, text) for heading, texts in articles.items() for text in texts]
    return [
        Passage(
            id=f"{document}-{ordinal}",
            document=document,
            ordinal=ordinal,
            breadcrumb=heading,
            heading=heading,
            article=heading.split()[1].rstrip("."),
            clause=text[0],
            locator=f"{heading.split('.')[0]} khoản {text[0]}",
            page=None,
            text=text,
            start=0,
            search_text=f"{heading}. {text}",
            meaning_text=f"{heading}. {text}",
        )
        for ordinal, (heading, text) in enumerate(clauses)
    ]


def _document(name: str, audience: Audience) -> Document:
    return Document(
        id=name,
        source=f"{name}.txt",
        location="/kho",
        version=1,
        sha256="",
        reader="txt",
        pages=None,
        metadata=Metadata(title=name, kind=Kind.LAW, audience=audience),
    )


def a_library() -> Library:
    """The laws as a library reads them from a catalogue."""
    documents = [_document(name, audience) for name, (audience, _) in LAWS.items()]
    passages = [one for name, (_, articles) in LAWS.items() for one in _passages(name, articles)]
    catalogue = SimpleNamespace(
        versions=lambda **_: [SimpleNamespace(document=one, id=one.id) for one in documents],
        passages=lambda _: passages,
        texts=lambda ids: dict.fromkeys(ids, ""),
        figures=lambda _: [],
    )
    return Library.load(cast("Catalogue", catalogue), 1)


@dataclass
class HandVectors:
    """Vectors computed by hand; remembers which audiences it was asked for."""

    library: Library
    asked: list[Audience] = field(default_factory=list)

    def nearest(
        self, audience: Audience, vectors: Sequence[list[float]], count: int
    ) -> list[list[tuple[str, float]]]:
        self.asked.append(audience)
        texts = [one.meaning_text for one in self.library.shelves[audience].passages]
        return [
            sorted(
                ((vector_id(text), float(np.dot(vector, hand_vector(text)))) for text in texts),
                key=lambda item: -item[1],
            )[:count]
            for vector in vectors
        ]


LIBRARY = a_library()
WORDS = ["lịch", "máy", "phí", "kho", "trả", "vụ", "giá", "đồng"]


def question(text: str, **more: Any) -> Question:
    plain = Question(text=text, understood=text, query=" ".join(tokens(search_key(text))))
    return replace(plain, **more)


def find(
    asked: Question, audience: Audience = Audience.EVERYONE, weights: Weights | None = None
) -> Found:
    vectors = cast("VectorShelves", HandVectors(LIBRARY))
    return search(LIBRARY, vectors, fake_embedder(), asked, audience=audience, weights=weights)


class TestScaled:
    @pytest.mark.parametrize(
        ("scores", "wanted"),
        [
            pytest.param([3, 1, 2], [1, 0, 0.5], id="the last is 0, the first 1"),
            pytest.param([0, 0, 0], [0, 0, 0], id="nothing found"),
            pytest.param([2, 2], [1, 1], id="all alike"),
            pytest.param([5], [1], id="only one"),
            pytest.param([0], [0], id="only one, not found"),
            pytest.param([-1, -3], [1, 0], id="below zero"),
            pytest.param([], [], id="nothing at all"),
        ],
    )
    def test_from_the_last_candidate_to_the_first(self, scores, wanted):
        assert scaled(np.array(scores, dtype=np.float32)).tolist() == wanted

    def test_what_comes_behind_the_candidates_has_nothing(self):
        scores = np.arange(CANDIDATES * 2, dtype=np.float32)
        found = scaled(scores)
        assert found[-1] == 1
        assert (found > 0).sum() == CANDIDATES - 1

    @settings(deadline=None)
    @given(st.lists(st.floats(-100, 100, width=32), min_size=1, max_size=150))
    def test_between_0_and_1_and_the_order_kept(self, values):
        scores: Scores = np.array(values, dtype=np.float32)
        found = scaled(scores)
        assert found.shape == scores.shape
        assert 0 <= found.min() <= found.max() <= 1
        order = np.argsort(scores, kind="stable")
        assert (np.diff(found[order]) >= 0).all()


class TestSearch:
    @pytest.mark.parametrize(
        ("text", "heading", "clause"),
        [
            ("tổ trưởng chia lịch mượn máy", "Điều 1. Lịch mượn máy cày", "1"),
            ("thành viên trả phí dầu bao nhiêu", "Điều 2. Phí mượn máy", "1"),
            ("liên hiệp hợp tác xã trả phí", "Điều 2. Phí mượn máy", "2"),
            ("kho lạnh mở cửa lúc nào", "Điều 3. Kho lạnh", "1"),
            ("kho lanh mo cua", "Điều 3. Kho lạnh", "1"),
        ],
    )
    def test_the_passage_that_answers_comes_first(self, text, heading, clause):
        first = find(question(text)).hits[0].passage
        assert (first.heading, first.clause) == (heading, clause)

    def test_words_that_the_thesaurus_adds_find_what_the_question_does_not_say(self):
        plain = find(question("tủ đông")).hits
        helped = find(question("tủ đông", added=("kho lạnh",))).hits
        assert helped[0].passage.heading == "Điều 3. Kho lạnh"
        assert helped[0].score > max(hit.score for hit in plain if hit.passage.article == "3")

    @settings(deadline=None)
    @given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6))
    def test_the_best_unit_first_and_its_best_passage_before_its_others(self, words):
        hits = find(question(" ".join(words)), Audience.ADMINS).hits
        scores = [hit.score for hit in hits]
        assert scores == sorted(scores, reverse=True)
        assert len({hit.passage.id for hit in hits}) == len(hits)
        for unit in {hit.passage.unit for hit in hits}:
            places = [place for place, hit in enumerate(hits) if hit.passage.unit == unit]
            assert places == list(range(places[0], places[0] + len(places))), "units stay together"
            own = [hits[place].own for place in places]
            assert own == sorted(own, reverse=True)
            assert len({hits[place].score for place in places}) == 1

    def test_the_first_of_each_unit(self):
        found = find(question("máy"))
        units = [hit.passage.unit for hit in found.firsts()]
        assert len(units) == len(set(units)) == 3
        assert firsts(found.hits) == found.firsts()
        assert found.firsts()[0] == found.hits[0]

    @pytest.mark.parametrize("text", ["", "   ", "?"])
    def test_a_question_without_words_finds_nothing(self, text):
        assert find(question(text)).hits == ()

    def test_the_weight_of_an_index_counts(self):
        nothing = JudgingWeights(covered=0, form=0, other_subject=0)
        worthless = Merits(**dict.fromkeys(NAMES, 0.0))
        silent = Weights(judging=nothing, merits=worthless)
        assert {hit.score for hit in find(question("kho lạnh"), weights=silent).hits} == {0.0}
        by_words = Weights(meaning=0, words=1, bare_words=0, article=0, added=0, judging=nothing)
        assert find(question("kho lạnh"), weights=by_words).hits[0].own == pytest.approx(1.0)

    def test_an_english_question_is_embedded_in_both_languages(self):
        asked = question("cold store", query="kho lạnh", language=Language.ENGLISH)
        assert find(asked).hits[0].passage.heading == "Điều 3. Kho lạnh"


class TestAudience:
    @pytest.mark.parametrize(
        ("audience", "documents"),
        [
            (Audience.EVERYONE, {"may"}),
            (Audience.OFFICERS, {"may", "luong"}),
            (Audience.ADMINS, {"may", "luong", "mat"}),
        ],
    )
    @pytest.mark.parametrize(
        "text", ["Máy cày mới giá bao nhiêu triệu đồng", "lương cán bộ", "chưa công bố", "máy"]
    )
    def test_what_a_person_may_not_see_is_never_a_hit(self, audience, documents, text):
        hits = find(question(text), audience).hits
        assert {hit.passage.document for hit in hits} <= documents

    def test_an_admin_finds_what_only_admins_see(self):
        hits = find(question("máy cày mới giá 300 triệu chưa công bố"), Audience.ADMINS).hits
        assert hits[0].passage.document == "mat"

    def test_vectors_of_other_audiences_are_not_even_asked_for(self):
        vectors = HandVectors(LIBRARY)
        search(
            LIBRARY,
            cast("VectorShelves", vectors),
            fake_embedder(),
            question("máy cày mới"),
            audience=Audience.OFFICERS,
        )
        assert set(vectors.asked) == {Audience.EVERYONE, Audience.OFFICERS}

    def test_hidden_passages_do_not_change_the_scores_of_those_that_are_seen(self):
        seen = find(question("máy cày"), Audience.EVERYONE).hits
        assert max(hit.own for hit in seen) == pytest.approx(seen[0].own)
        assert len(seen) == 5


class TestJudging:
    SHELF = LIBRARY.shelves[Audience.EVERYONE]

    def judged(self, text: str, **more: Any) -> dict[int, float]:
        asked = Asked.of(question(text, **more), LIBRARY.rarity)
        indices = range(len(self.SHELF.passages))
        return judge(self.SHELF, indices, asked, JudgingWeights())

    def test_what_covers_the_question_is_worth_more(self):
        found = self.judged("kho lạnh mở cửa")
        assert max(found, key=lambda index: found[index]) == 4

    def test_a_number_of_the_sort_that_was_asked_for_is_worth_more(self):
        asked = {"asks": (Ask.NUMBER,)}
        found = self.judged("trả phí bao nhiêu tiền", **asked)
        assert found[2] > found[3]

    def test_a_clause_about_another_organisation_is_worth_less(self):
        other = self.judged("hợp tác xã trả phí")
        same = self.judged("liên hiệp hợp tác xã trả phí")
        assert same[3] > other[3]

    def test_all_words_are_covered_by_a_text_that_has_them(self):
        asked = Asked.of(question("kho lạnh mở"), LIBRARY.rarity)
        assert asked.covered(frozenset({"kho", "lạnh", "mở"})) == 1.0
        assert asked.covered(frozenset()) == 0.0
        assert 0 < asked.covered(frozenset({"kho"})) < 1

    def test_words_without_meaning_count_for_nothing(self):
        asked = Asked.of(question("là của và thì"), LIBRARY.rarity)
        assert asked.worth == ()
        assert asked.covered(frozenset({"là"})) == 0.0

    def test_the_words_of_the_law_cover_the_words_of_the_people(self):
        asked = Asked.of(question("sổ đỏ"), LIBRARY.rarity)
        law = frozenset(tokens(search_key("giấy chứng nhận quyền sử dụng đất")))
        assert asked.covered(law) == 1.0

    def test_a_rare_word_is_worth_more_than_a_common_one(self):
        assert LIBRARY.rarity.of("lạnh") > LIBRARY.rarity.of("máy") > 0
        assert LIBRARY.rarity.of("chưa từng thấy") > LIBRARY.rarity.of("lạnh")
