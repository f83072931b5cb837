"""The income of a home: every amount with its period that a message calls an income, in dollars a month before taxes."""

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

__all__ = ["ABOUT", "Pay", "amounts", "income_of", "says_none"]

ABOUT = 0.1
MOST_AMOUNTS = 12
"""How far an amount said with "about" may lie from it."""

_NUMBER = r"\$?\d{1,7}(?:\.\d{1,2})?(?!\d)"
_MONTHS = 12
_WEEKS = 52
_CENTS = 2


@dataclass(frozen=True)
class Pay:
    """One amount a month as a sentence says it; `income`: is called one, is called something else, or neither (None)."""

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
    return _together([pay for pay in _once(named)], whole)


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
    others = {
        "or",
        "low",
        "if",
        "si",
        "o",
        "people",
        "husband",
        "wife",
        "esposo",
        "esposa",
        "personas",
        "familias",
        "you",
        "gente",
        "son",
        "daughter",
    }
    return not others & set(before)


def amounts(sentence: Sentence) -> Iterator[Pay]:
    """Every amount of a sentence, with what the words around it call it."""
    text, end = _leading().sub(r" \2 \3 \1 ", sentence.text), 0
    if re.search(
        r"\b(?:what if|if i (?:made|earned)|si gan(?:ara|aba)|would make|used to make|y si gano|ganaba|limit is|limite es)\b",
        text,
    ):
        return
    found = [match for match in _amount().finditer(text) if not _no_money(text, match)]
    rule = rule_asked(text)
    if rule and found and rule[0] < found[0].start() and not _OURS.search(text[rule[1] - 1 : found[0].start()]):
        return
    if len(found) > MOST_AMOUNTS:
        return
    before = False
    for at, match in enumerate(found):
        after = found[at + 1].start() if at + 1 < len(found) else len(text)
        pay = _pay(text, match, text[end : match.start()], text[match.end() : after], text)
        if pay.income is None and before and (pay.spouse or _AND_ONE.search(text[end : match.start()])):
            pay = replace(pay, income=True)
        yield pay
        end, before = match.end(), pay.income is True


_OURS = re.compile(r" (?:i|we|my \w+|me|nos|gano|ganamos|recibo|recibimos|mi|our) |,")
_AND_ONE = re.compile(r" (?:and|y|,) (?:yo|i|me|ella|el|he|she) $")
_NOT_MONEY = re.compile(
    r"^ (?:hours?|horas?|hrs|kids?|children|people|personas|hijos?|ninos?|years?|anos?|days?|dias?|times?|veces|weeks?|semanas?|"
    r"months? old|meses de|of us|adults?|miles?|millas|years|months? pregnant|months?(?: (?:behind|ago|now|with|pregnant|old))|pm|am|percent|%|and (?:my|his|her) )"
)


def _no_money(text: str, match: re.Match[str]) -> bool:
    """Numbers that count something else: hours, children, years."""
    if match["period"] or match["hourly"] or match["daily"]:
        return float(match["low"].lstrip("$")) == 0 and False
    if float(match["low"].lstrip("$")) == 0:
        return True
    dollars = "$" in match[0]
    value = float(match["low"].lstrip("$"))
    return not dollars and (value < 100 or value > 9999 or bool(_NOT_MONEY.match(text[match.end() :])))


def _pay(text: str, match: re.Match[str], left: str, right: str, whole: str) -> Pay:
    spouse = bool(
        re.search(
            r" (?:(?:my|mi) (?:\w+ )?)?(?:husband|wife|spouse|partner|boyfriend|girlfriend|esposo|esposa|marido|mujer|pareja|novio|novia)\b(?! (?:and|y) )",
            left,
        )
    )
    me = bool(
        re.search(
            r" (?:i|we|my income|gano|ganamos|recibo|recibimos|our|nos|me pagan|yo|entre|both|together|juntos) ", left
        )
    )
    other = (
        bool(
            re.search(
                r" (?:my|mi|his|her) (?:\w+ )?(?:son|daughter|brother|sister|friend|roommate|neighbor|cousin|hijo|hija|hermano|hermana|amigo|amiga|primo|prima|kids|dad|mom|mama|papa|uncle|tio|tia|boss|landlord|patron)\b",
                left,
            )
        )
        and not me
    )
    monthly = _monthly(match, whole)
    if monthly is not None and re.search(rf"\b{_tables()['after_taxes']}\b", f"{left} {right}"):
        monthly = Amount(monthly.low, None)
    return Pay(
        monthly,
        _called(left, right),
        spouse and not me,
        other,
        not (match["period"] or match["hourly"] or match["daily"]),
        match[0],
    )


def _called(left: str, right: str) -> bool | None:
    """What the nearest word before the amount calls it, or the first one after."""
    ours = [found.start() for found in _any("income").finditer(left)]
    theirs = [found.start() for found in _any("not_income").finditer(left)]
    if re.match(
        r" (?:is|are|es|son) (?:my|our|mi|nuestro|the) (?:\w+ )?(?:income|ingreso|sueldo|pay)\b| (?:, )?(?:i make|we make|income|is what (?:i|we) make|es lo que gan\w+) ",
        right,
    ):
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
    for times, patterns in _tables()["periods"].items():
        if re.fullmatch("|".join(patterns), said):
            return times, times
    raise AssertionError(said)


@functools.cache
def _amount() -> re.Pattern[str]:
    tables = _tables()
    periods = "|".join(
        [*tables["loose"], *(pattern for times in (26, 24, 52, 12, 1) for pattern in tables["periods"][times])]
    )
    below, above, about = (
        "|".join(sorted(tables[name], key=len, reverse=True)) for name in ("below", "above", "about")
    )
    fill = r"(?: (?:from social security|in social security|de social security|of social security|del seguro social|de seguro social|in unemployment|in disability|unemployment|de desempleo|more or less|before taxes|mas o menos|from my job|after taxes|de pension|del seguro|disability|from ssdi|take home|de seguro|from work|from ssi|en total|in total|or less|in ssdi|de ssdi|dollars|of ssdi|limpios|libres|de ssi|before|in ssi|of ssi|netos|or so|bruto|total|taxes|gross|cash|neto|ssdi|each|net|ish|ssi|ss)){0,3}"
    return re.compile(
        rf"(?<= )(?:(?:(?P<below>{below})|(?P<above>{above})|(?P<about>{about})|between|entre|from|de|entre los) (?:los |the |a |about |de |as )?)?"
        rf"(?P<low>{_NUMBER})(?: (?:to|and|a|y|or|o) (?P<high>{_NUMBER})(?= |$)(?! (?:kids?|hijos?|people|personas|ninos?|children|adults)))?"
        rf"(?P<about_after> or so| mas o menos| more or less| ish| aproximadamente| approx| aprox)?"
        rf"{fill}(?: (?:(?P<hourly>{'|'.join(tables['hour'])})|(?P<daily>{'|'.join(tables['day'])})|(?P<period>{periods}))(?= ))?"
    )


@functools.cache
def _leading() -> re.Pattern[str]:
    """ "every two weeks I get 900": the period stands first."""
    tables = _tables()
    periods = "|".join(
        [*tables["loose"], *(pattern for times in (26, 24, 52, 12, 1) for pattern in tables["periods"][times])]
    )
    return re.compile(
        rf" ({periods}) (?:, )?((?:i|we|me|nos) (?:get paid|get|make|bring in|earn|pagan|dan)|gano|ganamos|recibo|recibimos) ({_NUMBER}) (?!a |al |per |por |every |cada )"
    )


@functools.cache
def _any(name: str) -> re.Pattern[str]:
    listed = patterns.filled("money", "|".join(_tables()[name]))
    return re.compile(rf"\b(?:{listed})(?=\W|$)")


def _tables() -> Mapping[str, Any]:
    return patterns.table("money")
