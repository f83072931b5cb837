"""Backups: made, not old, on another disk, readable, encrypted where they leave the machine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from directory.backup import reading, shelf
from directory.backup.shelf import Backup
from directory.doctor.finding import Finding, Look
from directory.errors import BackupError

__all__ = ["backups"]

_OLD = timedelta(days=8)
_VERY_OLD = timedelta(days=35)


def backups(look: Look) -> Iterator[Finding]:
    """How the newest backup stands."""
    folder = shelf.folder()
    if not (look.home / "work.db").exists() and not look.settings.clinic:
        return  # nothing yet that could be lost
    if not folder.is_dir() or not (kept := shelf.backups(folder)):
        text = "There is no backup: what was decided and entered by hand would be lost with this disk."
        yield Finding("backup.none", "mend" if look.real else "look", text, "puente backup")
        return
    newest = kept[0]
    found = [finding for finding in (_age(look.now, newest), _place(look, newest), _content(newest)) if finding]
    yield from found
    if not found:
        yield Finding("backup", "ok", f"The last backup is of {newest.made_at:%Y-%m-%d}, whole, and not on this disk.")


def _age(now: datetime, newest: Backup) -> Finding | None:
    age = now - newest.made_at
    if age <= _OLD:
        return None
    text = f"The last backup is {age.days} days old ({newest.made_at:%Y-%m-%d})."
    return Finding("backup.old", "mend" if age > _VERY_OLD else "look", text, "puente backup")


def _place(look: Look, newest: Backup) -> Finding | None:
    if newest.path.stat().st_dev == look.home.stat().st_dev:
        text = "Backups lie on the disk that they are to save: when it breaks, both are gone."
        return Finding("backup.same_disk", "look", text, "puente setup backups")
    if not newest.encrypted:
        text = "The last backup is not encrypted, and lies where others may find it."
        return Finding("backup.open", "look", text, "puente backup --encrypt")
    return None


def _content(newest: Backup) -> Finding | None:
    """Whether the newest reads back; of an encrypted one only its beginning can be looked at without the passphrase."""
    try:
        if newest.size == 0 or (newest.encrypted and not reading.is_sealed(newest.path)):
            raise BackupError("it is empty or begins like no backup")
        if not newest.encrypted:
            _read(newest)
    except (BackupError, OSError) as error:
        why = " ".join(str(error).split())
        text = f"The last backup ({newest.path.name}) does not read back: {why}"
        return Finding("backup.damaged", "mend", text, "puente backup")
    return None


def _read(newest: Backup) -> None:
    from directory.backup import archive

    with newest.path.open("rb") as source:
        archive.read(source)
