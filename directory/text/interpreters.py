"""What is said to somebody who writes in a language that we do not speak: one fixed line in that language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

__all__ = ["PHONES", "codes", "line"]

PHONES = ("911", "988", "211")
"""The numbers that each line names."""

_COMMON = {"zh": ("zh-Hans", "zh-Hant")}
"""Where the characters of a message tell no script, both are said."""


def line(code: str) -> str | None:
    """The line in that language; None where we have none."""
    lines = [str(_lines()[each]["line"]) for each in _COMMON.get(code, (code,)) if each in _lines()]
    return "\n".join(lines) or None


def codes() -> frozenset[str]:
    """The languages that have a line."""
    return frozenset(_lines())


@cache
def _lines() -> Mapping[str, Mapping[str, Any]]:
    loaded: Mapping[str, Mapping[str, Any]] = yaml.safe_load(
        (Path(__file__).parent / "interpreters.yml").read_text("utf-8")
    )
    return loaded
