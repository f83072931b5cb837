"""work.db as the desk opens it: to look, or alone to change something."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from directory.sync import stage
from directory.sync.lock import alone

__all__ = ["changing", "there"]

_PATIENCE = 4.0
"""Seconds that a change waits for another: two people decide in the same second, or a page is being built."""


def there() -> bool:
    """Whether any list was read here, or any place entered."""
    return stage.work_path().exists()


@contextmanager
def changing() -> Iterator[sqlite3.Connection]:
    """work.db while nobody else changes it; ListError when somebody still does after a few seconds."""
    with alone(_PATIENCE), stage.open_work() as work:
        yield work
