"""What the table of a program must hold, worked out from the data of the rules and not from their evaluator.

A new program, threshold, date or condition is a new demand, and fails `test_complete.py` until its cases are written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import product

from directory.eligibility import implied, rules
from directory.eligibility.basis import Basis
from directory.eligibility.conditions import All, Condition, Defined, Holds, Node, Rule
from directory.eligibility.facts import INCOME, SIZE, Amount
from directory.eligibility.rules import Program, Rules
from directory.eligibility.tables import Table, Value
from tests.eligibility.tables import TODAY, Case

__all__ = ["Demand", "demands", "pivots", "shipped"]

DAY = timedelta(days=1)
MONTHS = {"month": 1, "year": 12}


@dataclass(frozen=True)
class Demand:
    """One sort of case that must stand in a program's table."""

    words: str
    met_by: Callable[[Sequence[Case]], bool]


def _some(words: str, holds: Callable[[Case], bool]) -> Demand:
    return Demand(words, lambda own: any(map(holds, own)))


@cache
def shipped() -> Rules:
    """The rules as they ship, whatever a clinic noted."""
    return rules.load()


def demands(program: Program) -> Iterator[Demand]:
    """All that its table must hold."""
    yield from _days(program)
    for id in dict.fromkeys(id for rule in program.rules for id in _leaves(rule.when, _within(rule))):
        condition = _condition(id)
        if _deferred(condition):
            yield _some(f"{condition.id} named among what others check", _names(condition))
    for id in sorted(pivots(program)):
        condition = _condition(id)
        yield from _by_age(condition)
        yield from _by_income(condition)
        yield from _by_answer(condition)


# The days on which something changes


def _days(program: Program) -> Iterator[Demand]:
    for day in sorted(_candidates(program)):
        if _in_force(program, day) != _in_force(program, day + DAY):
            yield Demand(f"one home on {day}, the last day, and on the day after", lambda own, on=day: _both(own, on))


def _both(own: Sequence[Case], day: date) -> bool:
    last, after = ([case.facts for case in own if case.on == on] for on in (day, day + DAY))
    return any(facts in after for facts in last)


def _candidates(program: Program) -> set[date]:
    days = {program.valid_until, program.review_by}
    bases = [rule.basis for rule in program.rules]
    for rule in program.rules:
        for shared in _defined(rule.when, _within(rule)):
            bases.extend(version.basis for version in shipped().definitions[shared].rules)
    for table in _tables(program):
        bases.extend(value.basis for value in table.values)
    for basis in bases:
        days |= {basis.period.until, basis.review_by, basis.period.start and basis.period.start - DAY}
    return {day for day in days if day is not None}


def _in_force(program: Program, day: date) -> object:
    """What decides on a day: two days with the same are one and the same to every household."""
    rule = program.rule(day)
    if program.valid_until and day > program.valid_until:
        return "ended"
    if rule is None or any(_version(id, day) is None for id in _defined(rule.when, day)):
        return "no rule"
    bases = [rule.basis, *(found.basis for id in _defined(rule.when, day) if (found := _version(id, day)))]
    if day > program.review_by or any(day > basis.review_by for basis in bases):
        return "overdue"
    return (program.rules.index(rule), tuple(_usable(table.on(day), day) for table in _tables(program)))


def _usable(value: Value | None, day: date) -> Basis | None:
    usable = value is not None and value.basis.status != "recalled" and day <= value.basis.review_by
    return value.basis if value is not None and usable else None


def _version(definition: str, day: date) -> Rule | None:
    versions = shipped().definitions[definition].rules
    return next((rule for rule in versions if rule.basis.period.covers(day)), None)


# The conditions


def _within(rule: Rule) -> date:
    """A day on which the rule is in force: today, if it is."""
    period = rule.basis.period
    return TODAY if period.covers(TODAY) else period.start or period.until or TODAY


def _parts(node: Node, day: date) -> tuple[Node, ...]:
    if isinstance(node, Defined):
        found = _version(node.definition, day)
        return (found.when,) if found else ()
    return () if isinstance(node, Holds) else node.parts


def _leaves(node: Node, day: date) -> Iterator[str]:
    if isinstance(node, Holds):
        yield node.condition
    for part in _parts(node, day):
        yield from _leaves(part, day)


def _defined(node: Node, day: date) -> Iterator[str]:
    if isinstance(node, Defined):
        yield node.definition
    for part in _parts(node, day):
        yield from _defined(part, day)


def _tables(program: Program) -> list[Table]:
    asked = (_condition(id) for rule in program.rules for id in _leaves(rule.when, _within(rule)))
    names = {item.test.table for item in asked if item.test.table and item.ask}
    return [shipped().tables[name] for name in sorted(names)]


def _condition(id: str) -> Condition:
    return shipped().conditions[id]


def _deferred(condition: Condition) -> bool:
    """Whether others check it: it is taken for true, and named."""
    return condition.answered_by != "directory" and (condition.answered_by != "patient" or not condition.ask)


def pivots(program: Program) -> frozenset[str]:
    """The conditions that can decide something, with what others check taken for true.

    Each of these sets of conditions is enough, and none holds another: a condition in none of them changes nothing.
    """
    enough = (some for rule in program.rules for some in _enough(rule.when, _within(rule)))
    return frozenset().union(*enough)


def _enough(node: Node, day: date) -> set[frozenset[str]]:
    if isinstance(node, Holds):
        return {frozenset() if _deferred(_condition(node.condition)) else frozenset({node.condition})}
    each = [_enough(part, day) for part in _parts(node, day)]
    joined = (
        {frozenset().union(*some) for some in product(*each)} if isinstance(node, All | Defined) else set.union(*each)
    )
    return {some for some in joined if not any(other < some for other in joined)}


def _names(condition: Condition) -> Callable[[Case], bool]:
    return lambda case: case.others is not None and condition.id in case.others


def _by_answer(condition: Condition) -> Iterator[Demand]:
    """Once unknown, with all else decided; once false, where that is what decides."""
    yield _some(f"{condition.id} unknown and all else in favor", lambda case: _unknown(case, condition))
    yield _some(
        f"{condition.id} false, and so probably not",
        lambda case: case.outcome == "probably_not" and condition.id in (case.reasons or ()),
    )


def _unknown(case: Case, condition: Condition) -> bool:
    if condition.fact in case.facts or case.outcome != "cannot_tell" or case.because:
        return False
    if condition.answered_by == "directory":
        return case.missing == frozenset() and case.reasons == {condition.id}
    return condition.fact in case.missing and case.missing <= _linked(condition.fact) | {SIZE}


@cache
def _linked(fact: str) -> frozenset[str]:
    """The fact and what hangs together with it: from one of them another follows."""
    found = {fact}
    for item in implied.load():
        if fact in (item.fact, *item.then):
            found |= {item.fact, *item.then}
    return frozenset(found)


# The lines


def _by_age(condition: Condition) -> Iterator[Demand]:
    bound, kind = condition.test.value, condition.test.kind
    if kind not in ("at_least", "at_most") or condition.test.table or not isinstance(bound, int | float):
        return
    for number in (bound, bound - 1 if kind == "at_least" else bound + 1):
        yield _some(f"{condition.fact} of exactly {number:g}", lambda case, n=number: _exact(case, condition.fact) == n)


def _by_income(condition: Condition) -> Iterator[Demand]:
    if condition.test.table is None:
        return
    for words, low, high, outcome in (
        ("clearly under the line", 0.0, 0.9, "may_qualify"),
        ("clearly over the line", 1.1, 9.9, "probably_not"),
        ("just under the line", 0.95, 1.0, "cannot_tell"),
        ("just over the line", 1.0, 1.05, "cannot_tell"),
    ):
        yield _some(
            f"an income {words} of {condition.test.table}: {outcome}",
            lambda case, a=low, b=high, wanted=outcome: (
                case.outcome == wanted and (place := _place(case, condition)) is not None and a <= place <= b
            ),
        )
    for words, outcome in (("under", "may_qualify"), ("over", "probably_not")):
        yield _some(
            f"'{words} the line' as an answer to {condition.id}: {outcome}",
            lambda case, wanted=outcome: case.outcome == wanted and isinstance(_ranged(case), Amount),
        )


def _exact(case: Case, fact: str) -> float | None:
    amount = case.facts.get(fact)
    return amount.exact if isinstance(amount, Amount) else None


def _ranged(case: Case) -> Amount | None:
    amount = case.facts.get(INCOME)
    return amount if isinstance(amount, Amount) and amount.exact is None else None


def _place(case: Case, condition: Condition) -> float | None:
    """The income as a share of the line of the home."""
    table = shipped().tables[condition.test.table or ""]
    value, size, income = table.on(case.on), _exact(case, SIZE), _exact(case, INCOME)
    if value is None or size is None or income is None or size not in value.by_size:
        return None
    return income * MONTHS[table.per] / value.by_size[int(size)]
