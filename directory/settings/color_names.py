"""Colors by the names that the web has for them: teal, navy, crimson."""

from __future__ import annotations

from pathlib import Path

from directory.eligibility.strict import Entry, plain

__all__ = ["COLORS", "named"]

_FILE = Path(__file__).with_name("color_names.yml")
COLORS = {name: entry.text() for name, entry in Entry(plain(_FILE), _FILE, "").items()}
"""Name -> `#rrggbb`."""


def named(said: str) -> str | None:
    """The color that a name means, whatever its case and spaces ("Dark Green", "grey"); None for what is no name."""
    return COLORS.get("".join(said.split()).casefold().replace("grey", "gray"))
