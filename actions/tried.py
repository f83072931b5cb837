"""What was tried: a place that was full or turned somebody away is left out, with all its sites."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import yaml

from actions import asking, looking, other_kinds, placing
from actions.asked_shown import asks_of_shown, followup
from actions.context import Turn
from actions.heard import fold
from actions.openings import Opened
from actions.patterns import either
from actions.slots import Asked, Known, Want
from actions.tried_meant import meant, named, shown
from actions.words import number_said, phrases, sign
from directory.eligibility import rules
from directory.reply import Kind, Reply
from directory.text import listing

__all__ = ["answered"]

_FILE = Path(__file__).with_suffix(".yml")
ABOUT = asking.ABOUT_TRIED
"""Which place it was; `asked.question` keeps how it went."""

GONE, GOOD = "gone", "good"
_BAD = ("no_answer", "others", "full", "empty", "refused", "waiting", "failed", "went")
"""How it went, the first that fits: "their mailbox is full" is no answer."""

_NEVER = ("opt_out", "change_language", "talk_to_human", "ask_privacy", "ask_bot", "check_eligibility", "program_info",
          "how_to_apply", "crisis")  # fmt: skip
_TELLS = ("report_outcome", "report_problem")
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
    how = _how(turn)
    if how is None or _of_a_program(turn):
        return None
    if how == GONE:
        return _gone(turn)
    if how == GOOD:
        return _good(turn)
    if not turn.known.shown.ids:
        return _never_shown(turn, how)
    ids = meant(turn) or _just_that_one(turn)
    return _left_out(turn, how, ids) if ids else _ask_which(turn, how)


def _just_that_one(turn: Turn) -> tuple[str, ...]:
    """The first of the page for whoever says "not that one" of a list of which none was spoken of."""
    shown_now = turn.known.shown
    points = asks_of_shown(turn.heard.text) == "not_that" and number_said(turn.heard.text) is None
    return shown_now.ids[shown_now.offset : shown_now.offset + 1] if points else ()


# How it went


def _how(turn: Turn) -> str | None:
    """How it went at a place, by the words; None when none tells of it."""
    told = [(kind, clause) for clause in _clauses(turn.heard.text) for kind in _told(clause)]
    kinds = {kind for kind, _ in told}
    if GONE in kinds and (turn.heard.act == "report_problem" or not kinds & {*_BAD, GOOD}):
        return GONE
    bad = next((kind for kind in _BAD if kind in kinds and _tells(turn, kind)), None)
    if bad:
        return bad
    if GOOD in kinds:
        return GOOD
    return "failed" if turn.heard.act == "report_outcome" and _denies(turn) else None


def _tells(turn: Turn, kind: str) -> bool:
    """Whether somebody tells whom a place takes, and asks for none such: "women only" alone narrows the list."""
    said = set(fold(turn.heard.text).split())
    return kind != "others" or turn.heard.act in _TELLS or bool(said & set(phrases("tried_subject")))


def _clauses(text: str) -> Iterator[tuple[str, bool]]:
    """The parts of a text, folded, and whether each ends as a question."""
    bare = re.sub(r"['’`´]", "", text)
    for part, end in re.findall(r"([^.,;!?\n]+)([.,;!?\n]?)", bare):
        yield fold(part), end == "?"


def _told(clause: tuple[str, bool]) -> Iterator[str]:
    """The kinds of which a clause tells; a question or a supposition tells of none."""
    said, asks = clause
    for phrase in phrases("tried_aside"):
        said = said.replace(f" {phrase} ", "  ")
    said = _patterns()["aside"].expression.sub(" ", said)
    for kind in (GONE, *_BAD, GOOD):
        at = _where(said, kind)
        if at >= 0 and not _supposed(said, at) and not (asks and _first(said[at:], phrases("tried_asks_on")) < 0):
            yield kind


def _where(said: str, kind: str) -> int:
    """Where a clause tells of that kind; below 0 where it does not."""
    at = _first(said, phrases(f"tried_{kind}"))
    if at < 0 and (found := _patterns()[kind].search(said)):
        at = found.start()
    if kind == GOOD and at >= 0 and said[:at].rpartition(" ")[2] in phrases("tried_denies"):
        return -1
    return _denied_room(said) if at < 0 and kind == "full" else at


@functools.cache
def _patterns() -> Mapping[str, Opened]:
    plain = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    never = either([r"(?!)"], {})
    made = {kind: either(found, plain["words"]) for kind, found in plain["patterns"].items()}
    return {**dict.fromkeys((GONE, *_BAD, GOOD), never), **made}


def _first(said: str, wanted: tuple[str, ...]) -> int:
    words = set(said.split())  # a phrase whose first word is not said is not looked for
    standing = (phrase for first, phrases in _by_first_word(wanted) if first in words for phrase in phrases)
    return min((at for phrase in standing if (at := said.find(phrase)) >= 0), default=-1)


@functools.cache
def _by_first_word(wanted: tuple[str, ...]) -> Sequence[tuple[str, Sequence[str]]]:
    """Phrases by the word they begin with, a space around each."""
    table: dict[str, list[str]] = {}
    for phrase in wanted:
        table.setdefault(phrase.partition(" ")[0], []).append(f" {phrase} ")
    return tuple(table.items())


def _supposed(said: str, at: int) -> bool:
    """Whether what stands at that letter is asked or supposed: "what if they say no"."""
    before = _first(said, phrases("tried_supposes"))
    return 0 <= before <= at


_NEAR = 5
"""How many words may stand between a denial and the room that it denies."""


def _denied_room(said: str) -> int:
    """Where a clause denies room ("none of those had space"); below 0 where it does not."""
    words = said.split()
    for here, word in enumerate(words):
        before = words[max(here - _NEAR, 0) : here]
        if word in phrases("tried_room") and set(before) & set(phrases("tried_denial")):
            wishes = _first(f" {' '.join(before)} ", phrases("tried_wish")) >= 0
            return -1 if wishes else len(" ".join(words[:here]))
    return -1


def _denies(turn: Turn) -> bool:
    """Whether an outcome that no phrase names went badly, by a denial in it; who is to come back was not refused."""
    said = fold(re.sub(r"['’`´]", "", turn.heard.text))
    return bool(set(said.split()) & set(phrases("tried_denies"))) and not sign("tried_calling_back", said)


def _of_a_program(turn: Turn) -> bool:
    """Whether it is told of a program that somebody asked for, not of a place: "they said no to my ihss"."""
    heard = turn.heard
    if "denial_and_appeal" in heard.guides:
        return True
    named_ones = set(heard.programs) - {turn.known.shown.want.program}
    return bool(named_ones) and not named_ones & _OF_PLACES


_OF_PLACES = {"food_bank", "emergency_shelter", "coordinated_entry", "oaa_center_meals", "cs_recuperative_care",
              "cs_sobering", "cs_stphh", "info_211", "cbas", "nmt", "nemt"}  # fmt: skip
"""Programs whose names people use for the place: "the shelter said no"."""


# Places that are left out


def _left_out(turn: Turn, how: str, ids: tuple[str, ...]) -> Known:
    """Leaves those places out and answers at once: what else is asked for, the next of that kind, another kind."""
    known = _without(turn, ids)
    line = _line(turn, how, ids)
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


def _line(turn: Turn, how: str, ids: tuple[str, ...]) -> str:
    """One warm line, and what is left out; it is passed on to nobody, and does not say so."""
    hits = tuple(shown(turn, ids))
    if len(hits) == 1:
        left_out = turn.say("tried.leaves_out", name=listing.title(hits[0].listing, turn.language))
    else:
        left_out = turn.say("tried.leaves_out_many")
    return " ".join((turn.say(f"tried.{how}"), left_out))


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
    if _asks(turn) and turn.heard.act not in _TELLS and not _same_kind(turn):
        return None
    text = " ".join((turn.say(f"tried.{how}"), turn.say("tried.which")))
    return asking.ask(turn, turn.known, Asked(ABOUT, question=how), text=text)


def _same_kind(turn: Turn) -> bool:
    return not any(_is_other(turn, want) for want in looking.wanted(turn))


def _which(turn: Turn) -> Known | None:
    """The answer to which it was; None where the message goes on to something else."""
    if not turn.heard.names_something and sign("tried_none_of_list", turn.heard.text, alone=True):
        turn.utter(turn.say("tried.not_on_list"), Reply(kind=Kind.SMALLTALK))
        return turn.known.having(asked=Asked())
    ids = named(turn, turn.heard.text)
    return _left_out(turn, turn.known.asked.question or "went", ids) if ids else None


# Other news


def _never_shown(turn: Turn, how: str) -> Known | None:
    """Somebody tells of a place that we did not show: what they lack is looked for, after a kind word."""
    wants = looking.wanted(turn)
    if not wants or how in ("went", "failed") or not (_asks(turn) or turn.known.want.known):
        return None
    turn.utter(turn.say(f"tried.{how}"), Reply(kind=Kind.SMALLTALK))
    return looking.answer(turn)


def _gone(turn: Turn) -> Known | None:
    """A number that is wrong, a place that closed: left out, and nobody reads of it here."""
    ids = meant(turn) if turn.known.shown.ids else ()
    closed_now = followup(turn.heard.text) in ("open", "open_ones", "hours")
    if not ids or (turn.heard.act not in _TELLS and (_asks(turn) or closed_now)):
        return None
    turn.dispatcher.utter_message(response="utter_report_problem")
    return _without(turn, ids)


def _good(turn: Turn) -> Known | None:
    """Good news is thanked for; nothing is left out."""
    if turn.heard.act in _TELLS or not turn.known.shown.ids or turn.heard.names_something:
        return None
    if turn.heard.act not in ("inform", "affirm", "nlu_fallback", "followup", "thanks"):
        return None
    turn.dispatcher.utter_message(response="utter_report_outcome")
    return turn.known.having(asked=Asked())
