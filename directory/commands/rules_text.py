"""How the state of the rules reads for a clerk: the worst first, one line each, each line a command to begin with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from directory.overlay.coming import Event
from directory.overlay.standing import Standing, State

__all__ = ["Told", "as_lines", "as_plain", "needs_a_look"]

SECTIONS = (
    ("Figures and rules", ("table", "rule", "definition")),
    ("Phones, offices, plans", ("phone", "line", "ride", "form", "office", "offer", "card", "county")),
    ("What patients read", ("program", "side", "guide")),
)
_STATES = {
    State.ENDED: "ENDED: what was known is over; until it is noted anew, Puente sends people to whoever decides",
    State.OVERDUE: "OVERDUE: nobody looked again in time, so Puente says less",
    State.RECALLED: "NOT CONFIRMED: general knowledge, told with a hedge",
    State.COMPUTED: "WORKED OUT from confirmed figures, not seen in an official table",
    State.DUE: "SOON to be looked at again",
}
_MOST_NAMED = 4


@dataclass(frozen=True)
class Told:
    """One line: the command, since when, and why it matters; of several values told together, their number."""

    command: str
    since: str
    why: str
    count: int = 1


def needs_a_look(value: Standing, on: date) -> bool:
    """Whether nobody looked in time at something that counts: for cron."""
    state = value.state(on)
    return state is State.OVERDUE or (state is State.ENDED and bool(value.programs))


def as_lines(values: Sequence[Standing], on: date, due: int, *, each: bool = False) -> Iterator[str]:
    """The values by state and section, those that stand alike told in one line unless `each` is wanted."""
    for state, title in _STATES.items():
        mine = [value for value in values if value.state(on, due) is state]
        if not mine:
            continue
        yield f"{title} ({len(mine)})"
        for heading, kinds in SECTIONS:
            told = list(_told([value for value in mine if _kind(value) in kinds], on, state, each=each))
            if told:
                yield f"  {heading}"
                yield from (f"    {item.command}  # {item.since}; {item.why}" for item in told)
        yield ""


def _kind(value: Standing) -> str:
    return value.target.partition(":")[0]


def _told(values: Iterable[Standing], on: date, state: State, *, each: bool) -> Iterator[Told]:
    groups: dict[object, list[Standing]] = {}
    for value in values:
        alone = each or _kind(value) not in ("side", "county")
        key = value.target if alone else (_kind(value), value.programs, value.checked_on, value.review_by)
        groups.setdefault(key, []).append(value)
    for group in groups.values():
        yield _one(group, on, state)


def _one(group: Sequence[Standing], on: date, state: State) -> Told:
    first = group[0]
    command, why = first.mend(on), _why(first)
    if len(group) > 1 and _kind(first) == "side":
        named = ", ".join(value.target.partition("/")[2] for value in group)
        command, why = f"puente rules check 'side:{first.programs[0]}/*'", f"{len(group)} sides: {named}"
    elif len(group) > 1:
        command, why = "puente rules check county:COUNTY", f"which plans serve each of {len(group)} counties"
    return Told(command, _since(first, state), why, len(group))


def _since(value: Standing, state: State) -> str:
    if state is State.ENDED:
        return f"ended {value.period.until}"
    seen = "noted" if value.status == "recalled" else "seen"
    by = f"look again by {value.review_by}" if state is not State.OVERDUE else f"was due {value.review_by}"
    return f"{seen} {value.checked_on}, {by}"


def _why(value: Standing) -> str:
    if not value.programs:
        return f"{value.label}; no program hangs on it"
    named = value.programs[:_MOST_NAMED]
    more = f" and {len(value.programs) - len(named)} more" if len(value.programs) > len(named) else ""
    alone = value.programs == (value.target.partition(":")[2],)
    return value.label if alone else f"{value.label}; for {', '.join(named)}{more}"


def of_events(events: Sequence[Event], days: int) -> Iterator[str]:
    """What ends or begins in the days that come."""
    if not events:
        yield f"Nothing is known to end or begin in the next {days} days."
        return
    yield f"CALENDAR: what ends or begins in the next {days} days"
    for event in events:
        programs = f" ({', '.join(event.programs[:_MOST_NAMED])}{', ...' if len(event.programs) > _MOST_NAMED else ''})"
        yield f"    {event.day}  {event.what}{programs if event.programs else ''}"
        if event.do:
            yield f"                {event.do}"


def as_plain(value: Standing, on: date, due: int) -> dict[str, object]:
    """A value for programs."""
    return {
        "target": value.target,
        "what": value.label,
        "state": value.state(on, due).value,
        "status": value.status,
        "checked_on": value.checked_on.isoformat(),
        "review_by": value.review_by.isoformat(),
        "from": value.period.start.isoformat() if value.period.start else None,
        "until": value.period.until.isoformat() if value.period.until else None,
        "sources": list(value.sources),
        "programs": list(value.programs),
        "mend": value.mend(on),
    }


HOW = (
    'It holds:     puente rules check NAME --source "where you looked"   (a page, an office; no person\'s name)',
    "It changed:   puente rules change --help",
    "All about it: puente rules show NAME",
)
