"""Help of another kind for the same need, where places of one kind did not work: programs of the need, by the rules."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from actions import asking, looking, may, show, telling
from actions.context import Turn
from actions.naming import program_name, want_name
from actions.slots import Asked, Choice, Known, Want
from directory.eligibility import rules
from directory.eligibility.evaluate import Outcome
from directory.model import Need, Place
from directory.reply import Kind, Reply

__all__ = ["answer", "beside", "offer", "programs"]

_FILE = Path(__file__).with_suffix(".yml")

MOST = 3
"""How many other kinds are offered at once."""


def answer(turn: Turn, known: Known, place: Place, *, lead: str, left: int) -> Known | None:
    """What else helps with that need, said as such: its places near there, else how to get it; None where nothing does.

    `left` places of the first kind remain to be asked for; the kind that was told last is not told again.
    """
    kinds = list(programs(turn, known))
    if not kinds:
        return None
    program = next((name for name in kinds if name != turn.known.program), kinds[0])
    want, other = known.want, known.having(need=rules.program(program).need.value, program=program)
    before = "\n".join((lead, *_left(turn, want, left), _named(turn, program)))
    if looking.left(turn, other, place):
        return looking.look(turn, other, place, before=before)
    turn.utter(before, Reply(kind=Kind.SMALLTALK, need=other.need, program=program, phones=("211",)))
    return telling.tell(turn, other, program, "steps")


def offer(turn: Turn, known: Known, *, lead: Sequence[str] = (), without: Collection[str] = ()) -> Known:
    """After every place was shown or set aside: other kinds of help with that need to choose from, and 211."""
    kinds = [name for name in programs(turn, looking.as_shown(known)) if name not in without]
    choices = tuple(Choice("program", name) for name in kinds[:MOST])
    lines = [*lead, turn.say("shape.none_left"), *([turn.say("program.others")] if choices else [])]
    plain = replace(show.reply(known, ()), kind=Kind.NONE_FOUND, phones=("211",))
    text = "\n".join((*lines, *asking.numbered(turn, known, choices)))
    turn.utter(text, replace(plain, choices=asking.buttons(turn, known, choices)))
    return known.having(asked=Asked(asking.OFFER, choices) if choices else Asked())


def beside(turn: Turn, known: Known) -> tuple[str, ...]:
    """One other kind of help, named beside the places of the first kind that are left; nothing where there is none."""
    return tuple(_named(turn, program, "other_kind_too") for program in tuple(programs(turn, known))[:1])


def _named(turn: Turn, program: str, key: str = "other_kind") -> str:
    said = turn.say(f"tried.{key}", what=program_name(program, turn.language))
    of_housing = rules.program(program).need is Need.HOUSING
    return " ".join((said, turn.say("tried.call_211"))) if of_housing else said


def _left(turn: Turn, want: Want, left: int) -> Iterator[str]:
    """That more of the first kind remain, and what to say to see them; or that none does."""
    if not left:
        yield turn.say("tried.none_left")
        return
    key = "one_more_left" if left == 1 else "more_left"
    yield turn.say(f"tried.{key}", count=left, what=want_name(want, turn.language))


def programs(turn: Turn, known: Known) -> Iterator[str]:
    """The programs that truly may help this person with the same need, best first."""
    for name in _listed(known):
        outcome = may.outcome(turn, known, name)
        fits = outcome == Outcome.MAY_QUALIFY.value
        if fits or (name not in _table()["only_where_it_fits"] and outcome != Outcome.PROBABLY_NOT.value):
            yield name


def _listed(known: Known) -> tuple[str, ...]:
    table = _table()
    if known.program in table["instead"]:
        return tuple(table["instead"][known.program])
    need = Need(known.need) if known.need else None
    order = table["needs"].get(known.need) or (rules.needs().get(need, ()) if need else ())
    return tuple(name for name in order if name != known.program)


@functools.cache
def _table() -> Mapping[str, Any]:
    table: Mapping[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return table
