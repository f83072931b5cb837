"""What stands in the inbox, in words of the page: whom it is about, how long it waits, who has it in hand."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from directory import store
from directory.desk.frame import Visit, drawing
from directory.eligibility import rules
from directory.errors import PuenteError
from directory.inbox import handling, pace
from directory.inbox.handling import Key, Staff, Taken
from directory.inbox.reports import Reported
from directory.inbox.tasks import Task
from directory.model import Need
from directory.text import listing as words
from directory.text.own import display_name

__all__ = [
    "Hand",
    "Line",
    "call",
    "call_key",
    "hand",
    "length",
    "need",
    "place",
    "report",
    "report_key",
    "staff",
    "when",
]


@dataclass(frozen=True)
class Hand:
    """Who has it in hand, as the page tells it; `mine` when it is who looks."""

    told: str
    mine: bool
    other: bool


@dataclass(frozen=True)
class Line:
    """A call or a report in the list: what it is, since when, whose, whether it waits too long. No word of anybody."""

    id: int
    what: str
    about: str
    since: str
    waits: str
    overdue: bool
    red: bool
    hand: Hand


def staff(visit: Visit) -> Staff:
    """Who sits there, as the inbox keeps it."""
    return Staff(str(visit.who.id), visit.who.shown)


def call_key(id: int) -> Key:
    """A call, as who has it in hand is kept."""
    return handling.CALL, str(id)


def report_key(item: Reported) -> Key:
    """A report: of one listing or rule all open ones are one."""
    return item.about, item.subject


def hand(found: Taken | None, visit: Visit) -> Hand:
    """Who has it in hand."""
    if found is None:
        return Hand("", False, False)
    mine = found.by.id == str(visit.who.id)
    told = visit.say("inbox.hand.mine" if mine else "inbox.hand", name=found.by.name, time=when(found.at, visit))
    return Hand(told, mine, not mine)


def call(item: Task, found: Taken | None, visit: Visit) -> Line:
    """A call in the list; never its number."""
    county = visit.say("inbox.county", county=item.county) if item.county else ""
    spoken = visit.say(f"inbox.speaks.{item.language}")
    about = ", ".join(filter(None, (county, spoken, visit.say(f"inbox.when.{item.when}"))))
    what = need(item.need, visit) or visit.say("inbox.call.any")
    return _line(item.id, what, about, item.asked_at, item.red, hand(found, visit), visit)


def report(item: Reported, found: Taken | None, visit: Visit) -> Line:
    """A report in the list: of which place, how many people, what kinds."""
    kinds = words.joined([visit.say(f"verify.report.{name}") for name, _ in item.what], visit.lang)
    told = visit.say("verify.reason.reported.one" if item.people == 1 else "verify.reason.reported",
                     people=item.people, what=kinds)  # fmt: skip
    return _line(item.id, place(item.about, item.subject, visit), told, item.first_at, False, hand(found, visit), visit)


def place(about: str, subject: str, visit: Visit) -> str:
    """What a report is about, by name."""
    if about == "rule":
        known = words.program_name(subject, visit.lang) if subject in rules.programs() else subject
        return visit.say("inbox.rule", name=known)
    with suppress(PuenteError, sqlite3.Error), store.open_directory(visit.desk.path()) as db:
        return display_name(store.listing(db, subject))
    return visit.say("inbox.not_shown", id=subject)


def need(id: str | None, visit: Visit) -> str:
    """What kind of help it is about."""
    known = id in {item.value for item in Need}
    return words.capital(words.need_name(Need(id), visit.lang)) if known else id or ""


def when(at: datetime, visit: Visit) -> str:
    """A time as people say it."""
    return drawing.moment(at, visit.lang)


def length(time: timedelta, visit: Visit) -> str:
    """How long, in the unit that fits: minutes, hours, days."""
    minutes = int(time.total_seconds() // 60)
    for unit, size in (("days", 1440), ("hours", 60)):
        if minutes >= 2 * size:
            return visit.say(f"inbox.length.{unit}", count=minutes // size)
    return visit.say("inbox.length.minutes", count=minutes) if minutes > 1 else visit.say("inbox.length.moment")


def _line(id: int, what: str, about: str, since: datetime, red: bool, held: Hand, visit: Visit) -> Line:
    late = pace.overdue(since, visit.now)
    return Line(id, what, about, when(since, visit), length(visit.now - since, visit), late, red, held)
