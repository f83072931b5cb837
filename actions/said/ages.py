"""How old the person is whom the help is for, where a message says it plainly."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from actions.said import patterns
from actions.said.plain import Sentence
from actions.said.signs import denied, readable
from directory.eligibility.facts import Amount

__all__ = ["Age", "about_another", "age_of_helped", "ages"]

OLDEST = 115
_SEEN_OFTEN = 4
YOUNGEST_SPEAKER = 13
YOUNGEST_NAMED = 18


@dataclass(frozen=True)
class Age:
    """One age said, and of whom: `self`, `other` (a grown relative, she, the client), `near` (a friend) or `child`."""

    whose: str
    years: Amount


def ages(sentence: Sentence) -> Iterator[Age]:
    """Every age that a sentence states, once each."""
    taken: list[tuple[int, int]] = []
    for whose, pattern in _patterns():
        for match in itertools.islice(pattern.finditer(sentence.text), _SEEN_OFTEN):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            years = _years(match)
            if years is not None and _stated(sentence, match, whose) and _fits(whose, years):
                yield Age(whose, years)


def age_of_helped(found: Sequence[Age], text: str) -> Amount | None:
    """The one age of a grown person, when no other age stands beside it and the help is plainly for that person."""
    near = patterns.one("ages", "for_the_near").search(f" {text} ")
    grown = {age for age in found if age.whose != "child" and (near or age.whose != "near")}
    small = {age for age in found if age.whose == "child"}
    if not grown and len(small) == 1 and patterns.one("ages", "for_the_child").search(f" {text} "):
        return next(iter(small)).years
    if len(grown) != 1:
        return None
    (age,) = grown
    if age.whose == "self":
        return None if about_another(text) else age.years
    return None if _for_the_speaker(text) else age.years


def about_another(text: str) -> bool:
    """Whether the help asked for is plainly for somebody else than who writes."""
    return bool(patterns.one("ages", "for_another").search(f" {text} "))


def _for_the_speaker(text: str) -> bool:
    said = f" {text} "
    return (
        bool(patterns.one("ages", "i_need").search(said))
        and not patterns.one("ages", "for_another").search(said)
        and not patterns.one("ages", "towards").search(said)
    )


def _fits(whose: str, years: Amount) -> bool:
    low = {"self": YOUNGEST_SPEAKER, "other": YOUNGEST_NAMED, "near": YOUNGEST_NAMED}.get(whose, 0)
    return years.top <= OLDEST and (years.low >= low or years.low == 0 < years.top) if years.high else years.low >= low


def _years(match: re.Match[str]) -> Amount | None:
    over, said = match.groupdict().get("over"), float(match["n"])
    if said > OLDEST or not said.is_integer():
        return None
    if over in ("over", "above", "older than", "mayor de", "mas de", "arriba de", "at least"):
        return Amount(said, None)
    if over in ("under", "menor de", "menos de"):
        return Amount(0, said)
    if over in ("like", "about", "como"):
        return Amount(said - 2, said + 2)
    return None if over else Amount.exactly(said)


_NAMED = ("other", "near")
_SUPPOSES = frozenset({"si", "if", "when", "cuando", "once", "until", "unless", "suppose", "supongamos"})


def _stated(sentence: Sentence, match: re.Match[str], whose: str) -> bool:
    """Whether an age is told; that of another person also inside a question: "does my mother, 74, qualify"."""
    before = sentence.text[: match.start() + 1].rpartition(" , ")[2].split()[-3:]
    if denied(before) or _SUPPOSES & set(before):
        return False
    return readable(sentence, match, asking=not sentence.asks or whose in _NAMED)


@functools.cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    said = patterns.table("ages")["said"]
    return tuple((whose, re.compile(patterns.filled("ages", pattern))) for whose, pattern in said)
