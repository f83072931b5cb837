"""What a clinic looks after: every dated value in words, what a note would change for people, and who was first."""

from __future__ import annotations

from directory.upkeep.known import Known, in_force
from directory.upkeep.notes import Noted, Outrun, changed, checked, mark, notes_on, previewed
from directory.upkeep.values import as_told, title, value_lines

__all__ = [
    "Known",
    "Noted",
    "Outrun",
    "as_told",
    "changed",
    "checked",
    "in_force",
    "mark",
    "notes_on",
    "previewed",
    "title",
    "value_lines",
]
