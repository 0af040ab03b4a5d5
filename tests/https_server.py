"""A web server with a certificate of its own, and the road on which tests reach it."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.library.links import Road

HOST = "lienminh.example"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class HttpsServer:
    """Serves handlers by path, in a thread; `road` leads to it by the name HOST, and nowhere else."""

    def __init__(self, folder: Path) -> None:
        self.handlers: dict[str, Handler] = {}
        self.asked: list[str] = []
        self.hosts: list[str] = []
        self._folder = folder
        self._certificate()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="https server")

    def page(self, path: str, body: bytes | str, kind: str = "text/html", **more: str) -> str:
        """Serve a body; return its link."""
        data = body.encode() if isinstance(body, str) else body

        async def give(_: web.Request) -> web.Response:
            return web.Response(body=data, headers={"Content-Type": kind, **more})

        self.handlers[path] = give
        return self.link(path)

    def moved(self, path: str, to: str) -> str:
        """Redirect a path; return its link."""

        async def give(_: web.Request) -> web.Response:
            return web.Response(status=302, headers={"Location": to})

        self.handlers[path] = give
        return self.link(path)

    def link(self, path: str, host: str = HOST) -> str:
        return f"https://{host}:{self.port}{path}"

    def road(self, *, total_s: float = 20.0) -> Road:
        """Return a road that knows HOST; the loopback of this server alone is let through."""

        async def resolve(host: str, _port: int) -> list[str]:
            if host == HOST:
                return ["127.0.0.1"]
            raise OSError(f"no such name {host}")

        authority = ssl.create_default_context(cafile=str(self._folder / "tls.crt"))
        return Road(
            resolve=resolve,
            permits=lambda address: address == "127.0.0.1",
            ports=frozenset((self.port,)),
            tls=authority,
            total_s=total_s,
        )

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        app = web.Application()
        app.router.add_get("/{path:.*}", self._give)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(self._folder / "tls.crt", self._folder / "tls.key")
        site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls)
        await site.start()
        self.port: int = runner.addresses[0][1]
        self._ready.set()
        await self._stop.wait()
        await runner.cleanup()

    async def _give(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path)
        self.hosts.append(request.host)
        handler = self.handlers.get(request.path)
        return await handler(request) if handler else web.Response(status=404)

    def _certificate(self) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
        now = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .sign(key, hashes.SHA256())
        )
        (self._folder / "tls.crt").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        (self._folder / "tls.key").write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
