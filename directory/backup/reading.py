"""Opens a backup, encrypted or not, checks all of it, and says whether this Puente may put it back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from directory import store
from directory.backup import archive, kept, sealed
from directory.backup.manifest import Manifest
from directory.errors import BackupError

__all__ = ["Passphrase", "is_sealed", "migrations", "source", "unpacked"]

Passphrase = str | None
_NEWER = (
    "A newer Puente made this backup ({made}; here runs {here}), and this one could not read all of it. Nothing was "
    "changed. Upgrade first (puente upgrade), then restore."
)


def is_sealed(path: Path) -> bool:
    """Whether a backup needs a passphrase; BackupError when there is no such file."""
    try:
        with path.open("rb") as file:
            return sealed.is_sealed(file.read(len(sealed.HEAD)))
    except OSError as why:
        raise BackupError(
            f"{path} cannot be read ({why.strerror}). puente backups lists those that are there."
        ) from why


@contextmanager
def source(path: Path, passphrase: Passphrase) -> Iterator[BinaryIO]:
    """The archive inside a backup."""
    if not is_sealed(path):
        with path.open("rb") as file:
            yield file
        return
    if passphrase is None:
        raise BackupError(
            f"{path.name} is encrypted: it needs its passphrase (--passphrase-file FILE). Nothing changed."
        )
    if path.stat().st_size > 2 * sealed.MOST:
        raise BackupError(f"{path.name} is too large to be decrypted here; open it with the program age: age -d FILE")
    yield BytesIO(sealed.opened(path.read_bytes(), passphrase))


def unpacked(path: Path, passphrase: Passphrase, into: Path) -> Manifest:
    """Unpacks a backup into an empty folder once all of it was checked; BackupError says what does not fit.

    A file that this Puente does not take along in backups (a model, a program) is not put anywhere, whoever put it in.
    """
    with source(path, passphrase) as opened:
        _refuse_newer(archive.read_manifest(opened))
        opened.seek(0)
        try:
            manifest = archive.read(opened, into, kept.belongs)
        except (FileExistsError, NotADirectoryError, IsADirectoryError) as why:
            raise BackupError("The backup holds a file and a folder of one name. Nothing was changed.") from why
    for database in sorted(into.glob("*.db")):
        _refuse_damaged(database)
    return manifest


def _refuse_newer(manifest: Manifest) -> None:
    here = version("puente")
    unknown = set(manifest.work) - set(migrations())
    if _number(manifest.puente) > _number(here) or unknown or (manifest.directory or 0) > store.LAYOUT:
        raise BackupError(_NEWER.format(made=manifest.puente, here=here))


def migrations() -> tuple[str, ...]:
    """The names of all migrations of work.db that this Puente knows."""
    from sqlite_utils import Database  # brings numpy, which other commands do not need

    from directory import schema

    return tuple(migration.name for migration in schema.work.pending(Database(memory=True)))


def _number(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".") if part.isdigit())


def _refuse_damaged(path: Path) -> None:
    try:
        with closing(kept.readable(path)) as db:
            found = db.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as why:
        found = str(why)
    if found != "ok":
        raise BackupError(f"{path.name} in the backup is damaged ({found}). Nothing was changed. See: puente backups")
