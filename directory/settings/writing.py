"""Writes the settings whole or not at all, and never ones that do not fit."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from directory import whole_files
from directory.errors import SettingsError
from directory.settings import content, reading

__all__ = ["former_copy", "save"]


def save(said: bytes, *, keep_former: bool = True) -> Path:
    """`settings.yml` holds this now; SettingsError, and everything as it was, where it does not fit.

    What stood there before is kept beside it, unless `keep_former` is off: one who answers twenty questions wants to
    go back to before the first.
    """
    path = reading.file()
    if not said.strip():
        raise SettingsError(f"An empty file would take all settings away, so {path} was not written.")
    _, mistakes = reading.read(said, path)
    if mistakes:
        raise SettingsError(reading.told(path, mistakes))
    before = content.bytes_of(path)
    if before is not None and before != said and keep_former:
        whole_files.write(former_copy(path), before)
    if before != said:
        whole_files.write(path, said)
    with suppress(OSError):  # whoever reads the file next tries again
        whole_files.write(reading.good_copy(path), said)
    return path


def former_copy(path: Path) -> Path:
    """Where what stood in the file before is kept."""
    return path.with_name("settings.former.yml")
