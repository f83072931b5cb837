"""The tables of the three stores. Times are UTC as text of one width, so that they compare as text does."""

from __future__ import annotations

from datetime import datetime, timezone

from sqlalchemy import Boolean, Column, Index, Integer, MetaData, String, Table, Text, UniqueConstraint, text

from directory.inbox.where import INBOX, OPT_OUTS, QUEUE

__all__ = [
    "OF_STORE",
    "as_text",
    "as_time",
    "followup",
    "in_peace",
    "kept_until",
    "opt_out",
    "opt_outs_began",
    "outcome",
    "queue_began",
    "report",
    "saved_list",
    "taken",
    "task",
    "waiting",
    "wiped",
]

OF_STORE = {INBOX: MetaData(), QUEUE: MetaData(), OPT_OUTS: MetaData()}
"""Store -> its tables."""


def as_text(at: datetime) -> str:
    """An aware time as it is kept; ValueError for one without a zone."""
    if at.tzinfo is None:
        raise ValueError("a time without its zone")
    return at.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def as_time(kept: str) -> datetime:
    """The inverse of `as_text`."""
    return datetime.strptime(kept, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)


# Of one sender several rows may stand, one for each time: a restore adds those that only one side has, so that an
# opt-out of either side holds; and whoever came back in is out again as soon as one row has no end.
opt_out = Table(
    "opt_out",
    OF_STORE[OPT_OUTS],
    Column("sender", String(40), primary_key=True),
    Column("at", String(20), primary_key=True),
    Column("how", String(16), nullable=False),
    Column("print", String(16), nullable=False),
    Column("back_at", String(20)),
    Column("lost_at", String(20)),
)
# These stand with the opt-outs because they must outlive a restore as those do: what was agreed before is not to come
# back. Two tables, so that erasing what is known of somebody never ends that they are left in peace.
in_peace = Table(
    "in_peace",
    OF_STORE[OPT_OUTS],
    Column("who", String(40), primary_key=True),
    Column("at", String(20), nullable=False),
    Column("print", String(16), nullable=False),
    Column("lost_at", String(20)),
)
wiped = Table(
    "wiped",
    OF_STORE[OPT_OUTS],
    Column("who", String(40), primary_key=True),
    Column("at", String(20), nullable=False),
)
opt_outs_began = Table(
    "opt_outs_began",
    OF_STORE[OPT_OUTS],
    Column("at", String(20), primary_key=True),
    Column("whole", Boolean, primary_key=True),
)

waiting = Table(
    "waiting",
    OF_STORE[QUEUE],
    Column("id", Integer, primary_key=True),
    Column("cause", String(120), nullable=False, unique=True),
    Column("who", String(40), nullable=False, index=True),
    Column("reach", Text),
    Column("text", Text),
    Column("state", String(12), nullable=False),
    Column("put_at", String(20), nullable=False),
    Column("due_at", String(20), nullable=False),
    Column("expires_at", String(20), nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("claimed_at", String(20)),
    Column("ended_at", String(20)),
    Column("sid", String(64)),
    Column("code", String(40)),
    Index("waiting_by_due", "state", "due_at"),
)
queue_began = Table("queue_began", OF_STORE[QUEUE], Column("at", String(20), primary_key=True))
# Of a database server: until when it knows what was said and sent (`elsewhere`).
kept_until = Table("kept_until", OF_STORE[QUEUE], Column("at", String(20), primary_key=True))

# In the inbox no number of a row is given again: staff say it to each other (T1), and the queue keeps it longer.
followup = Table(
    "followup",
    OF_STORE[INBOX],
    Column("id", Integer, primary_key=True),
    Column("who", String(40), nullable=False, index=True),
    Column("reach", Text),
    Column("listings", Text, nullable=False),
    Column("need", String(40)),
    Column("program", String(60)),
    Column("county", String(40)),
    Column("language", String(2), nullable=False),
    Column("asked", Text, nullable=False),
    Column("answer", String(40), nullable=False),
    Column("agreed_at", String(20), nullable=False),
    Column("day", Integer),
    Column("sent_at", String(20)),
    Column("seen_at", String(20)),
    Column("outcome", String(12)),
    Column("outcome_at", String(20)),
    Column("ended_at", String(20)),
    sqlite_autoincrement=True,
)
outcome = Table(
    "outcome",
    OF_STORE[INBOX],
    Column("listing", String(120), primary_key=True),
    Column("outcome", String(12), primary_key=True),
    Column("channel", String(12), primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("count", Integer, nullable=False),
)
report = Table(
    "report",
    OF_STORE[INBOX],
    Column("id", Integer, primary_key=True),
    Column("about", String(8), nullable=False),
    Column("subject", String(120), nullable=False),
    Column("what", String(12), nullable=False),
    Column("reporter", String(40), nullable=False),
    Column("at", String(20), nullable=False),
    Column("ended_at", String(20)),
    Column("verdict", String(8)),
    Column("decided_by", String(80)),
    Index(
        "report_once", "about", "subject", "reporter", unique=True,
        sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL"),
    ),
    sqlite_autoincrement=True,
)  # fmt: skip
task = Table(
    "task",
    OF_STORE[INBOX],
    Column("id", Integer, primary_key=True),
    Column("who", String(40), nullable=False, index=True),
    Column("reach", Text),
    Column("need", String(40)),
    Column("county", String(40)),
    Column("language", String(2), nullable=False),
    Column("best_time", String(12), nullable=False),
    Column("red", Boolean, nullable=False),
    Column("asked_at", String(20), nullable=False),
    Column("ended_at", String(20)),
    Column("ended_how", String(8)),
    Column("ended_by", String(80)),
    sqlite_autoincrement=True,
)
# Who of staff has it in hand. A table of its own, not columns: a store that is there already gets what it lacks.
taken = Table(
    "taken",
    OF_STORE[INBOX],
    Column("about", String(8), primary_key=True),
    Column("subject", String(120), primary_key=True),
    Column("holder", String(80), nullable=False),
    Column("name", String(80), nullable=False),
    Column("at", String(20), nullable=False),
)
saved_list = Table(
    "saved_list",
    OF_STORE[INBOX],
    Column("id", Integer, primary_key=True),
    Column("code", String(8), nullable=False),
    Column("saved", Text, nullable=False),
    Column("made_by", String(80), nullable=False),
    Column("made_at", String(20), nullable=False),
    Column("ends_at", String(20), nullable=False),
    Column("free_at", String(20), nullable=False),
    UniqueConstraint("code"),
)
