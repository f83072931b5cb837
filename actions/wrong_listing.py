"""What we show or said is wrong: kept for the staff, without a name; thanks, and another place at once."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from actions import asking, kept, may, telling, tried, which_one
from actions.asked_shown import followup
from actions.context import Turn
from actions.heard import fold
from actions.naming import program_name
from actions.openings import Opened
from actions.patterns import either
from actions.slots import Known
from actions.tried_how import GONE, TELLS, how_it_went, kinds_told, of_a_program
from actions.tried_meant import meant, named, shown
from actions.words import sign
from directory.eligibility import rules, strict
from directory.model import Tri
from directory.reply import Kind, Reply

__all__ = ["answered", "unclear"]

_FILE = Path(__file__).with_suffix(".yml")
_ASKED = "wrong:"
"""Before the kind in `asked.question`, while it is asked which place it is."""
_KINDS = ("hours", "moved", "closed", "phone", "other")
_NEVER = ("opt_out", "change_language", "talk_to_human", "ask_privacy", "ask_bot", "crisis", "check_eligibility",
          "program_info", "how_to_apply")  # fmt: skip
_MOST_WORDS = 40


def answered(turn: Turn) -> Known | None:
    """What is known after a report of a place or of an answer of ours; None for a message that is none."""
    waits = which_one.waits_for(turn)
    if waits and waits.startswith(_ASKED) and (ids := which_one.told(turn)):
        return _reported(turn, ids, waits.removeprefix(_ASKED))
    if turn.heard.act in _NEVER or asking.picked(turn):
        return None
    told = _rule(turn)
    if told is not None:
        return told
    kind = _kind(turn) if turn.known.asked.about != asking.ABOUT_FACT else None
    if kind is None or of_a_program(turn):
        return None
    return _of_a_place(turn, kind)


def unclear(turn: Turn) -> Known:
    """For who says that something is wrong and not what: it is asked; without a list, which one is meant."""
    key = "after.wrong.what" if turn.known.shown.ids else "after.wrong.no_list"
    phones = () if turn.known.shown.ids else ("211",)
    turn.utter(turn.say(key), Reply(kind=Kind.QUESTION, phones=phones))
    return turn.known


# A place


def _of_a_place(turn: Turn, kind: str) -> Known | None:
    ids = meant(turn) or _by_phone(turn)
    tells = turn.heard.act in TELLS
    if not turn.known.shown.ids:
        return unclear(turn) if tells else None
    if kind == "closed" and not tells and not _for_good(turn) and _asks(turn):
        return None
    if not ids:
        return which_one.ask(turn, turn.known, f"{_ASKED}{kind}", "after.wrong.which")
    return _reported(turn, ids, kind)


def _asks(turn: Turn) -> bool:
    """Whether a message that says "closed" asks for what is open, or for something else."""
    return bool(turn.heard.needs or turn.heard.programs) or followup(turn.heard.text) in ("open", "open_ones", "hours")


def _by_phone(turn: Turn) -> tuple[str, ...]:
    """The place whose number is written in the message."""
    said = re.sub(r"\D", "", turn.heard.text)
    if len(said) < _LAST_DIGITS:
        return ()
    hits = shown(turn, turn.known.shown.ids)
    ends = [hit.listing.id for hit in hits if any(phone.number[-_LAST_DIGITS:] in said for phone in hit.listing.phones)]
    return tuple(ends) if len(ends) == 1 else ()


_LAST_DIGITS = 7


def _reported(turn: Turn, ids: tuple[str, ...], kind: str) -> Known:
    """Kept, thanked for, and the next place; one that is only shut at this hour is not wrong in our list."""
    left = tried.left_out_words(turn, ids)
    quiet = replace(turn, heard=replace(turn.heard, needs=(), programs=(), places=()))
    if kind == "closed" and _only_now(turn, ids):
        return tried.left_out(quiet, " ".join((turn.say("after.wrong.closed_now"), left)), ids)
    noted = turn.say("after.noted") if kept.wrong(turn, ids, kind) else ""
    lead = " ".join(filter(None, (turn.say("after.wrong.thanks"), noted, left)))
    return tried.left_out(quiet, lead, ids)


def _only_now(turn: Turn, ids: tuple[str, ...]) -> bool:
    """Whether a place is said to be closed while its known hours say the same, and not that it closed for good."""
    return not _for_good(turn) and all(hit.open is Tri.NO for hit in shown(turn, ids))


def _for_good(turn: Turn) -> bool:
    return _patterns()["closed"].search(_plain(turn.heard.text)) is not None


def _kind(turn: Turn) -> str | None:
    """Which kind of mistake the words tell of; None where they tell of none."""
    said = _plain(turn.heard.text)
    if len(said.split()) > _MOST_WORDS or "?" in turn.heard.text or _patterns()["never"].search(said):
        return None
    kinds = kinds_told(turn.heard.text)
    found = [kind for kind in _KINDS if _patterns()[kind].search(said)]
    if "others" in kinds and turn.heard.act == "report_problem":
        return "only_some"
    if found:
        return found[0]
    if turn.known.shown.ids and _short("named")["moved"].search(said) and named(turn, turn.heard.text):
        return "moved"
    if how_it_went(turn) == GONE:
        return next((kind for kind, words in _short("gone").items() if words.search(said)), "closed")
    return "full" if turn.heard.act == "report_problem" and kinds & {"full", "empty"} else None


# An answer of ours on a program


def _rule(turn: Turn) -> Known | None:
    """A doubt of what we said of a program; who decides and whom to ask."""
    program = _doubted(turn)
    if program is None:
        return None
    noted = turn.say("after.noted") if kept.doubted_rule(turn, program) else ""
    told = rules.program(program)
    thanks = turn.say("after.wrong.rule", program=program_name(program, turn.language))
    text = "\n".join(
        (
            " ".join(filter(None, (thanks, noted))),
            " ".join((told.who_decides.get(turn.language), turn.say("after.wrong.ask_them"))),
            *telling.lines(turn, turn.known, told),
        )
    )
    phones = tuple(phone for phone in telling.phones(turn.known, told) if phone in text)
    turn.utter(text, Reply(kind=Kind.SAVED, need=told.need.value, program=program, phones=phones))
    waits = turn.known.asked.about == asking.ABOUT_FACT
    return asking.put_again(turn, counts=False) if waits else turn.known


def _doubted(turn: Turn) -> str | None:
    """The program told of last, where the words doubt what was said and put nothing of the person right."""
    said = _plain(turn.heard.text)
    asked = turn.known.asked
    if "?" in turn.heard.text or turn.learned or turn.heard.needs or turn.heard.places or turn.heard.plan:
        return None
    if len(said.split()) > _MOST_WORDS or not _patterns()["rule"].search(said):
        return None
    verdict = (asked.told or "").partition(":")[0]
    told = verdict or (turn.known.program if asked.about == asking.OFFER else None)
    if asked.about == asking.ABOUT_FACT:  # "that is wrong" may be the answer to the question that waits
        of, _, checked = (asked.check or "").partition(":")
        told = checked if of == may.PROGRAM and sign("our_answer", turn.heard.text) else None
    named = next((name for name in turn.heard.programs if name in rules.programs()), None)
    return named or (told if told in rules.programs() else None)


@functools.cache
def _patterns() -> Mapping[str, Opened]:
    table = _table()
    of_kinds = {kind: either(found, table["words"]) for kind, found in table["patterns"].items()}
    return {**of_kinds, "rule": either(table["rule"], table["words"]), "never": either(table["never"], table["words"])}


@functools.cache
def _short(table: str) -> Mapping[str, Opened]:
    return {kind: either([words], {}) for kind, words in _table()[table].items()}


@functools.cache
def _table() -> Mapping[str, Any]:
    plain: Any = strict.plain(_FILE)
    assert isinstance(plain, dict)
    return plain


def _plain(text: str) -> str:
    return fold(re.sub(r"['’`´]", "", text))
