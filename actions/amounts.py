"""How much a home may earn for a program and how much it may get: the dated figure, or who has it."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from actions import asking, looking, telling
from actions.context import WORRY, Turn
from actions.naming import program_name
from actions.openings import Opened
from actions.patterns import either
from actions.said.plain import sentences
from actions.slots import Asked, Known
from actions.telling_side import utter
from directory.eligibility import limits, rules, strict
from directory.eligibility.facts import INCOME, Amount
from directory.eligibility.tables import Table
from directory.text import catalogue
from directory.text.verdict import dollars, people

__all__ = ["answered", "of_most", "tell_again"]

_FILE = Path(__file__).with_name("amounts.yml")
_LIMIT, _AMOUNT = "limit", "amount"
_MARK = "amounts:"
"""Begins `Asked.question` after such an answer: "and for 5?" asks the same for another home."""
_PRINTED = 6
"""The sizes of homes that are told where nobody said how many they are."""
_MOST_PEOPLE = 20
_FEW = 6
_NEVER = ("crisis", "talk_to_human", "opt_out", "change_language", "report_outcome", "report_problem")
_NUMBERS = {
    **dict.fromkeys(("one", "un", "una", "uno"), 1),
    **{word: count for count, words in enumerate(
        ("two dos", "three tres", "four cuatro", "five cinco", "six seis", "seven siete", "eight ocho", "nine nueve",
         "ten diez"), 2) for word in words.split()},
}  # fmt: skip


def answered(turn: Turn) -> Known | None:
    """The figure asked for, or that there is none; None where no figure is asked, or an income is told to be judged."""
    heard = turn.heard
    if heard.crisis not in (None, WORRY) or heard.act in _NEVER or INCOME in turn.learned:
        return None
    if heard.act == "find_provider" and heard.places:
        return None
    said = " " + "  ".join(sentence.text for sentence in sentences(heard.text)) + " "
    kind = _asked_for(said) or _goes_on(turn, said)
    program = _program(turn, kind) if kind else None
    if kind is None or program is None:
        return None
    size = _size(said) or _size_known(turn)
    return _tell(turn, program, kind, size)


def tell_again(turn: Turn, name: str) -> None:
    """Tells an answer again by its name, for the rest of it."""
    program, kind, size = name.split("/")
    _tell(turn, program, kind, int(size) if size else None)


def of_most(turn: Turn, program: str) -> Known:
    """How much help a program gives, however it was asked; that it is not known where we hold no figure."""
    return _tell(turn, program, _AMOUNT, _size_known(turn))


def _asked_for(said: str) -> str | None:
    return next((kind for kind in (_LIMIT, _AMOUNT) if _patterns(kind).search(said)), None)


def _goes_on(turn: Turn, said: str) -> str | None:
    """The same as before, asked for a home of another size in a few words."""
    before = turn.known.asked.question or ""
    again = before.startswith(_MARK) and len(said.split()) <= _FEW and _size(said) is not None
    return before.removeprefix(_MARK) if again and not turn.heard.needs else None


def _program(turn: Turn, kind: str) -> str | None:
    """The program named, else the one in talk, if it is one that such a figure belongs to."""
    known = _table()["limits"] if kind == _LIMIT else _table()["gives_money"]
    named = [name for name in turn.heard.programs if name in known]
    if named or turn.heard.programs:
        return next((name for name in named if name != "medi_cal"), next(iter(named), None))
    in_talk = turn.known.program if not set(turn.heard.needs) - {turn.known.need} else None
    return in_talk if in_talk in known else None


def _size(said: str) -> int | None:
    """How many people a message speaks of."""
    found = _patterns("size").search(said)
    if found is None:
        return 1 if _patterns("alone").search(said) else None
    word = next(text for text in found.groups() if text)
    count = int(word) if word.isdecimal() else _NUMBERS[word]
    return count if 0 < count <= _MOST_PEOPLE else None


def _size_known(turn: Turn) -> int | None:
    size = turn.known.facts.get("household_size")
    exact = size.exact if isinstance(size, Amount) else None
    return int(exact) if exact else None


# What is told


def _of_limit(turn: Turn, program: str, size: int | None) -> Iterator[str]:
    """The line for a home of that size, or for the common sizes."""
    name = program_name(program, turn.language)
    table = rules.tables()[_table()["limits"][program]]
    lines = {count: _line(table, count, turn) for count in ((size,) if size else range(1, _PRINTED + 1))}
    known = {count: line for count, line in lines.items() if line is not None}
    if not known:
        yield turn.say("amounts.no_limit", name=name)
        return
    if size:
        yield turn.say("amounts.limit", name=name, people=people(size, turn.language), limit=dollars(known[size].low))
    else:
        yield turn.say("amounts.limit_sizes", name=name)
        for count, line in known.items():
            yield turn.say("amounts.of_size", people=people(count, turn.language), limit=dollars(line.low))
        yield turn.say("amounts.which_size")
    if program in ("wic", "medi_cal"):
        yield turn.say(f"amounts.{program}")
    yield " ".join((*_dated(turn, program, next(iter(known.values()))), turn.say("amounts.near")))


def _line(table: Table, size: int, turn: Turn) -> limits.Line | None:
    line = limits.line(table, Amount.exactly(size), turn.now.date())
    return line if line and line.exact is not None else None


def _dated(turn: Turn, program: str, line: limits.Line) -> Iterator[str]:
    """Until when it counts, and that it was worked out, where it was."""
    if line.basis.period.until:
        yield turn.say("amounts.until", until=rules.spoken(line.basis.period.until, turn.language))
    if line.basis.status != "verified":
        hedge = rules.program(program).hedges[line.basis.status].get(turn.language)
        yield hedge.format(day=rules.spoken(line.basis.checked_on, turn.language))


def _of_most(turn: Turn, program: str, size: int | None) -> Iterator[str]:
    """The most a home of that size can get, where the figure of today is known; else that it is not."""
    name = program_name(program, turn.language)
    table = _table()["most"].get(program)
    line = _line(rules.tables()[table], size, turn) if table and size else None
    if line is None or size is None:
        yield turn.say("amounts.not_known", name=name)
        if program in _table()["most"]:
            yield turn.say(f"amounts.{program}")
        return
    yield turn.say("amounts.most", name=name, people=people(size, turn.language), most=dollars(line.low))
    yield from _dated(turn, program, line)


def _tell(turn: Turn, program_id: str, kind: str, size: int | None) -> Known:
    """The lines, who decides and whom to ask, then the ways on, or the question that waits."""
    told = _of_limit(turn, program_id, size) if kind == _LIMIT else _of_most(turn, program_id, size)
    known, program = looking.follow(turn), rules.program(program_id)
    whom = (program.who_decides.get(turn.language), program.ask.get(turn.language))
    text = "\n".join((*told, " ".join(dict.fromkeys(whom)), *telling.lines(turn, known, program)))
    sources = tuple(source.id for source in program.sources)
    phones, again = telling.phones(known, program), f"amount:{program_id}/{kind}/{size or ''}"
    after, choices = utter(turn, known, program, text, phones=phones, sources=sources, again=again)
    if choices:
        return after.having(asked=Asked(asking.OFFER, choices, question=f"{_MARK}{kind}"))
    before = catalogue.say("verdict.back", turn.language) if known.asked.about == asking.ABOUT_FACT else None
    return asking.put_again(replace(turn, known=known), before=before, counts=False)


@functools.cache
def _patterns(name: str) -> Opened:
    tables = _table()
    return either(tables[name], tables["words"])


@functools.cache
def _table() -> Mapping[str, Any]:
    read = strict.plain(_FILE)
    assert isinstance(read, dict)
    return read
