"""How many people a message says are in the home."""

from __future__ import annotations

import re
from collections.abc import Iterator

from actions.said.numbers import number
from actions.said.plain import Sentence
from actions.said.signs import denied, readable, word

__all__ = ["MOST_SAID", "members", "sizes"]

MOST_SAID = 20
"""A home of more people than this is taken for something else."""

_N = r"(?P<n>\d{1,2})"
_END = (
    r"(?= *(?:$|[,.?#]|(?:people|persons|personas|total|en total|in total|all|in all|in (?:the|my|our)|en (?:casa|la casa|mi|"
    r"nuestra|la familia|el hogar|total)|de familia|in here|living|who|here|at home|i |we |and (?:i|we|my|make|earn|"
    r"income|have|get|only|live|need|making|one|bring|want)|y (?:gano|ganamos|mi|yo|no|recib|vivimos|tengo|tenemos|ingres|"
    r"necesit|solo|nos|somos|el|estamos)|income|ingresos?|make|with (?:income|no|\$|only|an)|con (?:ingres|un|\$)|so |now|but|not|no|need|making|"
    r"because|porque|pero|ganamos|gano|altogether|contando|counting|including|incluyendo|con todo|viviendo|or income)\b))"
)
_SAID = tuple(
    re.compile(pattern)
    for pattern in (
        rf" (?:we are|we are now|us|now we are|there are|son|somos|seriamos|hoy somos|ahora somos|there is|there were) (?:now |about |just |only |solo |nomas |solamente |como |ya )?{_N} of us\b",
        rf" (?:we are|we are now|somos|ahora somos|we are only|we are just|it is) (?:now |just |only |solo |nomas |solamente |actually |un |una |a |ya |all |en total )*{_N}{_END}",
        rf"^ (?:were|we re|we r) {_N}{_END}",
        rf" {_N} of us\b(?! (?:have|are sick|work|need|want|got))",
        rf" {_N} somos{_END}",
        rf" (?:family|household|familia|home|hogar|house) (?:of|de|size|size is|size of|tiene|is) (?:about |a |solo )?{_N}{_END}",
        rf" (?:familia|hogar|casa) (?:es )?de {_N}(?: personas| miembros| integrantes)?{_END}",
        rf" {_N} (?:person|people) (?:family|household|home)\b",
        rf" {_N} (?:people|personas|of us|adults and kids|miembros|mouths) (?:live |living |total |que viven |viviendo |vivimos |contando |son )?(?:(?:live )?(?:in|at|en) )(?:my|our|the|this|mi|nuestra|la|el|esta) (?:house|household|home|family|apartment|casa|hogar|familia|departamento|apartamento)\b",
        rf" {_N} (?:in|en) (?:my|our|the|mi|nuestra|nuestro|la|el) (?:house|household|home|family|casa|hogar|familia)\b",
        rf" (?:casa|familia|hogar) (?:somos|hay|vivimos|son|viven) (?:como )?{_N}\b(?! (?:hijos|ninos|adultos|cuartos|meses))",
        rf" (?:there are|hay|viven|vivimos|live) {_N} (?:people|personas) (?:in|en|at) (?:my|our|mi|nuestra|this|esta|the|la|el|casa)\b",
        rf" (?:vivimos|viven|we live) {_N}(?: personas| people)?(?= en | in |$| ,| y )",
        rf" {_N} (?:personas|people) (?:total|en total|in total|altogether)\b",
        rf" household size (?:is |of |now )?{_N}\b",
        rf" somos {_N} (?:personas|en la casa|miembros|de familia)\b",
        rf" we are (?:a |now a )?(?:family|household) of {_N}\b",
    )
)
_TWO_KINDS = re.compile(
    r" (?P<a>\d{1,2}|one|un|una|1) (?:adults?|adultos?|grown ?ups?) (?:and|y|,|with|con|plus) (?P<b>\d{1,2}|one|a|un|una) "
    r"(?:kids?|children|child|ninos?|ninas?|hijos?|menores|minors|babies|baby|bebes?)\b"
)
_ALONE = tuple(
    re.compile(pattern)
    for pattern in (
        r" (?:live|lives|living|vivo|vive|viviendo) (?:(?:here|all|aqui) )?(?:alone|by (?:my|her|him)self|on (?:my|her|his) own|solo|sola|solito|solita)\b(?! (?:con|with|and|y mi))",
        r" (?:it is )?(?:just|only) me(?= *(?:$|[,.]|in (?:my|the)|at home|here|and (?:i|no|my income)|i ))",
        r" (?:solo|nomas|solamente|soy) yo(?: (?:sola|solo|nomas))?(?= *(?:$|[,.]|en (?:mi|la) casa|vivo|y (?:gano|no|recibo)))",
        r" (?:household|family|familia|hogar) (?:of|de) (?:one|1|uno|una)\b",
        r" (?:one|single) person household\b",
        r" (?:no one|nobody) else (?:lives|in (?:my|the) (?:home|house))\b",
        r" (?:vivo|vive) yo (?:sola|solo)\b",
    )
)
_ABOUT_LIMITS = re.compile(
    r"\b(?:limit|limits|maximum|max|limite|maximo|how much can|what is the|cuanto puede|cuanto pueden|can a family|una familia"
    r" de \d+ puede|how much (?:is|do|does|are)|do families|does a family|a family of \d+ (?:can|get|qualify))\b"
)
_OURS = re.compile(
    r"\b(?:we are|my family|our family|mi familia|nuestra familia|somos|i have a family|we have a family|tengo una familia)\b"
)
_OTHERS_HOME = re.compile(r" (?:there|them|they|ellos|ellas) (?:are|were|son) ")

_SELF = r"(?:me|myself|i|yo|conmigo)"
_ONE = rf"(?:(?:my|our|the|a|an|one|1|mi|un|una|el|la|her|his) )?(?:(?:older|younger|elderly|newborn|little|baby|old|teenage|adult|\d+ year old|\d+ month old|\d+ years old) )?{{kin}}(?: (?:recien nacid[oa]|de \d+ (?:anos|meses)))?"
_MANY = (
    r"(?:(?:my|our|the|her|mis|nuestros|los|las|sus) )?(?:other )?(?P<{n}>\d{{1,2}}|one|un|una|uno|a) (?:(?:small|little|young|minor|grown|adult|"
    r"otros|other|teenage|school age|older|younger|more|chiquitos|pequenos) )?(?:kids?|children|child|sons?|daughters?|boys?|girls?|babies|grandkids|grandchildren|"
    r"grandsons?|hijos?|hijas?|ninos?|ninas?|nietos?|nietas?|bebes?|hermanos|sisters|brothers|roommates|people|others|personas|adults|"
    r"adultos|parents|papas|chamacos|chiquillos|muchachos|teens|teenagers|toddlers?)"
)
_JOIN = r" (?:(?:, and|, y|,|and|y|with|con|plus|e|mas|and also|and then|tambien) |(?=(?:my|mi|our) ))"


def sizes(sentence: Sentence) -> Iterator[int]:
    """Every size that a sentence states."""
    if _ABOUT_LIMITS.search(sentence.text) and not _OURS.search(sentence.text):
        return
    for pattern in _SAID:
        for match in pattern.finditer(sentence.text):
            if _stated(sentence, match):
                yield from _sensible(int(match["n"]))
    for match in _TWO_KINDS.finditer(sentence.text):
        if _stated(sentence, match):
            yield from _sensible(_count(match["a"]) + _count(match["b"]))
    listed = [count for count, match in members(sentence.text) if _stated(sentence, match, kids=True)]
    yield from listed
    if not listed:
        yield from (1 for pattern in _ALONE for match in pattern.finditer(sentence.text) if _stated(sentence, match))


def _stated(sentence: Sentence, match: re.Match[str], *, kids: bool = False) -> bool:
    before = sentence.text[: match.start() + 1].rpartition(" , ")[2].split()
    if denied(before) or before[-1:] == ["si"] and "y si" in sentence.text or _what_if(before):
        return False
    return kids or not sentence.asks or _plain_in_question(sentence, match)


def _what_if(before: list[str]) -> bool:
    return (
        before[-2:] == ["what", "if"]
        or bool({"fueramos", "suppose", "unless", "when", "cuando"} & set(before[-3:]))
        or "were" in before[-3:]
        and before[0] != "were"
    )


def _plain_in_question(sentence: Sentence, match: re.Match[str]) -> bool:
    """ "can we get it if we are 4" says how many; "do you have to be 4" does not."""
    return readable(sentence, match, asking=True) and not re.search(
        r"\b(?:have to be|tienen que ser|hay que ser)\b", sentence.text
    )


def _sensible(size: int) -> Iterator[int]:
    if 1 <= size <= MOST_SAID:
        yield size


def _count(said: str | None) -> int:
    value = number(said or "")
    return 1 if value is None else int(value)


def _item() -> str:
    return rf"(?:{_SELF}|{_MANY.format(n='x').replace('(?P<x>', '(?:')}|{_ONE.format(kin=word('kin'))})"


def _lists() -> Iterator[re.Pattern[str]]:
    if not _LISTS:
        item = _item()
        _LISTS.append(re.compile(rf" (?P<list>(?:{item})(?:{_JOIN}(?:{item}))+)(?= )"))
        _LISTS.append(
            re.compile(
                rf" (?:live|lives|living|vivo|vivimos|vive|viviendo|estoy|sola|solo|soy madre soltera|single mom|single mother|"
                rf"single dad|single father|madre soltera|padre soltero|mama soltera|papa soltero)(?: (?:alone|here|sola|solo|aqui|nomas|just))*"
                rf" (?:with|con|of|de) (?P<list>(?:{item})(?:{_JOIN}(?:{item}))*)(?= )"
            )
        )
    yield from _LISTS


_LISTS: list[re.Pattern[str]] = []
_EXACTLY = re.compile(
    r"\b(?:just|only|solo|solamente|nomas|nada mas|it is|somos|vivimos|household|casa|home|family is|familia es)\b"
)


def members(text: str, *, answering: bool = False) -> Iterator[tuple[int, re.Match[str]]]:
    """Every list of people that says how many live together ("me and my 3 kids"), the one speaking counted once."""
    alone, living = _lists()
    for match in living.finditer(text):
        count = _members(match["list"], speaker=False)
        if count and _MANY_RE.search(f" {match['list']} ") and not _owns_more(text, match):
            yield count, match
            return
    for match in alone.finditer(text):
        said = f" {match['list']} "
        count = _members(said, speaker=True)
        closed = answering or _EXACTLY.search(text[: match.start() + 1]) or count >= 3
        if count and (_MANY_RE.search(said) or closed) and not _owns_more(text, match):
            yield count, match


_MANY_RE = re.compile(rf" {_MANY.format(n='n')}(?= )")
_SELF_RE = re.compile(rf" {_SELF}(?= )")


def _owns_more(text: str, match: re.Match[str]) -> bool:
    """ "my wife and i have 2 kids", "me and 2 friends went": the list is not the home."""
    return bool(
        re.match(r" (?:have|had|got|tenemos|went|work|want to|are fighting|got into|slept) ", text[match.end() :])
    )


def _members(said: str, *, speaker: bool) -> int:
    """How many a list counts; 0 when it names nobody speaking, or a number of children that nobody knows."""
    items = [item for item in re.split(_JOIN, f" {said.strip()} ".replace("  ", " ")) if item.strip()]
    selves = sum(1 for item in items if re.fullmatch(_SELF, item.strip()))
    if selves > 1 or (speaker and selves == 0):
        return 0
    total = 1
    for item in items:
        if re.fullmatch(_SELF, item.strip()):
            continue
        many = _MANY_RE.search(f" {item.strip()} ")
        total += _count(many["n"]) if many else 1
    return total if total <= MOST_SAID else 0
