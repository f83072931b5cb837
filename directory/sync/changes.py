"""What a list says now and did not say before, place by place, for the person who decides whether to publish it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from directory import phones
from directory.model import Phone, PhoneKind
from directory.sync.diff import Change
from directory.sync.fields import excerpt

__all__ = ["DERIVED", "MANY_GONE", "Place", "Places", "field_of", "told", "without_values", "word"]

MANY_GONE = 0.1
"""The share of a list that may go without a word of warning; the brake of a source is higher."""
_SHOWN = 10
_LONGEST = 70
DERIVED = frozenset({"schedule", "latitude", "longitude", "reach"})
"""Fields that Puente works out of others; a person reads those others."""
_WORDS: Mapping[str, str] = {
    "address": "address", "alert": "notice", "alert_until": "notice, last day", "assured_on": "last checked",
    "by_appointment": "only by appointment", "by_phone": "call first", "capacity": "room",
    "capacity_by": "room, said by", "capacity_on": "room, said on", "confidential": "confidential",
    "counties": "counties", "description": "description", "documents": "what to bring", "edited_on": "last changed",
    "eligibility_text": "who", "email": "e-mail", "fee": "costs something", "fees_text": "cost",
    "hours_text": "hours", "how_to_apply": "how to apply", "id_asked": "asks for an ID", "languages": "languages",
    "latitude": "map", "longitude": "map", "name": "name", "needs": "what it is for", "npi": "NPI (provider number)",
    "organization": "organization", "phones": "phones", "plans": "plans", "programs": "programs",
    "provenance": "from which list", "reach": "walk in or by county", "schedule": "hours as Puente reads them",
    "statewide": "all of California", "suspended_until": "not shown until", "taking_referrals": "takes referrals",
    "url": "website", "wait_list": "wait list", "walk_in": "walk in", "wheelchair": "wheelchair access",
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A place by the id that `puente show` takes and its public name; `hidden` when it is or was confidential."""

    id: str
    name: str
    hidden: bool = False


@dataclass(frozen=True)
class Places:
    """What came, changed and went in one run, and how many places the list had before."""

    before: int = 0
    added: tuple[Place, ...] = ()
    changed: tuple[tuple[Place, tuple[Change, ...]], ...] = ()
    gone: tuple[Place, ...] = ()

    def to_json(self) -> dict[str, object]:
        """All of them as plain JSON; a confidential place has the names of its changed fields and no values."""
        return {
            "before": self.before,
            "new": [_plain(place) for place in self.added],
            "changed": [{**_plain(place), "fields": [_plain_change(c) for c in said]} for place, said in self.changed],
            "gone": [_plain(place) for place in self.gone],
        }

    def warning(self) -> str | None:
        """One sentence when more of the list is gone than in a usual month."""
        share = len(self.gone) / self.before if self.before else 0.0
        if share <= MANY_GONE:
            return None
        return (
            f"WARNING: {len(self.gone)} of the {self.before} places of last time ({share:.0%}) are not on this list. "
            "If that is not what you expect, do not publish: ask the sender whether the list is whole."
        )

    def to_lines(self) -> Iterator[str]:
        """The first of each kind for a person, each with its id."""
        yield from _block("New", [[_title(place)] for place in self.added])
        yield from _block("Changed", [[_title(place), *told(place, said)] for place, said in self.changed])
        yield from _block("No longer listed", [[_title(place)] for place in self.gone])


def without_values(change: Change) -> Change:
    """The change as a report tells it of a confidential place.

    A report goes to screens and logs: what a row says that is or was confidential stays in work.db.
    """
    return Change(change.row, change.field, None, None)


def _plain(place: Place) -> dict[str, object]:
    return {"id": place.id, "name": place.name, "confidential": place.hidden}


def _plain_change(change: Change) -> dict[str, object]:
    return {"field": change.field, "before": change.before, "after": change.after}


def _title(place: Place) -> str:
    return f"{excerpt(place.name)}  ({place.id})"


def _block(heading: str, items: Sequence[list[str]]) -> Iterator[str]:
    if not items:
        return
    yield from ("", f"{heading} ({len(items)}):")
    for title, *details in items[:_SHOWN]:
        yield f"  {title}"
        yield from (f"      {detail}" for detail in details)
    if len(items) > _SHOWN:
        yield f"  and {len(items) - _SHOWN} more (--json names them all)"


def told(place: Place, changes: tuple[Change, ...]) -> Iterator[str]:
    """One line for each field that a person would look at: before -> after."""
    shown = [change for change in changes if change.field not in DERIVED] or list(changes)
    if place.hidden:
        yield f"confidential, so values are not shown; changed: {', '.join(dict.fromkeys(map(_word, shown)))}"
        return
    for change in shown:
        before, after = _apart(_readable(change.field, change.before), _readable(change.field, change.after))
        yield f"{_word(change)}: {before} -> {after}"


def word(field: str) -> str:
    """What people call that field of a listing."""
    return _WORDS.get(field, field.replace("_", " "))


def field_of(said: str) -> str:
    """The field that people call so; a field's own name is as good."""
    wanted = said.strip().casefold()
    return next((field for field, name in _WORDS.items() if name.casefold() == wanted and field not in DERIVED), said)


def _word(change: Change) -> str:
    return word(change.field)


def _readable(field: str, value: str | None) -> str:
    if value is None:
        return "(nothing)"
    plain = _structured(value)
    if plain is None:
        return " ".join(value.split())
    if field == "phones":
        return ", ".join(_phone(item) for item in plain)
    parts = plain.values() if isinstance(plain, dict) else plain
    return ", ".join(str(part) for part in parts if part not in (None, "", "CA"))


def _structured(value: str) -> Any | None:
    """The list or mapping that the value stands for; None for a text, which may begin like one: "[New] Pantry"."""
    try:
        plain = json.loads(value) if value.startswith(("{", "[")) else None
    except ValueError:
        return None
    return plain if isinstance(plain, (list, dict)) else None


def _phone(plain: Mapping[str, str]) -> str:
    kind = PhoneKind(plain.get("kind", PhoneKind.VOICE.value))
    said = phones.display(Phone(plain["number"], plain.get("extension"), kind))
    about = [word for word in (plain.get("label"), None if kind == PhoneKind.VOICE else kind.value) if word]
    return f"{said} ({', '.join(about)})" if about else said


def _apart(before: str, after: str) -> tuple[str, str]:
    """Two texts cut to the part where they differ; in two long ones a reader would not find it."""
    if max(len(before), len(after)) <= _LONGEST:
        return before, after
    same = next((n for n, (a, b) in enumerate(zip(before, after)) if a != b), min(len(before), len(after)))  # noqa: B905
    start = 0 if same < _LONGEST - 20 else before.rfind(" ", 0, max(same - 20, 1)) + 1
    return _cut(before, start), _cut(after, start)


def _cut(text: str, start: int) -> str:
    head = "… " if start else ""
    return head + (excerpt(text[start:], _LONGEST) or "(ends here)")
