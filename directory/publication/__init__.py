"""From what the lists say to what people see: merge, build aside, check, swap; look back, undo."""

from __future__ import annotations
