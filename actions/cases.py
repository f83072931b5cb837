"""A worker who asks for several people: each has a case of their own, and facts never cross."""

from __future__ import annotations

import re
from dataclasses import replace

from actions import asking, looking, said, slots
from actions.asked_shown import asks_of_shown, shape_said
from actions.context import Turn
from actions.heard import fold
from actions.naming import place_name, want_name
from actions.slots import Asked, Known
from actions.words import ordinal, phrases, sign
from directory import plans
from directory.reply import Kind, Reply

__all__ = ["answered", "opened", "told"]

MOST = 5
"""How many earlier cases are held."""
_AGE = "age_years"


def opened(turn: Turn) -> Turn:
    """The turn in the case that its message opens: an empty one for a new person, an earlier one returned to."""
    text, known = turn.heard.text, turn.known
    number = _numbered(text)
    if number == _current(known) or not (_begun(known) or known.cases):
        return turn
    if known.cases and (number in _numbers(known) or (number is None and _back_to_one(text))):
        return _returned(turn)
    begins = number is not None or _names_a_new_case(text) or _another_patient(turn)
    if not _begun(known) or not begins or (known.shown.focus and sign("next_place", text, alone=True)):
        return turn
    turn.utter(turn.say("cases.new"), Reply(kind=Kind.SMALLTALK))
    kept = (_held(known), *known.cases)[:MOST]
    return replace(turn, known=Known(language=known.language, cases=kept))


def answered(turn: Turn) -> Known | None:
    """What is known after a message that does nothing but open a case; None for any other."""
    heard, known = turn.heard, turn.known
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
    """The number of the case in talk: the first that none of the earlier ones has."""
    held = _numbers(known)
    return next(number for number in range(1, len(held) + 2) if number not in held)


def _held(known: Known) -> dict[str, object]:
    return {**slots.as_case(known), "number": _current(known)}


def _back_to_one(text: str) -> bool:
    """Whether an earlier case is returned to, by the words for it or by what it was ("back to the recup pt")."""
    return sign("earlier_case", text) or _BACK_TO.search(fold(text)) is not None


_BACK_TO = re.compile(
    r" (?:back|return|going back) (?:to|on) (?:the |my |that )?(?:\w+ ){1,3}(?:pt|patient|client|case|one) "
    r"| (?:regres\w+|volv\w+|vuelv\w+|de regreso) (?:a|al|con) (?:la |el )?(?:pte|paciente|client[ea]|caso|que|de)"
    r"(?: \w+){1,3} "
)


def _names_a_new_case(text: str) -> bool:
    words = fold(text).split()
    start = next((number for number, word in enumerate(words) if word not in phrases("case_openers")), 0)
    begins = range(max(0, start - 1), start + 1)  # "otra", "next" may be part of the phrase or stand before it
    cuts = (" ".join(words[begin : begin + size]) for begin in begins for size in range(2, 7))
    return any(sign("new_case", cut, alone=True) for cut in cuts)


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
    others = tuple(each for each in known.cases if each is not case)
    held = (_held(known), *others) if _begun(known) else others
    back = slots.of_case(known, case).having(cases=held[:MOST])
    turn.utter(turn.say("cases.back", what=told(back, turn) or "?"), Reply(kind=Kind.SMALLTALK))
    return replace(turn, known=back)


def _meant(turn: Turn) -> int:
    """Which case is meant: the one whose place or need is named, the one of that number, else the latest."""
    said_number = _numbered(turn.heard.text) or ordinal(turn.heard.text)
    if said_number in _numbers(turn.known):
        return _numbers(turn.known)[said_number]
    for number, case in enumerate(turn.known.cases):
        known = slots.of_case(turn.known, case)
        if known.place in turn.heard.places or (known.need and known.need in turn.heard.needs):
            return number
    return 0


def _gone_back(turn: Turn) -> Known:
    """The list of the case again, else its question; that there is none where none is held."""
    if not _begun(turn.known):
        turn.utter(turn.say("cases.none"), Reply(kind=Kind.SMALLTALK))
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
