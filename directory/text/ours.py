"""The clinic's settings as people are told of them: neutral where the file cannot be read."""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path

from directory import settings, store
from directory.errors import SettingsError

__all__ = ["ours", "reach"]

logger = logging.getLogger(__name__)

_Stamp = tuple[str, int, int]


def ours() -> settings.Settings:
    """The settings in force; neutral ones when the file does not fit: nobody stays without an answer for it."""
    return _read(_stamp(settings.file()), _stamp(store.directory_path()))


def reach(clinic: settings.Settings) -> str | None:
    """The clinic's name with its number, as far as both are known; None for one that is not named or is invented."""
    if clinic.invented or not clinic.clinic:
        return None
    return f"{clinic.clinic} ({clinic.phone})" if clinic.phone else clinic.clinic


# Asked for with every answer: the file is read again when it, or what is published, has changed.
@lru_cache(maxsize=4)
def _read(said: _Stamp, published: _Stamp) -> settings.Settings:
    try:
        return settings.settings()
    except SettingsError:
        # Which key is wrong, `puente doctor` says; the error may hold a phone, so its text is in no log.
        logger.error("settings.unreadable")
        return settings.Settings()


def _stamp(path: Path) -> _Stamp:
    try:
        found = path.stat()
    except OSError:
        return str(path), 0, 0
    return str(path), found.st_mtime_ns, found.st_size
