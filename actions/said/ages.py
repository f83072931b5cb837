"""How old the person is whom the help is for, where a message says it plainly."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from actions.said.plain import Sentence
from actions.said.signs import denied, readable, word
from directory.eligibility.facts import Amount

__all__ = ["Age", "about_another", "age_of_helped", "ages"]

OLDEST = 115
_SEEN_OFTEN = 4
YOUNGEST_SPEAKER = 13
YOUNGEST_NAMED = 18

_END = (
    r"(?= *(?:$|[,.?]|(?:and|y|but|pero|with|con|now|living|on|i|yo|w|who|disabled|pregnant|need|needs|necesito|homeless|male|"
    r"female|on|in|live|vivo|soy|am|single|retired|blind|diabetic|so|mom|please|tengo|have|on|, )\b))"
)
_YEARS = r"(?: (?:years|anos|year|anitos)(?: old| de edad| cumplidos)?| (?:yo|old))"
_OVER = r"(?P<over>over|above|older than|mayor de|mas de|arriba de|at least|almost|casi|nearly|under|menor de|menos de|turning|about to be|going to be|like|about|como) "


@dataclass(frozen=True)
class Age:
    """One age said, and of whom: `self`, `other` (a grown relative, she, the client) or `child`."""

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
            if years is not None and _stated(sentence, match) and _fits(whose, years):
                yield Age(whose, years)


def age_of_helped(found: Sequence[Age], text: str) -> Amount | None:
    """The one age of a grown person, when no other age stands beside it and the help is plainly for that person."""
    grown = {age for age in found if age.whose != "child"}
    if len(grown) != 1:
        return None
    (age,) = grown
    if age.whose == "self":
        return None if about_another(text) else age.years
    return None if _for_the_speaker(text) else age.years


def about_another(text: str) -> bool:
    """Whether the help asked for is plainly for somebody else than who writes."""
    return bool(_for_another().search(f" {text} "))


def _for_the_speaker(text: str) -> bool:
    said = f" {text} "
    return bool(_I_NEED.search(said)) and not _for_another().search(said) and not _TOWARDS.search(said)


_I_NEED = re.compile(
    r" (?:i (?:really |also |just )?(?:need|want|am looking|do not have|have no|make|am (?:homeless|pregnant|hungry))|(?:yo )?(?:necesito|quiero|busco|ocupo|gano))\b"
)
_TOWARDS = re.compile(
    r" (?:her|him|them|ella|el necesita|she needs|he needs|caring|cuidarl[oa]|llevarl[oa]|ayudarl[oa]|la lleven|lo lleven|banarl[oa])\b"
)


@functools.cache
def _for_another() -> re.Pattern[str]:
    mine = rf"(?:my|mi) (?:\w+ )?{word('kin')}"
    return re.compile(
        rf" (?:for (?:{mine}|her|him)|para (?:{mine}|ella|el )|help (?:{mine}|her|him)|(?:take|taking|drive) (?:{mine}|her|him)"
        rf"|{mine} (?:needs?|necesita|ocupa|quiere|wants)|ayuda a {mine}|llevar a {mine}|(?:care|cuidar) (?:of|for|a|de) {mine})\b"
    )


def _fits(whose: str, years: Amount) -> bool:
    low = {"self": YOUNGEST_SPEAKER, "other": YOUNGEST_NAMED}.get(whose, 0)
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


def _stated(sentence: Sentence, match: re.Match[str]) -> bool:
    before = sentence.text[: match.start() + 1].rpartition(" , ")[2].split()[-3:]
    if denied(before) or "si" in before or "if" in before:
        return False
    return readable(sentence, match) if sentence.asks else readable(sentence, match, asking=True)


@functools.cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    child, kin = word("child"), word("elder")
    children = word("children")
    own = rf"(?:my|our|mi|his|her|su|the|la|el) (?:\w+ )?"
    person = rf"(?:(?:{own}{kin}|she|he|ella|el|(?:my |our |the |el |la |mi )?(?:client|patient|cliente|paciente)))"
    n = r"(?P<n>\d{1,3}(?:\.5)?)"
    plain = (
        (
            "child",
            rf" (?:{child}|{children}|kids?)(?: (?:is|are|who|tiene|tienen|de|,|ages?|aged|edad|edades|a|the|old|only|just|turned|que|que tiene|and|y|con)){{1,3}} {n}(?: (?:,|and|y) \d{{1,2}})*(?:{_YEARS})?(?! (?:months?|meses|weeks?|semanas|dias|days|miles|blocks))",
        ),
        (
            "child",
            rf" (?:my |mi |a |our |un |una )?{n} (?:years?|anos?)(?: old)? (?:(?:old|autistic|disabled|de|little|baby) )?(?:{child}|kid|grandson|granddaughter)\b",
        ),
        (
            "child",
            rf" (?:i have|have|with|and|has|her|his|my|tengo|con|care for|for) (?:a |an |my |un |una )?{n} (?:years?) old(?! (?:{kin}|man|woman|lady|client|patient|female|male|senior|gentleman|friend|car|house|roof|fridge|building))",
        ),
        (
            "other",
            rf" {n} (?:years? old |years |year |yr old )(?:(?:old|elderly|diabetic|disabled|blind|sick|widowed) )*(?:{kin}|client|patient|lady|woman|man|male|female|senior|gentleman)\b",
        ),
        (
            "other",
            rf" {own}{kin}(?: (?:is|who is|tiene|que tiene|de|,|has|turned|just turned|cumplio|acaba de cumplir|es de|age|aged|edad|con|esta por los)){{0,3}} (?:{_OVER})?{n}(?:{_YEARS}|{_END})",
        ),
        (
            "other",
            rf" {own}{kin} (?:is |, |tiene )?(?P<n>[5-9]\d)(?! (?:miles|days|dollars|hours|pounds|percent|minutes|dias|millas|horas|meses|months|a |an |per |por |al )) (?=[a-z,])",
        ),
        (
            "other",
            rf" {person} (?:is|are|tiene|turned|just turned|cumplio|has|ya tiene|will be) (?:(?:already|only|now|ya|just|actually) )?(?:{_OVER})?{n}(?:{_YEARS}|{_END})(?! (?:months?|meses|weeks?|semanas|dias|hijos|kids|ninos))",
        ),
        (
            "self",
            rf" i am (?:a |an )?(?:(?:already|only|now|just|also|actually|almost like) )?(?:{_OVER})?{n}(?:{_YEARS}|{_END})(?! (?:months?|meses|weeks?|days?|miles|minutes|hours|of|percent|short|blocks|feet|pounds))",
        ),
        ("self", rf" i (?:just |am about to |will )?(?:turned|turn) (?:{_OVER})?{n}\b(?! (?:in|down|off|away))"),
        (
            "self",
            rf" (?:tengo|cumpli|acabo de cumplir|ya tengo|yo tengo) (?:(?:ya|solo|apenas) )?(?:{_OVER})?{n} (?:anos|anitos)\b(?! (?:viviendo|aqui|trabajando|en|de (?:casad|vivir|no|estar|residencia)|sin|con|esperando|cuidando))",
        ),
        ("self", rf" (?:tengo|i am) {n}(?= $| y (?:mi|my) | and my )"),
        (
            "self",
            rf" (?:my age is|age is|my age|mi edad es|mi edad|edad|age) (?:de |: |, )?{n}\b(?! (?:and|y|,|to|a|or|o) \d)",
        ),
        (
            "self",
            rf" soy (?:un |una )?(?:senora?|hombre|mujer|adulto mayor|abuelita|viejito|persona)(?: mayor)? de {n}(?: anos)?\b",
        ),
        ("self", rf"^ {n}{_YEARS}{_END}"),
        ("self", rf" ,? ?{n} years old(?: (?:male|female|man|woman|here))?(?= *(?:$|,))"),
    )
    return tuple((whose, re.compile(pattern)) for whose, pattern in plain)
