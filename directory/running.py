"""Whether a `puente up` is alive on this home, and how another command asks it to hold: small files and two locks.

`up.lock` is locked by the supervisor for as long as it lives, so a process that was killed leaves nothing behind that
looks alive. `up.json` says what it does. Whoever changes what the assistant stands on (restore, upgrade) writes
`hold.json` and keeps it locked; when they are gone, also by force, the hold is over.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from directory import whole_files
from directory.errors import PauseError
from directory.store import home

__all__ = ["HELD", "Lock", "Running", "held", "holding", "last", "running", "tell"]

HELD = "held"
PATIENCE_SECONDS = 90.0
"""How long a hold waits for the supervisor, which finishes the answers it has begun."""
_MOST_BYTES = 8192


@dataclass(frozen=True)
class Running:
    """A `puente up` that is alive: its process, the ports of its parts, and its state.

    States: `starting`, `running`, `held`, `stopping`; of each part `starting`, `ready`, `away`. `prepared` stands for
    what it found ready when it started.
    """

    pid: int
    state: str
    ports: Mapping[str, int] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    prepared: str | None = None


class Lock:
    """A lock on a file of Puente's home, held until this object is closed or its process ends."""

    def __init__(self, path: Path, descriptor: int | None = None) -> None:
        self._path = path
        self.descriptor = descriptor

    def take(self, seconds: float = 0.0) -> bool:
        """Whether it is ours now; waits at most that long for it."""
        if self.descriptor is not None:
            return True
        opened = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        limit = time.monotonic() + seconds
        while not _locked(opened, fcntl.LOCK_EX):
            if time.monotonic() >= limit:
                os.close(opened)
                return False
            time.sleep(0.05)
        self.descriptor = opened
        return True

    def close(self) -> None:
        """Gives it back."""
        if self.descriptor is not None:
            os.close(self.descriptor)
            self.descriptor = None


def running() -> Running | None:
    """The `puente up` that is alive on this home, or None."""
    return last() if _is_locked(home() / "up.lock") else None


def last() -> Running:
    """What the latest `puente up` of this home said of itself, alive or not."""
    body = _json(home() / "up.json")
    pid, state = body.get("pid"), body.get("state")
    ports = {name: port for name, port in _pairs(body.get("ports")) if isinstance(port, int)}
    parts = {name: part for name, part in _pairs(body.get("parts")) if isinstance(part, str)}
    prepared = body.get("prepared")
    return Running(
        pid if isinstance(pid, int) else 0,
        state if isinstance(state, str) else "starting",
        ports,
        parts,
        prepared if isinstance(prepared, str) else None,
    )


def tell(now: Running) -> None:
    """Writes what the supervisor does; a disk that is full keeps nobody from being answered."""
    body = {
        "pid": now.pid,
        "state": now.state,
        "ports": dict(now.ports),
        "parts": dict(now.parts),
        "prepared": now.prepared,
    }
    with suppress(OSError):
        whole_files.write(home() / "up.json", json.dumps(body))


def holding() -> str | None:
    """Why somebody holds Puente now, or None; a hold whose process is gone is none, and its file is taken away."""
    path = home() / "hold.json"
    if not path.exists():
        return None
    if _is_locked(path):
        return str(_json(path).get("why") or "another command")[:200]
    with suppress(OSError):
        path.unlink()
    return None


@contextmanager
def held(why: str, patience: float = PATIENCE_SECONDS) -> Iterator[bool]:
    """Holds the assistant and the desk while something changes below them; yields whether a `puente up` was running.

    The door goes on answering its fixed sentence. PauseError when somebody else holds already, or when the supervisor
    does not hold in time; then it runs on as before.
    """
    found = running()
    if found is None:
        yield False
        return
    path = home() / "hold.json"
    lock = Lock(path)
    if not _taken(lock, path):
        raise PauseError(
            f"Puente is held already ({holding() or 'by another command'}), and two at once could undo each other. "
            "Wait until that has ended, then try again."
        )
    try:
        _fill(lock, {"why": why, "pid": os.getpid()})
        _wait_until_held(patience)
        yield True
    finally:
        with suppress(OSError):
            path.unlink()
        lock.close()


def _taken(lock: Lock, path: Path) -> bool:
    """Whether the lock is ours; taken anew where somebody took the file away just before, for a hold that was over."""
    while lock.take():
        with suppress(OSError):
            if lock.descriptor is not None and os.fstat(lock.descriptor).st_ino == path.stat().st_ino:
                return True
        lock.close()
    return False


def _wait_until_held(patience: float) -> None:
    limit = time.monotonic() + patience
    while (found := running()) is not None:
        if found.state == HELD:
            return
        if time.monotonic() >= limit:
            raise PauseError(
                f"Puente (process {found.pid}) did not stop its assistant within {patience:.0f} seconds, so nothing "
                "was changed. Stop it with Ctrl-C or `systemctl stop puente`, then try again."
            )
        time.sleep(0.1)


def _fill(lock: Lock, body: Mapping[str, object]) -> None:
    assert lock.descriptor is not None
    os.ftruncate(lock.descriptor, 0)
    os.pwrite(lock.descriptor, json.dumps(body, ensure_ascii=False).encode(), 0)


def _locked(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _is_locked(path: Path) -> bool:
    """Whether another holds it; asked with a shared lock, so that two who ask do not see each other."""
    try:
        opened = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        return not _locked(opened, fcntl.LOCK_SH)
    finally:
        os.close(opened)


def _json(path: Path) -> dict[str, object]:
    try:
        with path.open("rb") as opened:
            body = json.loads(opened.read(_MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def _pairs(value: object) -> list[tuple[str, object]]:
    return list(value.items()) if isinstance(value, dict) else []
