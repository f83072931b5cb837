"""A file written aside and then put in place: a killed export leaves no half file under the name that was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from directory import whole_files
from directory.errors import ExportError

__all__ = ["aside"]

_PUBLIC = 0o666
"""For whoever the umask lets read it: an export is made to be handed on."""


@contextmanager
def aside(path: Path, *, force: bool) -> Iterator[BinaryIO]:
    """A file to write to; at the end it is `path`. ExportError when that exists and is not to be replaced."""
    refuse(path, force=force)
    try:
        with whole_files.opened(path, _PUBLIC) as file:
            yield file
            refuse(path, force=force)
    except OSError as error:
        raise ExportError(
            f"{path} could not be written ({error.strerror or error}). Nothing is there under that name that was not "
            "there before. Look whether the folder exists and is yours and whether the disk is full, then try again."
        ) from error


def refuse(path: Path, *, force: bool) -> None:
    """ExportError when something is there that must not be lost."""
    if path.is_dir():
        raise ExportError(f"{path} is a folder, so nothing was written. Name a file in it.")
    if path.exists() and not force:
        raise ExportError(
            f"{path} is there already, so nothing was written. Choose another name, or replace it with --force."
        )
