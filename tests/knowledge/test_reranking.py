"""Reranking: by a model computed by hand, and by a real CrossEncoder of sentence-transformers."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from dataclasses import replace as replaced
from pathlib import Path

import pytest
from langchain_core.cross_encoders import BaseCrossEncoder

from bot import texts
from bot.doctor import examine
from bot.settings import Settings
from knowledge.answering import Assistant
from knowledge.answering.confidence import Signs, confidence
from knowledge.errors import ModelUnavailableError
from knowledge.model import Audience, Status
from knowledge.search.library import Library
from knowledge.search.ranking import Found
from knowledge.search.reranking import LONGEST, PAIRS, RERANKED, load_reranker, rerank
from knowledge.understanding import understand
from tests.builders import (
    LAW,
    LAW_FILE,
    Stand,
    clean_environment,
    write_all,
)
from tests.knowledge.cross_encoder import LESSONS, MINILM, cross_encoder, needs_minilm, trained

QUESTION = "Vay từ quỹ thì thế nào?"  # several articles answer it


@dataclass
class HandReranker(BaseCrossEncoder):
    """Scores a passage by how often it says a word; remembers what it was asked."""

    word: str
    scale: float = 1.0
    pairs: list[tuple[str, str]] = field(default_factory=list)

    def score(self, text_pairs: list[tuple[str, str]]) -> list[float]:
        self.pairs += text_pairs
        return [self.scale * passage.count(self.word) for _, passage in text_pairs]


@pytest.fixture(scope="module")
def searched(library: Stand) -> tuple[Library, Found]:
    return library.assistant().search(QUESTION, audience=Audience.ADMINS)


def reordered(searched: tuple[Library, Found], model: BaseCrossEncoder | None) -> Found:
    library, found = searched
    return rerank(found, understand(QUESTION, (), library.spelling), model)


def articles(found: Found) -> list[str]:
    return [hit.passage.heading for hit in found.firsts()]


def assistant(library: Stand, model: BaseCrossEncoder | None) -> Assistant:
    return Assistant(library.catalogue(), library.vectors, library.embedder, model)


# --- computed by hand ----------------------------------------------------------------------------


def test_without_a_model_nothing_changes(searched):
    assert reordered(searched, None) is searched[1]


def test_what_the_model_prefers_moves_to_the_front(searched):
    first, second, *others = articles(searched[1])
    found = reordered(searched, HandReranker(second))
    assert articles(found)[0] == second
    assert sorted(articles(found)) == sorted([first, second, *others]), "none is lost or doubled"


def test_its_first_gets_the_whole_weight_and_the_others_nothing(searched):
    second = articles(searched[1])[1]
    before = {hit.passage.id: hit.score for hit in searched[1].hits}
    found = reordered(searched, HandReranker(second))
    added = {hit.passage.heading: hit.score - before[hit.passage.id] for hit in found.hits}
    assert added.pop(second) == pytest.approx(RERANKED)
    assert set(added.values()) == {0.0}


@pytest.mark.parametrize("scale", [0.001, 1_000_000.0], ids=["tiny", "huge"])
def test_the_scale_of_its_scores_does_not_matter(searched, scale: float):
    one = reordered(searched, HandReranker("vay"))
    other = reordered(searched, HandReranker("vay", scale=scale))
    assert articles(other) == articles(one)
    assert [hit.score for hit in other.hits] == pytest.approx([hit.score for hit in one.hits])


@pytest.mark.parametrize("scale", [0.0, float("nan")], ids=["all equal", "no numbers"])
def test_scores_that_tell_nothing_leave_the_order(searched, scale: float):
    assert articles(reordered(searched, HandReranker("vay", scale=scale))) == articles(searched[1])


def test_it_reads_the_question_as_understood_with_heading_and_text(searched):
    model = HandReranker("vay")
    reordered(searched, model)
    assert {question for question, _ in model.pairs} == {QUESTION}
    assert any(
        text.startswith("Điều 6. Hồ sơ vay") and "đơn vay" in text for _, text in model.pairs
    )


def test_the_number_and_the_length_of_pairs_are_bounded(searched):
    found = searched[1]
    hits = [
        replaced(
            found.hits[0],
            score=-float(number),
            passage=replaced(
                found.hits[0].passage, id=f"p{number}", article="", meaning_text="dài " * LONGEST
            ),
        )
        for number in range(3 * PAIRS)
    ]
    model = HandReranker("dài")
    again = reordered((searched[0], replaced(found, hits=tuple(hits))), model)
    assert len(model.pairs) == PAIRS
    assert max(len(text) for _, text in model.pairs) == LONGEST
    assert len(again.hits) == 3 * PAIRS


@pytest.mark.parametrize("scale", [-1_000.0, 0.0, 1_000.0])
def test_what_is_not_in_the_documents_is_not_found_whatever_a_model_says(library, scale: float):
    text = "Lò phản ứng hạt nhân quay quanh mặt trăng bằng gì"
    model = HandReranker("quỹ", scale=scale)
    assert assistant(library, model).answer(text).status is Status.NOT_FOUND
    assert model.pairs, "it was asked"


def test_the_confidence_is_that_without_a_model(library, monkeypatch: pytest.MonkeyPatch):
    seen: list[Signs] = []

    def watched(signs: Signs, identity: str) -> float:
        seen.append(replaced(signs, article=0.0))  # of those quoted, which a model may choose
        return confidence(signs, identity)

    monkeypatch.setattr("knowledge.answering.assistant.confidence", watched)
    for model in (None, HandReranker("quỹ"), HandReranker("vay", scale=-1e6)):
        assistant(library, model).answer(QUESTION)
    assert seen == [seen[0]] * 3


def test_an_answer_rests_on_what_the_model_puts_first(library, searched):
    first, second = (hit.passage for hit in searched[1].firsts()[:2])
    plain = assistant(library, None).answer(QUESTION)
    favoured = assistant(library, HandReranker(second.heading)).answer(QUESTION)
    assert plain.citations[0].article == first.article
    assert favoured.citations[0].article == second.article != first.article


# --- a real CrossEncoder -------------------------------------------------------------------------

slow = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return trained(tmp_path_factory.mktemp("reranker") / "trên đĩa")


@pytest.fixture(scope="module")
def real(folder: Path) -> BaseCrossEncoder:
    model = load_reranker(str(folder))
    assert model is not None
    return model


@needs_minilm
@slow
class TestRealModel:
    def test_it_learnt_which_passage_answers(self, real: BaseCrossEncoder):
        passages = list(LESSONS)
        for passage, questions in LESSONS.items():
            for question in questions:
                scores = real.score([(question, one) for one in passages])
                assert passages[scores.index(max(scores))] == passage

    def test_its_scores_are_those_of_the_library(self, real: BaseCrossEncoder, folder: Path):
        pairs = [(QUESTION, passage) for passage in LESSONS]
        own = cross_encoder(folder).predict(pairs)
        assert real.score(pairs) == pytest.approx([float(score) for score in own], abs=1e-5)
        assert {type(score) for score in real.score(pairs)} == {float}

    def test_no_pairs_give_no_scores(self, real: BaseCrossEncoder):
        assert real.score([]) == []

    def test_the_order_is_by_both_as_the_weight_says(self, searched, real: BaseCrossEncoder):
        firsts = searched[1].firsts()
        said = real.score([(QUESTION, hit.passage.meaning_text) for hit in firsts])
        low, high = min(said), max(said)
        both = [
            hit.score + RERANKED * (one - low) / (high - low)
            for hit, one in zip(firsts, said, strict=True)
        ]
        wanted = [
            firsts[at].passage.heading for at in sorted(range(len(both)), key=lambda at: -both[at])
        ]
        found = reordered(searched, real)
        assert articles(found) == wanted
        assert articles(found) != articles(searched[1])

    def test_several_threads_get_the_same_scores(self, real: BaseCrossEncoder):
        pairs = [[(question * count, passage) for passage in LESSONS] for count, question in
                 enumerate(("vay", "hồ sơ vay", "ai kiểm tra quỹ"), start=1)]  # fmt: skip
        alone = [real.score(one) for one in pairs]
        with ThreadPoolExecutor(4) as threads:
            together = list(threads.map(real.score, pairs * 4))
        for one, other in zip(alone * 4, together, strict=True):
            assert other == pytest.approx(one, abs=1e-5)

    def test_it_is_loaded_once_a_process(self, real: BaseCrossEncoder, folder: Path):
        assert load_reranker(str(folder)) is real

    def test_the_doctor_names_it(self, folder: Path, home: Path):
        settings = Settings(htx_home=home, reranker_model=str(folder), embedding_model="none")
        finding = next(one for one in examine(settings) if one.name == texts.DOCTOR_RERANKER)
        assert (finding.ok, finding.message) == (True, str(folder))

    def test_asking_with_it_answers_in_one_line_of_json(self, folder: Path, tmp_path: Path):
        documents = write_all(tmp_path / "documents", {LAW_FILE: LAW})
        script = (
            "import sys; from bot.cli import app\n"
            "app(['ingest', sys.argv[1]], standalone_mode=False)\n"
            "app(['ask', sys.argv[2], '--json'], standalone_mode=False)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", script, documents, "ai kiem tra quy doi moi, may lan mot nam"],
            cwd=tmp_path,
            env=clean_environment(tmp_path / "var", RERANKER_MODEL=str(folder)),
            capture_output=True,
            text=True,
            timeout=180,
            check=True,
        )
        answer = json.loads(done.stdout.splitlines()[-1])
        assert answer["status"] == "answered"
        assert answer["citations"][0]["article"] == "7"


def _broken(folder: Path, source: Path, case: str) -> Path:
    """Make a folder that is no reranker, each in its own way."""
    if case == "empty":
        return write_all(folder, {"ghi-chu.txt": ""})
    if case == "not JSON":
        return write_all(folder, {"config.json": "{"})
    shutil.copytree(MINILM if case == "only embeddings" else source, folder)
    weights = folder / "model.safetensors"
    if case == "half of the weights":
        weights.write_bytes(weights.read_bytes()[:1000])
    if case == "three scores":
        cross_encoder(MINILM, labels=3).save_pretrained(str(folder))
    return folder


@needs_minilm
@slow
@pytest.mark.parametrize(
    "case", ["empty", "not JSON", "half of the weights", "only embeddings", "three scores"]
)
def test_what_is_no_reranker_is_one_line_that_names_it(case: str, folder: Path, tmp_path: Path):
    name = str(_broken(tmp_path / "mô hình", folder, case))
    with pytest.raises(ModelUnavailableError) as caught:
        load_reranker(name)
    assert str(caught.value).startswith(f"reranker {name!r} cannot be loaded: ")
    assert "\n" not in str(caught.value)


@slow
@pytest.mark.parametrize("name", ["no-such-owner/no-such-model", "không tên"])
def test_a_model_that_is_not_here_is_named_by_ask_and_by_the_doctor(
    name: str, tmp_path: Path, home: Path
):
    done = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "vay bao lâu"],
        cwd=tmp_path,
        env=clean_environment(home, RERANKER_MODEL=name),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    said = [line for line in done.stderr.splitlines() if line.startswith("htx: ")]
    assert (done.returncode, done.stdout, len(said)) == (1, "", 1)
    assert said[0].startswith(f"htx: reranker {name!r} cannot be loaded: ")
    settings = Settings(htx_home=home, reranker_model=name, embedding_model="none")
    finding = next(one for one in examine(settings) if one.name == texts.DOCTOR_RERANKER)
    assert not finding.ok
    assert finding.message in said[0]


def test_no_reranker_is_no_fault(home: Path):
    settings = Settings(htx_home=home, embedding_model="none")
    finding = next(one for one in examine(settings) if one.name == texts.DOCTOR_RERANKER)
    assert (finding.ok, finding.message) == (True, texts.DOCTOR_UNSET)
    assert load_reranker("") is None
