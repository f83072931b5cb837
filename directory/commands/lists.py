"""The lists themselves: describe a new one, look at those there are, take one out."""

from __future__ import annotations

import click

__all__ = ["register"]


def register(group: click.Group) -> None:
    """Adds `source` to the `puente` command."""
    del group
