"""Rows that wait for a decision, and what they and the places they may be say."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from directory import phones
from directory.errors import DecisionError
from directory.model import Address
from directory.sync.confidential import public_name
from directory.sync.record import from_json
from directory.sync.review.rows import draft_of, known_row, secret_ids, shown, standing_id
from directory.sync.withholding import withheld

__all__ = ["Candidate", "Doubt", "Side", "doubt", "side_by_side", "waiting"]

_QUIET = frozenset({"id", "provenance", "latitude", "longitude", "schedule", "reach"})


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
    secret = secret_ids(work)
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
    left = draft_of(work, *known_row(work, row))
    right = shown(work, listing_id)
    if not secret_ids(work).isdisjoint((standing_id(work, row), standing_id(work, listing_id))):
        places = [place for draft in (left, right) if (place := _address(draft))]
        left, right = withheld(dict(left), places), withheld(dict(right), places)
    names = [name for name in {**left, **right} if name not in _QUIET]
    sides = [Side(name, _said(name, left), _said(name, right)) for name in names]
    return tuple(sorted(sides, key=lambda side: side.same))


def _address(draft: Mapping[str, object]) -> Address | None:
    said = draft.get("address")
    return Address(said.get("address_1"), said.get("city"), said.get("postal_code")) if isinstance(said, dict) else None


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
