"""One call: begun by one person at a time, kept answer by answer, ended with what came of it.

What is corrected goes the way of `puente edit` (`directory.sync.hand`), so it outranks every list; the day "checked on"
rises only when everything was confirmed or corrected. People see both after the next publication.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta

from directory.errors import ListError, VerifyError
from directory.model import Listing
from directory.sync import hand, review, stage
from directory.sync.decisions import Kind
from directory.sync.lock import alone
from directory.verify import file, marks
from directory.verify.fields import ENTERED, Field, asked, entered_now, may_be_same, shown
from directory.verify.marks import Answer, Caller

__all__ = ["REASONS", "answer", "close", "counts", "finish", "left", "release", "settle", "skip", "start"]

PHONE = "phone"
_PATIENCE = 2.0
"""Seconds that a refresh is waited for."""
_DONE_DAYS, _PARTLY_DAYS = 180, 14
REASONS: Mapping[str, int] = {"no_answer": 1, "later": 0, "wrong_number": 7, "refused": 90, "closed": 7}
"""Why a place is skipped -> for how many days; `later` until a day that is said."""
_LATEST_DAYS = 60
"""Nobody puts a place away for longer than this."""


def start(listing: str, who: Caller, now: datetime, *, over: bool = False) -> None:
    """This person has the place open now; VerifyError while another has, unless they take it `over`."""

    def begun(db: sqlite3.Connection) -> None:
        _refuse_other(db, listing, who, now, over)
        db.execute(
            """INSERT INTO hold VALUES (:listing, :id, :name, :now, :now) ON CONFLICT (listing) DO UPDATE SET
               since = iif(account = :id AND seen > :held, since, :now), account = :id, name = :name, seen = :now""",
            {"listing": listing, "id": who.id, "name": who.name, "now": file.as_text(now), "held": _held(now)},
        )

    file.write(begun)


def release(listing: str, who: Caller) -> None:
    """This person has it open no more."""
    file.write(lambda db: _let_go(db, listing, who))


def answer(
    listing: Listing, field: Field, said: str, entered: Mapping[str, str], who: Caller, now: datetime
) -> None:  # fmt: skip
    """Keeps what was said of one field, at once; a correction goes into the lists as soon as they are free.

    EntryError, and nothing is kept, when a correction cannot be read; VerifyError while another has the place open.
    """
    if field not in asked(listing) or said not in ("same", "other", "unsaid"):
        raise VerifyError("This is not asked of that place. Nothing was saved.")
    if said == "same" and not may_be_same(field, listing):
        raise VerifyError("We show nothing there, so nothing can be the same. Write what they say. Nothing was saved.")
    told = _to_enter(listing, field, said, entered, now)
    if told:
        _readable(listing.id, told, now)
    made = (
        listing.id, field.value, said, shown(field, listing), json.dumps(told, ensure_ascii=False), who.id, who.name,
        file.as_text(now), PHONE, int(bool(told)),
    )  # fmt: skip
    file.write(lambda db: _keep(db, made, listing.id, who, now))
    with suppress(ListError):  # a refresh is running: it waits, and goes in with the next step or at the end
        settle(listing.id, who, now)


def settle(listing: str, who: Caller, now: datetime) -> None:
    """Every correction that waits goes into the lists, as one entry by hand; ListError while a refresh is running."""
    none: list[sqlite3.Row] = []
    if waiting := file.read(lambda db: _waiting(db, listing), none):
        with _work() as work:
            _enter(work, listing, _together(waiting), who, now)
        numbers = [(row["number"],) for row in waiting]
        file.write(lambda db: db.executemany("UPDATE answer SET waits = 0 WHERE number = ?", numbers))


def counts(found: Answer, listing: Listing) -> bool:
    """Whether the field is confirmed or corrected: a yes counts only for what is still shown."""
    return found.said == "other" or (found.said == "same" and found.shown == shown(found.field, listing))


def left(listing: Listing, now: datetime) -> tuple[Field, ...]:
    """What was neither confirmed nor corrected yet."""
    said = marks.answers(listing.id, now)
    return tuple(field for field in asked(listing) if not (field in said and counts(said[field], listing)))


def finish(listing: Listing, who: Caller, now: datetime) -> tuple[Field, ...]:
    """Ends the call, and says what is left open; where nothing is, the place counts as checked today."""
    file.read(lambda db: _refuse_other(db, listing.id, who, now), None)
    if not marks.answers(listing.id, now):
        raise VerifyError("Nothing was asked yet. Ask one thing, or skip the place and say why. Nothing was changed.")
    settle(listing.id, who, now)
    open_ones = left(listing, now)
    if not open_ones:
        with _work() as work:
            _enter(work, listing.id, {"assured_on": now.date().isoformat()}, who, now)
    how, days = ("partly", _PARTLY_DAYS) if open_ones else ("done", _DONE_DAYS)
    _end(listing.id, how, now.date() + timedelta(days=days), who, now)
    return open_ones


def skip(listing: str, reason: str, who: Caller, now: datetime, *, until: date | None = None) -> date:
    """Puts the place away and says until when; VerifyError for a reason or a day that is none."""
    if reason not in REASONS:
        raise VerifyError("Say why the place is skipped. Nothing was changed.")
    today = now.date()
    if reason == "later" and (until is None or not today < until <= today + timedelta(days=_LATEST_DAYS)):
        raise VerifyError(
            f"Say on which day to call again: from tomorrow on, at most {_LATEST_DAYS} days ahead. Nothing was changed."
        )
    again = until if reason == "later" and until else today + timedelta(days=REASONS[reason])
    file.read(lambda db: _refuse_other(db, listing, who, now), None)
    with suppress(ListError):
        settle(listing, who, now)
    _end(listing, reason, again, who, now)
    return again


def close(listing: Listing, who: Caller, now: datetime) -> None:
    """They are closed for good: decided, so that nobody is shown the place after the next publication."""
    file.read(lambda db: _refuse_other(db, listing.id, who, now), None)
    with _work() as work:
        why = f"called on {now.date().isoformat()}: they are closed for good"
        review.decide(work, Kind.CLOSED, listing.id, who=who.name, why=why, now=now)
    _end(listing.id, "closed", now.date() + timedelta(days=_DONE_DAYS), who, now)


def _to_enter(
    listing: Listing, field: Field, said: str, entered: Mapping[str, str], now: datetime
) -> dict[str, str]:  # fmt: skip
    """What a step changes in the lists. Room is entered anew each time, for it bears its own day."""
    if said == "other":
        told = {name: entered.get(name, "").strip() for name in ENTERED[field]}
        if not any(told.values()) and field is not Field.ADDRESS:
            raise VerifyError("Write what they say is right. Nothing was saved.")
        return {name: text for name, text in told.items() if text or field is not Field.SERVICES}
    before = marks.answers(listing.id, now).get(field)
    corrected = before is not None and before.said == "other"
    return entered_now(field, listing) if said == "same" and (corrected or field is Field.CAPACITY) else {}


def _readable(listing: str, entered: Mapping[str, str], now: datetime) -> None:
    """EntryError where a person would have to mend what was entered."""
    with stage.open_work() as work:
        _, base = hand.shown(work, listing)
        hand.read(entered, row_id="0000", today=now.date(), base=base)


def _enter(work: sqlite3.Connection, listing: str, entered: Mapping[str, str], who: Caller, now: datetime) -> None:
    known, base = hand.shown(work, listing)
    hand.edit(work, known, base, entered, who=who.name, now=now)


@contextmanager
def _work() -> Iterator[sqlite3.Connection]:
    with alone(_PATIENCE), stage.open_work() as work:
        yield work


def _keep(db: sqlite3.Connection, made: tuple[object, ...], listing: str, who: Caller, now: datetime) -> None:
    _refuse_other(db, listing, who, now)
    db.execute(
        """INSERT INTO answer (listing, field, said, shown, entered, account, name, at, how, waits)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        made,
    )
    db.execute("UPDATE hold SET seen = ? WHERE listing = ? AND account = ?", (file.as_text(now), listing, who.id))


def _waiting(db: sqlite3.Connection, listing: str) -> list[sqlite3.Row]:
    query = "SELECT number, entered FROM answer WHERE listing = ? AND waits = 1 ORDER BY number"
    return db.execute(query, (listing,)).fetchall()


def _together(waiting: list[sqlite3.Row]) -> dict[str, str]:
    """All of it; of the same field what was said last."""
    return {name: text for row in waiting for name, text in json.loads(row["entered"]).items()}


def _end(listing: str, how: str, until: date, who: Caller, now: datetime) -> None:
    def ended(db: sqlite3.Connection) -> None:
        _refuse_other(db, listing, who, now)
        made = (listing, how, who.id, who.name, file.as_text(now), until.isoformat())
        db.execute("INSERT INTO call (listing, how, account, name, at, until) VALUES (?, ?, ?, ?, ?, ?)", made)
        if how == "done":
            db.execute("UPDATE answer SET over = 1 WHERE listing = ?", (listing,))
        _let_go(db, listing, who)

    file.write(ended)


def _let_go(db: sqlite3.Connection, listing: str, who: Caller) -> None:
    db.execute("DELETE FROM hold WHERE listing = ? AND account = ?", (listing, who.id))


def _refuse_other(db: sqlite3.Connection, listing: str, who: Caller, now: datetime, over: bool = False) -> None:
    """VerifyError while another person has the place open."""
    query = "SELECT * FROM hold WHERE listing = ? AND account <> ? AND seen > ?"
    row = db.execute(query, (listing, who.id, _held(now))).fetchone()
    if row and not over:
        at = file.as_time(row["since"]).astimezone(now.tzinfo)
        raise VerifyError(
            f"{row['name']} opened this call first, at {at:%-I:%M:%S %p}, so that two people do not call the same "
            "place. Nothing of yours was saved. Take another place, or take this call over where it is listed."
        )


def _held(now: datetime) -> str:
    return file.as_text(now - timedelta(minutes=marks.HELD_MINUTES))
