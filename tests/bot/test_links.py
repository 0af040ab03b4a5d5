"""Links are fetched from the public internet alone: what is refused, and what comes through."""

from __future__ import annotations

import asyncio
import gzip
import ssl
from collections.abc import Iterator
from dataclasses import replace

import pytest
from aiohttp import web

from bot.library.links import MOST_BYTES, Refusal, Road, fetch, is_public, link_in
from bot.texts import publishing as words
from knowledge.errors import LinkRefusedError
from tests.https_server import HOST, HttpsServer

PAGE = "<html><body><p>Hợp tác xã được vay vốn.</p></body></html>"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HttpsServer]:
    with HttpsServer(tmp_path_factory.mktemp("tls")) as running:
        yield running


@pytest.fixture
def road(server: HttpsServer) -> Road:
    return server.road()


# --- addresses -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("127.0.0.1", id="this machine"),
        pytest.param("127.8.8.8", id="this machine, another number"),
        pytest.param("0.0.0.0", id="any"),  # noqa: S104
        pytest.param("10.0.0.5", id="private, class A"),
        pytest.param("172.16.0.1", id="private, class B"),
        pytest.param("172.31.255.255", id="private, class B, its end"),
        pytest.param("192.168.1.1", id="private, the office's router"),
        pytest.param("169.254.169.254", id="link-local, where clouds keep secrets"),
        pytest.param("100.64.0.1", id="of a provider's own net"),
        pytest.param("192.0.2.7", id="documentation"),
        pytest.param("198.18.0.1", id="benchmarks"),
        pytest.param("224.0.0.251", id="multicast"),
        pytest.param("233.252.0.1", id="multicast for documentation"),
        pytest.param("240.0.0.1", id="reserved"),
        pytest.param("255.255.255.255", id="broadcast"),
        pytest.param("::", id="IPv6 any"),
        pytest.param("::1", id="IPv6 this machine"),
        pytest.param("fe80::1", id="IPv6 link-local"),
        pytest.param("fe80::1%eth0", id="IPv6 link-local with a zone"),
        pytest.param("fc00::1", id="IPv6 private"),
        pytest.param("fd12:3456::1", id="IPv6 private, as they are made"),
        pytest.param("fec0::1", id="IPv6 site-local of old"),
        pytest.param("ff02::1", id="IPv6 multicast"),
        pytest.param("ff0e::1", id="IPv6 multicast, global"),
        pytest.param("2001:db8::1", id="IPv6 documentation"),
        pytest.param("::ffff:10.0.0.1", id="IPv4 private, mapped"),
        pytest.param("::ffff:127.0.0.1", id="this machine, mapped"),
        pytest.param("::127.0.0.1", id="this machine, the old way"),
        pytest.param("64:ff9b::a00:1", id="IPv4 private, behind NAT64"),
        pytest.param("64:ff9b:1::a00:1", id="a local NAT64"),
        pytest.param("2002:a00:1::", id="IPv4 private, in 6to4"),
        pytest.param("2001:0:4136:e378:8000:63bf:3fff:fdd2", id="a Teredo tunnel"),
        pytest.param("nhà", id="no address"),
        pytest.param("", id="nothing"),
    ],
)
def test_an_address_that_is_not_of_the_public_internet_is_refused(address: str):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8",
        "203.162.0.1",
        "172.32.0.1",
        "2606:4700:4700::1111",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
    ],
)
def test_an_address_of_the_public_internet_is_not(address: str):
    assert is_public(address)


# --- links ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("http://lienminh.example/a.html", Refusal.HTTP),
        ("ftp://lienminh.example/a.html", Refusal.FORM),
        ("file:///etc/passwd", Refusal.FORM),
        ("https://", Refusal.FORM),
        ("https://ai:do@lienminh.example/", Refusal.FORM),
        ("https://lienminh.example:22/", Refusal.PRIVATE),
        ("https://lienminh.example:99999/", Refusal.FORM),
        ("https://[::1/", Refusal.FORM),
        ("https://không-có.example/", Refusal.UNKNOWN),
        ("https://" + "a" * 3_000, Refusal.FORM),
    ],
)
async def test_a_link_of_another_form_is_refused_before_anything_is_asked(
    link: str, reason: Refusal, road: Road, server: HttpsServer
):
    before = len(server.asked)
    with pytest.raises(LinkRefusedError) as raised:
        await fetch(link, replace(road, ports=road.ports | {443}))
    assert raised.value.reason == reason
    assert len(server.asked) == before


@pytest.mark.parametrize(
    "addresses",
    [["10.0.0.1"], ["8.8.8.8", "192.168.1.1"], ["::1"], ["127.0.0.1"], ["::ffff:169.254.169.254"]],
)
async def test_a_name_that_leads_into_the_office_is_not_connected_to(
    addresses: list[str], road: Road, server: HttpsServer
):
    async def resolve(_host: str, _port: int) -> list[str]:
        return addresses

    before = len(server.asked)
    with pytest.raises(LinkRefusedError) as raised:
        await fetch(server.link("/"), replace(road, resolve=resolve, permits=is_public))
    assert raised.value.reason == Refusal.PRIVATE
    assert len(server.asked) == before


async def test_a_number_instead_of_a_name_is_checked_too(server: HttpsServer):
    for host in ("127.0.0.1", "[::1]", "2130706433", "0x7f.1", "localhost"):
        with pytest.raises(LinkRefusedError) as raised:
            await fetch(f"https://{host}/", Road())
        assert raised.value.reason in {Refusal.PRIVATE, Refusal.UNKNOWN}, host
    assert not any(one == "/" for one in server.asked)


async def test_a_name_is_looked_up_once_and_the_address_checked_is_the_one_asked(
    road: Road, server: HttpsServer
):
    """Rebinding: a second look-up would be answered with another address."""
    looked_up: list[str] = []

    async def resolve(host: str, _port: int) -> list[str]:
        looked_up.append(host)
        return ["127.0.0.1"] if len(looked_up) == 1 else ["10.0.0.1"]

    link = server.page("/một.html", PAGE)
    found = await fetch(link, replace(road, resolve=resolve))
    assert found.data.decode() == PAGE
    assert looked_up == [HOST]
    assert server.hosts[-1] == f"{HOST}:{server.port}", "the site is asked by its name"


async def test_the_certificate_must_be_that_of_the_name(road: Road, server: HttpsServer):
    async def resolve(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1"]

    server.page("/", PAGE)
    for there in (
        fetch(server.link("/", host="khac.example"), replace(road, resolve=resolve)),
        fetch(server.link("/"), replace(road, tls=ssl.create_default_context())),
    ):
        with pytest.raises(LinkRefusedError) as raised:
            await there
        assert raised.value.reason == Refusal.UNREACHED


# --- redirects -----------------------------------------------------------------------------------


async def test_redirects_are_followed_and_the_last_page_is_named(road: Road, server: HttpsServer):
    server.page("/vb/nghi-dinh.pdf", b"%PDF-1.7 ...", "application/pdf")
    server.moved("/hai", "/vb/nghi-dinh.pdf")
    found = await fetch(server.moved("/mot", server.link("/hai")), road)
    assert (found.name, found.data[:4]) == ("nghi-dinh.pdf", b"%PDF")
    assert found.link == server.link("/mot"), "its identity is the link that was sent"


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("http://lienminh.example/", Refusal.HTTP),
        ("https://trong.example/", Refusal.PRIVATE),
        ("https://10.0.0.1/", Refusal.PRIVATE),
        ("file:///etc/passwd", Refusal.FORM),
        ("", Refusal.REDIRECTS),
    ],
)
async def test_each_redirect_is_checked(to: str, reason: Refusal, road: Road, server: HttpsServer):
    async def resolve(host: str, port: int) -> list[str]:
        return ["127.0.0.1"] if host == HOST else ["10.0.0.1"]

    link = server.moved("/đi", to)
    with pytest.raises(LinkRefusedError) as raised:
        await fetch(link, replace(road, resolve=resolve, ports=road.ports | {443}))
    assert raised.value.reason == reason


async def test_redirects_without_end_are_given_up(road: Road, server: HttpsServer):
    before = len(server.asked)
    with pytest.raises(LinkRefusedError) as raised:
        await fetch(server.moved("/vòng", "/v%C3%B2ng"), road)
    assert raised.value.reason == Refusal.REDIRECTS
    assert len(server.asked) - before == 6


# --- what comes back -----------------------------------------------------------------------------

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize(
    ("path", "kind", "name"),
    [
        ("/", "text/html; charset=utf-8", "trang-web.html"),
        ("/tin/bai-1", "text/html", "bai-1.html"),
        ("/v%C4%83n b%E1%BA%A3n.docx", WORD, "văn bản.docx"),
        ("/so-lieu", SHEET, "so-lieu.xlsx"),
        ("/tai.pdf", "application/octet-stream", "tai.pdf"),
        ("/a/b/..%2f..%2fetc", "application/pdf", "etc.pdf"),
    ],
)
async def test_a_file_is_named_after_its_link_and_its_type(
    path: str, kind: str, name: str, road: Road, server: HttpsServer
):
    async def give(_: web.Request) -> web.Response:
        return web.Response(body=b"x", headers={"Content-Type": kind})

    server.handlers.clear()
    server.handlers = _Always(give)
    try:
        assert (await fetch(server.link(path), road)).name == name
    finally:
        server.handlers = {}


class _Always(dict):  # type: ignore[type-arg]
    def __init__(self, handler: object) -> None:
        self.handler = handler

    def get(self, *_: object) -> object:
        return self.handler


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("image/png", Refusal.TYPE),
        ("application/zip", Refusal.TYPE),
        ("text/plain", Refusal.TYPE),
        ("application/octet-stream", Refusal.TYPE),
        ("", Refusal.TYPE),
    ],
)
async def test_another_type_is_refused(kind: str, reason: Refusal, road: Road, server: HttpsServer):
    with pytest.raises(LinkRefusedError) as raised:
        await fetch(server.page("/tệp", b"x", kind), road)
    assert raised.value.reason == reason


async def test_an_error_of_the_site_is_told_with_its_number(road: Road, server: HttpsServer):
    with pytest.raises(LinkRefusedError) as raised:
        await fetch(server.link("/không-có"), road)
    assert (raised.value.reason, raised.value.detail) == (Refusal.STATUS, "404")


async def test_what_is_too_large_is_cut_off_be_it_told_hidden_or_packed(
    road: Road, server: HttpsServer
):
    async def endless(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "text/html"})
        await answer.prepare(request)
        for _ in range(3 * MOST_BYTES // 1_000_000):
            await answer.write(b"a" * 1_000_000)
        return answer

    server.handlers["/dài"] = endless
    packed = gzip.compress(b"a" * (MOST_BYTES + 1))
    for link in (
        server.link("/dài"),
        server.page("/bom", packed, **{"Content-Encoding": "gzip"}),
        server.page("/to", b"a" * (MOST_BYTES + 1)),
    ):
        with pytest.raises(LinkRefusedError) as raised:
            await fetch(link, road)
        assert raised.value.reason == Refusal.SIZE


async def test_a_site_that_drips_is_given_up(server: HttpsServer):
    async def drip(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "text/html"})
        await answer.prepare(request)
        for _ in range(100):
            await answer.write(b"a")
            await asyncio.sleep(0.1)
        return answer

    server.handlers["/nhỏ giọt"] = drip
    with pytest.raises(LinkRefusedError) as raised:
        await fetch(server.link("/nhỏ giọt"), server.road(total_s=0.6))
    assert raised.value.reason == Refusal.TIME


async def test_no_proxy_of_the_environment_looks_the_name_up_again(
    road: Road, server: HttpsServer, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert (await fetch(server.page("/proxy", PAGE), road)).data.decode() == PAGE


# --- the rest ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "link"),
    [
        (" https://a.vn/b?c=1 \n", "https://a.vn/b?c=1"),
        ("HTTP://A.VN", "HTTP://A.VN"),
        ("xem https://a.vn", ""),
        ("https://a.vn là gì?", ""),
        ("a.vn", ""),
        ("", ""),
    ],
)
def test_a_text_that_is_a_link_and_nothing_else(text: str, link: str):
    assert link_in(text) == link


def test_every_refusal_has_words():
    assert set(words.REFUSALS) == set(Refusal)
