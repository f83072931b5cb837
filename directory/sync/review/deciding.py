"""What a person decides about rows and places: made, taken back, and told without saying where a refuge is."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from datetime import date, datetime

from directory.errors import DecisionError
from directory.sync import decisions
from directory.sync.decisions import Decision, Kind
from directory.sync.review.rows import known_row, listing_of, own_id, plain, secret_ids, standing_id
from directory.sync.withholding import withheld

__all__ = ["apart", "decide", "in_force", "join", "part", "take_back", "together", "value_of"]

_UNTIL = frozenset({Kind.SUSPENDED, Kind.NOTICE})
_NOT_SHOWN = "(not shown: the place is confidential)"


def together(work: sqlite3.Connection, row: str, listing_id: str, *, who: str, why: str, now: datetime) -> Decision:
    """The row is that listing: it and all rows that were its own listing join it."""
    with work:
        return join(work, row, listing_id, who=who, why=why, now=now)


def join(work: sqlite3.Connection, row: str, listing_id: str, *, who: str, why: str, now: datetime) -> Decision:
    """What `together` does; the caller commits."""
    source_id, row_id = known_row(work, row)
    target, own = standing_id(work, listing_id), listing_of(work, source_id, row_id)
    if own == target:
        raise DecisionError(f"{row} belongs to {target} already. Nothing was changed.")
    moved = [
        [item["source_id"], item["row_id"]]
        for item in work.execute("SELECT source_id, row_id FROM link WHERE listing_id = ?", (own,))
    ]
    made = Decision(Kind.SAME, target, who, _reason(why), now, source_id, row_id, value=json.dumps([own, moved]))
    work.execute(
        "UPDATE link SET listing_id = ?, outcome = 'same', reasons = '[\"decided_same\"]' WHERE listing_id = ?",
        (target, own),
    )
    return replace(made, number=decisions.record(work, made))


def apart(work: sqlite3.Connection, row: str, listing_id: str, *, who: str, why: str, now: datetime) -> Decision:
    """The row is not that listing: nobody is asked again, and a row that was joined to it gets its own place back."""
    with work:
        return part(work, row, listing_id, who=who, why=why, now=now)


def part(work: sqlite3.Connection, row: str, listing_id: str, *, who: str, why: str, now: datetime) -> Decision:
    """What `apart` does; the caller commits."""
    source_id, row_id = known_row(work, row)
    other = standing_id(work, listing_id)
    if own_id(source_id, row_id) == other:
        raise DecisionError(
            f"{row} is the row that {other} was first seen in, so it cannot be another. Nothing was changed."
        )
    made = Decision(Kind.DIFFERENT, other, who, _reason(why), now, source_id, row_id)
    number = decisions.record(work, made)
    work.execute(
        """UPDATE link SET listing_id = ?, outcome = 'different', reasons = '["decided_different"]'
           WHERE source_id = ? AND row_id = ? AND listing_id = ?""",
        (own_id(source_id, row_id), source_id, row_id, other),
    )
    return replace(made, number=number)


def decide(
    work: sqlite3.Connection,
    kind: Kind,
    listing_id: str,
    *,
    who: str,
    why: str,
    now: datetime,
    until: date | None = None,
    field: str | None = None,
    value: str | None = None,
    dry_run: bool = False,
) -> Decision:
    """A decision about a whole listing, or about one field of it (`keep`, `value` as in a draft's JSON).

    DecisionError when there is no such listing, or what the kind needs is missing. A dry run keeps nothing.
    """
    target = standing_id(work, listing_id)
    if kind in _UNTIL and until is None:
        raise DecisionError(f"{kind.value} needs a last day: --until 2026-12-31. Nothing was changed.")
    if until and until < now.date():
        raise DecisionError(f"{until} has passed, so it would change nothing. Give a day from today on.")
    if kind is Kind.KEEP and field == "address" and target in secret_ids(work):
        raise DecisionError(f"{target} is confidential: its address is shown to nobody. Nothing was changed.")
    made = Decision(kind, target, who, _reason(why), now, field=field, value=value, until=until)
    if dry_run:
        return _told(made, secret_ids(work))
    with work:
        number = decisions.record(work, made)
    return _told(replace(made, number=number), secret_ids(work))


def in_force(work: sqlite3.Connection, *, today: date) -> tuple[Decision, ...]:
    """The decisions in force as they may be shown: of a confidential place without what would tell where it is."""
    secret = secret_ids(work)
    return tuple(_told(item, secret) for item in decisions.in_force(work, today=today))


def _told(made: Decision, secret: frozenset[str]) -> Decision:
    if made.value is None or made.kind not in (Kind.KEEP, Kind.NOTICE) or made.listing_id not in secret:
        return made
    if made.kind is Kind.KEEP:
        return replace(made, value=_NOT_SHOWN)
    alone = {"id": "", "organization": "", "name": "", "provenance": {"source": "", "row": "", "source_title": ""}}
    return replace(made, value=withheld({**alone, "alert": made.value, "confidential": True}).get("alert"))


def value_of(work: sqlite3.Connection, listing_id: str, field: str | None, source_id: str | None) -> str:
    """What that list says in a field of the listing, as JSON for a `keep`; DecisionError if it says nothing."""
    if not field or not source_id:
        raise DecisionError("To keep a value, say which field and whose: --field hours_text --from LIST.")
    query = """SELECT draft FROM link JOIN staged USING (source_id, row_id)
               WHERE listing_id = ? AND source_id = ? AND draft IS NOT NULL AND ended_on IS NULL"""
    values = [
        value
        for row in work.execute(query, (standing_id(work, listing_id), source_id))
        if (value := plain(row["draft"]).get(field)) is not None
    ]
    if not values:
        raise DecisionError(
            f"{source_id} says nothing of {field} for {listing_id}. `puente show {listing_id}` shows it."
        )
    return json.dumps(values[0], ensure_ascii=False)


def take_back(work: sqlite3.Connection, number: int, *, who: str, now: datetime) -> Decision:
    """Takes a decision back; rows that it joined part again. DecisionError when none with that number is in force."""
    with work:
        found = decisions.take_back(work, number, who=who, now=now)
        if found is None:
            raise DecisionError(f"No decision with the number {number} is in force. `puente decisions` lists them.")
        if found.kind == Kind.SAME:
            own, moved = json.loads(found.value or '["", []]')
            work.executemany(
                "UPDATE link SET listing_id = ?, outcome = 'ask' WHERE source_id = ? AND row_id = ? AND listing_id = ?",
                [(own, source_id, row_id, found.listing_id) for source_id, row_id in moved],
            )
    return found


def _reason(why: str) -> str:
    text = " ".join(why.split())
    if not text:
        raise DecisionError('A decision needs a reason that the next person can read: --why "called on May 3".')
    return text
