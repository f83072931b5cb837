"""A list is fetched whole or not at all, against a real server on this machine; the clock and the pauses are ours."""

from __future__ import annotations

import gzip
import io
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests
from requests.adapters import HTTPAdapter

from directory.errors import FetchError
from directory.sync import addresses as named
from directory.sync.addresses import is_open
from directory.sync.fetch import TRIES, Fetched, get

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Server:
    """Answers in order, the last one for ever, and keeps what it was asked."""

    answers: list[Answer] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    left: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    def url(self, path: str = "/list.csv") -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@pytest.fixture
def server() -> Iterator[Server]:
    kept = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kept.asked.append(dict(self.headers.items()))
            kept.paths.append(self.path)
            status, headers, body = kept.answers[0] if len(kept.answers) == 1 else kept.answers.pop(0)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(body)
            except ConnectionError:
                kept.left.set()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        kept.port = running.server_port
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        yield kept
        running.shutdown()
        thread.join()


def ask(server: Server, path: str = "/list.csv", **options: object) -> Fetched:
    given: dict[str, object] = {"limit": 1_000_000, "allow_private": True, "pause": lambda _: None, **options}
    return get(server.url(path), **given)  # type: ignore[arg-type]


def test_bytes_and_their_marks(server: Server) -> None:
    server.answers = [(200, {"ETag": '"one"', "Last-Modified": "Sat, 21 Nov 2026 10:00:00 GMT"}, b"a,b\n")]
    assert ask(server) == Fetched(b"a,b\n", '"one"', "Sat, 21 Nov 2026 10:00:00 GMT", server.url())


def test_we_say_who_asks_and_bring_nothing_along(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    server.answers = [(302, {"Location": "/next", "Set-Cookie": "session=1"}, b""), (200, {}, b"a")]
    ask(server)
    assert re.match(r"Puente/\d+\.\d+", server.asked[0]["User-Agent"])
    assert not {"Cookie", "Authorization"} & server.asked[1].keys()
    assert server.asked[0]["Host"] == f"127.0.0.1:{server.port}"


def test_what_has_not_changed_is_not_sent_again(server: Server) -> None:
    server.answers = [(304, {}, b"")]
    assert ask(server, etag='"one"', last_modified="then") == Fetched(None, '"one"', "then", server.url())
    assert (server.asked[0]["If-None-Match"], server.asked[0]["If-Modified-Since"]) == ('"one"', "then")


def test_not_modified_without_being_asked_is_refused(server: Server) -> None:
    server.answers = [(304, {}, b"")]
    with pytest.raises(FetchError, match="answered 304"):
        ask(server)


@pytest.mark.parametrize(
    ("answers", "pauses"),
    [
        ([(503, {"Retry-After": "7"}, b""), (200, {}, b"a")], [7.0]),
        ([(429, {"Retry-After": "86400"}, b""), (200, {}, b"a")], [60.0]),
        ([(503, {"Retry-After": "0"}, b""), (500, {"Retry-After": "1"}, b""), (200, {}, b"a")], [0.0, 1.0]),
    ],
)
def test_a_busy_server_is_waited_for_as_long_as_it_says(
    server: Server, answers: list[Answer], pauses: list[float]
) -> None:
    server.answers, waited = answers, []
    assert ask(server, pause=waited.append).data == b"a"
    assert waited == pauses


def test_pauses_grow_and_are_never_the_same(server: Server) -> None:
    server.answers, waited = [(503, {"Retry-After": "tomorrow"}, b"")], []
    with pytest.raises(FetchError, match=rf"did not answer in {TRIES} tries \(it answered 503\)"):
        ask(server, pause=waited.append)
    assert len(server.asked) == TRIES
    assert 1 <= waited[0] <= 3 and 2 <= waited[1] <= 6


def test_a_list_that_breaks_off_is_asked_for_again(server: Server) -> None:
    server.answers = [(200, {"Content-Length": "100"}, b"half"), (200, {}, b"whole")]
    assert ask(server).data == b"whole"


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ((404, {}, b""), r"answered 404 \(Not Found\)"),
        ((200, {}, b"x" * 1_000_001), "larger than 1 MB"),
        ((200, {"Content-Encoding": "gzip"}, gzip.compress(b"x" * 5_000_000)), "larger than 1 MB"),
        ((302, {"Location": "/again"}, b""), "more than 5 times"),
        ((302, {"Location": "http://lists.example.org/a.csv"}, b""), "leads to http://lists.example.org/a.csv, which"),
        ((302, {"Location": "https://me:secret@lists.example.org/"}, b""), "user name or password"),
        ((302, {"Location": "file:///etc/passwd"}, b""), "not an https address"),
    ],
)  # fmt: skip
def test_what_is_refused_and_the_sentence(server: Server, answer: Answer, says: str) -> None:
    server.answers = [answer]
    with pytest.raises(FetchError, match=says) as refused:
        ask(server, "/list.csv?token=abc")
    assert "Nothing was changed." in str(refused.value)
    assert not any(secret in str(refused.value) for secret in ("token", "abc", "secret", "me:"))


def test_packed_bytes_come_unpacked(server: Server) -> None:
    server.answers = [(200, {"Content-Encoding": "gzip"}, gzip.compress(b"x" * 200_000))]
    assert ask(server).data == b"x" * 200_000


@pytest.mark.parametrize("cut", [1, 100])
def test_packed_bytes_that_break_off_are_no_list(server: Server, cut: int) -> None:
    server.answers = [(200, {"Content-Encoding": "gzip"}, gzip.compress(bytes(range(256)) * 800)[:-cut])]
    with pytest.raises(FetchError, match="did not answer"):
        ask(server)


def test_a_redirect_is_not_read(server: Server) -> None:
    server.answers = [(302, {"Location": "/next"}, bytes(30_000_000)), (200, {}, b"a")]
    assert ask(server).data == b"a"
    assert server.left.wait(5), "the whole body of a redirect was read"


def test_two_packed_parts_are_one_list(server: Server) -> None:
    server.answers = [(200, {"Content-Encoding": "gzip"}, gzip.compress(b"a,b\n") + gzip.compress(b"1,2\n"))]
    assert ask(server).data == b"a,b\n1,2\n"


def test_a_server_that_drips_is_left(server: Server) -> None:
    server.answers = [(200, {}, b"a,b\n")]
    times = iter((0.0, 601.0))
    with pytest.raises(FetchError, match="after 10 minutes"):
        ask(server, clock=lambda: next(times))


def test_a_server_that_is_not_there(server: Server) -> None:
    with pytest.raises(FetchError, match=f"did not answer in {TRIES} tries"):
        get("http://127.0.0.1:9/", limit=10, allow_private=True, pause=lambda _: None)


@pytest.mark.parametrize(
    ("address", "is_it"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::a00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_addresses_of_the_open_internet(address: str, is_it: bool) -> None:
    assert is_open(address) == is_it


Resolver = Callable[..., list[tuple[object, ...]]]


def resolves(*addresses: str) -> Resolver:
    return lambda *_, **__: [(None, None, None, "", (address, 443)) for address in addresses]


@pytest.mark.parametrize("addresses", [("192.168.0.7",), ("8.8.8.8", "127.0.0.1"), ("::ffff:10.0.0.1",)])
def test_a_private_server_is_not_asked(addresses: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(named.socket, "getaddrinfo", resolves(*addresses))
    with pytest.raises(FetchError, match="allow_private: true"):
        get("https://lists.example.org/a.csv?key=1", limit=10, pause=lambda _: None)


def test_each_hop_is_looked_at(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server may lead to another, whose address is looked at like that of the first."""
    asked: list[str] = []

    def open_then_private(host: str, *_: object, **__: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return resolves("8.8.8.8" if host == "lists.example.org" else "10.0.0.1")()

    monkeypatch.setattr(named.socket, "getaddrinfo", open_then_private)

    def leads_inside(_: HTTPAdapter, request: requests.PreparedRequest, **__: object) -> requests.Response:
        assert str(request.url) == "https://8.8.8.8/a.csv"
        moved = requests.Response()
        moved.status_code, moved.headers["Location"] = 302, "https://inside.example.org/a.csv"
        moved.request, moved.raw = request, io.BytesIO()
        return moved

    monkeypatch.setattr(HTTPAdapter, "send", leads_inside)
    with pytest.raises(FetchError, match=r"inside\.example\.org is a server of a private network"):
        get("https://lists.example.org/a.csv", limit=10, pause=lambda _: None)
    assert asked == ["lists.example.org", "inside.example.org"]


def test_it_connects_to_the_address_that_was_checked(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name may answer with another address the second time: there is no second time."""
    real, names = named.socket.getaddrinfo, []

    def once(host: str, *rest: object, **more: object) -> list[tuple[object, ...]]:
        names.append(host)
        return real("127.0.0.1", *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(named.socket, "getaddrinfo", once)
    server.answers = [(200, {}, b"a")]
    url = f"http://localhost:{server.port}/list.csv"
    assert get(url, limit=10, allow_private=True, pause=lambda _: None).data == b"a"
    assert [name for name in names if name != "127.0.0.1"] == ["localhost"]
    assert server.asked[0]["Host"] == f"localhost:{server.port}"
