"""How plans, county offices and rides read on a screen, and what programs get of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from directory import plans
from directory.commands.telling import wrapped
from directory.eligibility import rules
from directory.eligibility.basis import Basis
from directory.model import Language, Tri
from directory.plans.offers import unknown
from directory.plans.rides import RIDES, advice, notice
from directory.text import offices as office_words
from directory.text import ride as ride_words

__all__ = ["offices_json", "offices_text", "plans_json", "plans_text", "ride_json", "ride_text"]

_UNSURE = "not checked, or call the number on your card"
_EN, _ES = Language.EN, Language.ES


def plans_text(found: Sequence[plans.Meaning], county: str | None, on: date, *, whole: bool) -> str:
    """Each plan in a few lines; with `whole` every support on a line of its own with its reason."""
    if county is None and not whole:
        short = (line for meaning in found for line in _short(meaning.plan, on))
        return "\n".join([*short, "More of one: puente plans --plan ID"])
    blocks = ["\n".join(_folded(_plan(meaning, county, on, whole))) for meaning in found]
    return "\n\n".join([*_heading(county), *blocks])


def _folded(lines: Iterable[str]) -> Iterator[str]:
    """The lines on 80 columns; what runs on stands two further in than its line begins."""
    for line in lines:
        indent = line[: len(line) - len(line.lstrip())]
        yield from wrapped(line.strip(), indent, f"{indent}  ")


def _short(plan: plans.Plan, on: date) -> list[str]:
    where = plan.counties[0] if len(plan.counties) == 1 else f"{len(plan.counties)} counties"
    told = f"{plan.name} ({where}): {_phone(plan.phone, plan.phone_stands(on))}"
    return wrapped(told, f"{plan.id:20} ", " " * 21)


def _heading(county: str | None) -> Iterator[str]:
    if county is not None:
        known = plans.county(county)
        yield "\n".join(wrapped(f"Medi-Cal in {county} County: {known.model}. {_dates(known.basis)}"))


def _plan(meaning: plans.Meaning, county: str | None, on: date, whole: bool) -> Iterator[str]:
    plan = meaning.plan
    yield f"{plan.name}  [{plan.id}]"
    if meaning.why:
        yield f"  {meaning.why.en}"
    if county is None:
        yield f"  Counties: {', '.join(plan.counties)}"
    yield f"  Members call: {_phone(plan.phone, plan.phone_stands(on))}"
    if plan.local_phone:
        yield f"  Local number: {_phone(plan.local_phone, plan.phone_stands(on))}"
    yield from _rides(plan, on)
    if county is not None and county not in plan.counties:
        yield from _not_here(plan, county, on)
    else:
        yield from _supports(plan, county, on) if whole else _summary(plan, county, on)
    if plan.note:
        yield f"  Note: {plan.note}"
    yield f"  Phone checked {plan.checked_on}, look again by {plan.review_by} ({plan.source})."


def _not_here(plan: plans.Plan, county: str, on: date) -> Iterator[str]:
    others = ", ".join(other.short_name for other in plans.plans_in(county))
    yield f"  {plan.short_name} does not serve {county} County, as far as we know. Plans there: {others}."
    yield f"  {office_words.told(plans.office(county, 'plan_choice'), _EN, on)}"


def _rides(plan: plans.Plan, on: date) -> Iterator[str]:
    if plan.ride_line:
        yield f"  Rides call: {_phone(plan.ride_line, plan.ride_line_stands(on))}"
    yield f"  Rides: {advice(plan).en}{_of_rides(plan, on)}"
    car, van = (notice(plan, kind, on)[0] for kind in RIDES)
    yield f"  The ride clock counts {car} work days for a car or bus, {van} for a wheelchair or gurney van."


def _of_rides(plan: plans.Plan, on: date) -> str:
    """What is to be known of a ride rule that is not the plan's own, or not to be relied on that day."""
    if plan.ride_notice is None:
        return " (the plan's own rule is not known)"
    if plan.ride_rule_stands(on):
        return ""
    seen = f"last checked {plan.ride_checked_on}" if plan.ride_verified else "not confirmed"
    return f" (the plan's own rule, {seen}; it may have changed)"


def _phone(phone: str, verified: bool) -> str:
    return phone if verified else f"{phone} ({_UNSURE})"


def _summary(plan: plans.Plan, county: str | None, on: date) -> Iterator[str]:
    offers = list(_offers(plan, county, on))
    by_answer = {answer: [rules.program(id).short.en for id, found, _ in offers if found is answer] for answer in Tri}
    said = ((Tri.YES, "Known to give here"), (Tri.NO, "Does not give here"), (Tri.UNKNOWN, "Not known, so ask"))
    for answer, words in said:
        if by_answer[answer]:
            yield f"  {words}: {'; '.join(by_answer[answer])}"


def _supports(plan: plans.Plan, county: str | None, on: date) -> Iterator[str]:
    yield "  Supports:"
    for id, answer, offer in _offers(plan, county, on):
        why = (offer.why if offer else unknown(plan)).en
        dates = f" {_dates(offer.basis)}" if offer else ""
        yield f"    {answer.value:8}{rules.program(id).short.en} [{id}]: {why}{dates}"


def _offers(plan: plans.Plan, county: str | None, on: date) -> Iterator[tuple[str, Tri, plans.Offer | None]]:
    for id, program in rules.programs().items():
        if program.plan_benefit:
            offer = plans.offer(plan.id, county, id, on)
            yield id, offer.offered if offer else Tri.UNKNOWN, offer


def _dates(basis: Basis) -> str:
    return f"({basis.status} {basis.checked_on}, look again by {basis.review_by}, {', '.join(basis.sources)})"


def plans_json(found: Iterable[plans.Meaning], county: str | None, on: date) -> list[dict[str, object]]:
    """The same for programs."""
    return [_plan_json(meaning, county, on) for meaning in found]


def _plan_json(meaning: plans.Meaning, county: str | None, on: date) -> dict[str, object]:
    plan = meaning.plan
    return {
        "plan": plan.id,
        "name": plan.name,
        "county": county,
        "model": plans.county(county).model if county else None,
        "serves": None if county is None else county in plan.counties,
        "why": _twin(meaning.why),
        "counties": list(plan.counties),
        "phone": plan.phone,
        "phone_verified": plan.phone_stands(on),
        "local_phone": plan.local_phone,
        "ride_line": plan.ride_line,
        "ride_line_verified": plan.ride_line_stands(on),
        "ride_notice": _twin(advice(plan)),
        "ride_notice_known": plan.ride_notice is not None and plan.ride_rule_stands(on),
        "gives": {
            id: {
                "offered": answer.value,
                "why": _twin(offer.why if offer else unknown(plan)),
                **(_basis_json(offer.basis) if offer else {}),
            }
            for id, answer, offer in _offers(plan, county, on)
        },
        "note": plan.note,
        "checked_on": plan.checked_on.isoformat(),
        "review_by": plan.review_by.isoformat(),
        "source": plan.source,
    }


def _twin(text: rules.Text | None) -> dict[str, str] | None:
    return {"en": text.en, "es": text.es} if text else None


def _basis_json(basis: Basis) -> dict[str, object]:
    return {
        "status": basis.status,
        "checked_on": basis.checked_on.isoformat(),
        "review_by": basis.review_by.isoformat(),
        "sources": list(basis.sources),
    }


def offices_text(found: Iterable[plans.Office], county: str, language: Language, on: date) -> str:
    """Each office: its kind, the sentence a patient is told, and how we know."""
    lines = [f"Who to call in {county} County:"]
    for office in found:
        local = plans.kinds()[office.kind].local and office.county is None
        unknown_own = "The county's own number is not known yet. " if local else ""
        checked = f"Checked {office.checked_on}, look again by {office.review_by} ({office.source})."
        lines += ["", f"{office.label.get(language)}  [{office.kind}]"]
        lines += _folded([f"  {office_words.told(office, language, on)}", f"  {unknown_own}{checked}"])
    return "\n".join(lines)


def offices_json(found: Iterable[plans.Office], county: str, on: date) -> list[dict[str, object]]:
    """The same for programs; `own` says whether it is the county's own office."""
    return [
        {
            "kind": office.kind,
            "label": _twin(office.label),
            "county": county,
            "own": office.county is not None,
            "name": {"en": office.name_en, "es": office.name_es},
            "phone": office.phone,
            "verified": office.stands(on),
            "ask": {"en": office.what_to_ask_en, "es": office.what_to_ask_es},
            "checked_on": office.checked_on.isoformat(),
            "review_by": office.review_by.isoformat(),
            "source": office.source,
        }
        for office in found
    ]


def ride_text(clock: plans.RideClock, language: Language) -> str:
    """What a patient is told, then what staff want to know."""
    return "\n".join(_folded([*ride_words.told(clock, language, for_staff=True), f"The days: {_dates(clock.basis)}"]))


def ride_json(clock: plans.RideClock) -> dict[str, object]:
    """The same for programs."""
    return {
        "plan": clock.plan.id if clock.plan else None,
        "kind": clock.kind,
        "visit": clock.visit.isoformat(),
        "today": clock.today.isoformat(),
        "days": clock.days,
        "last_day": clock.last_day.isoformat(),
        "known": clock.known,
        "too_late": clock.too_late,
        "needs_form": clock.needs_form,
        "signers": _twin(clock.form.signers) if clock.form else None,
        "phone": clock.phone,
        "phone_is_ride_line": clock.phone_is_ride_line,
        "phone_verified": clock.phone_verified,
        "call_again": clock.call_again.isoformat() if clock.call_again else None,
        "holidays": [day.isoformat() for day in clock.holidays],
        "say": {language.value: list(ride_words.told(clock, language)) for language in (_EN, _ES)},
        **_basis_json(clock.basis),
    }
