"""Pregnancy, babies and small children: who in the home WIC may be for, and whether a pregnancy is or was of late."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from actions.said.plain import Sentence
from actions.said.signs import Found, denied, readable, word

__all__ = ["ORDER", "found"]

ORDER = ("pregnant", "pregnancy_loss_6m", "postpartum_6m", "breastfeeding_12m", "infant", "child_under_5")
"""Where several are true the first is kept: one is enough for WIC, and the first says most."""

_PREGNANCY, _WIC = "pregnant_or_12mo_postpartum", "wic_category"
_MONTHS = {"month": 1.0, "months": 1.0, "mes": 1.0, "meses": 1.0, "week": 0.25, "weeks": 0.25, "semana": 0.25,
           "semanas": 0.25, "day": 0.03, "days": 0.03, "dia": 0.03, "dias": 0.03, "year": 12.0, "years": 12.0,
           "ano": 12.0, "anos": 12.0}  # fmt: skip
_UNIT = "(?P<unit>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + ")"
_N = r"(?P<n>\d{1,2}|a|an|one|un|una|uno)"


def found(sentence: Sentence) -> Iterator[Found]:
    """What a sentence says of pregnancy and small children."""
    yield from _pregnant(sentence)
    yield from _after(sentence)
    yield from _small(sentence)


def _pregnant(sentence: Sentence) -> Iterator[Found]:
    for match in _said("pregnant").finditer(sentence.text):
        if _test(sentence, match) or not readable(sentence, match):
            continue
        if denied(sentence.text[: match.start() + 1].rpartition(" , ")[2].split()[-3:]) or re.search(
            r" (?:not|no) ", match[0]
        ):
            yield Found(_PREGNANCY, False, match.start())
            continue
        yield Found(_PREGNANCY, True, match.start())
        yield Found(_WIC, "pregnant", match.start())


def _test(sentence: Sentence, match: re.Match[str]) -> bool:
    """ "pregnancy test", "get pregnant", "pregnant women": nobody's state."""
    around = sentence.text[max(0, match.start() - 12) : match.end() + 10]
    return bool(
        re.search(
            r"\btests?\b|\bprueba\b|\bget pregnant\b|\bpregnant (?:women|people|moms)\b|\bquedar embarazada", around
        )
    )


def _after(sentence: Sentence) -> Iterator[Found]:
    for name in ("birth", "loss"):
        for match in _said(name).finditer(sentence.text):
            ago = _months(match)
            if ago is None or not readable(sentence, match) or denied(sentence.text[: match.start()].split()[-2:]):
                continue
            if ago <= 12:
                yield Found(_PREGNANCY, True, match.start())
            if ago <= 6:
                yield Found(_WIC, "postpartum_6m" if name == "birth" else "pregnancy_loss_6m", match.start())
    for match in _said("nursing").finditer(sentence.text):
        if readable(sentence, match) and not denied(sentence.text[: match.start()].split()[-2:]):
            yield Found(_WIC, "breastfeeding_12m", match.start())


def _months(match: re.Match[str]) -> float | None:
    groups = match.groupdict()
    if groups.get("unit"):
        return _number(groups["n"]) * _MONTHS[groups["unit"]]
    return 0.0 if groups.get("just") or match[0].startswith(" acab") else None


def _number(said: str | None) -> float:
    return float(said) if said and said.isdecimal() else 1.0


def _small(sentence: Sentence) -> Iterator[Found]:
    if _NOT_A_CHILD.search(sentence.text):
        return
    for name in ("aged", "aged_before", "listed"):
        for match in _said(name).finditer(sentence.text):
            if readable(sentence, match, kids=True, asking=not sentence.asks) and not denied(
                sentence.text[: match.start()].split()[-2:]
            ):
                yield from _of_age(name, match)
    for match in _said("baby").finditer(sentence.text):
        if readable(sentence, match, kids=True) and not denied(sentence.text[: match.start()].split()[-2:]):
            yield Found(_WIC, "infant", match.start())
    for match in _said("toddler").finditer(sentence.text):
        if readable(sentence, match, kids=True) and not denied(sentence.text[: match.start()].split()[-2:]):
            yield Found(_WIC, "child_under_5", match.start())


_NOT_A_CHILD = re.compile(r"\b(?:dog|cat|puppy|kitten|perro|gato|perrito|baby shower|babysit\w*)\b")


def _of_age(name: str, match: re.Match[str]) -> Iterator[Found]:
    if name == "listed":
        years = [float(age) for age in re.findall(r"\d{1,2}", match["ages"])]
        months = [12 * age for age in years if age > 0]
    else:
        unit = match["unit"] or "years"
        months = [_number(match["n"]) * _MONTHS[unit]]
    youngest = min(months, default=99.0)
    if youngest < 12:
        yield Found(_WIC, "infant", match.start())
    elif youngest < 60:
        yield Found(_WIC, "child_under_5", match.start())


@functools.cache
def _said(name: str) -> re.Pattern[str]:
    child, children = word("child"), word("children")
    patterns = {
        "pregnant": rf" (?:i am|she is|am|is|soy|estoy|esta|and|y|,|she|her|wife|mom|girlfriend|daughter|esposa|mujer|novia|hija|months|weeks|client|patient|also|currently|currently|now|were|are|currently|so|still|super|of|im|homeless|hi|hola|ya) (?:not )?(?:(?:\d+ (?:months|weeks)|very|also|currently|now|still|like \d+ months|about \d+ months|almost \d+ months|un|una|muy|young and|homeless and|single and) )?(?:pregnant|embarazada|encinta|expecting(?= (?:a|in|my|twins|$)| $))(?= )| (?:\d+|tengo \d+) (?:months|weeks|meses|semanas) (?:pregnant|de embarazo|embarazada|de embarazada|along)(?= )|^ (?:pregnant|embarazada) (?=and|with|y|con|de|\d|need|necesito|single|soltera|homeless|,|$)|^ (?:not|no|no estoy) (?:pregnant|embarazada)(?= )| (?:my|mi) pregnant (?:wife|daughter|girlfriend|sister)| (?:i have|with) a baby on the way| (?:espero|esperamos|esperando) (?:un )?(?:bebe|mi bebe)| pregnant with | due (?:date )?in \d+ (?:weeks|months)(?= )",
        "birth": rf" (?:(?P<just>just) )?(?:had|have had|gave birth|delivered|di a luz|dio a luz|acab[oa] de tener|tuve|tuvo|me alivie|naci\w* mi) (?:(?:to|a|an|my|our|un|una|mi|bebe|nuestro|al|the|first|new|second|su|twins|el|healthy|primer|premature) )*(?:(?:baby|babies|son|daughter|boy|girl|child|twins|bebe|hijo|hija|nino|nina|gemelos|kid)(?: (?:boy|girl))? )?(?:(?:about|like|just|apenas|hace|como|around|over|c section) )*(?:{_N} {_UNIT}(?: (?:ago|back))?)?(?= )",
        "loss": rf" (?:had a miscarriage|miscarried|lost (?:my|the|our) (?:pregnancy|baby)|tuve un aborto(?: espontaneo)?|perdi (?:a )?(?:mi|el) (?:bebe|embarazo)|stillbirth|perdi al bebe)(?: (?:about|hace|like|como|just))*(?: {_N} {_UNIT})(?: ago)?(?= )",
        "nursing": r" (?:i am|estoy|she is|am|still|currently) (?:(?:still|also|currently) )?(?:breastfeeding|breast feeding|nursing (?:a|my)|amamantando|lactando|dando (?:de mamar|pecho))(?= )| (?:breastfeed|doy pecho|le doy pecho|amamanto|doy de mamar)(?= )",
        "aged": rf" (?:{child})(?: (?:who|that|que|is|are|tienen|tiene|de|,|has|con|girl|boy|just|turned|only|solo|apenas|cumplio|mi|of|recien|y|a|age|aged|edad)){{0,4}} {_N}(?: {_UNIT})?(?= *(?:$|[,.?]|old|and|y|de edad|needs|necesita|lives|vive|who|que|but|pero|i|we|with|con|en|in|on|for|para|so|esta|has|tiene|no|months|meses)\b|$| $)",
        "aged_before": rf" {_N} {_UNIT} (?:old|de edad)(?= *(?:$|[,.?]|{child}|and|y|baby|i|we|with|at|who|que|needs|but|so|in|here|has|needs|for|to|autistic|little)\b| $)",
        "listed": rf" (?:{children}|kids)(?: (?:ages?|aged|are|of|tienen|de|edades|que|,|they|who|ellos|son)){{1,3}} (?P<ages>\d{{1,2}}(?:(?: (?:,|and|y|, and|, y|a))? \d{{1,2}})+)(?! (?:miles|hours|dollars|months|meses|weeks))",
        "baby": rf" (?:my|our|mi|nuestro|nuestra|have a|has a|tengo un|tengo una|tenemos un|tenemos una|with a|con un|con una|for my|con mi|and a|y un|y una|have|tengo|newborn|new) (?:(?:new|little|small|sick|hungry|premature|recien|preemie|just had) )?(?:baby|newborn|infant|bebe|bebito|bebita|recien nacid[oa]|babies|bebes|twins babies|newborns)(?! (?:food|shower|daddy|is (?:on|due)|clothes|on the way|is (?:\d|1|one|two|2|a year)|sister|brother|boy is \d|tiene \d|de \d|girl is \d|girl|ya tiene|,? ?\d))(?= )",
        "toddler": rf" (?:my|mi|our|a|have|with|and|\d) toddlers?(?= )",
    }
    return re.compile(patterns[name])
