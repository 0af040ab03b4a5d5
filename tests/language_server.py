"""A language-model server that says what a test wants: OpenAI's chat completions over real HTTP."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from knowledge.answering.language_model import ChatModel, open_language_model

KEY = "khoa-thu-nghiem"
_PATIENCE_S = 30


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What the server says to one request.

    Attributes:
        text: the reply; a callable makes it from the request.
        letters: in a chunk of the stream.
        status: an HTTP error instead, when it is not 200.
        holds_at: letters after which the reply waits until the test lets it go on.
        dies_at: letters after which the connection is cut.
        ends: the stream says that it has ended; else it only stops.
    """

    text: str | Callable[[str], str] = ""
    letters: int = 4
    status: int = 200
    holds_at: int | None = None
    dies_at: int | None = None
    ends: bool = True


@dataclass
class LanguageServer:
    """The server. `replies` are said in their order, then `usual` for ever."""

    usual: Reply = field(default_factory=Reply)
    replies: list[Reply] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    hung_up: threading.Event = field(default_factory=threading.Event)  # a client left in a stream
    _go_on: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._go_on.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(_PATIENCE_S)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def says(self, *replies: Reply | str) -> Self:
        """Say these to the next requests."""
        self.replies += [Reply(text=one) if isinstance(one, str) else one for one in replies]
        return self

    def model(self, patience_s: float = 20) -> ChatModel:
        """Return the model as the program opens it."""
        return open_language_model("openai:thử", url=self.url, key=KEY, patience_s=patience_s)

    def goes_on(self) -> None:
        """Let a reply that holds go on."""
        self._go_on.set()

    @property
    def asked(self) -> list[str]:
        """All that each request said, system and person together."""
        return [
            "\n".join(str(one["content"]) for one in request["messages"])
            for request in self.requests
        ]

    def next_reply(self, request: dict[str, Any]) -> Reply:
        self.requests.append(request)
        return self.replies.pop(0) if self.replies else self.usual

    def wait(self) -> None:
        """Wait until the test lets the reply go on."""
        self._go_on.wait(_PATIENCE_S)


def _handler(server: LanguageServer) -> type[BaseHTTPRequestHandler]:  # noqa: C901  (one class)
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Say nothing."""

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            reply = server.next_reply(json.loads(body))
            if self.path != "/v1/chat/completions":
                self._refuse(404, "no such address")
            elif self.headers.get("Authorization") != f"Bearer {KEY}":
                self._refuse(401, f"wrong key {self.headers.get('Authorization')}")
            elif reply.status != 200:
                self._refuse(reply.status, "refused: " + body.decode())
            else:
                self._stream(reply, server.asked[-1])

        def _refuse(self, status: int, why: str) -> None:
            body = json.dumps({"error": {"message": why, "type": "error"}}).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(body)

        def _stream(self, reply: Reply, asked: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Transfer-Encoding", "chunked")
            self.send_header("Connection", "close")
            self.end_headers()
            try:
                for event in _events(reply, asked, server):
                    line = f"data: {event}\n\n".encode()
                    self.wfile.write(f"{len(line):x}\r\n".encode() + line + b"\r\n")
                    self.wfile.flush()
                    time.sleep(0)
            except (BrokenPipeError, ConnectionResetError):
                server.hung_up.set()
                return
            if reply.dies_at is None:
                self.wfile.write(b"0\r\n\r\n")
            self.close_connection = True

    return Handler


def _events(reply: Reply, asked: str, server: LanguageServer) -> Iterator[str]:
    text = reply.text if isinstance(reply.text, str) else reply.text(asked)
    for start in range(0, len(text), reply.letters):
        if reply.dies_at is not None and start >= reply.dies_at:
            return
        if reply.holds_at is not None and start - reply.letters < reply.holds_at <= start:
            server.wait()
        yield _event({"content": text[start : start + reply.letters]}, None)
    if reply.ends:
        yield _event({}, "stop")
        yield "[DONE]"


def _event(delta: dict[str, str], finish: str | None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return json.dumps(
        {
            "id": "1",
            "object": "chat.completion.chunk",
            "created": 0,
            "model": "thử",
            "choices": [choice],
        }
    )
