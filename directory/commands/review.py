"""Doubtful rows and what a person decides about them."""

from __future__ import annotations

import click

__all__ = ["register"]


def register(group: click.Group) -> None:
    """Adds `review` and `decide` to the `puente` command."""
    del group
