"""Lists out: HSDS 3 and CSV."""

from __future__ import annotations

import click

__all__ = ["register"]


def register(group: click.Group) -> None:
    """Adds `export` to the `puente` command."""
    del group
