"""The notes in force: read once, looked at again every few seconds; the last good ones where the file is bad."""

from __future__ import annotations

import logging
import os
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from directory import logs, whole_files
from directory.eligibility.strict import refuse
from directory.errors import RulesError
from directory.overlay.hostile import LARGEST
from directory.overlay.reading import Names, plain_entries, read_notes
from directory.overlay.shapes import Note

__all__ = [
    "NOTHING",
    "Overlay",
    "content_of",
    "current",
    "forget",
    "good_copy",
    "good_entries",
    "look_again",
    "overlay_file",
]

_EVERY = 2.0
"""Seconds between two looks at the file: a few microseconds each."""

_log = logging.getLogger(__name__)

_Stamp = tuple[int, int, int]


@dataclass(frozen=True)
class Overlay:
    """The notes that count, and in words what is the matter with the file, if anything."""

    notes: tuple[Note, ...] = ()
    trouble: str | None = None

    @property
    def said(self) -> str | None:
        """What staff read where the file is in trouble."""
        if self.trouble is None:
            return None
        kept = f"the last {len(self.notes)} that could be read count" if self.notes else "none of them counts"
        return f"ATTENTION: the clinic's notes on rules cannot be read, so {kept}. {self.trouble}"


NOTHING = Overlay()


@dataclass(frozen=True)
class _Seen:
    """What was last found where; `stamp` None where there is no file."""

    path: Path
    stamp: _Stamp | None
    overlay: Overlay


_seen: _Seen | None = None
_look_at = 0.0


def overlay_file() -> Path:
    """Where the clinic's notes stand: `overlay.yml` in PUENTE_HOME; nothing is made there."""
    return Path(os.environ.get("PUENTE_HOME") or "var") / "overlay.yml"


def good_copy(path: Path) -> Path:
    """Where the last good notes are kept beside the file."""
    return path.with_name("overlay.last-good.yml")


def current(names: Callable[[], Names]) -> Overlay:
    """The notes in force; the same object while nothing changes. It never raises."""
    if _seen is not None and time.monotonic() < _look_at:
        return _seen.overlay
    return _looked(names)


def look_again() -> None:
    """The next reader looks at the file, however short ago somebody did."""
    global _look_at
    _look_at = 0.0


def good_entries(path: Path) -> list[object]:
    """The entries of the last good copy, as they were written; none where there is no copy that can be read."""
    copy = _copied(path)
    return plain_entries(copy, good_copy(path)) if copy is not None else []


def forget() -> None:
    """Forgets what was read, as a process that starts."""
    global _seen
    _seen = None


def _looked(names: Callable[[], Names]) -> Overlay:
    global _seen, _look_at
    path, before = overlay_file(), _seen if _seen and _seen.path == overlay_file() else None
    stamp = _stamp(path)
    if before is None or before.stamp != stamp:
        found = _read(path, stamp, names, before.overlay if before else None)
        _seen = before = _Seen(path, stamp, found)
    _look_at = time.monotonic() + _EVERY
    return before.overlay


def _stamp(path: Path) -> _Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _read(path: Path, stamp: _Stamp | None, names: Callable[[], Names], before: Overlay | None) -> Overlay:
    """The notes of the file; else those that this process had; else the last good ones."""
    if stamp is None and not (before and before.notes) and _stamp(good_copy(path)) is None:
        return NOTHING
    try:
        return Overlay(_good(path, names))
    except RulesError as why:
        trouble = str(why)
    logs.event(_log, "overlay.refused", level=logging.WARNING)
    return replace(before, trouble=trouble) if before else _last_good(path, names, trouble)


def _good(path: Path, names: Callable[[], Names]) -> tuple[Note, ...]:
    """The notes of the file, which then is the last good one."""
    content = content_of(path)
    notes = read_notes(content, path, names(), before=good_entries(path))
    if content != _copied(path):
        with suppress(OSError):  # a folder that cannot be written still serves its notes
            whole_files.write(good_copy(path), content)
    return notes


def content_of(path: Path) -> bytes:
    """What the file holds; RulesError says why it cannot be read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise refuse(path, "", "this is no ordinary file, so no notes can be read from it. Restore the file.")
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except FileNotFoundError:
        raise refuse(
            path,
            "",
            f"the file is gone. Put it back: cp {good_copy(path)} {path}. To drop all notes, write [] into it.",
        ) from None
    except OSError as why:
        raise refuse(path, "", f"the file cannot be read ({why.strerror}). Look whose it is.") from None


def _copied(path: Path) -> bytes | None:
    """What the last good copy holds; None where there is none that can be read."""
    try:
        content = good_copy(path).read_bytes()
        plain_entries(content, path)
    except (OSError, RulesError):
        return None
    return content


def _last_good(path: Path, names: Callable[[], Names], trouble: str) -> Overlay:
    copy = _copied(path)
    if copy is None:
        return Overlay((), f"{trouble} There is no last good copy, so none of its notes counts.")
    try:
        return Overlay(read_notes(copy, good_copy(path), names(), before=plain_entries(copy, path)), trouble)
    except RulesError as why:
        return Overlay((), f"{trouble} The last good copy is refused too: {why}")
