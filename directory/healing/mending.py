"""Puts the last good publication in force in one step, at the start and when a search fails."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from directory import logs, store
from directory.errors import UnknownListing
from directory.healing import judging
from directory.healing.noting import Healed, note
from directory.locks import locked
from directory.publication import shelf

__all__ = ["at_start", "heal", "once_more"]

logger = logging.getLogger(__name__)
P = ParamSpec("P")
T = TypeVar("T")


def at_start() -> tuple[str, ...]:
    """The full check before Puente answers people: mends what can be mended; says what it did and what is wrong."""
    healed = heal()
    if healed is None:
        with suppress(OSError):
            _part()
    lines = [healed.said] if healed else []
    return (*lines, *filter(None, [judging.work_fault()]))


def once_more(work: Callable[P, T]) -> Callable[P, T]:
    """The same work, done a second time when it failed on a directory in whose place a good one stands since."""

    @wraps(work)
    def done(*args: P.args, **kwargs: P.kwargs) -> T:
        before = _identity(store.directory_path())
        try:
            return work(*args, **kwargs)
        except UnknownListing:
            raise
        except Exception:
            heal()
            if _identity(store.directory_path()) == before:
                raise
        return work(*args, **kwargs)

    return done


def heal() -> Healed | None:
    """Puts the last good publication in force if what people see cannot be used; None where nothing is wrong.

    A file that was looked at and found good, or for which nothing could be done, is not looked at again until it,
    work.db or the kept files change.
    """
    if _seen.get("state") == _state():
        return None
    try:
        healed = _healed() if judging.fault() else None
    except OSError as error:
        logs.event(logger, "directory.not_healed", level=logging.ERROR, error=error)
        return None
    _seen["state"] = _state()
    if healed:
        file = logs.Id(healed.file) if healed.file else None
        logs.event(logger, "directory.healed", level=logging.WARNING, publication=file, older=int(healed.older))
    return healed


_seen: dict[str, object] = {}


def _healed() -> Healed | None:
    with _one_at_a_time():
        path, known = store.directory_path(), judging.known()
        why = judging.fault(known)
        if why is None:  # another process was here first
            return None
        if "permissions" in why:
            with suppress(OSError):
                path.chmod(0o600)
                why = judging.fault(known) or why
        newest = judging.newest()
        for kept in judging.candidates(newest):
            if judging.usable(kept, known, newest):
                _put(kept, path)
                return note(Healed(why, kept.stem, kept.stem != newest))
        return note(Healed(why, None, False))


def _put(kept: Path, path: Path) -> None:
    """The kept file in force in one step, as a file of its own where the disk has room for it."""
    aside = store.home() / "directory.healing.part"
    aside.unlink(missing_ok=True)
    try:
        shelf.copy(kept, aside)
    except OSError:
        aside.unlink(missing_ok=True)
        os.link(kept, aside)
    shelf.to_disk(aside)
    if path.is_dir() and not path.is_symlink():
        path.rename(_free("directory.damaged"))
    aside.replace(path)
    shelf.to_disk(path)


def _free(name: str) -> Path:
    number = 1
    while (store.home() / f"{name}-{number}").exists():
        number += 1
    return store.home() / f"{name}-{number}"


def _part() -> None:
    """Gives the file in force an inode of its own, so that what damages it leaves its kept copy good."""
    path = store.directory_path()
    for kept in judging.kept():
        if path.is_file() and kept.samefile(path):
            with _one_at_a_time():
                aside = store.home() / "directory.kept.part"
                aside.unlink(missing_ok=True)
                try:
                    shelf.copy(path, aside)
                    shelf.to_disk(aside)
                    aside.replace(kept)
                finally:
                    aside.unlink(missing_ok=True)  # half a copy on a full disk


def _one_at_a_time() -> AbstractContextManager[None]:
    """Assistant, desk and commands may find the same damage at the same time."""
    return locked(store.home() / "healing.lock")


def _identity(path: Path) -> tuple[int, ...] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_mode


def _state() -> tuple[object, ...]:
    home = store.home()
    return home, *(_identity(home / name) for name in ("directory.db", "work.db", "publications"))
