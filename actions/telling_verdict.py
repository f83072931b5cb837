"""Telling a verdict: what may be so, why, who still checks what, what to do and say; and the list of a screening."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from actions import asking
from actions.context import Turn
from actions.naming import program_name
from actions.slots import Asked, Choice, Known
from actions.steps import way
from actions.telling import lines as lines_to_call
from actions.telling import phones
from actions.whom import meant
from directory import plans
from directory.eligibility import rules
from directory.eligibility.assess import Screening, Situation, instead
from directory.eligibility.evaluate import Outcome, Verdict
from directory.eligibility.rules import Program
from directory.reply import Kind, Reply
from directory.text import catalogue, offices, verdict_shown
from directory.text import verdict as words

__all__ = ["tell", "tell_all"]

_PHONE = re.compile(r"1-\d{3}-\d{3}-\d{4}|\b(?:211|911|988)\b")
MOST_LISTED = 6
"""How many programs one message lists."""


def tell(turn: Turn, known: Known, result: Verdict, here: Situation, *, before: str | None = None) -> Known:
    """Tells one verdict, with its next step first of what can be chosen."""
    brief = turn.channel == "sms"
    body = _brief(turn, result, here) if brief else _whole(turn, known, result, here)
    headline, *rest = body
    told = (headline, *_of_whom(turn, known), *rest)
    return _told(turn, known, result, here, told, before, steps_told=not brief)


def _of_whom(turn: Turn, known: Known) -> Iterator[str]:
    """Reasons and steps say "you": of somebody else it is said who that is."""
    if known.about is not None:
        yield meant(known, turn.language)


def tell_same(turn: Turn, known: Known, result: Verdict, here: Situation) -> Known:
    """Tells that what was learned changes nothing; why and how were told before."""
    same = catalogue.say("verdict.same", turn.language)
    return _told(turn, known, result, here, (words.headline(result, turn.language),), same, steps_told=False)


def _told(
    turn: Turn,
    known: Known,
    result: Verdict,
    here: Situation,
    body: Sequence[str],
    before: str | None,
    *,
    steps_told: bool,
) -> Known:
    program = rules.program(result.program)
    known = known.having(need=program.need.value, program=program.id)
    choices = tuple(_next(result, here, steps_told=steps_told))
    brief = turn.channel == "sms"
    told = "\n".join(dict.fromkeys(part for part in body if part))
    turn.utter(
        told,
        Reply(
            kind=Kind.VERDICT,
            need=known.need,
            program=program.id,
            place=known.place,
            county=here.county,
            plan=known.plan,
            choices=asking.buttons(turn, known, choices),
            phones=tuple(
                dict.fromkeys((*(() if brief else phones(known, program)), *_PHONE.findall(f"{before} {told}")))
            ),
            sources=result.rule.basis.sources if result.rule else (),
            verdict=verdict_shown.shown(result, here, turn.language, private=brief),
        ),
        lead=before or "",
        tail="\n".join((turn.say("program.next"), *asking.numbered(turn, known, choices))),
        again=f"verdict:{program.id}",
    )
    return known.having(asked=Asked(asking.OFFER, choices, told=f"{program.id}:{result.outcome.value}"))


def _whole(turn: Turn, known: Known, result: Verdict, here: Situation) -> Iterator[str]:
    program = rules.program(result.program)
    yield from _why(turn, result, here)
    if result.outcome is Outcome.PROBABLY_NOT:
        yield words.first_step(result, here, turn.language)
        yield _dated(turn, result)
        yield words.decides(program, turn.language)
        return
    yield from way(turn, program, long=not result.because)
    yield words.what_to_say(program, turn.language)
    yield from lines_to_call(turn, known, program)
    yield from _own_office(turn, program, here)
    yield from _ending(turn, result, program)


def _own_office(turn: Turn, program: Program, here: Situation) -> Iterator[str]:
    """The county's own office, where it is known; the steps already name the statewide way."""
    known = here.county if here.county in plans.counties() else None
    office = plans.office(known, program.id) if known else None
    if office and office.county:
        yield offices.told(office, turn.language, turn.now.date())


def _brief(turn: Turn, result: Verdict, here: Situation) -> Iterator[str]:
    yield from _why(turn, result, here)
    yield words.first_step(result, here, turn.language)
    if not result.because:
        yield from filter(None, [words.hedge(result, turn.language)])
    yield from filter(None, [words.anyone_may_apply(result.program, turn.language)])


def _why(turn: Turn, result: Verdict, here: Situation) -> Iterator[str]:
    language, program = turn.language, rules.program(result.program)
    yield words.headline(result, language)
    if result.because:  # what is old comes first, and is told with less beside it
        yield words.hedge(result, language) or program.ask.get(language)
    elif program.plan_benefit and turn.channel != "sms":
        yield program.what.get(language)
    told = words.reasons(result, here.facts, language, private=turn.channel == "sms")
    if told:
        yield catalogue.say("verdict.why", language, reasons=" ".join(told))
    yield from words.open_points(result, here.facts, language)
    yield from filter(None, [words.over_a_line(result, here.facts, language)])
    yield from words.pending(result, language)
    if words.is_fast(result):
        yield catalogue.say("verdict.fast", language)


def _ending(turn: Turn, result: Verdict, program: Program) -> Iterator[str]:
    language = turn.language
    refused = program.sides.get("if_refused")
    if refused:
        yield catalogue.say("verdict.refused", language, text=refused.text.get(language))
    if program.say_carefully:
        yield program.say_carefully.get(language)
    yield _dated(turn, result)
    yield words.decides(program, turn.language)


def _dated(turn: Turn, result: Verdict) -> str:
    """Where it stands, when it was looked at, and what may not be so; a rule that is old was told as that before."""
    hedge = None if result.because else words.hedge(result, turn.language)
    return " ".join(filter(None, (words.source_line(result, turn.language), hedge)))


def _next(result: Verdict, here: Situation, *, steps_told: bool) -> Iterator[Choice]:
    """What can be chosen: another program where this one is out of reach, else places, and the steps if not told."""
    if result.outcome is Outcome.PROBABLY_NOT:
        other = instead(result.program, here, result.on)
        no_medi_cal = any(item.condition.id == "has_medi_cal" for item in result.reasons)
        others = [other.id] if other else []
        yield from (Choice("may", id) for id in dict.fromkeys((*others, *(["medi_cal"] if no_medi_cal else []))))
        yield Choice("how", result.program)
        return
    yield Choice("near", result.program)
    if not steps_told:
        yield Choice("how", result.program)


def tell_all(turn: Turn, known: Known, found: Screening, here: Situation, *, before: str | None = None) -> Known:
    """Tells what a screening found, the most hopeful first; a number opens each."""
    listed = [item for item in found.verdicts if item.outcome is not Outcome.PROBABLY_NOT][:MOST_LISTED]
    choices = tuple(Choice("may", item.program) for item in listed)
    parts = [before, *_groups(turn, listed), *_left_out(turn, found, here)]
    if not listed:
        parts.append(catalogue.say("verdict.none_left", turn.language))
    turn.utter(
        "\n".join(part for part in parts if part),
        Reply(
            kind=Kind.VERDICT,
            need=known.need,
            place=known.place,
            county=here.county,
            plan=known.plan,
            choices=asking.buttons(turn, known, choices),
            phones=() if listed else ("211",),
        ),
    )
    return known.having(asked=Asked(asking.OFFER, choices))


def _groups(turn: Turn, listed: Sequence[Verdict]) -> Iterator[str]:
    number = 0
    for outcome in (Outcome.MAY_QUALIFY, Outcome.CANNOT_TELL):
        group = [item for item in listed if item.outcome is outcome]
        if group:  # the page draws the numbered lines as buttons below: the heading says which of them it means
            numbers = _numbers(number + 1, number + len(group))
            yield catalogue.say(f"verdict.group.{outcome.value}", turn.language, numbers=numbers)
        for item in group:
            number += 1
            yield f"{number}. {program_name(item.program, turn.language)}"
    if listed:
        yield catalogue.say("verdict.pick", turn.language)


def _numbers(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"


def _left_out(turn: Turn, found: Screening, here: Situation) -> Iterator[str]:
    out = [item.program for item in found.verdicts if item.outcome is Outcome.PROBABLY_NOT]
    plan_ones = [id for id in out if rules.program(id).plan_benefit]
    if here.facts.get("has_medi_cal") is False and plan_ones:
        yield catalogue.say("verdict.no_medi_cal", turn.language)
        out = [id for id in out if id not in plan_ones]
    if out:
        names = ", ".join(program_name(id, turn.language) for id in out)
        yield catalogue.say("verdict.group.probably_not", turn.language, programs=names)
