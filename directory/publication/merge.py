"""merge: the rows of one listing and what people decided become the one listing shown, and what each row said of it.

Pure: no database, no clock. A `keep` decision wins, then what was said by hand, then the value most lists say; ties go
to the newer, then to the listing's own first list. Nothing that differs is lost: it stays in `said`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from directory import hours, store
from directory.model import Address
from directory.publication.normal import normal
from directory.publication.votes import Vote, choose, choose_tri, rank
from directory.search.today import CAPACITY_DAYS, STALE_DAYS
from directory.sync.decisions import Decision, Kind
from directory.sync.hand_rows import HAND
from directory.sync.withholding import withheld
from directory.tables import Entry, Plain, Said

__all__ = ["Row", "edited_on", "merge", "stale_room"]

_TOGETHER = {
    "address": ("address", "latitude", "longitude", "reach"),
    "hours_text": ("hours_text", "schedule"),
    "capacity": ("capacity", "capacity_on", "capacity_by", "wait_list"),
}
"""The field that is compared -> the fields that come with it from the same row."""
_UNITED = ("needs", "programs", "plans", "counties", "languages")
_TRI = ("wheelchair", "taking_referrals", "fee", "id_asked", "walk_in", "by_phone", "by_appointment")
_ALONE = (
    "organization", "name", "description", "url", "email", "eligibility_text", "fees_text", "how_to_apply", "documents",
    "npi",
)  # fmt: skip
_COMPARED = (*_ALONE, *_TOGETHER, *_TRI, *_UNITED, "phones", "statewide")
_KEPT = frozenset((*_COMPARED, "assured_on"))
"""What a `keep` decision may say."""


class Row(NamedTuple):
    """One row behind a listing; `fields` are those said by hand (None for a list, `*` for a whole place)."""

    source: str
    row: str
    draft: Plain
    changed_on: str
    fields: frozenset[str] | None = None

    @property
    def id(self) -> str:
        """The id of the listing that the row would be by itself."""
        return f"{self.source}:{self.row}"

    @property
    def as_of(self) -> str | None:
        """The day its list bears."""
        found: str | None = self.draft["provenance"].get("as_of")
        return found


def merge(listing_id: str, rows: Sequence[Row], decisions: Sequence[Decision] = ()) -> Entry | None:
    """The listing as it is shown; None when nothing of it is left or somebody decided that it is not shown."""
    if not rows or _left_out(decisions):
        return None
    secret = any(row.draft.get("confidential") for row in rows)
    if secret:
        rows = _all_withheld(rows)
    lists = [row for row in rows if row.fields is None]
    hand = [row for row in rows if row.fields is not None]
    votes = [Vote(row.source, row.row, row.draft, row.id == listing_id) for row in lists or hand]
    plain = _voted(votes)
    if lists:
        for row in sorted(hand, key=lambda item: item.row):
            _say(plain, row)
    keep = {item.field: json.loads(item.value) for item in decisions if item.kind is Kind.KEEP and item.value}
    for field, value in keep.items():
        _keep(plain, field or "", value, lists)
    _dated(plain, rows)
    plain.update(id=listing_id, provenance=_provenance(listing_id, lists or hand, plain.get("assured_on")))
    _decide(plain, decisions)
    if secret:
        plain = withheld(plain, _addresses(rows))
    return Entry(_ordered(plain), _said(plain, rows) if len(rows) > 1 else ())


def _left_out(decisions: Iterable[Decision]) -> bool:
    out = (Kind.CLOSED, Kind.NOT_LISTED)
    return any(item.kind in out or (item.kind is Kind.SUSPENDED and item.until is None) for item in decisions)


def _voted(votes: Sequence[Vote]) -> Plain:
    plain: Plain = {}
    for field in _ALONE:
        _take(plain, (field,), choose(votes, field))
    for field, fields in _TOGETHER.items():
        _take(plain, fields, choose(votes, field))
    if "schedule" in plain and _days_old(choose(votes, "hours_text"), votes) > STALE_DAYS:
        del plain["schedule"]
    for field in _TRI:
        if (found := choose_tri(votes, field)) is not None:
            plain[field] = found
    best = sorted(votes, key=rank, reverse=True)
    for field in _UNITED:
        plain[field] = list(dict.fromkeys(value for vote in best for value in vote.draft.get(field, ())))
    plain["phones"] = _phones(best)
    plain["statewide"] = any(vote.draft.get("statewide") for vote in votes)
    return plain


def _days_old(vote: Vote | None, votes: Sequence[Vote]) -> int:
    """By how many days a row is older than the newest: what a list of 2013 says of hours is not of today."""
    newest = max((_day(item.draft) for item in votes), default="")
    day = _day(vote.draft) if vote else ""
    return (date.fromisoformat(newest) - date.fromisoformat(day)).days if day and newest else 0


def _day(draft: Mapping[str, Any]) -> str:
    """The day somebody checked the row, else the one that its list bears; empty when nobody knows."""
    day: str = draft.get("assured_on") or draft["provenance"].get("as_of") or ""
    return day


def _take(plain: Plain, fields: Iterable[str], vote: Vote | None) -> None:
    for field in fields:
        value = vote.draft.get(field) if vote else None
        if value is None:
            plain.pop(field, None)
        else:
            plain[field] = value


def _phones(best: Sequence[Vote]) -> list[Plain]:
    """Each number once, those that most lists name first; labels come from whoever gives one."""
    found: dict[object, Plain] = {}
    support: dict[object, set[str]] = {}
    for vote in best:
        for phone in vote.draft.get("phones", ()):
            key = normal("phone", phone)
            known = found.setdefault(key, dict(phone))
            known.update({name: value for name, value in phone.items() if known.get(name) is None})
            support.setdefault(key, set()).add(vote.source)
    return sorted(found.values(), key=lambda phone: -len(support[normal("phone", phone)]))


def _say(plain: Plain, row: Row) -> None:
    """What was said by hand in place of what the lists say."""
    fields = row.fields or frozenset()
    if "*" in fields:
        _say_all(plain, row.draft)
        return
    whole = {name for group in _TOGETHER.values() if fields & set(group) for name in group}
    for field in fields | whole:
        if field in row.draft:
            plain[field] = row.draft[field]
        else:
            plain.pop(field, None)


def _say_all(plain: Plain, draft: Plain) -> None:
    """A place that was added by hand and is now on a list too: its own words first, and what the list knows beside."""
    for field, fields in _TOGETHER.items():
        if draft.get(field) is not None:
            _take(plain, fields, Vote("", "", draft, own=True))
    plain.update({field: draft[field] for field in (*_ALONE, *_TRI) if draft.get(field) is not None})
    for field in _UNITED:
        plain[field] = list(dict.fromkeys([*draft.get(field, ()), *plain.get(field, ())]))
    own = {normal("phone", phone) for phone in draft.get("phones", ())}
    plain["phones"] = [
        *draft.get("phones", ()), *(phone for phone in plain.get("phones", ()) if normal("phone", phone) not in own)
    ]  # fmt: skip
    plain["statewide"] = bool(plain.get("statewide") or draft.get("statewide"))


def _keep(plain: Plain, field: str, value: object, lists: Sequence[Row]) -> None:
    if field not in _KEPT:
        return
    same = [row for row in lists if value is not None and normal(field, row.draft.get(field)) == normal(field, value)]
    if field in _TOGETHER:
        _take(plain, _TOGETHER[field], Vote("", "", same[0].draft, own=True) if same else None)
    if value is None:
        plain.pop(field, None)
    else:
        plain[field] = value
    if field == "hours_text" and not same and isinstance(value, str) and (read := hours.parse(value)):
        plain["schedule"] = store.schedule_to_json(read)


def _provenance(listing_id: str, rows: Sequence[Row], assured_on: str | None) -> Plain:
    """Of the row whose day is shown, so that list and day belong together; of several, the listing's own first row."""

    def day(row: Row) -> tuple[bool, str]:
        return assured_on is not None and row.draft.get("assured_on") == assured_on, row.as_of or ""

    newest = max(map(day, rows))
    shown = min(
        (row for row in rows if day(row) == newest), key=lambda row: (row.id != listing_id, row.source, row.row)
    )
    return dict(shown.draft["provenance"])


def _dated(plain: Plain, rows: Sequence[Row]) -> None:
    days = [row.draft["assured_on"] for row in rows if row.draft.get("assured_on")]
    if days and "assured_on" not in plain:
        plain["assured_on"] = max(days)
    plain["edited_on"] = max(edited_on(row.draft, row.changed_on) for row in rows)
    _noticed(plain, rows)


def _noticed(plain: Plain, rows: Sequence[Row]) -> None:
    """The newest notice with its own last day; what a correction by hand only copied from a list may be over there."""
    listed = any(row.fields is None for row in rows)
    for fields in (("alert", "alert_until"), ("suspended_until",)):
        for row in sorted(rows, key=lambda item: (item.as_of or "", item.id)):
            if row.draft.get(fields[0]) and (_is_said(row, fields[0]) or not listed):
                _take(plain, fields, Vote("", "", row.draft, own=True))


def edited_on(draft: Plain, changed_on: str) -> str:
    """The day that a list itself gives as the last change of a row, else the day we saw it changed.

    A correction by hand begins as a copy of what the list said, with the list's day in it.
    """
    said = draft.get("edited_on")
    return str(said) if said and draft["provenance"]["source"] != HAND else changed_on


def _decide(plain: Plain, decisions: Iterable[Decision]) -> None:
    for item in decisions:
        if item.kind is Kind.NOTICE and item.until:
            plain.update(alert=item.value or item.why, alert_until=item.until.isoformat())
        if item.kind is Kind.SUSPENDED and item.until:
            plain["suspended_until"] = item.until.isoformat()


_EMPTY: tuple[object, ...] = (None, [], False, "")


def _ordered(plain: Plain) -> Plain:
    """Fields at their default left away, as in a draft."""
    return {name: value for name, value in plain.items() if value not in _EMPTY}


# --- what each row said ----------------------------------------------------------------------------------------------


def _said(plain: Plain, rows: Sequence[Row]) -> tuple[Said, ...]:
    return tuple(_said_by(plain, row) for row in sorted(rows, key=lambda row: (row.source, row.row)))


def _said_by(plain: Plain, row: Row) -> Said:
    agrees, differs = [], {}
    for field in _COMPARED:
        value = row.draft.get(field)
        if value in _EMPTY or value == "unknown" or not _is_said(row, field):
            continue
        if _agrees(field, value, plain.get(field)):
            agrees.append(field)
        else:
            differs[field] = value
    return Said(row.source, row.row, row.as_of, tuple(agrees), differs)


def _is_said(row: Row, field: str) -> bool:
    return row.fields is None or "*" in row.fields or field in row.fields


def _agrees(field: str, value: Any, shown: Any) -> bool:
    if field == "phones":
        return {normal("phone", item) for item in value} <= {normal("phone", item) for item in shown or ()}
    if field in _UNITED:
        return set(value) <= set(shown or ())
    return normal(field, value) == normal(field, shown)


# --- places that must not be found -----------------------------------------------------------------------------------


def _addresses(rows: Iterable[Row]) -> tuple[Address, ...]:
    return tuple(dict.fromkeys(found for row in rows if (found := _address(row.draft))))


def _address(draft: Mapping[str, Any]) -> Address | None:
    said = draft.get("address")
    return Address(said.get("address_1"), said.get("city"), said.get("postal_code")) if said else None


def _all_withheld(rows: Sequence[Row]) -> list[Row]:
    """Every row loses what any of them says of the place."""
    addresses = _addresses(rows)
    hidden: Callable[[Plain], Plain] = lambda draft: withheld(draft, addresses)  # noqa: E731
    return [row._replace(draft=hidden(row.draft)) for row in rows]


def stale_room(plain: Mapping[str, Any], today: date) -> bool:
    """Whether what was said about room is too old, or nobody knows when it was said."""
    if plain.get("capacity", "unknown") == "unknown":
        return False
    said_on = plain.get("capacity_on")
    return said_on is None or date.fromisoformat(said_on) < today - timedelta(days=CAPACITY_DAYS)
