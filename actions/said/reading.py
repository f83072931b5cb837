"""The facts that a message volunteers, put together from what each sentence says; corrections count."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence

from actions.said import ages, family, household, leaving, money, patterns, signs
from actions.said.plain import Sentence, sentences
from directory.eligibility.facts import INCOME, SIZE, Amount, Fact

__all__ = ["corrects", "facts_in"]

AGE = "age_years"


def facts_in(text: str, *, need: str | None = None) -> dict[str, Fact]:
    """Facts stated plainly anywhere in a message; `need` is what the talk is about and makes a ride's goal clear.

    A question about the rules states nothing, a status is never read, and what is not plain is left out.
    """
    return dict(_facts_in(text, need))


_AGE_BESIDE = re.compile(r"(?<=\w) (?=(?:i['’]?m|i am) (?:[2-9]\d|1[89])(?: (?:years|yrs|and)\b|$))", re.IGNORECASE)
"""Between a question and the age that is told beside it: "may i get calfresh im 70"."""


@functools.lru_cache(maxsize=16)  # a question put asks for the facts of its answer again
def _facts_in(text: str, need: str | None) -> Mapping[str, Fact]:
    parted = _AGE_BESIDE.sub(", ", text)
    said = [Sentence(_replaced(sentence.text), sentence.asks) for sentence in sentences(parted)]
    found: dict[str, Fact] = {}
    for signed in _signed(said, need):
        found[signed.fact] = signed.value
    found.update(_numbers(said))
    if found.get("blind_or_disabled") is True:
        found["serious_health_need"] = True
    if found.get(INCOME) == Amount.exactly(0) and _little_cash(said):
        found["little_cash_this_month"] = True
    return found


def corrects(text: str) -> bool:
    """Whether a message corrects a fact: it says that something was wrong, and states how it is."""
    said = sentences(text)
    if not facts_in(text):
        return False
    return any(patterns.one("reading", "says_so").search(part.text) for part in said) or bool(
        re.match(r" no , ", said[0].text if said else "")
    )


def _replaced(text: str) -> str:
    """The sentence with the number that was taken back replaced by the one said instead."""
    return patterns.one("reading", "replaced").sub(lambda found: _newer(found), text)


def _newer(found: re.Match[str]) -> str:
    spanish = re.search(r"\b(?:somos|tengo|gano|son|anos)\b", found.string[: found.end()]) is not None
    joint = found[0][len(found["old"] + found["rest"]) :]
    if found["mark"] == "no" and spanish and not re.search(r"\b(?:somos|tengo|gano|son)\b", joint):
        return f"{found['old']}{found['rest']}"  # "somos 5, no 4"
    return f"{found['new']}{found['rest']}"


def _numbers(said: Sequence[Sentence]) -> dict[str, Fact]:
    found: dict[str, Fact] = {}
    size = _one([size for sentence in said for size in household.sizes(sentence)])
    if size is not None:
        found[SIZE] = Amount.exactly(size)
    income = money.income_of(said, size_said=size is not None)
    if income is not None:
        found[INCOME] = income
    whole = " ".join(sentence.text for sentence in said)
    age = ages.age_of_helped([age for sentence in said for age in ages.ages(sentence)], whole)
    if age is not None:
        found[AGE] = age
    return found


def _one(values: Iterable[int]) -> int | None:
    """The one value said; None for none, and for two that contradict each other."""
    distinct = set(values)
    return distinct.pop() if len(distinct) == 1 else None


def _signed(said: Sequence[Sentence], need: str | None) -> Iterable[signs.Found]:
    """The signs, one of each fact; a later one wins after a word of correction, two others cancel each other."""
    by_fact: dict[str, list[tuple[signs.Found, bool]]] = {}
    for sentence in said:
        marker = patterns.one("reading", "marker").search(_without_an_age_set_in(sentence.text))
        plainer = Sentence(_without_an_age_set_in(sentence.text), sentence.asks)
        for found in (*signs.found(plainer, need), *family.found(sentence), *leaving.found(sentence)):
            late = marker is not None and found.at >= marker.start()
            by_fact.setdefault(found.fact, []).append((found, late))
    for fact, founds in by_fact.items():
        chosen = _chosen(fact, founds)
        if chosen is not None:
            yield chosen


def _without_an_age_set_in(text: str) -> str:
    """ "can my mom, 74, get IHSS" as "can my mom get IHSS": what stands before the age still says that it is asked."""
    return _SET_IN.sub(" ", text)


_SET_IN = re.compile(r" , (?:who is |age |aged |de |que tiene )?\d{1,3}(?: years old| anos)? , ")


def _chosen(fact: str, founds: Sequence[tuple[signs.Found, bool]]) -> signs.Found | None:
    late = [found for found, corrected in founds if corrected]
    left = late or [found for found, _ in founds]
    if fact == "wic_category":
        return min(left, key=lambda found: family.ORDER.index(str(found.value)))
    if fact == "pregnant_or_12mo_postpartum":
        return next((found for found in left if found.value is True), left[0])
    return left[0] if len({found.value for found in left}) == 1 else None


def _little_cash(said: Sequence[Sentence]) -> bool:
    for sentence in said:
        match = patterns.one("reading", "cash").search(sentence.text)
        if match and int(match[1]) <= 100:
            return True
    return False
