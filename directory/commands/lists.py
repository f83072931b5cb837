"""The lists themselves: describe a new one, look at those there are, take one out."""

from __future__ import annotations

import click

from directory.commands.source_new import new_command

__all__ = ["register"]


def register(group: click.Group) -> None:
    """Adds `source` to the `puente` command."""
    group.add_command(source)


@click.group()
def source() -> None:
    """The lists that Puente reads: describe a new one, look at those there are, take one out."""


source.add_command(new_command)
