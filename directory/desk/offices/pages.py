"""The numbers of a county: those of its plans, and whom to call there for each kind of help."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from starlette.responses import Response

from directory import phones, plans
from directory.desk.frame import Visit
from directory.desk.rules import showing
from directory.desk.rules.pages import trouble
from directory.eligibility import rules
from directory.eligibility.basis import Basis
from directory.overlay.keeping import look_again
from directory.overlay.shapes import STATEWIDE, Note
from directory.overlay.targets import as_target
from directory.plans.load import loaded
from directory.plans.rides import RIDES
from directory.text.offices import told
from directory.text.ours import ours
from directory.upkeep import notes_on

__all__ = ["Number", "numbers"]


@dataclass(frozen=True)
class Number:
    """One line of the page: what it is for, what it says, how well it is known; `target` names its own page.

    `dial` is the address of a call, empty where it is no phone. `state` is None where nothing is known.
    """

    what: str
    says: str
    dial: str
    target: str
    state: str | None
    checked_on: date | None
    review_by: date | None
    sources: tuple[showing.Source, ...]
    note: Note | None
    told: str = ""


@dataclass(frozen=True)
class PlanNumbers:
    """A plan with its numbers."""

    plan: plans.Plan
    numbers: tuple[Number, ...]


def numbers(visit: Visit) -> Response:
    """The numbers of the chosen county (the clinic's first one unless said), or of one plan."""
    look_again()
    own = [county for county in ours().counties if county in plans.counties()]
    others = [county for county in plans.counties() if county not in own]
    plan = plans.plans().get(visit.query.get("plan", ""))
    county = visit.query.get("county", "")
    if county not in plans.counties():
        county = (own[0] if own else "") if plan is None else ""
    chosen = [plan] if plan else list(plans.plans_in(county))
    return visit.page(
        "offices/numbers.html",
        own=own,
        others=others,
        county=county,
        plan=plan,
        known=sorted(plans.plans().values(), key=lambda one: one.name),
        told=[PlanNumbers(one, tuple(_of_plan(one, visit))) for one in chosen],
        offices=[_office(found, county, visit) for found in plans.offices_in(county).values()] if county else [],
        statewide=[_statewide(kind, visit) for kind in plans.kinds().values()] if county else [],
        forms=_forms(visit),
        trouble=trouble(),
    )


def _of_plan(plan: plans.Plan, visit: Visit) -> Iterator[Number]:
    yield _number("member", plan.phone, f"phone:{plan.id}", plan.phone_basis, visit)
    if plan.local_phone:
        yield _number("local", plan.local_phone, f"phone:{plan.id}", plan.phone_basis, visit)
    ride = plan.ride_basis
    if plan.ride_line:
        yield _number("ride", plan.ride_line, f"ride:{plan.id}", ride, visit, stands=plan.ride_line_stands(visit.today))
    else:
        yield _number("ride", visit.say("offices.ride.none"), f"ride:{plan.id}", None, visit, dial=False)
    days = [(kind, plan.ride_days if kind == "nmt" else plan.nemt_days) for kind in RIDES]
    for kind, count in days:
        says = visit.say("offices.days", count=count) if count else visit.say("offices.days.none")
        yield _number(f"days.{kind}", says, f"ride:{plan.id}", ride if count else None, visit, dial=False)


def _number(
    what: str,
    says: str,
    target: str,
    basis: Basis | None,
    visit: Visit,
    *,
    dial: bool = True,
    stands: bool | None = None,
) -> Number:
    notes = notes_on(as_target(target))
    return Number(
        visit.say(f"offices.what.{what}"),
        says,
        _dial(says) if dial else "",
        target,
        _state(basis, visit.today, stands),
        basis.checked_on if basis else None,
        basis.review_by if basis else None,
        showing.sources(basis.sources if basis else (), visit),
        notes[0] if notes else None,
    )


def _office(found: plans.Office, county: str, visit: Visit) -> Number:
    """The county's own office, or the line of all counties that stands in for it."""
    own = found.county is not None
    target = f"office:{county}/{found.kind}"
    notes = notes_on(as_target(target))
    basis = Basis.of_look(found.verified, found.checked_on, found.review_by, found.source) if own else None
    return Number(
        found.label.get(visit.lang),
        _named(found.name(visit.lang), found.phone),
        _dial(found.phone or ""),
        target,
        _state(basis, visit.today),
        basis.checked_on if basis else None,
        basis.review_by if basis else None,
        showing.sources(basis.sources if basis else (), visit),
        notes[0] if notes else None,
        told(found, visit.lang, visit.today),
    )


def _statewide(kind: plans.Kind, visit: Visit) -> Number:
    cell, target = kind.statewide, f"office:{STATEWIDE}/{kind.id}"
    notes = notes_on(as_target(target))
    return Number(
        kind.label.get(visit.lang),
        _named(cell.name.get(visit.lang), cell.phone),
        _dial(cell.phone or ""),
        target,
        _state(cell.basis, visit.today),
        cell.checked_on,
        cell.review_by,
        showing.sources(cell.basis.sources, visit),
        notes[0] if notes else None,
    )


def _named(name: str, phone: str | None) -> str:
    """Who picks up, and the number; 211 is its own name."""
    return f"{name}: {phone}" if phone and phone != name else name


def _forms(visit: Visit) -> list[tuple[str, str, str]]:
    """The papers that a ride needs: its kind, what it is called, who signs."""
    return [
        (rules.program(kind).short.get(visit.lang), form.name.get(visit.lang), form.signers.get(visit.lang))
        for kind, form in loaded().ride_forms.items()
    ]


def _state(basis: Basis | None, today: date, stands: bool | None = None) -> str | None:
    if basis is None:
        return None
    doubt = basis.doubt(today)
    if doubt is None or stands:
        return "due" if (basis.review_by - today).days <= showing.DUE else "good"
    return "overdue" if doubt.reason in ("overdue", "ended") else "unverified"


def _dial(text: str) -> str:
    found = phones.parse(text)
    return f"tel:{found[0].number}" if len(found) == 1 else ""
