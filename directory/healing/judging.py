"""Whether what people see can be used, and which kept publications could be shown in its place."""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from directory import logs, settings, store
from directory.errors import PuenteError
from directory.publication import shelf

__all__ = ["Known", "candidates", "fault", "kept", "known", "newest", "usable", "work_fault"]

logger = logging.getLogger(__name__)
Known = Mapping[str, frozenset[str]]
"""File of a publication -> the hashes that work.db has of it."""


def fault(hashes: Known | None = None) -> str | None:
    """Why what people see cannot be used, to follow the words "the published directory"; None when it can.

    Before the first publication nothing is wrong.
    """
    path = store.directory_path()
    if not path.exists():
        return "is missing" if any(kept()) else None
    if not path.is_file():
        return "is no file"
    if not path.stat().st_size:
        return "is empty"
    try:
        digest = shelf.sha256_of(path)
    except PermissionError:
        return "cannot be read: its permissions are wrong"
    except OSError:
        return "cannot be read from the disk"
    return _damage(path, digest, known() if hashes is None else hashes)


def work_fault() -> str | None:
    """A sentence when the working database is damaged; None when it is good, or not there yet."""
    path = store.home() / "work.db"
    if not path.exists():
        return "The working database (work.db) is missing. " + _WORK if any(kept()) else None
    try:
        with _work() as work:
            work.execute("SELECT id FROM publication ORDER BY id DESC LIMIT 1").fetchone()
            work.execute("SELECT number FROM run ORDER BY number DESC LIMIT 1").fetchone()
    except sqlite3.OperationalError as error:
        return None if _passing(error) else "The working database (work.db) cannot be used. " + _WORK
    except sqlite3.DatabaseError:
        return "The working database (work.db) is damaged. " + _WORK
    return None


_WORK = (
    "People are still answered from what is published, but no list can be read or published. `puente backups` "
    "lists the backups; put one back: puente restore FILE"
)


def _passing(error: sqlite3.OperationalError) -> bool:
    """Whether it will be over by itself: another command writes now."""
    return "locked" in str(error) or "busy" in str(error)


def _damage(path: Path, digest: str, hashes: Known) -> str | None:
    """What is wrong inside the file; one that work.db does not know, from elsewhere, is judged by itself."""
    if any(digest in mine for mine in hashes.values()):
        return None
    name = _sound_name(path)
    if name is None:
        return "is damaged"
    return "is not what was published" if name in hashes else None


def _sound_name(path: Path) -> str | None:
    """The name of the publication in a file that SQLite finds whole; None when it does not."""
    try:
        with store.open_directory(path, any_layout=True) as connection:
            if connection.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                return None
            return str(connection.execute("SELECT id FROM publication").fetchone()[0])
    except (sqlite3.Error, TypeError, OSError):
        return None


def known() -> Known:
    """What work.db knows of every publication; nothing when it cannot be read."""
    found: dict[str, frozenset[str]] = {}
    try:
        with _work() as work:
            for file, digest in work.execute("SELECT coalesce(file, id), sha256 FROM publication"):
                found[file] = found.get(file, frozenset()) | {digest}
    except sqlite3.Error:
        return {}
    return found


@contextmanager
def _work() -> Iterator[sqlite3.Connection]:
    """work.db to look at, and never to make or change."""
    path = store.home() / "work.db"
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as work:
        yield work


def kept() -> list[Path]:
    """The kept publications, the newest first."""
    return sorted((store.home() / "publications").glob("*.db"), reverse=True)


def newest() -> str | None:
    """The file of the publication that was in force: the last that work.db tells, else the newest kept."""
    try:
        with _work() as work:
            row = work.execute("SELECT coalesce(file, id) FROM publication ORDER BY id DESC LIMIT 1").fetchone()
    except sqlite3.Error:
        row = None
    return str(row[0]) if row else next((path.stem for path in kept()), None)


def candidates(newest: str | None) -> Iterator[Path]:
    """The one that was in force first, then those before it; never one that was undone."""
    found = kept()
    yield from (path for path in found if path.stem == newest)
    yield from (path for path in found if newest is None or path.stem < newest)


def usable(file: Path, hashes: Known, newest: str | None) -> bool:
    """Whether that publication may be shown: whole, of this version, and harmless beside what is known today."""
    with suppress(OSError):
        if not os.access(file, os.R_OK):
            file.chmod(0o600)
    try:
        whole = shelf.sha256_of(file) in hashes.get(file.stem, ()) if hashes else _sound_name(file) == file.stem
        return whole and _fits(file) and (file.stem == newest or (bool(hashes) and _harmless(file)))
    except (OSError, sqlite3.Error, PuenteError) as error:
        logs.event(logger, "directory.kept.unusable", level=logging.WARNING, file=logs.Id(file.stem), error=error)
        return False


def _fits(file: Path) -> bool:
    with store.open_directory(file, any_layout=True) as connection:
        return store.layout(connection) == store.LAYOUT


def _harmless(file: Path) -> bool:
    """Whether an older publication shows no place that is confidential by now, and nothing invented after real lists.

    Without work.db nobody can tell, so it is not asked then.
    """
    from directory.publication import gather, undo
    from directory.sync import stage

    with stage.open_work() as work, store.open_directory(file) as former:
        today = store.publication(former).published_at.date()
        hidden = {f"{source}:{row}" for source, row in gather.Gathered(work, today).hidden}
        secret = {row[0] for row in work.execute(undo.SECRET, ("[]",))} | hidden
        told = any({listing, row} & secret for listing, row in former.execute(undo.SHOWN))
        invented = any(source.demo for source in store.sources(former))
        settings.refuse_demo_with_sender(demo=invented)
        return not told and not (invented and stage.real_sources(work))
