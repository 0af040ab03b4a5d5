"""Log lines: to stderr, as key=value, and without secrets."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence

import structlog
from structlog.typing import EventDict, WrappedLogger

_HIDDEN = "[secret]"


def configure_logging(level: str, secrets: Sequence[str] = ()) -> None:
    """Send log lines of this project and warnings of libraries to stderr.

    Args:
        level: of this project's lines: "DEBUG", "INFO", "WARNING", "ERROR".
        secrets: what is blotted out wherever it stands, in tracebacks too.
    """
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Blotting("%(name)s: %(message)s", secrets))
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
    for secret in secrets:
        line = line.replace(secret, _HIDDEN)
    return line


class _Blotting(logging.Formatter):
    def __init__(self, form: str, secrets: Sequence[str]) -> None:
        super().__init__(form)
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        return blot(super().format(record), self._secrets)
