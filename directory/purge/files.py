"""Deletes whole files by their age: leftovers, logs, uploads, reports, backups."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timezone
from pathlib import Path

from directory import privacy, settings
from directory.backup import shelf, swap
from directory.privacy.inventory import matches
from directory.purge.steps import Job, Outcome

__all__ = ["age", "backup_folder", "backups", "below", "kept_files", "old_files", "remove"]


def old_files(id: str, job: Job) -> Outcome:
    """The files of that entry that nobody wrote to for its days."""
    outcome = remove(id, job, _old(kept_files(job.home, id), job, id))
    if not job.dry_run:
        _take_empty_folders(job.home, id)
    return outcome


def _take_empty_folders(home: Path, id: str) -> None:
    """A folder that was made for one piece of work (`before-restore-...`) goes with its last file; `logs` stays."""
    tops = {glob.partition("/")[0] for glob in privacy.inventory()[id].where if glob.endswith("/**")}
    if (home / swap.JOURNAL).exists():  # a restore is just filling one
        return
    for top in (path for name in tops if "*" in name for path in home.glob(name) if not path.is_symlink()):
        for folder, _, _ in os.walk(top, topdown=False):
            with suppress(OSError):  # it holds something yet
                Path(folder).rmdir()


def backups(job: Job) -> Outcome:
    """Backups older than their days; the newest whole one stays however old: a clinic without any is worse off."""
    found = sorted(
        shelf.backups(backup_folder(job.home)), key=lambda each: (each.whole, age(each.path), each.path.name)
    )
    return remove("backups", job, _old([backup.path for backup in found[:-1]], job, "backups"))


def backup_folder(home: Path) -> Path:
    """Where the backups of this home lie, whether or not it is there."""
    named = settings.settings().backups.folder
    return Path(named).expanduser() if named else home / "backups"


def kept_files(home: Path, id: str) -> Iterator[Path]:
    """The files below the home that belong to that entry."""
    globs = privacy.inventory()[id].where
    for path in below(home):
        if any(matches(path.relative_to(home).as_posix(), glob) for glob in globs):
            yield path


def below(home: Path) -> Iterator[Path]:
    """Every file below the home; what is no plain file (a socket, a link) too, folders not."""
    for folder, _, names in os.walk(home):
        yield from (Path(folder) / name for name in sorted(names))


def age(path: Path) -> datetime:
    """When a file was last written (UTC)."""
    return datetime.fromtimestamp(path.lstat().st_mtime, timezone.utc)


def _old(paths: Iterable[Path], job: Job, id: str) -> Iterator[Path]:
    limit = job.limit(id)
    for path in paths:
        try:
            at = age(path)
        except FileNotFoundError:  # its writer took it away meanwhile
            continue
        if job.clock.future(at):
            _count_from_today(path, job)
        elif at < limit:
            yield path


def _count_from_today(path: Path, job: Job) -> None:
    """A file written while the clock was wrong would else be kept for years."""
    if not job.dry_run:
        at = job.clock.counted.timestamp()
        os.utime(path, (at, at), follow_symlinks=False)


def remove(id: str, job: Job, paths: Iterable[Path], lost: str | None = None) -> Outcome:
    """Takes the files away (or only counts them) one by one, each whole; `lost` is said when there were any."""
    count = size = 0
    for path in paths:
        size += path.lstat().st_size
        count += 1
        if not job.dry_run:
            path.unlink(missing_ok=True)
    return Outcome(id, count, size, lost if count else None)
