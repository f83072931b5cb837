"""The options by which `puente rules change` is told what is otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import click

from directory.commands.telling import day_option

__all__ = ["CHANGED"]

T = TypeVar("T")

_OPTIONS = (
    click.option("--figures", metavar="1=N,2=N,...", help="A table: dollars by people in the home."),
    click.option("--each-extra", type=float, help="A table: dollars for each person more."),
    click.option("--percent", type=float, help="A table: percent, where it has no dollars."),
    day_option("--from", "start", help="The first day on which it counts."),
    day_option("--until", help="The last day; without it, until the next version."),
    click.option("--phone", help="The phone: 559-555-0100, or 211. Of ride:PLAN, the ride line."),
    click.option("--days", type=int, help="ride:PLAN: work days before the visit for a car."),
    click.option("--nemt-days", type=int, help="ride:PLAN: work days for a wheelchair or gurney van."),
    click.option("--notice-en", help="ride:PLAN: what to say of it, in English."),
    click.option("--notice-es", help="ride:PLAN: the same in Spanish."),
    click.option("--name-en", help="office: its name in English."),
    click.option("--name-es", help="office: its name in Spanish."),
    click.option("--offered", type=click.Choice(["yes", "no"]), help="offer: whether the plan gives it."),
    day_option("--valid-until", help="program: its last day."),
    click.option("--no-end", is_flag=True, default=None, help="program: no end is known any more."),
    click.option("--how-long-en", help="program: how long it takes, in English."),
    click.option("--how-long-es", help="program: the same in Spanish."),
    click.option("--when", type=click.Path(path_type=Path), help="rule: a file that holds its tree (all:, any:)."),
)  # fmt: skip


def CHANGED(command: T) -> T:
    """The options that say what is otherwise."""
    for option in reversed(_OPTIONS):
        command = option(command)  # type: ignore[type-var]
    return command
