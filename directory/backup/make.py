"""backup: one file that holds all of a home which cannot be made again, whole or not there at all."""

from __future__ import annotations

import errno
import hashlib
import os
import shlex
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from directory import privacy, settings, store
from directory.backup import archive, kept, sealed, shelf
from directory.backup.archive import Progress
from directory.backup.manifest import File, Manifest
from directory.backup.snapshot import snapshot
from directory.errors import BackupError
from directory.model import Language

__all__ = ["LEFT_OUT", "Made", "backup", "must_be_sealed", "would_take"]

_WORTH_SHARING = 1 << 16
"""Files below this size stand in the archive each by itself, for whoever opens it by hand."""
WAIT_SECONDS = 600.0
"""How long a list that is being read or published is waited for."""
LEFT_OUT = ("conversations", "models", "logs")
"""What people may expect in a backup and do not find there; said each time."""


@dataclass(frozen=True)
class Made:
    """One backup: where it lies, what it takes on the disk and unpacked, and what stands in it.

    `databases` are the names of those whose tables another version may change; `damaged` those that are not in it.
    """

    path: Path
    size: int
    unpacked: int
    files: int
    encrypted: bool
    publication: str | None
    counts: dict[str, int]
    databases: tuple[str, ...]
    damaged: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        """The report as plain JSON."""
        return {**vars(self), "path": str(self.path), "left_out": list(left_out())}


def left_out() -> tuple[str, ...]:
    """What a backup does not hold, in words."""
    known = privacy.inventory()
    return tuple(known[id].what.get(Language.EN) for id in LEFT_OUT if id in known and not known[id].backup)


def must_be_sealed() -> bool:
    """Whether the clinic's settings ask that every backup is encrypted."""
    return settings.settings().backups.encrypted


def would_take() -> dict[str, int]:
    """File -> bytes that a backup made now would hold, before they are packed."""
    home = store.home()
    return {name: (home / name).stat().st_size for name in kept.taken(home)}


def backup(
    now: datetime,
    *,
    to: Path | None = None,
    passphrase: str | None = None,
    progress: Progress = lambda done, of: None,
    wait: float = WAIT_SECONDS,
) -> Made:
    """Makes a backup (encrypted with a passphrase) and reads it back; BackupError and no file when it is not whole."""
    _refuse_open(passphrase)
    home = store.home()
    with shelf.one_at_a_time(), _no_room(), shelf.work_folder("backup") as work:
        where = _folder(to, now)
        taken = work / "taken"
        taken.mkdir(mode=0o700)
        damaged = snapshot(home, taken, wait=wait)
        manifest = replace(_manifest(taken, now), damaged=damaged)
        if not manifest.files:
            raise BackupError(
                f"There is nothing in {home} to back up yet. Load a list first (puente sync), or look whether "
                "PUENTE_HOME names the right folder."
            )
        target = shelf.name_for(where, now, encrypted=passphrase is not None, whole=not damaged)
        _packed(manifest, taken, target, work, passphrase, progress)
        return Made(
            target, target.stat().st_size, manifest.unpacked, len(manifest.files), passphrase is not None,
            manifest.publication, dict(manifest.counts or {}),
            tuple(file.path for file in manifest.files if file.path.endswith(".db") and "/" not in file.path),
            damaged,
        )  # fmt: skip


def _refuse_open(passphrase: str | None) -> None:
    if passphrase is not None:
        sealed.refuse_weak(passphrase)
    elif must_be_sealed():
        raise BackupError(
            f"The settings ({settings.file()}) ask for encrypted backups, so none was made without a passphrase. "
            "Run: puente backup --encrypt. Or unattended, with the passphrase in a file that only you can read: "
            "puente backup --encrypt --passphrase-file FILE (or in PUENTE_BACKUP_PASSPHRASE)"
        )


def _folder(to: Path | None, now: datetime) -> Path:
    where = shelf.folder(to)
    if to is None and settings.settings().backups.folder and not where.is_dir():
        raise BackupError(
            f"There is no folder {where}, which the settings name for backups, so none was made. Plug in the stick or "
            f"disk, or make the folder (mkdir -p {shlex.quote(str(where))}), or name another: puente setup backups"
        )
    try:
        where.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as why:
        raise BackupError(
            f"{where} cannot be made or is no folder ({why.strerror}), so there is no place for the backup. "
            "Name another: puente backup --to FOLDER"
        ) from why
    for left in where.glob(f"puente-backup-*{shelf.PART}"):  # of one that was cut off
        if where.parent == store.home() or now.timestamp() - left.stat().st_mtime > _OTHERS_SECONDS:
            left.unlink()
    return where


_OTHERS_SECONDS = 86400
"""In a folder that several homes may share, a part as old as this is nobody's any more."""


@contextmanager
def _no_room() -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.OperationalError) as why:
        full = why.errno in (errno.ENOSPC, errno.EDQUOT) if isinstance(why, OSError) else "full" in str(why)
        if not full:
            raise
        raise BackupError(
            "The disk is full, so no backup was made; nothing else was changed, and older backups are as they were. "
            "Make room, or write it elsewhere: puente backup --to FOLDER"
        ) from why


def _manifest(taken: Path, now: datetime) -> Manifest:
    files: list[File] = []
    first: dict[str, str] = {}
    for name in kept.taken(taken):
        path = taken / name
        with path.open("rb") as file:
            digest = hashlib.sha256()
            while block := file.read(1 << 20):
                digest.update(block)
        sha256, found = digest.hexdigest(), path.stat()
        files.append(File(name, found.st_size, sha256, int(found.st_mtime), first.get(sha256)))
        if found.st_size >= _WORTH_SHARING:
            first.setdefault(sha256, name)
    layout, publication = _published(taken / "directory.db")
    return Manifest(
        version("puente"), now, tuple(files), layout, _migrations(taken / "work.db"), publication, kept.counts(taken)
    )


def _published(path: Path) -> tuple[int | None, str | None]:
    if not path.exists():
        return None, None
    try:
        with store.open_directory(path, any_layout=True) as db:
            return store.layout(db), str(db.execute("SELECT id FROM publication").fetchone()[0])
    except sqlite3.DatabaseError:  # damaged: it is built anew from work.db, which is whole
        return None, None


def _migrations(path: Path) -> tuple[str, ...]:
    if not path.exists():
        return ()
    with closing(kept.readable(path)) as db:
        return tuple(row[0] for row in db.execute("SELECT name FROM _sqlite_migrations ORDER BY id"))


def _packed(
    manifest: Manifest, taken: Path, target: Path, work: Path, passphrase: str | None, progress: Progress
) -> None:
    """Written beside its name, read back, and only then given its name; open bytes never reach the target's folder."""
    part = target.with_name(target.name + shelf.PART)
    plain = part if passphrase is None else work / "packed"
    try:
        with os.fdopen(os.open(plain, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            archive.write(file, manifest, taken, progress)
            file.flush()
            os.fsync(file.fileno())
            file.seek(0)
            archive.read(file)
        if passphrase is not None:
            _sealed(plain, part, passphrase)
        part.replace(target)
        shelf.to_disk(target.parent)
    finally:
        part.unlink(missing_ok=True)


def _sealed(plain: Path, part: Path, passphrase: str) -> None:
    content = plain.read_bytes()
    with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(sealed.seal(content, passphrase))
        file.flush()
        os.fsync(file.fileno())
    if sealed.opened(part.read_bytes(), passphrase) != content:
        raise BackupError("The encrypted backup could not be opened again, so none was made. Try again.")
