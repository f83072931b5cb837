"""What `puente source new` asks a person, and what the answers stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import click

from directory import plans
from directory.eligibility import rules
from directory.errors import SourceError
from directory.model import Need
from directory.sync.propose.columns import Placed, Role, choices_for
from directory.sync.propose.labels import described_field, known_fields, likely, meant_field, near_fields
from directory.sync.propose.proposal import Proposal, slug
from directory.sync.propose.services import LEAVE_OUT, Service, read

__all__ = ["all_stand", "asked", "plan_named"]


def plan_named(text: str | None) -> str | None:
    """The plan of that id or name; SourceError when there is none."""
    if text is None or text in plans.plans():
        return text
    known = plans.plan_by_alias(text)
    if known is None:
        raise SourceError(f"There is no plan {text!r}. Plans: {', '.join(plans.plans())}.")
    return known


def all_stand(text: str, options: Sequence[str] = ()) -> tuple[str, ...]:
    """What several answers with commas stand for, by number, id or name; nothing when one of them is not known."""
    whole = _stands(text.strip())
    if whole:
        return (whole,)
    said = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
    if len(said) == 1 and text.replace(" ", "").isdigit():
        said = text.split()
    found = [
        options[int(part) - 1] if part.isdigit() and 0 < int(part) <= len(options) else _stands(part) for part in said
    ]
    known = tuple(dict.fromkeys(item for item in found if item))
    return known if len(found) == sum(map(bool, found)) and (LEAVE_OUT not in known or len(known) == 1) else ()


def _stands(text: str) -> str | None:
    """A program, a need, or "leave it out", by id or name."""
    if text.casefold() in ("out", "leave it out", "no"):
        return LEAVE_OUT
    if text in rules.programs() or text in {need.value for need in Need}:
        return text
    return rules.program_by_alias(text) or read(text)


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
        stands = click.prompt("Which program or need (empty: leave it out)", default="", value_proc=_stands)
        return made.marked(item.heading, None if stands in (None, LEAVE_OUT) else stands)
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
    options = [stands for stands, _ in service.near]
    for number, (stands, name) in enumerate(service.near, start=1):
        click.echo(f"  {number}  {stands} ({name})")
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
