"""Whether a plan is known to give a program in a county, and how we know; what nobody has seen stays unknown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from directory.eligibility import rules
from directory.eligibility.strict import Text
from directory.model import Language, Tri
from directory.plans import load
from directory.plans.cells import Directory, Offer, Plan

__all__ = ["offer", "offered", "unknown"]


def offered(plan_id: str, county: str | None, program_id: str, on: date, *, held: Directory | None = None) -> Tri:
    """Whether that plan gives that program there that day; unknown unless a source in date says yes or no.

    `held` is another folder of plans than the one in force.
    """
    found = _look_up(held or load.loaded(), load.plan(plan_id), county, program_id, on)
    return found.answer if found else Tri.UNKNOWN


def offer(plan_id: str, county: str | None, program_id: str, on: date) -> Offer | None:
    """What is known of it, with a sentence and its basis; None where nothing is, RulesError for unknown ids.

    `offered` is brought down to unknown, and `why` says why, where the entry is overdue or unverified, and where the
    source does not say in which of the plan's counties. A county's own entry goes before all others.
    """
    plan = load.plan(plan_id)
    found = _look_up(load.loaded(), plan, county, program_id, on)
    if found is None or found.reason is None:
        return found.offer if found else None
    why = _reason(found.reason, plan, county, found.offer.basis.checked_on)
    return replace(found.offer, offered=found.answer, why=why)


def unknown(plan: Plan) -> Text:
    """What to say where nothing is known: ask the plan."""
    return _reason("not_known", plan)


@dataclass(frozen=True)
class _Found:
    """An entry, what may be said of it that day, and the reason where that is not the entry's own."""

    offer: Offer
    answer: Tri
    reason: str | None = None


def _look_up(held: Directory, plan: Plan, county: str | None, program: str, on: date) -> _Found | None:
    """The most telling entry in force; the sentences are made only where somebody reads them."""

    def in_force(who: str | None, where: str | None) -> Offer | None:
        versions = held.offers.get((who, where, program), ())
        return next((found for found in versions if found.basis.period.covers(on)), None)

    if county is not None:
        if own := in_force(plan.id, county):
            return _in_date(own, on)
        if county not in plan.counties:
            return _not_here(plan, county, rules.program(program).id, on)
    of_plan = in_force(plan.id, None)
    if of_plan and of_plan.everywhere:
        return _in_date(of_plan, on)
    if every := in_force(None, None):
        return _in_date(every, on)
    if of_plan:
        if len(plan.counties) == 1:
            return _in_date(of_plan, on)
        return _Found(of_plan, Tri.UNKNOWN, "some_county" if county else "some_county_unnamed")
    rules.program(program)  # an unknown id is a mistake, not something unknown
    return None


def _in_date(found: Offer, on: date) -> _Found:
    if found.basis.stands(on):
        return _Found(found, found.offered)
    return _Found(found, Tri.UNKNOWN, "old")


def _not_here(plan: Plan, county: str, program: str, on: date) -> _Found:
    basis = load.county(county).basis
    entry = Offer(plan.id, county, program, Tri.NO, True, Text("", ""), basis)
    return _Found(entry, Tri.NO, "not_here") if on <= basis.review_by else _Found(entry, Tri.UNKNOWN, "old")


def _reason(key: str, plan: Plan, county: str | None = None, day: date | None = None) -> Text:
    text = load.loaded().reasons[key]

    def said(language: Language) -> str:
        spoken = rules.spoken(day, language) if day else ""
        return text.get(language).format(plan=plan.short_name, county=county or "", day=spoken)

    return Text(said(Language.EN), said(Language.ES))
