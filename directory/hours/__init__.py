"""Hours: a text becomes a week of intervals, or None when any part of it is not surely understood; then is it open?"""

from __future__ import annotations

from directory.hours.grammar import parse
from directory.hours.holidays import holiday
from directory.hours.week import PACIFIC, is_open, spans

__all__ = ["PACIFIC", "holiday", "is_open", "parse", "spans"]
