"""review: rows that may be a place of another list, and what a person decides about rows and places.

A doubtful row is published as a place of its own until somebody decides; nothing is lost by waiting. A decision has
who, when and why, and outlives every later list. Whatever is decided here is shown from the next publication on.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from directory import phones
from directory.errors import DecisionError
from directory.model import Address
from directory.publication.gather import Gathered
from directory.sync import decisions
from directory.sync.confidential import public_name
from directory.sync.decisions import Decision, Kind
from directory.sync.record import from_json
from directory.sync.withholding import withheld

__all__ = [
    "Candidate", "Doubt", "Side", "apart", "decide", "doubt", "in_force", "side_by_side", "take_back", "together",
    "value_of", "waiting",
]  # fmt: skip

_UNTIL = frozenset({Kind.SUSPENDED, Kind.NOTICE})
_QUIET = frozenset({"id", "provenance", "latitude", "longitude", "schedule", "reach"})
_NOT_SHOWN = "(not shown: the place is confidential)"


@dataclass(frozen=True)
class Candidate:
    """A listing that the row may be, its public name, and the reasons (codes of `directory.sync.match`)."""

    listing_id: str
    name: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Doubt:
    """A row that has to be decided: which, its public name, and what it may be."""

    source_id: str
    row_id: str
    name: str
    candidates: tuple[Candidate, ...]

    @property
    def id(self) -> str:
        """What the commands take: `source:row`."""
        return f"{self.source_id}:{self.row_id}"


@dataclass(frozen=True)
class Side:
    """One field of two rows; None where a row says nothing. A confidential row says nothing of its place."""

    field: str
    row: str | None
    listing: str | None

    @property
    def same(self) -> bool:
        """Whether both say the same."""
        return self.row == self.listing


def waiting(work: sqlite3.Connection) -> tuple[Doubt, ...]:
    """The rows in force that nobody has decided about, each with what it may be, by list and line."""
    found: dict[tuple[str, str], list[Candidate]] = {}
    names: dict[tuple[str, str], str] = {}
    for row in work.execute(_WAITING):
        key = (row["source_id"], row["row_id"])
        names[key] = row["name"]
        found.setdefault(key, []).append(
            Candidate(row["listing_id"], row["other_name"], tuple(json.loads(row["reasons"])))
        )
    secret = _secret(work)
    return tuple(_named(Doubt(*key, names[key], tuple(candidates)), secret) for key, candidates in found.items())


def _named(item: Doubt, secret: frozenset[str]) -> Doubt:
    """With public names only, where one of the places that it may be is confidential."""
    if secret.isdisjoint((item.id, *(one.listing_id for one in item.candidates))):
        return item
    candidates = tuple(replace(one, name=public_name(one.name)) for one in item.candidates)
    return replace(item, name=public_name(item.name), candidates=candidates)


_WAITING = """
    SELECT candidate.source_id, candidate.row_id, candidate.listing_id, candidate.reasons,
        json_extract(staged.draft, '$.name') AS name,
        (SELECT json_extract(other.draft, '$.name') FROM link AS l JOIN staged AS other USING (source_id, row_id)
            WHERE l.listing_id = candidate.listing_id AND other.ended_on IS NULL AND other.refused = 0 LIMIT 1)
            AS other_name
    FROM candidate
    JOIN staged USING (source_id, row_id)
    JOIN link USING (source_id, row_id)
    WHERE staged.ended_on IS NULL AND staged.refused = 0 AND other_name IS NOT NULL
        AND link.listing_id <> candidate.listing_id
        AND NOT EXISTS (
            SELECT 1 FROM decision WHERE decision.kind IN ('same', 'different') AND decision.undone_at IS NULL
                AND decision.source_id = candidate.source_id AND decision.row_id = candidate.row_id
                AND (decision.kind = 'same' OR decision.listing_id = candidate.listing_id))
    ORDER BY candidate.source_id, staged.line, candidate.listing_id
"""


def doubt(work: sqlite3.Connection, row: str) -> Doubt:
    """The undecided row with that id (`source:row`); DecisionError when it is not among those that wait."""
    for item in waiting(work):
        if item.id == row:
            return item
    raise DecisionError(f"No row {row!r} waits for a decision. `puente review` lists those that do.")


def side_by_side(work: sqlite3.Connection, row: str, listing_id: str) -> tuple[Side, ...]:
    """What the row and the listing say, field by field, those that differ first."""
    left = _draft(work, *_row(work, row))
    right = _shown(work, listing_id)
    if not _secret(work).isdisjoint((_listing(work, row), _listing(work, listing_id))):
        places = [place for draft in (left, right) if (place := _address(draft))]
        left, right = withheld(dict(left), places), withheld(dict(right), places)
    names = [name for name in {**left, **right} if name not in _QUIET]
    sides = [Side(name, _said(name, left), _said(name, right)) for name in names]
    return tuple(sorted(sides, key=lambda side: side.same))


def together(work: sqlite3.Connection, row: str, listing_id: str, *, who: str, why: str, now: datetime) -> Decision:
    """The row is that listing: it and all rows that were its own listing join it."""
    source_id, row_id = _row(work, row)
    target, own = _listing(work, listing_id), _listing_of(work, source_id, row_id)
    if own == target:
        raise DecisionError(f"{row} belongs to {target} already. Nothing was changed.")
    moved = [
        [item["source_id"], item["row_id"]]
        for item in work.execute("SELECT source_id, row_id FROM link WHERE listing_id = ?", (own,))
    ]
    made = Decision(Kind.SAME, target, who, _reason(why), now, source_id, row_id, value=json.dumps([own, moved]))
    with work:
        work.execute(
            "UPDATE link SET listing_id = ?, outcome = 'same', reasons = '[\"decided_same\"]' WHERE listing_id = ?",
            (target, own),
        )
        number = decisions.record(work, made)
    return replace(made, number=number)


def apart(work: sqlite3.Connection, row: str, listing_id: str, *, who: str, why: str, now: datetime) -> Decision:
    """The row is not that listing: nobody is asked again, and a row that was joined to it gets its own place back."""
    source_id, row_id = _row(work, row)
    other = _listing(work, listing_id)
    if _own(source_id, row_id) == other:
        raise DecisionError(
            f"{row} is the row that {other} was first seen in, so it cannot be another. Nothing was changed."
        )
    made = Decision(Kind.DIFFERENT, other, who, _reason(why), now, source_id, row_id)
    with work:
        number = decisions.record(work, made)
        work.execute(
            """UPDATE link SET listing_id = ?, outcome = 'different', reasons = '["decided_different"]'
               WHERE source_id = ? AND row_id = ? AND listing_id = ?""",
            (_own(source_id, row_id), source_id, row_id, other),
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
    target = _listing(work, listing_id)
    if kind in _UNTIL and until is None:
        raise DecisionError(f"{kind.value} needs a last day: --until 2026-12-31. Nothing was changed.")
    if until and until < now.date():
        raise DecisionError(f"{until} has passed, so it would change nothing. Give a day from today on.")
    if kind is Kind.KEEP and field == "address" and target in _secret(work):
        raise DecisionError(f"{target} is confidential: its address is shown to nobody. Nothing was changed.")
    made = Decision(kind, target, who, _reason(why), now, field=field, value=value, until=until)
    if dry_run:
        return _told(made, _secret(work))
    with work:
        number = decisions.record(work, made)
    return _told(replace(made, number=number), _secret(work))


def in_force(work: sqlite3.Connection, *, today: date) -> tuple[Decision, ...]:
    """The decisions in force as they may be shown: of a confidential place without what would tell where it is."""
    secret = _secret(work)
    return tuple(_told(item, secret) for item in decisions.in_force(work, today=today))


def _told(made: Decision, secret: frozenset[str]) -> Decision:
    if made.value is None or made.kind not in (Kind.KEEP, Kind.NOTICE) or made.listing_id not in secret:
        return made
    if made.kind is Kind.KEEP:
        return replace(made, value=_NOT_SHOWN)
    alone = {"id": "", "organization": "", "name": "", "provenance": {"source": "", "row": "", "source_title": ""}}
    return replace(made, value=withheld({**alone, "alert": made.value, "confidential": True}).get("alert"))


def _secret(work: sqlite3.Connection) -> frozenset[str]:
    """The places of which nobody is told where they are, under each id they have or had."""
    query = """SELECT listing_id, source_id || ':' || row_id FROM link WHERE listing_id IN
               (SELECT link.listing_id FROM link JOIN staged USING (source_id, row_id) WHERE confidential = 1)"""
    found = {listing_id for row in work.execute(query) for listing_id in row}
    hidden = [f"{source}:{row}" for source, row in Gathered(work, date.max).hidden]
    return frozenset({*found, *hidden, *(_listing(work, row) for row in hidden)})


def _address(draft: Mapping[str, object]) -> Address | None:
    said = draft.get("address")
    return Address(said.get("address_1"), said.get("city"), said.get("postal_code")) if isinstance(said, dict) else None


def value_of(work: sqlite3.Connection, listing_id: str, field: str | None, source_id: str | None) -> str:
    """What that list says in a field of the listing, as JSON for a `keep`; DecisionError if it says nothing."""
    if not field or not source_id:
        raise DecisionError("To keep a value, say which field and whose: --field hours_text --from LIST.")
    query = """SELECT draft FROM link JOIN staged USING (source_id, row_id)
               WHERE listing_id = ? AND source_id = ? AND draft IS NOT NULL AND ended_on IS NULL"""
    values = [
        value
        for row in work.execute(query, (_listing(work, listing_id), source_id))
        if (value := _plain(row["draft"]).get(field)) is not None
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


def _own(source_id: str, row_id: str) -> str:
    return f"{source_id}:{row_id}"


def _row(work: sqlite3.Connection, row: str) -> tuple[str, str]:
    source_id, _, row_id = row.partition(":")
    found = work.execute(
        "SELECT 1 FROM staged WHERE source_id = ? AND row_id = ? AND draft IS NOT NULL", (source_id, row_id)
    ).fetchone()
    if found is None:
        raise DecisionError(
            f"There is no row {row!r} in any list that was read. A row is named LIST:ROW, as in `puente review`."
        )
    return source_id, row_id


def _listing_of(work: sqlite3.Connection, source_id: str, row_id: str) -> str:
    query = "SELECT listing_id FROM link WHERE source_id = ? AND row_id = ?"
    return str(work.execute(query, (source_id, row_id)).fetchone()[0])


def _listing(work: sqlite3.Connection, listing_id: str) -> str:
    """The id under which the listing stands today; one that was joined to another is followed."""
    if work.execute("SELECT 1 FROM link WHERE listing_id = ? LIMIT 1", (listing_id,)).fetchone():
        return listing_id
    source_id, _, row_id = listing_id.partition(":")
    found = work.execute(
        "SELECT listing_id FROM link WHERE source_id = ? AND row_id = ?", (source_id, row_id)
    ).fetchone()
    if found is None:
        raise DecisionError(
            f"There is no place {listing_id!r} in any list that was read. `puente search` prints the ids."
        )
    return str(found[0])


def _draft(work: sqlite3.Connection, source_id: str, row_id: str) -> Mapping[str, object]:
    query = "SELECT draft FROM staged WHERE source_id = ? AND row_id = ?"
    return _plain(work.execute(query, (source_id, row_id)).fetchone()["draft"])


def _shown(work: sqlite3.Connection, listing_id: str) -> Mapping[str, object]:
    """What the listing's first row in force says; the row it was first seen in, when that is still in its list."""
    query = """SELECT staged.draft FROM link JOIN staged USING (source_id, row_id)
               WHERE link.listing_id = ? AND staged.draft IS NOT NULL
               ORDER BY staged.ended_on IS NOT NULL, link.source_id || ':' || link.row_id <> link.listing_id LIMIT 1"""
    row = work.execute(query, (_listing(work, listing_id),)).fetchone()
    return _plain(row["draft"]) if row else {}


def _plain(draft: str) -> Mapping[str, object]:
    found: dict[str, object] = json.loads(draft)
    return found


def _said(name: str, draft: Mapping[str, object]) -> str | None:
    if name == "phones" and "phones" in draft:
        return ", ".join(map(phones.display, from_json(json.dumps(draft)).phones))
    return _text(draft.get(name))


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    if isinstance(value, Sequence):
        return ", ".join(" ".join(str(part) for part in item.values()) for item in value if isinstance(item, dict))
    if isinstance(value, dict):
        return ", ".join(str(part) for part in value.values() if part)
    return str(value)


def _reason(why: str) -> str:
    text = " ".join(why.split())
    if not text:
        raise DecisionError('A decision needs a reason that the next person can read: --why "called on May 3".')
    return text
