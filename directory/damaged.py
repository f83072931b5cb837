"""A SQLite file that cannot be read any more is moved aside, so that a new one can begin in its place."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

__all__ = ["Opened", "aside", "is_damage", "looks_whole"]

_HEADER = b"SQLite format 3\x00"


class Opened:
    """A file, made (0600) when it is absent, and held open beside SQLite, which keeps pages and notices nothing.

    Close it after the database: a process that closes a file loses SQLite's locks on it.
    """

    def __init__(self, file: Path) -> None:
        self._path, self._handle = file, os.open(file, os.O_RDWR | os.O_CREAT, 0o600)

    @property
    def sound(self) -> bool:
        """Whether this is still the file at its path, and still begins as a database, or is empty."""
        begins = os.pread(self._handle, len(_HEADER), 0)
        return begins in (_HEADER, b"") and _still_there(self._handle, self._path)

    def close(self) -> None:
        """Lets go of the file."""
        os.close(self._handle)


def is_damage(error: BaseException) -> bool:
    """Whether an error says that the file itself is broken: not one that is locked, full or only for reading."""
    # Of the errors of a database only those of a broken file are told by the base class itself.
    return type(error) is sqlite3.DatabaseError


def looks_whole(file: Path) -> bool:
    """Whether SQLite finds the file sound, or there is none or an empty one."""
    if not file.exists() or not file.stat().st_size:
        return True
    with file.open("rb") as stream:
        if stream.read(len(_HEADER)) != _HEADER:
            return False
    try:
        with closing(sqlite3.connect(file, timeout=1)) as db:
            return bool(db.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except sqlite3.OperationalError:  # held by another, or no room: that says nothing of the file
        return True
    except sqlite3.DatabaseError:
        return False


def aside(file: Path, on: date, whole: Callable[[Path], bool] = looks_whole) -> Path | None:
    """Moves a damaged file to `NAME.damaged-DAY.db` (a second one of a day gets a number), with its log.

    None when it is sound after all: another process moved the damaged one first, and this is the new one.
    """
    try:
        handle = os.open(file, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if not _still_there(handle, file) or whole(file):
            return None
        target = _free(file, on)
        file.rename(target)
        for log in ("-wal", "-shm"):
            _away(Path(f"{file}{log}"), Path(f"{target}{log}"))
        return target
    finally:
        os.close(handle)


def _still_there(handle: int, file: Path) -> bool:
    try:
        found = file.stat()
    except FileNotFoundError:
        return False
    mine = os.fstat(handle)
    return (mine.st_dev, mine.st_ino) == (found.st_dev, found.st_ino)


def _free(file: Path, on: date) -> Path:
    """A name that is not taken."""
    first = file.with_name(f"{file.stem}.damaged-{on}{file.suffix}")
    names = (first, *(first.with_name(f"{first.stem}-{number}{first.suffix}") for number in range(2, 1000)))
    return next(name for name in names if not name.exists())


def _away(log: Path, target: Path) -> None:
    try:
        log.rename(target)
    except FileNotFoundError:
        return
