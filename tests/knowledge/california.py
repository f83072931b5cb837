"""The tables of places, and a resolution as tests write it."""

from __future__ import annotations

import csv
from pathlib import Path

from directory import places
from directory.model import Place

DATA = Path(places.__file__).parents[1] / "data"


def rows(file: str) -> list[dict[str, str]]:
    text = (DATA / file).read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def brief(resolution: places.Resolution) -> str:
    """A resolution as these tables write it."""
    if isinstance(resolution, Place):
        return f"{resolution.kind.value} {resolution.name}, {resolution.county}"
    if isinstance(resolution, (places.OverCountyLine, places.Ambiguous)):
        return f"{type(resolution).__name__}: " + " | ".join(brief(option) for option in resolution.options)
    return type(resolution).__name__
