"""What is asked of a list, of a summary or of where to go while a question waits: answered, and the question again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from actions import asking, details, looking, may, narrowing, summary
from actions.asked_shown import asks_of_shown, followup, shape_said
from actions.context import WORRY, Turn
from actions.heard import fold
from actions.labels import label
from actions.side_said import side_said
from actions.slots import Asked, Choice, Known, Shown, Want
from actions.talked_of import Talk
from actions.words import only_picks, ordinal, phrases, sign, without_and
from directory.eligibility import rules
from directory.model import Need
from directory.reply import Kind, Reply
from directory.text import catalogue

__all__ = ["answered", "noted", "told_beside"]

_OPEN = (*asking.WAITING, asking.ABOUT_CARD, asking.ABOUT_TRIED)
_NEVER = ("crisis", "talk_to_human", "opt_out", "report_problem")
_OF_A_PLACE = frozenset({"hours", "phone", "address", "get_there", "website", "distance", "open", "parking", "bus",
                         "wait_list", "appointment", "wheelchair", "languages", "again", "last_number"})  # fmt: skip
"""What may be asked of places in the middle of something else; what could be an answer to a question is not here."""
_FEW = 12
_SECOND = "El Segundo"


def answered(turn: Turn) -> Known | None:
    """What is known after the answer in between; None for a message that asks for none."""
    if turn.heard.crisis not in (None, WORRY) or turn.heard.act in _NEVER:
        return None
    return next((known for known in (way(turn) for way in _WAYS) if known is not None), None)


def _open(turn: Turn) -> bool:
    return turn.known.asked.about in _OPEN


def _back(turn: Turn, known: Known) -> Known:
    """The question that waited, put again after one line; it counts as no try."""
    before = turn.known.asked
    kept = known.having(asked=before, need=turn.known.need, program=turn.known.program)
    said = catalogue.say("verdict.back", turn.language)
    return asking.put_again(replace(turn, known=kept), before=said, counts=False)


def _summary(turn: Turn) -> Known | None:
    """A summary to paste of the program that is being worked out, or of the list shown."""
    if not _open(turn) or turn.heard.names_something or shape_said(turn.heard.text) != "summary":
        return None
    program = _checked(turn.known)
    if program is None and not turn.known.shown.ids:
        return None
    told = turn if program is None else replace(turn, known=turn.known.having(shown=Shown()))
    summary.tell(told, Talk(program=program, of_list=program is None))
    return _back(turn, turn.known)


def _checked(known: Known) -> str | None:
    """The program of which it is worked out whether somebody may get it."""
    kind, _, of = (known.asked.check or "").partition(":")
    return of if kind == may.PROGRAM and of in rules.programs() else None


def _of_the_list(turn: Turn) -> Known | None:
    """What is asked of the places shown before the question came."""
    heard = turn.heard
    if not _open(turn) or not turn.known.shown.ids or turn.learned or heard.needs or heard.programs or heard.plan:
        return None
    kind = asks_of_shown(heard.text) or (followup(heard.text) if ordinal(heard.text) else None)
    number = ordinal(heard.text) is not None
    if kind not in _OF_A_PLACE or len(fold(heard.text).split()) > _FEW:
        return None
    if set(heard.places) - ({_SECOND} if number else set()):
        return None
    quiet = replace(turn, heard=replace(heard, places=()))
    return _back(turn, details.tell(quiet))


def _where(turn: Turn) -> Known | None:
    """Where to go for what was told of, or for what is being worked out: its places, near the place that is known."""
    if turn.heard.names_something or not sign("where_it_is", without_and(turn.heard.text), alone=True):
        return None
    near = next((choice for choice in turn.known.asked.choices if choice.goal in ("near", "find")), None)
    if turn.known.asked.about == asking.OFFER and near is not None:
        return looking.find(turn, looking.follow(turn), looking.waiting(turn.known, near))
    if turn.known.asked.about == asking.ABOUT_NEED and turn.known.program and turn.known.place:
        return looking.find(turn, turn.known, (turn.known.want,))
    program = _checked(turn.known)
    if turn.known.asked.about != asking.ABOUT_FACT or program is None or not turn.known.place:
        return None
    return _back(turn, looking.find(turn, turn.known.having(asked=replace(turn.known.asked, about=None)),
                                    (Want(program=program),)))  # fmt: skip


def _said_of_places(turn: Turn) -> Known | None:
    """Asked where, somebody says what the places must be ("do they take walk ins"): it is noted for the list."""
    heard = turn.heard
    waits = turn.known.asked.about in asking.BEFORE_A_LIST
    if not waits or heard.places or heard.needs or heard.programs or heard.plan or turn.known.shown.ids:
        return None
    if not (heard.wanted_language or narrowing.of_request(heard.text, turn.now) or asks_of_shown(heard.text)):
        return None
    if heard.act == "change_language" or side_said(heard.text):  # "is it free?" asks of the program
        return None
    if asks_of_shown(heard.text) == "not_that":  # the wish itself is taken back
        return None
    return _noted_beside(turn)


def _noted_beside(turn: Turn) -> Known:
    """That a word was taken in, and the question that waits; it counts as no try."""
    return asking.put_again(turn, before=turn.say("between.noted"), counts=False)


def told_beside(turn: Turn) -> Known | None:
    """Beside a list or ways on, somebody tells of themselves: thanks, and what they can say next; no menu."""
    heard, asked, shown = turn.heard, turn.known.asked, turn.known.shown
    free = asked.about == asking.OFFER or (asked.about is None and shown.ids)
    if not free or heard.crisis or heard.names_something or heard.act not in _TELLS or not _tells(turn):
        return None
    if asking.picked(turn) or details.asks_plainly(turn) or only_picks(without_and(heard.text)):
        return None
    if _WIC_FACT in turn.learned and Need.FOOD.value in (turn.known.need, shown.want.need):
        return _with_wic(turn)
    if asked.about is None:
        return noted(turn)
    ways = ", ".join(f'"{label(choice, turn.known, turn.language)}"' for choice in asked.choices)
    text = turn.say("between.noted_ways", ways=ways) if ways else turn.say("between.noted")
    turn.utter(text, Reply(kind=Kind.SMALLTALK, choices=asking.buttons(turn, turn.known, asked.choices)))
    return turn.known


_TELLS = ("inform", "affirm", "deny", "nlu_fallback", "find_provider")
_LONG = 2
"""How many words a bare answer has at most."""


def _tells(turn: Turn) -> bool:
    """Whether a message tells of somebody and asks for nothing."""
    words = fold(turn.heard.text).split()
    if "?" in turn.heard.text or (len(words) <= _LONG and not turn.learned) or set(words) & set(phrases("wishes")):
        return False
    rest = [word for word in words if word not in phrases("yes_or_no")]
    return bool(turn.learned) or bool(rest and rest[0] in phrases("tells_of"))


def noted(turn: Turn) -> Known:
    """One line to a word beside a list that asks for nothing; never the same twice in a row."""
    again = turn.known.asked.tries > 0
    said = {"affirm": "yes", "deny": "no"}.get(turn.heard.act or "", "told")
    key = "again" if again else said
    turn.utter(turn.say(f"noted.{key}"), Reply(kind=Kind.SMALLTALK, phones=("211",) if again else ()))
    return turn.known.having(asked=replace(turn.known.asked, tries=0 if again else 1))


_WIC_FACT = "wic_category"
_PREGNANT = (Choice("may", "wic"), Choice("near", "wic"))


def _with_wic(turn: Turn) -> Known:
    """Beside food: what there is for who is pregnant or has a small child."""
    return asking.ask(turn, turn.known, Asked(asking.OFFER, _PREGNANT), text=turn.say("between.wic"), counts=False,
                      kind=Kind.SMALLTALK)  # fmt: skip


_WAYS: tuple[Callable[[Turn], Known | None], ...] = (_summary, _where, _of_the_list, _said_of_places)
