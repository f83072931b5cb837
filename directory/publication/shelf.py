"""shelf: the published files: which is in force, the last five that stay, and how a new one takes its place whole."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timezone
from itertools import count
from pathlib import Path

from directory import store
from directory.errors import PublishError

__all__ = [
    "KEPT", "Record", "clear_left_over", "copy", "cover", "file_of", "fits", "in_force", "new_name", "noted", "part",
    "prune", "records", "settle", "sha256_of", "shown", "swap", "to_disk",
]  # fmt: skip

KEPT = 5
_BLOCK = 1 << 20


@dataclass(frozen=True)
class Record:
    """One line of work.db's `publication`: a publication, or an undo that put the `file` of another in force."""

    id: str
    published_at: str
    listings: int
    sha256: str
    sources: str
    kind: str
    file: str
    through_run: int
    through_decision: int
    who: str | None


def records(work: sqlite3.Connection) -> list[Record]:
    """Every publication and every undo there was, oldest first; one that was cut off counts when people see it."""
    query = """SELECT id, published_at, listings, sha256, sources, kind, coalesce(file, id) AS file, through_run,
               through_decision, who, settled FROM publication ORDER BY id"""
    found = [(Record(*row), settled) for *row, settled in work.execute(query)]
    return [record for record, settled in found if settled or record.file == shown()]


@contextmanager
def noted(work: sqlite3.Connection, record: Record) -> Iterator[None]:
    """Keeps a line while its file is put in force, and for good once it is; PublishError and no line when it is not."""
    with work:
        work.execute(
            """INSERT INTO publication (id, published_at, listings, sha256, sources, kind, file, through_run,
               through_decision, who, settled) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)""",
            tuple(vars(record).values()),
        )
    try:
        yield
    finally:
        with suppress(sqlite3.OperationalError):  # a full disk: what is in force is seen by its file, and settled later
            settle(work)


def settle(work: sqlite3.Connection) -> None:
    """Keeps what is in force of the lines that were written before their files, and takes away the others.

    To be called with the lock: without it another run may be between the two.
    """
    with work:
        work.execute("UPDATE publication SET settled = 1 WHERE settled = 0 AND coalesce(file, id) = ?", (shown(),))
        work.execute("DELETE FROM publication WHERE settled = 0")


def in_force(known: list[Record]) -> Record | None:
    """The line of what people see now; None when nothing is published, or something that work.db does not know."""
    return known[-1] if known and known[-1].file == shown() else None


def shown() -> str | None:
    """The name of the file that people see now; None when there is none, or it cannot be read."""
    path = store.directory_path()
    if not path.is_file():
        return None
    try:
        with store.open_directory(path, any_layout=True) as connection:
            return str(connection.execute("SELECT id FROM publication").fetchone()[0])
    except (sqlite3.Error, TypeError):
        return None


def folder() -> Path:
    """Where the published files stay."""
    found = store.home() / "publications"
    found.mkdir(mode=0o700, exist_ok=True)
    return found


def file_of(name: str) -> Path:
    """The file of that publication; it may be gone."""
    return folder() / f"{name}.db"


def fits(record: Record) -> bool:
    """Whether the file of that line is there and is what it was."""
    path = file_of(record.file)
    return path.is_file() and sha256_of(path) == record.sha256


def sha256_of(path: Path) -> str:
    """The hash of a file, read in blocks."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def new_name(known: list[Record], now: datetime) -> str:
    """The second (UTC) and a number in it, never used before and after all others, also when a clock was set back."""
    base = now.astimezone(timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    used = {path.stem for path in folder().glob("*.db")} | {record.id for record in known}
    base = max([base, *(name[: len(base)] for name in used)])
    return next(name for number in count(1) if (name := f"{base}-{number:03}") not in used)


def part(name: str) -> Path:
    """Where a new directory is built, beside the one in force."""
    return store.home() / f"directory.{name}.part"


def clear_left_over() -> None:
    """Takes away what a run that was killed left half built."""
    for left in store.home().glob("directory.*.part*"):
        left.unlink()


def copy(source: Path, target: Path) -> None:
    """A copy for its owner only; PublishError when there is no room for it."""
    with (
        os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file,
        source.open("rb") as old,
    ):
        shutil.copyfileobj(old, file, _BLOCK)


def to_disk(path: Path) -> None:
    """Waits until a file and its name are on the disk."""
    for target in (path, path.parent):
        handle = os.open(target, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def swap(aside: Path, name: str | None) -> None:
    """Puts a finished file in force in one step and, under that name, beside the ones that stay."""
    kept = file_of(name) if name else None
    try:
        if kept:
            _link(aside, kept)
        aside.replace(store.directory_path())
    except OSError as error:
        for left in filter(None, (aside, kept)):
            left.unlink(missing_ok=True)
        raise PublishError(
            f"The new directory could not be put in its place ({error}). What people see stays as it was. "
            f"Look whether {store.home()} is yours and the disk has room, then run `puente publish` again."
        ) from error
    to_disk(store.directory_path())
    if kept:
        to_disk(kept)


def prune(keep: str) -> None:
    """Takes away all but the last files, never the one that is in force."""
    for old in _old():
        if old.stem != keep:
            old.unlink()


def _old() -> Iterator[Path]:
    yield from sorted(folder().glob("*.db"))[:-KEPT]


def _link(aside: Path, kept: Path) -> None:
    try:
        os.link(aside, kept)
    except OSError:  # a file system without hard links
        shutil.copy2(aside, kept)


def cover(work: sqlite3.Connection, record: Record | None, through: tuple[int, int]) -> None:
    """Notes that what is in force also says everything up to that run and that decision."""
    if record:
        with work:
            query = "UPDATE publication SET through_run = ?, through_decision = ? WHERE id = ?"
            work.execute(query, (*through, record.id))
