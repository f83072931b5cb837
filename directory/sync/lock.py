"""One run at a time: a lock on a file, which the system lets go of when the process dies, however it dies."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from directory import store
from directory.errors import ListError

__all__ = ["alone"]


@contextmanager
def alone() -> Iterator[None]:
    """Holds the lock of this PUENTE_HOME; ListError when another run holds it."""
    path = store.home() / "sync.lock"
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ListError(
                f"Another refresh is running here ({path} is held), and two at once could mix their lists. "
                "Nothing was changed. Wait until it is done and try again."
            ) from None
        yield
