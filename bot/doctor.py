"""What is configured, reachable and missing, one finding a part, in plain words."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from http import HTTPStatus

import httpx

from bot import texts
from bot.settings import Settings
from bot.wiring import open_catalogue, open_model, open_vectors
from ingest.pipeline import Ingestion
from ingest.sources import find_sources
from knowledge.answering import prompts
from knowledge.errors import AssistantError, ModelUnavailableError
from knowledge.search.embeddings import load_embedder
from knowledge.search.reranking import load_reranker

_PATIENCE_S = 10


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
    yield _tried(texts.DOCTOR_RERANKER, lambda: _reranker(settings))
    yield _tried(texts.DOCTOR_VECTORS, lambda: _vectors(settings))
    yield _tried(texts.DOCTOR_FOLDER, lambda: _folder(settings))
    yield _tried(texts.DOCTOR_TELEGRAM, lambda: _telegram(settings))
    yield _people(settings)
    yield _tried(texts.DOCTOR_LLM, lambda: _language_model(settings))


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


def _reranker(settings: Settings) -> tuple[bool, str]:
    load_reranker(settings.reranker_model)
    return True, settings.reranker_model or texts.DOCTOR_UNSET


def _vectors(settings: Settings) -> tuple[bool, str]:
    embedder = load_embedder(settings.embedding_model)
    ingestion = Ingestion(
        open_catalogue(settings), open_vectors(settings, embedder), settings.home / "originals"
    )
    missing = ingestion.missing_vectors()
    where = settings.chroma_url or str(settings.home / "vectors")
    return not missing, texts.DOCTOR_MISSING.format(where=where, count=missing)


def _folder(settings: Settings) -> tuple[bool, str]:
    folder = settings.documents
    if not folder.is_dir():
        return settings.documents_dir is None, texts.DOCTOR_NO_FOLDER.format(folder=folder)
    count = sum(1 for _ in find_sources([folder]))
    return True, texts.DOCTOR_FILES.format(folder=folder, count=count)


def _telegram(settings: Settings) -> tuple[bool, str]:
    """Ask Telegram whose token it is; the token itself is never shown."""
    if settings.telegram_bot_token is None:
        return True, texts.DOCTOR_NO_BOT
    server = settings.telegram_api_base_url
    token = settings.telegram_bot_token.get_secret_value()
    try:
        answer = httpx.get(f"{server}/bot{token}/getMe", timeout=_PATIENCE_S)
        said = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        return False, texts.DOCTOR_UNREACHED.format(server=server, why=type(error).__name__)
    if answer.status_code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND):
        return False, texts.DOCTOR_REFUSED.format(server=server)
    if not said.get("ok"):
        return False, texts.DOCTOR_UNREACHED.format(server=server, why=answer.status_code)
    way = settings.webhook_url or texts.DOCTOR_POLLING
    return True, texts.DOCTOR_BOT.format(name=said["result"]["username"], server=server, way=way)


def _language_model(settings: Settings) -> tuple[bool, str]:
    """Ask the language model for a word; without one answers are quotations, which is fine."""
    model = open_model(settings)
    if model is None:
        return True, texts.DOCTOR_UNSET
    started = time.monotonic()
    try:
        with closing(model.stream("", prompts.CHECK)) as chunks:
            said = any(map(str.strip, chunks))  # the first word will do
    except ModelUnavailableError as error:
        return False, texts.DOCTOR_LLM_FAILED.format(why=error)
    seconds = f"{time.monotonic() - started:.1f}"
    told = texts.DOCTOR_LLM_ANSWERS if said else texts.DOCTOR_LLM_SILENT
    return said, told.format(name=settings.llm_model, seconds=seconds)


def _people(settings: Settings) -> Finding:
    """A bot without an admin answers, but nobody can reload it from the chat."""
    count = len(settings.admin_ids)
    return Finding(
        name=texts.DOCTOR_ADMINS,
        ok=bool(count) or settings.telegram_bot_token is None,
        message=texts.DOCTOR_PEOPLE.format(admins=count, officers=len(settings.officer_ids)),
    )
