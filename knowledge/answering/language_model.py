"""A language model behind one small interface: a request in, chunks of text out.

Whatever LangChain's `init_chat_model` knows can be named. Its packages are imported when a model is
opened, never before: without a model they cost neither time nor memory.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

from knowledge.errors import ModelUnavailableError, SettingsError

_LONGEST_TOKENS = 1_500  # of a reply; a model that reasons spends most of them on that
_NO_KEY = "none"  # local servers want a key to be sent, and do not look at it
_ENDS = {"finish_reason", "done_reason", "stop_reason"}  # which, hangs on the provider
_THINKS, _THOUGHT_ENDS = "<think>", "</think>"


class LanguageModel(Protocol):
    """What the assistant asks of a language model."""

    @property
    def name(self) -> str:
        """What it was asked for by."""

    def stream(self, system: str, request: str) -> Generator[str]:
        """Yield the reply in chunks; closing the iterator ends the request.

        Raises:
            ModelUnavailableError: it cannot be reached, refuses, or takes too long.
        """


@dataclass(frozen=True, slots=True)
class ChatModel:
    """A model of LangChain.

    Attributes:
        name: as configured ("ollama:qwen3:8b").
        model: LangChain's chat model.
        patience_s: from a request to the end of its reply.
    """

    name: str
    model: Any
    patience_s: float

    def stream(self, system: str, request: str) -> Generator[str]:
        """Yield the reply in chunks, without what the model thinks aloud.

        Raises:
            ModelUnavailableError: it cannot be reached, refuses, or takes too long.
        """
        told = [("system", system)] if system else []
        return _without_thoughts(self._chunks([*told, ("human", request)]))

    def _chunks(self, messages: list[tuple[str, str]]) -> Generator[str]:
        try:
            with closing(self.model.stream(messages)) as chunks:
                yield from self._read(chunks)
        except ModelUnavailableError:
            raise
        except Exception as error:  # every provider raises errors of its own
            raise self._failed(_kind_of(error)) from error

    def _read(self, chunks: Iterator[Any]) -> Generator[str]:
        ends = time.monotonic() + self.patience_s
        finished = False
        for chunk in chunks:
            if time.monotonic() > ends:
                raise self._failed("time-out")
            finished |= not _ENDS.isdisjoint(chunk.response_metadata)
            yield str(chunk.text)
        if not finished:
            raise self._failed("the reply breaks off")

    def _failed(self, why: str) -> ModelUnavailableError:
        return ModelUnavailableError(f"{self.name}: {why}")


def _kind_of(error: Exception) -> str:
    """Return what went wrong without the server's words, which may repeat keys and questions."""
    status = getattr(error, "status_code", None)
    return f"{type(error).__name__}{f' ({status})' if isinstance(status, int) else ''}"


def _without_thoughts(chunks: Generator[str]) -> Generator[str]:
    """Yield a reply without the thoughts that some models put in front of it, in tags."""
    held = ""
    answers = False
    with closing(chunks):
        for chunk in chunks:
            if answers:
                yield chunk
                continue
            held = (held + chunk).lstrip()
            if _THOUGHT_ENDS in held:
                held = held.partition(_THOUGHT_ENDS)[2]
                answers = True
            else:
                answers = not held.startswith(_THINKS[: len(held)])
            if answers:
                yield held
    if not answers and not held.startswith(_THINKS):
        yield held


def open_language_model(
    name: str, *, url: str = "", key: str = "", patience_s: float = 60
) -> ChatModel:
    """Return a model; nothing is asked of its server yet.

    Args:
        name: for LangChain's `init_chat_model` ("ollama:qwen3:8b", "openai:gpt-5-mini").
        url: of the server; the provider's own when empty.
        key: of the server; from the provider's own variable when empty.
        patience_s: from a request to the end of its reply.

    Raises:
        SettingsError: no such provider, or its package is not installed.
    """
    from langchain.chat_models import init_chat_model  # noqa: PLC0415  (half a second)

    options = _options(name.partition(":")[0], url, key, patience_s)
    try:
        return ChatModel(name, init_chat_model(name, **options), patience_s)
    except ImportError as error:
        raise SettingsError(
            f"LLM_MODEL: {name!r} needs a package that is not installed ({error.name}); expected "
            "a model of openai or ollama, e.g. LLM_MODEL=ollama:qwen3:8b"
        ) from error
    except Exception as error:  # of the provider's own settings
        raise SettingsError(
            f"LLM_MODEL: {name!r} cannot be opened ({type(error).__name__}); expected a LangChain "
            "init_chat_model name and its LLM_API_KEY, e.g. LLM_MODEL=ollama:qwen3:8b"
        ) from error


def _options(provider: str, url: str, key: str, patience_s: float) -> dict[str, Any]:
    """Return what a provider's model is made with; each names the same things in its own way."""
    options: dict[str, Any] = {"temperature": 0}
    if url:
        options["base_url"] = url
    # A server that closes the connection behind a stream fails the next call on it.
    headers = {"Connection": "close"}
    if provider == "ollama":
        told = {"Authorization": f"Bearer {key}"} if key else {}
        options["client_kwargs"] = {"timeout": patience_s, "headers": headers | told}
        return options | {"num_predict": _LONGEST_TOKENS}
    options |= {"timeout": patience_s, "max_retries": 0, "max_tokens": _LONGEST_TOKENS}
    if key or url:
        options["api_key"] = key or _NO_KEY
    if provider == "openai":
        options["default_headers"] = headers
        if url and not urlsplit(url).path.strip("/"):
            options["base_url"] = f"{url.rstrip('/')}/v1"
    return options
