"""The standing order of a publication: which places most need a call, by their age, how often they are shown, and
where lists differ. Made once for each publication and hour; what changes by the minute is laid over it in `queue`.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Lock

from directory import records
from directory.sync.hand_rows import HAND
from directory.verify.fields import COMPARED, Field

__all__ = ["CONFLICT", "DAYS_A_POINT", "NEVER", "OLDEST", "SHOWN_A_POINT", "SHOWN_DAYS", "Key", "Ranking", "ranking"]

DAYS_A_POINT = 30
"""A point for each so many days since a place was checked, or listed."""
OLDEST = 24
"""At most so many points for age, and as many where no day is known."""
NEVER = 6
"""Points where nobody ever checked."""
SHOWN_DAYS = 30
SHOWN_A_POINT, MOST_SHOWN = 10, 20
"""A point for each so many times that it was shown in so many days, at most so many points."""
CONFLICT, MOST_CONFLICT = 8, 24
"""Points for each field in which lists differ."""

Key = tuple[int, int, int]
"""What the order is by: points (negative), the day as a number (0: none), the row."""


@dataclass(frozen=True)
class Ranking:
    """Every place with a phone to call, the neediest first; `shown` and `differs` by row, where there is anything."""

    rowids: array[int]
    points: array[int]
    days: array[int]
    shown: Mapping[int, int]
    differs: Mapping[int, tuple[Field, ...]]

    def all(self) -> Iterator[Key]:
        """All, in their order."""
        for points, day, rowid in zip(self.points, self.days, self.rowids, strict=True):
            yield -points, day, rowid

    def of(self, rowid: int) -> Key | None:
        """Where that row stands; None for one that is not among them."""
        try:
            at = self.rowids.index(rowid)
        except ValueError:
            return None
        return -self.points[at], self.days[at], rowid


_PLACES = """SELECT rowid, dated_on, assured_on IS NULL FROM listing
    WHERE (suspended_until IS NULL OR suspended_until < ?)
    AND EXISTS (SELECT 1 FROM phone WHERE phone.listing = listing.rowid AND kind = 'voice')"""
_known: dict[str, tuple[object, Ranking]] = {}
_making = Lock()


def ranking(db: sqlite3.Connection, path: Path, now: datetime) -> Ranking:
    """The order of the publication that `db` has open, as of this hour."""
    found = path.stat()
    stamp = found.st_ino, found.st_mtime_ns, found.st_size, now.date(), now.hour, str(records.path())
    with _making:
        before = _known.get(str(path))
        if before and before[0] == stamp:
            return before[1]
        made = _made(db, now.date())
        _known[str(path)] = stamp, made
        return made


def _made(db: sqlite3.Connection, today: date) -> Ranking:
    shown, differs = _shown(db, today), _differs(db)
    keys: list[Key] = []
    for rowid, dated_on, never in _plain(db).execute(_PLACES, (today.isoformat(),)):
        day = date.fromisoformat(dated_on).toordinal() if dated_on else 0
        points = _age(day, today) + (NEVER if never else 0)
        points += min(MOST_SHOWN, shown.get(rowid, 0) // SHOWN_A_POINT)
        points += min(MOST_CONFLICT, CONFLICT * len(differs.get(rowid, ())))
        keys.append((-points, day, rowid))
    keys.sort()
    return Ranking(
        array("q", (key[2] for key in keys)),
        array("i", (-key[0] for key in keys)),
        array("i", (key[1] for key in keys)),
        shown,
        differs,
    )


def _plain(db: sqlite3.Connection) -> sqlite3.Cursor:
    cursor = db.cursor()
    cursor.row_factory = None
    return cursor


def _age(day: int, today: date) -> int:
    return min(OLDEST, max(0, today.toordinal() - day) // DAYS_A_POINT) if day else OLDEST


def _differs(db: sqlite3.Connection) -> dict[int, tuple[Field, ...]]:
    """The fields in which a list says another thing than we show, where nobody of the clinic said which is right."""
    by_hand: dict[int, set[str]] = {}
    cursor = _plain(db)
    for rowid, agrees in cursor.execute("SELECT listing, agrees FROM said WHERE source_id = ?", (HAND,)):
        by_hand.setdefault(rowid, set()).update(json.loads(agrees))
    found: dict[int, set[Field]] = {}
    query = "SELECT listing, differs FROM said WHERE source_id <> ? AND differs <> '{}'"
    for rowid, differs in cursor.execute(query, (HAND,)):
        fields = {COMPARED[name] for name in json.loads(differs) if name in COMPARED and _open(by_hand, rowid, name)}
        if fields:
            found.setdefault(rowid, set()).update(fields)
    return {rowid: tuple(field for field in Field if field in fields) for rowid, fields in found.items()}


def _open(by_hand: Mapping[int, set[str]], rowid: int, name: str) -> bool:
    return name not in by_hand.get(rowid, ())


def _shown(db: sqlite3.Connection, today: date) -> dict[int, int]:
    """How often each place was shown in the last days; nothing where no answer is kept."""
    counts = dict(_counted(today))
    if not counts:
        return {}
    rows = _plain(db).execute("SELECT rowid, id FROM listing UNION ALL SELECT listing, id FROM listing_alias")
    found: dict[int, int] = {}
    for rowid, id in rows:
        if times := counts.get(id):
            found[rowid] = found.get(rowid, 0) + times
    return found


def _counted(today: date) -> Iterator[tuple[str, int]]:
    file = records.path()
    if not file.exists():
        return
    query = """SELECT shown.value, count(*) FROM answer, json_each(answer.listings) AS shown
               WHERE day >= ? AND listings IS NOT NULL GROUP BY shown.value"""
    # Nobody is kept from calling because the records are busy or damaged.
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as db:
        if db.execute("PRAGMA user_version").fetchone()[0]:
            yield from db.execute(query, ((today - timedelta(days=SHOWN_DAYS)).isoformat(),)).fetchall()
