"""How the directory and the answers do, in counts for staff: how old, how good, what nobody found, what helped."""

from __future__ import annotations

from directory.health.asked import FEW, Told, dangers, told, unmet
from directory.health.freshness import WITHIN, Fresh, by_county, by_list
from directory.health.syncing import LastRun, last_runs

__all__ = ["FEW", "WITHIN", "Fresh", "LastRun", "Told", "by_county", "by_list", "dangers", "last_runs", "told", "unmet"]
