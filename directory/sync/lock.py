"""One run at a time: the lock of whatever reads a list, publishes, or takes what those stand on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from directory import store
from directory.errors import ListError
from directory.locks import locked

__all__ = ["alone"]


@contextmanager
def alone() -> Iterator[None]:
    """Holds the lock of this PUENTE_HOME; ListError when another run holds it."""
    path = store.home() / "sync.lock"
    busy = ListError(
        f"Another refresh is running here ({path} is held), and two at once could mix their lists. "
        "Nothing was changed. Wait until it is done and try again."
    )
    with locked(path, busy):
        yield
