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
from directory.eligibility.conditions import Condition, Rule
from directory.eligibility.facts import INCOME, SIZE, UNSURE, Amount, Fact, Facts, sensible
from directory.eligibility.in_force import Because, Group, Key, Tree, compiled, in_force, leaves
from directory.eligibility.judging import State, judged, unanswered
from directory.eligibility.rules import Rules

__all__ = ["Because", "Checked", "Household", "Outcome", "State", "Verdict", "evaluate"]


class Outcome(str, Enum):
    """What may be said: never more than `may_qualify`, for somebody else decides."""

    MAY_QUALIFY = "may_qualify"
    PROBABLY_NOT = "probably_not"
    CANNOT_TELL = "cannot_tell"


_YES, _NO, _OPEN, _DEFERRED = State.YES, State.NO, State.OPEN, State.DEFERRED


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
    _tree: Tree | None
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
        self._household.weigh(self._tree, 1.0, found)
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
        return tuple(self._household.checked(key) for key in dict.fromkeys(leaves(self._tree)))

    @cached_property
    def reasons(self) -> tuple[Checked, ...]:
        """The conditions that make the outcome what it is; of what is not decided, those that hold it up."""
        return tuple(self._household.checked(key) for key in dict.fromkeys(self._household.support(self._tree)))


class Household:
    """The facts of one household on one day; each condition is judged once for all programs."""

    def __init__(self, facts: Facts, on: date, *, known: Rules | None = None) -> None:
        self.facts: Mapping[str, Fact] = implied.with_what_follows(sensible(facts))
        self.on = on
        self._known = known or rules.everything()
        self._truth = _Truths(self)
        self._states: dict[Key, State] = {}

    def verdict(self, program_id: str) -> Verdict:
        """What the rules say of one program; RulesError when there is none of that id."""
        program = self._known.programs.get(program_id) or rules.program(program_id)
        rule, tree, because = in_force(self._known, program, self.on)
        outcome = _OUTCOME[None if because or tree is None else self._truth[tree]]
        return Verdict(program_id, outcome, self.on, because, rule, tree, self)

    def expedited(self, program_id: str) -> bool:
        """Whether what was said is enough for the fast way in."""
        program = self._known.programs[program_id]
        rule = next((rule for rule in program.expedited if rule.basis.period.covers(self.on)), None)
        if rule is None or self.on > rule.basis.review_by:
            return False
        tree = compiled(self._known, program_id, rule.when, self.on)
        if tree is None:
            return False
        return all(self.state(key) is State.YES for key in self.support(tree)) and self._truth[tree] is True

    def state(self, key: Key) -> State:
        """What is known of one condition."""
        found = self._states.get(key)
        if found is None:
            found = self._states[key] = self._judge(key)
        return found

    def checked(self, key: Key) -> Checked:
        """One condition with its state, and its line where it has one."""
        condition = self._condition(key)
        line = self.line(condition)
        return Checked(condition, self.state(key), line.low if line else None)

    def line(self, condition: Condition) -> limits.Line | None:
        """The line in dollars a month for this household that day; None where the condition has none we may use."""
        if condition.test.table is None:
            return None
        return limits.line(self._known.tables[condition.test.table], self.facts.get(SIZE), self.on)

    def _condition(self, key: Key) -> Condition:
        return self._known.conditions[key if isinstance(key, str) else key[0]]

    def _judge(self, key: Key) -> State:
        condition = self._condition(key)
        fact = self._fact(key, condition)
        if condition.test.table is not None:
            return self._judge_income(condition, fact)
        if fact is None or fact is UNSURE:
            return unanswered(condition, fact)
        return judged(condition, fact)

    def _fact(self, key: Key, condition: Condition) -> Fact | None:
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
        return _PLACE.get(place) or self._between(fact, line)

    def _between(self, income: Amount, line: limits.Line) -> State:
        """Of a line that cannot be told: open while the size of the home or a closer amount could still tell."""
        if self._asks_size():
            return State.OPEN
        if income.exact is None and (line.high is not None or income.low < line.low):
            return State.OPEN
        return State.UNSURE if self.facts.get(SIZE) is UNSURE else State.NO_FIGURE

    def _asks_size(self) -> bool:
        size = self.facts.get(SIZE)
        return size is None or (isinstance(size, Amount) and size.exact is None)

    def weigh(self, tree: Tree, weight: float, found: dict[str, float]) -> None:
        """Puts into `found` the facts of open conditions that still matter, each with its share.

        Of a group of any, one yes settles all: each part carries the whole weight of the group, a sensitive one half.
        A fact that stands in several places counts for the place where most hangs on it.
        """
        if isinstance(tree, Group):
            parts = [part for part in tree.parts if self._truth[part] is None]
            for part in parts:
                self.weigh(part, weight / len(parts) if tree.every else weight * self._ease(part), found)
            return
        if self.state(tree) is not _OPEN:
            return
        condition = self._condition(tree)
        if condition.test.table is not None and self._asks_size():
            found[SIZE] = max(found.get(SIZE, 0.0), weight)
        if condition.fact != INCOME or not self._is_exact_income():
            found[condition.fact] = max(found.get(condition.fact, 0.0), weight)

    def _ease(self, tree: Tree) -> float:
        """Of several ways to the same, the one that asks for nothing sensitive goes first."""
        return 1.0 if isinstance(tree, Group) or not self._condition(tree).sensitive else 0.5

    def within_reach(self, tree: Tree) -> bool:
        """Whether the answers that are still open could make the tree true."""
        if not isinstance(tree, Group):
            return self._truth[tree] is True or self.state(tree) is State.OPEN
        reached = (self.within_reach(part) for part in tree.parts)
        return all(reached) if tree.every else any(reached)

    def single(self, tree: Tree) -> Iterator[str]:
        """The open facts of which one answer alone would make the tree false."""
        if isinstance(tree, Group) and tree.every:
            for part in tree.parts:
                yield from self.single(part)
        elif not isinstance(tree, Group) and self.state(tree) is State.OPEN:
            yield self._condition(tree).fact

    def _is_exact_income(self) -> bool:
        income = self.facts.get(INCOME)
        return isinstance(income, Amount) and income.exact is not None

    def support(self, tree: Tree | None) -> Iterator[Key]:
        """The conditions that make a tree true, false or unknown; a plain yes before what others check."""
        if tree is None:
            return
        if not isinstance(tree, Group):
            yield tree
            return
        truth = self._truth[tree]
        parts = [part for part in tree.parts if self._truth[part] is truth]
        if truth is True and not tree.every:
            plain = [part for part in parts if all(self.state(key) is State.YES for key in self.support(part))]
            parts = plain or parts
        for part in parts:
            yield from self.support(part)


_OUTCOME = {True: Outcome.MAY_QUALIFY, False: Outcome.PROBABLY_NOT, None: Outcome.CANNOT_TELL}
_PLACE = {limits.Place.UNDER: State.YES, limits.Place.OVER: State.NO, limits.Place.NEAR: State.NEAR}


class _Truths(dict[Tree, bool | None]):
    """True, false or None for unknown, of each condition and each group once."""

    def __init__(self, household: Household) -> None:
        super().__init__()
        self._household = household

    def __missing__(self, tree: Tree) -> bool | None:
        truth = self._of_group(tree) if isinstance(tree, Group) else self._of_condition(tree)
        self[tree] = truth
        return truth

    def _of_condition(self, key: Key) -> bool | None:
        state = self._household.state(key)
        return True if state is _YES or state is _DEFERRED else False if state is _NO else None

    def _of_group(self, tree: Group) -> bool | None:
        """A group of all is false by one, a group of any is true by one."""
        settles = not tree.every
        unknown = False
        for part in tree.parts:
            truth = self[part]
            if truth is settles:
                return settles
            unknown = unknown or truth is None
        return None if unknown else tree.every


def evaluate(program_id: str, facts: Facts, on: date, *, known: Rules | None = None) -> Verdict:
    """What the rules in force on that day say of one program for these facts."""
    return Household(facts, on, known=known).verdict(program_id)
