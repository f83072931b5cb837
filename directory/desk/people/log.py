"""The log of who did and read what, by person, kind and day; reading it is noted, too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from starlette.responses import Response

from directory.accounts import audit, people
from directory.accounts.audit import Entry
from directory.desk.frame import Visit
from directory.desk.paging import number_of
from directory.model import Language
from directory.text.catalogue import keys, say

__all__ = ["log"]


@dataclass(frozen=True)
class _Line:
    """An entry as it is read; `of` is the name of the person that it is about, else an id."""

    at: datetime
    who: str
    role: str
    organization: str
    told: str
    what: str
    of: str


def log(visit: Visit) -> Response:
    """One page of it."""
    account, kind, day, page = _asked(visit)
    visit.audit("audit.read", page)
    total = audit.count(account=account, kind=kind, day=day)
    names = {person.account.id: person.account.shown for person in people.listed()}
    lines = [_line(entry, names, visit) for entry in audit.entries(account=account, kind=kind, day=day, page=page)]
    asked = {"person": account or "", "kind": kind, "day": day.isoformat() if day else ""}
    return visit.page(
        "people/log.html",
        lines=lines,
        total=total,
        page=page,
        pages=max(1, -(-total // audit.PAGE)),
        asked=asked,
        people=sorted(names.items(), key=lambda known: known[1].casefold()),
        kinds=[(name, _kind(name, visit.lang)) for name in audit.kinds()],
        before=visit.link("/audit", **asked, page=page - 1) if page > 1 else "",
        after=visit.link("/audit", **asked, page=page + 1) if page * audit.PAGE < total else "",
    )


def _asked(visit: Visit) -> tuple[int | None, str, date | None, int]:
    return (
        _number(visit.query.get("person", "")),
        visit.query.get("kind", "")[:40],
        _day(visit.query.get("day", "")),
        number_of(visit.query.get("page", "")),
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _line(entry: Entry, names: Mapping[int, str], visit: Visit) -> _Line:
    about = names.get(_number(entry.of) or 0) if entry.what.startswith(("account.", "signin.")) else None
    role = visit.say(f"people.role.{entry.role.value}") if entry.role else ""
    nobody = "people.log.unknown" if entry.what.startswith("signin.") else "people.log.command"
    who = entry.shown or visit.say(nobody)
    told = _told(entry.what, visit.lang)
    return _Line(entry.at, who, role, entry.organization or "", told, entry.what, about or entry.of)


def _told(what: str, lang: Language) -> str:
    """What was done, in words; where no text is written for it, the verb itself."""
    key = f"desk.people.what.{what}"
    return say(key, lang) if key in keys(lang) else what


def _kind(name: str, lang: Language) -> str:
    key = f"desk.people.kind.{name}"
    return say(key, lang) if key in keys(lang) else name
