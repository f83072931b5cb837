"""What staff note for each other beside a place, "how to refer here": a note ends and is kept, nothing is overwritten.

It stands in `desk.db`, beside the accounts of those who wrote it: whatever is read, published or undone never touches
it, no list and no export is made of that file, no sync holds it up, and backups take it along.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from directory.accounts import audit, file
from directory.accounts.shapes import Account, Role
from directory.errors import NoteError

__all__ = ["LONGEST", "MOST", "Note", "end", "of_place", "with_notes", "write"]

LONGEST = 1000
"""Letters of one note: what is longer nobody reads with a person on the phone."""
MOST = 20
"""Notes in force beside one place."""
_QUERY = """
    SELECT note.number, note.listing, note.words, writer.shown, note.account, note.at, note.ended_at, ender.shown
    FROM note LEFT JOIN account AS writer ON writer.id = note.account
    LEFT JOIN account AS ender ON ender.id = note.ended_by
"""


@dataclass(frozen=True)
class Note:
    """One note beside a place: who wrote it (`by` is the id of the account) and when; when and by whom it was ended."""

    number: int
    listing: str
    words: str
    writer: str
    by: int
    at: datetime
    ended_at: datetime | None = None
    ended_by: str | None = None

    def may_be_ended_by(self, who: Account) -> bool:
        """Whoever wrote it, and staff."""
        return self.ended_at is None and (who.id == self.by or who.role.at_least(Role.STAFF))


def write(listing: str, words: str, who: Account, now: datetime, *, ids: Sequence[str] = ()) -> int:
    """Keeps a note beside that listing and returns its number; NoteError when it is empty, too long or one too many.

    `ids` are the ids that the listing had before.
    """
    plain = _plain(words)
    if not plain:
        raise NoteError("The note is empty, so nothing was kept. Write how one refers somebody to this place.")
    if len(plain) > LONGEST:
        raise NoteError(
            f"The note has {len(plain):,} letters and may have {LONGEST:,}, so nothing was kept: a long one is not "
            "read while somebody waits. Shorten it and send it again."
        )

    def put(db: sqlite3.Connection) -> int:
        known = _read(db, (listing, *ids), ended=False)
        if any(note.words == plain for note in known):
            raise NoteError("This note stands beside the place already, so it was not kept again.")
        if len(known) >= MOST:
            raise NoteError(
                f"There are {MOST} notes beside this place, and nobody reads more, so nothing was kept. "
                "End those that are over, then write it again."
            )
        made = db.execute(
            "INSERT INTO note (listing, words, account, at) VALUES (?, ?, ?, ?)",
            (listing, plain, who.id, file.as_text(now)),
        )
        audit.put(db, who, "note.written", f"{made.lastrowid}", now)
        return int(made.lastrowid or 0)

    return file.write(file.DESK, put)


def end(number: int, who: Account, now: datetime) -> Note:
    """Ends a note, which stays in the history; NoteError when it has ended, or is another's and this is no staff."""

    def put(db: sqlite3.Connection) -> Note:
        found = _notes(db, f"{_QUERY} WHERE note.number = ?", (number,))
        if not found:
            raise NoteError("There is no such note. Go back to the place and look again.")
        note = found[0]
        if note.ended_at:
            when = note.ended_at.date().isoformat()
            raise NoteError(f"{note.ended_by or 'Somebody'} ended this note before, on {when}. Nothing was changed.")
        if not note.may_be_ended_by(who):
            raise NoteError(
                f"{note.writer} wrote this note, and only they or staff end it, so nothing was changed. Ask one of "
                "them, or write what is right beside it."
            )
        db.execute("UPDATE note SET ended_at = ?, ended_by = ? WHERE number = ?", (file.as_text(now), who.id, number))
        audit.put(db, who, "note.ended", str(number), now)
        return note

    return file.write(file.DESK, put)


def of_place(ids: Sequence[str], *, ended: bool = False) -> tuple[Note, ...]:
    """The notes beside a place under any of those ids, the newest first: those in force, or those that have ended."""
    return file.read(file.DESK, lambda db: tuple(_read(db, ids, ended=ended)), ())


def with_notes(ids: Sequence[str]) -> frozenset[str]:
    """Those of the listings that have a note in force."""
    if not ids:
        return frozenset()
    query = f"SELECT DISTINCT listing FROM note WHERE ended_at IS NULL AND listing IN ({_marks(ids)})"
    return file.read(file.DESK, lambda db: frozenset(row[0] for row in db.execute(query, tuple(ids))), frozenset())


def _read(db: sqlite3.Connection, ids: Sequence[str], *, ended: bool) -> list[Note]:
    state = "NOT NULL" if ended else "NULL"
    query = f"{_QUERY} WHERE note.listing IN ({_marks(ids)}) AND note.ended_at IS {state} ORDER BY note.number DESC"
    return _notes(db, query, tuple(ids))


def _notes(db: sqlite3.Connection, query: str, values: tuple[object, ...]) -> list[Note]:
    return [
        Note(number, listing, words, writer or "", by, file.as_time(at), file.as_time(over) if over else None, ender)
        for number, listing, words, writer, by, at, over, ender in db.execute(query, values)
    ]


def _marks(ids: Sequence[str]) -> str:
    return ",".join("?" * len(ids))


def _plain(words: str) -> str:
    """The text in its lines, without control characters and without marks that turn the direction of what follows."""
    lines = ("".join(letter for letter in line if letter.isprintable()) for line in words.splitlines())
    return "\n".join(" ".join(line.split()) for line in lines).strip()
