"""Reads `$PUENTE_HOME/settings.yml`; every key may be left away, and every mistake is told at once.

It is the demo when the file says so or when invented places are published; only where nothing real is published does
an invented clinic stand in for the one that is not named.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from directory import store, whole_files
from directory.errors import DirectoryMissing, SettingsError
from directory.settings import checking, content
from directory.settings.mistakes import Mistake
from directory.settings.shape import Settings

__all__ = ["DEMO_CLINIC", "DEMO_PHONE", "file", "good_copy", "read", "refuse_demo_with_sender", "settings", "told"]

DEMO_CLINIC = "Puente Demo Clinic"
DEMO_PHONE = "209-555-0100"
_SETTLED = 100_000_000
"""Nanoseconds after which a change of a file surely has another time than the one before it."""

_LOOK_AGAIN = 2.0
"""Seconds between two looks at a file that is in trouble."""

_Stamp = tuple[int, int, int] | None


@dataclass(frozen=True)
class _Seen:
    """What was last found: for which state of which files."""

    path: Path
    stamps: tuple[_Stamp, ...]
    settings: Settings
    trouble: str | None
    at: float


_seen: _Seen | None = None


def settings(path: Path | None = None, *, strict: bool = False) -> Settings:
    """The settings in force; neutral ones when there is no file.

    Where the file does not fit, the last one that did counts, with the sentence in `mended`, because whoever answers
    people must not go down over a slip of the hand; `strict` is for who changes things: SettingsError instead.
    """
    found = _looked(path or file())
    if strict and found.trouble:
        raise SettingsError(found.trouble)
    return found.settings


def refuse_demo_with_sender(*, demo: bool, strict: bool = True) -> None:
    """SettingsError when there are invented places (`demo`) and the settings name who sends real text messages.

    Whatever publishes places or starts to answer people asks this first; `strict` as in `settings`.
    """
    sender = settings(strict=strict).sms if demo else None
    if sender:
        raise SettingsError(
            f"{file()} names a sender of real text messages ({sender.number}), so invented demo places must not be "
            "published beside it: somebody could be sent to a door that does not exist. Take the demo out with "
            "`puente demo remove`, or take `sms` out of the settings."
        )


def file() -> Path:
    """Where the clinic's settings lie, whether or not the file is there."""
    return store.home() / "settings.yml"


def good_copy(path: Path) -> Path:
    """Where the last file that fitted is kept."""
    return path.with_name("settings.good.yml")


def read(said: bytes, path: Path) -> tuple[Settings, tuple[Mistake, ...]]:
    """The settings that these bytes hold and their mistakes; SettingsError where they cannot be taken apart."""
    return checking.checked(path.parent, content.plain(said, path))


def told(path: Path, mistakes: tuple[Mistake, ...]) -> str:
    """The mistakes of a file as one text: a sentence, or a list."""
    if len(mistakes) == 1:
        return f"{path}: {mistakes[0]} Correct it, or delete the line."
    lines = [f"{path} has {len(mistakes)} mistakes. Correct them, or delete the lines:", *map(str, mistakes)]
    return "\n  - ".join(lines)


def _looked(path: Path) -> _Seen:
    global _seen
    before, stamps = _seen, _stamps(path, _seen)
    if before and before.path == path and before.stamps == stamps and _settled(stamps) and _holds(before):
        return before
    said, trouble = _said(path)
    said = replace(_with_demo(said), mended=trouble)
    # With the logo that it names now, which is a file of its own.
    stamps = (*stamps[:2], _stamp(path.parent / said.logo) if said.logo else None)
    _seen = _Seen(path, stamps, said, trouble, time.monotonic())
    return _seen


def _holds(before: _Seen) -> bool:
    """Whether it need not be looked at again: what is in trouble may be mended elsewhere, as by a picture put back."""
    return before.trouble is None or time.monotonic() < before.at + _LOOK_AGAIN


def _stamps(path: Path, before: _Seen | None) -> tuple[_Stamp, ...]:
    logo = before.settings.logo if before else None
    return _stamp(path), _stamp(store.directory_path()), _stamp(path.parent / logo) if logo else None


def _stamp(path: Path) -> _Stamp:
    try:
        found = path.stat()
    except (OSError, ValueError):  # ValueError: no name of a file
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _settled(stamps: tuple[_Stamp, ...]) -> bool:
    """Whether a change after these stamps would show: two writes of one moment look alike."""
    newest = max((stamp[0] for stamp in stamps if stamp), default=0)
    return newest < time.time_ns() - _SETTLED


def _said(path: Path) -> tuple[Settings, str | None]:
    """What counts of a file, and what is wrong with it."""
    found, trouble = _of(path)
    if trouble is None:
        return found, None
    copy, _ = _of(good_copy(path), keep=False)
    last = good_copy(path).exists() and copy != Settings()
    if last:
        rest = f"The last settings that were good count ({good_copy(path).name})."
    else:
        rest = "Nothing of it counts." if found == Settings() else "What fits in it counts, the rest does not."
    return (copy if last else found), f"{trouble}\n{rest} Fix it with: puente setup"


def _of(path: Path, *, keep: bool = True) -> tuple[Settings, str | None]:
    """What fits in one file, and what is wrong with it; a file without a mistake becomes the last good one."""
    try:
        said = content.bytes_of(path)
        if not (said or b"").strip() and keep and good_copy(path).exists():
            return Settings(), _emptied(path, gone=said is None)
        if said is None:
            return Settings(), None
        found, mistakes = read(said, path)
    except SettingsError as why:
        return Settings(), str(why)
    if mistakes:
        return found, told(path, mistakes)
    if keep:
        _keep(said, path)
    return found, None


def _emptied(path: Path, *, gone: bool) -> str:
    what = "is gone" if gone else "is empty, as after a full disk"
    return f"{path} {what}. To begin anew on purpose, remove {good_copy(path).name} beside it too."


def _keep(said: bytes, path: Path) -> None:
    with suppress(OSError, SettingsError):  # a folder that cannot be written still serves its settings
        if content.bytes_of(good_copy(path)) != said:
            whole_files.write(good_copy(path), said)


def _with_demo(said: Settings) -> Settings:
    real, invented = _published()
    if real or not (said.demo or invented):
        return replace(said, demo=said.demo or invented)
    stands_in = said.clinic is None or said.phone is None
    return replace(
        said, clinic=said.clinic or DEMO_CLINIC, phone=said.phone or DEMO_PHONE, demo=True, invented=stands_in
    )


def _published() -> tuple[bool, bool]:
    """Whether any real list is published, and whether any invented one is."""
    try:
        with store.open_directory(any_layout=True) as connection:
            lists = store.sources(connection)
    except (DirectoryMissing, sqlite3.DatabaseError):  # a damaged directory is told by whoever searches it
        return False, False
    return any(not item.demo for item in lists), any(item.demo for item in lists)
