"""Which listings two people said to be wrong: asked for every list shown, so read only when something changed."""

from __future__ import annotations

import logging
import time
from pathlib import Path

from directory import logs
from directory.errors import InboxError
from directory.inbox import where

__all__ = ["doubted", "read_anew"]

logger = logging.getLogger(__name__)

_SERVER_SECONDS = 5.0
"""So late another process may see what was said or decided, where a database server keeps it."""
_known: dict[object, tuple[object, frozenset[str]]] = {}


def doubted() -> frozenset[str]:
    """The ids of listings with open reports by two different people: call first.

    While the inbox cannot be read, those last known: no place is kept from anybody for it.
    """
    try:
        file = where.file(where.INBOX)
    except InboxError:
        return frozenset()
    stamp: object = round(time.monotonic() / _SERVER_SECONDS)
    if file:
        stamp = tuple(_stamp(f"{file}{end}") for end in ("", "-wal"))
        if stamp[0] is None:
            return frozenset()
    key = str(file) if file else where.url()
    before, ids = _known.get(key, (None, frozenset()))
    if before != stamp:
        ids = _read(ids)
        _known[key] = (stamp, ids)
    return ids


def read_anew() -> None:
    """This process said or decided something: what it knew is looked up again."""
    _known.clear()


def _read(last_known: frozenset[str]) -> frozenset[str]:
    from directory.inbox.open_reports import by_two  # loads the library of databases, which most readers do without

    try:
        return by_two()
    except InboxError as error:
        logs.event(logger, "inbox.doubts.not_read", level=logging.ERROR, error=error)
        return last_known


def _stamp(path: str) -> tuple[int, int, int] | None:
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
