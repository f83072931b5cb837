"""The income of a home: each amount with its period that is called one, in dollars a month before taxes."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from actions.said import patterns
from actions.said.plain import Sentence
from actions.said.signs import rule as rule_asked
from directory.eligibility.facts import INCOME, MOST, Amount

__all__ = ["ABOUT", "Pay", "amounts", "in_a_month", "income_of", "says_none", "unperioded"]

ABOUT = 0.1
"""How far an amount said with "about" may lie from it."""
MOST_AMOUNTS = 12
LEAST_A_TIME = 20
"""A smaller number with a week or a month counts weeks or months."""

_MONTHS = 12
_WEEKS = 52
_CENTS = 2


@dataclass(frozen=True)
class Pay:
    """One amount a month; `income`: whether it is called one or something else, None where it is called neither."""

    monthly: Amount | None
    income: bool | None
    spouse: bool
    other: bool
    bare: bool
    text: str


def income_of(sentences: Sequence[Sentence], *, size_said: bool) -> Amount | None:
    """The income of the home that the sentences state, all of it added; None when it is not plain."""
    pays = [pay for sentence in sentences for pay in amounts(sentence)]
    named = [pay for pay in pays if pay.income]
    if not named and size_said and all(pay.income is None for pay in pays):
        named = [pay for pay in pays if not pay.bare and not pay.other]
    if not named:
        none = any(says_none(sentence) for sentence in sentences)
        return Amount.exactly(0) if none and not any(pay.income for pay in pays) else None
    if any(pay.monthly is None or pay.other for pay in named) or any(
        pay.income is None and not pay.bare for pay in pays if pay not in named
    ):
        return None
    whole = " ".join(sentence.text for sentence in sentences)
    return _together(_once(named), whole)


def unperioded(sentences: Sequence[Sentence]) -> Amount | None:
    """The one income said without its period, as people say what comes in a month: "we are 4 and make 4200"."""
    pays = [pay for sentence in sentences for pay in amounts(sentence)]
    if len(pays) != 1 or not (pays[0].bare and pays[0].income) or pays[0].other:
        return None
    (said,) = re.findall(r"\d+(?:\.\d+)?", pays[0].text)[:1] or ("0",)
    return in_a_month(float(said))


def in_a_month(dollars: float) -> Amount | None:
    """What an amount said without its period is a month; a small one may be a week's."""
    if not LEAST_BARE <= dollars <= MOST_BARE:
        return None
    return Amount.exactly(dollars) if dollars >= SURELY_A_MONTH else Amount(dollars, round(dollars * _WEEKS / _MONTHS))


LEAST_BARE, SURELY_A_MONTH, MOST_BARE = 100, 1000, 9999
"""Between these an amount that has no period is taken for a month's pay; below the middle one perhaps for a week's."""


def _once(pays: Sequence[Pay]) -> Sequence[Pay]:
    """The same amount said twice is one."""
    return list({(pay.monthly, pay.spouse): pay for pay in pays}.values())


def _together(pays: Sequence[Pay], whole: str) -> Amount | None:
    low = round(sum(pay.monthly.low for pay in pays if pay.monthly), _CENTS)
    highs = [pay.monthly.high for pay in pays if pay.monthly]
    high = None if None in highs else round(sum(high for high in highs if high is not None), _CENTS)
    only = re.search(rf"\b{_tables()['only_one']}\b", whole)
    if all(pay.spouse for pay in pays) and not only:
        high = None
    if max(low, high or 0) > MOST[INCOME] or (low == 0 and high is None):
        return None
    return Amount(low, high)


def says_none(sentence: Sentence) -> bool:
    """Whether a sentence says that no money comes in."""
    match = _any("none").search(sentence.text)
    if match is None or (
        sentence.asks and not re.search(r" (?:i|we|my|me|tengo|tenemos|yo|mi|con|and) ", sentence.text)
    ):
        return False
    before = sentence.text[: match.start() + 1].split()[-4:]
    return not {str(word) for word in _tables()["none_of_another"]} & set(before)


def amounts(sentence: Sentence) -> Iterator[Pay]:
    """Every amount of a sentence, with what the words around it call it."""
    text, end = _around("leading").sub(r" \2 \3 \1 ", sentence.text), 0
    if patterns.one("money", "supposed").search(text):
        return
    found = [match for match in _around("amount").finditer(text) if not _no_money(text, match)]
    rule = rule_asked(text)
    if rule and found and rule[0] < found[0].start() and not _OURS.search(text[rule[1] - 1 : found[0].start()]):
        return
    if len(found) > MOST_AMOUNTS:
        return
    before = False
    for at, match in enumerate(found):
        after = found[at + 1].start() if at + 1 < len(found) else len(text)
        pay = _pay(match, text[end : match.start()], text[match.end() : after], text)
        if pay.income is None and before and (pay.spouse or _AND_ONE.search(text[end : match.start()])):
            pay = replace(pay, income=True)
        yield pay
        end, before = match.end(), pay.income is True


_TO_SPOUSE = re.compile(r" a mi (?:espos[oa]|marido|mujer|pareja)\b")
_OURS = re.compile(r" (?:i|we|my \w+|me|nos|gano|ganamos|recibo|recibimos|mi|our) |,")
_AND_ONE = re.compile(r" (?:and|y|,) (?:yo|i|me|ella|el|he|she) $")


def _no_money(text: str, match: re.Match[str]) -> bool:
    """Numbers that count something else: hours, children, years."""
    value = float(match["low"].lstrip("$"))
    if match["period"] and value < LEAST_A_TIME and not match["high"]:
        return True
    if match["period"] or match["hourly"] or match["daily"]:
        return False
    if value == 0 or "$" in match[0]:
        return value == 0
    return not 100 <= value <= 9999 or bool(patterns.one("money", "counts_else").match(text[match.end() :]))


def _pay(match: re.Match[str], left: str, right: str, whole: str) -> Pay:
    me, spouse, others = (patterns.one("money", key).search(left) is not None for key in ("own", "spouse", "others"))
    spouse = spouse or _TO_SPOUSE.match(right) is not None
    monthly = _monthly(match, whole)
    if monthly is not None and re.search(rf"\b{_tables()['after_taxes']}\b", f"{left} {right}"):
        monthly = Amount(monthly.low, None)
    bare = not (match["period"] or match["hourly"] or match["daily"])
    return Pay(monthly, _called(left, right), spouse and not me, others and not me, bare, match[0])


def _called(left: str, right: str) -> bool | None:
    """What the nearest word before the amount calls it, or the first one after."""
    ours = [found.start() for found in _any("income").finditer(left)]
    theirs = [found.start() for found in _any("not_income").finditer(left)]
    if patterns.one("money", "called_after").match(right):
        return True
    clause = re.split(r" [,] | (?:and|y|but|pero|i|my|mi) ", right)[0]
    if _any("not_income").search(f" {clause} ") and not _any("income").search(f" {clause} "):
        return False
    if ours or theirs:
        return max(ours, default=-1) > max(theirs, default=-1)
    return True if _any("income").search(f" {clause} ") else None


def _monthly(match: re.Match[str], whole: str) -> Amount | None:
    """The amount a month, None when its period or its hours are not said."""
    spread = _spread(match)
    if spread is None:
        return None
    if match["hourly"]:
        return _of_hours(spread, whole)
    if match["daily"]:
        days = _any("days").search(whole)
        return (
            _times(spread, int(days["days"]) * _WEEKS / _MONTHS, int(days["days"]) * _WEEKS / _MONTHS) if days else None
        )
    if match["period"]:
        low, high = _in_a_year(match["period"])
        return _times(spread, low / _MONTHS, high / _MONTHS)
    return None


def _of_hours(spread: Amount, whole: str) -> Amount | None:
    week = _any("hours").search(whole)
    if week:
        low = float(week["hours"])
        return _times(spread, low * _WEEKS / _MONTHS, float(week["more"] or low) * _WEEKS / _MONTHS)
    day = _any("hours_a_day").search(whole)
    if day:
        hours = float(day["hours"]) * float(day["days"])
        return _times(spread, hours * _WEEKS / _MONTHS, hours * _WEEKS / _MONTHS)
    full = _any("full_time").search(whole)
    return _times(spread, 30 * _WEEKS / _MONTHS, 40 * _WEEKS / _MONTHS) if full else None


def _times(spread: Amount, low: float, high: float) -> Amount:
    top = None if spread.high is None else round(spread.high * high, _CENTS)
    return Amount(round(spread.low * low, _CENTS), top)


def _spread(match: re.Match[str]) -> Amount | None:
    low = float(match["low"].lstrip("$"))
    if match["high"] and match["join"] in ("and", "y") and not match["between"]:
        return None  # "1200 and 1500" may be two incomes
    if match["high"]:
        high = float(match["high"].lstrip("$"))
        low = low * 1000 if low < 20 and high >= 1000 else low
        return Amount(low, high) if low <= high else None
    if match["below"]:
        return Amount(0, low)
    if match["above"]:
        return Amount(low, None)
    if match["about"] or match["about_after"]:
        return Amount(round(low * (1 - ABOUT), _CENTS), round(low * (1 + ABOUT), _CENTS))
    return Amount.exactly(low)


def _in_a_year(period: str) -> tuple[float, float]:
    said = period.strip()
    if re.fullmatch("|".join(_tables()["loose"]), said):
        return 24, 26
    for times, phrases in _tables()["periods"].items():
        if re.fullmatch("|".join(phrases), said):
            return times, times
    raise AssertionError(said)


@functools.cache
def _around(key: str) -> re.Pattern[str]:
    """The pattern of one amount, or of a period that stands first, with the lists of the table put in."""
    pattern = patterns.filled("money", _with_lists(_tables()[key]))
    return re.compile(pattern)


def _with_lists(pattern: str) -> str:
    """A pattern with {any_below} and the like replaced by their lists; the longest entry is tried first."""
    tables = _tables()
    for key in ("lead", "range", "about_after", "fill", "when"):
        pattern = pattern.replace(f"{{{key}}}", tables[key])
    for key in ("below", "above", "about"):
        pattern = pattern.replace(f"{{any_{key}}}", "|".join(sorted(tables[key], key=len, reverse=True)))
    times = [phrase for period in (26, 24, 52, 12, 1) for phrase in tables["periods"][period]]
    lists = {"period": [*tables["loose"], *times], "hour": tables["hour"], "day": tables["day"]}
    for key, phrases in lists.items():
        pattern = pattern.replace(f"{{any_{key}}}", "|".join(phrases))
    return pattern


@functools.cache
def _any(name: str) -> re.Pattern[str]:
    listed = patterns.filled("money", "|".join(_tables()[name]))
    return re.compile(rf"\b(?:{listed})(?=\W|$)")


def _tables() -> Mapping[str, Any]:
    return patterns.table("money")
