"""When the published directory is missing or damaged, the last good publication is put in force in its place.

What is good is told by the sha256 that work.db keeps of every publication, else by SQLite's own check. The file in
force and its kept copy may be one file by a hard link, so garbage written into one damages both; then an older one is
taken, never one that shows a place that is confidential by now, and never invented places after real ones.
"""

from __future__ import annotations

from directory.healing.judging import fault, work_fault
from directory.healing.mending import at_start, heal, once_more
from directory.healing.noting import Healed, last, note_file

__all__ = ["Healed", "at_start", "fault", "heal", "last", "note_file", "once_more", "work_fault"]
