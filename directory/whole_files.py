"""Writes a file whole or not at all, however the process ends: made aside, on the disk, then put in its place."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

__all__ = ["PART", "opened", "write"]

PART = ".part"
"""How the name of a file ends that is not whole yet."""


def write(path: Path, content: bytes | str, mode: int = 0o600) -> None:
    """The file holds the content, or still what it held before; OSError when it cannot be written."""
    with opened(path, mode) as file:
        file.write(content.encode("utf-8") if isinstance(content, str) else content)


@contextmanager
def opened(path: Path, mode: int = 0o600) -> Iterator[BinaryIO]:
    """A file to write to that is `path` at the end, and is gone again where the work in between breaks.

    A file that stands there keeps who may read it; `mode` is for a new one.
    """
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}{PART}")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            part.chmod(path.stat().st_mode & 0o777)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    _to_disk(path.parent)


def _to_disk(folder: Path) -> None:
    """The new name on the disk, too; some file systems know no such thing of a folder."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
