"""One place by hand: add it, correct it, say that it is closed today."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

import click

from directory.commands.named import place_id
from directory.commands.telling import as_json_option, by_option, day_option, now, show, tell
from directory.errors import EntryError
from directory.sync import hand, hand_known, review, stage
from directory.sync.changes import Place, Places, word
from directory.sync.lock import alone
from directory.sync.problems import sentence

__all__ = ["register"]

F = TypeVar("F", bound=Callable[..., None])


def register(group: click.Group) -> None:
    """Adds `add`, `edit` and `notice` to the `puente` command."""
    for command in (add_command, edit_command, notice_command):
        group.add_command(command)


_FIELDS: Mapping[str, tuple[str, str]] = {
    "name": ("name", "What the place is called."),
    "organization": ("organization", "Who runs it, when that is another name."),
    "need": ("topics", "What it is for: food, housing, transport, ... (several with commas)."),
    "program": ("programs", "Programs by id or name (several with semicolons)."),
    "county": ("counties", "Counties it serves, or statewide."),
    "street": ("address_1", "Street and number; leave it out for a place that only has a phone."),
    "city": ("city", "City."),
    "zip": ("postal_code", "ZIP code."),
    "phone": ("phones", "Phones, with extension: 209-555-0123 ext. 4, TTY 711."),
    "hours": ("hours_text", "When it is open: Mon-Fri 9am-5pm."),
    "languages": ("languages", "Languages spoken there."),
    "plan": ("plans", "Medi-Cal plans whose members it serves (several with commas)."),
    "who": ("eligibility_text", "Who may go."),
    "cost": ("fees_text", "What it costs."),
    "apply": ("how_to_apply", "How to get it: walk in, call first, appointment."),
    "bring": ("documents", "What to bring."),
    "capacity": ("capacity", "open, wait list, full, assessment first."),
    "wait-list": ("wait_list", "How long the wait list is: 40 people, 3 months."),
    "capacity-by": ("capacity_by", "Who said so, when it is not you."),
    "referrals": ("taking_referrals", "Takes new referrals: yes or no."),
    "wheelchair": ("wheelchair", "yes or no."),
    "fee": ("fee", "It costs the person something: yes or no."),
    "id-asked": ("id_asked", "A paper with a name is asked: yes or no."),
    "walk-in": ("walk_in", "One may walk in: yes or no."),
    "by-phone": ("by_phone", "One has to call first: yes or no."),
    "by-appointment": ("by_appointment", "Only by appointment: yes or no."),
    "website": ("url", "Web page."),
    "email": ("email", "E-mail address."),
    "npi": ("npi", "National Provider Identifier, ten digits."),
    "about": ("description", "What it does, in a sentence or two."),
    "confidential": ("confidential", "yes: its address is shown to nobody."),
}
"""Option -> field of a source file, and what it is."""
_ASKED = ("name", "organization", "need", "program", "county", "street", "city", "zip", "phone", "hours", "languages")


def _field_options(command: F) -> F:
    for option, (field, said) in reversed(list(_FIELDS.items())):
        command = click.option(f"--{option}", field, help=said)(command)
    return command


checked_option = click.option("--checked", is_flag=True, help="You called or went there today and all of it is right.")
dry_run_option = click.option("--dry-run", is_flag=True, help="Show how it is read, and save nothing.")


@click.command("add")
@_field_options
@checked_option
@click.option("--new", "surely_new", is_flag=True, help="Add it although a place like it is there already.")
@by_option
@dry_run_option
@as_json_option
def add_command(
    checked: bool, surely_new: bool, who: str, dry_run: bool, as_json: bool, **fields: str | None
) -> None:  # fmt: skip
    """Add one place by hand; no list overwrites it. Without options it asks for one thing after the other.

    Example: puente add --name "Mesa del Valle" --need food --county Stanislaus --phone 209-555-0123
    """
    entered = _entered(fields) or _ask()
    moment = now()
    if checked:
        entered["assured_on"] = moment.date().isoformat()

    def work() -> hand.Entry:
        with alone(), stage.open_work() as connection:
            tried = hand.add(connection, entered, who=who, now=moment, dry_run=True)
            if not surely_new:
                _refuse_known(connection, tried)
            return tried if dry_run else hand.add(connection, entered, who=who, now=moment)

    entry = tell(work)
    show(_plain(entry, dry_run), "\n".join(_lines(entry, "Added", dry_run)), as_json=as_json)


@click.command("edit")
@click.argument("listing_said", metavar="LISTING")
@_field_options
@checked_option
@by_option
@dry_run_option
@as_json_option
def edit_command(
    listing_said: str, checked: bool, who: str, dry_run: bool, as_json: bool, **fields: str | None
) -> None:  # fmt: skip
    """Correct LISTING (its id or its name) by hand; it outranks every list. An empty text takes a value away.

    Example: puente edit demo_plan_roster:D0001 --phone 209-555-0199 --hours "Mon-Fri 9am-1pm" --checked
    """
    listing = tell(lambda: place_id(listing_said, then="puente edit {} ..."))
    entered = _entered(fields)
    moment = now()
    if checked:
        entered["assured_on"] = moment.date().isoformat()
    if not entered:
        raise click.UsageError("Say what to correct, for example --phone 209-555-0199; or --checked when all is right.")

    def work() -> hand.Entry:
        with alone(), stage.open_work() as connection:
            known, base = hand.shown(connection, listing)
            return hand.edit(connection, known, base, entered, who=who, now=moment, dry_run=dry_run)

    entry = tell(work)
    show(_plain(entry, dry_run), "\n".join(_lines(entry, "Corrected", dry_run)), as_json=as_json)


@click.command("notice")
@click.argument("listing_said", metavar="LISTING")
@click.argument("text")
@day_option("--until", help="Its last day; today when it is not said.")
@by_option
@dry_run_option
@as_json_option
def notice_command(
    listing_said: str, text: str, until: date | None, who: str, dry_run: bool, as_json: bool
) -> None:  # fmt: skip
    """Show a short TEXT beside LISTING (its id or its name) until a day; it goes away by itself.

    Example: puente notice demo_plan_roster:D0001 "Closed today / Cerrado hoy"
    """
    listing = tell(lambda: place_id(listing_said, then='puente notice {} "TEXT"'))
    moment = now()
    words = " ".join(text.split())
    last = until or moment.date()

    def work() -> str:
        with alone(), stage.open_work() as connection:
            made = review.notice(connection, listing, words, last, who=who, now=moment, dry_run=dry_run)
            return made.listing_id

    known = tell(work)
    plain = {"listing": known, "notice": words, "until": last.isoformat(), "dry_run": dry_run}
    said = f"{known} would say" if dry_run else f"{known} says"
    after = "This was a trial: nothing was changed." if dry_run else _NEXT
    show(plain, f"{said} until {_day(last)}: {words}\n\n{after}", as_json=as_json)


_NEXT = "Next: `puente publish` shows it to people."


def _day(day: date) -> str:
    return f"{day:%A}, {day.isoformat()}"


def _entered(fields: Mapping[str, str | None]) -> dict[str, str]:
    return {name: text for name, text in fields.items() if text is not None}


def _ask() -> dict[str, str]:
    """Asks for one thing after the other where a person sits; the rest can be added by `puente edit`."""
    if not sys.stdin.isatty():
        raise click.UsageError('Say what to add, for example --name "Mesa del Valle" --need food --county Stanislaus.')
    click.echo("Enter leaves a thing unknown.")
    asked = [_FIELDS[option] for option in _ASKED]
    answers = {field: click.prompt(said, default="", show_default=False) for field, said in asked}
    return {name: text for name, text in answers.items() if text.strip()}


def _refuse_known(work: sqlite3.Connection, entry: hand.Entry) -> None:
    """EntryError when the place is, or may be, on a list already: two of it would be shown."""
    likely = hand_known.alike(work, entry)
    if likely:
        raise EntryError(
            f"A place like this is there already: {', '.join(likely[:3])} (puente show {likely[0]}). Nothing was "
            f"saved. If it is that place, correct it: puente edit {likely[0]} ...; if it is another: add --new."
        )


def _lines(entry: hand.Entry, done: str, dry_run: bool) -> list[str]:
    draft = entry.read.plain
    lines = [f"{'Not saved, a trial: ' if dry_run else f'{done}: '}{draft['name']}  ({entry.listing_id})"]
    changes = entry.changes if done == "Corrected" else hand.as_changes(entry)
    place = Place(entry.listing_id, str(draft["name"]), hidden=bool(draft.get("confidential")))
    told = list(Places(changed=((place, changes),)).to_lines())[3:]
    lines += told or ["  Nothing is different from what was said before."]
    if "hours_text" in draft and "schedule" not in draft:
        lines.append("  The hours are kept as text: Puente cannot read them surely, so it never says open or closed.")
    lines += [
        f"  Look at: {hand.LABELS.get(problem.field, word(problem.field))}: {sentence(problem.code).means}"
        for problem in entry.read.problems
    ]
    return [*lines, "", _NEXT] if not dry_run else lines


def _plain(entry: hand.Entry, dry_run: bool) -> dict[str, object]:
    return {
        "listing": entry.listing_id,
        "dry_run": dry_run,
        "said": list(entry.read.said),
        "draft": dict(entry.read.plain),
        "changes": [{"field": c.field, "before": c.before, "after": c.after} for c in entry.changes],
    }
