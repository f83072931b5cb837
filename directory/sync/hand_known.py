"""What is known of a place before somebody enters something: whether a list has it, who entered last, who differs."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from directory.model import Address
from directory.sync.hand import HAND, Entry
from directory.sync.review.rows import plain, secret_ids, standing_id
from directory.sync.withholding import withheld

__all__ = ["Entered", "Said", "alike", "differing", "entered", "last_entered", "may_be_shown"]

_QUIET = frozenset({"id", "provenance", "latitude", "longitude", "schedule", "reach", "confidential", "demo"})


@dataclass(frozen=True)
class Entered:
    """A place that somebody entered or corrected by hand: which, its name, who and on which day (ISO)."""

    listing_id: str
    name: str
    who: str
    on: str


@dataclass(frozen=True)
class Said:
    """A field of a place in which lists differ: (list, value as in a draft, as JSON or text) of each."""

    field: str
    values: tuple[tuple[str, str], ...]


def alike(work: sqlite3.Connection, entry: Entry) -> tuple[str, ...]:
    """The places that the entered one is, or may be: two of it would be shown."""
    from directory.sync.match import Matcher, Outcome  # slow to import, and most entries are corrections

    found: list[str] = []
    for _, match in Matcher(work, HAND).matches([(entry.row_id, entry.read.draft)]):
        if match.outcome == Outcome.SAME and match.listing_id:
            found.append(match.listing_id)
        if match.outcome == Outcome.ASK:
            found += [item.listing_id for item in match.candidates]
    return tuple(dict.fromkeys(found))


def may_be_shown(work: sqlite3.Connection, listing_id: str, draft: Mapping[str, object]) -> Mapping[str, object]:
    """The draft as a page may show it: of a confidential place nothing that tells where it is."""
    if not draft.get("confidential") and standing_id(work, listing_id) not in secret_ids(work):
        return draft
    said = draft.get("address")
    places = (
        [Address(said.get("address_1"), said.get("city"), said.get("postal_code"))] if isinstance(said, dict) else []
    )
    bare = {name: value for name, value in draft.items() if name not in ("address", "latitude", "longitude")}
    return withheld({**bare, "confidential": True}, places)


def differing(work: sqlite3.Connection, listing_id: str) -> tuple[Said, ...]:
    """The fields of the place in which the lists differ, and what each says."""
    query = """SELECT source_id, draft FROM link JOIN staged USING (source_id, row_id)
               WHERE listing_id = ? AND draft IS NOT NULL AND ended_on IS NULL ORDER BY source_id, row_id"""
    rows = work.execute(query, (standing_id(work, listing_id),)).fetchall()
    drafts = [(row["source_id"], may_be_shown(work, listing_id, plain(row["draft"]))) for row in rows]
    names = sorted({name for _, draft in drafts for name in draft} - _QUIET)
    found = (Said(name, tuple((source, _text(draft[name])) for source, draft in drafts if name in draft))
             for name in names)  # fmt: skip
    return tuple(said for said in found if len({value for _, value in said.values}) > 1)


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def last_entered(work: sqlite3.Connection, listing_id: str) -> Entered | None:
    """Who entered something of that place last; None when nobody did."""
    return next((item for item in entered(work, 5000) if item.listing_id == listing_id), None)


def entered(work: sqlite3.Connection, limit: int) -> tuple[Entered, ...]:
    """The places that were entered or corrected by hand, the last one first."""
    query = """SELECT link.listing_id, json_extract(staged.draft, '$.name') AS name,
                   coalesce(json_extract(raw_row.cells, '$.who'), '') AS who, staged.changed_on
               FROM staged JOIN link USING (source_id, row_id)
               LEFT JOIN raw_row ON raw_row.source_id = staged.source_id AND raw_row.row_id = staged.row_id
                   AND raw_row.sha256 = staged.raw_sha256
               WHERE staged.source_id = ? AND staged.draft IS NOT NULL AND staged.ended_on IS NULL
               ORDER BY staged.changed_run DESC, staged.row_id DESC LIMIT ?"""
    return tuple(Entered(*map(str, row)) for row in work.execute(query, (HAND, limit)))
