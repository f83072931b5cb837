"""How the state of the rules reads for a clerk: the worst first, one line each, each line a command to begin with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from directory.overlay.coming import Event
from directory.overlay.standing import Standing, State, in_order_of_weight, named_together

__all__ = ["HOW", "as_lines", "as_plain", "needs_a_look", "of_events", "summary"]

_SECTIONS = (
    ("Figures and rules", frozenset({"table", "rule", "definition"})),
    ("Phones, offices and plans", frozenset({"phone", "line", "ride", "form", "office", "offer", "card", "county"})),
    ("What patients read", frozenset({"program", "side", "guide"})),
)
_STATES = {
    State.ENDED: ("OVER", "what we knew has ended, so Puente sends people to whoever decides"),
    State.OVERDUE: ("OVERDUE", "nobody looked again in time, so Puente says less"),
    State.RECALLED: ("NOT CONFIRMED", "general knowledge, told with a hedge"),
    State.COMPUTED: ("WORKED OUT", "from confirmed figures, not seen in an official table"),
    State.DUE: ("SOON", "confirmed, and soon to be looked at again"),
}
_OF_ALL = frozenset({"phone", "ride", "card", "county"})
"""Of these the counties say more than the programs."""
_MOST_NAMED = 3
HOW = (
    'It holds:       puente rules check NAME --source "where you looked"    (a page, an office; no person\'s name)',
    "It has changed: puente rules change --help",
    "All about it:   puente rules show NAME",
)


@dataclass(frozen=True)
class Told:
    """One line: the command that mends it, since when, and what hangs on it."""

    command: str
    since: str
    why: str


def needs_a_look(value: Standing, on: date) -> bool:
    """Whether nobody looked in time at something that counts: for cron."""
    state = value.state(on)
    return state in (State.OVERDUE, State.ENDED) and not _is_unused(value, on)


def as_lines(values: Sequence[Standing], on: date, due: int, *, each: bool = False) -> Iterator[str]:
    """The values by state and section, those that stand alike told in one line unless `each` is wanted."""
    unused = [value for value in values if _is_unused(value, on)]
    used = [value for value in values if value not in unused]
    for state, (title, meaning) in _STATES.items():
        mine = [value for value in used if value.state(on, due) is state]
        yield from _of_state(mine, on, state, f"{title} ({len(mine)}): {meaning}", each=each)
    yield from _of_state(unused, on, State.ENDED, f"ENDED ({len(unused)}): {_UNUSED}", each=each)


_UNUSED = "no program uses it"


def _is_unused(value: Standing, on: date) -> bool:
    """Whether it has ended and nothing hangs on it."""
    return value.state(on) is State.ENDED and not value.programs


def _of_state(mine: Sequence[Standing], on: date, state: State, title: str, *, each: bool) -> Iterator[str]:
    if mine:
        yield title
        for heading, told in _sections(mine, on, state, each=each):
            width = max([0, *(len(item.command) for item in told if len(item.command) <= _WIDEST)])
            yield f"  {heading}"
            yield from (f"    {item.command:<{width}}  {item.since}  {item.why}" for item in told)
        yield ""


_WIDEST = 60


def _sections(
    values: Sequence[Standing], on: date, state: State, *, each: bool
) -> Iterator[tuple[str, Sequence[Told]]]:
    groups: dict[object, list[Standing]] = {}
    for value in values:
        groups.setdefault(value.target if each else _alike(value, state), []).append(value)
    told = [(_rank(group), _one(group, on, state)) for group in groups.values()]
    for number, (heading, _) in enumerate(_SECTIONS):
        if mine := [item for rank, item in told if rank == number]:
            yield heading, mine


def _rank(group: Iterable[Standing]) -> int:
    """The first section that has one of the group."""
    kinds = {value.kind for value in group}
    return next(number for number, (_, own) in enumerate(_SECTIONS) if own & kinds)


def _alike(value: Standing, state: State) -> object:
    """What is told in one line: the sides of a program, the counties, a program's rules and its text."""
    if value.kind not in ("program", "rule", "side", "county") or "@" in value.target:
        return value.target
    if state is State.ENDED:  # what ended with a program begins again with it
        return value.programs, value.period.until
    return value.kind in ("side", "county"), value.programs, value.review_by, value.period.until


def _one(group: Sequence[Standing], on: date, state: State) -> Told:
    group = in_order_of_weight(group)
    first, since = group[0], _since(group[0], state)
    if len(group) == 1:
        return Told(first.mend(on), since, _why(first))
    if first.kind == "county":
        return Told("puente rules check county:COUNTY", since, f"which plans serve a county ({len(group)} counties)")
    command = f"puente rules check {first.programs[0]}"
    if first.kind == "side":
        command = f"puente rules check 'side:{first.programs[0]}/*'"
    return Told(first.mend(on) if state is State.ENDED else command, since, named_together(group))


def _since(value: Standing, state: State) -> str:
    if state is State.ENDED:
        return f"ended {value.period.until}"
    when = "was due" if state is State.OVERDUE else "look by"
    return f"since {value.checked_on}, {when} {value.review_by}"


def _why(value: Standing) -> str:
    if not value.programs:
        return f"{value.label} (no program hangs on it)" if value.kind == "table" else value.label
    named = ", ".join(value.programs[:_MOST_NAMED])
    more = f" and {len(value.programs) - _MOST_NAMED} more" if len(value.programs) > _MOST_NAMED else ""
    own = value.target.partition(":")[2].partition("/")[0].partition("@")[0]
    return value.label if value.kind in _OF_ALL or value.programs == (own,) else f"{value.label} (for {named}{more})"


def summary(values: Iterable[Standing], on: date, due: int) -> str:
    """How many values stand how, in one line; over is only what some program uses."""
    listed = list(values)
    counts = Counter(value.state(on, due) for value in listed if not _is_unused(value, on))
    told = [f"{counts[state]} {words}" for state, words in _COUNTED.items() if counts[state]]
    unused = len(listed) - sum(counts.values())
    told += [f"{unused} ended that no program uses"] if unused else []
    return f"On {on}, of {len(listed)} dated values: {', '.join(told)}."


_COUNTED = {
    State.ENDED: "over",
    State.OVERDUE: "overdue",
    State.RECALLED: "not confirmed",
    State.COMPUTED: "worked out",
    State.DUE: "soon due",
    State.GOOD: "good",
}


def of_events(events: Sequence[Event], days: int) -> Iterator[str]:
    """What ends or begins in the days that come."""
    if not events:
        yield f"CALENDAR: nothing is known to end or begin in the next {days} days."
        return
    yield f"CALENDAR: what ends or begins in the next {days} days"
    for event in events:
        yield f"  {event.day}  {event.what}{_for(event.programs)}"
        if event.do:
            yield f"              {event.do}"


def _for(programs: Sequence[str]) -> str:
    more = f" and {len(programs) - _MOST_NAMED} more" if len(programs) > _MOST_NAMED else ""
    return f" ({', '.join(programs[:_MOST_NAMED])}{more})" if programs else ""


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
