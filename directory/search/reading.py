"""The published directory, kept open from one question to the next: opening it anew costs more than many an answer.

It is not mapped: with pages that are kept that buys nothing, and every thread's map would count as memory of its own.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from directory import healing, store

__all__ = ["reading"]

_Identity = tuple[int, int, int, int, int]


@dataclass
class _Kept:
    """One open file of one thread; `users` are the requests that read it now."""

    identity: _Identity
    opened: ExitStack
    connection: sqlite3.Connection
    users: int = 0


_of_thread = threading.local()


@contextmanager
def reading(path: Path | None = None) -> Iterator[sqlite3.Connection]:
    """The directory that is published now, read-only, for one request; DirectoryMissing before the first publication.

    A thread keeps it open for its next request, as long as no other file stands in its place and none of its reads
    fails.
    """
    kept = _kept(path or store.directory_path())
    kept.users += 1
    try:
        yield kept.connection
    except sqlite3.Error:
        _of_thread.kept = None
        raise
    finally:
        kept.users -= 1
        if not kept.users and getattr(_of_thread, "kept", None) is not kept:
            kept.opened.close()


def _kept(file: Path) -> _Kept:
    before: _Kept | None = getattr(_of_thread, "kept", None)
    identity = _identity(file)
    if before and before.identity == identity:
        return before
    if before and identity and before.identity[:3] == identity[:3] and file == store.directory_path():
        healing.heal()  # a publication stands in a file of its own: who writes into the one in force damages it
        identity = _identity(file)
    if before and not before.users:
        before.opened.close()
    _of_thread.kept = None
    opened = ExitStack()
    connection = opened.enter_context(store.open_directory(file))
    _of_thread.kept = _Kept(identity or _NONE, opened, connection)
    return _of_thread.kept  # type: ignore[no-any-return]


_NONE: _Identity = (0, 0, 0, 0, 0)


def _identity(file: Path) -> _Identity | None:
    """What tells a file from the one that replaces it, in this process; None where there is none."""
    try:
        found = file.stat()
    except OSError:
        return None
    return os.getpid(), found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
