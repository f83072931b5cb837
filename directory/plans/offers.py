"""Whether a plan is known to give a program in a county, and how we know; what nobody has seen stays unknown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from directory.eligibility import rules
from directory.eligibility.strict import Text
from directory.model import Language, Tri
from directory.plans import load
from directory.plans.cells import Offer, Plan

__all__ = ["offer", "offered", "unknown"]


def offered(plan_id: str, county: str | None, program_id: str, on: date) -> Tri:
    """Whether that plan gives that program there that day; unknown unless a source in date says yes or no."""
    found = offer(plan_id, county, program_id, on)
    return found.offered if found else Tri.UNKNOWN


def offer(plan_id: str, county: str | None, program_id: str, on: date) -> Offer | None:
    """What is known of it, with a sentence and its basis; None where nothing is, RulesError for unknown ids.

    `offered` is brought down to unknown, and `why` says why, where the entry is overdue or unverified, and where the
    source does not say in which of the plan's counties. A county's own entry goes before all others.
    """
    plan = load.plan(plan_id)
    rules.program(program_id)
    if county is not None:
        load.county(county)
    return next(_known(plan, county, program_id, on), None)


def unknown(plan: Plan) -> Text:
    """What to say where nothing is known: ask the plan."""
    return _reason("not_known", plan)


def _known(plan: Plan, county: str | None, program: str, on: date) -> Iterator[Offer]:
    """What is known, the most telling first."""
    if county:
        yield from (_sure(found, plan, on) for found in _in_force(plan.id, county, program, on))
        if county not in plan.counties:
            yield _not_here(plan, county, program, on)
    yield from (_sure(found, plan, on) for found in _in_force(None, None, program, on))
    for found in _in_force(plan.id, None, program, on):
        told = found.everywhere or len(plan.counties) == 1
        yield _sure(found, plan, on) if told else _somewhere(found, plan, county)


def _in_force(plan: str | None, county: str | None, program: str, on: date) -> Iterator[Offer]:
    versions = load.loaded().offers.get((plan, county, program), ())
    return (found for found in versions if found.basis.period.covers(on))


def _sure(found: Offer, plan: Plan, on: date) -> Offer:
    """The entry itself, or with unknown where it is too old or was never confirmed."""
    if on <= found.basis.review_by and found.basis.status == "verified":
        return found
    return replace(found, offered=Tri.UNKNOWN, why=_reason("old", plan, day=found.basis.checked_on))


def _somewhere(found: Offer, plan: Plan, county: str | None) -> Offer:
    key = "some_county" if county else "some_county_unnamed"
    return replace(found, offered=Tri.UNKNOWN, why=_reason(key, plan, county))


def _not_here(plan: Plan, county: str, program: str, on: date) -> Offer:
    basis = load.county(county).basis
    if on > basis.review_by:
        return Offer(plan.id, county, program, Tri.UNKNOWN, True, _reason("old", plan, day=basis.checked_on), basis)
    return Offer(plan.id, county, program, Tri.NO, True, _reason("not_here", plan, county), basis)


def _reason(key: str, plan: Plan, county: str | None = None, day: date | None = None) -> Text:
    text = load.loaded().reasons[key]

    def said(language: Language) -> str:
        spoken = rules.spoken(day, language) if day else ""
        return text.get(language).format(plan=plan.short_name, county=county or "", day=spoken)

    return Text(said(Language.EN), said(Language.ES))
