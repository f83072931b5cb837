"""A program, its steps, a verdict or a guide in another shape: the first step, whom to call, plain words, all of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from actions import guides as guides_told
from actions import looking, may, telling
from actions.context import Turn
from actions.naming import program_name
from actions.slots import Known
from actions.talked_of import Talk
from directory import plans
from directory.eligibility import rules
from directory.eligibility.assess import verdict
from directory.eligibility.basis import Basis
from directory.eligibility.guides import guide
from directory.reply import Kind, Reply
from directory.text import offices
from directory.text import verdict as words

__all__ = ["Told", "of_guide", "of_program", "tell"]


@dataclass(frozen=True)
class Told:
    """What can be said again of a program or a guide: its name, what it is, what to do, whom to call."""

    kind: Kind
    name: str
    what: str
    steps: tuple[str, ...]
    calls: tuple[str, ...]
    phones: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    hedge: str = ""
    dated: str = ""


def tell(turn: Turn, talk: Talk, shape: str) -> Known:
    """What was told last in that shape; what was offered after it can still be picked."""
    if shape == "longer":
        return _all_of_it(turn, talk)
    told = of_guide(turn, talk.guide) if talk.guide else of_program(turn, talk.program or "")
    lines = [line for line in _lines(turn, told, shape, _verdict(turn, talk)) if line]
    turn.utter(
        "\n".join(lines),
        Reply(
            kind=told.kind,
            program=talk.program,
            place=turn.known.place,
            county=turn.known.county,
            plan=turn.known.plan,
            phones=told.phones,
            sources=told.sources,
        ),
    )
    return turn.known


def _lines(turn: Turn, told: Told, shape: str, outcome: str) -> Iterator[str]:
    first = turn.say("shape.first", step=told.steps[0]) if told.steps else ""
    if shape == "number":
        yield told.name
        yield from told.calls
    elif shape == "one":
        yield first
    elif shape == "shorter":
        yield outcome or told.name
        yield first
        yield from told.calls[:1]
    else:
        yield outcome
        yield told.what
        yield first
        yield from told.calls[:1]
    yield told.hedge


def _all_of_it(turn: Turn, talk: Talk) -> Known:
    """A guide whole; of a program the half that was not told last."""
    known = looking.follow(turn)
    if talk.guide:
        return guides_told.tell(turn, known, guide(talk.guide))
    return telling.tell(turn, known, talk.program or "", "program" if talk.steps else "steps")


def _verdict(turn: Turn, talk: Talk) -> str:
    """The outcome that was said of the program, while what it stood on is still known."""
    if not talk.program or not talk.verdict:
        return ""
    today = turn.now.date()
    result = verdict(talk.program, may.situation(turn.known, today), today)
    return words.headline(result, turn.language) if result.outcome.value == talk.verdict else ""


def of_program(turn: Turn, id: str) -> Told:
    """What is told of a program, and whom to call for it: its line, the plan, the county's own office."""
    program = rules.program(id)
    calls = (*telling.lines(turn, turn.known, program), *_office(turn, program.id, turn.now.date()))
    return Told(
        Kind.STEPS,
        program_name(id, turn.language),
        program.what.get(turn.language),
        program.steps.get(turn.language),
        calls or (program.ask.get(turn.language),),
        tuple(telling.phones(turn.known, program)),
        tuple(source.id for source in program.sources),
        _old(turn, program.hedge(turn.now.date())) if not program.current(turn.now.date()) else "",
        turn.say("program.checked" if program.status == "verified" else "program.noted", day=_day(turn, program.basis)),
    )


def _old(turn: Turn, hedge: rules.Text | None) -> str:
    return hedge.get(turn.language) if hedge else ""


def _office(turn: Turn, program: str, on: date) -> Iterator[str]:
    county = turn.known.county if turn.known.county in plans.counties() else None
    office = plans.office(county, program) if county else None
    if office and office.county:
        yield offices.told(office, turn.language, on)


def of_guide(turn: Turn, id: str) -> Told:
    """What is told of a guide, and who is free to call."""
    found, language = guide(id), turn.language
    contacts = [guides_told.here(turn, found, each, turn.known.county) for each in found.who]
    return Told(
        Kind.GUIDE,
        found.title.get(language),
        found.what.get(language),
        found.today.get(language),
        tuple(guides_told.called(turn, each) for each in contacts),
        tuple(each.phone for each in contacts if each.phone),
        found.basis.sources,
        _old(turn, found.hedge(turn.now.date())),
        turn.say("guide.noted" if found.basis.status == "recalled" else "guide.checked", day=_day(turn, found.basis)),
    )


def _day(turn: Turn, basis: Basis) -> str:
    return rules.spoken(basis.checked_on, turn.language)
