"""Rows of one organization at one street: where one of them is a refuge, the others would tell where it is.

A list that marks a row confidential hides every row at that door. A row that was only recognized by its words hides its
neighbors when such rows are two fifths of the door. Counted on the two real lists: of 39 doors with such a row, 15 have
others too; at 6 of these the rule hides 10 rows, and 9 stay open, each a large house that everyone may find, with one
such desk in it (a hospital, a district attorney, legal aid). Of the 10, a senior clinic and a school need not be
hidden; they keep name, phone, page and county. At a half, three rows of a refuge would show its street; at a third
nothing more would be hidden; at a fifth, 22 rows of ordinary houses.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from directory.model import Listing
from directory.sync.confidential import withhold
from directory.sync.problems import Code, Problem
from directory.sync.record import from_json, to_json

__all__ = ["SHARE", "Door", "exposed", "hide_neighbors", "reachable"]

SHARE = 0.4
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Door:
    """Where a row stands (a hash of organization and street), whether it is a refuge, and whether its list says so."""

    place: str | None
    refuge: bool
    marked: bool


def exposed(doors: Mapping[Key, Door]) -> list[Key]:
    """The rows that stand at the door of a refuge and would tell where it is."""
    together: dict[str, list[Key]] = {}
    for key, door in doors.items():
        if door.place:
            together.setdefault(door.place, []).append(key)
    return [key for keys in together.values() for key in _exposed(keys, doors)]


def _exposed(keys: list[Key], doors: Mapping[Key, Door]) -> list[Key]:
    refuges = [key for key in keys if doors[key].refuge]
    marked = any(doors[key].marked for key in refuges)
    if not refuges or not (marked or len(refuges) >= SHARE * len(keys)):
        return []
    return [key for key in keys if not doors[key].refuge]


def hide_neighbors(work: sqlite3.Connection, source_id: str, number: int, today: str) -> None:
    """Rows of one list that stand at the door of a refuge lose their address, as part of run `number`.

    Only doors at which the run wrote or ended a row are looked at: nothing can have changed at the others.
    What they said before goes to the temporary table `before`, where it is not yet.
    """
    found = {row["row_id"]: row for row in work.execute(_AT_DOORS, {"source": source_id, "run": number})}
    told = exposed(
        {key: Door(row["place"], bool(row["confidential"]), bool(row["marked"])) for key, row in found.items()}
    )
    for row_id in told:
        row = found[row_id]
        work.execute(
            "INSERT OR IGNORE INTO temp.before SELECT row_id, draft, place, marked, confidential FROM staged "
            "WHERE source_id = ? AND row_id = ? AND changed_run < ?",
            (source_id, row_id, number),
        )
        draft, problems = _hidden(row["draft"], row["problems"])
        work.execute(_HIDE, (draft, problems, draft is None, today, number, source_id, row_id))
        if draft is None:
            work.execute("UPDATE list_row SET refused = 1 WHERE source_id = ? AND row_id = ?", (source_id, row_id))


_AT_DOORS = """
    SELECT row_id, place, confidential, marked, CASE confidential WHEN 0 THEN draft END AS draft, problems FROM staged
    WHERE source_id = :source AND draft IS NOT NULL AND ended_on IS NULL AND place IN
        (SELECT place FROM staged WHERE source_id = :source AND confidential = 1 AND ended_on IS NULL
         INTERSECT SELECT place FROM
             (SELECT place FROM staged WHERE source_id = :source AND changed_run = :run
              UNION SELECT place FROM temp.before))
"""
_HIDE = """
    UPDATE staged SET draft = ?, problems = ?, refused = ?, changed_on = ?, changed_run = ?
    WHERE source_id = ? AND row_id = ?
"""


def reachable(listing: Listing) -> bool:
    """Whether anybody could use the listing once its address is gone."""
    return bool(listing.phones or listing.url or listing.email)


def _hidden(draft: str, problems: str) -> tuple[str | None, str]:
    """The draft and the problems of a row without its address; no draft when nobody could use what is left."""
    listing = withhold(from_json(draft))
    if not reachable(listing):
        return None, json.dumps([("phones", Code.NO_CONTACT.value, None)])
    told = [Problem(0, field, Code(code), value).without_place() for field, code, value in json.loads(problems)]
    said = [(item.field, item.code.value, item.value) for item in told]
    return to_json(listing), json.dumps([*said, ("address_1", Code.ADDRESS_WITHHELD.value, None)], ensure_ascii=False)
