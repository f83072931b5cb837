"""A dated value in a person's words: what it is called, what it says, and how people are told of it on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from directory.eligibility.program import Program
from directory.eligibility.strict import Text
from directory.eligibility.tables import Value
from directory.errors import RulesError
from directory.model import Language, Tri
from directory.overlay.shapes import EVERYWHERE, STATEWIDE, Target
from directory.plans.cells import Office, Plan
from directory.text import offices as office_words
from directory.text.catalogue import say
from directory.text.day import day_text
from directory.upkeep.known import Known
from directory.upkeep.trees import tree_lines

__all__ = ["as_told", "title", "value_lines"]

_T = TypeVar("_T")


def title(target: Target, known: Known, language: Language) -> str:
    """What a value is called: "CalFresh: who may get it"; RulesError where it names nothing."""
    name = _NAMES[target.kind](target, known, language)
    what = f"rule.{target.part}" if target.kind == "rule" and target.part else target.kind
    if target.kind == "side":
        what = f"side.{target.part}"
    if target.kind == "ride" and target.id == EVERYWHERE:
        what = "ride.all"
    said = say(f"desk.rules.kind.{what}", language, name=name)
    if target.version:
        return say("desk.rules.kind.from", language, what=said, day=day_text(target.version, language))
    return said


def value_lines(target: Target, known: Known, on: date, language: Language) -> tuple[str, ...]:
    """What it says now, line by line; nothing where nothing is known."""
    return tuple(_LINES[target.kind](target, known, target.version or on, language))


def as_told(target: Target, known: Known, on: date, language: Language) -> tuple[str, ...]:
    """What it says, and with which hedge people are told of it that day: the two sides of a read-back."""
    hedge = _hedge(target, known, target.version or on, language)
    return (
        *value_lines(target, known, on, language),
        *([say("desk.rules.hedge", language, hedge=hedge)] if hedge else []),
    )


def _hedge(target: Target, known: Known, on: date, language: Language) -> str | None:
    if target.kind in ("program", "rule", "side"):
        return _program_hedge(target, known.rules.programs[target.id], on, language)
    if target.kind == "phone" and not known.plans.plans[target.id].phone_stands(on):
        return say("desk.check.phone.unsure", language, phone=known.plans.plans[target.id].phone)
    if target.kind == "line":
        line = known.rules.programs[target.id].known_line
        return (
            None if line is None or line.stands(on) else say("desk.check.phone.unchecked", language, phone=line.phone)
        )
    return None


def _program_hedge(target: Target, program: Program, on: date, language: Language) -> str | None:
    basis = program.basis
    if target.kind == "side" and (side := program.sides.get(target.part or "")):
        basis = side.basis
    if target.kind == "rule" and (rule := program.rule(on)) and not target.part:
        basis = rule.basis
    doubt = basis.doubt(on)
    return program.hedge_for(doubt).get(language) if doubt else None


# Names


def _program_name(target: Target, known: Known, language: Language) -> str:
    return _known(known.rules.programs, target).short.get(language)


def _plan_name(target: Target, known: Known, _: Language) -> str:
    return target.part or "" if target.id == EVERYWHERE else _known(known.plans.plans, target).name


def _office_name(target: Target, known: Known, language: Language) -> str:
    kind = known.plans.kinds.get(target.part or "")
    if kind is None or not (target.id == STATEWIDE or target.id in known.plans.counties):
        raise _nothing(target)
    where = say("desk.rules.statewide", language) if target.id == STATEWIDE else target.id
    return f"{where}: {kind.label.get(language)}"


def _offer_name(target: Target, known: Known, language: Language) -> str:
    program = known.rules.programs.get(target.part or "")
    plan = known.plans.plans.get(target.id)
    if program is None or not (plan or target.id == EVERYWHERE):
        raise _nothing(target)
    who = plan.short_name if plan else say("desk.rules.every_plan", language)
    return (
        f"{who}, {target.place}: {program.short.get(language)}"
        if target.place
        else f"{who}: {program.short.get(language)}"
    )


def _card_name(target: Target, known: Known, _: Language) -> str:
    card = next((card for card in known.plans.cards if card.id == target.id), None)
    if card is None:
        raise _nothing(target)
    return known.plans.plans[card.shows].short_name


def _nothing(target: Target) -> RulesError:
    return RulesError(f"Nothing here is called '{target}'. Look it up in the list of rules.")


def _known(among: Mapping[str, _T], target: Target) -> _T:
    try:
        return among[target.id]
    except KeyError:
        raise _nothing(target) from None


_NAMES: Mapping[str, Callable[[Target, Known, Language], str]] = {
    "program": _program_name,
    "rule": _program_name,
    "line": _program_name,
    "side": _program_name,
    "definition": lambda target, known, language: _known(known.rules.definitions, target).label.get(language),
    "condition": lambda target, known, language: _known(known.rules.conditions, target).question.get(language),
    "table": lambda target, known, language: _known(known.rules.tables, target).title.get(language),
    "guide": lambda target, known, language: _known(known.guides, target).title.get(language),
    "phone": _plan_name,
    "ride": _plan_name,
    "form": lambda target, known, language: _known(known.plans.ride_forms, target).name.get(language),
    "card": _card_name,
    "county": lambda target, known, _: _known(known.plans.counties, target).name,
    "office": _office_name,
    "offer": _offer_name,
}


# What they say


def _program(target: Target, known: Known, _: date, language: Language) -> Iterator[str]:
    program = known.rules.programs[target.id]
    yield program.what.get(language)
    yield program.how_long.get(language)
    yield program.who_decides.get(language)
    end = program.valid_until
    yield say("desk.rules.ends", language, day=day_text(end, language)) if end else say("desk.rules.no_end", language)


def _rule(target: Target, known: Known, on: date, language: Language) -> Iterator[str]:
    program = known.rules.programs[target.id]
    versions = program.expedited if target.part else program.rules
    for rule in versions:
        if rule.basis.period.covers(on):
            yield from tree_lines(rule.when, known.rules, on, language)


def _definition(target: Target, known: Known, on: date, language: Language) -> Iterator[str]:
    for rule in known.rules.definitions[target.id].rules:
        if rule.basis.period.covers(on):
            yield from tree_lines(rule.when, known.rules, on, language)


def _table(target: Target, known: Known, on: date, language: Language) -> Iterator[str]:
    table = known.rules.tables[target.id]
    value = table.on(on) or (table.values[-1] if table.values else None)
    if value is not None:
        yield from _figures(value, language)


def _figures(value: Value, language: Language) -> Iterator[str]:
    for size, figure in value.by_size.items():
        yield say("desk.rules.figure", language, count=size, figure=f"${figure:,.0f}")
    if value.each_extra is not None:
        yield say("desk.rules.each_extra", language, figure=f"${value.each_extra:,.0f}")
    if value.percent is not None:
        yield say("desk.rules.percent", language, percent=f"{value.percent:g}")
    if (end := value.basis.period.until) is not None:
        yield say("desk.rules.counts_until", language, day=day_text(end, language))


def _guide(target: Target, known: Known, _: date, language: Language) -> Iterator[str]:
    guide = known.guides[target.id]
    yield guide.what.get(language)
    yield from _listed(guide.today, language)


def _phone(target: Target, known: Known, _: date, language: Language) -> Iterator[str]:
    plan = known.plans.plans[target.id]
    yield say("desk.rules.members_call", language, phone=plan.phone)
    if plan.local_phone:
        yield say("desk.rules.local", language, phone=plan.local_phone)


def _ride(target: Target, known: Known, _: date, language: Language) -> Iterator[str]:
    if target.id == EVERYWHERE:
        default = known.plans.ride_defaults.get(target.part or "")
        if default is None:
            raise _nothing(target)
        yield say("desk.rules.days", language, count=default.days)
        return
    yield from _plan_rides(known.plans.plans[target.id], known.plans.ride_notice, language)


def _plan_rides(plan: Plan, usual: Text, language: Language) -> Iterator[str]:
    if plan.ride_line:
        yield say("desk.rules.rides_call", language, phone=plan.ride_line)
    yield (plan.ride_notice or usual).get(language)
    if plan.ride_days:
        yield say("desk.rules.days.car", language, count=plan.ride_days)
    if plan.nemt_days:
        yield say("desk.rules.days.van", language, count=plan.nemt_days)


def _form(target: Target, known: Known, _: date, language: Language) -> Iterator[str]:
    yield known.plans.ride_forms[target.id].signers.get(language)


def _card(target: Target, known: Known, _: date, language: Language) -> Iterator[str]:
    yield from (card.why.get(language) for card in known.plans.cards if card.id == target.id)


def _county(target: Target, known: Known, _: date, language: Language) -> Iterator[str]:
    names = ", ".join(known.plans.plans[id].name for id in known.plans.counties[target.id].plans)
    yield say("desk.rules.serves", language, plans=names)


def _office(target: Target, known: Known, on: date, language: Language) -> Iterator[str]:
    yield office_words.told(_the_office(target, known), language, on)


def _the_office(target: Target, known: Known) -> Office:
    """The office as people of that county are sent to it; of all counties, as in one that has none of its own."""
    plans, kind = known.plans, target.part or ""
    if target.id != STATEWIDE:
        return plans.office(target.id, kind, plans.kinds[kind].about)
    without = next(name for name in plans.counties if (name, kind) not in plans.cells)
    return plans.office(without, kind, plans.kinds[kind].about)


def _offer(target: Target, known: Known, on: date, language: Language) -> Iterator[str]:
    key = (None if target.id == EVERYWHERE else target.id, target.place, target.part or "")
    for offer in known.plans.offers.get(key, ()):
        if offer.basis.period.covers(on):
            given = {Tri.YES: "given", Tri.NO: "not_given", Tri.UNKNOWN: "unknown"}[offer.offered]
            yield f"{say(f'desk.rules.offer.{given}', language)} {offer.why.get(language)}"


def _listed(texts: object, language: Language) -> Sequence[str]:
    return tuple(getattr(texts, language.value))


def _line(target: Target, known: Known, _: date, language: Language) -> Iterator[str]:
    if line := known.rules.programs[target.id].known_line:
        yield say("desk.rules.line", language, phone=line.phone)


def _side(target: Target, known: Known, _: date, language: Language) -> Iterator[str]:
    if side := known.rules.programs[target.id].sides.get(target.part or ""):
        yield side.text.get(language)


_LINES: Mapping[str, Callable[[Target, Known, date, Language], Iterator[str]]] = {
    "program": _program,
    "rule": _rule,
    "line": _line,
    "side": _side,
    "definition": _definition,
    "condition": lambda target, known, _, language: iter([known.rules.conditions[target.id].question.get(language)]),
    "table": _table,
    "guide": _guide,
    "phone": _phone,
    "ride": _ride,
    "form": _form,
    "card": _card,
    "county": _county,
    "office": _office,
    "offer": _offer,
}
