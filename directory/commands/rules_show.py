"""`puente rules show`: all that stands behind one program, table or other dated value, and what the clinic noted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import click

from directory.commands.rules_absent import absent
from directory.commands.rules_text import as_plain
from directory.commands.telling import as_json_option, day_option, now, show, tell
from directory.eligibility import rules
from directory.eligibility.basis import Basis
from directory.eligibility.conditions import All, Defined, Holds, Node, Rule
from directory.eligibility.program import Program
from directory.eligibility.strict import Period
from directory.eligibility.tables import Value
from directory.overlay.gathering import standing_values
from directory.overlay.keeping import look_again
from directory.overlay.naming import meant
from directory.overlay.shapes import Note, Target, changed_things
from directory.overlay.standing import Standing, State

__all__ = ["show_command", "value_line"]


@click.command("show")
@click.argument("name")
@day_option("--on", help="As of this day; else today.")
@as_json_option
def show_command(name: str, on: date | None, as_json: bool) -> None:
    """Show what stands behind NAME: its rule with every condition, states, sources, dates, and the clinic's own notes.

    \b
    Examples:
      puente rules show calfresh
      puente rules show table:wic_185_month --on 2027-07-01
      puente rules show phone:kern_family
    """
    day = on or now().date()
    look_again()
    targets = tell(lambda: meant(name, day))
    values = [value for value in tell(lambda: standing_values(day)) if _about(value, targets)]
    notes = [note for note in rules.overlay().notes if _speaks_of(note, targets)]
    plain = {
        "on": day.isoformat(),
        "values": [as_plain(value, day, 30) for value in values],
        "notes": [_plain_note(note) for note in notes],
    }
    show(plain, "\n".join(tell(lambda: list(_lines(targets, values, notes, day)))), as_json=as_json)


def _about(value: Standing, targets: Iterable[Target]) -> bool:
    own = value.target.partition("@")[0]
    wholes = {target.id for target in targets if target.kind == "program"}
    of_program = own.startswith(("side:", "line:", "rule:")) and own.partition(":")[2].partition("/")[0] in wholes
    return of_program or any(own == str(target).partition("@")[0] for target in targets)


def _lines(targets: tuple[Target, ...], values: list[Standing], notes: list[Note], day: date) -> Iterator[str]:
    first = targets[0]
    known = rules.everything()
    if first.kind == "condition" and first.id in known.conditions:
        yield from _condition(first.id)
    elif not values:
        raise absent(first)
    if first.kind == "program":
        yield from _program(rules.program(first.id), day)
    yield from (value_line(value, day) for value in values)
    if first.kind in ("program", "rule") and first.id in known.programs:
        for rule in known.programs[first.id].rules:
            yield from ["", *_rule("Who may get it", rule, day)]
        for rule in known.programs[first.id].expedited:
            yield from ["", *_rule("Who gets it faster", rule, day)]
    elif first.kind == "definition":
        for rule in known.definitions[first.id].rules:
            yield from ["", *_rule("It means", rule, day)]
    elif first.kind == "table":
        yield from ["", *(_figures(value) for value in known.tables[first.id].values)]
    yield from _sources(source for value in values for source in value.sources)
    yield from _notes(notes)


def _program(program: Program, day: date) -> Iterator[str]:
    yield f"{program.official.en} ({program.id})"
    yield f"{program.who_decides.en} Takes: {program.how_long.en}"
    if hedge := program.hedge(day):
        yield f"Told with: {hedge.en}"
    yield ""


def _condition(id: str) -> Iterator[str]:
    condition = rules.conditions()[id]
    asked = "asked" if condition.ask else f"not asked; known to: {condition.answered_by}"
    yield f"condition:{id} ({asked})"
    yield f"  {condition.question.en}"
    yield f"  {condition.question.es}"


_SAID = {
    State.ENDED: "OVER",
    State.OVERDUE: "OVERDUE",
    State.RECALLED: "not confirmed",
    State.COMPUTED: "worked out",
    State.DUE: "confirmed",
    State.GOOD: "confirmed",
}


def value_line(value: Standing, day: date) -> str:
    """How one value stands, in one line."""
    dates = f"looked at {value.checked_on}, again by {value.review_by}"
    return f"{value.target}: {value.label}: {_SAID[value.state(day)]}, {dates}{_period(value.period)}"


def _period(period: Period) -> str:
    start = f", from {period.start}" if period.start else ""
    return start + (f", until {period.until}" if period.until else "")


def _rule(title: str, rule: Rule, day: date) -> Iterator[str]:
    force = "in force" if rule.basis.period.covers(day) else "not in force that day"
    yield f"{title} ({force}{_period(rule.basis.period)}; {_basis(rule.basis, day)}):"
    yield from _tree(rule.when, "  ", day)


def _basis(basis: Basis, day: date) -> str:
    late = "OVERDUE, " if day > basis.review_by else ""
    return f"{late}{basis.status}, looked at {basis.checked_on}, again by {basis.review_by}"


def _tree(node: Node, indent: str, day: date) -> Iterator[str]:
    if isinstance(node, Holds):
        yield f"{indent}{node.condition}: {_asked(node.condition, day)}"
    elif isinstance(node, Defined):
        shared = rules.definitions()[node.definition]
        for rule in (rule for rule in shared.rules if rule.basis.period.covers(day)):
            yield f"{indent}definition:{node.definition}, {shared.label.en} ({_basis(rule.basis, day)})"
            yield from _tree(rule.when, indent + "  ", day)
    else:
        yield f"{indent}{'all of' if isinstance(node, All) else 'any of'}"
        for part in node.parts:
            yield from _tree(part, indent + "  ", day)


def _asked(id: str, day: date) -> str:
    condition = rules.conditions()[id]
    if condition.test.table:
        value = rules.tables()[condition.test.table].on(day)
        return f"table:{condition.test.table}, {_basis(value.basis, day) if value else 'no figures that day'}"
    if not condition.ask:
        return f"{condition.answered_by} knows"
    return condition.question.en


def _figures(value: Value) -> str:
    sizes = ", ".join(f"{size}: ${figure:,.0f}" for size, figure in value.by_size.items())
    extra = f", each more ${value.each_extra:,.0f}" if value.each_extra is not None else ""
    percent = f"{value.percent:g} %" if value.percent is not None else ""
    return f"Figures{_period(value.basis.period)} ({value.basis.status}): {sizes}{extra}{percent}"


def _sources(ids: Iterable[str]) -> Iterator[str]:
    named = [rules.sources()[id] for id in dict.fromkeys(ids) if id in rules.sources()]
    if named:
        yield from ["", "Sources:"]
    for source in named:
        yield f"  {source.id}: {source.title} ({source.publisher}, {source.date}) {source.url or ''}".rstrip()


def _notes(notes: list[Note]) -> Iterator[str]:
    if notes:
        yield from ["", "Noted at this clinic:"]
    for note in notes:
        yield f"  {_note_line(note)}"


def _note_line(note: Note) -> str:
    what = ", ".join(map(str, note.checked)) if note.checked else ", ".join(map(str, changed_things(note)))
    verb = "holds" if note.checked else "changed"
    return f"note {note.number}, {note.on}, {note.who}: {verb}: {what}. Source: {note.source}"


def _speaks_of(note: Note, targets: Iterable[Target]) -> bool:
    ids = {(target.kind, target.id) for target in targets}
    wholes = {target.id for target in targets if target.kind == "program"}
    spoken = (*note.checked, *changed_things(note))
    return any(
        (thing.kind, thing.id) in ids or (thing.kind in ("side", "line", "rule") and thing.id in wholes)
        for thing in spoken
    )


def _plain_note(note: Note) -> dict[str, object]:
    return {
        "number": note.number,
        "who": note.who,
        "on": note.on.isoformat(),
        "source": note.source,
        "checked": [str(target) for target in note.checked],
        "changed": [str(target) for target in changed_things(note)],
    }
