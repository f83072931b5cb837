"""One secret of this installation, from which every other is derived by purpose.

The key file is made on first run, readable by its owner alone (0600). Whoever loses it ends the open web sessions and
cannot link a returning phone to its conversation; nothing else depends on it. A damaged one is set aside by whoever
starts, and a new one made; who runs meanwhile goes on with the key in memory until a whole one lies there.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import logging
import os
import secrets
import time
from itertools import count
from pathlib import Path

from directory import logs
from directory.errors import SettingsError
from directory.store import home

__all__ = ["aside", "derived", "first", "is_damaged", "keyed_hash", "ready", "usable"]

logger = logging.getLogger(__name__)

_NAME = "secret.key"
_LENGTH = 32
_Stamp = tuple[int, int, int]
_known: dict[Path, tuple[_Stamp | None, bytes]] = {}


def derived(purpose: str) -> bytes:
    """A key of 32 bytes for one named purpose; the same for the life of the installation."""
    return hmac.new(_master(home() / _NAME), purpose.encode(), hashlib.sha256).digest()


def keyed_hash(purpose: str, value: str) -> str:
    """A hash (32 hex digits) of `value` that nobody without the key file can compute or reverse by trying."""
    return hmac.new(derived(purpose), value.encode(), hashlib.sha256).hexdigest()[:32]


def first() -> None:
    """Makes the key of an installation that has none yet, so that it is in the first backup already."""
    if not (home() / _NAME).exists():
        _make(home() / _NAME)


def ready() -> Path | None:
    """Makes a key where none can be used; where the damaged one was set aside just now, else None."""
    path = home() / _NAME
    return None if _whole(path) else _begun(path)


def usable(path: Path) -> bool:
    """Whether that file holds a key."""
    return _whole(path) is not None


def is_damaged() -> bool:
    """Whether a key file lies there that cannot be used."""
    path = home() / _NAME
    return path.is_file() and _whole(path) is None


def aside() -> tuple[Path, ...]:
    """The damaged key files that were set aside, the oldest first."""
    return tuple(sorted(home().glob(f"{_NAME}.damaged-*")))


def _master(path: Path) -> bytes:
    stamp, known = _stamp(path), _known.get(path)
    if known and stamp in (None, known[0]):
        return known[1]
    key = _whole(path)
    if key is None and known:
        return known[1]
    if key is None:
        if moved := _begun(path):
            logs.event(logger, "key.damaged.moved_aside", level=logging.ERROR, file=logs.Id(moved.name))
        stamp, key = _stamp(path), _whole(path)
    if key is None:
        raise SettingsError(f"{path} changes while it is read, so sessions could be forged. Try again.")
    _known[path] = (stamp, key)
    return key


def _stamp(path: Path) -> _Stamp | None:
    """Stands for the file as it is on the disk; None where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _whole(path: Path) -> bytes | None:
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        return None
    return key if len(key) == _LENGTH else None


def _begun(path: Path) -> Path | None:
    moved = _set_aside(path)
    _make(path)
    return moved


def _set_aside(path: Path) -> Path | None:
    """Moves a damaged file to `secret.key.damaged-DAY`; None when another process did so first."""
    try:
        handle = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        stamp = _stamp(path)
        if stamp is None or stamp[0] != os.fstat(handle).st_ino or _whole(path):
            return None
        os.fchmod(handle, 0o600)
        os.utime(handle)  # its days count from now on
        target = _free(path, time.strftime("%Y-%m-%d", time.localtime(os.fstat(handle).st_mtime)))
        path.rename(target)
        return target
    finally:
        os.close(handle)


def _free(path: Path, day: str) -> Path:
    first = path.with_name(f"{path.name}.damaged-{day}")
    names = (first if number == 1 else first.with_name(f"{first.name}-{number}") for number in count(1))
    return next(name for name in names if not os.path.lexists(name))


def _make(path: Path) -> None:
    """Makes the key file whole or not at all: processes that start together all read the key of the first."""
    made = path.with_name(f"{path.name}.{secrets.token_hex(8)}.part")
    with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_bytes(_LENGTH))
    try:
        os.link(made, path)
    except FileExistsError:
        pass
    finally:
        made.unlink()
