"""Events of the parts as whoever watches reads them: a sentence where people are concerned, else a short line."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

__all__ = ["DISK_FULL", "disk_is_full", "spoken"]

_FULL_BELOW = 1_000_000
DISK_FULL = (
    "The disk is full: people are answered, but nothing new can be kept. `puente purge` deletes what is past its days "
    "and says what is big and what may go."
)
_SAYS = {
    "door.assistant.away": "The assistant does not answer; people get a fixed sentence with 911, 988 and 211.",
    "door.assistant.back": "People are answered by the assistant again.",
    "door.key.unreadable": "The key of the chats cannot be read, so no chat can begin: puente doctor",
    "records.not_written": "Which answers were given could not be written down; they wait in memory.",
    "conversations.not_written": "Conversations could not be written down; they go on in memory.",
    "conversations.not_purged": "Conversations past their days could not be deleted; it is tried again: puente purge",
    "purge.refused": "Today's purge was not done; why not: puente purge",
    "purge.failed": "Today's purge was not done; why not: puente purge",
}
_ORDINARY = frozenset({"DEBUG", "INFO"})
_HEAD = frozenset({"at", "level", "process", "event"})


def spoken(line: Mapping[str, Any]) -> str:
    """An event in words, with the time of day; the whole of it stands in the log."""
    when = _time_of_day(str(line["at"]))
    if told := _SAYS.get(line["event"]):
        return f"{when} {told}"
    level = "" if line["level"] in _ORDINARY else f" {str(line['level']).lower()}"
    rest = " ".join(f"{key}={value}" for key, value in line.items() if key not in _HEAD)
    return f"{when} {line['process']}{level}: {line['event']} {rest}".rstrip()


def disk_is_full(folder: Path) -> bool:
    """Whether next to nothing can be written there."""
    try:
        return shutil.disk_usage(folder).free < _FULL_BELOW
    except OSError:
        return False


def _time_of_day(at: str) -> str:
    try:
        return datetime.fromisoformat(at).astimezone().strftime("%H:%M:%S")
    except ValueError:
        return at[:19]
