"""Doubtful rows and what a person decides about them and about places."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import date, datetime

import click

from directory.commands.named import place_id
from directory.commands.telling import as_json_option, by_option, day_option, now, show, tell
from directory.model import Language
from directory.sync import review, stage
from directory.sync.changes import field_of, word
from directory.sync.decisions import Decision, Kind
from directory.sync.fields import excerpt
from directory.sync.lock import alone
from directory.sync.match.reasons import sentence

__all__ = ["register"]

_NEXT = "People see it so after: puente publish"
_KINDS = {"closed": Kind.CLOSED, "not-listed": Kind.NOT_LISTED, "suspended": Kind.SUSPENDED, "keep": Kind.KEEP}
_SHOWN = 20

why_option = click.option("--why", required=True, help="The reason, for the next person: called on May 3, same door.")


def register(group: click.Group) -> None:
    """Adds `review`, `decide` and `decisions` to the `puente` command."""
    for command in (review_group, decide_command, decisions_command):
        group.add_command(command)


@click.group("review", invoke_without_command=True)
@as_json_option
@click.pass_context
def review_group(context: click.Context, as_json: bool) -> None:
    """Rows that may be a place of another list: look at them side by side, and decide.

    Until you decide, such a row is shown as a place of its own. Without a command this lists what waits.

    Example: puente review
    """
    if context.invoked_subcommand:
        return

    def work() -> tuple[review.Doubt, ...]:
        with stage.open_work() as connection:
            return review.waiting(connection)

    found = tell(work)
    show([_plain(item) for item in found], _listed(found), as_json=as_json)


@review_group.command("show")
@click.argument("row")
@as_json_option
def show_command(row: str, as_json: bool) -> None:
    """Show ROW beside each place it may be.

    Example: puente review show demo_partner_matrix:0b5a2c
    """

    def work() -> tuple[review.Doubt, list[tuple[review.Side, ...]]]:
        with stage.open_work() as connection:
            found = review.doubt(connection, row)
            return found, [review.side_by_side(connection, row, item.listing_id) for item in found.candidates]

    found, sides = tell(work)
    plain = _plain(found)
    plain["sides"] = [[vars(side) for side in one] for one in sides]
    show(plain, "\n".join(_beside(found, sides)), as_json=as_json)


@review_group.command("same")
@click.argument("row")
@click.argument("listing")
@why_option
@by_option
@as_json_option
def same_command(row: str, listing: str, why: str, who: str, as_json: bool) -> None:
    """Decide that ROW is the place LISTING: one place is shown, with what each list says.

    Example: puente review same demo_partner_matrix:0b5a2c demo_plan_roster:D0001 --why "same door, I know it"
    """
    made = tell(lambda: _alone(lambda work, at: review.together(work, row, listing, who=who, why=why, now=at)))
    show(_decided(made), f"{row} is {made.listing_id} from now on. {_kept(made)}", as_json=as_json)


@review_group.command("different")
@click.argument("row")
@click.argument("listing")
@why_option
@by_option
@as_json_option
def different_command(row: str, listing: str, why: str, who: str, as_json: bool) -> None:
    """Decide that ROW is another place than LISTING: nobody is asked again.

    Example: puente review different demo_partner_matrix:0b5a2c demo_plan_roster:D0001 --why "two pantries, one phone"
    """
    made = tell(lambda: _alone(lambda work, at: review.apart(work, row, listing, who=who, why=why, now=at)))
    show(_decided(made), f"{row} is not {made.listing_id}. {_kept(made)}", as_json=as_json)


@review_group.command("go")
@by_option
def go_command(who: str) -> None:
    """Go through all that waits, one after the other, with a key for each answer.

    Example: puente review go
    """
    with stage.open_work() as connection:
        found = review.waiting(connection)
    for number, item in enumerate(found, start=1):
        with stage.open_work() as connection:
            sides = [review.side_by_side(connection, item.id, one.listing_id) for one in item.candidates]
        click.echo(f"\n{number} of {len(found)}")
        click.echo("\n".join(_beside(item, sides)))
        if not _asked(item, who):
            break
    click.echo(f"\n{_NEXT}" if found else "Nothing waits for a decision.")


def _asked(item: review.Doubt, who: str) -> bool:
    """Asks about one row; False when the person stops."""
    numbers = [str(number) for number in range(1, len(item.candidates) + 1)]
    answer = click.prompt(
        f"The same as {' or '.join(numbers)}? d: none of them, l: later, q: stop",
        type=click.Choice([*numbers, "d", "l", "q"]), show_choices=False,
    )  # fmt: skip
    if answer in ("l", "q"):
        return bool(answer == "l")
    why = click.prompt("Why", default="looked at side by side")
    if answer == "d":
        for one in item.candidates:
            other = one.listing_id
            made = tell(lambda: _alone(lambda work, at: review.apart(work, item.id, other, who=who, why=why, now=at)))  # noqa: B023
            click.echo(f"{item.id} is not {made.listing_id}. {_number(made)}")
        return True
    target = item.candidates[int(answer) - 1].listing_id
    made = tell(lambda: _alone(lambda work, at: review.together(work, item.id, target, who=who, why=why, now=at)))
    click.echo(f"{item.id} is {made.listing_id} from now on. {_number(made)}")
    return True


def _number(made: Decision) -> str:
    """How a slip of the finger is taken back."""
    return f"Decision {made.number}; to take it back: puente decisions --take-back {made.number}"


def _kept(made: Decision) -> str:
    return f"{_number(made)}\n{_NEXT}"


@click.command("decide")
@click.argument("listing_said", metavar="LISTING")
@click.argument("kind", type=click.Choice([*_KINDS]))
@click.option("--field", help="keep: the field, as `puente show` names it.")
@click.option("--from", "source", help="keep: the list whose value is kept.")
@day_option("--until", help="suspended: the last day it is not shown.")
@why_option
@by_option
@click.option("--dry-run", is_flag=True, help="Say what would be decided, and keep nothing.")
@as_json_option
def decide_command(
    listing_said: str,
    kind: str,
    field: str | None,
    source: str | None,
    until: date | None,
    why: str,
    who: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Decide about LISTING (its id or its name); every later list leaves that alone.

    closed: shut for good. not-listed: shown to nobody. suspended: shown to nobody until a day, then by itself again.
    keep: where lists differ, the value of one of them stays.

    Example: puente decide demo_plan_roster:D0001 suspended --until 2026-12-31 --why "roof repairs, called"
    """

    listing = tell(lambda: place_id(listing_said, then=f"puente decide {{}} {kind} ..."))

    def work() -> Decision:
        def made(connection: sqlite3.Connection, at: datetime) -> Decision:
            named = field_of(field) if field else None
            value = review.value_of(connection, listing, named, source) if kind == "keep" else None
            return review.decide(
                connection, _KINDS[kind], listing, who=who, why=why, now=at, until=until, field=named, value=value,
                dry_run=dry_run,
            )  # fmt: skip

        return _alone(made)

    found = tell(work)
    after = "This was a trial: nothing was changed." if dry_run else _kept(found)
    show({**_decided(found), "dry_run": dry_run}, f"{found.listing_id}: {_told(found)}. {after}", as_json=as_json)


@click.command("decisions")
@click.option("--take-back", "number", type=click.IntRange(1, 2**31), help="Take the decision with this number back.")
@by_option
@as_json_option
def decisions_command(number: int | None, who: str, as_json: bool) -> None:
    """Show the decisions in force: what, who, when, why; or take one back.

    Example: puente decisions --take-back 3
    """
    if number is not None:
        back = tell(lambda: _alone(lambda work, at: review.take_back(work, number, who=who, now=at)))
        show(_decided(back), f"Taken back: {_told(back)} ({back.listing_id}).\n{_NEXT}", as_json=as_json)
        return

    def work() -> tuple[Decision, ...]:
        with stage.open_work() as connection:
            return review.in_force(connection, today=now().date())

    found = tell(work)
    text = "\n".join(map(_line, found)) or "No decision is in force."
    show([_decided(item) for item in found], text, as_json=as_json)


def _line(made: Decision) -> str:
    when = f"{made.decided_at:%Y-%m-%d}"
    return f"{made.number:>5}  {when}  {made.who}: {_told(made)}  ({made.listing_id})\n       {made.why}"


def _alone(made: Callable[[sqlite3.Connection, datetime], Decision]) -> Decision:
    with alone(), stage.open_work() as connection:
        return made(connection, now())


def _told(made: Decision) -> str:
    row = f"{made.source_id}:{made.row_id}"
    return {
        Kind.SAME: f"{row} is this place",
        Kind.DIFFERENT: f"{row} is another place",
        Kind.KEEP: f"{word(made.field or '')} stays {excerpt(made.value or 'unknown', 60)}",
        Kind.CLOSED: "closed, shown to nobody",
        Kind.NOT_LISTED: "shown to nobody",
        Kind.SUSPENDED: f"shown to nobody until {made.until}",
        Kind.NOTICE: f"until {made.until} it says: {made.value}",
    }[made.kind]


def _decided(made: Decision) -> dict[str, object]:
    return {
        "number": made.number,
        "kind": made.kind.value,
        "listing": made.listing_id,
        "row": f"{made.source_id}:{made.row_id}" if made.source_id else None,
        "field": made.field,
        "value": made.value if made.kind in (Kind.KEEP, Kind.NOTICE) else None,
        "until": made.until.isoformat() if made.until else None,
        "who": made.who,
        "why": made.why,
        "decided_at": made.decided_at.isoformat(),
    }


def _plain(found: review.Doubt) -> dict[str, object]:
    return {
        "row": found.id,
        "name": found.name,
        "candidates": [
            {"listing": item.listing_id, "name": item.name, "reasons": list(item.reasons)} for item in found.candidates
        ],
    }


def _listed(found: Sequence[review.Doubt]) -> str:
    if not found:
        return "Nothing waits for a decision."
    lines = [
        f"{len(found)} rows may be a place of another list. Until you decide, each is shown as a place of its own."
    ]
    for item in found[:_SHOWN]:
        lines += ["", f"{excerpt(item.name)}  ({item.id})"]
        lines += [f"    perhaps {excerpt(one.name)}  ({one.listing_id})" for one in item.candidates]
    lines += [f"\nand {len(found) - _SHOWN} more (--json names them all)"] if len(found) > _SHOWN else []
    return "\n".join([*lines, "", "Next: `puente review go` goes through them; `puente review show ROW` shows one."])


def _beside(found: review.Doubt, sides: Sequence[tuple[review.Side, ...]]) -> list[str]:
    lines = [f"{excerpt(found.name)}  ({found.id})"]
    for number, (item, one) in enumerate(zip(found.candidates, sides, strict=True), start=1):
        lines += ["", f"{number}. Perhaps {excerpt(item.name)}  ({item.listing_id})"]
        lines += [f"   {sentence(reason, Language.EN)}" for reason in item.reasons]
        width = max((len(word(side.field)) for side in one), default=0)
        for side in one:
            label = f"   {word(side.field):<{width}}  "
            if side.same:
                lines.append(f"{label}both:   {excerpt(side.row or '', 70)}")
                continue
            lines.append(f"{label}row:    {excerpt(side.row or '(nothing)', 70)}")
            lines.append(f"{' ' * len(label)}place:  {excerpt(side.listing or '(nothing)', 70)}")
    return lines
