"""restore: a backup is checked whole, laid beside the present home, and takes its place in one journaled swap.

What was there goes aside whole (`before-restore-...`). Conversations, models and logs are in no backup and stay as they
are; opt-outs made since are carried over, and so is who may sign in at the desk today; every sign-in there ends.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from directory import keys, running, status, store, sync
from directory.accounts import carrying
from directory.backup import kept, never_lost, reading, shelf, swap
from directory.backup.manifest import Manifest
from directory.backup.reading import Passphrase
from directory.backup.snapshot import alone_within
from directory.errors import BackupError, PuenteError, origin
from directory.sync import stage

__all__ = ["Prepared", "Restored", "go_on", "into_folder", "prepared", "up_to_date"]

_WAIT_SECONDS = 60.0
_GO_ON_SECONDS = 120.0
UPGRADING = "PUENTE_UPGRADING"
"""Set where an upgrade holds Puente already while it puts a backup back."""


@dataclass(frozen=True)
class Restored:
    """One restore: what the backup says of itself, where the former files lie, what could not be put in order."""

    manifest: Manifest
    aside: Path
    carried_over: int
    trouble: str | None = None


@dataclass(frozen=True)
class Prepared:
    """A backup that was checked and lies unpacked beside the present home; nothing is changed until `apply`."""

    manifest: Manifest
    home: Path
    now: datetime
    before: Mapping[str, int]
    published_before: datetime | None
    other_files: tuple[str, ...]
    chats_end: bool = False
    """Whether the key of the chats will be another one, so that those which are open end."""

    def apply(self) -> Restored:
        """Puts it in force while Puente holds; PauseError or BackupError, and nothing changed, when it cannot."""
        new = self.home / swap.NEW
        with _held():
            with alone_within(_WAIT_SECONDS):
                added = never_lost.merge(self.home, new)
                _carry_accounts(self.home, new)
                aside = _moved(self.home, swap.begun(self.home, self.now, self.manifest.damaged))
            # Still held: the assistant must not start over tables of another version.
            trouble = in_order(self.now)
            swap.end(self.home)
        return Restored(self.manifest, aside, added, trouble)


@contextmanager
def prepared(path: Path, now: datetime, passphrase: Passphrase = None) -> Iterator[Prepared]:
    """Checks a backup and unpacks it beside the present home; takes it away again when it was not applied."""
    home = store.home()
    with shelf.one_at_a_time():
        _refuse_unfinished(home)
        new = home / swap.NEW
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        try:
            manifest = reading.unpacked(path, passphrase, new)
            _keep_key(home, new)
            found, files = _published_at(home), _other_files(home, new)
            yield Prepared(manifest, home, now, kept.counts(home), found, files, _other_key(home, new))
        finally:
            if not (home / swap.JOURNAL).exists():
                shutil.rmtree(new, ignore_errors=True)


def into_folder(path: Path, folder: Path, passphrase: Passphrase = None) -> Manifest:
    """Unpacks a backup as a home of its own into a folder that is empty or not there; all of it or nothing."""
    part = folder.with_name(folder.name + shelf.PART)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupError(f"{folder} is not empty, and nothing in it may be mixed with a backup. Name another folder.")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700, parents=True)
    try:
        manifest = reading.unpacked(path, passphrase, part)
        part.replace(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return manifest


def _carry_accounts(home: Path, new: Path) -> None:
    """Who may sign in today and what is in the log stays so; a damaged file on either side has nothing to carry."""
    with suppress(sqlite3.DatabaseError):
        carrying.carry_over(home, new)


def go_on(home: Path, now: datetime, begins: Callable[[], object] = lambda: None) -> Path | None:
    """Ends a restore that was cut off after it had begun to move files; where the former ones lie, or None.

    Several that come at once wait for the first, which does it; `begins` is called by that one alone.
    """
    with shelf.one_at_a_time(_GO_ON_SECONDS):
        journal = swap.pending(home)
        if journal is None:
            return None
        begins()
        aside = _moved(home, journal)
        in_order(now)
        swap.end(home)
    return aside


def _moved(home: Path, journal: swap.Journal) -> Path:
    try:
        return swap.finish(home, journal)
    except OSError as why:
        raise BackupError(
            f"The restore has begun but could not end ({why.strerror}), so {home} is half the backup now. Look whether "
            "the disk is full and whether the folder is yours. The next command goes on where it stopped: puente status"
        ) from why


def in_order(now: datetime) -> str | None:
    """Brings what was put back up to this version, and ends what is past its days; a sentence when it could not."""
    from directory.accounts import ending  # loads what checks passwords

    try:
        ending.everybody_out(now)
        up_to_date(now)
        _purge(now)
    except PuenteError as why:
        return str(why)
    except (OSError, sqlite3.Error) as why:  # else the next command, and each after it, would fail here again
        return f"What was put back could not be brought up to date ({origin(why)}). Try it: puente publish"
    return None


def up_to_date(now: datetime) -> None:
    """The tables as this version has them, and what is published as it reads it; PublishError when it cannot be."""
    if stage.work_path().exists():
        with stage.open_work():
            pass
    if status.status().outdated:
        sync.publish(now, whole=True)


def _purge(now: datetime) -> None:
    """What ended by its days since the backup does not come back."""
    from directory import purge

    purge.purge(store.home(), now)


@contextmanager
def _held() -> Iterator[None]:
    if os.environ.get(UPGRADING):
        yield
        return
    with running.held("restore"):
        yield


def _refuse_unfinished(home: Path) -> None:
    if swap.pending(home) is not None:
        raise BackupError("A restore was cut off here and is not ended yet. Run `puente status`, which ends it first.")


_KEY = "secret.key"


def _keep_key(home: Path, new: Path) -> None:
    """A backup without a key (made before the first start) takes none away: the present one stays."""
    if keys.usable(home / _KEY) and not keys.usable(new / _KEY):
        (new / _KEY).unlink(missing_ok=True)
        shutil.copy2(home / _KEY, new / _KEY)
        (new / _KEY).chmod(0o600)


def _other_key(home: Path, new: Path) -> bool:
    return keys.usable(home / _KEY) and _content(home / _KEY) != _content(new / _KEY)


def _published_at(home: Path) -> datetime | None:
    return status.status(home / "directory.db").published_at


def _other_files(home: Path, new: Path) -> tuple[str, ...]:
    """The small files (settings, own words, own lists) that would be others, come or go."""
    names = {name for name in (*kept.taken(home), *kept.taken(new)) if name.endswith((".yml", ".key"))}
    return tuple(sorted(name for name in names if _content(home / name) != _content(new / name)))


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
