"""Figures for an operator's dashboard, at METRICS_PORT: questions, times, errors, the loop."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    start_http_server,
)

from knowledge.model import Status

_SECONDS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3.0, 6.0, 12.0, 30.0)
_TICK_S = 0.01  # how often the loop is looked at


class Metrics:
    """Counts what happens; nothing personal is in it."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._questions = Counter(
            "htx_questions", "Questions answered, by status.", ["status"], registry=self.registry
        )
        self._seconds = Histogram(
            "htx_answer_seconds",
            "Seconds from taking a question to its answer being shown.",
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._errors = Counter(
            "htx_errors", "Updates that ended in an error.", registry=self.registry
        )
        self._documents = Gauge("htx_documents", "Documents in use.", registry=self.registry)
        self._blocked = Gauge(
            "htx_loop_blocked_seconds_max",
            "Longest time for which the event loop could not run.",
            registry=self.registry,
        )
        self._longest = 0.0
        ProcessCollector(registry=self.registry)

    def answered(self, status: Status, seconds: float) -> None:
        """Count an answer that was shown."""
        self._questions.labels(status.value).inc()
        self._seconds.observe(seconds)

    def failed(self) -> None:
        """Count an update that ended in an error."""
        self._errors.inc()

    def holds(self, documents: int) -> None:
        """Keep how many documents are in use."""
        self._documents.set(documents)

    async def watch_loop(self) -> None:
        """Measure how late the event loop comes to what is due, until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + _TICK_S
            await asyncio.sleep(_TICK_S)
            self._longest = max(self._longest, loop.time() - due)
            self._blocked.set(self._longest)

    @contextmanager
    def served(self, port: int) -> Iterator[None]:
        """Serve the figures on this machine; 0 serves none."""
        if not port:
            yield
            return
        server, thread = start_http_server(port, addr="127.0.0.1", registry=self.registry)
        watching = asyncio.create_task(self.watch_loop())
        try:
            yield
        finally:
            watching.cancel()
            server.shutdown()
            server.server_close()
            thread.join()
