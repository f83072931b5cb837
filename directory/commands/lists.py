"""The lists themselves: describe a new one, look at those there are, take one out."""

from __future__ import annotations

import click

from directory.commands.source_known import (
    accept_command,
    check_command,
    list_command,
    remove_command,
    show_command,
    which_command,
)
from directory.commands.source_new import new_command
from directory.commands.source_template import template_command

__all__ = ["register"]


def register(group: click.Group) -> None:
    """Adds `source` to the `puente` command."""
    group.add_command(source)


@click.group()
def source() -> None:
    """The lists that Puente reads: describe a new one, look at those there are, take one out."""


for command in (
    new_command, list_command, show_command, check_command, which_command, accept_command, remove_command,
    template_command,
):  # fmt: skip
    source.add_command(command)
