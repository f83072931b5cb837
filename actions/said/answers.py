"""The answer to the one question that was just put: yes or no, a number, a choice, or that nobody knows."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any

from actions.said import figures, patterns
from actions.said.plain import plain
from actions.said.reading import AGE, facts_in
from directory.eligibility import facts as known
from directory.eligibility import rules
from directory.eligibility.facts import INCOME, SIZE, UNSURE, Amount, Fact

__all__ = ["answer_to", "nonsense"]

_FEW = 7
"""A message of more words than this is an answer only where it states the fact itself."""
_FIGURES = {SIZE: figures.size, AGE: figures.age, INCOME: figures.income}
_BELOW_ZERO = re.compile(r"\s*\$?[-\u2212]\$?\d")
"""Nobody has -3 people at home or earns less than nothing."""
_NO_LETTER = {"n": "no", "n.": "no"}


def answer_to(fact: str, text: str, *, line: float | None = None) -> Fact | None:
    """What a message answers to the question about `fact`; UNSURE for "I don't know" and "skip", None for no answer.

    `line`: dollars a month that the person was asked to compare with ("more or less than $3,608?").
    """
    said = plain(_NO_LETTER.get(text.strip().casefold(), text))
    words = said.split()
    if not words:
        return None
    kind = known.kind_of(fact)
    if kind == "number" and _BELOW_ZERO.match(text):
        return None
    if kind == "number":
        return _number(fact, text, said, line)
    if _unsure(said, words):
        return UNSURE
    return _choice(fact, text, said) if kind == "choice" else _yes_no(fact, text, said)


def nonsense(fact: str, text: str) -> bool:
    """Whether a message tried to answer and makes no sense, rather than speaking of something else."""
    said = plain(text)
    words = said.split()
    if not words or len(words) > _FEW or "?" in words or answer_to(fact, text) is not None:
        return False
    if set(facts_in(text)) - {fact}:
        return False
    if known.kind_of(fact) == "number":
        return _no_number(fact, said, words)
    return bool(_fits("half", said) or (_lead(said, "yes") and _lead(said, "no")) or _bare_no(fact, words))


def _no_number(fact: str, said: str, words: list[str]) -> bool:
    """A number that cannot be meant, an hourly wage alone, or "a lot"."""
    if fact == INCOME and patterns.one("answers", "an_hour").search(said):
        return True
    return _fits("vague", said) or (bool(re.search(r"\d", said)) and figures.all_around(words))


def _bare_no(fact: str, words: list[str]) -> bool:
    return fact in _tables()["asked_by_no"] and max(_begins(words, "no"), _begins(words, "yes")) > 0


def _unsure(said: str, words: list[str]) -> bool:
    found = _list("unsure").search(said)
    if found is None or len(words) > 2 * _FEW:
        return False
    single = found[0] in ("pass", "next", "paso", "sabe", "maybe", "pasar", "siguiente", "depends", "depende")
    return len(words) <= 2 if single else found.start() == 0 or len(words) <= _FEW


def _fits(name: str, said: str) -> bool:
    return re.search(rf"\b{_tables()[name]}\b", said) is not None


@functools.cache
def _list(name: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(f"(?:{pattern})" for pattern in _tables()[name]) + r")\b")


# Yes or no.


def _yes_no(fact: str, text: str, said: str) -> bool | None:
    stated = facts_in(text).get(fact)
    if isinstance(stated, bool):
        return stated
    if "?" in said or _fits("half", said):
        return None
    if fact in _tables()["asked_by_no"]:
        return _asked_by_no(said)
    yes, no = _lead(said, "yes"), _lead(said, "no")
    if yes == no:
        return None
    return yes


def _asked_by_no(said: str) -> bool | None:
    """To "do you not have ...?" a "no" alone says nothing sure; "no tengo" and "sí tengo" do."""
    if re.match(r"^(?:no )?(?:, )?(?:no tengo|no tiene|no tenemos|i do not|we do not|no hay|i have no)\b", said):
        return True if _known_words(said) else None
    if re.match(r"^(?:yes |si )(?:, )?(?:tengo|tiene|tenemos|hay)\b", said):
        return False if _known_words(said) else None
    words = said.split()
    return True if _begins(words, "yes") and _known_words(said) and len(words) <= 2 else None


def _known_words(said: str) -> bool:
    return all(word in _around() for word in said.split())


def _lead(said: str, name: str) -> bool:
    """Whether the message begins with such an answer, and what follows adds nothing or stands apart."""
    words = said.replace(" . ", " , ").strip(" .,").split()
    while words and not _begins(words, name) and words[0] in _tables()["before_an_answer"]:
        words = words[1:]
    length = _begins(words, name)
    if not length or (name == "yes" and _begins(words, "no") > length):
        return False
    rest = words[length:]
    while rest and rest[0] in _tables()["thanks"]:
        rest = rest[1:]
    if rest and rest[0] in _tables()["stands_apart"]:
        return name == "no" or not _begins(rest[1:], "no")
    if name == "yes" and "not" in rest[:2]:
        return False
    return len(rest) <= _FEW and all(word in _around() for word in rest)


def _begins(words: list[str], name: str) -> int:
    """How many words of the answer stand at the beginning; 0 for none."""
    return max((len(phrase) for phrase in _phrases(name) if tuple(words[: len(phrase)]) == phrase), default=0)


@functools.cache
def _phrases(name: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(str(phrase).lower().split()) for phrase in _tables()[name])


@functools.cache
def _around() -> frozenset[str]:
    return frozenset(str(word) for word in _tables()["around"])


# Numbers.


def _number(fact: str, text: str, said: str, line: float | None) -> Fact | None:
    if fact == INCOME and line is not None:
        compared = _compared(said, line)
        if compared is not None:
            return compared
    stated = facts_in(text).get(fact)
    if stated is None and "?" not in said:
        stated = _FIGURES.get(fact, figures.plain_number)(said)
    if stated is not None:
        return stated
    return UNSURE if _unsure(said, said.split()) else None


def _compared(said: str, line: float) -> Fact | None:
    """ "more", "less", "about that": against the line that was asked about."""
    said = said.strip(" .,")
    for name, fact in (("same", UNSURE), ("more", Amount(line, None)), ("less", Amount(0, line))):
        if said in _tables()[name] or any(said.removeprefix(lead) in _tables()[name] for lead in _LEADS):
            return fact
    return None


_LEADS = (
    "yes ",
    "yes , ",
    "no , ",
    "no ",
    "it is ",
    "its ",
    "si ",
    "es ",
    "i think ",
    "creo que ",
    "probably ",
    "i make ",
    "we make ",
    "gano ",
    "ganamos ",
    "un ",
    "somewhat ",
)


# Choices.


def _choice(fact: str, text: str, said: str) -> str | None:
    values = _values(fact)
    stated = facts_in(text).get(fact)
    if isinstance(stated, str) and stated in values:
        return stated
    if "?" in said:
        return None
    bare = said.strip(" .,")
    if bare in _tables()["none_of_these"]:
        return next((value for value in ("none", "not_in_group", "not_applied") if value in values), None)
    found = {
        value for value, phrases in _main_words(fact).items() if any(f" {phrase} " in f" {said} " for phrase in phrases)
    }
    longest = _longest(fact, said, found)
    return longest if longest in values else None


def _longest(fact: str, said: str, found: set[str]) -> str | None:
    """The choice whose words fit best; None when two fit as well."""

    def weight(value: str) -> int:
        return max(len(phrase) for phrase in _main_words(fact)[value] if f" {phrase} " in f" {said} ")

    ranked = sorted(found, key=weight, reverse=True)
    if len(ranked) > 1 and weight(ranked[0]) == weight(ranked[1]):
        return None
    return ranked[0] if ranked else None


@functools.cache
def _values(fact: str) -> frozenset[str]:
    return frozenset(
        choice.value for item in rules.conditions().values() if item.fact == fact for choice in item.choices
    )


@functools.cache
def _main_words(fact: str) -> Mapping[str, tuple[str, ...]]:
    """Value -> its phrases: those of the table, and its whole labels."""
    listed: Mapping[str, list[str]] = _tables()["choices"].get(fact, {})
    labels = {
        choice.value: (plain(choice.label.en), plain(choice.label.es))
        for item in rules.conditions().values()
        if item.fact == fact
        for choice in item.choices
    }
    return {value: (*(str(word) for word in listed.get(value, ())), *words) for value, words in labels.items()}


def _tables() -> Mapping[str, Any]:
    return patterns.table("answers")
