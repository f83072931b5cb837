"""The swap: a home's old files go aside and the new ones take their places, by a journal that outlives a power cut.

The journal (`restore.json`) is written once the new files are whole and on the disk. From then on there is one way,
forward: whoever comes next (any command of `puente`) finds it and goes on where it stopped. Every step is a rename that
can be taken again without harm.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from itertools import count
from pathlib import Path

from directory import whole_files
from directory.backup import kept
from directory.backup.shelf import PART, to_disk
from directory.errors import BackupError

__all__ = ["ASIDE", "JOURNAL", "NEW", "Journal", "aside_for", "begun", "changed_names", "end", "finish", "pending"]

JOURNAL = "restore.json"
NEW = f"restore{PART}"
ASIDE = "before-restore-"
_OUT, _IN, _AFTER = "out", "in", "after"


@dataclass(frozen=True)
class Journal:
    """Where a swap stands: `names` of the home go to the folder `aside`, then what is in `restore.part` comes in."""

    step: str
    aside: str
    names: tuple[str, ...]

    def write(self, home: Path) -> Journal:
        """This one, on the disk."""
        whole_files.write(home / JOURNAL, json.dumps(asdict(self)).encode())
        to_disk(home)
        return self


def pending(home: Path) -> Journal | None:
    """The swap that was begun here and not ended, or None; BackupError when its journal cannot be read."""
    try:
        plain = json.loads((home / JOURNAL).read_bytes())
        return Journal(plain["step"], plain["aside"], tuple(plain["names"]))
    except FileNotFoundError:
        return None
    except (KeyError, TypeError, ValueError) as why:
        raise BackupError(
            f"{home / JOURNAL} says that a restore was begun, but it cannot be read. Look into {home / NEW} and "
            f"{home}/{ASIDE}*: the files of the backup and those from before. Move the right ones into {home}, then "
            f"remove {home / JOURNAL}."
        ) from why


def aside_for(home: Path, now: datetime) -> str:
    """The name of a folder, not there yet, for what a restore replaces."""
    base = f"{ASIDE}{now.astimezone(timezone.utc):%Y%m%dT%H%M%SZ}"
    names = (base if number == 1 else f"{base}-{number}" for number in count(1))
    return next(name for name in names if not (home / name).exists())


def changed_names(home: Path, new: Path) -> tuple[str, ...]:
    """The top names of what a restore replaces or takes away: all that backups take along, and what belongs to it."""
    names = {name.partition("/")[0] for name in (*kept.taken(home), *kept.taken(new))}
    beside = {f"{name}{end}" for name in names if name.endswith(".db") for end in kept.BESIDE}
    return tuple(sorted(names | beside))


def begun(home: Path, now: datetime, stay: Iterable[str] = ()) -> Journal:
    """Writes the journal for the whole new files in `restore.part`; from here on there is only the way forward.

    `stay` are files that the backup could not hold: what is here of them now stays.
    """
    for folder, _, files in os.walk(home / NEW):
        for name in files:
            to_disk(Path(folder, name))
        to_disk(Path(folder))
    return Journal(_OUT, aside_for(home, now), _but(stay, changed_names(home, home / NEW))).write(home)


def _but(stay: Iterable[str], names: tuple[str, ...]) -> tuple[str, ...]:
    kept_back = {f"{name}{end}" for name in stay for end in ("", *kept.BESIDE)}
    return tuple(name for name in names if name not in kept_back)


def finish(home: Path, journal: Journal) -> Path:
    """Moves what is left to be moved; says where the former files lie. `end` ends it, once all is in order again."""
    aside = home / journal.aside
    if journal.step == _OUT:
        aside.mkdir(mode=0o700, exist_ok=True)
        _out(home, aside, journal.names)
        journal = Journal(_IN, journal.aside, journal.names).write(home)
    if journal.step == _IN:
        _in(home, aside)
        journal = Journal(_AFTER, journal.aside, journal.names).write(home)
    return aside


def end(home: Path) -> None:
    """Takes the journal away: nothing is left to be done."""
    shutil.rmtree(home / NEW, ignore_errors=True)
    for left in home.glob(f"{JOURNAL}.*{PART}"):
        left.unlink()
    (home / JOURNAL).unlink()
    to_disk(home)


def _out(home: Path, aside: Path, names: Iterable[str]) -> None:
    """Moves what stands there; its days in the inventory count from now, not from when each file was written."""
    for name in names:
        if os.path.lexists(home / name):
            (home / name).rename(_free(aside / name))
    now = time.time()
    for folder, _, files in os.walk(aside):
        for name in files:
            os.utime(Path(folder, name), (now, now), follow_symlinks=False)
    to_disk(aside)
    to_disk(home)


def _in(home: Path, aside: Path) -> None:
    for path in sorted((home / NEW).iterdir()):
        if os.path.lexists(home / path.name):  # something else made it anew in between
            (home / path.name).rename(_free(aside / path.name))
        path.rename(home / path.name)
    to_disk(home)


def _free(path: Path) -> Path:
    """That name, or one beside it that is free."""
    names = (path if number == 1 else path.with_name(f"{path.name}.{number}") for number in count(1))
    return next(name for name in names if not os.path.lexists(name))
