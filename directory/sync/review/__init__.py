"""review: rows that may be a place of another list, and what a person decides about rows and places.

A doubtful row is published as a place of its own until somebody decides; nothing is lost by waiting. A decision has
who, when and why, and outlives every later list. Whatever is decided here is shown from the next publication on.
"""

from __future__ import annotations

from directory.sync.review.answering import DecidedFirst, Overtaken, about, answer, mark
from directory.sync.review.deciding import apart, decide, in_force, take_back, together, value_of
from directory.sync.review.doubts import Candidate, Doubt, Side, doubt, side_by_side, waiting
from directory.sync.review.notices import LONGEST_DAYS, LONGEST_NOTICE, notice
from directory.sync.review.rows import titles

__all__ = [
    "LONGEST_DAYS", "LONGEST_NOTICE", "Candidate", "DecidedFirst", "Doubt", "Overtaken", "Side", "about", "answer",
    "apart", "decide", "doubt", "in_force", "mark", "notice", "side_by_side", "take_back", "titles", "together",
    "value_of", "waiting",
]  # fmt: skip
