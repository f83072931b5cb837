"""What the rules are made of: conditions, shared definitions, reference tables and sources, each dated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from directory.eligibility.strict import Entry, Period, Text, read, refuse_overlaps

__all__ = [
    "STATUSES",
    "All",
    "AnyOf",
    "Basis",
    "Choice",
    "Comparison",
    "Condition",
    "Defined",
    "Definition",
    "Holds",
    "Node",
    "Rule",
    "Source",
    "Table",
    "Value",
    "load_conditions",
    "load_definitions",
    "load_sources",
    "load_tables",
    "parse_basis",
    "parse_rules",
    "parse_tree",
]

STATUSES = ("verified", "computed", "recalled")
"""Seen in a source; worked out from verified values; general knowledge that nobody has confirmed."""

_KINDS = ("yes_no", "number", "choice", "table", "lookup")
_COMPARISONS = ("is", "one_of", "at_least", "at_most")
_BASIS = ("from", "until", "status", "checked_on", "review_by", "sources")


@dataclass(frozen=True)
class Source:
    """Where a value was seen; `date` is the publisher's own words for it, `url` None where none was recorded."""

    id: str
    title: str
    publisher: str
    date: str
    url: str | None
    note: str | None = None


@dataclass(frozen=True)
class Basis:
    """On what a dated value stands: when it is in force, how well it is known, and when to look again."""

    period: Period
    status: str
    checked_on: date
    review_by: date
    sources: tuple[str, ...]


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


@dataclass(frozen=True)
class Value:
    """The figures of a table while they are in force: by household size, or a percentage, or both."""

    basis: Basis
    by_size: Mapping[int, float]
    each_extra: float | None
    percent: float | None
    note: str | None


@dataclass(frozen=True)
class Table:
    """Reference figures in dollars, `per` month, year or once; `values` do not overlap."""

    id: str
    title: Text
    per: str
    changes: str
    values: tuple[Value, ...]
    rule: str | None = None

    def on(self, day: date) -> Value | None:
        """The figures in force that day, or None when none are known."""
        return next((value for value in self.values if value.basis.period.covers(day)), None)


def load_sources(path: Path) -> dict[str, Source]:
    """The sources by id."""
    return {key: _source(key, entry) for key, entry in read(path).items()}


def _source(key: str, entry: Entry) -> Source:
    found = entry.fields(("title", "publisher", "date", "url"), ("note",))
    note = found.get("note")
    return Source(
        key,
        found["title"].text(),
        found["publisher"].text(),
        found["date"].text(),
        found["url"].maybe(Entry.text),
        note.text() if note else None,
    )


def parse_basis(found: Mapping[str, Entry], sources: Iterable[str]) -> Basis:
    """The dates, status and sources that stand beside a value; a source nobody knows is refused."""
    known = frozenset(sources)
    return Basis(
        Period(found["from"].maybe(Entry.day), found["until"].maybe(Entry.day)),
        found["status"].one_of(STATUSES),
        found["checked_on"].day(),
        found["review_by"].day(),
        _source_ids(found["sources"], known),
    )


def _source_ids(entry: Entry, known: frozenset[str]) -> tuple[str, ...]:
    ids = entry.texts()
    if not ids:
        raise entry.refuse("no source is named. A value without a source is not shown; name one, S_GK if need be.")
    for source in ids:
        if source not in known:
            raise entry.refuse(f"the source '{source}' is not in sources.yml. Add it there, or mend the id.")
    return ids


def parse_rules(
    entry: Entry, *, sources: Iterable[str], conditions: Iterable[str], definitions: Iterable[str]
) -> tuple[Rule, ...]:
    """The dated rules of a program or definition; refused when two are in force on one day."""
    known, leaves, shared = frozenset(sources), frozenset(conditions), frozenset(definitions)
    rules = []
    for part in entry.each():
        found = part.fields((*_BASIS, "when"))
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
        raise entry.refuse("a group is 'all' or 'any' with a list below it, one group at a time.")
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
        raise entry.refuse(f"exactly one of {', '.join(_COMPARISONS)} says when the condition holds.")
    word, value = given[0], found[given[0]]
    if word == "is":
        return Comparison(word, value.flag())
    if word == "one_of":
        return Comparison(word, _offered(value, choices))
    if isinstance(value.value, dict):
        return Comparison(word, table=value.fields(("table",))["table"].one_of(sorted(tables)))
    return Comparison(word, value.number())


def _offered(entry: Entry, choices: tuple[Choice, ...]) -> tuple[str, ...]:
    values = entry.texts()
    offered = [choice.value for choice in choices]
    for value in values:
        if value not in offered:
            raise entry.refuse(f"'{value}' is not among the choices. Nobody could ever pick it.")
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


def load_tables(path: Path, sources: Iterable[str]) -> dict[str, Table]:
    """The reference tables by id; refused when a day would have two values."""
    known = frozenset(sources)
    return {key: _table(key, entry, known) for key, entry in read(path).items()}


def _table(key: str, entry: Entry, sources: frozenset[str]) -> Table:
    found = entry.fields(("title", "per", "changes", "values"), ("rule",))
    values = tuple(_value(part, sources) for part in found["values"].each())
    refuse_overlaps(entry.path, found["values"].key, (value.basis.period for value in values))
    rule = found.get("rule")
    return Table(
        key,
        found["title"].twin(),
        found["per"].one_of(("month", "year", "once")),
        found["changes"].text(),
        values,
        rule.text() if rule else None,
    )


def _value(entry: Entry, sources: frozenset[str]) -> Value:
    found = entry.fields(_BASIS, ("by_size", "each_extra", "percent", "note"))
    if "by_size" not in found and "percent" not in found:
        raise entry.refuse("there are no figures. Give 'by_size' or 'percent'.")
    sizes = found["by_size"].items() if "by_size" in found else []
    extra, percent, note = found.get("each_extra"), found.get("percent"), found.get("note")
    return Value(
        parse_basis(found, sources),
        {int(size): figure.number() for size, figure in sizes},
        extra.number() if extra else None,
        percent.number() if percent else None,
        note.text() if note else None,
    )
