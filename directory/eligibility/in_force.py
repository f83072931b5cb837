"""Which rule of a program is in force on a day, and its tree with the shared definitions put in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from directory.eligibility.basis import Basis
from directory.eligibility.conditions import All, AnyOf, Defined, Holds, Node, Rule
from directory.eligibility.rules import Program, Rules

__all__ = ["Because", "Group", "InForce", "Key", "Tree", "bases", "compiled", "in_force", "leaves"]


class Because(str, Enum):
    """Why no more than `cannot_tell` is said that day, whatever the person says."""

    NO_RULE = "no_rule"
    ENDED = "ended"
    OVERDUE = "overdue"


Key = str | tuple[str, str]
"""A condition; with the program where the answer hangs on it, as whether the plan offers it."""


@dataclass(frozen=True, eq=False)
class Group:
    """Every part must hold, or one of them; told apart by which it is, so that its truth is kept at little cost."""

    every: bool
    parts: tuple[Tree, ...]


Tree = Key | Group

InForce = tuple[Rule | None, Tree | None, Because | None]


class _Remembered:
    """What was worked out from one load of the rules."""

    def __init__(self, known: Rules) -> None:
        self.known = known
        self.in_force: dict[tuple[str, date], InForce] = {}


_MOST_DAYS = 40 * 64
_remembered: _Remembered | None = None


def in_force(known: Rules, program: Program, on: date) -> InForce:
    """The rule of that day, its tree, and why nothing is decided by it, if so; worked out once for each day."""
    global _remembered
    remembered = _remembered
    if remembered is None or remembered.known is not known:
        # Several threads may hold rules of before and after a note of the clinic: each writes to what is its own.
        remembered = _remembered = _Remembered(known)
    kept = remembered.in_force
    key = (program.id, on)
    found = kept.get(key)
    if found is None:
        if len(kept) > _MOST_DAYS:
            kept.clear()
        found = kept[key] = _work_out(known, program, on)
    return found


def _work_out(known: Rules, program: Program, on: date) -> InForce:
    rule = program.rule(on)
    if program.valid_until and on > program.valid_until:
        return rule, None, Because.ENDED
    if rule is None:
        return None, None, Because.NO_RULE
    tree = compiled(known, program.id, rule.when, on)
    if tree is None:
        return rule, None, Because.NO_RULE
    overdue = on > program.review_by or any(on > basis.review_by for basis in bases(known, rule, on))
    return rule, tree, Because.OVERDUE if overdue else None


def compiled(known: Rules, program: str, node: Node, on: date) -> Tree | None:
    """The tree with its shared definitions put in; None where one of them has no rule that day."""
    if isinstance(node, Holds):
        condition = known.conditions[node.condition]
        looked_up = condition.kind == "lookup" and condition.answered_by == "directory"
        return (condition.id, program) if looked_up else condition.id
    if isinstance(node, Defined):
        rule = _defined(known, node, on)
        return compiled(known, program, rule.when, on) if rule else None
    parts = [compiled(known, program, part, on) for part in node.parts]
    if any(part is None for part in parts):
        return None
    return Group(isinstance(node, All), tuple(part for part in parts if part is not None))


def _defined(known: Rules, node: Defined, on: date) -> Rule | None:
    versions = known.definitions[node.definition].rules
    return next((rule for rule in versions if rule.basis.period.covers(on)), None)


def bases(known: Rules, rule: Rule, on: date) -> Iterator[Basis]:
    """On what a rule stands, and each definition that it takes in."""
    yield rule.basis
    waiting: list[Node] = [rule.when]
    while waiting:
        node = waiting.pop()
        if isinstance(node, All | AnyOf):
            waiting.extend(node.parts)
        elif isinstance(node, Defined) and (shared := _defined(known, node, on)):
            yield from bases(known, shared, on)


def leaves(tree: Tree | None) -> Iterator[Key]:
    """The conditions of a tree in its order, each as often as it stands there."""
    if isinstance(tree, Group):
        for part in tree.parts:
            yield from leaves(part)
    elif tree is not None:
        yield tree
