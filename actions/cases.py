"""A worker who asks for several people: each has a case of their own, and facts never cross."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from actions import asking, looking, said, slots
from actions.asked_shown import asks_of_shown, shape_said
from actions.context import Turn
from actions.heard import fold
from actions.naming import place_name, want_name
from actions.parting import Part
from actions.privacy import spans
from actions.slots import Asked, Known
from actions.words import ordinal, phrases, sign
from directory import plans
from directory.folding import unaccented
from directory.reply import Kind, Reply

__all__ = ["answered", "opened", "told"]

MOST = 12
"""How many earlier cases are held."""
_NOW = "then"
"""Where the latest earlier case holds the number of the one in talk."""
_AGE = "age_years"


def opened(turn: Turn) -> Turn:
    """The turn in the case that its message opens: an empty one for a new person, an earlier one returned to."""
    text, known = turn.heard.text, turn.known
    if turn.patients:
        return turn
    number = _numbered(text)
    if number == _current(known) or not (_begun(known) or known.cases):
        return turn
    if known.cases and (number in _numbers(known) or (number is None and _back_to_one(text))):
        return _returned(turn)
    begins = number is not None or _names_a_new_case(text) or _another_patient(turn)
    if not _begun(known) or not begins or (known.shown.focus and sign("next_place", text, alone=True)):
        return turn
    turn.utter(turn.say("cases.new"), Reply(kind=Kind.SMALLTALK))
    kept = _beside((_held(known), *known.cases), number or _new_number(known))
    return replace(turn, known=Known(language=known.language, cases=kept))


def answered(turn: Turn) -> Known | None:
    """What is known after a message that does nothing but open a case; None for any other."""
    heard, known = turn.heard, turn.known
    if turn.patients and not heard.crisis:
        return _one_by_one(turn)
    if heard.names_something or turn.learned or heard.crisis:
        return None
    asks_more = shape_said(heard.text) is not None or asks_of_shown(heard.text) is not None  # "summary for patient 2"
    numbered = _numbered(heard.text) is not None and bool(known.cases) and not asks_more
    if _back_to_one(heard.text) or (numbered and _begun(known)):
        return None if asks_more else _gone_back(turn)
    if not known.cases or not (numbered or _names_a_new_case(heard.text)):
        return None
    return asking.ask(turn, known, Asked(asking.ABOUT_NEED, asking.menu()), text=turn.say("cases.what"))


_NUMBERED = re.compile(
    r"(?:^| )(?:case|patient|pt|client|person|caso|paciente|pte|clienta?|persona) (?:number |numero |num |no )?"
    r"(?:(?P<digit>[1-9])|(?P<letter>[abcde]))(?= |$)"
)


def _numbered(text: str) -> int | None:
    """The number that a message gives a person: "case 2", "patient B:"."""
    found = _NUMBERED.search(fold(text))
    if found is None:
        return None
    return int(found["digit"]) if found["digit"] else "abcde".index(found["letter"]) + 1


def _numbers(known: Known) -> dict[int, int]:
    """Where each earlier case stands, by its number; the first person of a talk is 1."""
    return {int(case.get("number") or 0): place for place, case in enumerate(known.cases)}


def _current(known: Known) -> int:
    """The number of the case in talk."""
    return int(known.cases[0].get(_NOW) or 0) if known.cases else 1


def _held(known: Known) -> dict[str, object]:
    return {**slots.as_case(known), "number": _current(known)}


def _beside(cases: Sequence[Mapping[str, Any]], now: int) -> tuple[Mapping[str, Any], ...]:
    """The earlier cases beside the one in talk, whose number is held by the latest of them; none twice."""
    others = [case for case in cases if case.get("number") != now][:MOST]
    return tuple({**case, _NOW: now} if place == 0 else case for place, case in enumerate(others))


def _new_number(known: Known) -> int:
    return max((*_numbers(known), _current(known))) + 1


def _back_to_one(text: str) -> bool:
    """Whether an earlier case is returned to, by the words for it or by what it was ("back to the recup pt")."""
    return sign("earlier_case", text) or _BACK_TO.search(fold(text)) is not None


_BACK_TO = re.compile(
    r" (?:back|return|going back) (?:to|on) (?:the |my |that )?(?:\w+ ){1,3}(?:pt|patient|client|case|one) "
    r"| (?:regres\w+|volv\w+|vuelv\w+|de regreso) (?:a|al|con) (?:la |el )?(?:pte|paciente|client[ea]|caso|que|de)"
    r"(?: \w+){1,3} "
)


def _names_a_new_case(text: str) -> bool:
    if _TERSE.match(unaccented(text.casefold())):
        return True
    words = fold(text).split()
    start = next((number for number, word in enumerate(words) if word not in phrases("case_openers")), 0)
    begins = range(max(0, start - 1), start + 1)  # "otra", "next" may be part of the phrase or stand before it
    cuts = (" ".join(words[begin : begin + size]) for begin in begins for size in range(2, 7))
    return any(sign("new_case", cut, alone=True) for cut in cuts)


def _one_by_one(turn: Turn) -> Known:
    """The answer to each of several patients in a case of their own; to the first where they are many, and so said."""
    patients = turn.patients
    together = len(patients) <= _AT_ONCE and all(part.heard.wants() and part.heard.place for part in patients)
    known = turn.known
    for part in patients if together else patients[:1]:
        known = _of_one(turn, known, part)
    if not together:
        turn.utter(turn.say("cases.one_at_a_time"), Reply(kind=Kind.SMALLTALK))
    return known


def _of_one(turn: Turn, before: Known, part: Part) -> Known:
    """The answer to one patient of a line, with nothing of another's."""
    number = part.number or 1
    held = (_held(before), *before.cases) if _begun(before) else before.cases
    facts = said.facts_in(part.heard.text)
    known = Known(language=before.language, cases=_beside(held, number), facts=facts)
    turn.utter(turn.say("cases.person", number=number), Reply(kind=Kind.SMALLTALK))
    return looking.answer(replace(turn, heard=part.heard, parts=(), patients=(), known=known, learned=facts))


_AT_ONCE = 2
"""How many patients one message is answered for."""


_TERSE = re.compile(
    r"[^a-z0-9]*(?:(?:ok|okay|now|and|so|y|ahora|bueno|listo|oiga) *[,.]? *){0,3}"
    r"(?:(?:np|next(?: (?:one|up))?|sig(?:uiente)?|(?:el|la) (?:que sigue|siguiente)) *[:>-]"
    r"|(?:another|a different) (?:person|patient|pt|client|one) *[:;,.-]"
    r"|otr[oa] (?:persona|paciente|pte|client[ea]|caso) *(?:[:;,.-]|$))"
)
"""What begins a line for the next person only with a sign behind it: "np: ...", "otro paciente: ..."."""


def _begun(known: Known) -> bool:
    return bool(known.need or known.place or known.plan or known.facts or known.shown.ids)


def _another_patient(turn: Turn) -> bool:
    """Whether a worker names a patient of another age than the one in talk."""
    age = turn.known.facts.get(_AGE)
    if turn.heard.about != "patient" or age is None:
        return False
    return said.facts_in(turn.heard.text).get(_AGE, age) != age


def _returned(turn: Turn) -> Turn:
    """The turn in the earlier case that is meant; the one in talk is held instead of it."""
    known = turn.known
    case = known.cases[_meant(turn)]
    held = (_held(known), *known.cases) if _begun(known) else known.cases
    back = slots.of_case(known, case).having(cases=_beside(held, int(case.get("number") or 0)))
    turn.utter(turn.say("cases.back", what=told(back, turn) or "?"), Reply(kind=Kind.SMALLTALK))
    return replace(turn, known=back)


def _meant(turn: Turn) -> int:
    """Which case is meant: the one of that number, whose place or need is named, the one before, else the latest."""
    said_number = _numbered(turn.heard.text) or ordinal(turn.heard.text)
    if said_number in _numbers(turn.known):
        return _numbers(turn.known)[said_number]
    for number, case in enumerate(turn.known.cases):
        known = slots.of_case(turn.known, case)
        if known.place in turn.heard.places or (known.need and known.need in turn.heard.needs):
            return number
    before = [number for number in _numbers(turn.known) if number < _current(turn.known)]
    return _numbers(turn.known)[max(before)] if before and sign("case_before", turn.heard.text) else 0


def _gone_back(turn: Turn) -> Known:
    """The list of the case again, else its question; that there is none where none is held."""
    if not _begun(turn.known):
        turn.utter(turn.say("cases.none", **spans(turn.language)), Reply(kind=Kind.SMALLTALK))
        return turn.known
    if turn.known.shown.ids:
        return looking.again(turn, offset=turn.known.shown.offset, filters=turn.known.shown.filters)
    return looking.find(turn, turn.known, (turn.known.want,))


def told(known: Known, turn: Turn) -> str:
    """What a talk was about, in a few words: what, where, which plan; nothing of what was said of the person."""
    want = known.want if known.want.known else known.shown.want
    plan = plans.plans().get(known.plan or "")
    parts = (
        want_name(want, turn.language) if want.known else None,
        place_name(known, turn.language),
        plan.short_name if plan else None,
    )
    return ", ".join(part for part in parts if part)
