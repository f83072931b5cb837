"""Yes, no or unknown: what the rules of a day say of one household, and which facts could still change it.

Three-valued logic over the trees of the programs. What only others can know (a doctor, a plan, a county) is set aside
and taken for true; the verdict names who checks it. What only a list can know and nobody has looked up stays unknown.
A figure that is unverified, overdue or within `NEAR` of what a person has decides nothing: caution is on their side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property

from directory.eligibility import implied, limits, rules
from directory.eligibility.conditions import All, AnyOf, Condition, Defined, Holds, Node, Rule
from directory.eligibility.facts import INCOME, SIZE, UNSURE, Amount, Fact, Facts
from directory.eligibility.rules import Program, Rules

__all__ = ["Because", "Checked", "Household", "Outcome", "State", "Verdict", "evaluate"]


class Outcome(str, Enum):
    """What may be said: never more than `may_qualify`, for somebody else decides."""

    MAY_QUALIFY = "may_qualify"
    PROBABLY_NOT = "probably_not"
    CANNOT_TELL = "cannot_tell"


class Because(str, Enum):
    """Why no more than `cannot_tell` is said that day, whatever the person says."""

    NO_RULE = "no_rule"
    ENDED = "ended"
    OVERDUE = "overdue"


class State(str, Enum):
    """What is known of one condition."""

    YES = "yes"
    NO = "no"
    OPEN = "open"
    """Nobody asked the person yet."""
    UNSURE = "unsure"
    """The person does not know or did not want to say."""
    DEFERRED = "deferred"
    """Others check it; taken for true."""
    UNSETTLED = "unsettled"
    """To be looked up, and not known: does the plan offer it, is the list open."""
    NEAR = "near"
    """The income is too close to the line."""
    NO_FIGURE = "no_figure"
    """No verified, current figure is known for that day."""


_TRUE = frozenset({State.YES, State.DEFERRED})

_Key = str | tuple[str, str]
"""A condition; with the program where the answer hangs on it, as whether the plan offers it."""


@dataclass(frozen=True)
class _Group:
    every: bool
    parts: tuple[_Tree, ...]


_Tree = _Key | _Group


@dataclass(frozen=True)
class Checked:
    """One condition of a rule and what is known of it; `limit` is the line in dollars a month, where it has one."""

    condition: Condition
    state: State
    limit: float | None = None


@dataclass(frozen=True)
class Verdict:
    """What the rules in force on a day say of one program for one household."""

    program: str
    outcome: Outcome
    on: date
    because: Because | None
    rule: Rule | None
    _tree: _Tree | None
    _household: Household

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The facts that the person could give and that can still change the outcome, most deciding first."""
        return tuple(sorted(self.weights, key=lambda fact: -self.weights[fact]))

    @property
    def expedited(self) -> bool:
        """Whether what was said is enough for the fast way in."""
        return self._household.expedited(self.program)

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """How much of the outcome hangs on each missing fact."""
        if self.outcome is not Outcome.CANNOT_TELL or self.because or self._tree is None:
            return {}
        found: dict[str, float] = {}
        for fact, weight in self._household.open_facts(self._tree, 1.0):
            # A fact that stands in several places counts for the place where most hangs on it.
            found[fact] = max(found.get(fact, 0.0), weight)
        return found

    @cached_property
    def worth_asking(self) -> tuple[str, ...]:
        """Of `missing`, what is worth a question: all of it while "may qualify" is within reach, else what says no."""
        if self._tree is None or not self.missing or self._household.within_reach(self._tree):
            return self.missing
        single = set(self._household.single(self._tree))
        return tuple(fact for fact in self.missing if fact in single)

    @cached_property
    def checked(self) -> tuple[Checked, ...]:
        """Every condition of the rule, each once, in the rule's order."""
        return tuple(self._household.checked(key) for key in dict.fromkeys(_leaves(self._tree)))

    @cached_property
    def reasons(self) -> tuple[Checked, ...]:
        """The conditions that make the outcome what it is; of what is not decided, those that hold it up."""
        return tuple(self._household.checked(key) for key in dict.fromkeys(self._household.support(self._tree)))

    def checked_by_others(self) -> tuple[Checked, ...]:
        """What somebody else checks before it counts."""
        return tuple(item for item in self.checked if item.state is State.DEFERRED)


class Household:
    """The facts of one household on one day; each condition is judged once for all programs."""

    def __init__(self, facts: Facts, on: date, *, known: Rules | None = None) -> None:
        self.facts: Mapping[str, Fact] = implied.with_what_follows(facts)
        self.on = on
        self._known = known or rules.everything()
        self._truth = _Truths(self)
        self._states: dict[_Key, State] = {}

    def verdict(self, program_id: str) -> Verdict:
        """What the rules say of one program; RulesError when there is none of that id."""
        program = self._known.programs.get(program_id) or rules.program(program_id)
        rule, tree, because = _in_force(self._known, program, self.on)
        truth = self._truth.of(tree) if tree is not None else None
        outcome = Outcome.CANNOT_TELL if because or truth is None else _OUTCOME[truth]
        return Verdict(program_id, outcome, self.on, because, rule, tree, self)

    def expedited(self, program_id: str) -> bool:
        """Whether what was said is enough for the fast way in."""
        program = self._known.programs[program_id]
        rule = next((rule for rule in program.expedited if rule.basis.period.covers(self.on)), None)
        tree = _compiled(self._known, program_id, rule.when, self.on) if rule else None
        if tree is None:
            return False
        return all(self.state(key) is State.YES for key in self.support(tree)) and self._truth.of(tree) is True

    def state(self, key: _Key) -> State:
        """What is known of one condition."""
        found = self._states.get(key)
        if found is None:
            found = self._states[key] = self._judge(key)
        return found

    def checked(self, key: _Key) -> Checked:
        """One condition with its state, and its line where it has one."""
        condition = self._condition(key)
        line = self.line(condition)
        return Checked(condition, self.state(key), line.low if line else None)

    def line(self, condition: Condition) -> limits.Line | None:
        """The line in dollars a month for this household that day; None where the condition has none we may use."""
        if condition.test.table is None:
            return None
        return limits.line(self._known.tables[condition.test.table], self.facts.get(SIZE), self.on)

    def _condition(self, key: _Key) -> Condition:
        return self._known.conditions[key if isinstance(key, str) else key[0]]

    def _judge(self, key: _Key) -> State:
        condition = self._condition(key)
        fact = self._fact(key, condition)
        if condition.test.table is not None:
            return self._judge_income(condition, fact)
        if fact is None or fact is UNSURE:
            return _unanswered(condition, fact)
        return _judged(condition, fact)

    def _fact(self, key: _Key, condition: Condition) -> Fact | None:
        if isinstance(key, tuple):
            own = self.facts.get(f"{condition.fact}@{key[1]}")
            if own is not None:
                return own
        return self.facts.get(condition.fact)

    def _judge_income(self, condition: Condition, fact: Fact | None) -> State:
        if not condition.ask and not isinstance(fact, Amount):
            return State.DEFERRED
        line = self.line(condition)
        if line is None:
            return State.NO_FIGURE
        if not isinstance(fact, Amount):
            return State.UNSURE if fact is UNSURE else State.OPEN
        place = limits.judged(fact, line)
        if place is not limits.Place.BETWEEN:
            return _PLACE[place]
        # One amount is settled by the size of the home alone; where nobody knows that, nothing more can be asked.
        unknowable = fact.exact is not None and self.facts.get(SIZE) is UNSURE
        return State.UNSURE if unknowable else State.OPEN

    def open_facts(self, tree: _Tree, weight: float) -> Iterator[tuple[str, float]]:
        """The facts of open conditions that still matter, each with its share.

        Of a group of any, one yes settles all: each part carries the whole weight of the group, a sensitive one half.
        """
        if isinstance(tree, _Group):
            parts = [part for part in tree.parts if self._truth.of(part) is None]
            for part in parts:
                share = weight / len(parts) if tree.every else weight * self._ease(part)
                yield from self.open_facts(part, share)
            return
        if self.state(tree) is not State.OPEN:
            return
        condition = self._condition(tree)
        if condition.test.table is not None and SIZE not in self.facts:
            yield SIZE, weight
        if condition.fact != INCOME or not self._is_exact_income():
            yield condition.fact, weight

    def _ease(self, tree: _Tree) -> float:
        """Of several ways to the same, the one that asks for nothing sensitive goes first."""
        return 1.0 if isinstance(tree, _Group) or not self._condition(tree).sensitive else 0.5

    def within_reach(self, tree: _Tree) -> bool:
        """Whether the answers that are still open could make the tree true."""
        if not isinstance(tree, _Group):
            return self._truth[tree] is True or self.state(tree) is State.OPEN
        reached = (self.within_reach(part) for part in tree.parts)
        return all(reached) if tree.every else any(reached)

    def single(self, tree: _Tree) -> Iterator[str]:
        """The open facts of which one answer alone would make the tree false."""
        if isinstance(tree, _Group) and tree.every:
            for part in tree.parts:
                yield from self.single(part)
        elif not isinstance(tree, _Group) and self.state(tree) is State.OPEN:
            yield self._condition(tree).fact

    def _is_exact_income(self) -> bool:
        income = self.facts.get(INCOME)
        return isinstance(income, Amount) and income.exact is not None

    def support(self, tree: _Tree | None) -> Iterator[_Key]:
        """The conditions that make a tree true, false or unknown; a plain yes before what others check."""
        if tree is None:
            return
        if not isinstance(tree, _Group):
            yield tree
            return
        truth = self._truth.of(tree)
        parts = [part for part in tree.parts if self._truth.of(part) is truth]
        if truth is True and not tree.every:
            plain = [part for part in parts if all(self.state(key) is State.YES for key in self.support(part))]
            parts = plain or parts
        for part in parts:
            yield from self.support(part)


_OUTCOME = {True: Outcome.MAY_QUALIFY, False: Outcome.PROBABLY_NOT}
_PLACE = {limits.Place.UNDER: State.YES, limits.Place.OVER: State.NO, limits.Place.NEAR: State.NEAR}


class _Truths(dict[_Key, bool | None]):
    """True, false or None for unknown, of each condition once."""

    def __init__(self, household: Household) -> None:
        super().__init__()
        self._household = household

    def __missing__(self, key: _Key) -> bool | None:
        state = self._household.state(key)
        truth = True if state in _TRUE else False if state is State.NO else None
        self[key] = truth
        return truth

    def of(self, tree: _Tree) -> bool | None:
        """The truth of a whole tree: a group of all is false by one, a group of any is true by one."""
        if not isinstance(tree, _Group):
            return self[tree]
        settles = not tree.every
        unknown = False
        for part in tree.parts:
            truth = self.of(part)
            if truth is settles:
                return settles
            unknown = unknown or truth is None
        return None if unknown else tree.every


def _unanswered(condition: Condition, fact: Fact | None) -> State:
    if condition.answered_by == "directory":
        return State.UNSETTLED
    if condition.answered_by != "patient" or not condition.ask:
        return State.DEFERRED
    return State.UNSURE if fact is UNSURE else State.OPEN


def _judged(condition: Condition, fact: Fact) -> State:
    """What an answer makes of a condition; an answer of the wrong kind is none."""
    test = condition.test
    if test.kind == "is" and isinstance(fact, bool):
        return State.YES if fact is test.value else State.NO
    if test.kind == "one_of" and isinstance(fact, str) and isinstance(test.value, tuple):
        return State.YES if fact in test.value else State.NO
    if isinstance(fact, Amount) and isinstance(test.value, int | float):
        return _compared(test.kind, test.value, fact)
    return _unanswered(condition, None)


def _compared(kind: str, bound: float, amount: Amount) -> State:
    if kind == "at_least":
        return State.YES if amount.low >= bound else State.NO if amount.top < bound else State.OPEN
    return State.YES if amount.top <= bound else State.NO if amount.low > bound else State.OPEN


def _leaves(tree: _Tree | None) -> Iterator[_Key]:
    if isinstance(tree, _Group):
        for part in tree.parts:
            yield from _leaves(part)
    elif tree is not None:
        yield tree


# What is in force on a day, worked out once for each program and day


_InForce = tuple[Rule | None, _Tree | None, Because | None]


class _Remembered:
    """What was worked out from one load of the rules."""

    def __init__(self, known: Rules) -> None:
        self.known = known
        self.in_force: dict[tuple[str, date], _InForce] = {}


_MOST_DAYS = 40 * 64
_remembered: list[_Remembered] = []


def _in_force(known: Rules, program: Program, on: date) -> _InForce:
    if not _remembered or _remembered[0].known is not known:
        _remembered[:] = [_Remembered(known)]
    kept = _remembered[0].in_force
    key = (program.id, on)
    found = kept.get(key)
    if found is None:
        if len(kept) > _MOST_DAYS:
            kept.clear()
        found = kept[key] = _work_out(known, program, on)
    return found


def _work_out(known: Rules, program: Program, on: date) -> _InForce:
    rule = program.rule(on)
    if program.valid_until and on > program.valid_until:
        return rule, None, Because.ENDED
    if rule is None:
        return None, None, Because.NO_RULE
    tree = _compiled(known, program.id, rule.when, on)
    if tree is None:
        return rule, None, Because.NO_RULE
    overdue = on > program.review_by or any(on > day for day in _review_days(known, rule, on))
    return rule, tree, Because.OVERDUE if overdue else None


def _compiled(known: Rules, program: str, node: Node, on: date) -> _Tree | None:
    """The tree with its shared definitions put in; None where one of them has no rule that day."""
    if isinstance(node, Holds):
        condition = known.conditions[node.condition]
        looked_up = condition.kind == "lookup" and condition.answered_by == "directory"
        return (condition.id, program) if looked_up else condition.id
    if isinstance(node, Defined):
        rule = _defined(known, node, on)
        return _compiled(known, program, rule.when, on) if rule else None
    parts = [_compiled(known, program, part, on) for part in node.parts]
    if any(part is None for part in parts):
        return None
    return _Group(isinstance(node, All), tuple(part for part in parts if part is not None))


def _defined(known: Rules, node: Defined, on: date) -> Rule | None:
    versions = known.definitions[node.definition].rules
    return next((rule for rule in versions if rule.basis.period.covers(on)), None)


def _review_days(known: Rules, rule: Rule, on: date) -> Iterator[date]:
    """By when a rule, and each definition it stands on, is to be looked at again."""
    yield rule.basis.review_by
    waiting: list[Node] = [rule.when]
    while waiting:
        node = waiting.pop()
        if isinstance(node, All | AnyOf):
            waiting.extend(node.parts)
        elif isinstance(node, Defined) and (shared := _defined(known, node, on)):
            yield from _review_days(known, shared, on)


def evaluate(program_id: str, facts: Facts, on: date, *, known: Rules | None = None) -> Verdict:
    """What the rules in force on that day say of one program for these facts."""
    return Household(facts, on, known=known).verdict(program_id)
