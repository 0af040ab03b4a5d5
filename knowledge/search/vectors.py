"""Vectors in Chroma, kept through langchain-chroma: embedded by default, a server by URL.

A vector's id is the hash of the text it was made from, so that equal texts share one vector and
unchanged text is never embedded again. One collection an audience and model: what a person may not
see is never a candidate, and vectors of two models are never mixed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import chromadb
import httpx
import numpy as np
from chromadb import Collection
from chromadb.api import ClientAPI
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings
from chromadb.errors import ChromaError
from langchain_chroma import Chroma

from knowledge.errors import ExternalError
from knowledge.model import Audience
from knowledge.search.embeddings import Embedder

BATCH = 32  # passages embedded and written at once; the progress bar moves by this
_ID_PAGE = 5000


def vector_id(meaning_text: str) -> str:
    """Return the id of the vector of a text."""
    return hashlib.sha256(meaning_text.encode()).hexdigest()[:32]


@contextmanager
def _reached() -> Iterator[None]:
    """Turn what Chroma and the connection to it raise into an error of the outside."""
    try:
        yield
    except (ChromaError, httpx.HTTPError) as error:
        raise ExternalError(f"the vector store (Chroma) does not answer: {error}") from error


class VectorShelves:
    """The vectors of one library and one model, a collection an audience."""

    def __init__(self, client: ClientAPI, library: str, embedder: Embedder) -> None:
        self._client = client
        self._library = library
        self._embedder = embedder
        self._stores: dict[Audience, Chroma] = {}
        self._collections: dict[Audience, Collection] = {}

    @classmethod
    def open(cls, *, home: Path, url: str, library: str, embedder: Embedder) -> VectorShelves:
        """Return the vectors under `home`, or those of the server at `url` when it is not "".

        Raises:
            ExternalError: the server cannot be reached.
        """
        settings = Settings(anonymized_telemetry=False)
        if not url:
            client = chromadb.PersistentClient(path=str(home / "vectors"), settings=settings)
            return cls(client, library, embedder)
        parts = urlsplit(url)
        try:
            client = chromadb.HttpClient(
                host=parts.hostname or "localhost",
                port=parts.port or (443 if parts.scheme == "https" else 8000),
                ssl=parts.scheme == "https",
                settings=settings,
            )
        except (ValueError, ChromaError) as error:
            raise ExternalError(f"cannot reach the Chroma server at {url}: {error}") from error
        return cls(client, library, embedder)

    @staticmethod
    def forget_cached() -> None:
        """Make the next `open` read an embedded store anew.

        Another process that wrote to it is invisible to this one before (chromadb 1.5).
        """
        SharedSystemClient.clear_system_cache()

    @_reached()
    def present(self, audience: Audience, ids: Sequence[str]) -> set[str]:
        """Return those of the ids that have a vector already."""
        store = self._store(audience)
        found: set[str] = set()
        for start, end in batches(ids, _ID_PAGE):
            found |= set(store.get(ids=list(ids[start:end]), include=[])["ids"])
        return found

    @_reached()
    def add(
        self,
        audience: Audience,
        texts: Sequence[str],
        progress: Callable[[int], None] = lambda _count: None,
    ) -> None:
        """Embed texts and write their vectors; calls `progress` with the size of each batch."""
        store = self._store(audience)
        ordered = sorted(texts, key=len)  # equal lengths together: the engine pads a batch
        for start, end in batches(ordered, BATCH):
            batch = ordered[start:end]
            store.add_texts(batch, ids=[vector_id(text) for text in batch])
            progress(len(batch))

    @_reached()
    def nearest(
        self, audience: Audience, vectors: Sequence[list[float]], count: int
    ) -> list[list[tuple[str, float]]]:
        """Return for each vector (id, cosine) of the nearest ones, nearest first.

        Asked of Chroma itself: through LangChain every passage would come with its text, which
        nobody reads here and which costs as much again.
        """
        asked = np.array(vectors, dtype=np.float32)
        found = self._collection(audience).query(
            query_embeddings=asked, n_results=count, include=["distances"]
        )
        return [
            [(key, 1.0 - distance) for key, distance in zip(ids, distances, strict=True)]
            for ids, distances in zip(found["ids"], found["distances"] or [], strict=True)
        ]

    @_reached()
    def collect(self, audience: Audience, live: set[str]) -> int:
        """Delete the vectors that the live generation does not use; return how many."""
        store = self._store(audience)
        old = [found for found in store.get(include=[])["ids"] if found not in live]
        for start, end in batches(old, _ID_PAGE):
            store.delete(ids=old[start:end])
        return len(old)

    @_reached()
    def drop_other_models(self) -> None:
        """Delete the collections that this library made with other models."""
        wanted = {self._name(audience) for audience in Audience}
        ours = re.compile(rf"{re.escape(self._library)}-(?:{'|'.join(Audience)})-[0-9a-f]{{10}}")
        for collection in self._client.list_collections():
            if ours.fullmatch(collection.name) and collection.name not in wanted:
                self._client.delete_collection(collection.name)

    def _collection(self, audience: Audience) -> Collection:
        """Return the collection itself, looked up once: of a server that is a call."""
        if audience not in self._collections:
            self._store(audience)  # made when it is missing
            self._collections[audience] = self._client.get_collection(
                self._name(audience), embedding_function=None
            )
        return self._collections[audience]

    def _store(self, audience: Audience) -> Chroma:
        if audience not in self._stores:
            self._stores[audience] = Chroma(
                client=self._client,
                collection_name=self._name(audience),
                embedding_function=self._embedder.model,
                collection_metadata={"hnsw:space": "cosine"},
            )
        return self._stores[audience]

    def _name(self, audience: Audience) -> str:
        return f"{self._library}-{audience.value}-{self._embedder.slug}"


def batches(texts: Sequence[str], size: int) -> list[tuple[int, int]]:
    """Return the [start, end) of batches of at most `size` texts."""
    return [(start, min(start + size, len(texts))) for start in range(0, len(texts), size)]
