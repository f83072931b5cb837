"""One secret of this installation, from which every other is derived by purpose.

The key file is made on first run, readable by its owner alone (0600). Whoever loses it ends the open web sessions and
cannot link a returning phone to its conversation; nothing else depends on it.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from functools import cache
from pathlib import Path

from directory.errors import SettingsError
from directory.store import home

__all__ = ["derived", "keyed_hash"]

_LENGTH = 32


def derived(purpose: str) -> bytes:
    """A key of 32 bytes for one named purpose; the same for the life of the installation."""
    return hmac.new(_master(home() / "secret.key"), purpose.encode(), hashlib.sha256).digest()


def keyed_hash(purpose: str, value: str) -> str:
    """A hash (32 hex digits) of `value` that nobody without the key file can compute or reverse by trying."""
    return hmac.new(derived(purpose), value.encode(), hashlib.sha256).hexdigest()[:32]


@cache
def _master(path: Path) -> bytes:
    if not path.exists():
        _make(path)
    key = path.read_bytes()
    if len(key) != _LENGTH:
        raise SettingsError(
            f"{path} does not hold a key of {_LENGTH} bytes, so sessions could be forged. Put the right file back from "
            "a backup, or remove it: a new one is made, and open conversations end."
        )
    return key


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
