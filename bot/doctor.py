"""What is configured, reachable and missing, one finding a part, in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot import texts
from bot.settings import Settings
from bot.wiring import open_catalogue, open_vectors
from ingest.pipeline import Ingestion
from knowledge.errors import AssistantError
from knowledge.search.embeddings import load_embedder


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One part looked at."""

    name: str
    ok: bool
    message: str


def examine(settings: Settings) -> list[Finding]:
    """Return the findings; a part that fails does not keep the others from being looked at."""
    return list(_findings(settings))


def _findings(settings: Settings) -> Iterator[Finding]:
    yield Finding(name=texts.DOCTOR_HOME, ok=True, message=str(settings.home))
    yield _tried(texts.DOCTOR_LIBRARY, lambda: _library(settings))
    yield _tried(texts.DOCTOR_MODEL, lambda: _model(settings))
    yield _tried(texts.DOCTOR_VECTORS, lambda: _vectors(settings))
    yield Finding(
        name=texts.DOCTOR_TELEGRAM,
        ok=True,
        message=texts.DOCTOR_SET if settings.telegram_bot_token else texts.DOCTOR_UNSET,
    )
    yield Finding(name=texts.DOCTOR_LLM, ok=True, message=settings.llm_model or texts.DOCTOR_UNSET)


def _tried(name: str, look: Callable[[], tuple[bool, str]]) -> Finding:
    try:
        ok, message = look()
    except AssistantError as error:
        ok, message = False, str(error)
    return Finding(name=name, ok=ok, message=message)


def _library(settings: Settings) -> tuple[bool, str]:
    catalogue = open_catalogue(settings)
    generation = catalogue.live_generation()
    documents = catalogue.contents(generation)
    return bool(documents), texts.DOCTOR_DOCUMENTS.format(
        count=len(documents), generation=generation
    )


def _model(settings: Settings) -> tuple[bool, str]:
    embedder = load_embedder(settings.embedding_model)
    return True, embedder.note or f"{settings.embedding_model} ({embedder.identity})"


def _vectors(settings: Settings) -> tuple[bool, str]:
    embedder = load_embedder(settings.embedding_model)
    ingestion = Ingestion(
        open_catalogue(settings), open_vectors(settings, embedder), settings.home / "originals"
    )
    missing = ingestion.missing_vectors()
    where = settings.chroma_url or str(settings.home / "vectors")
    return not missing, texts.DOCTOR_MISSING.format(where=where, count=missing)
