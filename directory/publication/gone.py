"""gone: why a listing is no longer shown, in a sentence for staff."""

from __future__ import annotations

import sqlite3

from directory.publication.gather import Gathered
from directory.sync.decisions import Kind

__all__ = ["why_gone"]

_DECIDED = {Kind.CLOSED: "closed for good", Kind.NOT_LISTED: "taken out", Kind.SUSPENDED: "suspended"}
_ROWS = """SELECT staged.source_id, staged.ended_on, staged.ended_why, staged.refused FROM link JOIN staged
           ON staged.source_id = link.source_id AND staged.row_id = link.row_id
           WHERE link.listing_id = ? ORDER BY staged.source_id, staged.row_id"""


def why_gone(work: sqlite3.Connection, gathered: Gathered, listing_id: str) -> str:
    """What happened to that listing since it was shown."""
    today_id = gathered.today_id(listing_id)
    if today_id != listing_id:
        return f"it is one place with {today_id} now"
    for decision in gathered.decided.get(listing_id, ()):
        if decision.kind in _DECIDED:
            return f"{_DECIDED[decision.kind]} by {decision.who} on {decision.decided_at:%Y-%m-%d}: {decision.why}"
    told = [_row(*row) for row in work.execute(_ROWS, (listing_id,))]
    return "; ".join(dict.fromkeys(filter(None, told))) or "its row belongs to another place now"


def _row(source: str, ended_on: str | None, ended_why: str | None, refused: int) -> str | None:
    if ended_on:
        return f"{source}: {ended_why or 'left the list'} on {ended_on}"
    return f"{source}: its row can no longer be used" if refused else None
