"""The rest of an answer that did not fit into one text message: told when MORE is said, from where it was cut.

What is kept of it is its name and the number of the next sentence (`guide:stolen_ebt@7`), never its words: the answer
is told again and begins there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from actions import amounts, details, guides, looking, may, placing, summary, telling, telling_side, telling_verdict
from actions.asked_shown import asks_of_shown
from actions.context import Turn
from actions.heard import fold
from actions.slots import Known
from directory.eligibility import guides as held
from directory.eligibility import rules
from directory.eligibility.assess import verdict
from directory.reply import Kind, Reply

__all__ = ["answered"]

_NAMED = re.compile(r"(?P<kind>[a-z_]+):(?P<of>[^@]*)@(?P<start>\d{1,3})")
_OF_A_LIST = re.compile(r" (?:others?|otr[oa]s?|places?|lugar(?:es)?|ones?|list|lista) ")
"""Words that ask for more places, not for the rest of what was told."""


def answered(turn: Turn) -> Known | None:
    """What is known after the rest was told, the same as before it; None where none waits or something else is said."""
    if not turn.rest or turn.heard.crisis or turn.heard.names_something or not _asks(turn.heard.text):
        return None
    found = _NAMED.fullmatch(turn.rest[0])
    tell = _TELLERS.get(found["kind"]) if found else None
    if found is None or tell is None:
        return None
    tell(replace(turn, start=int(found["start"])), found["of"])
    turn.cut.extend(turn.rest[1:])
    return turn.known


def _asks(text: str) -> bool:
    return asks_of_shown(text) == "more" and not _OF_A_LIST.search(fold(text))


def _guide(turn: Turn, id: str) -> None:
    guides.tell(turn, turn.known, held.guide(id))


def _guide_alone(turn: Turn, id: str) -> None:
    guides.tell(turn, turn.known, held.guide(id), ways_on=False)


def _program(turn: Turn, id: str) -> None:
    telling.tell(turn, turn.known, rules.program(id).id, "program")


def _steps(turn: Turn, id: str) -> None:
    telling.tell(turn, turn.known, rules.program(id).id, "steps")


def _verdict(turn: Turn, id: str) -> None:
    today = turn.now.date()
    here = may.situation(turn.known, today)
    telling_verdict.tell(turn, turn.known, verdict(id, here, today), here)


def _none(turn: Turn, of: str) -> None:
    need, _, program = of.partition(" ")
    known = turn.known.having(need=need or None, program=program or None) if of else turn.known
    known, place = placing.settled(turn, known, (known.want,))
    if place:
        looking.look(turn, known, place, beside=bool(of))


def _side(turn: Turn, name: str) -> None:
    program, *kinds = name.split()
    telling_side.tell(turn, *kinds, of=program)


def _today(turn: Turn, id: str) -> None:
    turn.utter(guides.today(turn, id), Reply(kind=Kind.STEPS, phones=("211",)), again=f"today:{id}")


def _status(turn: Turn, _: str) -> None:
    turn.utter(guides.status(turn), Reply(kind=Kind.PROGRAM), again="status:")


_TELLERS: Mapping[str, Callable[[Turn, str], None]] = {
    "guide": _guide,
    "guide_alone": _guide_alone,
    "program": _program,
    "steps": _steps,
    "verdict": _verdict,
    "none": _none,
    "shown": details.tell_again,
    "side": _side,
    "amount": amounts.tell_again,
    "summary": summary.tell_again,
    "today": _today,
    "status": _status,
}
"""By the first word of a name, what tells that answer again."""
