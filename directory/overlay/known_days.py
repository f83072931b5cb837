"""The days that are known to change something, from calendar.yml: a look at a program holds until then, not longer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from directory.eligibility.strict import Entry, read
from directory.overlay.fields import day

__all__ = ["KnownDay", "known_days", "known_end"]

_FILE = Path(__file__).with_name("calendar.yml")


@dataclass(frozen=True)
class KnownDay:
    """What comes on a day, or on a month and day each year; `look_by` is the last day on which what was known holds.

    `do` says what whoever keeps the rules does about it.
    """

    day: date | None
    each: tuple[int, int] | None
    look_by: date | None
    what: str
    do: str
    programs: tuple[str, ...]
    sources: tuple[str, ...]


@cache
def known_days() -> tuple[KnownDay, ...]:
    """All of them, in the order of the file; RulesError names file and key of what does not fit."""
    return tuple(_one(entry) for _, entry in read(_FILE).items())


def known_end(program: str, valid_until: date | None, on: date) -> date | None:
    """The next day, seen from `on`, past which nobody may rely on a look at the program; None where none is known.

    Who noted that the program goes on after such a day has looked at that day already.
    """
    days = [valid_until] if valid_until and valid_until >= on else []
    for known in known_days():
        if program in known.programs and known.look_by and known.look_by >= on:
            days.extend([] if valid_until and valid_until > known.look_by else [known.look_by])
    return min(days, default=None)


def _one(entry: Entry) -> KnownDay:
    found = entry.fields(("what", "do", "programs", "status", "sources"), ("day", "each", "look_by"))
    if ("day" in found) is ("each" in found):
        raise entry.refuse("exactly one of 'day' and 'each' says when. Keep one.")
    once = day(found["day"]) if "day" in found else None
    return KnownDay(
        once,
        _month_and_day(found["each"]) if "each" in found else None,
        day(found["look_by"]) if "look_by" in found else once,
        found["what"].text(),
        found["do"].text(),
        found["programs"].texts(),
        found["sources"].texts(),
    )


def _month_and_day(entry: Entry) -> tuple[int, int]:
    try:
        found = date.fromisoformat(f"2001-{entry.text()}")
    except ValueError:
        raise entry.refuse("a month and a day such as 10-01 were expected here. Write them so.") from None
    return found.month, found.day
