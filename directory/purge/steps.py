"""What every step of a purge is given, and what it says it did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from directory import privacy
from directory.purge.clock import Clock

__all__ = ["Job", "Outcome", "Step"]


@dataclass(frozen=True)
class Job:
    """One purge: where, counted by which clock, and whether it only tells what it would do."""

    home: Path
    clock: Clock
    dry_run: bool = False

    def limit(self, id: str) -> datetime:
        """What of that entry is older than this has to go."""
        days = privacy.days(id)
        if days is None:
            raise KeyError(f"{id} does not end by days")
        return self.clock.counted - timedelta(days=days)


@dataclass(frozen=True)
class Outcome:
    """What went of one entry of the inventory: how many, how many bytes of files, and what cannot be done any more.

    `waits` says why nothing was done this time.
    """

    id: str
    gone: int = 0
    bytes: int = 0
    lost: str | None = None
    waits: str | None = None


Step = Callable[[Job], Outcome]
