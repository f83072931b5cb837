"""Every condition of a rule with its state, its line in dollars and on what it stands, as staff read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from directory import plans
from directory.eligibility import limits, rules
from directory.eligibility.assess import OFFERED, Situation
from directory.eligibility.basis import Basis
from directory.eligibility.conditions import All, AnyOf, Defined, Node
from directory.eligibility.evaluate import Checked, State, Verdict
from directory.eligibility.facts import SIZE, Amount
from directory.model import Language, Tri
from directory.plans.offers import unknown
from directory.text.catalogue import say
from directory.text.verdict import dollars, people, sentence

__all__ = ["Line", "lines"]


@dataclass(frozen=True)
class Line:
    """One line of a rule: a condition, or the head of a group (`state` None); `depth` is how far it stands in.

    `basis` is what the condition itself stands on: its figures, the plan's word, the shared definition, or the rule.
    """

    depth: int
    text: str
    state: State | None = None
    basis: Basis | None = None


def lines(verdict: Verdict, situation: Situation, language: Language) -> tuple[Line, ...]:
    """The rule of that day from top to bottom; empty where none is in force."""
    if verdict.rule is None or not verdict.checked:
        return ()
    return tuple(_Reading(verdict, situation, language).lines(verdict.rule.when, verdict.rule.basis))


class _Reading:
    """One verdict being read aloud."""

    def __init__(self, verdict: Verdict, situation: Situation, language: Language) -> None:
        self._verdict, self._situation, self._language = verdict, situation, language
        self._checked = {item.condition.id: item for item in verdict.checked}

    def lines(self, node: Node, basis: Basis, depth: int = 0, label: str = "", every: bool = True) -> Iterator[Line]:
        """The lines of a part; a group of all inside a group of all needs no head of its own."""
        if isinstance(node, Defined):
            yield from self._shared(node, depth, every)
            return
        if not isinstance(node, All | AnyOf):
            yield self._leaf(self._checked[node.condition], basis, depth)
            return
        inner = depth
        if label or isinstance(node, AnyOf) or not every:
            words = say(f"desk.check.{'all' if isinstance(node, All) else 'any'}", self._language)
            yield Line(depth, f"{label}: {words}" if label else f"{words}:")
            inner = depth + 1
        for part in node.parts:
            yield from self.lines(part, basis, inner, every=isinstance(node, All))

    def _shared(self, node: Defined, depth: int, every: bool) -> Iterator[Line]:
        definition = rules.definitions()[node.definition]
        rule = next(rule for rule in definition.rules if rule.basis.period.covers(self._verdict.on))
        grouped = isinstance(rule.when, All | AnyOf)
        label = definition.label.get(self._language) if grouped else ""
        yield from self.lines(rule.when, rule.basis, depth, label, every)

    def _leaf(self, item: Checked, basis: Basis, depth: int) -> Line:
        if item.condition.test.table is not None:
            return self._income(item, basis, depth)
        if item.condition.fact == OFFERED:
            return self._offer(item, basis, depth)
        return Line(depth, self._words(item), item.state, basis)

    def _words(self, item: Checked) -> str:
        return sentence(item, self._situation.facts, self._language)

    def _income(self, item: Checked, basis: Basis, depth: int) -> Line:
        size = self._situation.facts.get(SIZE)
        table = rules.tables()[item.condition.test.table or ""]
        line = limits.line(table, size, self._verdict.on)
        value = table.on(self._verdict.on)
        told = self._line(line, size.low if isinstance(size, Amount) else 1)
        text = self._words(item)
        if line is None or dollars(line.low) not in text:
            text = f"{text} {told}"
        return Line(depth, text, item.state, value.basis if value else basis)

    def _line(self, line: limits.Line | None, size: float) -> str:
        if line is None:
            return say("desk.check.line.none", self._language)
        key = "exact" if line.exact is not None else "from"
        home = people(max(1, size), self._language)
        return say(f"desk.check.line.{key}", self._language, limit=dollars(line.low), size=home)

    def _offer(self, item: Checked, basis: Basis, depth: int) -> Line:
        plan, county = self._situation.plan, self._situation.county
        program, on, language = self._verdict.program, self._verdict.on, self._language
        offer = plans.offer(plan, county, program, on) if plan else None
        if county and program in self._situation.listed and (not offer or offer.offered is Tri.UNKNOWN):
            return Line(depth, say("desk.check.listed", language, county=county), item.state)
        text = self._words(item)
        if plan is None or item.state is State.UNSURE:
            return Line(depth, text, item.state, basis)
        why = (offer.why if offer else unknown(plans.plan(plan))).get(language)
        return Line(depth, f"{text} {why}", item.state, offer.basis if offer else basis)
