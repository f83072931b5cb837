"""Five-letter codes that open a list again: what was looked for, and no person."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Connection

from directory import privacy
from directory.errors import InboxError
from directory.inbox import code_words, stores, where
from directory.inbox.shapes import as_text, saved_list

__all__ = ["FREE_DAYS", "SavedList", "codes", "end", "find", "make"]

FREE_DAYS = 30
"""So long after its end a code is not given to another list: somebody may still have it on a paper."""


@dataclass(frozen=True)
class SavedList:
    """What was looked for, which places stood there, and on which day; `only` are the filters, by name.

    `picked`: somebody chose just these places, and it opens with them; else it opens with what is found that day.
    """

    need: str | None = None
    program: str | None = None
    place: str | None = None
    county: str | None = None
    plan: str | None = None
    only: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    language: str = "en"
    made_on: date | None = None
    picked: bool = False


def codes() -> tuple[str, ...]:
    """Every word that may be a code, in capitals."""
    return tuple(sorted(code_words.words()))


def make(saved: SavedList, by: str, now: datetime) -> str:
    """Keeps a list under a code that no other list has, and says it; InboxError when all are in use."""
    ends = now + timedelta(days=_days())
    values = {
        "saved": _as_json(replace(saved, made_on=now.date())), "made_by": by[:80], "made_at": as_text(now),
        "ends_at": as_text(ends), "free_at": as_text(ends + timedelta(days=FREE_DAYS)),
    }  # fmt: skip
    easy = code_words.easy_in_spanish() if saved.language == "es" else frozenset()
    return stores.write(where.INBOX, lambda db: _given(db, values, as_text(now), easy))


def find(code: str, now: datetime) -> SavedList | None:
    """The list of a code, however it is written; None for a word that is none, or ended."""
    word = code.strip().upper()
    query = select(saved_list.c.saved).where(saved_list.c.code == word, saved_list.c.ends_at > as_text(now))
    row = stores.row(where.INBOX, query) if code_words.is_word(word) else None
    return _from_json(row[0]) if row else None


def end(code: str, now: datetime) -> bool:
    """The code opens nothing from now on, and is free again after its time; False for a word that opened nothing."""
    standing = saved_list.c.code == code.strip().upper(), saved_list.c.ends_at > as_text(now)
    return stores.change(where.INBOX, update(saved_list).where(*standing).values(ends_at=as_text(now))) > 0


def _days() -> int:
    return privacy.days("shared_lists") or 0


def _given(db: Connection, values: dict[str, str], now: str, easy: frozenset[str]) -> str:
    """A free code, an easy one while there is one."""
    db.execute(delete(saved_list).where(saved_list.c.free_at <= now))
    taken = {row[0] for row in db.execute(select(saved_list.c.code))}
    free = [code for code in codes() if code not in taken]
    if not free:
        raise InboxError(
            f"All {len(codes())} codes are in use, so this list got none. Each is free again {FREE_DAYS} days after "
            "it ends. Print the list instead."
        )
    code = secrets.choice([code for code in free if code in easy] or free)
    db.execute(saved_list.insert().values(code=code, **values))
    return code


def _as_json(saved: SavedList) -> str:
    return json.dumps({name: value for name, value in asdict(saved).items() if value}, default=str, ensure_ascii=False)


def _from_json(text: str) -> SavedList:
    plain: dict[str, Any] = json.loads(text)
    plain |= {name: tuple(plain[name]) for name in ("only", "ids") if name in plain}
    return SavedList(**{**plain, "made_on": date.fromisoformat(plain["made_on"])})
