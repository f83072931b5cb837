"""Lays a clinic's notes over programs, rules, tables and definitions; one that finds no place is told, never fatal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import partial

from directory.eligibility.basis import Basis
from directory.eligibility.conditions import Rule, parse_tree
from directory.eligibility.program import Line, Program, Rules
from directory.eligibility.strict import Period
from directory.eligibility.tables import Value
from directory.errors import RulesError
from directory.overlay.basis import attempt, known, local_basis, renewed, source_of
from directory.overlay.known_days import known_end
from directory.overlay.reading import in_order
from directory.overlay.shapes import Note, ProgramChange, RuleChange, TableChange, Target, review_day
from directory.overlay.versions import looked_at, placed

__all__ = ["onto_rules"]


def onto_rules(shipped: Rules, notes: Iterable[Note]) -> tuple[Rules, tuple[str, ...]]:
    """The rules with the notes laid over them, the oldest first; and a sentence for each that finds no place."""
    listed = in_order(notes)
    if not listed:
        return shipped, ()
    bench = _Bench(shipped)
    for note in listed:
        bench.lay(note)
    sources = {**shipped.sources, **{note.source_id: source_of(note) for note in listed}}
    laid = replace(
        shipped, programs=bench.programs, tables=bench.tables, definitions=bench.definitions, sources=sources
    )
    return laid, tuple(bench.warnings)


class _Bench:
    """What notes can change, while they are laid over it."""

    def __init__(self, shipped: Rules) -> None:
        self.programs = dict(shipped.programs)
        self.tables = dict(shipped.tables)
        self.definitions = dict(shipped.definitions)
        self.warnings: list[str] = []
        self._conditions = shipped.conditions

    def lay(self, note: Note) -> None:
        """Lays one note."""
        for target in note.checked:
            attempt(note, partial(self._check, note, target), self.warnings)
        if note.changed:
            attempt(note, partial(self._change, note), self.warnings)

    def _check(self, note: Note, target: Target) -> None:
        if target.kind == "table":
            table = known(self.tables, target.id, "table")
            self.tables[target.id] = replace(table, values=looked_at(table.values, note, target))
        elif target.kind == "definition":
            shared = known(self.definitions, target.id, "definition")
            self.definitions[target.id] = replace(shared, rules=looked_at(shared.rules, note, target))
        elif target.kind == "condition":
            known(self._conditions, target.id, "condition")
        elif target.kind in _OF_PROGRAM:
            program = known(self.programs, target.id, "program")
            self.programs[target.id] = _OF_PROGRAM[target.kind](program, note, target)

    def _change(self, note: Note) -> None:
        change = note.changed
        if isinstance(change, TableChange):
            table = known(self.tables, change.table, "table")
            self.tables[change.table] = replace(table, values=placed(table.values, _value(note, change)))
        elif isinstance(change, RuleChange):
            program = known(self.programs, change.program, "program")
            tree = parse_tree(change.when, conditions=self._conditions, definitions=self.definitions)
            rule = Rule(tree, local_basis(note, change.period, _end(program, note)))
            self.programs[change.program] = replace(program, rules=placed(program.rules, rule))
        elif isinstance(change, ProgramChange):
            program = known(self.programs, change.program, "program")
            self.programs[change.program] = _changed(program, note, change)


def _value(note: Note, change: TableChange) -> Value:
    return Value(local_basis(note, change.period), change.by_size, change.each_extra, change.percent, None)


def _end(program: Program, note: Note) -> date | None:
    return known_end(program.id, program.valid_until, note.on)


def _checked_text(program: Program, note: Note, _: Target) -> Program:
    end = program.valid_until
    if end and note.on > end:
        raise RulesError(f"what we know of program '{program.id}' ended on {end}; note its new end instead")
    if note.on < program.checked_on:
        return program
    return replace(program, status="verified", checked_on=note.on, review_by=review_day(note.on, _end(program, note)))


def _checked_rule(program: Program, note: Note, target: Target) -> Program:
    if target.part is None:
        return replace(program, rules=looked_at(program.rules, note, target, _end(program, note)))
    if target.part != "expedited" or not program.expedited:
        raise RulesError(f"program '{program.id}' has no rule '{target.part}'")
    return replace(program, expedited=looked_at(program.expedited, note, target, _end(program, note)))


def _checked_line(program: Program, note: Note, _: Target) -> Program:
    if program.known_line is None:
        raise RulesError(f"no phone of program '{program.id}' is known")
    if note.on < program.known_line.checked_on:
        return program
    return replace(program, known_line=Line(program.known_line.phone, True, note.source_id, note.on))


def _checked_side(program: Program, note: Note, target: Target) -> Program:
    side = known(program.sides, target.part or "", f"side of program '{program.id}' called")
    if side.basis.period.until and note.on > side.basis.period.until:
        raise RulesError(f"'{target}' ended on {side.basis.period.until}")
    return replace(
        program,
        sides={**program.sides, str(target.part): replace(side, basis=renewed(side.basis, note, _end(program, note)))},
    )


_OF_PROGRAM = {"program": _checked_text, "rule": _checked_rule, "line": _checked_line, "side": _checked_side}


def _changed(program: Program, note: Note, change: ProgramChange) -> Program:
    if change.how_long:
        program = replace(program, how_long=change.how_long)
    if change.line:
        program = replace(program, known_line=Line(change.line, True, note.source_id, note.on))
    return _ending(program, note, change.valid_until) if change.ends else program


def _ending(program: Program, note: Note, end: date | None) -> Program:
    """The program with another end: what ended with it ends with it again, and the end itself was looked at."""
    former = program.valid_until or known_end(program.id, None, program.checked_on)
    return replace(
        program,
        valid_until=end,
        checked_on=max(note.on, program.checked_on),
        review_by=review_day(note.on, end),
        rules=tuple(_with(rule, _moved(rule.basis, former, end)) for rule in program.rules),
        expedited=tuple(_with(rule, _moved(rule.basis, former, end)) for rule in program.expedited),
        sides={kind: replace(side, basis=_moved(side.basis, former, end)) for kind, side in program.sides.items()},
    )


def _with(rule: Rule, basis: Basis) -> Rule:
    return replace(rule, basis=basis)


def _moved(basis: Basis, former: date | None, end: date | None) -> Basis:
    """Its own 180 days count on where only the former end cut them short; nobody looked at it anew."""
    start, until = basis.period.start, basis.period.until
    tied = former is not None and until == former
    too_long = end is not None and (until or date.max) > end >= (start or date.min)
    review = review_day(basis.checked_on, end) if basis.review_by == former else basis.review_by
    last = end if tied or too_long else until
    return replace(basis, period=Period(start, last), review_by=min(review, end) if end and last == end else review)
