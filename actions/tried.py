"""What was tried: a place that was full or turned somebody away is left out, with all its sites."""

from __future__ import annotations

from dataclasses import replace

from actions import asking, kept, looking, other_kinds, placing, which_one
from actions.asked_shown import asks_of_shown
from actions.context import Turn
from actions.slots import Asked, Known, Want
from actions.tried_how import GONE, GOOD, TELLS, how_it_went, of_a_program
from actions.tried_meant import meant, named, shown
from actions.words import number_said, sign
from directory.eligibility import rules
from directory.reply import Kind, Reply
from directory.text import listing

__all__ = ["answered", "failed_at", "left_out", "left_out_words"]

ABOUT = asking.ABOUT_TRIED
"""Which place it was; `asked.question` keeps how it went."""

_NEVER = ("opt_out", "change_language", "talk_to_human", "ask_privacy", "ask_bot", "check_eligibility", "program_info",
          "how_to_apply", "crisis")  # fmt: skip
MOST = 60
"""How many places are remembered."""
ENOUGH = 2
"""So many of a kind that failed call for help of another kind."""


def answered(turn: Turn) -> Known | None:
    """What is known after an answer without the place that did not work; None for a message that tells of none."""
    told = _which(turn) if turn.known.asked.about == ABOUT else None
    if told is not None:
        return told
    if turn.heard.act in _NEVER or asking.picked(turn) or turn.known.asked.about == asking.ABOUT_FACT:
        return None
    how = how_it_went(turn)
    if how is None or of_a_program(turn):
        return None
    if how in (GONE, GOOD):  # told by actions.wrong_listing and actions.did_it_help, where it is
        return None
    if not turn.known.shown.ids:
        return _never_shown(turn, how)
    ids = meant(turn) or _just_that_one(turn)
    return failed_at(turn, how, ids) if ids else _ask_which(turn, how)


def _just_that_one(turn: Turn) -> tuple[str, ...]:
    """The first of the page for whoever says "not that one" of a list of which none was spoken of."""
    shown_now = turn.known.shown
    points = asks_of_shown(turn.heard.text) == "not_that" and number_said(turn.heard.text) is None
    return shown_now.ids[shown_now.offset : shown_now.offset + 1] if points else ()


# Places that are left out


_TURNED_AWAY = ("others", "full", "empty", "refused", "waiting")
_OUTCOMES = {"no_answer": "no_answer", **dict.fromkeys(_TURNED_AWAY, "turned_away")}
"""What is counted of how it went; a place that is refused for another reason tells nothing of it."""


def failed_at(turn: Turn, how: str, ids: tuple[str, ...], *, beside: str = "") -> Known:
    """Counts that it failed there, leaves those places out and answers at once, after a kind word and `beside`."""
    known = kept.outcome(turn, turn.known, ids, _OUTCOMES[how]) if how in _OUTCOMES else turn.known
    turn = replace(turn, known=known)
    noted = turn.say("after.noted") if how == "others" and kept.wrong(turn, ids, "only_some") else ""
    lead = " ".join(filter(None, (turn.say(f"tried.{how}"), noted, left_out_words(turn, ids), beside)))
    return left_out(turn, lead, ids)


def left_out(turn: Turn, line: str, ids: tuple[str, ...]) -> Known:
    """After a line, answers at once without those places: what else is asked for, the next of that kind, another."""
    known = _without(turn, ids)
    turn = replace(turn, known=known)
    others = tuple(want for want in looking.wanted(turn) if _is_other(turn, want)) if _asks(turn) else ()
    if others or turn.heard.place:
        turn.utter(line, Reply(kind=Kind.SMALLTALK))
        return looking.find(turn, looking.follow(turn), others or (known.shown.want,))
    return _next(turn, line)


def _without(turn: Turn, ids: tuple[str, ...]) -> Known:
    tried = tuple(dict.fromkeys((*turn.known.tried, *ids)))[-MOST:]
    asked, focus = Asked(), None if turn.known.shown.focus in ids else turn.known.shown.focus
    return turn.known.having(tried=tried, asked=asked, shown=replace(turn.known.shown, focus=focus))


def _asks(turn: Turn) -> bool:
    return bool(turn.heard.needs or turn.heard.programs)


def _is_other(turn: Turn, want: Want) -> bool:
    """Whether something else is wanted than what the list was of."""
    shown_want = turn.known.shown.want
    need = want.need or rules.program(want.program or "").need.value
    return need != shown_want.need and need != _need_of(shown_want)


def _need_of(want: Want) -> str | None:
    program = rules.programs().get(want.program or "")
    return program.need.value if program else want.need


def left_out_words(turn: Turn, ids: tuple[str, ...]) -> str:
    """What is left out, in words."""
    hits = tuple(shown(turn, ids))
    if len(hits) == 1:
        return turn.say("tried.leaves_out", name=listing.title(hits[0].listing, turn.language))
    return turn.say("tried.leaves_out_many")


def _next(turn: Turn, line: str) -> Known:
    """The next places of that kind; help of another kind when none is left near, or when two or more failed."""
    known = looking.as_shown(turn.known)
    known, place = placing.settled(turn, known, (known.want,))
    if place is None:
        return known
    left, several = looking.left(turn, known, place), _failed(turn, known) >= ENOUGH
    if not left or (several and not _untried(turn)):
        told = other_kinds.answer(turn, known, place, lead=line, left=left)
        if told is not None:
            return told
    line = " ".join((line, *(other_kinds.beside(turn, known) if several else ())))
    line = " ".join((line, turn.say("tried.others_left"))) if left else line
    quiet = replace(turn, heard=replace(turn.heard, text=""))  # "it was closed" asks for nothing that is open
    return looking.look(quiet, known, place, filters=turn.known.shown.filters, before=line)


def _untried(turn: Turn) -> bool:
    """Whether places of the list shown are left to try."""
    return bool(set(turn.known.shown.ids) - set(turn.known.tried))


def _failed(turn: Turn, known: Known) -> int:
    """How many places of the kind looked for were tried."""
    listings = (hit.listing for hit in shown(turn, known.tried))
    if known.program:
        return sum(known.program in one.programs for one in listings)
    return sum(known.need in {need.value for need in one.needs} for one in listings)


# Which place it was


def _ask_which(turn: Turn, how: str) -> Known | None:
    """Asks which of several it was, unless the message asks for something else."""
    if _asks(turn) and turn.heard.act not in TELLS and not _same_kind(turn):
        return None
    text = " ".join((turn.say(f"tried.{how}"), turn.say("tried.which")))
    if turn.channel == "sms":  # the list may be days old
        text = "\n".join((text, *which_one.named_places(turn, turn.known)))
    return asking.ask(turn, turn.known, Asked(ABOUT, question=how), text=text)


def _same_kind(turn: Turn) -> bool:
    return not any(_is_other(turn, want) for want in looking.wanted(turn))


def _which(turn: Turn) -> Known | None:
    """The answer to which it was; None where the message goes on to something else."""
    if not turn.heard.names_something and sign("tried_none_of_list", turn.heard.text, alone=True):
        turn.utter(turn.say("tried.not_on_list"), Reply(kind=Kind.SMALLTALK))
        return turn.known.having(asked=Asked())
    alone = sign("all_of_it", turn.heard.text, alone=True)
    ids = turn.known.shown.ids if alone else named(turn, turn.heard.text)
    return failed_at(turn, turn.known.asked.question or "went", ids) if ids else None


# Other news


def _never_shown(turn: Turn, how: str) -> Known | None:
    """Somebody tells of a place that we did not show: what they lack is looked for, after a kind word."""
    wants = looking.wanted(turn)
    if not wants or how in ("went", "failed") or not (_asks(turn) or turn.known.want.known):
        return None
    turn.utter(turn.say(f"tried.{how}"), Reply(kind=Kind.SMALLTALK))
    return looking.answer(turn)
