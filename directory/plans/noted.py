"""Lays a clinic's notes over plans, counties, offices and offers; one that finds no place is told, never fatal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache, partial
from pathlib import Path

from directory.eligibility import rules
from directory.eligibility.days import spoken
from directory.eligibility.strict import Text, read
from directory.errors import RulesError
from directory.model import Language, Tri
from directory.overlay.basis import attempt, known, local_basis, renewed
from directory.overlay.known_days import known_end
from directory.overlay.reading import in_order
from directory.overlay.shapes import (
    EVERYWHERE,
    STATEWIDE,
    Note,
    OfferChange,
    OfficeChange,
    PlanChange,
    Target,
    review_day,
)
from directory.overlay.versions import looked_at, placed
from directory.plans.cells import Card, Cell, Directory, Offer, Plan

__all__ = ["onto_plans"]

_FILE = Path(__file__).with_name("noted.yml")
_SENTENCES = ("gives", "gives_not", "gives_there", "gives_not_there")


def onto_plans(shipped: Directory, notes: Iterable[Note]) -> tuple[Directory, tuple[str, ...]]:
    """The plans with the notes laid over them, the oldest first; and a sentence for each that finds no place."""
    listed = in_order(notes)
    if not listed:
        return shipped, ()
    bench = _Bench(shipped)
    for note in listed:
        bench.lay(note)
    return bench.directory(), tuple(bench.warnings)


class _Bench:
    """What notes can change, while they are laid over it."""

    def __init__(self, shipped: Directory) -> None:
        self._shipped = shipped
        self.plans, self.counties = dict(shipped.plans), dict(shipped.counties)
        self.kinds, self.cells = dict(shipped.kinds), dict(shipped.cells)
        self.offers = dict(shipped.offers)
        self.cards = {card.id: card for card in shipped.cards}
        self.defaults, self.forms = dict(shipped.ride_defaults), dict(shipped.ride_forms)
        self.warnings: list[str] = []

    def directory(self) -> Directory:
        """What came of it."""
        return replace(
            self._shipped,
            plans=self.plans,
            counties=self.counties,
            kinds=self.kinds,
            cells=self.cells,
            offers=self.offers,
            cards=tuple(self.cards.values()),
            ride_defaults=self.defaults,
            ride_forms=self.forms,
        )

    def lay(self, note: Note) -> None:
        """Lays one note."""
        for target in note.checked:
            attempt(note, partial(self._check, note, target), self.warnings)
        if note.changed:
            attempt(note, partial(self._change, note), self.warnings)

    def _check(self, note: Note, target: Target) -> None:
        if target.kind in ("phone", "ride") and target.id != EVERYWHERE:
            plan = known(self.plans, target.id, "plan")
            self.plans[target.id] = (_checked_phone if target.kind == "phone" else _checked_ride)(plan, note)
        elif target.kind == "ride":
            days = known(self.defaults, target.part or "", "kind of ride")
            self.defaults[str(target.part)] = replace(days, basis=renewed(days.basis, note))
        elif target.kind == "form":
            form = known(self.forms, target.id, "paper for a ride")
            self.forms[target.id] = replace(form, basis=renewed(form.basis, note))
        elif target.kind == "card":
            card: Card = known(self.cards, target.id, "card")
            self.cards[target.id] = replace(card, basis=renewed(card.basis, note))
        elif target.kind == "county":
            county = known(self.counties, target.id, "county")
            self.counties[target.id] = replace(county, basis=renewed(county.basis, note))
        elif target.kind == "office":
            self._check_office(note, target.id, target.part or "")
        elif target.kind == "offer":
            self._check_offer(note, target)

    def _check_office(self, note: Note, county: str, kind: str) -> None:
        office = known(self.kinds, kind, "kind of office")
        if county == STATEWIDE:
            self.kinds[kind] = replace(office, statewide=_checked_cell(office.statewide, note))
        elif cell := self.cells.get((county, kind)):
            self.cells[county, kind] = _checked_cell(cell, note)
        else:
            raise RulesError(f"no office of kind '{kind}' is known in '{county}'")

    def _check_offer(self, note: Note, target: Target) -> None:
        key = (None if target.id == EVERYWHERE else target.id, target.place, target.part or "")
        if key not in self.offers:
            raise RulesError(f"nothing is known of '{target}'; note whether it is offered instead")
        self.offers[key] = looked_at(self.offers[key], note, target, _end(target.part or "", note))

    def _change(self, note: Note) -> None:
        change = note.changed
        if isinstance(change, PlanChange):
            plan = known(self.plans, change.plan, "plan")
            self.plans[change.plan] = _changed_rides(_changed_phone(plan, note, change), note, change)
        elif isinstance(change, OfficeChange):
            known(self.counties, change.county, "county")
            known(self.kinds, change.kind, "kind of office")
            review = review_day(note.on, None)
            cell = Cell(change.name, change.phone, True, note.on, review, note.source_id)
            self.cells[change.county, change.kind] = cell
        elif isinstance(change, OfferChange):
            self._change_offer(note, change)

    def _change_offer(self, note: Note, change: OfferChange) -> None:
        plan = known(self.plans, change.plan, "plan")
        if not known(rules.programs(), change.program, "program").plan_benefit:
            raise RulesError(f"'{change.program}' is nothing that plans give")
        if change.county:
            known(self.counties, change.county, "county")
        for county in (change.county,) if change.county else (None, *plan.counties):
            offer = _offer(note, change, plan, county)
            key = (plan.id, county, change.program)
            self.offers[key] = placed(self.offers.get(key, ()), offer)


def _checked_phone(plan: Plan, note: Note) -> Plan:
    if note.on < plan.checked_on:
        return plan
    review = review_day(note.on, None)
    return replace(plan, phone_verified=True, source=note.source_id, checked_on=note.on, review_by=review)


def _checked_ride(plan: Plan, note: Note) -> Plan:
    if not plan.knows_rides:
        raise RulesError(f"no ride line and no ride rule of plan '{plan.id}' is known; note them instead")
    if plan.ride_checked_on and note.on < plan.ride_checked_on:
        return plan
    return replace(_looked_at_rides(plan, note), ride_line_verified=plan.ride_line is not None, ride_verified=True)


def _looked_at_rides(plan: Plan, note: Note) -> Plan:
    review = review_day(note.on, None)
    return replace(plan, ride_source=note.source_id, ride_checked_on=note.on, ride_review_by=review)


def _changed_phone(plan: Plan, note: Note, change: PlanChange) -> Plan:
    if change.phone is None:
        return plan
    review = review_day(note.on, None)
    dated = replace(plan, source=note.source_id, checked_on=note.on, review_by=review)
    return replace(dated, phone=change.phone, phone_verified=True)


def _changed_rides(plan: Plan, note: Note, change: PlanChange) -> Plan:
    """Line and days share one day of review: where both stood and only one was looked at, the earlier day stays."""
    days = change.ride_days or change.nemt_days or change.ride_notice
    if not days and change.ride_line is None:
        return plan
    dated = _looked_at_rides(plan, note)
    if plan.ride_review_by and plan.ride_verified and not (days and change.ride_line):
        dated = replace(dated, ride_review_by=min(plan.ride_review_by, review_day(note.on, None)))
    return replace(
        dated,
        ride_line=change.ride_line or plan.ride_line,
        ride_line_verified=plan.ride_line_verified if change.ride_line is None else True,
        ride_days=change.ride_days or plan.ride_days,
        nemt_days=change.nemt_days or plan.nemt_days,
        ride_notice=change.ride_notice or plan.ride_notice,
        ride_verified=plan.ride_verified or bool(days),
    )


def _checked_cell(cell: Cell, note: Note) -> Cell:
    if note.on < cell.checked_on:
        return cell
    review = review_day(note.on, None)
    return replace(cell, verified=True, checked_on=note.on, review_by=review, source=note.source_id)


def _end(program: str, note: Note) -> date | None:
    known_program = rules.programs().get(program)
    return known_end(program, known_program.valid_until, note.on) if known_program else None


def _offer(note: Note, change: OfferChange, plan: Plan, county: str | None) -> Offer:
    basis = local_basis(note, change.period, _end(change.program, note))
    offered = Tri.YES if change.offered else Tri.NO
    return Offer(plan.id, county, change.program, offered, True, _why(note, change, plan), basis)


def _why(note: Note, change: OfferChange, plan: Plan) -> Text:
    key = ("gives" if change.offered else "gives_not") + ("_there" if change.county else "")
    text = _sentences()[key]

    def said(language: Language) -> str:
        day = spoken(note.on, language)
        return text.get(language).format(plan=plan.short_name, county=change.county or "", day=day)

    return Text(said(Language.EN), said(Language.ES))


@cache
def _sentences() -> dict[str, Text]:
    return {key: entry.twin() for key, entry in read(_FILE).fields(_SENTENCES).items()}
