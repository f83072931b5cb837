"""How long each thing is kept here: the clinic's own number of days where its settings say one, else the default."""

from __future__ import annotations

from collections.abc import Mapping

from directory import settings
from directory.privacy.inventory import inventory

__all__ = ["days", "minutes"]


def days(id: str, retention: Mapping[str, int] | None = None) -> int | None:
    """The days in force for that entry; None for what does not end by days. KeyError for an id that is none.

    `retention` is the clinic's own number of days by id, else that of the settings.
    """
    kept = inventory()[id]
    if kept.days is None or kept.least is None or kept.most is None:
        return None
    own = settings.settings().retention if retention is None else retention
    return min(max(own.get(id, kept.days), kept.least), kept.most)


def minutes(id: str) -> int:
    """The idle minutes after which that entry ends."""
    found = inventory()[id].minutes
    if found is None:
        raise KeyError(f"{id} does not end by minutes")
    return found
