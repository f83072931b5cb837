"""Yes or no to the question just put: said alone, or leading a longer message that does not turn it round."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from actions.said import patterns
from actions.said.reading import facts_in
from actions.said.signs import conditional

__all__ = ["contradicts", "yes_or_no"]

_FEW = 7
"""A message of more words than this answers only with a plain yes or no in front, or where it states the fact."""


@dataclass(frozen=True)
class _Led:
    """The yes or no that a message begins with: its words, and what follows them, a space at both ends."""

    yes: bool
    lead: str
    rest: str

    @property
    def words(self) -> Sequence[str]:
        return self.rest.split()


def yes_or_no(fact: str, text: str, said: str) -> bool | None:
    """What a message answers to a yes/no question about `fact`; None for no answer. `said` is the plain text."""
    stated = facts_in(text).get(fact)
    if isinstance(stated, bool):
        return stated
    if "?" in said or _fits("half", said) or conditional(f" {said} "):
        return None
    if fact in _tables()["asked_by_no"]:
        return _asked_by_no(said)
    led = _led(said)
    return led.yes if led and _stands(fact, led) else None


def contradicts(fact: str, said: str) -> bool:
    """Whether a message half agrees, says yes and no, or says yes or no to a question that means the other one."""
    if _fits("half", said):
        return True
    led = _led(said)
    if led is None or conditional(f" {said} ") or _fits("of_another", led.rest):
        return False
    return _taken_back(led) or fact in _tables()["asked_by_no"]


def _stands(fact: str, led: _Led) -> bool:
    """Whether the yes or no still holds after what follows it."""
    if _taken_back(led) or _fits("asks_on", led.rest) or _fits("requests", led.rest):
        return False
    if _against(fact, led) or (led.yes and fact in _set("own") and _fits("gone", led.rest)):
        return False
    if not led.yes and (_fits("of_another", led.rest) or _denies_else(fact, led)):
        return False
    return _only_around(led) or _set_apart(led) or _goes_on(led)


def _denies_else(fact: str, led: _Led) -> bool:
    """ "No she does not need a nursing home", to a question that asks of no need."""
    return not fact.startswith(_OF_A_NEED) and _fits("else_denied", led.rest)


_OF_A_NEED = ("needs_", "wants_", "has_home_needs", "depends_", "functional_")


def _taken_back(led: _Led) -> bool:
    if led.yes and _begins(led.words, "no") and not _fits("agrees", led.rest):
        return True
    return _fits("takes_back_yes" if led.yes else "takes_back_no", led.rest)


def _against(fact: str, led: _Led) -> bool:
    """ "No I can't" and "yes I can" to a question that holds the other word."""
    tables = _tables()
    able, unable = _fits("can", led.rest), _fits("can_not", led.rest)
    if fact in tables["asked_by_cannot"]:
        return (able and not unable) if led.yes else unable
    if fact in tables["asked_by_can"]:
        return led.yes and unable
    return not led.yes and unable


def _only_around(led: _Led) -> bool:
    return len(led.words) <= _FEW and all(word in _set("around") for word in led.words)


def _set_apart(led: _Led) -> bool:
    words = led.words
    return words[0] in _set("stands_apart") and not (led.yes and _begins(words[1:], "no"))


def _goes_on(led: _Led) -> bool:
    """A plain yes goes on as it likes; a plain "no" must not be the "no" of "no food" and "no puedo"."""
    if led.yes:
        return led.lead in _set("leads_yes")
    return led.lead in _set("leads_no") and led.words[0] in _set("opens_after_no")


def _led(said: str) -> _Led | None:
    words = said.replace(" . ", " , ").strip(" .,").split()
    while words and not (_begins(words, "yes") or _begins(words, "no")) and words[0] in _set("before_an_answer"):
        words = words[1:]
    yes, no = _begins(words, "yes"), _begins(words, "no")
    if yes == no:
        return None
    rest = words[max(yes, no) :]
    while rest and rest[0] in _set("thanks"):
        rest = rest[1:]
    return _Led(yes > no, " ".join(words[: max(yes, no)]), f" {' '.join(rest)} ")


def _asked_by_no(said: str) -> bool | None:
    """To "do you not have ...?" a "no" alone says nothing sure; "no tengo" and "sí tengo" do."""
    known = all(word in _set("around") for word in said.split())
    if not known:
        return None
    if _fits("have_not", said):
        return True
    if _fits("have", said):
        return False
    words = said.split()
    return True if _begins(words, "yes") and len(words) <= 2 else None


def _begins(words: Sequence[str], name: str) -> int:
    """How many words of the answer stand at the beginning; 0 for none."""
    return max((len(phrase) for phrase in _phrases(name) if tuple(words[: len(phrase)]) == phrase), default=0)


@functools.cache
def _phrases(name: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(str(phrase).lower().split()) for phrase in _tables()[name])


@functools.cache
def _set(name: str) -> frozenset[str]:
    return frozenset(str(word) for word in _tables()[name])


def _fits(name: str, said: str) -> bool:
    return re.search(patterns.one("yes_no", name), said) is not None


def _tables() -> Mapping[str, Any]:
    return patterns.table("yes_no")
