"""A copy of a home at one moment, taken while everything runs: the databases through SQLite's own online backup.

work.db and what is published fit each other because no list is read and nothing is published in between; that takes
as long as copying work.db. Files that never change once they stand are linked, not copied.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from directory import privacy
from directory.backup.kept import PUBLISHED, is_database, taken
from directory.errors import BackupError, ListError
from directory.sync.lock import alone

__all__ = ["Damaged", "alone_within", "copied", "snapshot"]


class Damaged(BackupError):
    """A database that cannot be copied because it is damaged."""


_BUSY_SECONDS = 60.0
_TRY_EVERY = 0.2
_DAMAGED = (
    "{source} is damaged, so a copy of it would be worth nothing and none was made. Look what mends it: puente doctor. "
    "Or put the last backup back: puente backups, then puente restore FILE"
)


@contextmanager
def alone_within(seconds: float) -> Iterator[None]:
    """Holds the lock that reading a list and publishing hold; BackupError when it does not come free in time."""
    limit = time.monotonic() + seconds
    while True:
        with suppress(ListError):
            held = alone()
            held.__enter__()
            break
        if time.monotonic() > limit:
            raise BackupError(
                "A list is being read or published, and that does not end. Nothing was changed. "
                "Wait until it is done, then try again."
            )
        time.sleep(_TRY_EVERY)
    try:
        yield
    finally:
        held.__exit__(None, None, None)


def snapshot(home: Path, into: Path, *, wait: float) -> tuple[str, ...]:
    """Copies what backups take along into an empty folder of the same disk; a running list is waited for.

    The names of the damaged databases, which are left out: all else is worth the more on that day.
    """
    damaged = []
    with alone_within(wait):
        for name in taken(home):
            try:
                with suppress(FileNotFoundError):  # an old publication or list that ended just now
                    _copy(home / name, into / name, frozen=_frozen(name))
            except Damaged:
                (into / name).unlink(missing_ok=True)
                damaged.append(name)
    return tuple(damaged)


def _frozen(name: str) -> bool:
    return any(id in PUBLISHED for id in privacy.of_file(name))


def _copy(source: Path, target: Path, *, frozen: bool) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if frozen:
        _linked(source, target)
    elif is_database(source):
        copied(source, target)
    elif source.suffix == ".db" and (source.stat().st_size or source.name == "work.db"):
        raise Damaged(_DAMAGED.format(source=source))  # it does not even begin as a database
    else:
        shutil.copy2(source, target)
        target.chmod(0o600)


def _linked(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:  # a file system without hard links
        shutil.copy2(source, target)


def _writable(source: Path) -> sqlite3.Connection:
    """A database as whoever may mend it opens it: after a power cut its journal has to be played back first."""
    return sqlite3.connect(f"{source.resolve().as_uri()}?mode=rw", uri=True)


def copied(source: Path, target: Path) -> None:
    """A whole and consistent copy, however many write meanwhile; BackupError for a damaged one."""
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    limit = time.monotonic() + _BUSY_SECONDS

    def patient(status: int, remaining: int, total: int) -> None:
        if remaining and time.monotonic() > limit:
            raise BackupError(f"{source} is written to without a pause, so it could not be copied. Try again later.")

    try:
        with closing(_writable(source)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new, progress=patient, sleep=0.1)
            new.execute("PRAGMA journal_mode = DELETE")
            damaged = new.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok"
    except sqlite3.DatabaseError as why:
        if isinstance(why, sqlite3.OperationalError):
            raise
        damaged = True
    if damaged:
        raise Damaged(_DAMAGED.format(source=source))
    taken_at = source.stat().st_mtime
    os.utime(target, (taken_at, taken_at))
