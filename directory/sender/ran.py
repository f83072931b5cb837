"""When texts were last sent here, and what kept them: a small file, so that the doctor knows whether the timer runs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from directory import store, whole_files

__all__ = ["Ran", "file", "last", "note"]


@dataclass(frozen=True)
class Ran:
    """When, and the code with which the account was refused then, if it was."""

    at: datetime
    refused: int | None = None


def file() -> Path:
    """Where it stands."""
    return store.home() / "sender.json"


def note(at: datetime, refused: int | None) -> None:
    """Keeps it in the place of what stood there."""
    whole_files.write(file(), json.dumps({"at": at.isoformat(timespec="seconds"), "refused": refused}) + "\n")


def last() -> Ran | None:
    """The last time; None where there was none, or nobody can read what stands there."""
    try:
        held = json.loads(file().read_text(encoding="utf-8"))
        refused = held["refused"]
        at = datetime.fromisoformat(held["at"])
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return Ran(at, refused if isinstance(refused, int) else None) if at.tzinfo else None
