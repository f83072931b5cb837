"""Which time a purge counts by, and whether it may be trusted: a clock that jumped must not delete everything.

A small file keeps the last time that a running process saw. Four rules follow from it:

- The clock is more than 40 days after the last time seen: a dead battery or a wrong year is likelier than a clinic
  whose computer was off for so long. Nothing is deleted by itself until somebody says that the time is right.
- The clock is before the last time seen: it was set back. What is kept is counted by the later of the two, so that
  nothing lives longer than its retention because a clock went wrong.
- Something bears a time after both: it was written while the clock was wrong. It counts as of today, else it would be
  kept for years once the clock is right.
- No last time is known and something bears a time after the clock: one of the two is wrong, and nobody knows which.
  Nothing is deleted by itself.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from directory import whole_files

__all__ = ["AHEAD", "Clock", "look", "note", "note_purge", "purged_at", "seen"]

AHEAD = timedelta(days=40)
"""How far after the last time seen the clock may stand before it is doubted."""
_SLACK = timedelta(days=1)
_BEARS = "the newest conversation bears the day"
_SEEN, _PURGED = "seen", "purged"


@dataclass(frozen=True)
class Clock:
    """What a purge counts by (UTC); `doubt` says why nothing may be deleted by itself, in words for staff."""

    counted: datetime
    doubt: str | None = None

    def future(self, at: datetime) -> bool:
        """Whether something with that time was written while the clock was wrong."""
        return at > self.counted + _SLACK


def look(home: Path, now: datetime, *, newest: datetime | None = None, right: bool = False) -> Clock:
    """What to count by; `newest` is the newest time that anything kept bears; `right`: somebody said that `now` is."""
    last = seen(home)
    if right or (last is None and newest is None):
        return Clock(now)
    if last is None and newest is not None and newest > now + _SLACK:
        return Clock(now, _doubt(now, newest, _BEARS))
    known = last or newest or now
    if now > known + AHEAD:
        return Clock(now, _doubt(now, known, "Puente last ran on" if last else _BEARS))
    return Clock(max(now, known))


def _doubt(now: datetime, other: datetime, why: str) -> str:
    return (
        f"The clock says {now:%Y-%m-%d}, and {why} {other:%Y-%m-%d}. If the clock is wrong, far too much would be "
        "deleted, so nothing is. Look at the clock (`date`). If it is right: puente purge --now-is-right"
    )


def seen(home: Path) -> datetime | None:
    """The last time that a running process saw; None when the file is absent or unreadable."""
    return _read(home).get(_SEEN)


def purged_at(home: Path) -> datetime | None:
    """When the last purge came to its end; None when none did."""
    return _read(home).get(_PURGED)


def note(home: Path, now: datetime, *, right: bool = False) -> None:
    """Keeps the time, unless it is one to be doubted or earlier than what was seen; `right`: in any case."""
    last = seen(home)
    if right or last is None or last <= now <= last + AHEAD:
        _write(home, {**_read(home), _SEEN: now})


def note_purge(home: Path, now: datetime) -> None:
    """Keeps that a purge came to its end."""
    _write(home, {**_read(home), _PURGED: now})


def _file(home: Path) -> Path:
    return home / "clock.json"


def _read(home: Path) -> dict[str, datetime]:
    try:
        plain = json.loads(_file(home).read_text("utf-8"))
        return {key: _utc(plain[key]) for key in (_SEEN, _PURGED) if key in plain}
    except (OSError, ValueError, TypeError, AttributeError):  # absent, or cut by a crash: as if never seen
        return {}


def _utc(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("a time without its zone")
    return found.astimezone(timezone.utc)


def _write(home: Path, times: dict[str, datetime]) -> None:
    plain = {key: at.astimezone(timezone.utc).isoformat(timespec="seconds") for key, at in times.items()}
    with suppress(OSError):  # a full disk must not stop what makes room
        whole_files.write(_file(home), json.dumps(plain).encode())
