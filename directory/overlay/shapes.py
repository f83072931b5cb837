"""What a clinic can note: that something was looked at and holds, or that it is now otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from directory.eligibility.strict import Entry, Period, Text

__all__ = [
    "EVERYWHERE",
    "KINDS",
    "LOCAL",
    "REVIEW",
    "STATEWIDE",
    "Change",
    "Note",
    "OfferChange",
    "OfficeChange",
    "PlanChange",
    "ProgramChange",
    "RuleChange",
    "TableChange",
    "Target",
    "changed_things",
    "review_day",
]

KINDS = {
    "program": "what patients are told of a program",
    "rule": "who may get it",
    "line": "the phone of a program",
    "side": "one side of a program",
    "definition": "a definition that programs share",
    "condition": "the question of a condition",
    "table": "figures",
    "guide": "a guide",
    "phone": "a plan's phone for members",
    "ride": "a plan's ride line and notice",
    "form": "the paper that a ride needs",
    "card": "what the name on a card can mean",
    "county": "which plans serve a county",
    "office": "an office and its phone",
    "offer": "whether a plan offers it",
}
"""Everything that can be checked, in words."""

EVERYWHERE = "all"
"""In an offer or a ride rule: every plan, or each county of a plan."""

STATEWIDE = "statewide"
"""In place of a county: the line that all of them share."""

LOCAL = "LOCAL_"
"""How the id of a source begins that the clinic itself named."""

REVIEW = timedelta(days=180)


def review_day(on: date, end: date | None) -> date:
    """When to look again at what was seen on a day: 180 days later, but never past a known end that is still ahead."""
    return min(on + REVIEW, end) if end and end >= on else on + REVIEW


@dataclass(frozen=True)
class Target:
    """One thing that can be looked at; `version` is a day on which the meant version of it is in force."""

    kind: str
    id: str
    part: str | None = None
    place: str | None = None
    version: date | None = None

    def __str__(self) -> str:
        path = "/".join(part for part in (self.id, self.part, self.place) if part)
        return f"{self.kind}:{path}@{self.version}" if self.version else f"{self.kind}:{path}"


@dataclass(frozen=True)
class TableChange:
    """The figures of a table while they are in force."""

    table: str
    period: Period
    by_size: Mapping[int, float]
    each_extra: float | None
    percent: float | None


@dataclass(frozen=True)
class RuleChange:
    """Who may get a program while this is in force; `when` is the tree as it was written."""

    program: str
    period: Period
    when: Entry


@dataclass(frozen=True)
class ProgramChange:
    """A program's known end, how long it takes, its phone; None where nothing is said of it.

    `valid_until` counts where `ends` is set; None then says that no end is known.
    """

    program: str
    ends: bool = False
    valid_until: date | None = None
    how_long: Text | None = None
    line: str | None = None


@dataclass(frozen=True)
class PlanChange:
    """A plan's phones and how early to call for a ride; None where nothing is said of it."""

    plan: str
    phone: str | None = None
    ride_line: str | None = None
    ride_days: int | None = None
    nemt_days: int | None = None
    ride_notice: Text | None = None


@dataclass(frozen=True)
class OfficeChange:
    """The office of a kind in a county."""

    county: str
    kind: str
    name: Text
    phone: str | None


@dataclass(frozen=True)
class OfferChange:
    """Whether a plan offers a program, in one county or (None) in each that it serves."""

    program: str
    plan: str
    county: str | None
    offered: bool
    period: Period


Change = TableChange | RuleChange | ProgramChange | PlanChange | OfficeChange | OfferChange


@dataclass(frozen=True)
class Note:
    """One entry of the overlay: who noted it, on which day, from which source, and what."""

    number: int
    who: str
    on: date
    source: str
    checked: tuple[Target, ...] = ()
    changed: Change | None = None

    @property
    def source_id(self) -> str:
        """The id of its source among those of the rules."""
        return f"{LOCAL}{self.number}"

    @property
    def url(self) -> str | None:
        """The address of the source, where it is one."""
        return self.source if self.source.startswith(("https://", "http://")) else None


def changed_things(note: Note) -> tuple[Target, ...]:
    """The things that a note changed, by the names under which they can be looked at."""
    change = note.changed
    if isinstance(change, TableChange):
        return (Target("table", change.table),)
    if isinstance(change, RuleChange):
        return (Target("rule", change.program),)
    if isinstance(change, OfficeChange):
        return (Target("office", change.county, change.kind),)
    if isinstance(change, OfferChange):
        return (Target("offer", change.plan, change.program, change.county),)
    return tuple(_fields_changed(change)) if change else ()


def _fields_changed(change: ProgramChange | PlanChange) -> Iterator[Target]:
    if isinstance(change, PlanChange):
        if change.phone:
            yield Target("phone", change.plan)
        if change.ride_line or change.ride_days or change.nemt_days or change.ride_notice:
            yield Target("ride", change.plan)
        return
    if change.ends or change.how_long:
        yield Target("program", change.program)
    if change.line:
        yield Target("line", change.program)
