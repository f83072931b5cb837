"""Reads `inventory.yml`: all that Puente keeps, where, for whom and how long; the code takes its numbers from it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from directory.eligibility.strict import Entry, Text, plain
from directory.errors import PrivacyError, RulesError

__all__ = ["FILE", "PURGES", "SEEN_BY", "Kept", "Place", "Until", "inventory", "load", "matches", "of_file", "slots"]

FILE = Path(__file__).with_name("inventory.yml")
PURGES = ("session", "rows", "files", "raw_rows", "publications", "replaced", "hand", "never")
SEEN_BY = ("nobody", "runner", "staff", "everybody")
Place = ("files", "inside", "memory", "device")
Until = ("replaced", "removed", "stopped", "never")

_REQUIRED = ("what", "holds", "sees", "purged", "backup", "personal")
_OPTIONAL = ("where", "inside", "place", "days", "minutes", "until", "slots", "sifted")
_TIMED = ("rows", "files", "raw_rows", "publications")
"""The ways to end that wait for a number of days."""


@dataclass(frozen=True)
class Kept:
    """One thing that Puente keeps.

    `where` are globs below PUENTE_HOME, empty for what lies inside another file (`inside`: its file and tables), in
    memory or on the person's device (`place`). Exactly one of `days` (with `least` and `most`), `minutes` (when idle)
    and `until` says how long.
    """

    id: str
    what: Text
    holds: Text
    place: str
    where: tuple[str, ...]
    inside: str | None
    sees: str
    days: int | None
    least: int | None
    most: int | None
    minutes: int | None
    until: str | None
    purged: str
    backup: bool
    personal: bool
    slots: tuple[str, ...] = ()
    sifted: tuple[str, ...] = ()


@cache
def inventory() -> Mapping[str, Kept]:
    """What ships, by id, in the order of the file; PrivacyError names file and key of what it refuses."""
    return load(FILE)


def load(path: Path) -> Mapping[str, Kept]:
    """Reads one inventory; PrivacyError names file and key of the first thing it refuses."""
    try:
        return {id: _kept(id, entry) for id, entry in Entry(plain(path), path, "").items()}
    except RulesError as error:
        raise PrivacyError(str(error)) from error


def of_file(name: str, kept: Mapping[str, Kept] | None = None) -> tuple[str, ...]:
    """The ids of the entries that a file below PUENTE_HOME belongs to, its path written with /; one in good order."""
    known = inventory() if kept is None else kept
    return tuple(item.id for item in known.values() if any(matches(name, glob) for glob in item.where))


def slots(place: str) -> tuple[str, ...]:
    """The slots of a conversation that are kept in that place (files, memory)."""
    return tuple(name for item in inventory().values() if item.place == place for name in item.slots)


def matches(name: str, glob: str) -> bool:
    """Whether a path fits a glob: `*` stays in one folder, `**` goes through all below it."""
    return bool(_pattern(glob).fullmatch(name))


@lru_cache(maxsize=256)
def _pattern(glob: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*|\*|\[[^\]]+\])", glob)
    plain = {"**": ".+", "*": "[^/]*"}
    return re.compile("".join(plain.get(part, part if part.startswith("[") else re.escape(part)) for part in parts))


def _kept(id: str, entry: Entry) -> Kept:
    said = entry.fields(_REQUIRED, _OPTIONAL)
    place, where, inside = _lies(entry, said)
    days, least, most = _days(said["days"]) if "days" in said else (None, None, None)
    minutes = _count(said["minutes"]) if "minutes" in said else None
    until = said["until"].one_of(Until) if "until" in said else None
    if sum(limit is not None for limit in (days, minutes, until)) != 1:
        raise entry.refuse("needs one of 'days', 'minutes' and 'until', so that everybody knows how long it is kept.")
    purged = said["purged"].one_of(PURGES)
    if (days is not None) != (purged in _TIMED) or (minutes is not None) != (purged == "session"):
        raise entry.refuse(f"ends by {purged!r}, which does not fit how long it is kept.")
    return Kept(
        id, said["what"].twin(), said["holds"].twin(), place, where, inside, said["sees"].one_of(SEEN_BY),
        days, least, most, minutes, until, purged, said["backup"].flag(), said["personal"].flag(),
        _names(said, "slots"), _names(said, "sifted"),
    )  # fmt: skip


def _lies(entry: Entry, said: Mapping[str, Entry]) -> tuple[str, tuple[str, ...], str | None]:
    if sum(key in said for key in ("where", "inside", "place")) != 1:
        raise entry.refuse("needs one of 'where', 'inside' and 'place', so that everybody knows where it lies.")
    if "where" in said:
        return "files", said["where"].texts(), None
    if "inside" in said:
        return "inside", (), said["inside"].text()
    return said["place"].one_of(("memory", "device")), (), None


def _days(entry: Entry) -> tuple[int, int, int]:
    said = entry.fields(("default", "least", "most"))
    default, least, most = (_count(said[key]) for key in ("default", "least", "most"))
    if not 1 <= least <= default <= most:
        raise entry.refuse("needs 1 <= least <= default <= most.")
    return default, least, most


def _count(entry: Entry) -> int:
    found = entry.number()
    if not isinstance(found, int) or found < 1:
        raise entry.refuse(f"a whole number from 1 was expected here, not {found!r}.")
    return found


def _names(said: Mapping[str, Entry], key: str) -> tuple[str, ...]:
    return said[key].texts() if key in said else ()
