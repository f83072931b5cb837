"""The facts that a household can be described by: what to ask for each, and how its answer is typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from directory.commands.checking_asked import SHORT
from directory.eligibility import questions, rules
from directory.eligibility.asking import STATUS, is_never_asked
from directory.eligibility.assess import Situation
from directory.eligibility.conditions import Condition
from directory.eligibility.evaluate import State, Verdict
from directory.eligibility.facts import INCOME, SIZE, kind_of, names
from directory.model import Language
from directory.text.catalogue import say
from directory.text.verdict import sentence
from directory.text.whom import question

__all__ = ["Ask", "KnownFact", "asks_of", "known_facts", "to_find_out"]

_EXAMPLES = {SIZE: "3", INCOME: "2400", "age_years": "67"}
_ANY = {"yes_no": "yes", "number": "1500", "choice": "none"}
_OPTIONS = {"lives_in_california": "--near 93301"}
"""What is told by an option of its own."""
_TYPED = {name: short for short, name in SHORT.items()}


@dataclass(frozen=True)
class Ask:
    """One question, how its answer is typed, what may be chosen (value, label) and what to mind."""

    fact: str
    text: str
    typed: str
    choices: tuple[tuple[str, str], ...] = ()
    note: str | None = None


@dataclass(frozen=True)
class KnownFact:
    """A fact with its kind, who can know it, and its question; `asked` is false where the person is not asked."""

    ask: Ask
    kind: str
    answered_by: str
    asked: bool
    sensitive: bool


def asks_of(missing: Iterable[str], language: Language) -> tuple[Ask, ...]:
    """The questions for missing facts, as far as they may be asked."""
    return tuple(ask_for(fact, language) for fact in missing if fact not in STATUS)


def to_find_out(verdict: Verdict, situation: Situation, language: Language) -> tuple[Ask, ...]:
    """What is to be looked up before it can be decided, such as whether the plan offers it."""
    items = [item for item in verdict.reasons if item.state is State.UNSETTLED and not verdict.because]
    return tuple(
        Ask(item.condition.fact, sentence(item, situation.facts, language), f"--fact {item.condition.fact}=yes")
        for item in items
    )


def ask_for(fact: str, language: Language) -> Ask:
    """The question for one fact."""
    choices = tuple((choice.value, choice.label.get(language)) for choice in questions.by_id(fact).choices)
    value = _EXAMPLES.get(fact) or (choices[0][0] if choices else _ANY[kind_of(fact)])
    typed = _OPTIONS.get(fact) or f"--fact {_TYPED.get(fact, fact)}={value}"
    return Ask(fact, question(fact, language), typed, choices, _note(fact, language))


def _note(fact: str, language: Language) -> str | None:
    if is_never_asked(fact):
        return say("desk.check.never", language)
    return say("desk.check.sensitive", language) if questions.is_sensitive(fact) else None


def known_facts(verdict: Verdict | None, language: Language) -> tuple[KnownFact, ...]:
    """Every fact that may be given, or those of one program."""
    wanted = frozenset(_of(verdict)) if verdict else frozenset(names())
    return tuple(_known(name, language) for name in names() if name in wanted and name not in STATUS)


def _of(verdict: Verdict) -> Iterator[str]:
    for item in verdict.checked:
        yield item.condition.fact
        if item.condition.test.table is not None:
            yield SIZE


def _known(name: str, language: Language) -> KnownFact:
    found: Condition | None = next((item for item in rules.conditions().values() if item.fact == name), None)
    asks = any(item.ask for item in rules.conditions().values() if item.fact == name) or found is None
    who = found.answered_by if found and not asks else "patient"
    return KnownFact(ask_for(name, language), kind_of(name), who, asks, questions.is_sensitive(name))
