"""Source files of the clinic's own: written aside and put in their place whole, never over another unasked."""

from __future__ import annotations

from pathlib import Path

from directory import store, whole_files
from directory.errors import SourceError

__all__ = ["own_path", "save"]


def own_path(source_id: str) -> Path:
    """Where the clinic's own source file of that id stands."""
    return store.home() / "sources" / f"{source_id}.yml"


def save(source_id: str, text: str, *, replace: bool = False) -> Path:
    """Writes the clinic's source file; SourceError when there is one already and it may not be replaced."""
    path = own_path(source_id)
    if path.exists() and not replace:
        raise SourceError(
            f"{path} exists already, and what stands in it may be somebody's work. Nothing was saved. "
            "Choose another name with --id, or add --replace to put this one in its place."
        )
    path.parent.mkdir(mode=0o700, exist_ok=True)
    whole_files.write(path, text)
    return path
