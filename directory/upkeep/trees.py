"""Who may get it, in words: each thing a rule looks at on a line of its own, deeper ones further in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from directory.eligibility.conditions import All, Condition, Defined, Holds, Node
from directory.eligibility.program import Rules
from directory.model import Language
from directory.text.catalogue import say

__all__ = ["STEP", "tree_lines"]

STEP = "    "
"""With so many spaces a line begins for each group that it stands in."""


def tree_lines(node: Node, known: Rules, on: date, language: Language, depth: int = 0) -> Iterator[str]:
    """The lines of a tree; what a shared definition means stands below its name."""
    indent = STEP * depth
    if isinstance(node, Holds):
        yield f"{indent}{_condition(known.conditions[node.condition], known, on, language)}"
    elif isinstance(node, Defined):
        shared = known.definitions[node.definition]
        yield f"{indent}{say('desk.rules.means', language, name=shared.label.get(language))}"
        for rule in shared.rules:
            if rule.basis.period.covers(on):
                yield from tree_lines(rule.when, known, on, language, depth + 1)
    else:
        yield f"{indent}{say('desk.rules.all' if isinstance(node, All) else 'desk.rules.any', language)}"
        for part in node.parts:
            yield from tree_lines(part, known, on, language, depth + 1)


def _condition(condition: Condition, known: Rules, on: date, language: Language) -> str:
    asked = condition.question.get(language).partition("\n")[0]
    said = f"{asked} {_answer(condition, known, on, language)}"
    if condition.ask:
        return said
    return f"{said} ({say('desk.rules.known_to', language, who=known.deciders[condition.answered_by].get(language))})"


def _answer(condition: Condition, known: Rules, on: date, language: Language) -> str:
    test = condition.test
    if test.table:
        table = known.tables[test.table]
        return say("desk.rules.answer.table", language, table=table.title.get(language))
    if test.kind == "is":
        return say("desk.rules.answer.yes" if test.value else "desk.rules.answer.no", language)
    if isinstance(test.value, tuple):
        labels = {choice.value: choice.label.get(language) for choice in condition.choices}
        return say("desk.rules.answer.one_of", language, choices="; ".join(labels[one] for one in test.value))
    return say(f"desk.rules.answer.{test.kind}", language, number=f"{test.value:g}" if test.value is not None else "")
