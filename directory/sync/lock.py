"""One run at a time: the lock of whatever reads a list, publishes, or takes what those stand on."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from directory import store
from directory.errors import ListError
from directory.locks import locked

__all__ = ["alone"]

_PAUSE = 0.05
"""Seconds between two tries."""


@contextmanager
def alone(patience: float = 0) -> Iterator[None]:
    """Holds the lock of this PUENTE_HOME; ListError when another run still holds it after `patience` seconds."""
    path = store.home() / "sync.lock"
    busy = ListError(
        f"Another refresh is running here ({path} is held), and two at once could mix their lists. "
        "Nothing was changed. Wait until it is done and try again."
    )
    with ExitStack() as held:
        for left in range(int(patience / _PAUSE), -1, -1):
            try:
                held.enter_context(locked(path, busy))
                break
            except ListError:
                if not left:
                    raise
                time.sleep(_PAUSE)
        yield
