"""Whether anything may be begun to somebody: who is out, who is to be left in peace, and whether that can be known."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Table, false, func, select, true
from sqlalchemy.engine import Connection

from directory import keys
from directory.errors import InboxError
from directory.inbox import elsewhere, stores, where
from directory.inbox.shapes import as_text, followup, in_peace, opt_out, opt_outs_began, wiped

__all__ = ["begun", "is_out", "is_quiet", "may_begin", "must_be_known", "print_of_key", "stops", "void", "wiped_at"]

_ALWAYS = "9999"
_LOST = (
    "Who said STOP was lost: opt_outs.db was damaged or is gone, and a new one was begun. Somebody who must not be "
    "written to could be written to, so no text is begun. Put the last backup back (puente backups, then "
    "puente restore FILE): what was said since stays. Without a backup: puente optouts begin-anew"
)
_PUT_BACK = (
    "An older database took the place of the one that PUENTE_INBOX names, so who said STOP since is not known, and no "
    "text is begun. Put the newer one back. Without it: puente optouts begin-anew"
)
_OTHER_KEY = (
    "{who} while secret.key held another key, so they cannot be recognized, and no text is begun. Put the key back "
    "from a backup: puente restore --help. Without a backup: puente optouts begin-anew"
)


def is_out(who: str) -> bool:
    """Whether that person said STOP and did not come back."""
    query = select(opt_out.c.at).where(opt_out.c.sender == who, opt_out.c.back_at.is_(None))
    return stores.row(where.OPT_OUTS, query) is not None


def is_quiet(who: str) -> bool:
    """Whether nothing is to be offered or begun to that person; nobody is told why."""
    query = select(in_peace.c.at).where(in_peace.c.who == who)
    return stores.row(where.OPT_OUTS, query) is not None


def void(who: str, since: str) -> bool:
    """Whether what was agreed or put at that time must not be done any more; a restore may have brought it back."""
    return stops(who).get(who, "") >= since


def stops(who: str | None = None, *, calls: bool = False) -> dict[str, str]:
    """Person -> the time up to which all that was agreed or put is void: without end for who is out or in peace.

    With `who` of that person alone. With `calls` of calls asked for, which peace leaves as they are.
    """
    out = select(opt_out.c.sender, opt_out.c.at, opt_out.c.back_at.is_(None))
    kinds = [(out, opt_out.c.sender), (select(wiped.c.who, wiped.c.at, false()), wiped.c.who)]
    if not calls:
        kinds.append((select(in_peace.c.who, in_peace.c.at, true()), in_peace.c.who))

    found: dict[str, str] = {}
    for query, person in kinds:
        for name, at, stands in stores.rows(where.OPT_OUTS, query if who is None else query.where(person == who)):
            found[name] = max(found.get(name, ""), _ALWAYS if stands else at)
    return found


def wiped_at(who: str) -> str | None:
    """When that person last had all erased that stood here of them, where they did."""
    row = stores.row(where.OPT_OUTS, select(wiped.c.at).where(wiped.c.who == who))
    return str(row[0]) if row else None


def begun(now: datetime) -> None:
    """Notes that the opt-outs are kept from now on, before anything is agreed or queued: so a loss is noticed."""
    if not stores.read(where.OPT_OUTS, _has_begun, False):
        whole = not _was_used()
        stores.write(where.OPT_OUTS, lambda db: _begin(db, now, whole=whole))


def must_be_known() -> None:
    """InboxError while it cannot be known who said STOP."""
    if elsewhere.put_back():
        raise InboxError(_PUT_BACK)
    if not stores.exists(where.OPT_OUTS):
        if _was_used():
            raise InboxError(_LOST)
        return
    if not stores.read(where.OPT_OUTS, _is_whole, True):
        raise InboxError(_LOST)
    if count := stores.read(where.OPT_OUTS, _out_by_another_key, 0):
        raise InboxError(_OTHER_KEY.format(who=f"{'1 person' if count == 1 else f'{count} people'} said STOP"))
    if stores.read(where.OPT_OUTS, _in_peace_by_another_key, 0):
        raise InboxError(_OTHER_KEY.format(who="Somebody was to be left in peace"))


def may_begin(who: str) -> bool:
    """Whether something may be offered for later: not to who is out or in peace, nor while opt-outs are not known."""
    try:
        must_be_known()
    except InboxError:
        return False
    return not is_out(who) and not is_quiet(who)


def print_of_key() -> str:
    """Tells one key from another and nothing else of it."""
    return keys.keyed_hash("opt-outs", "which key")[:16]


def _was_used() -> bool:
    """Whether something was begun in this home: then there was a file of opt-outs, too."""
    if where.url():
        return False
    return stores.exists(where.QUEUE) or stores.row(where.INBOX, select(followup.c.id)) is not None


def _has_begun(db: Connection) -> bool:
    return db.execute(select(opt_outs_began.c.at).limit(1)).first() is not None


def _begin(db: Connection, now: datetime, *, whole: bool) -> None:
    if not _has_begun(db):
        db.execute(opt_outs_began.insert().values(at=as_text(now), whole=whole))


def _is_whole(db: Connection) -> bool:
    known = [row[0] for row in db.execute(select(opt_outs_began.c.whole))]
    return any(known) or not known


def _out_by_another_key(db: Connection) -> int:
    return _by_another_key(db, opt_out, opt_out.c.back_at.is_(None))


def _in_peace_by_another_key(db: Connection) -> int:
    return _by_another_key(db, in_peace, true())


def _by_another_key(db: Connection, table: Table, stands: Any) -> int:
    """How many rows that still count cannot be recognized, because the hash of the person was made with another key."""
    query = select(func.count()).select_from(table)
    return int(db.execute(query.where(table.c.print != print_of_key(), table.c.lost_at.is_(None), stands)).scalar_one())
