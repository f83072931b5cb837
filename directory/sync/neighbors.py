"""Rows of one organization at one street: where one of them is a refuge, the others would tell where it is.

A list that marks a row confidential hides every row at that door. A row that was only recognized by its words hides its
neighbors when such rows are two fifths of the door. Counted on the two real lists: of 39 doors with such a row, 15 have
others too; at 6 of these the rule hides 10 rows, and 9 stay open, each a large house that everyone may find, with one
such desk in it (a hospital, a district attorney, legal aid). Of the 10, a senior clinic and a school need not be
hidden; they keep name, phone, page and county. At a half, three rows of a refuge would show its street; at a third
nothing more would be hidden; at a fifth, 22 rows of ordinary houses.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from directory.model import Listing
from directory.sync.confidential import withhold
from directory.sync.problems import Code, Problem
from directory.sync.record import from_json, to_json
from directory.sync.stage import Staged

__all__ = ["SHARE", "Door", "exposed", "reachable", "withhold_neighbors"]

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


def withhold_neighbors(rows: Mapping[str, Staged]) -> dict[str, Staged]:
    """The rows of one list that must lose their address because they stand at the door of a refuge, without it."""
    doors = {row_id: Door(row.place, _refuge(row), row.marked) for row_id, row in rows.items() if row.draft}
    return {row_id: _hidden(rows[row_id]) for row_id in exposed(doors)}


def reachable(listing: Listing) -> bool:
    """Whether anybody could use the listing once its address is gone."""
    return bool(listing.phones or listing.url or listing.email)


def _refuge(row: Staged) -> bool:
    return '"confidential":true' in (row.draft or "")


def _hidden(row: Staged) -> Staged:
    listing = withhold(from_json(row.draft or ""))
    if not reachable(listing):
        return replace(row, draft=None, refused=True, problems=(Problem(row.line, "phones", Code.NO_CONTACT),))
    said = Problem(row.line, "address_1", Code.ADDRESS_WITHHELD)
    problems = tuple(problem.without_place() for problem in row.problems)
    return replace(row, draft=to_json(listing), problems=(*problems, said))
