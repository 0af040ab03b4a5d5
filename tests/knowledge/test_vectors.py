"""The vectors in an embedded Chroma and on a Chroma server: one contract for both."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from knowledge.errors import ExternalError
from knowledge.model import Audience
from knowledge.search.embeddings import Embedder
from knowledge.search.vectors import BATCH, VectorShelves, vector_id
from tests.builders import FakeEmbeddings, clean_environment, fake_embedder, hand_vector
from tests.servers import chroma_server, free_port

EVERYONE, OFFICERS, ADMINS = Audience

SEEDS = "Vay mua giống lúa không quá chín tháng."
PLOUGHS = "Vay mua máy cày không quá bốn năm."
COCONUTS = "Bến Tre trồng dừa và nuôi tôm nước lợ."

Open = Callable[..., VectorShelves]
_LIBRARIES = (f"htx-thu-{number}" for number in count())


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with chroma_server(tmp_path_factory.mktemp("chroma")) as url:
        yield url


@pytest.fixture(params=["embedded", pytest.param("server", marks=pytest.mark.slow)])
def url(request: pytest.FixtureRequest) -> str:
    """The server, or "" for the store under `tmp_path`."""
    return "" if request.param == "embedded" else str(request.getfixturevalue("server"))


@pytest.fixture
def library() -> str:
    return next(_LIBRARIES)


@pytest.fixture
def reopen(url: str, library: str, tmp_path: Path) -> Iterator[Open]:
    all_opened: list[VectorShelves] = []

    def opened(embedder: Embedder | None = None, library: str = library) -> VectorShelves:
        all_opened.append(
            VectorShelves.open(
                home=tmp_path, url=url, library=library, embedder=embedder or fake_embedder()
            )
        )
        return all_opened[-1]

    yield opened
    for vectors in all_opened:
        close(vectors)


def close(vectors: VectorShelves) -> None:
    """Chroma's own `close` leaves the connections to a server open."""
    client: Any = vectors._client
    client.close()
    for part in (client, client._admin_client):
        session = getattr(part._server, "_session", None)
        if session is not None:
            session.close()


@pytest.fixture
def vectors(reopen: Open) -> VectorShelves:
    return reopen()


def ids(*texts: str) -> list[str]:
    return [vector_id(text) for text in texts]


def found(vectors: VectorShelves, text: str, audience: Audience = EVERYONE) -> list[str]:
    return [key for key, _ in vectors.nearest(audience, [hand_vector(text)], 10)[0]]


ADD_AND_COLLECT = """
import sys
from pathlib import Path
from knowledge.model import Audience
from knowledge.search.vectors import VectorShelves, vector_id
from tests.builders import fake_embedder

home, url, library, text = sys.argv[1:]
vectors = VectorShelves.open(home=Path(home), url=url, library=library, embedder=fake_embedder())
vectors.add(Audience.EVERYONE, [text])
vectors.collect(Audience.EVERYONE, {vector_id(text)})
"""


class TestVectors:
    """One contract for an embedded store and for a server."""

    def test_what_was_added_is_present(self, vectors: VectorShelves) -> None:
        vectors.add(EVERYONE, [SEEDS, PLOUGHS])
        asked = ids(SEEDS, COCONUTS, PLOUGHS)
        assert vectors.present(EVERYONE, asked) == {*ids(SEEDS, PLOUGHS)}
        assert vectors.present(EVERYONE, []) == set()

    def test_what_was_added_is_there_after_opening_anew(
        self, vectors: VectorShelves, reopen: Open
    ) -> None:
        vectors.add(EVERYONE, [SEEDS])
        VectorShelves.forget_cached()
        assert reopen().present(EVERYONE, ids(SEEDS)) == {*ids(SEEDS)}

    def test_the_nearest_comes_first_with_its_cosine(self, vectors: VectorShelves) -> None:
        vectors.add(EVERYONE, [SEEDS, PLOUGHS, COCONUTS])
        question = "vay mua máy cày"
        [near] = vectors.nearest(EVERYONE, [hand_vector(question)], 2)
        assert [key for key, _ in near] == ids(PLOUGHS, SEEDS)
        for (_, cosine), text in zip(near, (PLOUGHS, SEEDS), strict=True):
            by_hand = sum(
                a * b for a, b in zip(hand_vector(question), hand_vector(text), strict=True)
            )
            assert cosine == pytest.approx(by_hand, abs=1e-4)

    def test_nothing_is_near_in_an_empty_shelf(self, vectors: VectorShelves) -> None:
        assert vectors.nearest(EVERYONE, [hand_vector(SEEDS)], 10) == [[]]
        assert vectors.collect(EVERYONE, set()) == 0

    def test_a_text_added_twice_has_one_vector(self, vectors: VectorShelves) -> None:
        vectors.add(EVERYONE, [SEEDS])
        vectors.add(EVERYONE, [SEEDS])
        assert found(vectors, SEEDS) == ids(SEEDS)

    def test_progress_counts_every_text_once(self, vectors: VectorShelves) -> None:
        texts = [f"Tổ hợp tác số {number}" for number in range(BATCH + 3)]
        steps: list[int] = []
        vectors.add(EVERYONE, texts, steps.append)
        assert steps == [BATCH, 3]
        assert vectors.present(EVERYONE, ids(*texts)) == {*ids(*texts)}

    def test_collecting_leaves_what_is_live(self, vectors: VectorShelves) -> None:
        vectors.add(EVERYONE, [SEEDS, PLOUGHS, COCONUTS])
        assert vectors.collect(EVERYONE, {*ids(PLOUGHS)}) == 2
        assert found(vectors, SEEDS) == ids(PLOUGHS)
        assert vectors.collect(EVERYONE, {*ids(PLOUGHS)}) == 0

    def test_audiences_are_apart(self, vectors: VectorShelves) -> None:
        vectors.add(EVERYONE, [SEEDS])
        vectors.add(OFFICERS, [PLOUGHS])
        vectors.add(ADMINS, [PLOUGHS])
        assert found(vectors, PLOUGHS, EVERYONE) == ids(SEEDS)
        assert found(vectors, SEEDS, OFFICERS) == ids(PLOUGHS)
        assert vectors.collect(OFFICERS, set()) == 1
        assert found(vectors, SEEDS, ADMINS) == ids(PLOUGHS)
        assert vectors.present(EVERYONE, ids(SEEDS, PLOUGHS)) == {*ids(SEEDS)}

    def test_vectors_of_two_models_are_never_mixed(self, reopen: Open) -> None:
        old, new = reopen(fake_embedder("cũ")), reopen(fake_embedder("mới"))
        old.add(EVERYONE, [SEEDS])
        new.add(EVERYONE, [PLOUGHS])
        assert (found(old, SEEDS), found(new, SEEDS)) == (ids(SEEDS), ids(PLOUGHS))
        new.drop_other_models()
        assert found(new, SEEDS) == ids(PLOUGHS)
        assert found(reopen(fake_embedder("cũ")), SEEDS) == []

    def test_dropping_other_models_leaves_other_libraries_alone(
        self, reopen: Open, library: str
    ) -> None:
        # where stores are shared by URL, one name may begin with the other
        longer, other = f"{library}-ca-mau", f"x-{library}"
        for name in (longer, other):
            reopen(fake_embedder("cũ"), name).add(EVERYONE, [SEEDS])
        ours = reopen(fake_embedder("mới"))
        ours.add(EVERYONE, [PLOUGHS])
        ours.drop_other_models()
        for name in (longer, other):
            assert found(reopen(fake_embedder("cũ"), name), SEEDS) == ids(SEEDS), name

    def test_two_libraries_are_apart(self, vectors: VectorShelves, reopen: Open) -> None:
        vectors.add(EVERYONE, [SEEDS])
        other = reopen(library=next(_LIBRARIES))
        other.add(EVERYONE, [PLOUGHS])
        assert (found(vectors, SEEDS), found(other, SEEDS)) == (ids(SEEDS), ids(PLOUGHS))

    @pytest.mark.slow
    def test_what_another_process_wrote_is_seen_after_opening_anew(
        self,
        url: str,
        library: str,
        vectors: VectorShelves,
        reopen: Open,
        tmp_path: Path,
    ) -> None:
        vectors.add(EVERYONE, [SEEDS])
        assert found(vectors, PLOUGHS) == ids(SEEDS)
        subprocess.run(
            [sys.executable, "-c", ADD_AND_COLLECT, tmp_path, url, library, PLOUGHS],
            check=True,
            timeout=120,
            env=clean_environment(tmp_path),
        )
        VectorShelves.forget_cached()
        assert found(reopen(), PLOUGHS) == ids(PLOUGHS)


def test_the_model_is_asked_for_passages_only_when_they_are_added(tmp_path: Path) -> None:
    embedder = fake_embedder()
    vectors = VectorShelves.open(home=tmp_path, url="", library="htx-thu", embedder=embedder)
    vectors.add(EVERYONE, [SEEDS, PLOUGHS])
    vectors.present(EVERYONE, ids(SEEDS))
    found(vectors, SEEDS)
    vectors.collect(EVERYONE, set())
    assert isinstance(embedder.model, FakeEmbeddings)
    assert sorted(embedder.model.embedded) == sorted([SEEDS, PLOUGHS])


def test_the_id_of_a_vector_follows_from_the_text_alone() -> None:
    assert vector_id(SEEDS) == vector_id(SEEDS)
    assert vector_id(SEEDS) != vector_id(SEEDS + " ")
    assert len(vector_id(SEEDS)) == 32


def test_a_server_out_of_reach_is_one_line(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(ExternalError, match=f"cannot reach the Chroma server at {url}") as caught:
        VectorShelves.open(home=tmp_path, url=url, library="htx-thu", embedder=fake_embedder())
    assert "\n" not in str(caught.value)


@pytest.mark.slow
def test_a_server_that_went_away_is_an_error_of_the_outside(tmp_path: Path) -> None:
    with chroma_server(tmp_path) as url:
        vectors = VectorShelves.open(
            home=tmp_path, url=url, library="htx-thu", embedder=fake_embedder()
        )
        vectors.add(EVERYONE, [SEEDS])
    try:
        with pytest.raises(ExternalError, match="Chroma"):
            vectors.nearest(EVERYONE, [hand_vector(SEEDS)], 10)
    finally:
        close(vectors)
