"""What a message puts right or tells in few words in a check: a figure, the home, a paper that has not come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from actions import said
from actions.context import Turn
from actions.heard import Heard, fold
from actions.said import money
from actions.said.plain import plain, sentences
from actions.slots import Known
from actions.words import sign
from directory.eligibility.facts import INCOME, SIZE, UNSURE, Amount, Fact, Facts
from directory.eligibility.questions import Question
from directory.model import Need
from directory.text import catalogue
from directory.text.verdict import dollars, people

__all__ = ["AT_HOME", "NOTICE", "Learned", "noted", "only_puts_right", "told", "without_what_is_told"]

AT_HOME, NOTICE = "lives_at_home", "eviction_notice_21_30_days"
_GUIDE = "eviction_paper"
_FEW = 9
_MOST_PEOPLE = 15
_NUMBER = re.compile(r"(?<![\w.])\$?(\d+(?:\.\d+)?)(?![\w.])")
_TELLS_ELSE = re.compile(r"(?:yes|si) (?:le|la|lo|les|me|nos) (?:dieron|dio|dan|da|operaron|mandaron)\b")
""" "Sí le dieron de alta": what it tells answers what was told of, not any question."""
_DENIES = re.compile(r"\b(?:not|no|never|nunca|ya no|if|si)\b")


def told(turn: Turn, before: Known, learned: Facts) -> dict[str, Fact]:
    """What else a message tells where something is worked out: pay without its period, a figure alone, one's home."""
    if not _in_a_check(turn):
        income = money.unperioded(sentences(turn.heard.text)) if turn.known.want.known else None
        return {INCOME: income} if income and INCOME not in learned else {}
    found: dict[str, Fact] = {}
    if (
        AT_HOME not in learned
        and sign("check_home_told", turn.heard.text)
        and not _DENIES.search(plain(turn.heard.text))
    ):
        found[AT_HOME] = True
    if INCOME in learned:
        return found
    income = money.unperioded(sentences(turn.heard.text))
    return {**found, INCOME: income} if income else {**found, **_figure(turn, before, learned)}


def _in_a_check(turn: Turn) -> bool:
    asked = turn.known.asked
    return bool(asked.check or asked.told) or turn.heard.act == "check_eligibility"


def _figure(turn: Turn, before: Known, learned: Facts) -> dict[str, Fact]:
    """The figure said instead of one known: "actually 4000", "i meant 5", "yo creo que 4000 más bien"."""
    text = plain(turn.heard.text)
    numbers = _NUMBER.findall(text)
    if len(numbers) != 1 or len(text.split()) > _FEW or learned or not sign("check_puts_right", turn.heard.text):
        return {}
    value = float(numbers[0])
    if value <= _MOST_PEOPLE:
        return {SIZE: Amount.exactly(value)} if SIZE in before.facts and value.is_integer() and value else {}
    income = money.in_a_month(value)
    waits = before.asked.question == INCOME
    return {INCOME: income} if income and (waits or INCOME in before.facts) else {}


class Learned(dict[str, Fact]):
    """The facts that a message tells, and which of them were known otherwise before."""

    def __init__(self, facts: Facts, before: Facts) -> None:
        super().__init__(facts)
        self.changed = frozenset(
            fact for fact, value in facts.items() if before.get(fact, UNSURE) is not UNSURE and before[fact] != value
        )


def _changed(turn: Turn) -> frozenset[str]:
    return turn.learned.changed if isinstance(turn.learned, Learned) else frozenset()


def only_puts_right(turn: Turn, question: Question) -> bool:
    """Whether a "no" in front only puts something else right: "no, we are 5" answers no question for a yes or no."""
    if not turn.learned or set(question.facts) & set(turn.learned):
        return False
    if _TELLS_ELSE.match(plain(turn.heard.text)):
        return True
    return bool(_changed(turn)) or said.corrects(turn.heard.text)


def without_what_is_told(turn: Turn, learned: Facts) -> Heard:
    """What was heard, without what the words of a fact name: no paper has come, "my own apartment" looks for none."""
    heard = turn.heard
    if learned.get(NOTICE) is False:
        kept = tuple(need for need in heard.needs if need != Need.LEGAL.value)
        heard = replace(heard, needs=kept, guides=tuple(name for name in heard.guides if name != _GUIDE))
    few = len(fold(heard.text).split()) <= _FEW
    if few and _in_a_check(turn) and sign("check_home_told", heard.text) and not sign("check_looks_for", heard.text):
        heard = replace(heard, needs=tuple(need for need in heard.needs if need != Need.HOUSING.value))
    return heard


def noted(turn: Turn) -> str:
    """That something was taken in; the figures are said back, so that a wrong one shows."""
    figures = list(_figures(turn)) if {SIZE, INCOME} & set(turn.learned) else []
    if not figures or not (_changed(turn) or sign("check_puts_right", turn.heard.text) or INCOME in turn.learned):
        key = "puts_right.no_paper" if turn.learned.get(NOTICE) is False else None
        return turn.say(key) if key else catalogue.say("verdict.noted", turn.language)
    return turn.say("puts_right.noted", what=", ".join(figures))


def _figures(turn: Turn) -> Iterator[str]:
    size, income = (turn.known.facts.get(fact) for fact in (SIZE, INCOME))
    if isinstance(size, Amount) and size.exact:
        yield people(size.exact, turn.language)
    if isinstance(income, Amount) and income.exact is not None:
        yield turn.say("puts_right.a_month", amount=dollars(income.exact))
