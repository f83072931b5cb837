"""That somebody said yes to a text, as whoever typed their number recorded it: a line each, without the number."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path

from directory import store
from directory.errors import SenderError

__all__ = ["folder", "record"]


def folder() -> Path:
    """Where the lines lie, a file for each month."""
    return store.home() / "consents"


def record(who: str, what: str, language: str, how: str, by: str, now: datetime) -> None:
    """Keeps on the disk that the person behind `who` (a keyed hash) agreed; SenderError where it cannot be kept.

    `how` are the words of whoever asked, such as "asked at the desk"; `by` is their name.
    """
    said = {"at": now.isoformat(timespec="seconds"), "who": who, "what": what, "language": language, "how": how}
    line = json.dumps({**said, "by": by}, ensure_ascii=False) + "\n"
    file = folder() / f"{now:%Y-%m}.jsonl"
    try:
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            os.write(handle, line.encode())
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise SenderError(
            f"{file} cannot be written ({error.strerror}), so it would not be known that the person agreed, and "
            "nothing is sent. Look whether the disk is full, then try again."
        ) from error
