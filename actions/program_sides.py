"""One side of a program in talk: what it costs, how long it takes, who decides, who may come along; nothing else."""

from __future__ import annotations

import re

from actions import asking, details, looking, may, said
from actions.context import WORRY, Turn
from actions.said.plain import plain
from actions.side_said import asks, by_the_way, plainly, side_said, sides_said
from actions.slots import Asked, Choice, Known
from actions.telling_side import tell
from directory.eligibility import rules
from directory.eligibility.facts import INCOME, SIZE
from directory.model import Need

__all__ = ["answered", "beside_status"]

PAPERS, REFUSED, COST = "without_papers", "if_refused", "cost"

_NEVER = ("crisis", "talk_to_human", "opt_out", "change_language")
"""Acts that are never about a side, whatever the words."""
_TAKES_LEAVE = ("thanks", "goodbye")
"""Acts that ask nothing: "may God pay you, daughter" is a blessing."""
_UNASKED = ("followup", "program_info", "check_eligibility", "how_to_apply", "inform", "nlu_fallback")
"""Acts that may begin a talk of programs; others are about a side only where a program is in talk or named."""
_OF_A_PLACE = ("report_outcome", "report_problem")
"""Acts that tell how it went at a place: of them a program is only asked what to do after a no."""
_ANSWERS_WITH_A_NAME = ("inform", "nlu_fallback", "program_info", "find_provider", "affirm", "followup")
_ALWAYS_ASKED = (COST, "decision_time", "duration", "who_decides")
"""Sides that nobody tells of themselves; of the others ("I live with roommates") some are told."""
_TOLD_OF = ("near", "how")
"""Choices that end what was told of one program."""

_COMMON = ("calfresh", "medi_cal", "nmt", "ihss", "rent_help", "liheap", "wic", "hcv")
"""What is asked about most: what to choose from where nothing is in talk."""
_MOST = 8
_MARK = "side:"
"""Begins `Asked.question` while it is open of which program a side is asked."""


def answered(turn: Turn) -> Known | None:
    """The side asked about of the program named or in talk; None when the message asks for none or means a place."""
    waited = _which_one(turn)
    if waited:
        kind, program = waited
        return tell(turn, kind, of=program)
    kind = side_said(turn.heard.text)
    if kind is None or _turned_away(turn, kind):
        return None
    program = _subject(turn, kind)
    if program:
        return tell(turn, *_all_asked(turn, kind), of=program)
    return _ask_which(turn, kind)


def _all_asked(turn: Turn, kind: str) -> tuple[str, ...]:
    """The sides of a message that asks several; a status is told in its own answer alone."""
    several = sides_said(turn.heard.text)
    return several if len(several) > 1 and PAPERS not in several else (kind,)


def beside_status(turn: Turn) -> Known | None:
    """After the fixed answer on immigration, what the program in talk itself says of papers; None where none is."""
    program = _in_talk(turn.known) or turn.known.shown.want.program
    asked = side_said(turn.heard.text) == PAPERS and turn.heard.act not in _NEVER and not turn.heard.guides
    return tell(turn, PAPERS, of=program) if asked and program in rules.programs() else None


def _turned_away(turn: Turn, kind: str) -> bool:
    """Whether somebody else answers: a danger, a guide, a choice that was picked, the question that waits."""
    heard = turn.heard
    if heard.act in _NEVER or heard.crisis not in (None, WORRY) or _of_a_guide(turn, kind):
        return True
    if heard.act in _TAKES_LEAVE and "?" not in heard.text:
        return True
    if _asks_for_somebody(turn) or _looks_for_a_place(turn, kind) or _tells_of_a_place(turn, kind):
        return True
    return _picks_another_way(turn) or _answers_the_question(turn, kind)


def _asks_for_somebody(turn: Turn) -> bool:
    """Whether it is asked whether somebody may get a program, and their home or their pay is told beside it."""
    heard = turn.heard
    told = bool({SIZE, INCOME} & set(turn.learned)) or any(letter.isdigit() for letter in heard.text)
    return (
        heard.act == "check_eligibility"
        and bool(heard.programs)
        and told
        and _MAY.search(plain(heard.text)) is not None
    )


_MAY = re.compile(
    r"\b(?:can|could|may|does|do|would) (?:i|we|he|she|they|my \w+) (?:get|qualify|receive|apply)\b"
    r"|\b(?:puede|podria|puedo|podemos) (?:ella |el |mi \w+ )?(?:recibir|calificar|pedir|tener)\b|\bcalific\w+"
)


def _looks_for_a_place(turn: Turn, kind: str) -> bool:
    """Whether it is asked who gives something: a place, a program or another need is named to be looked for."""
    heard = turn.heard
    if heard.act != "find_provider":
        return False
    return bool(heard.places or heard.programs or set(heard.needs) - by_the_way(kind))


def _tells_of_a_place(turn: Turn, kind: str) -> bool:
    """Whether it is told how it went somewhere; after a program in this talk, what to do after a no is asked."""
    return turn.heard.act in _OF_A_PLACE and not (kind == REFUSED and turn.known.asked.choices)


def _of_a_guide(turn: Turn, kind: str) -> bool:
    """A guide goes first; after a program, "they said no to me" is of that program."""
    if not turn.heard.guides:
        return False
    return not (kind == REFUSED and _in_talk(turn.known) and not turn.heard.programs)


def _picks_another_way(turn: Turn) -> bool:
    return asking.picked(turn) is not None and not asks(turn.heard.text)


def _answers_the_question(turn: Turn, kind: str) -> bool:
    """Whether a question waits and this is no question in between, or the message tells of the person."""
    about, heard = turn.known.asked.about, turn.heard
    if about in asking.BEFORE_A_LIST and heard.places:
        return True
    if about in asking.WAITING or turn.learned:
        return not _is_question(turn, kind) or _answers_the_rules(turn)
    return False


def _answers_the_rules(turn: Turn) -> bool:
    question = may.waiting(turn.known)
    fact = question.facts[0] if question else None
    return (
        fact is not None and said.answer_to(fact, turn.heard.text, line=question.line if question else None) is not None
    )


def _is_question(turn: Turn, kind: str) -> bool:
    return kind in _ALWAYS_ASKED or asks(turn.heard.text)


def _which_one(turn: Turn) -> tuple[str, str] | None:
    """The side that waited and the program now chosen or named for it."""
    asked, heard = turn.known.asked, turn.heard
    if asked.about != asking.ABOUT_PROGRAM or not (asked.question or "").startswith(_MARK):
        return None
    if heard.act in _NEVER or side_said(heard.text):
        return None
    choice = asking.picked(turn)
    named = _named(turn) if heard.act in _ANSWERS_WITH_A_NAME and not heard.places else None
    program = choice.value if choice and choice.goal == "program" else named
    return ((asked.question or "").removeprefix(_MARK), program) if program else None


def _subject(turn: Turn, kind: str) -> str | None:
    """The program that the side is asked of: the one named, the one told last, else what the need has first."""
    program = _named(turn) or _picked_program(turn)
    if program:
        return program
    told, need = _in_talk(turn.known), _need_named(turn, kind)
    if told and not need:
        return _or_one_that_has_it(turn, told, kind)
    if told or turn.known.asked.about in asking.WAITING:
        return _first_of(need or _need_in_talk(turn.known), kind) if turn.known.asked.about in asking.WAITING else None
    return _of_a_list(turn, kind) if turn.known.shown.ids and not need else _paid_helper(turn, kind)


def _named(turn: Turn) -> str | None:
    """The program that the message names; Medi-Cal beside another is what somebody has."""
    named = [name for name in turn.heard.programs if name in rules.programs()]
    return next((name for name in named if name != "medi_cal"), named[0] if named else None)


def _picked_program(turn: Turn) -> str | None:
    choice = asking.picked(turn)
    return choice.value if choice and choice.value in rules.programs() else None


def _need_named(turn: Turn, kind: str) -> str | None:
    """A need that the message turns to, not one that the words of the side name by the way."""
    told = rules.programs().get(_in_talk(turn.known) or "")
    in_talk = by_the_way(kind) | {told.need.value if told else turn.known.need}
    named = (need for need in turn.heard.needs if plainly(need, turn.heard.text))
    return next((need for need in named if need not in in_talk), None)


def _in_talk(known: Known) -> str | None:
    """The program told last; None when the last was a list, a guide or a whole need."""
    asked = known.asked
    if asked.told:
        return asked.told.partition(":")[0]
    kind, _, of = (asked.check or "").partition(":")
    if kind:
        return of if kind == may.PROGRAM else None
    offered = {choice.goal: choice.value for choice in asked.choices}
    if asked.wants:
        return asked.wants[0].program
    told = next((offered[goal] for goal in _TOLD_OF if goal in offered), None)
    to_choose = {choice.value for choice in asked.choices}
    if told or known.shown.ids or known.program in to_choose or asked.about == asking.ABOUT_PROGRAM:
        return told
    return known.program if known.program in rules.programs() else None


def _need_in_talk(known: Known) -> str | None:
    kind, _, of = (known.asked.check or "").partition(":")
    if kind == "need":
        return of
    return known.asked.wants[0].need if known.asked.wants else known.need


def _or_one_that_has_it(turn: Turn, told: str, kind: str) -> str:
    """The program told; where it says nothing of that side and the message names a need that does, the first of it."""
    if kind in rules.program(told).sides:
        return told
    named = (_first_of(need, kind) for need in turn.heard.needs if need != rules.program(told).need.value)
    return next((name for name in named if name and kind in rules.program(name).sides), told)


def _first_of(need: str | None, kind: str) -> str | None:
    """The first program of a need that tells of that side."""
    programs = rules.needs().get(Need(need), ()) if need else ()
    return next((name for name in programs if kind in rules.program(name).sides), programs[0] if programs else None)


def _of_a_list(turn: Turn, kind: str) -> str | None:
    """The program of the list shown, for what no listing says itself."""
    program = turn.known.shown.want.program
    return program if program in rules.programs() and not _of_a_listing(turn, kind) else None


def _of_a_listing(turn: Turn, kind: str) -> bool:
    """Whether the listings shown are asked, or a place is reported on."""
    return kind == COST or turn.heard.act in _OF_A_PLACE or details.about_shown(turn)


def _paid_helper(turn: Turn, kind: str) -> str | None:
    """A helper at home, paid or chosen, is one program's alone, if nothing else is in talk."""
    needs = {*turn.heard.needs, turn.known.need} - {None}
    at_home = not needs or needs & {"home_care", "respite", "family"}
    return "ihss" if kind in ("family_helper", "choose_helper") and at_home else None


def _ask_which(turn: Turn, kind: str) -> Known | None:
    """Which program? Those on offer, of the need in talk, or the common ones; a status is never carried along."""
    here = turn.known.shown.ids and _in_talk(turn.known) is None and not turn.heard.needs
    if kind == PAPERS or turn.heard.act not in _UNASKED or (here and _of_a_listing(turn, kind)):
        return None
    if not _is_question(turn, kind):
        return None
    known = looking.follow(turn)
    choices = tuple(Choice("program", name) for name in _to_choose_from(turn, kind)[:_MOST])
    asked = Asked(asking.ABOUT_PROGRAM, choices, question=f"{_MARK}{kind}")
    return asking.ask(turn, known, asked, text=turn.say("program_side.which"))


def _to_choose_from(turn: Turn, kind: str) -> tuple[str, ...]:
    need = _need_named(turn, kind) or next(iter(turn.heard.needs), None)
    offered = [choice.value for choice in turn.known.asked.choices if choice.value in rules.programs()]
    if not need and offered:
        return tuple(dict.fromkeys(filter(None, offered)))
    need = need or turn.known.need
    return (rules.needs().get(Need(need), ()) if need else ()) or _COMMON
