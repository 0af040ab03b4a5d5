"""The composition root: settings in, ready parts out."""

from __future__ import annotations

from collections.abc import Callable

from bot.settings import Settings
from ingest.pipeline import Ingestion, Progress
from knowledge.answering import Assistant
from knowledge.answering.language_model import ChatModel, open_language_model
from knowledge.catalogue import Catalogue
from knowledge.errors import ExternalError
from knowledge.search.embeddings import Embedder, load_embedder
from knowledge.search.reranking import load_reranker
from knowledge.search.vectors import VectorShelves


def open_catalogue(settings: Settings) -> Catalogue:
    """Return the catalogue, its folder made when it is missing.

    Raises:
        ExternalError: the folder cannot be made or the database cannot be reached.
    """
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExternalError(f"cannot make the folder {settings.home}: {error.strerror}") from error
    return Catalogue.open(settings.database, settings.library_name, settings.home)


def open_vectors(settings: Settings, embedder: Embedder) -> VectorShelves:
    """Return the vectors of the configured model."""
    return VectorShelves.open(
        home=settings.home,
        url=settings.chroma_url,
        library=settings.library_name,
        embedder=embedder,
    )


def open_model(settings: Settings) -> ChatModel | None:
    """Return the language model; None when none is configured.

    Raises:
        SettingsError: it cannot be opened as it is configured.
    """
    if not settings.llm_model:
        return None
    key = settings.llm_api_key.get_secret_value() if settings.llm_api_key else ""
    return open_language_model(
        settings.llm_model, url=settings.llm_base_url, key=key, patience_s=settings.llm_timeout
    )


def open_ingestion(settings: Settings, progress: Progress | None = None) -> Ingestion:
    """Return the one that changes the library."""
    catalogue = open_catalogue(settings)
    embedder = load_embedder(settings.embedding_model)
    return Ingestion(
        catalogue,
        open_vectors(settings, embedder),
        settings.home / "originals",
        progress or Progress(),
    )


def open_judged(settings: Settings, ingestion: Ingestion) -> Assistant:
    """Return an assistant on the stores of an ingestion, to be asked what that staged.

    Without a language model: what it would tell rests on the same quotations.
    """
    return Assistant(
        ingestion.catalogue,
        lambda: ingestion.vectors,
        load_embedder(settings.embedding_model),
        load_reranker(settings.reranker_model),
    )


def open_assistant(
    settings: Settings,
    on_rebuild: Callable[[int], Progress] = lambda _count: Progress(),
    catalogue: Catalogue | None = None,
) -> Assistant:
    """Return the assistant; vectors that the configured model lacks are made first.

    Args:
        settings: of this process.
        on_rebuild: called with the number of passages to embed when the model was switched.
        catalogue: one that is open already.
    """
    catalogue = catalogue or open_catalogue(settings)
    reranker = load_reranker(settings.reranker_model)  # first: when it fails, nothing was embedded
    embedder = load_embedder(settings.embedding_model)

    def vectors() -> VectorShelves:
        return open_vectors(settings, embedder)

    ingestion = Ingestion(catalogue, vectors(), settings.home / "originals")
    missing = ingestion.missing_vectors()
    if missing:
        Ingestion(catalogue, ingestion.vectors, ingestion.originals, on_rebuild(missing)).rebuild()
    return Assistant(catalogue, vectors, embedder, reranker, model=open_model(settings))
