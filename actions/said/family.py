"""Pregnancy, babies and small children: who in the home WIC may be for, and whether a pregnancy is or was of late."""

from __future__ import annotations

import re
from collections.abc import Iterator

from actions.said import patterns
from actions.said.plain import Sentence
from actions.said.signs import Found, denied, readable

__all__ = ["ORDER", "found"]

ORDER = ("pregnant", "pregnancy_loss_6m", "postpartum_6m", "breastfeeding_12m", "infant", "child_under_5")
"""Where several are true the first is kept: one is enough for WIC, and the first says most."""

_PREGNANCY, _WIC = "pregnant_or_12mo_postpartum", "wic_category"
_MONTHS = {"month": 1.0, "months": 1.0, "mes": 1.0, "meses": 1.0, "week": 0.25, "weeks": 0.25, "semana": 0.25,
           "semanas": 0.25, "day": 0.03, "days": 0.03, "dia": 0.03, "dias": 0.03, "year": 12.0, "years": 12.0,
           "ano": 12.0, "anos": 12.0}  # fmt: skip


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
    return bool(patterns.one("family", "nobodys").search(around))


def _after(sentence: Sentence) -> Iterator[Found]:
    for name in ("birth", "birth_now", "loss"):
        for match in _said(name).finditer(sentence.text):
            ago = _months(match)
            if ago is None or not readable(sentence, match) or denied(sentence.text[: match.start()].split()[-2:]):
                continue
            if ago <= 12:
                yield Found(_PREGNANCY, True, match.start())
            if ago <= 6:
                yield Found(_WIC, "pregnancy_loss_6m" if name == "loss" else "postpartum_6m", match.start())
    for match in _said("nursing").finditer(sentence.text):
        if readable(sentence, match) and not denied(sentence.text[: match.start()].split()[-2:]):
            yield Found(_WIC, "breastfeeding_12m", match.start())


def _months(match: re.Match[str]) -> float | None:
    groups = match.groupdict()
    if groups.get("unit"):
        return _number(groups["n"]) * _MONTHS[groups["unit"]]
    return None if "just" in groups else 0.0  # only the pattern of a birth just now has no time in it


def _number(said: str | None) -> float:
    return float(said) if said and said.isdecimal() else 1.0


def _small(sentence: Sentence) -> Iterator[Found]:
    if patterns.one("family", "not_a_child").search(sentence.text):
        return
    for name in ("aged", "aged_before", "listed"):
        for match in _said(name).finditer(sentence.text):
            if readable(sentence, match, kids=True, asking=not sentence.asks or _ours(sentence, match)) and not denied(
                sentence.text[: match.start()].split()[-2:]
            ):
                yield from _of_age(name, match)
    for match in _said("baby").finditer(sentence.text):
        if readable(sentence, match, kids=True) and not denied(sentence.text[: match.start()].split()[-2:]):
            yield Found(_WIC, "infant", match.start())
    for match in _said("toddler").finditer(sentence.text):
        if readable(sentence, match, kids=True) and not denied(sentence.text[: match.start()].split()[-2:]):
            yield Found(_WIC, "child_under_5", match.start())


def _ours(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether a child of the speaker's is meant: "does my 3 year old qualify" tells of one."""
    around = sentence.text[max(0, match.start() - 8) : match.end() + 12]
    return re.search(r" (?:my|our|mi|nuestr[oa]) ", around) is not None


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


def _said(name: str) -> re.Pattern[str]:
    return patterns.one("family", "said", name)
