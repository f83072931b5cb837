"""Which listings two people said to be wrong: asked for every list shown, so read only when something changed."""

from __future__ import annotations

import time
from pathlib import Path

from directory.inbox import where

__all__ = ["doubted"]

_SERVER_SECONDS = 5.0
_known: dict[object, tuple[object, frozenset[str]]] = {}


def doubted() -> frozenset[str]:
    """The ids of listings with open reports by two different people: call first."""
    file = where.file(where.INBOX)
    stamp: object = round(time.monotonic() / _SERVER_SECONDS)
    if file:
        stamp = tuple(_stamp(f"{file}{end}") for end in ("", "-wal"))
        if stamp[0] is None:
            return frozenset()
    key = str(file) if file else where.url()
    if key in _known and _known[key][0] == stamp:
        return _known[key][1]
    from directory.inbox.open_reports import by_two  # loads the library of databases, which most readers do without

    found = by_two()
    _known[key] = (stamp, found)
    return found


def _stamp(path: str) -> tuple[int, int, int] | None:
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
