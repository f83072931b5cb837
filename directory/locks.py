"""A lock on a file, which the system lets go of when the process dies, however it dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["locked"]


@contextmanager
def locked(path: Path, busy: Exception | None = None) -> Iterator[None]:
    """Holds the lock of that file (made 0600); raises `busy` when another has it, and waits for it without one."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if busy is None:
            fcntl.flock(handle, fcntl.LOCK_EX)
        else:
            _at_once(handle, busy)
        yield
    finally:
        os.close(handle)


def _at_once(handle: int, busy: Exception) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise busy from None
