"""What `puente source new` asks a person, and what the answers stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import click

from directory.eligibility import rules
from directory.errors import SourceError
from directory.model import Need
from directory.sync.propose.columns import Placed, Role, choices_for
from directory.sync.propose.labels import described_field, known_fields, likely, meant_field, near_fields
from directory.sync.propose.meant import all_stand, plan_named, stands
from directory.sync.propose.proposal import Proposal, slug
from directory.sync.propose.services import LEAVE_OUT, Service

__all__ = ["asked"]


def asked(made: Proposal) -> Proposal:
    """The proposal with a person's answers; Enter takes what stands in brackets."""
    click.echo("\nA few questions. Enter takes what stands in brackets.")
    made = replace(made, title=click.prompt("Title that people read", default=made.title))
    made = replace(made, id=_asked_id(made.id))
    made = replace(made, plan=_asked_plan(made.plan or made.plan_named or "none"))
    for item in made.with_role(Role.ASK):
        made = _ask_column(made, item)
    for service in made.services:
        if not service.stands:
            made = _ask_service(made, service)
    return made


def _asked_id(likely_id: str) -> str:
    """What was typed where it is a name for commands; else the name made of it."""
    said = str(click.prompt("Short name for commands", default=likely_id)).strip()
    return said if re.fullmatch(r"[a-z][a-z0-9_]{0,39}", said) else slug(said)


def _asked_plan(likely: str) -> str | None:
    while (said := click.prompt("Plan whose list it is (or none)", default=likely)) != "none":
        try:
            return plan_named(said)
        except SourceError as error:
            click.echo(str(error))
    return None


def _ask_column(made: Proposal, item: Placed) -> Proposal:
    examples = "; ".join(made.examples(item.heading)) or "nothing"
    click.echo(f"\nColumn {item.heading!r} holds: {examples}\n  ({item.why})")
    marks = item.content.share(["yes_no"]) > 0.5
    options = [*choices_for(item), *([_MARK] if marks else [])]
    for number, option in enumerate(options, start=1):
        click.echo(f"  {number}  {described_field(option)}")
    click.echo("  0  leave it out\n  or write what it is: hours, phone, notes ... (? shows all)")
    first = likely(made, item)
    answer = _pick(options, str(options.index(first) + 1) if first in options else "0")
    if answer == _MARK:
        said = click.prompt("Which program or need (empty: leave it out)", default="", value_proc=stands)
        return made.marked(item.heading, None if said in (None, LEAVE_OUT) else said)
    return made.answered(item.heading, answer)


_MARK = "a service (check mark)"


def _pick(options: Sequence[str], default: str) -> str | None:
    while True:
        answer = click.prompt("Which", default=default).strip()
        if answer == "0":
            return None
        if answer.isdigit() and 1 <= int(answer) <= len(options):
            return options[int(answer) - 1]
        if field := meant_field(answer):
            return field
        if answer == "?":
            click.echo("\n".join(f"  {described_field(field)}" for field in known_fields()))
            continue
        near = near_fields(answer)
        perhaps = f"Do you mean {' or '.join(near)}? " if near else ""
        click.echo(f"{answer!r} is none of these. {perhaps}To see all of them write ?")


def _ask_service(made: Proposal, service: Service) -> Proposal:
    click.echo(f"\nService {service.value!r} ({service.count} rows): which program or need is it?")
    options = [near for near, _ in service.near]
    for number, (near, name) in enumerate(service.near, start=1):
        click.echo(f"  {number}  {near} ({name})")
    click.echo(
        "  0  leave it out\n  or several: 1, 3; or write a program or need; Enter: not now, report it with each list"
    )
    while answer := click.prompt("Which", default="", show_default=False).strip():
        stands_for = (LEAVE_OUT,) if answer == "0" else all_stand(answer, options)
        if stands_for:
            return made.told(service.value, *stands_for)
        needs = ", ".join(need.value for need in Need)
        click.echo(f"{answer!r} is no program or need. Needs: {needs}. Programs: {', '.join(rules.programs())}")
    return made
