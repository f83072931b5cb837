"""What to ask next and how: one thing at a time, with choices, and a reason where it is sensitive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from directory.eligibility import rules
from directory.eligibility.conditions import Choice, Condition
from directory.eligibility.evaluate import State, Verdict
from directory.eligibility.facts import INCOME, UNSURE, Amount, Fact, kind_of
from directory.eligibility.strict import Entry, Text, read
from directory.errors import FactError

__all__ = [
    "FILE",
    "NONE",
    "OVER",
    "PLACE",
    "UNDER",
    "Question",
    "Questions",
    "answered",
    "by_id",
    "choice_label",
    "group_choices",
    "is_narrow",
    "is_sensitive",
    "load",
    "next_question",
]

FILE = Path(__file__).parent / "questions.yml"

NONE = "none"
"""The choice of a group that makes all of it false."""
PLACE = "lives_in_california"
"""Asked as "where do you live?": the answer also says which office decides."""
UNDER, OVER = "under", "over"
"""The two sides of a line."""


@dataclass(frozen=True)
class Question:
    """One question: `facts` is what it can fill, `choices` what may be picked, `line` the dollars a month it names.

    `kind` is yes_no, number, line, choice, group or place; "I don't know" is always possible.
    """

    id: str
    kind: str
    facts: tuple[str, ...]
    text: Text
    again: Text
    why: Text | None = None
    choices: tuple[Choice, ...] = ()
    line: float | None = None


@dataclass(frozen=True)
class _Group:
    id: str
    sensitive: bool
    text: Text
    choices: tuple[Choice, ...]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(choice.value for choice in self.choices)


@dataclass(frozen=True)
class Questions:
    """What the file holds."""

    why: Text
    facts: Mapping[str, tuple[Text, Text]]
    groups: tuple[_Group, ...]
    never: frozenset[str]
    first: Mapping[str, str]
    narrow: frozenset[str]


def load(path: Path = FILE) -> Questions:
    """The file; RulesError names the file and key of the first thing it refuses."""
    found = read(path).fields(("why", "facts", "groups", "first", "only_for_its_program", "never_asked"))
    asked = {name: _of_fact(name, entry) for name, entry in found["facts"].items()}
    groups = tuple(_group(id, entry) for id, entry in found["groups"].items())
    first = {name: entry.text() for name, entry in found["first"].items()}
    never, narrow = (frozenset(found[key].texts()) for key in ("never_asked", "only_for_its_program"))
    for name in (*never, *narrow, *first, *first.values()):
        _kind(name, found["first"] if name in (*first, *first.values()) else found["never_asked"])
    _refuse_two_groups(groups, found["groups"])
    return Questions(found["why"].twin(), asked, groups, never, first, narrow)


def _kind(fact: str, entry: Entry) -> str:
    try:
        return kind_of(fact)
    except FactError as error:
        raise entry.refuse(str(error)) from None


def _refuse_two_groups(groups: Iterable[_Group], entry: Entry) -> None:
    seen: set[str] = set()
    for group in groups:
        if seen & group.names:
            raise entry.refuse(f"{', '.join(sorted(seen & group.names))}: asked in two groups. Keep it in one.")
        seen |= group.names


def _of_fact(name: str, entry: Entry) -> tuple[Text, Text]:
    _kind(name, entry)
    parts = entry.fields(("question", "again"))
    return parts["question"].twin_with("limit", "size"), parts["again"].twin_with("limit", "size")


def _group(id: str, entry: Entry) -> _Group:
    parts = entry.fields(("sensitive", "question", "facts"))
    choices = tuple(Choice(name, label.twin()) for name, label in parts["facts"].items())
    for choice in choices:
        if _kind(choice.value, parts["facts"]) != "yes_no":
            raise parts["facts"].refuse(f"'{choice.value}' is no yes or no. Take it out of the group.")
    return _Group(id, parts["sensitive"].flag(), parts["question"].twin(), choices)


@cache
def _loaded() -> Questions:
    return load()


@cache
def _conditions_of(fact: str) -> tuple[Condition, ...]:
    return tuple(condition for condition in rules.conditions().values() if condition.fact == fact)


def is_sensitive(fact: str) -> bool:
    """Whether an answer to this is never shown again on a phone and never kept."""
    return any(condition.sensitive for condition in _conditions_of(fact))


def is_narrow(fact: str) -> bool:
    """Whether this is asked only where somebody asked for its own program."""
    return fact in _loaded().narrow


def next_question(missing: Iterable[str], verdicts: Iterable[Verdict]) -> Question | None:
    """The question for the first missing fact that may be asked; None where nothing is left to ask."""
    known = _loaded()
    open_ones = [fact for fact in missing if fact not in known.never]
    if not open_ones:
        return None
    fact = known.first.get(open_ones[0], open_ones[0])
    fact = fact if fact in open_ones else open_ones[0]
    group = next((group for group in known.groups if fact in group.names), None)
    choices = tuple(choice for choice in group.choices if choice.value in open_ones) if group else ()
    if group and len(choices) > 1:
        return _of_group(known, group, choices)
    line = next((line for line in map(_open_line, verdicts) if line is not None), None)
    return _of_fact_asked(known, fact, line)


def by_id(id: str, line: float | None = None) -> Question:
    """The question of that id as it was put; FactError when there is none."""
    known = _loaded()
    group = next((group for group in known.groups if group.id == id), None)
    return _of_group(known, group, group.choices) if group else _of_fact_asked(known, id, line)


def group_choices(id: str | None = None) -> tuple[Choice, ...]:
    """The choices of that group; of all groups where None."""
    return tuple(choice for group in _loaded().groups if id in (None, group.id) for choice in group.choices)


def choice_label(fact: str, value: str) -> Text:
    """How one choice of a fact reads."""
    for group in _loaded().groups:
        if fact == value and fact in group.names:
            return next(choice.label for choice in group.choices if choice.value == fact)
    return next(choice.label for choice in _conditions_of(fact)[0].choices if choice.value == value)


def _of_group(known: Questions, group: _Group, choices: tuple[Choice, ...]) -> Question:
    names = tuple(choice.value for choice in choices)
    return Question(group.id, "group", names, group.text, group.text, known.why if group.sensitive else None, choices)


def _of_fact_asked(known: Questions, fact: str, line: float | None) -> Question:
    """A fact's own question; an income is asked as more or less than the line that still decides something."""
    if fact != INCOME:
        return _plain(known, fact)
    text, again = known.facts[INCOME]
    return Question(INCOME, "line" if line else "number", (INCOME,), text, again, line=line)


def _plain(known: Questions, fact: str) -> Question:
    text, again = known.facts.get(fact) or (None, None)
    conditions = _conditions_of(fact)
    asked = text or conditions[0].question
    kind = "place" if fact == PLACE else kind_of(fact)
    question = Question(fact, kind, (fact,), asked, again or asked, known.why if is_sensitive(fact) else None)
    return replace(question, choices=conditions[0].choices) if kind == "choice" else question


def _open_line(verdict: Verdict) -> float | None:
    lines = (item.limit for item in verdict.checked if item.condition.fact == INCOME and item.state is State.OPEN)
    return next((line for line in lines if line is not None), None)


def answered(question: Question, value: str) -> dict[str, Fact]:
    """The facts that picking `value` gives: `yes`, `no`, `unsure`, `under`, `over`, a choice, or none of a group."""
    if value == UNSURE.value:
        return dict.fromkeys(question.facts, UNSURE)
    if question.kind == "group":
        return dict.fromkeys(question.facts, False) if value == NONE else {value: True}
    if question.kind == "line" and question.line is not None:
        return {INCOME: Amount(0, question.line) if value == UNDER else Amount(question.line, None)}
    return {question.facts[0]: value if question.kind == "choice" else value == "yes"}
