"""A page or a file behind a link, fetched so that nobody is led into the office's own network.

The name is looked up once, every address found is checked, and the connection goes to the address
that was checked: a name that points elsewhere a moment later changes nothing. Each redirect goes
through the same. No proxy of the environment is used: it would look the name up again.
"""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

from ingest.placing import safe_name
from knowledge.errors import LinkRefusedError

if TYPE_CHECKING:
    import httpx

MOST_BYTES = 20_000_000  # as much as Telegram brings
MOST_REDIRECTS = 5
TOTAL_S, STEP_S = 60.0, 15.0  # for all of it, redirects included; for connecting and each read
_PORTS = frozenset((443,))
_NAMELESS = "trang-web"
_HEADERS = {"User-Agent": "tro-ly-htx", "Accept": "text/html,application/pdf,*/*;q=0.5"}
_LONGEST = 2_000  # characters of a link
_HTTP_OK = 200

_OFFICE = "application/vnd.openxmlformats-officedocument."
_TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    f"{_OFFICE}wordprocessingml.document": ".docx",
    f"{_OFFICE}spreadsheetml.sheet": ".xlsx",
}
_UNTOLD = "application/octet-stream"  # as many portals send everything; then the name decides

# IPv6 addresses that are IPv4 ones in disguise, with the bits that hold those (RFC 6052, 3056)
_NAT64, _6TO4 = ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("2002::/16")

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Refusal(StrEnum):
    """Why a link is not fetched; the words for people are in `bot.texts`."""

    FORM = "form"
    HTTP = "http"
    PRIVATE = "private"
    UNKNOWN = "unknown"
    UNREACHED = "unreached"
    REDIRECTS = "redirects"
    STATUS = "status"
    TYPE = "type"
    SIZE = "size"
    TIME = "time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What stood behind a link; its name is a safe one with the suffix of its type."""

    link: str
    name: str
    data: bytes


async def _looked_up(host: str, port: int) -> list[str]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(one[4][0]) for one in found]


def is_public(address: str) -> bool:
    """Tell whether an address is of the public internet: nothing of this office or this machine."""
    try:
        found: _Address = ipaddress.ip_address(address)
    except ValueError:  # with a zone, "fe80::1%eth0"
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = _inner(found)
        if inner is not None:
            return is_public(str(inner))
        if found.is_site_local:
            return False
    return found.is_global and not (
        found.is_multicast or found.is_reserved or found.is_unspecified or found.is_loopback
    )


def _inner(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that an IPv6 one leads to."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.teredo is not None:
        return ipaddress.IPv4Address("127.0.0.1")  # a tunnel to who knows where: refused
    if address in _6TO4:
        return address.sixtofour
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """How links are reached; tests put in a network of their own.

    Attributes:
        resolve: returns the addresses of a name.
        permits: tells whether an address may be connected to.
        ports: that may be connected to.
        tls: whom the server's certificate must satisfy; None for the usual authorities.
        total_s: seconds for all of it.
    """

    resolve: Callable[[str, int], Awaitable[list[str]]] = _looked_up
    permits: Callable[[str], bool] = is_public
    ports: frozenset[int] = _PORTS
    tls: ssl.SSLContext | None = None
    total_s: float = TOTAL_S


OPEN_ROAD = Road()


def link_in(text: str) -> str:
    """Return the link if a text is one and nothing else; "" otherwise."""
    found = text.strip()
    return found if re.fullmatch(r"https?://\S+", found, re.IGNORECASE) else ""


async def fetch(link: str, road: Road = OPEN_ROAD) -> Fetched:
    """Return what stands behind a link.

    Args:
        link: as it was typed.
        road: how it is reached.

    Raises:
        LinkRefusedError: it is not fetched; `reason` is a `Refusal`.
    """
    try:
        async with asyncio.timeout(road.total_s):
            return await _fetched(link, road)
    except TimeoutError as error:
        raise LinkRefusedError(Refusal.TIME) from error


async def _fetched(link: str, road: Road) -> Fetched:
    import httpx  # noqa: PLC0415  (0.2 s, and few admins send links)

    here = link
    for _ in range(MOST_REDIRECTS + 1):
        host, port, url, plain = await _checked(here, road)
        request = httpx.Request(
            "GET", url, headers={**_HEADERS, "Host": plain}, extensions=_pinned(host)
        )
        client = httpx.AsyncClient(
            verify=road.tls or ssl.create_default_context(),
            timeout=STEP_S,
            trust_env=False,
            follow_redirects=False,
        )
        try:
            async with client:
                response = await client.send(request, stream=True)
                if response.is_redirect:
                    here = urljoin(here, response.headers.get("Location", ""))
                    continue
                return await _body(link, here, response)
        except httpx.TimeoutException as error:
            raise LinkRefusedError(Refusal.TIME) from error
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError) as error:
            raise LinkRefusedError(Refusal.UNREACHED, f"{host}:{port}") from error
    raise LinkRefusedError(Refusal.REDIRECTS)


def _pinned(host: str) -> dict[str, object]:
    """Return what makes the certificate be that of the name, though an address is connected to."""
    return {"sni_hostname": host}


async def _checked(link: str, road: Road) -> tuple[str, int, str, str]:
    """Return (name, port, address to connect to, value of the Host header) of a link.

    Raises:
        LinkRefusedError: it leads where nothing is fetched.
    """
    try:
        parts = urlsplit(link)
        host, port = parts.hostname or "", parts.port or 443
        host = host.encode("idna").decode() if not host.isascii() else host
    except ValueError as error:
        raise LinkRefusedError(Refusal.FORM) from error
    if parts.scheme == "http":
        raise LinkRefusedError(Refusal.HTTP)
    if parts.scheme != "https" or not host or parts.username is not None or len(link) > _LONGEST:
        raise LinkRefusedError(Refusal.FORM)
    if port not in road.ports:
        raise LinkRefusedError(Refusal.PRIVATE, f":{port}")
    try:
        addresses = await road.resolve(host, port)
    except (OSError, UnicodeError) as error:
        raise LinkRefusedError(Refusal.UNKNOWN, host) from error
    if not addresses:
        raise LinkRefusedError(Refusal.UNKNOWN, host)
    if not all(road.permits(one) for one in addresses):  # one that is ours is enough
        raise LinkRefusedError(Refusal.PRIVATE, host)
    first = addresses[0]
    there = f"[{first}]:{port}" if ":" in first else f"{first}:{port}"
    url = urlunsplit(("https", there, parts.path or "/", parts.query, ""))
    return host, port, url, host if port == 443 else f"{host}:{port}"  # noqa: PLR2004


async def _body(link: str, here: str, response: httpx.Response) -> Fetched:
    if response.status_code != _HTTP_OK:
        raise LinkRefusedError(Refusal.STATUS, str(response.status_code))
    told = response.headers.get("Content-Type", "").split(";")[0].strip().lower()
    name = _last_part(here)
    suffix = _TYPES.get(told, "")
    if told == _UNTOLD and name.lower().endswith(tuple(_TYPES.values())):
        suffix = "." + name.rsplit(".", 1)[1].lower()
    if not suffix:
        raise LinkRefusedError(Refusal.TYPE, told)
    if int(response.headers.get("Content-Length", "0") or 0) > MOST_BYTES:
        raise LinkRefusedError(Refusal.SIZE)
    data = bytearray()
    async for part in response.aiter_bytes(65_536):
        data += part
        if len(data) > MOST_BYTES:  # counted unpacked: a packed page may hide a huge one
            raise LinkRefusedError(Refusal.SIZE)
    if not name.lower().endswith(suffix):
        name = f"{name}{suffix}"
    return Fetched(link=without_fragment(link), name=safe_name(name, _NAMELESS), data=bytes(data))


def without_fragment(link: str) -> str:
    """Return a link as the identity of what stands behind it."""
    parts = urlsplit(link)
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path, parts.query, ""))


def _last_part(link: str) -> str:
    path = unquote(urlsplit(link).path, errors="replace").rstrip("/")
    return path.rsplit("/", 1)[-1] or _NAMELESS
