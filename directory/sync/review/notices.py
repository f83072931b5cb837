"""A short text beside a place until a day: Closed today."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime, timedelta

from directory.errors import DecisionError
from directory.sync.decisions import Decision, Kind
from directory.sync.review.deciding import decide

__all__ = ["LONGEST_DAYS", "LONGEST_NOTICE", "notice"]

LONGEST_NOTICE = 120
LONGEST_DAYS = 31


def notice(
    work: sqlite3.Connection, listing_id: str, text: str, until: date, *, who: str, now: datetime, dry_run: bool = False
) -> Decision:
    """Keeps the notice; DecisionError when it is empty, too long for a text message, or lasts too long."""
    words = " ".join(text.split())
    if not words or len(words) > LONGEST_NOTICE:
        raise DecisionError(f"A notice has 1 to {LONGEST_NOTICE} letters, for it has to fit into a text message.")
    if until > now.date() + timedelta(days=LONGEST_DAYS):
        raise DecisionError(
            f"A notice lasts {LONGEST_DAYS} days at most; what lasts longer is a correction, such as: "
            f"puente edit {listing_id} --capacity full"
        )
    return decide(
        work, Kind.NOTICE, listing_id, who=who, why="notice", now=now, until=until, value=words, dry_run=dry_run
    )
