"""The answer to the one question that was just put: yes or no, a number, a choice, or that nobody knows."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any

from actions.said import figures, patterns
from actions.said.choices import choice, none_is_unclear
from actions.said.plain import plain
from actions.said.reading import AGE, facts_in
from actions.said.yes_no import contradicts, yes_or_no
from directory.eligibility import facts as known
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
    return choice(fact, text, said) if kind == "choice" else yes_or_no(fact, text, said)


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
    return none_is_unclear(fact, said) if known.kind_of(fact) == "choice" else contradicts(fact, said)


def _no_number(fact: str, said: str, words: list[str]) -> bool:
    """A number that cannot be meant, an hourly wage alone, or "a lot"."""
    if fact == INCOME and patterns.one("answers", "an_hour").search(said):
        return True
    return _fits("vague", said) or (bool(re.search(r"\d", said)) and figures.all_around(words))


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
    bare = {said, *(said.removeprefix(f"{lead} ") for lead in _tables()["before_compared"])}
    for name, fact in (("same", UNSURE), ("more", Amount(line, None)), ("less", Amount(0, line))):
        if bare & set(_tables()[name]):
            return fact
    return None


def _tables() -> Mapping[str, Any]:
    return patterns.table("answers")
