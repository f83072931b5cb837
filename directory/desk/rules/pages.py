"""The list of dated values: what is overdue, not confirmed, soon due or in order, what comes, and the notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from starlette.responses import Response

from directory import upkeep
from directory.desk.frame import Visit
from directory.desk.paging import page_of
from directory.desk.rules import showing
from directory.eligibility import guides, rules
from directory.overlay.coming import coming
from directory.overlay.gathering import standing_values
from directory.overlay.keeping import look_again
from directory.overlay.reading import in_order
from directory.overlay.standing import STATES, Standing, State
from directory.overlay.targets import as_target
from directory.plans import load

__all__ = ["PAGE", "Row", "standing", "trouble"]

PAGE = 40
STATES_SHOWN = ("overdue", "unverified", "due", "coming", "good", "notes")
PARTS = {
    "rules": frozenset({"table", "rule", "definition"}),
    "phones": frozenset({"phone", "line", "ride", "form", "office", "offer", "card", "county"}),
    "texts": frozenset({"program", "side", "guide"}),
}
_COMING_DAYS = 400
_MOST_PROGRAMS = 3


@dataclass(frozen=True)
class Row:
    """One value in the list; `ended` where what was known is over."""

    target: str
    title: str
    checked_on: date
    review_by: date
    ended: date | None
    programs: tuple[str, ...]
    more: int


def standing(visit: Visit) -> Response:
    """The values of the chosen list, part and program, a page of them."""
    look_again()
    day = visit.today
    values = sorted(standing_values(day), key=lambda value: (STATES.index(value.state(day)), value.review_by))
    part = visit.query.get("part", "") if visit.query.get("part", "") in PARTS else ""
    program = visit.query.get("program", "") if visit.query.get("program", "") in rules.programs() else ""
    chosen = [value for value in values if _fits(value, part, program)]
    counts = Counter(showing.state_of(value, day) for value in chosen)
    state = visit.query.get("state", "")
    state = state if state in STATES_SHOWN else next((one for one in STATES_SHOWN if counts[one]), "overdue")
    mine = [value for value in chosen if showing.state_of(value, day) == state]
    page = page_of(visit.query.get("page", ""), len(mine), PAGE)
    events = coming(chosen, day, _COMING_DAYS)
    notes = tuple(reversed(in_order(rules.overlay().notes)))
    return visit.page(
        "rules/standing.html",
        state=state,
        states=[(one, counts[one] if one not in ("coming", "notes") else None) for one in STATES_SHOWN],
        counts={**counts, "coming": len(events), "notes": len(notes)},
        part=part,
        parts=tuple(PARTS),
        program=program,
        programs=sorted((found.short.get(visit.lang), id) for id, found in rules.programs().items()),
        rows=[_row(value, visit) for value in mine[page.start : page.stop]],
        total=len(mine),
        first=page.start + 1,
        last=page.stop,
        number=page.number,
        events=[(event, showing.programs(event.programs, visit.lang)) for event in events] if state == "coming" else (),
        notes=showing.note_lines(notes, visit) if state == "notes" else (),
        trouble=trouble(),
    )


def trouble() -> tuple[str, ...]:
    """What is the matter with the clinic's notes, a sentence each."""
    said = rules.overlay().said
    warnings = (*rules.overlay_warnings(), *load.overlay_warnings(), *guides.overlay_warnings())
    return (*([said] if said else ()), *warnings)


def _fits(value: Standing, part: str, program: str) -> bool:
    return (not part or value.kind in PARTS[part]) and (not program or program in value.programs)


def _row(value: Standing, visit: Visit) -> Row:
    title = upkeep.title(as_target(value.target), upkeep.in_force(), visit.lang)
    named: Sequence[str] = showing.programs(value.programs, visit.lang)
    ended = value.period.until if value.state(visit.today) is State.ENDED else None
    more = max(0, len(named) - _MOST_PROGRAMS)
    return Row(value.target, title, value.checked_on, value.review_by, ended, tuple(named[:_MOST_PROGRAMS]), more)
