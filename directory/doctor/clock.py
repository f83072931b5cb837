"""The clock: rides are counted in work days, opening hours in minutes, retention in days."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from shutil import which

from directory.doctor.finding import Finding, Look
from directory.purge import clock as kept

__all__ = ["clock"]

_SLACK = timedelta(minutes=5)
_RELEASE = Path(__file__).resolve().parents[2] / "requirements.lock"


def clock(look: Look) -> Iterator[Finding]:
    """Whether the time is plausible: after all that was written, and kept right by the system."""
    late = list(_late(look))
    yield from late
    doubt = kept.look(look.home, look.now).doubt
    if doubt and not late:
        yield Finding("clock.ahead", "mend", doubt, "puente purge --now-is-right")
    if _synchronized() is False:
        text = "The system does not keep its clock by the network, so it drifts by minutes in a month."
        yield Finding("clock.unsynchronized", "look", text, "sudo timedatectl set-ntp true")
    if not late and not doubt:
        yield Finding("clock", "ok", f"The clock says {look.now:%Y-%m-%d %H:%M}, which fits all that was written.")


def _late(look: Look) -> Iterator[Finding]:
    """What bears a time after now: then the clock is behind, or was ahead when it was written."""
    times = {"Puente last ran on": kept.seen(look.home), "the newest publication is of": look.status.published_at}
    for words, at in times.items():
        if at and at > look.now + _SLACK:
            yield _behind(look.now, f"{words} {at:%Y-%m-%d %H:%M}")
            return
    made = datetime.fromtimestamp(_RELEASE.stat().st_mtime, look.now.tzinfo) if _RELEASE.exists() else None
    if made and made > look.now + timedelta(days=1):
        yield _behind(look.now, f"this program is of {made:%Y-%m-%d}")


def _behind(now: datetime, other: str) -> Finding:
    text = f"The clock says {now:%Y-%m-%d %H:%M}, and {other}. Hours, rides and what is deleted when go by the clock."
    return Finding("clock.behind", "mend", text, "sudo timedatectl set-ntp true")


def _synchronized() -> bool | None:
    """Whether the system keeps its clock by the network; None where it does not tell."""
    if not which("timedatectl"):
        return None
    command = ["timedatectl", "show", "--property=NTPSynchronized", "--value"]
    try:
        said = subprocess.run(command, capture_output=True, text=True, timeout=1).stdout.strip()
    except (OSError, subprocess.TimeoutExpired):
        return None
    return {"yes": True, "no": False}.get(said)
