"""The HTTP server in a thread of its own: requests in, results, refusals and accidents out."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, Self

from aiohttp import web

from tests.telegram_server import faults
from tests.telegram_server.faults import Fault
from tests.telegram_server.methods import METHODS, NAMES
from tests.telegram_server.model import JSON, Call, File, Refusal
from tests.telegram_server.updates import deliver_all
from tests.telegram_server.world import World

UPLOAD_BYTES = 50 * 2**20


class FakeTelegram(World):
    """The server and its world; use it as a context manager."""

    url = ""

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self.loop.run_forever, name="telegram", daemon=True)
        self._thread.start()
        self._run(self._start())
        return self

    def __exit__(self, *_: object) -> None:
        self._run(self._stop())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self.loop).result(20)

    async def _start(self) -> None:
        application = web.Application(client_max_size=UPLOAD_BYTES)
        application.router.add_route("*", "/bot{token}/{method}", self._answer)
        application.router.add_get("/file/bot{token}/{path:.+}", self._answer)
        self._runner = web.AppRunner(
            application, access_log=None, handler_cancellation=True, shutdown_timeout=0.1
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._webhook = asyncio.create_task(deliver_all(self))

    async def _stop(self) -> None:
        self._webhook.cancel()
        await asyncio.gather(self._webhook, return_exceptions=True)
        await self._runner.cleanup()

    # -- requests

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        asked = request.match_info.get("method", "file download")
        call = Call(time.monotonic(), NAMES.get(asked.lower(), asked), await _parameters(request))
        with self.changing():
            call.chat_id = self._chat_id(call)
            fault = self.begin(call)
        call.fault = fault.kind if fault else ""
        try:
            refusal = await self._with_fault(call, fault, request.match_info["token"])
        except BaseException as error:
            gone = isinstance(error, asyncio.CancelledError)
            self._end(call, "gone" if gone else "crashed", repr(error))
            raise
        if call.fault.startswith("drop"):
            self._end(call, "dropped")
            if request.transport:
                request.transport.abort()
            return web.Response()
        if refusal:
            self._end(call, str(refusal.code), refusal.description)
            return _refused(refusal)
        self._end(call, "ok")
        if isinstance(call.result, bytes):
            return web.Response(body=call.result)
        return web.json_response({"ok": True, "result": call.result})

    def _chat_id(self, call: Call) -> int | None:
        with suppress(ValueError):
            return int(call.text("chat_id"))
        query = self.queries.get(call.text("callback_query_id"))
        return query.chat_id if query else None

    async def _with_fault(self, call: Call, fault: Fault | None, token: str) -> Refusal | None:
        if fault is None:
            return await self._work(call, token)
        if fault.kind not in faults.OF_THE_LINE:
            return fault.refusal()
        if fault.kind == "drop_before":
            return None
        await asyncio.sleep(fault.delay if fault.kind == "slow_before" else 0)
        refusal = await self._work(call, token)
        await asyncio.sleep(fault.delay if fault.kind == "slow" else 0)
        return refusal

    async def _work(self, call: Call, token: str) -> Refusal | None:
        method = METHODS.get(call.method)
        if token != self.token:
            return Refusal(401, "Unauthorized")
        if method is None:
            return Refusal(404, "Not Found")
        try:
            with self.changing():
                result = method(self, call)
            call.result = await result if asyncio.iscoroutine(result) else result
        except Refusal as refusal:
            return refusal
        return None

    def _end(self, call: Call, outcome: str, description: str = "") -> None:
        with self.changing():
            call.outcome, call.description = outcome, description


def _refused(refusal: Refusal) -> web.Response:
    if refusal.code in {502, 504}:  # a gateway in front of Telegram answers in its own words
        page = f"<html><head><title>{refusal.code} {refusal.description}</title></head></html>"
        return web.Response(status=refusal.code, text=page, content_type="text/html")
    body = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    more = {"parameters": refusal.parameters} if refusal.parameters else {}
    return web.json_response({**body, **more}, status=refusal.code)


async def _parameters(request: web.Request) -> JSON:
    """Return a request's parameters from wherever they are: all are texts, or files."""
    given: JSON = dict(request.query)
    if "path" in request.match_info:
        given["path"] = request.match_info["path"]
    given |= await request.post()
    return {name: _parameter(value) for name, value in given.items()}


def _parameter(value: Any) -> str | File:
    if isinstance(value, web.FileField):
        with value.file as file:
            data = file.read()
        name, kind = value.filename, value.content_type
        return File(
            number=0, kind="upload", name=name, data=data, mime_type=kind, size_bytes=len(data)
        )
    return str(value)
