"""Two rows of one list that seem to be one place: nobody joins them by code, a person is asked."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from directory.folding import spaced
from directory.sync.match.facts import read
from directory.sync.match.judge import Verdict, judge
from directory.sync.match.outcome import Candidate, Reason

__all__ = ["Twin", "twins"]

_MOST = 20
"""Rows of a list at one phone and ZIP; where there are more it is the desk of many services."""
_ROWS = """
    SELECT row_id, json_extract(draft, '$.phones[0].number') AS phone,
        json_extract(draft, '$.address.postal_code') AS zip, link.changed_run = :run AS fresh
    FROM staged JOIN link USING (source_id, row_id)
    WHERE source_id = :source AND refused = 0 AND ended_on IS NULL AND confidential = 0 ORDER BY line
"""


@dataclass(frozen=True)
class Twin:
    """A new row and the earlier one of its list that it may repeat."""

    row_id: str
    candidate: Candidate


@dataclass(frozen=True)
class _Row:
    row_id: str
    listing_id: str
    draft: str
    fresh: bool

    def said(self, name: str) -> str:
        """A text of the row, to be compared."""
        return spaced(str(json.loads(self.draft).get(name) or ""))


def twins(work: sqlite3.Connection, source_id: str, number: int) -> Iterator[Twin]:
    """The rows that run `number` linked first and that an earlier row of the same list surely resembles."""
    for group in _groups(work, source_id, number):
        asked: set[str] = set()
        for first, second in combinations(_read(work, source_id, group), 2):
            row, other = (second, first) if second.fresh else (first, second)
            if row.fresh and row.row_id not in asked and (found := _candidate(row, other)):
                asked.add(row.row_id)
                yield Twin(row.row_id, found)


def _groups(work: sqlite3.Connection, source_id: str, number: int) -> list[list[tuple[str, bool]]]:
    """Rows with one phone in one ZIP, of which at least one is new; row ids in the order of the list."""
    found: dict[tuple[str, str], list[tuple[str, bool]]] = defaultdict(list)
    for row, phone, zip_code, fresh in map(tuple, work.execute(_ROWS, {"source": source_id, "run": number})):
        if phone and zip_code:
            found[phone, zip_code].append((row, bool(fresh)))
    return [rows for rows in found.values() if 1 < len(rows) <= _MOST and any(fresh for _, fresh in rows)]


def _read(work: sqlite3.Connection, source_id: str, rows: Sequence[tuple[str, bool]]) -> list[_Row]:
    query = """SELECT listing_id, draft FROM staged JOIN link USING (source_id, row_id)
               WHERE source_id = ? AND row_id = ?"""
    found = [(row, work.execute(query, (source_id, row)).fetchone(), fresh) for row, fresh in rows]
    return [_Row(row, listing_id, draft, fresh) for row, (listing_id, draft), fresh in found]


def _candidate(row: _Row, other: _Row) -> Candidate | None:
    """The other row's listing, when name, door, phone, service and hours are the same and no text tells them apart."""
    if row.listing_id == other.listing_id or not all(_agree(row, other, name) for name in _TELLING):
        return None
    judged = judge(read(row.draft), read(other.draft))
    if judged.verdict != Verdict.EXACT or Reason.ADDRESS_SAME not in judged.reasons:
        return None
    return Candidate(other.listing_id, (*judged.reasons, Reason.SEVERAL_ROWS))


_TELLING = ("hours_text", "eligibility_text")


def _agree(row: _Row, other: _Row, name: str) -> bool:
    one, two = row.said(name), other.said(name)
    return not (one and two) or one == two
