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
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(descriptor, "wb") as file:
        key = secrets.token_bytes(_LENGTH)
        file.write(key)
    return key
