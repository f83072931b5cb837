"""fetch: the bytes of a list over https, whole or not at all, from an address on the open internet."""

from __future__ import annotations

import random
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter

from directory.errors import FetchError
from directory.sync import addresses

__all__ = ["TRIES", "Fetched", "fetch", "get"]

TRIES = 3
_TIMEOUT = (10.0, 30.0)
"""Seconds to connect, and to wait for the next bytes."""
_DEADLINE = 600.0
"""Seconds for everything: tries, pauses and redirects."""
_LONGEST_PAUSE = 60.0
_HOPS = 5
_PASSING = (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError)
_BUSY = frozenset({429, 500, 502, 503, 504})
_MOVED = frozenset({301, 302, 303, 307, 308})
_PART = 1 << 16
_ANY_PACKING = zlib.MAX_WBITS | 32
_BY_FILE = "download the list and give it with --file."


@dataclass(frozen=True)
class Fetched:
    """What an address answered: `data` is None when it has not changed since; `url` is where the bytes came from."""

    data: bytes | None
    etag: str | None
    last_modified: str | None
    url: str


@dataclass(frozen=True)
class _Asked:
    """How to ask: the two marks of what is there already, and what may be accepted."""

    limit: int
    etag: str | None
    last_modified: str | None
    allow_private: bool
    session: requests.Session | None
    ends: float
    clock: Callable[[], float]


class _Busy(Exception):
    """The server asks to come back later; `seconds` None where it does not say when."""

    def __init__(self, status: int, seconds: float | None) -> None:
        super().__init__(f"it answered {status}")
        self.seconds = seconds


def fetch(
    url: str,
    *,
    session: requests.Session | None = None,
    pause: Callable[[float], object] = time.sleep,
    limit: int,
) -> bytes:
    """The bytes at an https address; FetchError when they cannot be had whole, or are more than `limit`."""
    return get(url, session=session, pause=pause, limit=limit).data or b""


def get(
    url: str,
    *,
    limit: int,
    etag: str | None = None,
    last_modified: str | None = None,
    allow_private: bool = False,
    session: requests.Session | None = None,
    pause: Callable[[float], object] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> Fetched:
    """What stands at an https address, unless it is what `etag` or `last_modified` name.

    FetchError when it cannot be had whole within ten minutes, is more than `limit` bytes, or lies in a private network
    without `allow_private`. `pause` waits seconds between tries; a `session` of one's own is used as it is.
    """
    asked = _Asked(limit, etag, last_modified, allow_private, session, clock() + _DEADLINE, clock)
    _refuse_address(url, url, asked)
    for number in range(1, TRIES + 1):
        try:
            return _through_redirects(url, asked, number)
        except (*_PASSING, _Busy) as error:
            wait = _pause(error, number)
            if number == TRIES or clock() + wait > asked.ends:
                raise FetchError(_gave_up(url, error, number)) from error
            pause(wait)
    raise AssertionError("unreachable")


def _pause(error: Exception, number: int) -> float:
    said = error.seconds if isinstance(error, _Busy) else None
    if said is None:
        return float(2**number) * random.uniform(0.5, 1.5)
    return min(max(said, 0.0), _LONGEST_PAUSE)


def _gave_up(url: str, error: Exception, tries: int) -> str:
    why = str(error) if isinstance(error, _Busy) else type(error).__name__
    return f"{_shown(url)} did not answer in {tries} tries ({why}). Nothing was changed. Try again later, or {_BY_FILE}"


def _shown(url: str) -> str:
    """An address without what may be secret in it: user, password, query."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, _host_and_port(parts), parts.path, "", "")) + ("?…" if parts.query else "")


def _host_and_port(parts: SplitResult) -> str:
    return parts.netloc.rpartition("@")[2]


def _refuse_address(url: str, start: str, asked: _Asked) -> None:
    """FetchError when the address is no https, or names a user."""
    parts = urlsplit(url)
    to_itself = asked.allow_private and parts.hostname in ("127.0.0.1", "::1", "localhost")
    if parts.scheme != "https" and not (parts.scheme == "http" and to_itself):
        leads = f"{_shown(start)} leads to {_shown(url)}, which" if url != start else _shown(url)
        raise FetchError(
            f"{leads} is not an https address, so the list could be changed on its way. Nothing was changed. "
            f"Give the https address in the source file, or {_BY_FILE}"
        )
    if parts.username or parts.password or not parts.hostname:
        raise FetchError(
            f"{_shown(url)} holds a user name or password, or no server, and Puente sends no passwords. "
            f"Nothing was changed. Take them out of the address in the source file, or {_BY_FILE}"
        )


def _through_redirects(url: str, asked: _Asked, number: int) -> Fetched:
    here = url
    for _ in range(_HOPS + 1):
        _refuse_address(here, url, asked)
        with _session(here, asked, number) as session, _answer(session, here, asked, url) as answer:
            if answer.status_code in _MOVED and "Location" in answer.headers:
                here = urljoin(here, answer.headers["Location"])
                continue
            return _taken(answer, here, asked)
    raise FetchError(
        f"{_shown(url)} leads from one address to the next, more than {_HOPS} times. Nothing was changed. "
        f"Look where the list is now, or {_BY_FILE}"
    )


def _answer(session: requests.Session, here: str, asked: _Asked, start: str) -> requests.Response:
    headers = {
        "User-Agent": _agent(),
        "Accept-Encoding": "gzip",
        "Accept": "*/*",
        "Host": _host_and_port(urlsplit(here)),
    }
    if asked.etag:
        headers["If-None-Match"] = asked.etag
    if asked.last_modified:
        headers["If-Modified-Since"] = asked.last_modified
    try:
        return session.get(here, timeout=_TIMEOUT, stream=True, headers=headers, allow_redirects=False)
    except requests.exceptions.SSLError as error:
        raise FetchError(
            f"{_shown(start)} cannot show that it is the server it says it is (its certificate is not valid). "
            f"Nothing was changed. Ask the sender, or {_BY_FILE}"
        ) from error


def _taken(answer: requests.Response, here: str, asked: _Asked) -> Fetched:
    etag, changed = answer.headers.get("ETag"), answer.headers.get("Last-Modified")
    if answer.status_code == 304 and (asked.etag or asked.last_modified):
        return Fetched(None, etag or asked.etag, changed or asked.last_modified, here)
    if answer.status_code in _BUSY:
        raise _Busy(answer.status_code, _seconds(answer.headers.get("Retry-After")))
    if answer.status_code != 200:
        raise FetchError(
            f"{_shown(here)} answered {answer.status_code} ({answer.reason}). Nothing was changed. "
            f"Look whether the list has moved, or {_BY_FILE}"
        )
    return Fetched(b"".join(_parts(answer, here, asked)), etag, changed, here)


def _seconds(text: str | None) -> float | None:
    """Retry-After in seconds; None where it is a day or nothing."""
    return float(text) if text and text.isascii() and text.isdigit() else None


def _parts(answer: requests.Response, here: str, asked: _Asked) -> Iterator[bytes]:
    """The bytes as they come, unpacked; neither their size nor their slowness has no end."""
    size = 0
    try:
        for part in _read(answer):
            size += len(part)
            if size > asked.limit:
                raise FetchError(
                    f"{_shown(here)} is larger than {asked.limit // 1_000_000} MB, which no list of places is. "
                    "Nothing was changed. Look at what stands there."
                )
            if asked.clock() > asked.ends:
                raise FetchError(
                    f"{_shown(here)} sent its list so slowly that it was not there after {_DEADLINE / 60:.0f} minutes. "
                    f"Nothing was changed. Try again later, or {_BY_FILE}"
                )
            yield part
    except urllib3.exceptions.HTTPError as error:
        raise requests.exceptions.ChunkedEncodingError(error) from error


def _read(answer: requests.Response) -> Iterator[bytes]:
    raw = answer.raw
    if not isinstance(raw, urllib3.HTTPResponse):
        yield from answer.iter_content(_PART)
        return
    coming = iter(lambda: bytes(raw.read1(_PART, decode_content=False)), b"")  # read1 gives what has come, unlike read
    packed = answer.headers.get("Content-Encoding", "").strip().casefold() in ("gzip", "x-gzip", "deflate")
    yield from _unpacked(coming) if packed else coming


def _unpacked(coming: Iterator[bytes]) -> Iterator[bytes]:
    """The bytes inside packed ones, a bounded part at a time; a few packed bytes may hold very many."""
    unpacker = zlib.decompressobj(_ANY_PACKING)
    for packed in coming:
        while packed:
            if unpacker.eof:
                unpacker = zlib.decompressobj(_ANY_PACKING)
            yield unpacker.decompress(packed, _PART)
            packed = unpacker.unconsumed_tail or unpacker.unused_data
    while not unpacker.eof:
        part = unpacker.decompress(b"", _PART)
        if not part:
            raise urllib3.exceptions.ProtocolError("the packed bytes break off")
        yield part


@contextmanager
def _session(here: str, asked: _Asked, number: int) -> Iterator[requests.Session]:
    """A session that connects to the addresses that were checked, and brings no proxy, cookie or password along."""
    if asked.session is not None:
        yield asked.session
        return
    parts = urlsplit(here)
    found = _resolved(parts, allow_private=asked.allow_private)
    with _Session() as session:
        session.trust_env = False
        session.mount(f"{parts.scheme}://", _Pinned(parts, found[(number - 1) % len(found)]))
        yield session


def _resolved(parts: SplitResult, *, allow_private: bool) -> tuple[str, ...]:
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = addresses.resolve(host, port)
    except OSError as error:
        raise requests.ConnectionError(f"{host} has no address") from error
    if not allow_private and not all(map(addresses.is_open, found)):
        raise FetchError(
            f"{host} is a server of a private network, and an address in a list could lead Puente to what is nobody's "
            "business there. Nothing was changed. If the list really lies in your own network, write "
            f"'allow_private: true' into the source file, or {_BY_FILE}"
        )
    return found


class _Session(requests.Session):
    """Leaves redirects alone: looking for the next address, requests would read the whole body of this one."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        return None


class _Pinned(HTTPAdapter):
    """Connects to one address, whatever the name says by then; the certificate has to be that of the name."""

    def __init__(self, parts: SplitResult, address: str) -> None:
        self._host, self._tls = parts.hostname or "", parts.scheme == "https"
        self._netloc = f"[{address}]" if ":" in address else address
        if parts.port:
            self._netloc += f":{parts.port}"
        super().__init__()

    def init_poolmanager(self, *arguments: object, **options: object) -> None:
        if self._tls:
            options.update(server_hostname=self._host, assert_hostname=self._host)
        super().init_poolmanager(*arguments, **options)  # type: ignore[arg-type]

    def send(self, request: requests.PreparedRequest, *arguments: object, **options: object) -> requests.Response:
        request.url = urlunsplit(urlsplit(str(request.url))._replace(netloc=self._netloc))
        return super().send(request, *arguments, **options)  # type: ignore[arg-type]


@cache
def _agent() -> str:
    try:
        version = metadata.version("puente")
    except metadata.PackageNotFoundError:
        version = "unknown"
    return f"Puente/{version} (community resource directory of a health center)"
