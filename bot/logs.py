"""Log lines: to stderr, as key=value, and without secrets."""

from __future__ import annotations

import logging
import os
import sys
import traceback
from collections.abc import Callable, Sequence

import structlog
from structlog.typing import EventDict, WrappedLogger

_HIDDEN = "[secret]"
# Libraries whose lines may quote what a person wrote.
_QUOTING = {"telegram", "asyncio", "openai", "ollama", "langchain_openai", "langchain_ollama"}


def configure_logging(level: str, secrets: Sequence[str] = ()) -> None:
    """Send log lines of this project and warnings of libraries to stderr.

    Args:
        level: of this project's lines: "DEBUG", "INFO", "WARNING", "ERROR".
        secrets: what is blotted out wherever it stands, in tracebacks too.
    """
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Blotting(secrets))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    render = structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"])

    def blotted(logger: WrappedLogger, name: str, event: EventDict) -> str:
        return blot(str(render(logger, name, event)), secrets)

    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            blotted,
        ],
    )


def blot(line: str, secrets: Sequence[str]) -> str:
    """Return a line with every secret replaced."""
    for secret in filter(None, secrets):
        line = line.replace(secret, _HIDDEN)
    return line


def chain(error: BaseException, name: Callable[[BaseException], str]) -> str:
    """Return the traceback of an error and of its causes, each ended by what `name` says of it."""
    parts: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        parts.append("".join(traceback.format_tb(current.__traceback__)) + name(current))
        current = current.__cause__ or current.__context__
    return "\ncaused by:\n".join(parts)


class Blotting(logging.Formatter):
    """Lines of libraries, without secrets; of some, without what a person may have written."""

    def __init__(self, secrets: Sequence[str]) -> None:
        super().__init__("%(name)s: %(message)s")
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """Return a line."""
        if record.name.split(".")[0] in _QUOTING:
            return blot(_unquoted(record), self._secrets)
        return blot(super().format(record), self._secrets)


def _unquoted(record: logging.LogRecord) -> str:
    """Return a line without the values in it, and a traceback without messages."""
    line = f"{record.name}: {str(record.msg).splitlines()[0]}"
    error = record.exc_info[1] if record.exc_info else None
    return line if error is None else f"{line}\n{chain(error, lambda one: type(one).__name__)}"
