"""Where backups lie, which there are, and the one lock of whoever makes one or puts one back."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from itertools import count
from pathlib import Path

from directory import settings, store
from directory.errors import BackupError
from directory.locks import locked

__all__ = ["PART", "Backup", "backups", "folder", "name_for", "one_at_a_time", "to_disk", "work_folder"]

PART = ".part"
_NAME = re.compile(r"puente-backup-(\d{8}T\d{6}Z)(?:-\d+)?(-in-part)?\.tar\.gz(?:\.age)?")


@dataclass(frozen=True)
class Backup:
    """One backup on the disk, as its name and size tell; `encrypted` needs its passphrase."""

    path: Path
    made_at: datetime
    size: int
    encrypted: bool
    whole: bool = True
    """Whether nothing was left out because it was damaged."""

    def to_json(self) -> dict[str, object]:
        """The backup as plain JSON."""
        return {**vars(self), "path": str(self.path), "made_at": self.made_at.isoformat()}


def folder(asked: Path | None = None) -> Path:
    """Where backups go: the folder asked for, that of the settings, or `backups/` in Puente's home."""
    said = settings.settings().backups.folder if asked is None else None
    return asked or (Path(said).expanduser() if said else store.home() / "backups")


def backups(where: Path) -> tuple[Backup, ...]:
    """The backups in that folder, the newest first."""
    found = [_backup(path) for path in where.glob("puente-backup-*") if _NAME.fullmatch(path.name)]
    return tuple(sorted(found, key=lambda item: (item.made_at, item.path.name), reverse=True))


def _backup(path: Path) -> Backup:
    found = _NAME.fullmatch(path.name)
    assert found
    made = datetime.strptime(found[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc)
    return Backup(path, made, path.stat().st_size, path.suffix == ".age", found[2] is None)


def name_for(where: Path, now: datetime, *, encrypted: bool, whole: bool = True) -> Path:
    """A name that no backup there has: the second (UTC), and a number when there is one of that second."""
    base = f"puente-backup-{now.astimezone(timezone.utc):%Y%m%dT%H%M%SZ}"
    end = ("" if whole else "-in-part") + (".tar.gz.age" if encrypted else ".tar.gz")
    names = (base if number == 1 else f"{base}-{number}" for number in count(1))
    return where / next(f"{name}{end}" for name in names if not _used(where, name))


def _used(where: Path, name: str) -> bool:
    return any(any(where.glob(f"{name}{part}.tar.gz*")) for part in ("", "-in-part"))


@contextmanager
def one_at_a_time(patience: float = 0.0) -> Iterator[None]:
    """Holds the lock of backups and restores in this home; BackupError when another holds it for that many seconds."""
    busy = BackupError("Another backup is being made or put back here. Nothing was changed. Wait until it is done.")
    limit = time.monotonic() + patience
    with ExitStack() as held:
        while True:
            try:
                held.enter_context(locked(store.home() / "backup.lock", busy))
                break
            except BackupError:
                if time.monotonic() >= limit:
                    raise
                time.sleep(0.1)
        yield


@contextmanager
def work_folder(name: str) -> Iterator[Path]:
    """An empty folder in Puente's home for the time of one piece of work; what a killed one left there goes first."""
    path = store.home() / f"{name}{PART}"
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(mode=0o700)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def to_disk(path: Path) -> None:
    """Waits until a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
