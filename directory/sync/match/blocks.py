"""Blocking: which rows of other lists have anything in common with a row, without comparing all with all."""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from directory.sync.match.facts import Facts, keys, read, sure_keys

__all__ = ["MOST", "Blocks", "Known"]

MOST = {"n": 60, "p": 60, "a": 60, "b": 60, "w": 8, "o": 8, "c": 40, "t": 8}
"""Rows that may have a key of a kind in common; a key of more tells nothing."""
_ROW_BITS = 22
_HASH = (1 << 41) - 1

Known = tuple[str, str, str]
"""Source, row and listing of a row of another list."""


class Blocks:
    """The rows in force of all other lists by what they have in common; drafts stay in work.db."""

    def __init__(self, work: sqlite3.Connection, source_id: str) -> None:
        self._work = work
        self._rows: list[Known] = []
        self._packed = array("q", sorted(self._read(source_id)))
        self.facts = lru_cache(maxsize=4096)(self._facts)

    def __len__(self) -> int:
        return len(self._rows)

    def _read(self, source_id: str) -> Iterator[int]:
        found = self._work.execute(
            """SELECT staged.source_id, staged.row_id, link.listing_id, staged.draft FROM staged
               JOIN link ON link.source_id = staged.source_id AND link.row_id = staged.row_id
               WHERE staged.source_id <> ? AND staged.refused = 0 AND staged.ended_on IS NULL""",
            (source_id,),
        )
        for number, (source, row, listing, draft) in enumerate(found):
            self._rows.append((source, row, listing))
            for key in keys(read(draft)):
                yield (hash(key) & _HASH) << _ROW_BITS | number

    def near(self, facts: Facts) -> dict[int, Known]:
        """The rows that share a telling key with these facts, by number."""
        whole = facts.street and facts.phones  # then its counterpart has one of them too, or there is nothing to tell
        return {
            number: self._rows[number]
            for key in (sure_keys(facts) if whole else keys(facts))
            for number in self._block(key)
        }

    def _block(self, key: str) -> list[int]:
        low = (hash(key) & _HASH) << _ROW_BITS
        start = bisect_left(self._packed, low)
        end = bisect_left(self._packed, low + (1 << _ROW_BITS), start)
        if end - start > MOST[key[0]]:
            return []
        mask = (1 << _ROW_BITS) - 1
        return [packed & mask for packed in self._packed[start:end]]

    def _facts(self, number: int) -> Facts:
        source, row, _ = self._rows[number]
        query = "SELECT draft FROM staged WHERE source_id = ? AND row_id = ?"
        return read(self._work.execute(query, (source, row)).fetchone()[0])
