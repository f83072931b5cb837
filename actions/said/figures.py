"""The number that a short answer means: people in the home, years, dollars a month."""

from __future__ import annotations

import functools
import re

from actions.said import ages, household, money, patterns
from actions.said.plain import Sentence
from directory.eligibility.facts import INCOME, MOST, SIZE, Amount

__all__ = ["age", "all_around", "bare", "income", "plain_number", "size"]

ABOUT = 2
"""Years on both sides of an age said with "about"."""
LEAST_A_MONTH = 30
"""A smaller number, without a period, is not meant for dollars a month."""


def size(said: str) -> Amount | None:
    listed = next((count for count, _ in household.members(f" {said.replace(' .', '')} ", answering=True)), None)
    if listed:
        return Amount.exactly(listed)
    if _one("only_me").fullmatch(said):
        return Amount.exactly(1)
    number = bare(said)
    return Amount.exactly(number) if number and number <= MOST[SIZE] and number.is_integer() else None


def age(said: str) -> Amount | None:
    """Years; a baby's months and weeks count as whole years."""
    young = _one("months_old").search(said)
    if young:
        months = int(young["n"]) if young["unit"].startswith("m") else 0
        return Amount.exactly(months // 12) if all_around(said.split()) else None
    bound = _one("bound_of_age").fullmatch(said)
    if bound:
        years = float(bound["n"])
        return Amount(0, years) if bound["way"] in ("under", "menos de", "menor de") else Amount(years, None)
    number = bare(said)
    if number is None or not number.is_integer() or number > ages.OLDEST or _one("many_people").search(said):
        return None
    if _one("about").search(said):
        return Amount(max(0, number - ABOUT), number + ABOUT)
    return Amount.exactly(number)


def income(said: str) -> Amount | None:
    if _one("no_money").fullmatch(said):
        return Amount.exactly(0)
    sentence = Sentence(f" i make {said.rstrip(' .')} ", False)
    if _one("not_money").search(said):
        return None
    if _one("has_period").search(said):
        return money.income_of([sentence], size_said=True)
    return _bare_income(said)


def _bare_income(said: str) -> Amount | None:
    """An amount without a period: dollars a month were asked for."""
    words = said.split()
    if not all_around([word for word in words if not re.fullmatch(r"\$?\d[\d.]*", word)] or ["a"]):
        return None
    sentence = Sentence(f" i make {said.rstrip(' .')} a month ", False)
    values = [float(value.lstrip("$")) for value in re.findall(r"\$?\d[\d.]*", said)]
    if not values or (max(values) < LEAST_A_MONTH and max(values) != 0):
        return None
    return money.income_of([sentence], size_said=True)


def plain_number(said: str) -> Amount | None:
    number = bare(said)
    return None if number is None or number > MOST[INCOME] else Amount.exactly(number)


def bare(said: str) -> float | None:
    """The one number of a message that holds nothing else but words around it."""
    numbers = re.findall(r"(?<![\w.])\$?\d+(?:\.\d+)?(?![\w.])", said)
    words = [word for word in said.split() if not re.fullmatch(r"\$?\d+(?:\.\d+)?", word)]
    return float(numbers[0].lstrip("$")) if len(numbers) == 1 and all_around(words) else None


def all_around(words: list[str]) -> bool:
    around = _with_number()
    return all(word in around or re.fullmatch(r"\$?\d[\d.]*", word) for word in words)


@functools.cache
def _with_number() -> frozenset[str]:
    return frozenset(str(word) for word in patterns.table("answers")["with_number"])


def _one(key: str) -> re.Pattern[str]:
    return patterns.one("answers", key)
