"""How a verdict reads: what may be so, why, who still checks what, and what to do first; never more than "may"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from directory.eligibility import rules, wording
from directory.eligibility.assess import OFFERED, WANTED, Situation, instead
from directory.eligibility.basis import Basis, Source
from directory.eligibility.evaluate import Because, Checked, Outcome, State, Verdict
from directory.eligibility.facts import SIZE, Amount, Facts
from directory.eligibility.in_force import bases
from directory.eligibility.rules import Program
from directory.model import Language
from directory.overlay.shapes import LOCAL
from directory.text.catalogue import say
from directory.text.names import program_name

__all__ = [
    "anyone_may_apply",
    "decides",
    "dollars",
    "filled",
    "first_step",
    "headline",
    "hedge",
    "is_fast",
    "open_points",
    "over_a_line",
    "pending",
    "people",
    "reasons",
    "review_day",
    "sentence",
    "source_line",
    "sources_in_words",
    "what_to_say",
    "why",
]

MOST_REASONS = 3
"""So many are told to a person; staff read all."""
_ANYONE = {"calfresh": "county", "medi_cal": "county", "ihss": "county", "wic": "wic"}
_UNSPOKEN = frozenset({"lives_in_california", *WANTED})
"""Facts that are no reason in anybody's ears, unless they are why not."""
_GENERAL = frozenset({"has_medi_cal", "in_medi_cal_plan", OFFERED})
"""What every support of a plan asks: a reason, and said after the one that matters."""
_HOME = re.compile(r"\s*\([^()]*\{size\}[^()]*\)")


def headline(verdict: Verdict, language: Language) -> str:
    """The program and the outcome."""
    name = program_name(verdict.program, language)
    return say(f"verdict.outcome.{verdict.outcome.value}", language, program=name)


def dollars(amount: float) -> str:
    """Whole dollars, as people write them."""
    return f"${amount:,.0f}"


def people(size: float, language: Language) -> str:
    """How many people, in words."""
    return say("verdict.people.one", language) if size == 1 else say("verdict.people.many", language, count=int(size))


def filled(text: str, limit: float | None, facts: Facts, language: Language) -> str:
    """A text with the line and the size of the home put in; where the size is not known it says nothing of it."""
    size = facts.get(SIZE)
    known = size.exact if isinstance(size, Amount) else None
    if known is None:
        text = _HOME.sub("", text)
    words = people(known, language) if known is not None else ""
    return text.replace("{limit}", dollars(limit or 0)).replace("{size}", words)


def reasons(
    verdict: Verdict, facts: Facts, language: Language, *, private: bool = False, most: int | None = MOST_REASONS
) -> tuple[str, ...]:
    """Why, from the person's own answers, what matters first; `private` repeats nothing sensitive, `most` None all."""
    told = [item for item in verdict.reasons if item.state in (State.YES, State.NO)]
    said = [item for item in told if item.condition.fact not in _UNSPOKEN or item.state is State.NO]
    order = sorted(said, key=lambda item: item.condition.fact in _GENERAL)
    lines = (
        say("verdict.private", language) if private and item.condition.sensitive else sentence(item, facts, language)
        for item in order
    )
    return tuple(dict.fromkeys(lines))[:most]


def sentence(item: Checked, facts: Facts, language: Language) -> str:
    """One condition in words, by its state."""
    if item.state is State.DEFERRED:
        return _who_checks(item.condition.answered_by, [_checks(item, language)], language)
    if item.state is State.UNSETTLED:
        what = _checks(item, language)
        return f"{what[:1].upper()}{what[1:]}."
    words = wording.of(item.condition.id)
    told = {State.YES: words.if_yes, State.NO: words.if_no}.get(item.state)
    if told is None and item.condition.test.table is not None:
        return say("desk.check.line.income", language)
    return filled((told or item.condition.question).get(language), item.limit, facts, language)


def pending(verdict: Verdict, language: Language) -> tuple[str, ...]:
    """Who else checks what before it counts: one sentence for each who."""
    if verdict.outcome is Outcome.PROBABLY_NOT:
        return ()
    by: dict[str, list[str]] = {}
    for item in verdict.reasons:
        if item.state is State.DEFERRED:
            by.setdefault(item.condition.answered_by, []).append(_checks(item, language))
    return tuple(_who_checks(who, things, language) for who, things in by.items())


def _who_checks(who: str, things: list[str], language: Language) -> str:
    name = rules.deciders()[who].get(language)
    what = things[0] if len(things) == 1 else _listed(things, language)
    return say("verdict.checks", language, who=name[:1].upper() + name[1:], what=what)


def _listed(things: list[str], language: Language) -> str:
    return say("verdict.and", language, first=", ".join(things[:-1]), last=things[-1])


def _checks(item: Checked, language: Language) -> str:
    text = wording.of(item.condition.id).checks or item.condition.question
    return text.get(language)


def open_points(verdict: Verdict, facts: Facts, language: Language) -> tuple[str, ...]:
    """What keeps it from being decided: a lookup nobody made, an income near the line, a figure we do not have."""
    if verdict.outcome is not Outcome.CANNOT_TELL or verdict.because:
        return ()
    return tuple(dict.fromkeys(_open_points(verdict.reasons, facts, language)))


def _open_points(items: Iterable[Checked], facts: Facts, language: Language) -> Iterator[str]:
    missing = False
    for item in items:
        if item.state is State.UNSETTLED:
            yield say("verdict.ask_whether", language, what=_checks(item, language))
        elif item.state is State.NEAR:
            yield filled(_near(language), item.limit, facts, language)
        elif item.state is State.NO_FIGURE:
            yield say("verdict.no_figure", language)
        missing = missing or item.state in (State.OPEN, State.UNSURE)
    if missing:
        yield say("verdict.open", language)


def over_a_line(verdict: Verdict, facts: Facts, language: Language) -> str | None:
    """Where another way than the usual line of income is what is left: that the income is over that line."""
    if verdict.outcome is not Outcome.MAY_QUALIFY:
        return None
    over = [item for item in verdict.checked if item.limit is not None and item.state is State.NO]
    if not over:
        return None
    text = say("verdict.over_line", language, limit="{limit}", size="{size}")
    return filled(text, max(item.limit or 0 for item in over), facts, language)


def is_fast(verdict: Verdict) -> bool:
    """Whether what was said is enough for the fast way in."""
    return verdict.outcome is not Outcome.PROBABLY_NOT and verdict.expedited


def _near(language: Language) -> str:
    return say("verdict.near", language, limit="{limit}", size="{size}")


def hedge(verdict: Verdict, language: Language) -> str | None:
    """What is added because the rule is old, at its end, worked out or unconfirmed; None where it was verified."""
    program = rules.program(verdict.program)
    said = program.hedge(verdict.on)
    if said is not None or verdict.rule is None:
        return said.get(language) if said else None
    reason = _doubt(verdict)
    if reason is None:
        return None
    late = [basis.checked_on for basis in _bases(verdict) if verdict.on > basis.review_by]
    day = rules.spoken(min(late, default=verdict.rule.basis.checked_on), language)
    return f"{program.hedges[reason].get(language).format(day=day)} {program.ask.get(language)}"


def _doubt(verdict: Verdict) -> str | None:
    """What the rule itself may not be trusted in; figures that were worked out count where a reason names one."""
    if verdict.because is Because.OVERDUE:
        return "overdue"
    if verdict.because or verdict.rule is None:
        return None
    own, figures = verdict.rule.basis.status, {basis.status for basis in _figures(verdict)}
    if own == "recalled":
        return own
    return "computed" if figures and "computed" in {own, *figures} else None


def _bases(verdict: Verdict) -> tuple[Basis, ...]:
    return tuple(bases(rules.everything(), verdict.rule, verdict.on)) if verdict.rule else ()


def _figures(verdict: Verdict) -> tuple[Basis, ...]:
    """On what the lines of income stand that the reasons name."""
    decided = (State.YES, State.NO, State.NEAR)
    named = (item.condition.test.table for item in verdict.reasons if item.limit is not None and item.state in decided)
    values = (rules.tables()[table].on(verdict.on) for table in named if table)
    return tuple(value.basis for value in values if value)


def anyone_may_apply(program: str, language: Language) -> str | None:
    """What every verdict on an application that anybody may make ends with."""
    return say(f"verdict.anyone.{_ANYONE[program]}", language) if program in _ANYONE else None


def what_to_say(program: Program, language: Language) -> str:
    """What to say on the phone, in one breath."""
    kind = "plan" if program.plan_benefit else "apply" if program.id in _ANYONE else "ask"
    return say(f"verdict.say.{kind}", language, program=program.official.get(language))


def source_line(verdict: Verdict, language: Language) -> str:
    """Who said so, and when it was last looked at."""
    program = rules.program(verdict.program)
    basis = verdict.rule.basis if verdict.rule else None
    day = rules.spoken(basis.checked_on if basis else program.checked_on, language)
    return say("verdict.source", language, source=_publishers(verdict, language), day=day)


def _publishers(verdict: Verdict, language: Language) -> str:
    known = (source for source in _sources(verdict) if source.id != "S_GK")
    names = dict.fromkeys(re.split(r";| \(", _publisher(source, language))[0] for source in known)
    return ", ".join(list(names)[:2]) or say("verdict.general", language)


def _publisher(source: Source, language: Language) -> str:
    """Who said so; the clinic itself in words of both languages."""
    return say("verdict.local", language) if source.id.startswith(LOCAL) else source.publisher


def review_day(verdict: Verdict) -> date | None:
    """By when anything that was said is to be looked at again; None where no rule of that day is held."""
    program = rules.program(verdict.program)
    if verdict.rule is None:
        return program.review_by if verdict.because is Because.ENDED else None
    return min(program.review_by, *(basis.review_by for basis in (*_bases(verdict), *_figures(verdict))))


def _sources(verdict: Verdict) -> tuple[Source, ...]:
    """What the rule and the figures of that day stand on, the clinic first; of a program that ended what was known."""
    if verdict.rule is None:
        return rules.program(verdict.program).sources if verdict.because is Because.ENDED else ()
    bases = (verdict.rule.basis, *_figures(verdict))
    ids = dict.fromkeys(id for basis in bases for id in basis.sources)
    first = sorted(ids, key=lambda id: not id.startswith(LOCAL))
    return tuple(rules.sources()[id] for id in first if id in rules.sources())


def first_step(verdict: Verdict, situation: Situation, language: Language) -> str:
    """The one thing to do next."""
    program = rules.program(verdict.program)
    if verdict.outcome is Outcome.PROBABLY_NOT:
        other = instead(verdict.program, situation, verdict.on)
        if other:
            return say("verdict.instead", language, program=program_name(other.id, language))
        return program.ask.get(language)
    asking = next((item for item in verdict.reasons if item.state is State.UNSETTLED), None)
    if asking and not verdict.because:
        return say("verdict.ask_whether", language, what=_checks(asking, language))
    steps = program.steps.get(language)
    return steps[0] if steps else program.ask.get(language)


def why(verdict: Verdict, facts: Facts, language: Language, *, private: bool = False) -> str | None:
    """The reasons as one line; None where there is none to tell."""
    told = reasons(verdict, facts, language, private=private)
    return say("verdict.why", language, reasons=" ".join(told)) if told else None


def decides(program: Program, language: Language) -> str:
    """Who decides in the end; of an application that anybody may make, that too."""
    return anyone_may_apply(program.id, language) or program.who_decides.get(language)


def sources_in_words(verdict: Verdict, language: Language) -> str:
    """Every source with its title and date."""
    named = (f"{_publisher(source, language)}: {source.title} ({source.date})" for source in _sources(verdict))
    return "; ".join(named)
