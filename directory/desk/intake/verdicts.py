"""What a person may get, need by need and best first, as the page shows it; "no" always leads on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from directory.desk.intake.asks import Ask, Asking
from directory.desk.intake.nearest import Near, Nearest
from directory.desk.intake.told import Told
from directory.eligibility import assess, rules
from directory.eligibility.asking import without_medi_cal
from directory.eligibility.assess import Screening, Situation
from directory.eligibility.evaluate import Because, Outcome, Verdict
from directory.model import Language, Need
from directory.text import verdict as words
from directory.text import whom
from directory.text.catalogue import say
from directory.text.names import capital, need_name, program_name

__all__ = ["Answer", "OfNeed", "Shown", "answer"]

_TONES = {Outcome.MAY_QUALIFY: "good", Outcome.CANNOT_TELL: "warn", Outcome.PROBABLY_NOT: "soft"}


@dataclass(frozen=True)
class Shown:
    """A program: the outcome and its one reason, the next step, then what one can open, ask and tick."""

    id: str
    name: str
    outcome: str
    tone: str
    reason: str
    next: str
    why: tuple[str, ...]
    decides: str
    long: str
    calls: tuple[str, ...]
    source: str
    review: date | None
    asks: tuple[Ask, ...]
    elsewhere: tuple[Ask, ...]
    near: tuple[Near, ...]
    ticked: bool


@dataclass(frozen=True)
class OfNeed:
    """All of one need: what may be, what is out of reach with why, and places that help whatever the rules say."""

    need: str
    name: str
    open: tuple[Shown, ...]
    out: tuple[Shown, ...]
    left_out: str
    also: tuple[Near, ...]
    nothing: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """Every need that was ticked, in the order of urgency, and what to ask next because most hangs on it."""

    needs: tuple[OfNeed, ...] = ()
    next: tuple[Ask, ...] = ()


def answer(told: Told, asking: Asking, nearest: Nearest, language: Language, on: date) -> Answer:
    """What the rules and the lists say of this person that day."""
    situation = told.situation(on)
    found = {need: assess.screen(need, situation, on) for need in told.needs}
    every = tuple(item for one in found.values() for item in one.verdicts)
    missing = tuple(dict.fromkeys(fact for one in found.values() for fact in one.missing))
    first = asking.first(Screening(every, missing))
    one = _One(told, situation, asking, nearest, language, on)
    return Answer(tuple(one.of_need(need, screening) for need, screening in found.items()), first)


class _One:
    """One person and one day."""

    def __init__(
        self, told: Told, situation: Situation, asking: Asking, nearest: Nearest, language: Language, on: date
    ) -> None:
        self._told, self._situation, self._language, self._on = told, situation, language, on
        self._asking, self._nearest = asking, nearest

    def of_need(self, need: Need, found: Screening) -> OfNeed:
        """The programs of a need, the best first, then places of that need that stand beside none of them."""
        left = without_medi_cal(found, self._situation)
        shown = [self._shown(item) for item in found.verdicts if item.program not in left]
        out = Outcome.PROBABLY_NOT.value
        also = self._nearest.of_need(need)
        reach = tuple(one for one in shown if one.outcome != out)
        nothing = () if also or any(one.near for one in reach) else self._nearest.instead(need)
        return OfNeed(
            need.value,
            capital(need_name(need, self._language)),
            reach,
            tuple(one for one in shown if one.outcome == out),
            self._left_out(left),
            also,
            nothing,
        )

    def _left_out(self, left: Sequence[str]) -> str:
        if not left:
            return ""
        told = say("desk.check.screen.left_out", self._language, count=len(left))
        return f"{told} {say('desk.check.screen.apply', self._language)}"

    def _shown(self, item: Verdict) -> Shown:
        language, situation = self._language, self._situation
        program = rules.program(item.program)
        out = item.outcome is Outcome.PROBABLY_NOT
        asks, elsewhere = self._asking.of(item)
        reason, step = whom.main_reason(item, situation, language), words.first_step(item, situation, language)
        return Shown(
            id=item.program,
            name=capital(program_name(item.program, language)),
            outcome=item.outcome.value,
            tone=_TONES[item.outcome],
            reason=reason,
            next=step,
            why=tuple(one for one in self._why(item) if one not in (reason, step)),
            decides=words.anyone_may_apply(program.id, language) or program.who_decides.get(language),
            long="" if item.because or out else program.how_long.get(language),
            calls=tuple(whom.to_call(program, situation, self._on, language)),
            source=words.source_line(item, language),
            review=words.review_day(item),
            asks=asks,
            elsewhere=elsewhere,
            near=() if out else self._nearest.of_program(item.program),
            ticked=item.program in self._told.programs,
        )

    def _why(self, item: Verdict) -> list[str]:
        """Every reason, who else checks what, what is open, and how far the rule itself may be trusted."""
        language, facts = self._language, self._situation.facts
        told = [*words.reasons(item, facts, language, most=None), *words.pending(item, language)]
        told += words.open_points(item, facts, language)
        if words.is_fast(item):
            told.append(say("verdict.fast", language))
        if item.because is Because.NO_RULE:
            told.append(say("desk.check.no_rule", language))
        told.append(words.over_a_line(item, facts, language) or "")
        told.append(words.hedge(item, language) or "")
        return list(dict.fromkeys(filter(None, told)))
