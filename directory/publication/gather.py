"""gather: what stands in work.db, as the listings that publication writes: all of them, or those of some ids."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from directory.publication.merge import Row, edited_on, merge, stale_room
from directory.sync import decisions
from directory.sync.decisions import Decision, Kind
from directory.sync.hand_rows import HAND
from directory.sync.neighbors import Door, exposed
from directory.sync.withholding import withheld
from directory.tables import Entry, Plain, Said, chunks

__all__ = ["Gathered", "Held"]

_IN_FORCE = "staged.refused = 0 AND staged.ended_on IS NULL AND staged.draft IS NOT NULL"
_ROWS = """SELECT link.listing_id, {}
           FROM link JOIN staged ON staged.source_id = link.source_id AND staged.row_id = link.row_id"""
_COLUMNS = "staged.source_id, staged.row_id, staged.draft, staged.changed_on"
_NAME = '"name":"'
_ROOM = ("capacity", "capacity_on", "capacity_by", "wait_list")
_PART = 500


class Held(NamedTuple):
    """One listing, small: where it stands in the order of names, and its row in `staged`, or its text once merged."""

    name: str
    id: str
    rowid: int
    text: str | None = None


class Gathered:
    """The listings as work.db has them on that day; it has to stay as it is meanwhile (`lock.alone`)."""

    def __init__(self, work: sqlite3.Connection, today: date) -> None:
        self._work = work.cursor()
        self._work.row_factory = None
        self._today = today
        self._connection = work

    # --- all -------------------------------------------------------------------------------------------------------

    def everything(self) -> Iterator[Held]:
        """Every listing, in no order; a place on one list that nobody decided about is not even parsed."""
        special = self._special()
        query = f"{_ROWS.format('staged.rowid, staged.draft')} WHERE {_IN_FORCE}"
        for listing_id, rowid, draft in self._work.execute(query):
            if listing_id not in special:
                yield Held(_name(draft).casefold(), listing_id, rowid)
        for part in chunks(sorted(special), _PART):
            for entry in self.some(part):
                packed = json.dumps([entry.plain, entry.said, entry.aliases], ensure_ascii=False)
                yield Held(entry.plain["name"].casefold(), entry.plain["id"], 0, packed)

    def entries(self, held: Sequence[Held]) -> Iterator[Entry]:
        """Those listings (a thousand at most), in that order, ready to be written."""
        rowids = [item.rowid for item in held if item.text is None]
        query = f"SELECT rowid, draft, changed_on FROM staged WHERE rowid IN ({','.join('?' * len(rowids))})"
        drafts = {rowid: (draft, changed_on) for rowid, draft, changed_on in self._work.execute(query, rowids)}
        for item in held:
            if item.text is None:
                draft, changed_on = drafts.pop(item.rowid)
                yield self._single(item.id, json.loads(draft), changed_on)
            else:
                plain, said, aliases = json.loads(item.text)
                yield Entry(plain, tuple(Said(s, r, day, tuple(a), d) for s, r, day, a, d in said), tuple(aliases))

    def _special(self) -> set[str]:
        """The listings that are more than one untouched row, and the refuges that nobody could reach."""
        many = {
            row[0] for row in self._work.execute("SELECT listing_id FROM link GROUP BY listing_id HAVING count(*) > 1")
        }
        hidden = {self._listing_of(*row) for row in self.hidden}
        return many | set(self.decided) | set(self._aliases()) | hidden | self._unreachable()

    # --- some ------------------------------------------------------------------------------------------------------

    def some(self, listing_ids: Iterable[str]) -> Iterator[Entry]:
        """The listings of those ids that are shown, merged."""
        for part in chunks(listing_ids, _PART):
            rows = self._rows(part)
            aliases = self._aliases(part)
            for listing_id in part:
                entry = self._merged(listing_id, rows[listing_id], tuple(aliases.get(listing_id, ())))
                if entry:
                    yield entry

    def left_out(self, listing_ids: Iterable[str]) -> bool:
        """Whether a row of those listings is in its list and left out: perhaps because nobody may know where it is."""
        for part in chunks(sorted(listing_ids), _PART):
            query = f"""SELECT 1 FROM link JOIN staged
                        ON staged.source_id = link.source_id AND staged.row_id = link.row_id
                        WHERE link.listing_id IN ({",".join("?" * len(part))}) AND staged.refused = 1
                        AND staged.ended_on IS NULL LIMIT 1"""
            if self._work.execute(query, part).fetchone():
                return True
        return False

    def _merged(self, listing_id: str, rows: list[Row], aliases: tuple[str, ...]) -> Entry | None:
        decided = self.decided.get(listing_id, ())
        if len(rows) == 1 and not decided and (rows[0].source, rows[0].row) not in self.hidden:
            plain = rows[0].draft
            if plain.get("confidential") and not _reachable(plain):
                return None
            return self._single(listing_id, plain, rows[0].changed_on)._replace(aliases=aliases)
        hidden = [row for row in rows if (row.source, row.row) in self.hidden]
        shown = [row._replace(draft=withheld(row.draft)) if row in hidden else row for row in rows]
        entry = merge(listing_id, shown, decided)
        if entry is None or (entry.plain.get("confidential") and not _reachable(entry.plain)):
            return None
        return Entry(self._with_room(entry.plain), entry.said, aliases)

    def _single(self, listing_id: str, plain: Plain, changed_on: str) -> Entry:
        plain["id"] = listing_id
        plain["edited_on"] = edited_on(plain, changed_on)
        return Entry(self._with_room(plain))

    def _with_room(self, plain: Plain) -> Plain:
        if "capacity" in plain and stale_room(plain, self._today):
            for field in _ROOM:
                plain.pop(field, None)
        return plain

    def _rows(self, listing_ids: list[str]) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        marks = ",".join("?" * len(listing_ids))
        query = f"{_ROWS.format(_COLUMNS)} WHERE link.listing_id IN ({marks}) AND {_IN_FORCE}"
        for listing_id, source, row, draft, changed_on in self._work.execute(query, listing_ids).fetchall():
            fields = self._by_hand.get(row, frozenset("*")) if source == HAND else None
            found[listing_id].append(Row(source, row, json.loads(draft), changed_on, fields))
        return found

    # --- what else counts ------------------------------------------------------------------------------------------

    @cached_property
    def decided(self) -> dict[str, tuple[Decision, ...]]:
        """Listing -> the decisions in force that change what is shown of it."""
        found: dict[str, list[Decision]] = defaultdict(list)
        for item in decisions.in_force(self._connection, today=self._today):
            if item.kind not in (Kind.SAME, Kind.DIFFERENT):
                found[self.today_id(item.listing_id)].append(item)
        return {listing_id: tuple(items) for listing_id, items in found.items()}

    def today_id(self, listing_id: str) -> str:
        """The id under which a listing stands today: its own, or that of the listing it was joined to."""
        if self._work.execute("SELECT 1 FROM link WHERE listing_id = ? LIMIT 1", (listing_id,)).fetchone():
            return listing_id
        source, _, row = listing_id.partition(":")
        return self._listing_of(source, row)

    def _listing_of(self, source: str, row: str) -> str:
        query = "SELECT listing_id FROM link WHERE source_id = ? AND row_id = ?"
        found = self._work.execute(query, (source, row)).fetchone()
        return str(found[0]) if found else f"{source}:{row}"

    def _aliases(self, listing_ids: list[str] | None = None) -> dict[str, list[str]]:
        """Listing -> the ids that its rows would have by themselves."""
        only = f"AND listing_id IN ({','.join('?' * len(listing_ids))})" if listing_ids is not None else ""
        query = f"""SELECT listing_id, source_id || ':' || row_id AS own FROM link
                    WHERE listing_id <> source_id || ':' || row_id {only} ORDER BY own"""
        found: dict[str, list[str]] = defaultdict(list)
        for listing_id, own in self._work.execute(query, listing_ids or ()):
            found[listing_id].append(own)
        return found

    @cached_property
    def _by_hand(self) -> dict[str, frozenset[str]]:
        """Row of the source `hand` -> the fields that were said in it."""
        query = """SELECT staged.row_id, json_extract(raw_row.cells, '$.fields') FROM staged JOIN raw_row
                   ON raw_row.source_id = staged.source_id AND raw_row.row_id = staged.row_id
                   AND raw_row.sha256 = staged.raw_sha256 WHERE staged.source_id = ?"""
        return {row: frozenset(json.loads(fields or '["*"]')) for row, fields in self._work.execute(query, (HAND,))}

    @cached_property
    def hidden(self) -> frozenset[tuple[str, str]]:
        """The rows of all lists that stand at the door of a refuge and would tell where it is."""
        return frozenset(exposed(dict(self._doors(sorted(self.refuges)))))

    @cached_property
    def refuges(self) -> frozenset[str]:
        """The listings that a row in force calls confidential."""
        query = """SELECT DISTINCT link.listing_id FROM staged INDEXED BY staged_by_refuge CROSS JOIN link
                   ON link.source_id = staged.source_id AND link.row_id = staged.row_id
                   WHERE staged.confidential = 1 AND staged.refused = 0 AND staged.ended_on IS NULL"""
        return frozenset(row[0] for row in self._work.execute(query))

    def _unreachable(self) -> set[str]:
        """The listings with a row that is confidential and says no phone, page or e-mail."""
        query = f"""SELECT link.listing_id FROM staged INDEXED BY staged_by_refuge CROSS JOIN link
                    ON link.source_id = staged.source_id AND link.row_id = staged.row_id
                    WHERE staged.confidential = 1 AND {_IN_FORCE} AND instr(draft, '"phones":') = 0
                    AND instr(draft, '"url":') = 0 AND instr(draft, '"email":') = 0"""
        return {row[0] for row in self._work.execute(query)}

    def _doors(self, refuges: list[str]) -> Iterator[tuple[tuple[str, str], Door]]:
        """Every row in force at a place where a row of a confidential listing stands."""
        places = {
            row[0]
            for part in chunks(refuges, _PART)
            for row in self._work.execute(
                f"""SELECT staged.place FROM link JOIN staged
                    ON staged.source_id = link.source_id AND staged.row_id = link.row_id
                    WHERE link.listing_id IN ({",".join("?" * len(part))}) AND staged.place IS NOT NULL
                    AND {_IN_FORCE}""",
                part,
            ).fetchall()
        }
        known = set(refuges)
        for part in chunks(sorted(places), _PART):
            query = f"""SELECT staged.source_id, staged.row_id, staged.place, staged.marked, link.listing_id
                        FROM staged JOIN link ON link.source_id = staged.source_id AND link.row_id = staged.row_id
                        WHERE staged.place IN ({",".join("?" * len(part))}) AND {_IN_FORCE}"""
            for source, row, place, marked, listing_id in self._work.execute(query, part).fetchall():
                yield (source, row), Door(place, listing_id in known, bool(marked))


def _name(draft: str) -> str:
    """The name in a draft, without parsing all of it; inside a text a quotation mark is escaped, so none is met."""
    start = draft.find(_NAME) + len(_NAME)
    name = draft[start : draft.find('"', start)]
    if start < len(_NAME) or "\\" in name:
        name = str(json.loads(draft)["name"])
    return name


def _reachable(plain: Plain) -> bool:
    return bool(plain.get("phones") or plain.get("url") or plain.get("email"))
