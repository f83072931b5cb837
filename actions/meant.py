"""What few words mean where one of them names something else: gas for a car, hours of help, its papers, a record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from actions import amounts, asking, looking, may, ride_clock, talked_of, telling
from actions.context import WORRY, Turn
from actions.heard import fold
from actions.naming import program_name
from actions.slots import Known, Want
from actions.telling_side import tell as tell_side
from actions.words import sign, without_and
from directory.eligibility import rules
from directory.model import Need
from directory.reply import Kind, Reply

__all__ = ["answered"]

_NEVER = ("crisis", "talk_to_human", "opt_out", "change_language")
_FEW = 12

_MEANT: Mapping[str, tuple[str, frozenset[str]]] = {
    "gas_for_car": (Need.TRANSPORT.value, frozenset({Need.UTILITIES.value, "liheap", "care_fera", Need.TRANSPORT.value,
                                                     Need.WORK_SCHOOL.value, "nmt"})),
    "dying_of_hunger": (Need.FOOD.value, frozenset()),
    "pay_medicine": (Need.OTHER_HEALTH.value, frozenset()),
    "somebody_in_the_house": (Need.HOME_CARE.value, frozenset()),
}  # fmt: skip
"""By a sign, what is meant, and what its words may have been taken for besides nothing."""


def answered(turn: Turn) -> Known | None:
    """What is known after such words; None for a message that has none."""
    if turn.heard.crisis not in (None, WORRY) or turn.heard.act in _NEVER or asking.picked(turn):
        return None
    return next((known for known in (way(turn) for way in _WAYS) if known is not None), None)


def _another_need(turn: Turn) -> Known | None:
    """Looks for what is meant; in a check such words may be an answer."""
    heard = turn.heard
    named = {*heard.needs, *heard.programs}
    if turn.known.asked.about == asking.ABOUT_FACT or heard.guides:
        return None
    for name, (need, taken_for) in _MEANT.items():
        if sign(name, heard.text) and named <= taken_for and not sign("fear_cost", heard.text):
            meant = replace(turn, heard=replace(heard, needs=(need,), programs=()))
            return looking.find(meant, looking.follow(turn), (Want(need),))
    return None


def _repair(turn: Turn) -> Known | None:
    """No list of ours has anybody who repairs a house: said so, with what comes close, and 211."""
    others = {*turn.heard.needs, *turn.heard.programs} - {Need.HOUSING.value, Need.UTILITIES.value}
    if others or not sign("home_repair", turn.heard.text) or turn.known.asked.about == asking.ABOUT_FACT:
        return None
    turn.utter(turn.say("meant.repair"), Reply(kind=Kind.NONE_FOUND, phones=("211",)))
    return looking.follow(turn)


def _ride_not_coming(turn: Turn) -> Known | None:
    """What to do when a ride does not come."""
    known = turn.known
    rides = Need.TRANSPORT.value in (known.need, known.shown.want.need, *turn.heard.needs)
    if not rides or not sign("ride_not_coming", turn.heard.text) or len(fold(turn.heard.text).split()) > _FEW:
        return None
    program = rules.program("nmt")
    lines = (turn.say("meant.ride_not_coming"), *telling.lines(turn, known, program))
    turn.utter("\n".join(lines), Reply(kind=Kind.STEPS, need=Need.TRANSPORT.value, program="nmt", plan=known.plan,
                                       phones=tuple(telling.phones(known, program))))  # fmt: skip
    return known


def _when_to_call(turn: Turn) -> Known | None:
    """By when to call for a ride: never the hours of a place."""
    known = turn.known
    rides = Need.TRANSPORT.value in (known.need, known.shown.want.need)
    if not rides or not sign("when_to_call", turn.heard.text) or known.asked.about in asking.WAITING:
        return None
    plainly = fold(turn.heard.text).replace(" q ", " que ").strip()
    return ride_clock.answered(replace(turn, heard=replace(turn.heard, text=plainly)))


def _program(turn: Turn) -> str | None:
    """The program named, the one told last, else the one that the list shown is of."""
    named = next((name for name in turn.heard.programs if name in rules.programs()), None)
    talk = talked_of.last(turn.known)
    of_list = turn.known.shown.want.program
    checked = may.waiting(turn.known) and turn.known.program
    found = named or (talk.program if talk else None) or checked or (of_list if turn.known.shown.ids else None)
    return found if found in rules.programs() else None


def _hours_of_help(turn: Turn) -> Known | None:
    """How many hours of help a program gives: never the hours of a place."""
    program = _program(turn) if sign("hours_of_help", turn.heard.text) else None
    return tell_side(turn, "duration", of=program) if program else None


def _amount(turn: Turn) -> Known | None:
    """How much help a program gives: never what a place costs."""
    heard = turn.heard
    if not sign("amount_of_help", heard.text) or turn.known.asked.about in asking.WAITING or heard.places:
        return None
    program = _program(turn)
    return amounts.of_most(turn, program) if program and not set(heard.needs) - _OF_MONEY else None


_OF_MONEY = {Need.HOUSING.value, Need.FOOD.value, Need.UTILITIES.value, Need.HOME_CARE.value}


def _papers(turn: Turn) -> Known | None:
    """The papers of the program that was told last."""
    heard = turn.heard
    talk = talked_of.last(turn.known) if turn.known.asked.about == asking.OFFER else None
    if talk is None or not talk.program or heard.places or not sign("its_papers", without_and(heard.text), alone=True):
        return None
    program = rules.program(talk.program)
    items = ", ".join(program.bring.get(turn.language))
    said = turn.say("program.bring", items=items) if items else program.ask.get(turn.language)
    name = program_name(program.id, turn.language)
    turn.utter(f"{name}: {said[:1].lower()}{said[1:]}\n{program.who_decides.get(turn.language)}",
               Reply(kind=Kind.PROGRAM, need=program.need.value, program=program.id))  # fmt: skip
    return turn.known


def _record(turn: Turn) -> Known | None:
    """Whether a record counts: what the rules hold of it, else that we do not know."""
    text = turn.heard.text
    checks = turn.heard.act == "check_eligibility" and turn.heard.programs
    if not (sign("my_record", text) and sign("of_refusing", text)) or turn.heard.guides or checks:
        return None
    program, need = _program(turn), turn.known.need or next(iter(turn.heard.needs), None)
    of_housing = need == Need.HOUSING.value or program == _VOUCHER
    lines = [turn.say("meant.record_unknown")]
    if of_housing:
        held = rules.program(_VOUCHER).sides["who_decides"].text.get(turn.language)
        lines.insert(0, turn.say("meant.record_voucher", held=held))
    turn.utter(" ".join(lines), Reply(kind=Kind.PROGRAM, program=_VOUCHER if of_housing else None, phones=("211",)))
    return asking.put_again(turn, counts=False) if turn.known.asked.about in asking.WAITING else turn.known


_VOUCHER = "hcv"


def _first_of_two(turn: Turn) -> Known | None:
    """One of several lists of this talk, by its need: "the rent first" stays with the rent that was asked for."""
    heard, known = turn.heard, turn.known
    if len(heard.needs) != 1 or heard.programs or heard.places or not sign("first_of_two", heard.text):
        return None
    if len(fold(heard.text).split()) > _AT_MOST or known.asked.about in asking.WAITING:
        return None
    shown = (known.shown.want, *(Want(one.get("need"), one.get("program")) for one in known.shown.earlier))
    want = next((want for want in shown if want.need == heard.needs[0] and want.program), None)
    return looking.find(turn, known, (want,)) if want else None


_AT_MOST = 6

_WAYS: tuple[Callable[[Turn], Known | None], ...] = (
    _ride_not_coming,
    _when_to_call,
    _hours_of_help,
    _amount,
    _papers,
    _record,
    _first_of_two,
    _repair,
    _another_need,
)
