"""gone: why a listing is no longer shown, in a sentence for staff, and in parts for other languages."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date

from directory.publication.gather import Gathered
from directory.sync import decisions
from directory.sync.decisions import Decision, Kind

__all__ = ["Why", "why_absent", "why_gone"]


class Why(str):
    """The sentence; `parts` are the same as codes with their values, for who says it in another language."""

    parts: tuple[tuple[str, Mapping[str, str]], ...]

    def __new__(cls, text: str, *parts: tuple[str, Mapping[str, str]]) -> Why:
        made = super().__new__(cls, text)
        made.parts = parts
        return made


_DECIDED = {Kind.CLOSED: "closed for good", Kind.NOT_LISTED: "taken out", Kind.SUSPENDED: "suspended"}
_LEFT = "left the list"
_ROWS = """SELECT staged.source_id, staged.ended_on, staged.ended_why, staged.refused FROM link JOIN staged
           ON staged.source_id = link.source_id AND staged.row_id = link.row_id
           WHERE link.listing_id = ? ORDER BY staged.source_id, staged.row_id"""


def why_gone(work: sqlite3.Connection, gathered: Gathered, listing_id: str) -> Why:
    """What happened to that listing since it was shown."""
    today_id = gathered.today_id(listing_id)
    if today_id != listing_id:
        return Why(f"it is one place with {today_id} now", ("joined", {"id": today_id}))
    told = _decided(gathered.decided.get(listing_id, ())) or _rows(work, listing_id)
    return told or Why("its row belongs to another place now", ("elsewhere", {}))


def why_absent(work: sqlite3.Connection, listing_id: str, today: date) -> str | None:
    """Why nobody is shown a place with that id; None when work.db knows nothing of it."""
    source_id, _, row_id = listing_id.partition(":")
    rows = work.execute("SELECT DISTINCT listing_id FROM link WHERE listing_id = ?", (listing_id,)).fetchall()
    query = "SELECT listing_id FROM link WHERE source_id = ? AND row_id = ?"
    known = rows or work.execute(query, (source_id, row_id)).fetchall()
    if not known:
        return None
    today_id = str(known[0]["listing_id"])
    if today_id != listing_id:
        return f"it is one place with {today_id} now: puente show {today_id}"
    made = [item for item in decisions.in_force(work, today=today) if item.listing_id == listing_id]
    told = _decided(made) or _rows(work, listing_id)
    return told or "not published yet: puente publish"


def _decided(made: Iterable[Decision]) -> Why | None:
    for item in made:
        if item.kind in _DECIDED:
            until = f" until {item.until}" if item.until else ""
            values = {"who": item.who, "day": f"{item.decided_at:%Y-%m-%d}", "why": item.why, "until": str(item.until)}
            text = f"{_DECIDED[item.kind]}{until} by {item.who} on {item.decided_at:%Y-%m-%d}: {item.why}"
            return Why(text, (item.kind.value, values))
    return None


def _rows(work: sqlite3.Connection, listing_id: str) -> Why | None:
    """What became of its rows; None where one of them is in its list and can be used."""
    told = [_row(*row) for row in work.execute(_ROWS, (listing_id,))]
    known = list(dict.fromkeys(item for item in told if item))
    if None in told or not known:
        return None
    return Why("; ".join(known), *(part for item in known for part in item.parts))


def _row(source: str, ended_on: str | None, ended_why: str | None, refused: int) -> Why | None:
    values = {"list": source, "day": ended_on or "", "why": ended_why or ""}
    if ended_on:
        if ended_why in (None, _LEFT):
            return Why(f"left {source} on {ended_on}", ("left", values))
        return Why(f"{source}: {ended_why} on {ended_on}", ("ended", values))
    return Why(f"{source}: its row can no longer be used", ("refused", values)) if refused else None
