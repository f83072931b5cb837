"""Backups: made, not old, on another disk, readable, encrypted where they leave the machine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from directory import settings
from directory.backup import reading, shelf
from directory.backup.shelf import Backup
from directory.doctor.finding import Finding, Look
from directory.errors import BackupError, SettingsError
from directory.settings import content
from directory.settings.writing import former_copy

__all__ = ["backups", "command"]

_OLD = timedelta(days=8)
_VERY_OLD = timedelta(days=35)


def backups(look: Look) -> Iterator[Finding]:
    """How the newest backup stands."""
    folder = shelf.folder()
    if not (look.home / "work.db").exists() and not look.settings.clinic:
        return  # nothing yet that could be lost
    if not folder.is_dir() and look.settings.backups.folder:
        text = f"There is no folder {folder}, which the settings name for backups: a typo, or a stick that is not in."
        yield Finding("backup.no_folder", "mend" if look.real else "look", text, "puente setup backups")
        return
    if not folder.is_dir() or not (kept := shelf.backups(folder)):
        yield _none(look, folder)
        return
    if not kept[0].whole:
        text = f"The last backup ({kept[0].path.name}) lacks what was damaged then. What is damaged: puente doctor"
        yield Finding("backup.part", "mend", text, "puente backups")
    whole = [backup for backup in kept if backup.whole]
    if not whole:
        yield _none(look, folder)
        return
    newest = whole[0]
    found = [finding for finding in (_age(look, newest), _place(look, newest), _content(look, newest)) if finding]
    yield from found
    if not found:
        yield Finding("backup", "ok", f"The last backup is of {newest.made_at:%Y-%m-%d}, whole, and not on this disk.")


def command(look: Look) -> str:
    """The command that makes a backup of the kind that the settings ask for."""
    return "puente backup --encrypt" if look.settings.backups.encrypted else "puente backup"


def _none(look: Look, folder: Path) -> Finding:
    """Nothing lies there; of a folder that was changed, where the last one lies."""
    if last := _elsewhere(look, folder):
        text = f"No backup lies in {folder} yet; the last one, of {last.made_at:%Y-%m-%d}, lies in {last.path.parent}."
        return Finding("backup.elsewhere", "look", text, command(look))
    text = "There is no backup: what was decided and entered by hand would be lost with this disk."
    return Finding("backup.none", "mend" if look.real else "look", text, command(look))


def _elsewhere(look: Look, folder: Path) -> Backup | None:
    """The newest backup in Puente's home or where the settings before these had it."""
    said = _former()
    places = {look.home / "backups", *([Path(said).expanduser()] if said else [])} - {folder}
    found = (backup for place in places if place.is_dir() for backup in shelf.backups(place))
    return max(found, key=lambda backup: backup.made_at, default=None)


def _former() -> str | None:
    """The folder that the settings before these named."""
    path = former_copy(settings.file())
    try:
        held = content.plain(content.bytes_of(path) or b"", path).get("backups")
    except SettingsError:
        return None
    said = held.get("folder") if isinstance(held, dict) else None
    return said if isinstance(said, str) else None


def _age(look: Look, newest: Backup) -> Finding | None:
    age = look.now - newest.made_at
    if age <= _OLD:
        return None
    text = f"The last backup is {age.days} days old ({newest.made_at:%Y-%m-%d})."
    return Finding("backup.old", "mend" if age > _VERY_OLD else "look", text, command(look))


def _place(look: Look, newest: Backup) -> Finding | None:
    if newest.path.stat().st_dev == look.home.stat().st_dev:
        text = "Backups lie on the disk that they are to save: when it breaks, both are gone."
        return Finding("backup.same_disk", "look", text, "puente setup backups")
    if not newest.encrypted:
        text = "The last backup is not encrypted, and lies where others may find it."
        return Finding("backup.open", "look", text, "puente backup --encrypt")
    return None


def _content(look: Look, newest: Backup) -> Finding | None:
    """Whether the newest reads back; of an encrypted one only its beginning can be looked at without the passphrase."""
    try:
        if newest.size == 0 or (newest.encrypted and not reading.is_sealed(newest.path)):
            raise BackupError("it is empty or begins like no backup")
        if not newest.encrypted:
            _read(newest)
    except (BackupError, OSError) as error:
        why = " ".join(str(error).split())
        text = f"The last backup ({newest.path.name}) does not read back: {why}"
        return Finding("backup.damaged", "mend", text, command(look))
    return None


def _read(newest: Backup) -> None:
    from directory.backup import archive

    with newest.path.open("rb") as source:
        archive.read(source)
