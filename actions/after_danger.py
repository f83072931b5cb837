"""After a danger: somebody who says they are well is believed; nobody gets a list or a survey before they ask."""

from __future__ import annotations

import re
from dataclasses import replace

from actions import asking, details, guides, let_down, looking, naloxone, renting, safe_house, safety, youth
from actions.context import OVER, WORRY, Turn
from actions.heard import fold
from actions.slots import Asked, Known
from actions.words import phrases, sign
from directory.model import Need
from directory.reply import Kind, Reply

__all__ = ["after", "worried"]


def after(turn: Turn) -> Known | None:
    """Right after a danger nobody is given a survey or a list for asking where to go: the line is said again."""
    first = next((known for known in (room(turn) for room in _FIRST) if known is not None), None)
    if first is not None:
        return first
    kind = turn.known.asked.crisis
    if kind in (None, WORRY) or turn.heard.crisis not in (None, WORRY) or turn.known.asked.about not in _OPEN:
        return None
    if turn.heard.crisis == WORRY and kind != "self_harm":
        return _worried_too(turn, kind or "")
    if sign("safe", turn.heard.text, alone=True):
        return safety.believed(turn, "crisis.over", kind or "")
    if _only_a_number(turn, kind or ""):
        return _number_heard(turn, kind or "")
    if _does_not_want_it(turn):
        return safety.left_alone(turn)
    if turn.known.shown.ids and sign("place_of_before", turn.heard.text):
        return looking.again(turn, offset=0, filters=turn.known.shown.filters)
    if _goes_elsewhere(turn, kind or ""):
        return None
    if turn.known.asked.about is None and turn.known.asked.tries >= _TIMES:
        return None
    if _says_safe(turn):
        return safety.believed(turn, "crisis.over", kind or "")
    if turn.known.asked.about is None and turn.known.asked.tries:
        return _said_twice(turn, kind or "")
    safety.say(turn, kind or "", again=True)
    wants = turn.known.asked.wants
    known = looking.follow(turn)
    after_a_roof = turn.heard.needs or turn.heard.programs or sign("where_to", turn.heard.text)
    if kind in safety.SHELTERED and not wants and after_a_roof:
        wants = (looking.SHELTER,)
    if turn.known.asked.about in asking.BEFORE_A_LIST:
        return asking.put_again(turn)
    offered = safety.offer(turn, known, wants)
    asked = offered.asked
    return offered if asked.about else offered.having(asked=replace(asked, tries=asked.tries + 1))


_FIRST = (naloxone.answered, safe_house.answered, youth.answered, let_down.answered, renting.answered)
"""What goes before the words of a danger: they name the help that this person needs."""


def _only_a_number(turn: Turn, kind: str) -> bool:
    """Whether the first words after a danger are a bare number, which could only pick what was shown before it."""
    asked = turn.known.asked
    first = asked.about is None and not asked.tries and kind not in (_LISTED, OVER)
    return first and re.fullmatch(r"\W*\d{1,2}\W*", turn.heard.text) is not None


_LISTED = "unsafe_tonight"
"""The danger that is answered with a list, so that a number picks from it."""


def _number_heard(turn: Turn, kind: str) -> Known:
    """The lines once more, and not a word of the number; the next one counts as ever."""
    safety.say_briefly(turn, kind)
    return turn.known.having(asked=replace(turn.known.asked, tries=1))


def _said_twice(turn: Turn, kind: str) -> Known:
    """The lines were said in two ways: one short line, and a place named is kept for what will be looked for."""
    safety.say_briefly(turn, kind)
    known = looking.follow(turn)
    return known.having(asked=replace(known.asked, tries=known.asked.tries + 1))


def _worried_too(turn: Turn, kind: str) -> Known | None:
    """Hopelessness said after another danger is heard by itself; a need named beside it is answered by its goal."""
    key, phones = ("worry_after", ("1-800-799-7233", "988")) if kind == safe_house.VIOLENCE else ("worry", ("988",))
    turn.utter(turn.say(f"crisis.{key}"), Reply(kind=Kind.WORRY, crisis=WORRY, phones=phones))
    return None if turn.heard.names_something else turn.known


def _says_safe(turn: Turn) -> bool:
    """Whether a few words say that somebody is well and wants to go on: "I'm fine now, just the ride"."""
    text = fold(turn.heard.text)
    denied = any(f" {no} {phrase} " in text for phrase in phrases("safe") for no in ("no", "not"))
    return sign("safe", turn.heard.text) and not denied and len(text.split()) <= _FEW


_FEW = 8


def _does_not_want_it(turn: Turn) -> bool:
    """Whether somebody waves the lines away: they are believed, and asked nothing."""
    brief = len(turn.heard.text.split()) <= _SHORT
    said = sign("not_now", turn.heard.text, alone=True) or (turn.heard.act == "deny" and brief)
    return said and not turn.heard.names_something and not asking.picked(turn)


_OTHER_ACTS = ("thanks", "goodbye", "ask_privacy", "ask_bot")
_SHORT = 3
_OPEN = (None, asking.GO_ON, *asking.BEFORE_A_LIST)
_TIMES = 2
"""How often in a row a line is said again before the goals answer: not everything that is taken for a danger is one."""


def _goes_elsewhere(turn: Turn, kind: str) -> bool:
    """Whether the message is plainly about something else than the danger: another need, a place, a choice, a list."""
    heard, asked = turn.heard, turn.known.asked
    brief = len(heard.text.split()) <= _SHORT
    if heard.act in _OTHER_ACTS or asking.picked(turn) or heard.plan or turn.learned or details.about_shown(turn):
        return True
    if asked.about == asking.GO_ON and brief and heard.act in ("affirm", "deny"):
        return True
    if asked.about in asking.BEFORE_A_LIST and (
        brief or heard.places or any(letter.isdigit() for letter in heard.text)
    ):
        return True
    if heard.places and asked.wants and not _asks_shelter(turn):
        return True
    if kind in safety.SHELTERED and _asks_shelter(turn):
        return asked.about == asking.GO_ON and looking.SHELTER in asked.wants
    return bool(heard.needs or heard.programs)


def _asks_shelter(turn: Turn) -> bool:
    """Whether all that is named to be looked for is a roof."""
    named = {*turn.heard.needs, *turn.heard.programs}
    return bool(named) and named <= {Need.HOUSING.value, "emergency_shelter"}


def worried(turn: Turn) -> Known | None:
    """After the kind word: what is named is answered by its goal; where nothing is, what would help is asked."""
    heard = turn.heard
    if heard.crisis != WORRY or asking.picked(turn):
        return None
    told = guides.alone(turn)
    if told is not None:
        return told
    asks_of_it = bool(heard.programs) and heard.act in _OWN_GOALS
    if (heard.needs or heard.programs) and not asks_of_it:
        return looking.answer(turn)
    if heard.names_something:
        return None
    if turn.known.asked.about in asking.BEFORE_A_LIST:
        return asking.put_again(turn)
    return asking.ask(turn, turn.known, Asked(asking.ABOUT_NEED, asking.menu()), text=turn.say("ask.worry"))


_OWN_GOALS = ("check_eligibility", "program_info", "how_to_apply")
"""Questions that their goal answers after a kind word, and no list does."""
