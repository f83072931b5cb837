"""What people tell and agree to, on its way into the inbox; an inbox that cannot be reached takes no answer away.

SQLAlchemy is loaded at the first word that is to be kept, not before: most talks need none.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from actions.context import Turn
from actions.slots import Known
from actions.words import number_said
from directory import logs, trials

if TYPE_CHECKING:
    from directory.inbox.followups import FollowUp
    from directory.inbox.outcomes import Outcome

__all__ = [
    "agreed",
    "answer_words",
    "counted",
    "doubted_rule",
    "open_question",
    "outcome",
    "question_answered",
    "runs",
    "wrong",
]

logger = logging.getLogger(__name__)


def open_question(turn: Turn) -> FollowUp | None:
    """The follow-up that this person may be answering; None on the web, and where there is none."""
    if not turn.reach:
        return None
    found: list[FollowUp | None] = []
    _done(lambda: found.append(_followups().open_question(turn.who, turn.now)))
    return found[0] if found else None


def runs(turn: Turn) -> bool:
    """Whether this person agreed to be asked back, and a text is still to come or to be answered."""
    found: list[bool] = []
    _done(lambda: found.append(bool(_followups().running(turn.who))))
    return not found or found[0]


def question_answered(turn: Turn, question: FollowUp, outcome: str) -> None:
    """The follow-up has its answer."""
    _done(lambda: _followups().answered(question.id, _outcome(outcome), turn.now))


def agreed(turn: Turn, *, listings: Sequence[str], known: Known, asked: str) -> bool:
    """Keeps that they want to be asked how it went, with our words and their digit or yes; whether it is kept."""
    told = {"need": known.need, "program": known.program, "county": known.county, "language": turn.language.value}
    reach, answer = turn.reach or "", answer_words(turn)
    kept: list[bool] = []

    def agree() -> None:
        said = {"asked": asked, "answer": answer, "now": turn.now}
        kept.append(_followups().agree(turn.who, reach, listings=tuple(listings), **said, **told))

    return _done(agree) and kept[0]


def answer_words(turn: Turn) -> str:
    """By what they agreed: their digit, or that it was a yes; what else they wrote beside it is nobody's."""
    number = number_said(turn.heard.text)
    return str(number) if number is not None else "yes"


def outcome(turn: Turn, known: Known, ids: Sequence[str], how: str) -> Known:
    """Counts how it went at each of those places, once in a talk; nothing says whose it is."""
    new = [one for one in ids if _mark(one, how) not in known.counted]
    kept = [_mark(one, how) for one in new if _done(lambda one=one: _count(turn, one, how))]
    return known.having(counted=(*known.counted, *kept))


def counted(known: Known, ids: Sequence[str], how: str) -> bool:
    """Whether that was counted for each of those places."""
    return bool(ids) and all(_mark(one, how) in known.counted for one in ids)


def wrong(turn: Turn, ids: Sequence[str], what: str) -> bool:
    """Reports those places; whether it is kept. Of a trial nothing is, and it is told as a patient would be."""
    if trials.is_conversation(turn.who):
        return bool(ids)
    from directory.inbox import reports

    done = [_done(lambda one=one: reports.listing(one, what, turn.who, turn.now)) for one in ids]
    return bool(done) and all(done)


def doubted_rule(turn: Turn, program: str) -> bool:
    """Reports our answer on a program; whether it is kept, a trial's told as if."""
    if trials.is_conversation(turn.who):
        return True
    from directory.inbox import reports

    return _done(lambda: reports.rule(program, turn.who, turn.now))


def _count(turn: Turn, listing: str, how: str) -> None:
    if trials.is_conversation(turn.who):
        return
    from directory.inbox import outcomes

    outcomes.count(listing, _outcome(how), "sms" if turn.channel == "sms" else "web", turn.now)


def _outcome(name: str) -> Outcome:
    from directory.inbox.outcomes import Outcome

    return Outcome(name)


def _followups():  # type: ignore[no-untyped-def]
    from directory.inbox import followups

    return followups


def _mark(listing: str, how: str) -> str:
    return f"{listing} {how}"


def _done(keep: Callable[[], object]) -> bool:
    """Whether it was done; what breaks is logged, and the person gets their answer all the same."""
    try:
        keep()
    except Exception as error:
        logs.event(logger, "inbox.not_kept", level=logging.ERROR, error=error)
        return False
    return True
