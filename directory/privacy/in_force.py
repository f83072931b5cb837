"""How long each thing is kept here: the clinic's own number of days where its settings say one, else the default."""

from __future__ import annotations

from directory import settings
from directory.privacy.inventory import inventory

__all__ = ["days", "minutes"]


def days(id: str) -> int | None:
    """The days in force for that entry; None for what does not end by days. KeyError for an id that is none."""
    kept = inventory()[id]
    if kept.days is None or kept.least is None or kept.most is None:
        return None
    said = settings.settings().retention.get(id, kept.days)
    return min(max(said, kept.least), kept.most)


def minutes(id: str) -> int:
    """The idle minutes after which that entry ends."""
    found = inventory()[id].minutes
    if found is None:
        raise KeyError(f"{id} does not end by minutes")
    return found
