"""The bytes of a list: from a file, from the network, or from what was kept of an earlier run."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from directory import store
from directory.errors import FetchError, ListError, UnreadableList
from directory.sync import runs
from directory.sync.source import Source

__all__ = ["MAX_BYTES", "Incoming", "from_file", "from_network", "kept"]

MAX_BYTES = 1_000_000_000
"""Twice what two million rows of the widest real list would be."""

Fetcher = Callable[[str], bytes]


@dataclass(frozen=True)
class Incoming:
    """A list as it came: its name, its bytes, and their hash."""

    name: str
    data: bytes
    sha256: str


def _incoming(name: str, data: bytes) -> Incoming:
    return Incoming(name, data, hashlib.sha256(data).hexdigest())


def from_network(source: Source, fetcher: Fetcher | None) -> Incoming:
    """The list that the source file says where to fetch; FetchError when it cannot be had."""
    if source.fetch is None:
        raise FetchError(
            f"{source.title} is not a list that Puente can fetch by itself. Nothing was changed. "
            f"Give the file you have: puente sync {source.id} --file LIST"
        )
    return _incoming(source.fetch.rpartition("/")[2], (fetcher or _fetch)(source.fetch))


def _fetch(url: str) -> bytes:
    from directory.sync.fetch import fetch  # requests is slow to import, and most runs read a file

    return fetch(url, limit=MAX_BYTES)


def from_file(path: Path) -> Incoming:
    """The list in a file; UnreadableList when it cannot be read or has no end."""
    try:
        with path.open("rb") as stream:
            data = b"".join(_parts(stream))
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UnreadableList(
            f"{path} cannot be read ({why}). Nothing was changed. Look whether the name is right."
        ) from error
    if len(data) > MAX_BYTES:
        raise UnreadableList(
            f"{path} is larger than {MAX_BYTES // 1_000_000} MB, which no list of places is. Nothing was changed. "
            "Look whether it is the right file."
        )
    return _incoming(path.name, data)


def _parts(stream: BinaryIO) -> Iterator[bytes]:
    """The parts of a file, as far as the first byte too many; a file may have no end."""
    left = MAX_BYTES + 1
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
        some = ", ".join(sha256[:12] for sha256, _ in found[:5])
        raise ListError(
            f"{len(found)} lists of {source.title} were kept under {said!r}: {some}. Nothing was changed. "
            "Give more letters of the one you mean."
        )
    sha256, name = found[0]
    again = from_file(store.home() / "raw" / source.id / sha256)
    if again.sha256 != sha256:
        raise ListError(
            f"The kept list {sha256[:12]} of {source.title} is damaged: its bytes are no longer those that came. "
            "Nothing was changed. Give the list itself with --file."
        )
    return Incoming(name, again.data, sha256)
