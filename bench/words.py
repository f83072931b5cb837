"""The invented names that the measurements draw by chance, from `words.yml`."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

__all__ = ["drawn"]

_FILE = Path(__file__).with_suffix(".yml")


@functools.cache
def drawn(measurement: str) -> Mapping[str, Any]:
    """The word lists of one measurement, by their names in the file."""
    loaded: Mapping[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))[measurement]
    return loaded
