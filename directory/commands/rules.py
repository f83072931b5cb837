"""`puente rules`: what of the rules has to be looked at, what comes, and how the clinic notes what it saw."""

from __future__ import annotations

from datetime import date

import click

from directory.commands import rules_note, rules_show, rules_text
from directory.commands.telling import as_json_option, day_option, now, show, tell
from directory.eligibility import guides, rules
from directory.overlay.coming import coming
from directory.overlay.gathering import standing_values
from directory.overlay.keeping import look_again, overlay_file
from directory.overlay.standing import STATES, Standing, State
from directory.plans import load

__all__ = ["register"]

_FARTHEST = 4000


def register(group: click.Group) -> None:
    """Adds `rules` to the `puente` command."""
    group.add_command(rules_group)


@click.group("rules", invoke_without_command=True, short_help="List the rules to look at again, and note what you saw.")
@click.option(
    "--due", type=click.IntRange(0, _FARTHEST), default=30, show_default=True, metavar="DAYS",
    help="Also what is to be looked at, ends or begins in so many days.",
)  # fmt: skip
@click.option("--overdue", is_flag=True, help="Only what is overdue or over; exit 1 when there is any (for cron).")
@click.option("--each", is_flag=True, help="A line for each county and each side of a program.")
@day_option("--on", help="As of this day; else today.")
@as_json_option
@click.pass_context
def rules_group(context: click.Context, due: int, overdue: bool, each: bool, on: date | None, as_json: bool) -> None:
    """List the rules, figures, phones and texts that somebody has to look at, the worst first.

    Each line begins with the command that says "I looked, it holds". Add where you looked: --source "...".

    To take a note back, delete its lines, from "- who:" on, in the file overlay.yml of PUENTE_HOME: what stood before
    counts again at once. Or note what is right: of two notes the newer one wins.

    \b
    Examples:
      puente rules
      puente rules --overdue || echo "look at the rules"
      puente rules --due 90 --on 2026-12-22
      puente rules show calfresh
    """
    if context.invoked_subcommand:
        return
    day = on or now().date()
    look_again()
    values = tell(lambda: sorted_values(day))
    told = [value for value in values if _is_told(value, day, due, overdue)]
    if as_json:
        show(_plain(values, told, day, due, overdue), "", as_json=True)
    else:
        show(None, "\n".join(_lines(values, told, day, due, overdue, each)).rstrip(), as_json=False)
    if overdue and told:
        context.exit(1)


def _is_told(value: Standing, day: date, due: int, overdue: bool) -> bool:
    return rules_text.needs_a_look(value, day) if overdue else value.state(day, due) is not State.GOOD


def sorted_values(day: date) -> list[Standing]:
    """All dated values as they stand that day, the worst first."""
    return sorted(standing_values(day), key=lambda value: STATES.index(value.state(day)))


def _plain(values: list[Standing], told: list[Standing], day: date, due: int, overdue: bool) -> dict[str, object]:
    events = () if overdue else coming(values, day, due)
    overlay = rules.overlay()
    return {
        "on": day.isoformat(),
        "values": [rules_text.as_plain(value, day, due) for value in told],
        "coming": [
            {"day": event.day.isoformat(), "what": event.what, "do": event.do, "programs": list(event.programs)}
            for event in events
        ],
        "notes": {
            "file": str(overlay_file()),
            "count": len(overlay.notes),
            "trouble": overlay.trouble,
            "warnings": list(warnings()),
        },
    }


def _lines(values: list[Standing], told: list[Standing], day: date, due: int, overdue: bool, each: bool) -> list[str]:
    lines = _of_notes()
    if overdue:
        lines.append(f"Overdue on {day}: {len(told)}." if told else f"Nothing is overdue on {day}.")
    else:
        lines.extend([rules_text.summary(values, day, due), "", *_events(values, day, due)])
    lines.extend(["", *rules_text.as_lines(told, day, due, each=each)])
    return [*lines, *rules_text.HOW] if told else lines


def _events(values: list[Standing], day: date, due: int) -> list[str]:
    """The calendar; where the next days are empty, what comes first after them."""
    events = coming(values, day, due)
    later = () if events else coming(values, day, _FARTHEST)[:1]
    return [*rules_text.of_events(events, due), *(f"  Next: {event.day}  {event.what}" for event in later)]


def _of_notes() -> list[str]:
    said = rules.overlay().said
    lines = [*([said] if said else []), *(f"ATTENTION: {warning}" for warning in warnings())]
    return [*lines, ""] if lines else []


def warnings() -> tuple[str, ...]:
    """A sentence for each note of the clinic that does not count."""
    return (*rules.overlay_warnings(), *load.overlay_warnings(), *guides.overlay_warnings())


for _command in (rules_show.show_command, rules_note.check, rules_note.change):
    rules_group.add_command(_command)
