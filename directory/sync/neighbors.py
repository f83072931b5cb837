"""Rows of one organization at one street: where one of them is a refuge, the others would tell where it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from directory.sync.confidential import withhold
from directory.sync.problems import Code, Problem
from directory.sync.record import from_json, to_json
from directory.sync.stage import Staged

__all__ = ["SHARE", "withhold_neighbors"]

SHARE = 0.4
"""A refuge that was only recognized (not marked by its list) hides its neighbors when it is that much of the place:
one ward of a hospital does not hide the hospital."""


def withhold_neighbors(rows: Mapping[str, Staged]) -> dict[str, Staged]:
    """The rows that must lose their address because they stand at the door of a refuge, without it."""
    doors: dict[str, list[str]] = {}
    for row_id, row in rows.items():
        if row.place and row.draft:
            doors.setdefault(row.place, []).append(row_id)
    found: dict[str, Staged] = {}
    for row_ids in doors.values():
        refuges = [row_id for row_id in row_ids if _confidential(rows[row_id])]
        marked = any(rows[row_id].marked for row_id in refuges)
        if refuges and (marked or len(refuges) >= SHARE * len(row_ids)):
            found.update({row_id: _hidden(rows[row_id]) for row_id in row_ids if row_id not in refuges})
    return found


def _confidential(row: Staged) -> bool:
    return '"confidential":true' in (row.draft or "")


def _hidden(row: Staged) -> Staged:
    listing = withhold(from_json(row.draft or ""))
    if not (listing.phones or listing.url or listing.email):
        return replace(row, draft=None, refused=True, problems=(Problem(row.line, "phones", Code.NO_CONTACT),))
    said = Problem(row.line, "address_1", Code.ADDRESS_WITHHELD)
    return replace(row, draft=to_json(listing), problems=(*row.problems, said))
