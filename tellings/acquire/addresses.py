"""Addresses -> bytes, only when asked for and never from inside a network.

A name is resolved once, every address it resolves to must be public, and the connection goes to
the very address that was checked, so that a name cannot change its mind in between. The same
holds anew for each redirect. Size, time and the number of redirects are bounded, proxies and
credentials of the environment are not used, and what comes back must be text.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tellings.acquire.drafts import Limits, shown
from tellings.errors import FetchFailed, FetchRefused, TooLarge

if TYPE_CHECKING:
    import httpx

__all__ = ["Fetched", "fetch", "is_public", "resolve"]

Resolve = Callable[[str, int], Iterable[str]]
"""The numeric addresses of a name."""

_KINDS = {
    "text/html": "page",
    "application/xhtml+xml": "page",
    "text/plain": "text",
    "text/markdown": "text",
    "application/json": "json",
    "application/x-ndjson": "rows",
    "application/jsonl": "rows",
    "application/x-jsonlines": "rows",
}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PORTS = frozenset({80, 443})
"""Below 1024 only these are asked: a redirect could make anything else of a request (mail, shells, name servers)."""
_AGENT = "Tellings/0.1 (a reader of news reports)"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: the bytes, their kind (page, text, json, rows) and the address at the end."""

    data: bytes
    kind: str
    url: str
    host: str
    path: str


def is_public(address: str) -> bool:
    """Whether a numeric address is one of the open internet.

    Addresses that carry another inside (IPv4 in IPv6, 6to4, Teredo, NAT64) count as what they carry.

    >>> is_public("93.184.216.34"), is_public("10.0.0.1"), is_public("::ffff:127.0.0.1")
    (True, False, False)
    """
    try:
        ip = ipaddress.ip_address(address.split("%", 1)[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        if ip.sixtofour is not None:
            return is_public(str(ip.sixtofour))
        if ip.teredo is not None:
            return False
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        if int(ip) >> 32 == 0 or ip.is_site_local:
            return False  # "IPv4-compatible" and site-local: long given up, still resolved by some systems
    return ip.is_global and not (
        ip.is_multicast or ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_reserved or ip.is_unspecified
    )


def resolve(name: str, port: int) -> Iterable[str]:
    """The numeric addresses that the system resolves a name to, as it orders them."""
    try:
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return ()
    return dict.fromkeys(str(entry[4][0]) for entry in found)


def _target(url: httpx.URL, where: str, resolver: Resolve) -> str:
    """The numeric address to connect to; `FetchRefused` where any that the name has is not public."""
    if url.scheme not in {"http", "https"}:
        raise FetchRefused(
            f'addresses with "{url.scheme}:" are not fetched', where=where, next_step="give http or https"
        )
    if url.userinfo:
        raise FetchRefused("an address with a password in it is not fetched", where=where)
    try:
        host = url.host
    except ValueError:  # a name in the code of other scripts that stands for nothing: "xn--zz"
        host = ""
    if not host:
        raise FetchRefused("this is no address", where=where)
    port = url.port or (443 if url.scheme == "https" else 80)
    if port > 65_535:
        raise FetchRefused("this is no address", where=where)
    numbers = list(resolver(url.raw_host.decode("ascii"), port))
    if not numbers:
        raise FetchFailed("its name cannot be resolved", where=where, next_step="check the address and the network")
    if not all(map(is_public, numbers)):
        raise FetchRefused("it lies in a private network", where=where, next_step="save the page and give the file")
    if port < 1024 and port not in _PORTS:
        raise FetchRefused(f"port {port} is not one of the web", where=where)
    return numbers[0]


@contextmanager
def _closing(client: httpx.Client, seconds: float) -> Generator[None]:
    """Close the client after so many seconds, whatever it is doing.

    A server that sends its headers one byte at a time keeps within the time of each single read.
    """
    timer = threading.Timer(max(0.0, seconds), client.close)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _body(response: httpx.Response, limit: int, until: float, where: str, megabytes: float) -> bytes:
    """The bytes of an answer, within size and time."""
    out = bytearray()
    for piece in response.iter_bytes(1 << 16):
        out += piece
        if len(out) > limit:
            raise TooLarge(
                f"it holds more than {limit / 1e6:g} MB",
                where=where,
                next_step=f"--max-megabytes lifts the limit, {megabytes:g} now",
            )
        if time.monotonic() > until:
            raise FetchFailed("it took too long", where=where, next_step="save the page and give the file")
    return bytes(out)


def fetch(
    url: str, limits: Limits, *, resolver: Resolve = resolve, transport: httpx.BaseTransport | None = None
) -> Fetched:
    """What stands at an address of the open internet.

    `resolver` and `transport` are for tests. Raises `FetchRefused` for an address that is not
    http or https, that is private or that asks at a port not of the web, here or after a
    redirect, `TooLarge` over the limit of size and `FetchFailed` where no usable answer comes in time.
    """
    import httpx

    where = shown(url)
    until = time.monotonic() + limits.seconds
    try:
        here = httpx.URL(url)
    except (httpx.InvalidURL, ValueError, TypeError):
        raise FetchRefused("this is no address", where=where) from None
    single = max(0.1, min(limits.seconds, 10.0))
    with (
        httpx.Client(transport=transport, trust_env=False, follow_redirects=False, timeout=single) as client,
        _closing(client, limits.seconds),
    ):
        for _ in range(limits.redirects + 1):
            number = _target(here, where, resolver)
            try:
                with client.stream(
                    "GET",
                    here.copy_with(host=number),
                    headers={
                        "Host": here.netloc.decode("ascii"),
                        "User-Agent": _AGENT,
                        "Accept": "text/html,application/xhtml+xml,text/plain,application/json;q=0.8",
                        # Unpacked answers alone: a packed one can be a thousand times its size.
                        "Accept-Encoding": "identity",
                    },
                    # The certificate is that of the name, though the connection goes to the number.
                    extensions={"sni_hostname": here.raw_host.decode("ascii")},
                ) as response:
                    if response.status_code in _REDIRECTS and "location" in response.headers:
                        here = here.join(response.headers["location"])
                        continue
                    return _accepted(response, here, limits, until, where)
            except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, RuntimeError) as error:
                late = time.monotonic() > until
                reason = "it took too long" if late else f"it did not answer ({type(error).__name__})"
                raise FetchFailed(reason, where=where, next_step="save the page and give the file") from None
            except ValueError:
                raise FetchFailed("it redirects to what is no address", where=where) from None
    raise FetchFailed(f"it redirects more than {limits.redirects} times", where=where)


def _accepted(response: httpx.Response, here: httpx.URL, limits: Limits, until: float, where: str) -> Fetched:
    """The answer, if it is text of a kind that can be read."""
    if response.status_code != 200:
        raise FetchFailed(f"it answered {response.status_code}", where=where, next_step="check the address")
    if response.headers.get("content-encoding", "identity").lower() not in {"", "identity"}:
        raise FetchFailed(
            "it answered packed though asked not to", where=where, next_step="save the page and give the file"
        )
    stated = response.headers.get("content-type", "text/html").split(";")[0].strip().lower()
    kind = _KINDS.get(stated)
    if kind is None:
        raise FetchFailed(
            f'it is "{shown(stated)[:40]}", not a page', where=where, next_step="give the address of an article"
        )
    limit = limits.file_bytes("rows" if kind == "json" else kind)
    stated_size = response.headers.get("content-length", "")[:15]
    if stated_size.isascii() and stated_size.isdigit() and int(stated_size) > limit:
        raise TooLarge(
            f"it holds {int(stated_size) / 1e6:.1f} MB, the limit is {limit / 1e6:g} MB",
            where=where,
            next_step="--max-megabytes lifts the limit",
        )
    data = _body(response, limit, until, where, limits.max_megabytes)
    return Fetched(data, kind, str(here), here.host, here.path)
