"""Writes a file whole or not at all, however the process ends."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

__all__ = ["PART", "written_whole"]

PART = ".part"
"""How the name of a file ends that is not whole yet."""


def written_whole(path: Path, content: bytes) -> None:
    """The file holds the content, or still what it held before; it keeps who may read it (else its owner alone)."""
    handle, name = tempfile.mkstemp(prefix=f"{path.name}.", suffix=PART, dir=path.parent)
    made = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            made.chmod(path.stat().st_mode & 0o777)
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)
