"""What the rules are made of: conditions, trees of them in dated rules, and definitions that programs share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from directory.eligibility.basis import BASIS, Basis, parse_basis
from directory.eligibility.strict import Entry, Text, read, refuse_overlaps

__all__ = [
    "All",
    "AnyOf",
    "Choice",
    "Comparison",
    "Condition",
    "Defined",
    "Definition",
    "Holds",
    "Node",
    "Rule",
    "load_conditions",
    "load_definitions",
    "parse_rules",
    "parse_tree",
]

_KINDS = ("yes_no", "number", "choice", "table", "lookup")
_COMPARISONS = ("is", "one_of", "at_least", "at_most")
_FITTING = {
    "yes_no": ("is",),
    "lookup": ("is",),
    "choice": ("one_of",),
    "number": ("at_least", "at_most"),
    "table": ("at_most",),
}


@dataclass(frozen=True)
class Holds:
    """A leaf: this condition must hold."""

    condition: str


@dataclass(frozen=True)
class Defined:
    """A leaf: this shared definition must hold."""

    definition: str


@dataclass(frozen=True)
class All:
    """Every part must hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True)
class AnyOf:
    """At least one part must hold."""

    parts: tuple[Node, ...]


Node = Holds | Defined | All | AnyOf


@dataclass(frozen=True)
class Rule:
    """Who may get it, while the rule is in force."""

    when: Node
    basis: Basis


@dataclass(frozen=True)
class Choice:
    """One answer a person can pick."""

    value: str
    label: Text


@dataclass(frozen=True)
class Comparison:
    """How an answer is judged: `is`, `one_of`, `at_least` or `at_most`; `table` names the limits by household size."""

    kind: str
    value: bool | float | tuple[str, ...] | None = None
    table: str | None = None


@dataclass(frozen=True)
class Condition:
    """One thing that can be true, false or unknown of a person.

    Conditions with one `fact` are filled by one question. `answered_by` says who can know; where `ask` is false nobody
    is asked and the answer stays unknown. A `sensitive` answer is asked for with its reason, and never logged.
    """

    id: str
    fact: str
    kind: str
    test: Comparison
    answered_by: str
    ask: bool
    sensitive: bool
    question: Text
    choices: tuple[Choice, ...] = ()
    note: str | None = None


@dataclass(frozen=True)
class Definition:
    """A tree that several programs share."""

    id: str
    label: Text
    rules: tuple[Rule, ...]
    note: str | None = None


def parse_rules(
    entry: Entry, *, sources: Iterable[str], conditions: Iterable[str], definitions: Iterable[str]
) -> tuple[Rule, ...]:
    """The dated rules of a program or definition; refused when two are in force on one day."""
    known, leaves, shared = frozenset(sources), frozenset(conditions), frozenset(definitions)
    rules = []
    for part in entry.each():
        found = part.fields((*BASIS, "when"))
        rules.append(Rule(_node(found["when"], leaves, shared), parse_basis(found, known)))
    if not rules:
        raise entry.refuse("there is no rule. Give at least one, dated.")
    refuse_overlaps(entry.path, entry.key, (rule.basis.period for rule in rules))
    return tuple(rules)


def parse_tree(entry: Entry, *, conditions: Iterable[str], definitions: Iterable[str]) -> Node:
    """The tree of a rule; refused where it names a condition or definition that nobody knows."""
    return _node(entry, frozenset(conditions), frozenset(definitions))


def _node(entry: Entry, conditions: frozenset[str], definitions: frozenset[str]) -> Node:
    if isinstance(entry.value, str):
        return _leaf(entry, conditions, definitions)
    (word, below), *more = entry.items() or [("", entry)]
    if more or word not in ("all", "any"):
        raise entry.refuse("a group is 'all' or 'any' with a list below it, one group at a time. Split it.")
    parts = tuple(_node(part, conditions, definitions) for part in below.each())
    if not parts:
        raise below.refuse("the group is empty. Name at least one condition.")
    return All(parts) if word == "all" else AnyOf(parts)


def _leaf(entry: Entry, conditions: frozenset[str], definitions: frozenset[str]) -> Node:
    name = entry.text()
    if name.startswith("def:"):
        if name[4:] not in definitions:
            raise entry.refuse(f"the definition '{name[4:]}' is not in definitions.yml. Add it, or mend the id.")
        return Defined(name[4:])
    if name not in conditions:
        raise entry.refuse(f"the condition '{name}' is not in conditions.yml. Add it, or mend the id.")
    return Holds(name)


def load_conditions(path: Path, *, tables: Iterable[str], deciders: Iterable[str]) -> dict[str, Condition]:
    """The conditions by id; one that names an unknown table or decider is refused."""
    known, who = frozenset(tables), tuple(deciders)
    return {key: _condition(key, entry, known, who) for key, entry in read(path).items()}


def _condition(key: str, entry: Entry, tables: frozenset[str], deciders: tuple[str, ...]) -> Condition:
    found = entry.fields(
        ("fact", "kind", "answered_by", "ask", "sensitive", "question"), (*_COMPARISONS, "choices", "note")
    )
    note = found.get("note")
    choices = tuple(_choice(part) for part in found["choices"].each()) if "choices" in found else ()
    return Condition(
        key,
        found["fact"].text(),
        found["kind"].one_of(_KINDS),
        _comparison(entry, found, tables, choices),
        found["answered_by"].one_of(deciders),
        _asked(found),
        found["sensitive"].flag(),
        found["question"].twin(),
        choices,
        note.text() if note else None,
    )


def _asked(found: Mapping[str, Entry]) -> bool:
    ask = found["ask"].flag()
    if ask and found["answered_by"].value != "patient":
        raise found["ask"].refuse("nobody is asked what only others can know. Set 'ask' to false.")
    return ask


def _choice(entry: Entry) -> Choice:
    found = entry.fields(("value", "label"))
    return Choice(found["value"].text(), found["label"].twin())


def _comparison(
    entry: Entry, found: Mapping[str, Entry], tables: frozenset[str], choices: tuple[Choice, ...]
) -> Comparison:
    given = [word for word in _COMPARISONS if word in found]
    if len(given) != 1:
        raise entry.refuse(f"exactly one of {', '.join(_COMPARISONS)} says when the condition holds. Keep one.")
    word, value, kind = given[0], found[given[0]], str(found["kind"].value)
    if word not in _FITTING.get(kind, _COMPARISONS) or (kind == "table") != isinstance(value.value, dict):
        raise value.refuse(f"no answer of the kind '{kind}' could ever be judged so. Mend 'kind' or this.")
    if word == "is":
        return Comparison(word, value.flag())
    if word == "one_of":
        return Comparison(word, _offered(value, choices))
    if isinstance(value.value, dict):
        return Comparison(word, table=value.fields(("table",))["table"].one_of(sorted(tables)))
    return Comparison(word, value.number())


def _offered(entry: Entry, choices: tuple[Choice, ...]) -> tuple[str, ...]:
    values = entry.texts()
    if not values:
        raise entry.refuse("no choice is named, so the condition could never hold. Name one at least.")
    offered = [choice.value for choice in choices]
    for value in values:
        if value not in offered:
            raise entry.refuse(f"'{value}' is not among the choices. Nobody could pick it. Add it, or mend it.")
    return values


def load_definitions(path: Path, *, sources: Iterable[str], conditions: Iterable[str]) -> dict[str, Definition]:
    """The definitions by id; they may name each other."""
    known, leaves = frozenset(sources), frozenset(conditions)
    entries = dict(read(path).items())
    found: dict[str, Definition] = {}
    for key, entry in entries.items():
        parts = entry.fields(("label", "eligibility"), ("note",))
        rules = parse_rules(parts["eligibility"], sources=known, conditions=leaves, definitions=entries)
        note = parts.get("note")
        found[key] = Definition(key, parts["label"].twin(), rules, note.text() if note else None)
    for key, entry in entries.items():
        _refuse_circle(entry, found, (key,))
    return found


def _refuse_circle(entry: Entry, found: Mapping[str, Definition], path: tuple[str, ...]) -> None:
    for name in _named_in(found[path[-1]]):
        if name in path:
            raise entry.refuse(f"the definitions go round in a circle: {' -> '.join((*path, name))}. Break it.")
        _refuse_circle(entry, found, (*path, name))


def _named_in(definition: Definition) -> Iterator[str]:
    waiting: list[Node] = [rule.when for rule in definition.rules]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Defined):
            yield node.definition
        elif not isinstance(node, Holds):
            waiting.extend(node.parts)
