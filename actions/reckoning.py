"""What somebody wants worked out without naming it: what an income is enough for."""

from __future__ import annotations

import re

from actions import looking, may
from actions.context import Turn
from actions.slots import Known
from actions.words import sign
from directory.eligibility import rules
from directory.eligibility.facts import INCOME

__all__ = ["income"]


def income(turn: Turn) -> Known | None:
    """An income said of itself asks what it is enough for: the program or the need in talk, else which need."""
    heard = turn.heard
    said = INCOME in turn.learned or (re.search(r"\d", heard.text) and sign("income", heard.text))
    if not said or _looks_for_a_place(turn):
        return None
    known = looking.follow(turn)
    program = _program(turn, known)
    return may.check(turn, known, program.id) if program else may.asked_about(turn)


def _looks_for_a_place(turn: Turn) -> bool:
    heard = turn.heard
    owes = sign("owing", heard.text) or "rent_help" in heard.programs
    return owes or (heard.act == "find_provider" and bool(heard.needs or heard.programs))


def _program(turn: Turn, known: Known) -> rules.Program | None:
    """The program named, else the one in talk; not one that nobody applies for with an income."""
    in_talk = (None,) if turn.heard.needs else (known.program,)
    applied_for = (name for name in (*turn.heard.programs, *in_talk) if name not in (None, *_GIVEN_FREELY))
    return next((rules.programs()[name] for name in applied_for if name in rules.programs()), None)


_GIVEN_FREELY = ("food_bank", "emergency_shelter")
