"""Questions: how they are put, what is remembered of them, and which answer a message picks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions import narrowing, people, things, today, whom
from actions.asked_shown import followup
from actions.context import Turn
from actions.heard import fold
from actions.labels import label, labels
from actions.naming import place_name, want_name
from actions.slots import LATER, Asked, Choice, Known, Want
from actions.words import LAST, number_said, only_picks, says
from directory import places
from directory.eligibility import questions
from directory.model import Need, Place, PlaceKind
from directory.reply import Kind, Reply

__all__ = [
    "ABOUT_CARD",
    "ABOUT_COUNTY",
    "ABOUT_FACT",
    "ABOUT_HELPED",
    "ABOUT_NEED",
    "ABOUT_PLACE",
    "ABOUT_PROGRAM",
    "ABOUT_REPORTED",
    "ABOUT_RIDE_DAY",
    "ABOUT_RIDE_PLAN",
    "ABOUT_TRIED",
    "ABOUT_WHICH_PLACE",
    "BEFORE_A_LIST",
    "GO_ON",
    "OFFER",
    "RESUME",
    "WAITING",
    "ask",
    "ask_need",
    "ask_place",
    "buttons",
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
ABOUT_FACT = "fact"
"""A question of the rules; `asked.question` says which."""
ABOUT_RIDE_DAY = "ride_day"
ABOUT_RIDE_PLAN = "ride_plan"
ABOUT_CARD = "card"
"""Where somebody lives whose card may mean another plan there; or which of several plans it means."""
OFFER = "offer"
"""Ways on after an answer; nothing waits for it."""
ABOUT_TRIED = "tried"
"""Which of the places shown did not work."""
ABOUT_REPORTED = "reported"
"""Which of the places shown something is told of; `asked.question` keeps what."""
ABOUT_HELPED = "helped"
"""Whether what was asked about days later helped; put again, so that a digit answers it."""
RESUME = "resume"
"""Whether somebody who comes back after days goes on; without choices it was not asked yet."""
GO_ON = "go_on"
"""What was looked for before a danger."""

BEFORE_A_LIST = (ABOUT_PLACE, ABOUT_COUNTY, ABOUT_WHICH_PLACE)
"""Questions without whose answer nothing can be looked for."""
WAITING = (*BEFORE_A_LIST, ABOUT_FACT)
"""Questions that are put once more after a fixed answer, a guide or one side of a program."""

MOST_TRIES = 2
"""How often in a row a question is put before a person is offered."""

MENU = (Need.FOOD, Need.HOUSING, Need.TRANSPORT, Need.UTILITIES, Need.HOME_CARE, Need.OTHER_HEALTH, Need.LEGAL,
        Need.FAMILY)  # fmt: skip
"""The needs a menu names, the three that Puente exists for first."""


def ask(
    turn: Turn,
    known: Known,
    asked: Asked,
    *,
    text: str | None = None,
    before: str | None = None,
    kind: Kind = Kind.QUESTION,
    counts: bool = True,
) -> Known:
    """Puts a question, in other words than its own if `text` is given, and remembers it; `before` is said first.

    Unless it `counts`, somebody only asked something in between: that is no answer missed.
    """
    asked = replace(asked, tries=_times(turn, asked, counts=counts and kind is not Kind.LANGUAGE))
    if asked.tries > MOST_TRIES:
        return people.hand_over(turn, known).having(asked=replace(asked, tries=0))
    if asked.about in BEFORE_A_LIST:
        asked = replace(asked, speaks=turn.speaks, thing=things.waiting(turn), only=narrowing.waiting(turn))
    want = asked.wants[0] if asked.wants else known.want
    words = text or question(turn, known, asked)
    wanted = known.having(need=want.need, program=want.program)
    hurry = today.line(turn, wanted) if counts and kind is Kind.QUESTION and asked.about != GO_ON else None
    lines = numbered(turn, known, asked.choices) if _has_numbers(asked) else []
    turn.utter(
        "\n".join(part for part in (hurry, before, words, *lines) if part),
        Reply(
            kind=kind,
            need=want.need,
            program=want.program,
            place=known.place,
            county=known.county,
            plan=known.plan,
            choices=buttons(turn, known, asked.choices),
            phones=_phones(asked, today.lines_of(wanted) if hurry else ()),
        ),
    )
    return known.having(asked=asked)


def _has_numbers(asked: Asked) -> bool:
    """Whether choices are numbered: not the one that goes on, and none where a number is the answer."""
    if asked.about == ABOUT_FACT and asked.question:
        return questions.by_id(asked.question, asked.line).kind not in ("number", "place")
    return asked.about != GO_ON


def _phones(asked: Asked, hurry: tuple[str, ...]) -> tuple[str, ...]:
    if hurry:
        return hurry
    return ("211",) if asked.about == ABOUT_PLACE and asked.tries > 1 else ()


def _times(turn: Turn, asked: Asked, *, counts: bool = True) -> int:
    """How often in a row this question is put now; saying it in another language does not count."""
    before = turn.known.asked
    if asked.about == ABOUT_FACT:  # put in other words once, then left (actions.answering)
        return 1
    if (before.about, before.wants, before.choices) != (asked.about, asked.wants, asked.choices):
        return 1
    return before.tries + 1 if counts else max(before.tries, 1)


def question(turn: Turn, known: Known, asked: Asked) -> str:
    """The words of a question, drawn from what it is about, so that it can be put again in either language."""
    if asked.about == ABOUT_PLACE:
        what = ", ".join(want_name(want, turn.language) for want in asked.wants)
        return turn.say("ask.place_for", what=what) if what else turn.say("ask.place")
    if asked.about == ABOUT_NEED:
        place = place_name(known, turn.language)
        return turn.say("ask.need_in", place=place) if place else turn.say("ask.need")
    if asked.about == ABOUT_COUNTY:
        found = places.resolve(asked.choices[0].value or "")
        return turn.say("ask.county_of_zip", zip=found.zip if isinstance(found, Place) else "")
    if asked.about == ABOUT_FACT and asked.question:
        return _of_the_rules(turn, known, asked.question, asked.line)
    if asked.about == GO_ON:
        return turn.say("crisis.go_on", word=label(asked.choices[0], known, turn.language))
    return turn.say(_WORDS.get(asked.about or "", "ask.offer_again"))


def _of_the_rules(turn: Turn, known: Known, name: str, line: float | None) -> str:
    """A question of the rules, with the reason where it is sensitive."""
    put = questions.by_id(name, line)
    words = whom.question_words(put, known, turn.language)
    if put.why is None:
        return words
    why = turn.say("short.why") if turn.channel == "sms" else put.why.get(turn.language)
    return f"{words}\n{why}"


_WORDS = {
    ABOUT_TRIED: "tried.which",
    ABOUT_REPORTED: "after.which_again",
    ABOUT_HELPED: "after.answers",
    LATER: "after.offer_again",
    ABOUT_WHICH_PLACE: "ask.which_place",
    ABOUT_PROGRAM: "ask.program",
    ABOUT_RIDE_DAY: "ride.ask_day",
    ABOUT_RIDE_PLAN: "ride.ask_plan",
    ABOUT_CARD: "which_plan.where_card",
}


def numbered(turn: Turn, known: Known, choices: Sequence[Choice]) -> list[str]:
    """One line for each choice; the way out ("a person") is 0 and comes last. A text message saves the dots."""
    dot = "" if turn.channel == "sms" else "."
    return [
        f"{0 if choice.goal == 'person' else number}{dot} {label(choice, known, turn.language)}"
        for number, choice in enumerate(choices, 1)
    ]


def buttons(turn: Turn, known: Known, choices: Sequence[Choice]) -> tuple[tuple[str, str], ...]:
    """What a page shows to press for each choice, and what pressing it says."""
    words = [label(choice, known, turn.language) for choice in choices]
    return tuple(zip(words, words, strict=True))


def menu() -> tuple[Choice, ...]:
    """What may be asked for, and a person."""
    return (*(Choice("need", need.value) for need in MENU), Choice("person"))


def ask_need(turn: Turn, known: Known) -> Known:
    """What do you need? With a numbered menu."""
    return ask(turn, known, Asked(ABOUT_NEED, menu()))


def ask_place(turn: Turn, known: Known, wants: tuple[Want, ...], *, because: str | None = None) -> Known:
    """Where? `because` says what was wrong with the place before; the second time in a row it offers ways on."""
    asked = Asked(ABOUT_PLACE, wants=wants)
    again = _times(turn, asked) > 1
    return ask(turn, known, asked, text=turn.say("ask.place_again") if again else None, before=because)


def put_again(turn: Turn, *, before: str | None = None, kind: Kind = Kind.QUESTION, counts: bool = True) -> Known:
    """Puts once more the question that waits for an answer; nothing when none does."""
    asked = replace(turn.known.asked, misses=0)
    if not asked.about:
        return turn.known.having(asked=asked)
    return ask(turn, turn.known, asked, before=before, kind=kind, counts=counts)


def picked(turn: Turn) -> Choice | None:
    """The choice of the question before that this message picks: by its number, its place in the row, or its words."""
    asked, text = turn.known.asked, turn.heard.text
    if not asked.choices:
        return None
    if named := _by_label(turn) or _by_name(turn) or _by_kind_of_place(turn):
        return named
    # "I take care of 2 kids", "what do I do first": a number or a rank among other words picks no answer and no way on.
    # "Food, we are 6 in one room ("en un cuarto")": a need that is named outweighs a rank among the words.
    asks_for_else = bool(turn.heard.needs or turn.heard.programs)
    tells_more = (asked.about in (ABOUT_FACT, OFFER) or asks_for_else) and not only_picks(text)
    return None if tells_more else _by_number(text, asked.choices)


def _by_label(turn: Turn) -> Choice | None:
    """The choice that reads so, in whichever language it was shown."""
    said = fold(turn.heard.text)
    return next(
        (
            choice
            for choice in turn.known.asked.choices
            if said in {fold(words) for words in labels(choice, turn.known)}
        ),
        None,
    )


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
        return next((choice for choice in asked.choices if _county(choice) in named), None)
    if asked.about != ABOUT_WHICH_PLACE or says("city", text) == says("county", text):
        return None
    fitting = [choice for choice in asked.choices if _is_county(choice) == says("county", text)]
    return fitting[0] if len(fitting) == 1 else None


def _county(choice: Choice) -> str | None:
    found = places.resolve(choice.value or "")
    return found.county if isinstance(found, Place) else None


def _is_county(choice: Choice) -> bool:
    found = places.resolve(choice.value or "")
    return isinstance(found, Place) and found.kind is PlaceKind.COUNTY


def _by_number(text: str, choices: Sequence[Choice]) -> Choice | None:
    number = None if followup(text) else number_said(text)
    if number is None:
        return None
    if number == 0:
        return Choice("person")
    if number == LAST:
        return choices[-1]
    if number > len(choices) or choices[number - 1].goal == "person":
        return None
    return choices[number - 1]
