"""`puente rules check` and `puente rules change`: the clinic notes what it saw, with who, when and source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import click

from directory.commands.rules_change import CHANGED
from directory.commands.rules_show import value_line
from directory.commands.telling import as_json_option, by_option, day_option, now, show, tell
from directory.errors import RulesError
from directory.overlay.gathering import standing_values
from directory.overlay.keeping import look_again, overlay_file
from directory.overlay.naming import meant
from directory.overlay.otherwise import change_of
from directory.overlay.shapes import Note, changed_things
from directory.overlay.writing import as_text, record

__all__ = ["change", "check"]

_source_option = click.option(
    "--source", required=True, help="Where you looked: a web page, an office, a letter. Patients may see it: no names."
)
_dry_option = click.option("--dry-run", is_flag=True, help="Show the note and write nothing.")


@click.command("check")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@_source_option
@by_option
@day_option("--on", help="The day you looked; else today.")
@_dry_option
@as_json_option
def check(names: Sequence[str], source: str, who: str, on: date | None, dry_run: bool, as_json: bool) -> None:
    """Note that you looked at NAME and that it holds: it counts as confirmed for 180 days, never past a known end.

    NAME is what `puente rules` lists, such as table:wic_185_month; a program's id alone means its text and its rule.

    \b
    Examples:
      puente rules check table:calfresh_gross_200 --source https://www.cdss.ca.gov/...
      puente rules check calfresh --source "CalFresh handbook, page 12" --by Ana
      puente rules check 'side:ihss/*' phone:kern_family --source "called the plan" --dry-run
    """
    look_again()
    day = on or now().date()
    targets = tell(lambda: [str(target) for name in names for target in meant(name, day)])
    entry = _entry(who, day, source) | {"checked": list(dict.fromkeys(targets))}
    _note([entry], dry_run=dry_run, as_json=as_json)


@click.command("change")
@click.argument("name")
@CHANGED
@_source_option
@by_option
@day_option("--on", help="The day you learned it; else today.")
@_dry_option
@as_json_option
def change(name: str, source: str, who: str, on: date | None, dry_run: bool, as_json: bool, **said: object) -> None:
    """Note that NAME is now otherwise. It wins over what ships, also after an upgrade; a newer note wins over this one.

    \b
    Examples:
      puente rules change table:calfresh_gross_200 --figures 1=2660,2=3608 --each-extra 948 \\
             --from 2026-10-01 --until 2027-09-30 --source https://www.cdss.ca.gov/...
      puente rules change phone:kern_family --phone 1-800-555-0100 --source "back of a card"
      puente rules change ride:kern_family --phone 1-800-555-0101 --days 3 --source "member handbook 2027"
      puente rules change office:Kern/ihss --name-en "Kern IHSS" --name-es "IHSS de Kern" \\
             --phone 1-661-555-0100 --source https://www.example.org/ihss
      puente rules change offer:kern_family/cs_mtm --offered yes --source "DHCS election chart"
      puente rules change program:ecm --valid-until 2031-12-31 --source "DHCS letter"
      puente rules change line:calfresh --phone 1-877-555-0100 --source "county letter"
      puente rules change rule:cs_mtm --when rule.yml --from 2027-01-01 --source "DHCS policy guide"
    """
    look_again()
    entry = _entry(who, on, source) | {"changed": tell(lambda: _change(name, said, on or now().date()))}
    _note([entry], dry_run=dry_run, as_json=as_json)


def _entry(who: str, on: date | None, source: str) -> dict[str, object]:
    return {"who": who, "on": on or now().date(), "source": " ".join(source.split())}


def _change(name: str, said: Mapping[str, object], day: date) -> dict[str, object]:
    targets = meant(name, day)
    if len(targets) > 1:
        either = " or ".join(str(target) for target in targets)
        raise RulesError(f"'{name}' can mean several things to change. Write {either}.")
    return change_of(targets[0], said)


def _note(entries: list[dict[str, object]], *, dry_run: bool, as_json: bool) -> None:
    notes = tell(lambda: record(entries, today=now().date(), dry_run=dry_run))
    plain = {"file": str(overlay_file()), "dry_run": dry_run, "numbers": [note.number for note in notes]}
    lines = [f"{'Would be noted' if dry_run else 'Noted'} in {overlay_file()}:", as_text(entries).rstrip()]
    lines.extend([] if dry_run else ["", "So it stands now; nothing need be started anew:", *_as_it_stands(notes)])
    lines.extend([] if dry_run else ["", "A mistake? Delete the lines of the note in that file."])
    show(plain | {"notes": as_text(entries)}, "\n".join(lines), as_json=as_json)


def _as_it_stands(notes: Sequence[Note]) -> list[str]:
    """The values that were noted, each with its new dates; a version to come where it is one."""
    day = max(note.on for note in notes)
    things = {str(thing).partition("@")[0] for note in notes for thing in (*note.checked, *changed_things(note))}
    things |= {f"rule:{thing.partition(':')[2]}" for thing in things if thing.startswith("program:")}
    values = [value for value in standing_values(day) if value.target.partition("@")[0] in things]
    return [f"  {value_line(value, day)}" for value in values] or ["  (nothing with a date of its own)"]
