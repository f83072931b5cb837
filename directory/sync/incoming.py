"""The bytes of a list: from a file, from the network, or from what was kept of an earlier run."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from directory import store
from directory.errors import FetchError, ListError, UnreadableList
from directory.sync import runs, stage
from directory.sync.source import Source

__all__ = ["MAX_BYTES", "Incoming", "from_file", "from_network", "kept", "most_bytes", "note_fetched"]

MAX_BYTES = 1_000_000_000
"""Of a list that is read as it streams: two million rows of a wide one."""
MAX_WHOLE = 200_000_000
"""Of a list that has to be in memory whole."""

Fetcher = Callable[[str], bytes]


@dataclass(frozen=True)
class Incoming:
    """A list as it came: its name, its bytes, their hash, and the marks by which its server knows it."""

    name: str
    data: bytes
    sha256: str
    url: str | None = None
    etag: str | None = None
    last_modified: str | None = None


def _incoming(name: str, data: bytes) -> Incoming:
    return Incoming(name, data, hashlib.sha256(data).hexdigest())


def from_network(source: Source, fetcher: Fetcher | None) -> Incoming:
    """The list that the source file says where to fetch; FetchError when it cannot be had."""
    if source.fetch is None:
        raise FetchError(
            f"{source.title} is not a list that Puente can fetch by itself. Nothing was changed. "
            f"Give the file you have: puente sync {source.id} --file LIST"
        )
    name = urlsplit(source.fetch).path.rpartition("/")[2] or source.id
    return _incoming(name, fetcher(source.fetch)) if fetcher else _fetched(source, source.fetch, name)


def _fetched(source: Source, url: str, name: str) -> Incoming:
    """What stands there now; where that is what came last time, the bytes that were kept."""
    from directory.sync.fetch import get  # requests is slow to import, and most runs read a file

    last = _last_fetched(source, url)
    found = get(
        url,
        limit=most_bytes(source),
        etag=last.etag if last else None,
        last_modified=last.last_modified if last else None,
        allow_private=source.allow_private,
    )
    if found.data is None and last:
        return last
    data = found.data or b""
    return Incoming(name, data, hashlib.sha256(data).hexdigest(), url, found.etag, found.last_modified)


def _last_fetched(source: Source, url: str) -> Incoming | None:
    """What came from there last time, when its bytes are still kept as they came."""
    if not (store.home() / "work.db").exists():
        return None
    with stage.open_work() as work:
        query = "SELECT sha256, etag, last_modified FROM fetched WHERE source_id = ? AND url = ?"
        row = work.execute(query, (source.id, url)).fetchone()
    path = store.home() / "raw" / source.id / row["sha256"] if row else None
    if path is None or not path.exists():
        return None
    again = from_file(path)
    name = urlsplit(url).path.rpartition("/")[2] or source.id
    if again.sha256 != row["sha256"]:
        return None
    return Incoming(name, again.data, again.sha256, url, row["etag"], row["last_modified"])


def note_fetched(work: sqlite3.Connection, source_id: str, found: Incoming, now: datetime) -> None:
    """Keeps by what marks the server knows the list that was taken; the caller commits."""
    if found.url:
        values = (source_id, found.url, found.sha256, found.etag, found.last_modified, now.isoformat())
        work.execute("INSERT OR REPLACE INTO fetched VALUES (?, ?, ?, ?, ?, ?)", values)


def most_bytes(source: Source) -> int:
    """How large a list of that source may be."""
    return MAX_BYTES if source.layout.kind == "csv" else min(MAX_BYTES, MAX_WHOLE)


def from_file(path: Path, *, limit: int | None = None) -> Incoming:
    """The list in a file; UnreadableList when it cannot be read, or has more bytes than `limit` (MAX_BYTES)."""
    limit = MAX_BYTES if limit is None else limit
    try:
        with path.open("rb") as stream:
            data = b"".join(_parts(stream, limit))
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UnreadableList(
            f"{path} cannot be read ({why}). Nothing was changed. Look whether the name is right."
        ) from error
    if len(data) > limit:
        raise UnreadableList(
            f"{path} is larger than {limit // 1_000_000} MB, which no list of places is. Nothing was changed. "
            "Look whether it is the right file."
        )
    return _incoming(path.name, data)


def _parts(stream: BinaryIO, limit: int) -> Iterator[bytes]:
    """The parts of a file, as far as the first byte too many; a file may have no end."""
    left = limit + 1
    while left and (part := stream.read(min(left, 1 << 20))):
        left -= len(part)
        yield part


def kept(work: sqlite3.Connection, source: Source, said: str) -> Incoming:
    """The list that came earlier, by its hash, the beginning of it, or its day; ListError when it is not surely one."""
    found = runs.list_named(work, source.id, said)
    if not found:
        raise ListError(
            f"No list of {source.title} was kept under {said!r}. Nothing was changed. Give the first letters of its "
            f"sha256, or the day it came (2026-11-21); the lists lie in {store.home() / 'raw' / source.id}."
        )
    if len(found) > 1:
        some = "\n".join(f"  {sha256[:12]}  came {at[:16].replace('T', ' ')}  {name}" for sha256, name, at in found[:5])
        raise ListError(
            f"{len(found)} lists of {source.title} were kept under {said!r}:\n{some}\nNothing was changed. "
            f"Give the letters of the one you mean: puente sync {source.id} --again {found[0][0][:12]}"
        )
    sha256, name, _ = found[0]
    again = from_file(store.home() / "raw" / source.id / sha256)
    if again.sha256 != sha256:
        raise ListError(
            f"The kept list {sha256[:12]} of {source.title} is damaged: its bytes are no longer those that came. "
            "Nothing was changed. Give the list itself with --file."
        )
    return Incoming(name, again.data, sha256)
