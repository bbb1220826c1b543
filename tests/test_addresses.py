"""Addresses are fetched from the open internet alone, within bounds of size and time, on an invented network."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.acquire import addresses
from tellings.acquire.files import Limits, read
from tellings.errors import FetchFailed, FetchRefused, InputError, TooLarge
from tellings.records import Found

BODY = (
    "A ferry with 212 people on board ran aground off the town of Varmo on Wednesday, the coast guard said.\n"
    "Two people were hurt when it struck a rock in thick fog, and tugs were trying to free it in the evening.\n"
)

PUBLIC = "93.184.216.34"
PAGE = (
    "<html><head><title>Ferry runs aground</title></head>"
    f"<body><article><h1>Ferry runs aground</h1><p>{BODY}</p></article></body></html>"
)


def fetch(
    answer: Callable[[httpx.Request], httpx.Response],
    url: str = "https://a.example/x",
    names: dict[str, list[str]] | None = None,
    limits: Limits | None = None,
) -> addresses.Fetched:
    """Fetch from an invented network."""
    known = names if names is not None else {"a.example": [PUBLIC]}
    return addresses.fetch(
        url, limits or Limits(), resolver=lambda name, _: known.get(name, [name]), transport=httpx.MockTransport(answer)
    )


def test_the_checked_address_is_the_one_connected_to() -> None:
    seen: list[tuple[str, str, object]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append((request.url.host, request.headers["host"], request.extensions.get("sni_hostname")))
        return httpx.Response(200, headers={"content-type": "text/html"}, text=PAGE)

    got = fetch(answer)
    assert seen == [(PUBLIC, "a.example", "a.example")]
    assert (got.kind, got.url, got.data.decode()) == ("page", "https://a.example/x", PAGE)


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",  # noqa: S104  # refused, not bound
        "255.255.255.255", "240.0.0.1", "::1", "::", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
        "64:ff9b::7f00:1", "2002:7f00:1::", "::7f00:1", "ff02::1", "fe80::1%eth0", "2001:db8::1", "fec0::1",
        "64:ff9b:1::1", "nonsense",
    ],
)  # fmt: skip
def test_private_addresses_are_refused(number: str) -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        raise AssertionError("it was asked")

    assert not addresses.is_public(number)
    with pytest.raises(FetchRefused, match="private network"):
        fetch(answer, names={"a.example": [PUBLIC, number]})


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/x",
        "file:///etc/passwd",
        "gopher://a.example",
        "http://u:p@a.example/",
        "http://",
        "https://[bad/",
        "http://xn--zz/x",
        "http://a.example:22/",
        "http://a.example:25/",
        "http://a.example:99999/",
    ],
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(FetchRefused):
        fetch(lambda _: httpx.Response(200), url)


def test_a_redirect_is_checked_anew() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url.host == PUBLIC
        return httpx.Response(302, headers={"location": "http://inside.example/"})

    with pytest.raises(FetchRefused, match="private network"):
        fetch(answer, names={"a.example": [PUBLIC], "inside.example": ["10.0.0.1"]})
    with pytest.raises(FetchRefused, match="not fetched"):
        fetch(lambda _: httpx.Response(301, headers={"location": "file:///etc/passwd"}))


def test_redirects_end() -> None:
    count = 0

    def answer(_: httpx.Request) -> httpx.Response:
        nonlocal count
        count += 1
        return httpx.Response(302, headers={"location": f"/{count}"})

    with pytest.raises(FetchFailed, match="redirects more than 5"):
        fetch(answer)
    assert count == 6


@pytest.mark.parametrize(
    ("response", "error", "says"),
    [
        (httpx.Response(404, text="no"), FetchFailed, "404"),
        (httpx.Response(200, headers={"content-type": "image/png"}, content=b"x"), FetchFailed, "image/png"),
        (httpx.Response(200, headers={"content-type": "text/html", "content-length": "99000000"}), TooLarge, "99.0 MB"),
        (
            httpx.Response(200, headers={"content-type": "text/html"}, content=b"x" * 2_000_000),
            TooLarge,
            "--max-megabytes",
        ),
        (
            httpx.Response(200, headers={"content-type": "text/html", "content-encoding": "x-odd"}, content=b"x"),
            FetchFailed,
            "packed",
        ),
    ],
)
def test_answers_that_are_no_report(response: httpx.Response, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        fetch(lambda _: response, limits=Limits(max_megabytes=2))


def test_a_slow_answer_is_given_up() -> None:
    with pytest.raises(FetchFailed, match="too long"):
        fetch(
            lambda _: httpx.Response(200, headers={"content-type": "text/html"}, text=PAGE), limits=Limits(seconds=-1.0)
        )


def test_headers_one_byte_at_a_time_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            peer, _ = server.accept()
            with peer, contextlib.suppress(OSError):
                peer.sendall(b"HTTP/1.1 200 OK\r\nX: ")
                while not done.wait(0.05):
                    peer.sendall(b"x")

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        # A public name that leads here: the test needs a server that it may reach.
        monkeypatch.setattr(addresses, "is_public", lambda _: True)
        url = f"http://a.example:{server.getsockname()[1]}/"
        with pytest.raises(FetchFailed, match="too long"):
            addresses.fetch(url, Limits(seconds=0.6), resolver=lambda *_: ["127.0.0.1"])
        done.set()
        thread.join(5)


def test_an_answer_that_breaks_off_is_a_failure() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("slow", request=request)

    with pytest.raises(FetchFailed, match="ReadTimeout"):
        fetch(answer)


def test_fetched_pages_become_reports(monkeypatch: pytest.MonkeyPatch) -> None:
    got = addresses.Fetched(PAGE.encode(), "page", "https://a.example/news/x.html", "a.example", "/news/x.html")
    monkeypatch.setattr(addresses, "fetch", lambda *_: got)
    reports, _ = read(["https://a.example/x"], fetch=True)
    assert reports[0].id == "x"
    assert reports[0].url == Found("https://a.example/news/x.html", "given")
    assert reports[0].text.startswith("Ferry runs aground\n")


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "0177.0.0.1", "127.1", "[::ffff:7f00:1]", "0", "[::]"])
def test_numbers_written_in_other_ways_are_the_same_private_address(host: str) -> None:
    """Whatever a host looks like, what the system resolves it to is judged, and nothing else is connected to."""

    def answer(_: httpx.Request) -> httpx.Response:
        raise AssertionError("it was asked")

    with pytest.raises((FetchRefused, FetchFailed)):
        addresses.fetch(f"http://{host}/", Limits(), transport=httpx.MockTransport(answer))


@pytest.mark.parametrize("port", ["", ":443", ":8080"])
def test_ports_of_the_web_are_asked(port: str) -> None:
    response = httpx.Response(200, headers={"content-type": "text/html"}, text=PAGE)
    assert fetch(lambda _: response, f"https://a.example{port}/x").kind == "page"


def test_a_redirect_to_another_port_or_to_no_name_is_refused() -> None:
    for place in ("http://a.example:25/", "http://xn--zz/"):
        with pytest.raises((FetchRefused, FetchFailed), match=r"port 25|no address"):
            fetch(lambda _, place=place: httpx.Response(302, headers={"location": place}))


@pytest.mark.parametrize("size", ["9" * 5000, "\u00b2", "-1", "x", "1e9"])
def test_a_stated_size_that_is_no_number_changes_nothing(size: str) -> None:
    headers = [(b"content-type", b"text/html"), (b"content-length", size.encode("latin-1"))]
    response = httpx.Response(200, headers=headers, stream=httpx.ByteStream(PAGE.encode()))
    if size.startswith("9"):
        with pytest.raises(TooLarge):
            fetch(lambda _: response)
    else:
        assert fetch(lambda _: response).data.decode() == PAGE


urls = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from(["http://", "https://", "HTTP://", "http:/", "http:///", "//", "ftp://", "https:"]),
    st.sampled_from(["", "u@", "u:p@", "@", "a@b@"]),
    st.sampled_from(
        ["a.example", "127.0.0.1", "[::1]", "①②⑦.⓪.⓪.①", "%31", "xn--zz", "ß.example", "", "..", "a" * 300]
    ),
    st.sampled_from(["", ":80", ":99999", ":0", ":-1", ":abc", ":22", ":", "：80"]),
    st.one_of(st.text(max_size=10), st.just("/x")),
)


@given(urls, urls)
@settings(max_examples=300, deadline=None)
def test_no_address_and_no_redirect_does_anything_but_fetch_or_refuse(url: str, place: str) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url.host == PUBLIC
        return httpx.Response(302, headers=[(b"location", place.encode("utf-8", "surrogatepass"))])

    with pytest.raises(InputError) as caught:
        addresses.fetch(
            url,
            Limits(),
            resolver=lambda name, _: [PUBLIC] if name == "a.example" else ["10.0.0.1"],
            transport=httpx.MockTransport(answer),
        )
    assert "\n" not in str(caught.value)
