"""Questions: how they are put, what is remembered of them, and which answer a message picks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions import people
from actions.context import Turn
from actions.heard import fold
from actions.naming import need_name, place_name, want_name
from actions.slots import Asked, Choice, Known, Want
from actions.words import LAST, followup, number_said, says
from directory import places
from directory.model import Need
from directory.reply import Kind, Reply

__all__ = [
    "ABOUT_NEED",
    "ABOUT_PLACE",
    "ABOUT_PROGRAM",
    "ask",
    "ask_need",
    "ask_place",
    "menu",
    "numbered",
    "picked",
    "put_again",
]

ABOUT_NEED = "need"
ABOUT_PLACE = "place"
ABOUT_PROGRAM = "program"
ABOUT_COUNTY = "county"
ABOUT_WHICH_PLACE = "which_place"

BEFORE_A_LIST = (ABOUT_PLACE, ABOUT_COUNTY, ABOUT_WHICH_PLACE)
"""Questions without whose answer nothing can be looked for."""

MOST_TRIES = 2
"""How often in a row a place is asked for before a person is offered."""

MENU = (Need.FOOD, Need.HOUSING, Need.TRANSPORT, Need.UTILITIES, Need.HOME_CARE, Need.OTHER_HEALTH, Need.LEGAL,
        Need.FAMILY)  # fmt: skip
"""The needs a menu names, the three that Puente exists for first."""


def ask(turn: Turn, known: Known, text: str, asked: Asked, *, kind: Kind = Kind.QUESTION) -> Known:
    """Puts a question and remembers it, its choices numbered below it."""
    turn.utter(
        "\n".join((text, *numbered(asked.choices))),
        Reply(
            kind=kind,
            need=known.need,
            program=known.program,
            place=known.place,
            county=known.county,
            plan=known.plan,
            choices=tuple((choice.label, choice.label) for choice in asked.choices),
        ),
    )
    return known.having(asked=asked)


def numbered(choices: Sequence[Choice]) -> list[str]:
    """One line for each choice; the way out ("a person") is 0 and comes last."""
    return [f"{0 if choice.goal == 'person' else number}. {choice.label}" for number, choice in enumerate(choices, 1)]


def menu(turn: Turn) -> tuple[Choice, ...]:
    """What may be asked for, and a person."""
    needs = [Choice(need_name(turn, need), "need", need.value) for need in MENU]
    return (*needs, Choice(turn.say("menu.person"), "person"))


def ask_need(turn: Turn, known: Known) -> Known:
    """What do you need? With a numbered menu."""
    place = place_name(turn, known)
    text = turn.say("ask.need_in", place=place) if place else turn.say("ask.need")
    return ask(turn, known, text, Asked(ABOUT_NEED, menu(turn)))


def ask_place(turn: Turn, known: Known, wants: tuple[Want, ...], *, because: str | None = None) -> Known:
    """Where? `because` says what was wrong with the place before; the second time in a row it offers ways on."""
    again = known.asked.about == ABOUT_PLACE and known.asked.wants == wants
    tries = known.asked.tries + 1 if again else 1
    if tries > MOST_TRIES:
        return people.hand_over(turn, known)
    asked = Asked(ABOUT_PLACE, wants=wants, tries=tries)
    question = turn.say("ask.place_again") if tries > 1 else _where(turn, wants)
    return _place_question(turn, known, "\n".join(part for part in (because, question) if part), asked)


def _where(turn: Turn, wants: tuple[Want, ...]) -> str:
    """Where? After reading back what is looked for."""
    what = ", ".join(want_name(turn, want) for want in wants)
    return turn.say("ask.place_for", what=what) if what else turn.say("ask.place")


def _place_question(turn: Turn, known: Known, text: str, asked: Asked) -> Known:
    want = asked.wants[0] if asked.wants else Want()
    phones = ("211",) if asked.tries > 1 else ()
    turn.utter(text, Reply(kind=Kind.QUESTION, need=want.need, program=want.program, plan=known.plan, phones=phones))
    return known.having(asked=asked)


def put_again(turn: Turn) -> Known:
    """Puts once more the question that waits for an answer; nothing when none does."""
    asked = replace(turn.known.asked, misses=0)
    if asked.about == ABOUT_PLACE:
        return _place_question(turn, turn.known, _where(turn, asked.wants), asked)
    if asked.about and asked.choices:
        text = turn.say("ask.again" if asked.about in BEFORE_A_LIST else "ask.offer_again")
        return ask(turn, turn.known, text, asked)
    return turn.known.having(asked=asked)


def picked(turn: Turn) -> Choice | None:
    """The choice of the question before that this message picks: by its number, its place in the row, or its words."""
    asked, text = turn.known.asked, turn.heard.text
    if not asked.choices:
        return None
    return (
        _by_label(text, asked.choices) or _by_name(turn) or _by_kind_of_place(turn) or _by_number(text, asked.choices)
    )


def _by_label(text: str, choices: Sequence[Choice]) -> Choice | None:
    return next((choice for choice in choices if fold(choice.label) == fold(text)), None)


def _by_name(turn: Turn) -> Choice | None:
    """Of several programs, the one that the message names in its own words."""
    asked = turn.known.asked
    if asked.about != ABOUT_PROGRAM:
        return None
    return next((choice for choice in asked.choices if choice.value in turn.heard.programs), None)


def _by_kind_of_place(turn: Turn) -> Choice | None:
    """Which county, or the city or the county of one name, in the words people use for it."""
    asked, text = turn.known.asked, turn.heard.text
    if asked.about == ABOUT_COUNTY:
        named = {places.county_of(said) for said in (text, *turn.heard.places)} - {None}
        return next((choice for choice in asked.choices if places.county_of(choice.label) in named), None)
    if asked.about != ABOUT_WHICH_PLACE or says("city", text) == says("county", text):
        return None
    fitting = [choice for choice in asked.choices if says("city", choice.label) == says("city", text)]
    return fitting[0] if len(fitting) == 1 else None


def _by_number(text: str, choices: Sequence[Choice]) -> Choice | None:
    number = None if followup(text) else number_said(text)
    if number is None:
        return None
    if number == 0:
        return Choice("", "person")
    if number == LAST:
        return choices[-1]
    if number > len(choices) or choices[number - 1].goal == "person":
        return None
    return choices[number - 1]
