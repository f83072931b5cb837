"""The names of places that a reader of messages should know, and those that are also ordinary words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from directory.data.gazetteer import COUNTIES, gazetteer, lines

__all__ = ["STOP_NAMES", "large", "names"]

_SEVERAL = 2

STOP_NAMES: frozenset[str] = frozenset(name.strip() for line in lines("stop_names.csv") for name in line.split(","))
"""Names that are also ordinary words or people's names: not to be taken for a place without context."""


def names() -> Mapping[str, str]:
    """Every lower-case name a gazetteer should know, with and without accents, and the text to give `resolve`."""
    return gazetteer().spoken


def large() -> Iterator[str]:
    """The counties, and the cities with several ZIPs: places that many people live in."""
    yield from COUNTIES
    counts = Counter(found.city for found in gazetteer().zips.values())
    yield from (city for city, count in counts.items() if count >= _SEVERAL)
