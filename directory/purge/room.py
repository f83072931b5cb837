"""A little room kept back: a database needs some to delete anything, so that a full disk could never be emptied."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

__all__ = ["keep_back", "spend"]

_BYTES = 4 << 20
_FREE = 64 << 20
"""The file is made only where so much is free: it must not be what fills the disk."""


def spend(home: Path) -> bool:
    """Gives the room back to the disk; whether there was any."""
    path = _file(home)
    if not path.exists():
        return False
    path.unlink()
    return True


def keep_back(home: Path) -> None:
    """Keeps the room back again, where there is plenty."""
    path = _file(home)
    with suppress(OSError):
        if not path.exists() and shutil.disk_usage(home).free > _FREE:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
            try:
                os.posix_fallocate(handle, 0, _BYTES)
            finally:
                os.close(handle)


def _file(home: Path) -> Path:
    return home / "room.reserve"
