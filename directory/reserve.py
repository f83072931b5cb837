"""A little room kept back: a full disk could else neither be emptied (a database needs some to delete) nor paused."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

__all__ = ["keep_back", "spend"]

_MOST = 4 << 20
_LEAST = 64 << 10
_PART = 20
"""It takes at most the twentieth part of what is free: it must not be what fills the disk."""


def spend(home: Path) -> bool:
    """Gives the room back to the disk; whether there was any."""
    try:
        _file(home).unlink()
    except OSError:
        return False
    return True


def keep_back(home: Path) -> None:
    """Keeps the room back again, as far as there is any to spare."""
    path = _file(home)
    with suppress(OSError):
        size = min(_MOST, shutil.disk_usage(home).free // _PART)
        if size < _LEAST or path.exists():
            return
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            os.posix_fallocate(handle, 0, size)
        finally:
            os.close(handle)


def _file(home: Path) -> Path:
    return home / "room.reserve"
