"""What a message of danger says beside its kind: of whom, whether it is done, at whose hands, or that it is none."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from actions.openings import Opened
from actions.patterns import either
from actions.said.plain import plain
from directory.eligibility import strict

__all__ = ["afraid_at_home", "denied", "done_by_self", "done_to_another", "of_somebody_near"]

_FILE = Path(__file__).with_name("in_danger.yml")
_MOST = 14
"""A denial of more words than this tells a story, and is heard as one."""


def done_to_another(text: str) -> bool:
    """Whether somebody else has hurt themselves already: "my son cut his wrists"."""
    return _fits("done", text)


def done_by_self(text: str) -> bool:
    """Whether the one who writes has."""
    return _fits("of_self", text)


def of_somebody_near(text: str) -> bool:
    """Whether it is told of a relative, a friend or a patient, and nothing of oneself."""
    return _fits("third", text) and not re.search(_tables()["me"], plain(text))


def afraid_at_home(text: str) -> bool:
    """Whether the one who writes is afraid of, or hurt by, a parent or another relative at home."""
    return _fits("afraid", text)


def denied(text: str) -> bool:
    """Whether a message only says that it is not so: "no, I do not want to kill myself"."""
    said = f" {plain(text)} "
    if len(said.split()) > _MOST or "?" in said:
        return False
    spans = [match.span() for match in _patterns()["denied"].finditer(said)]
    if not spans:
        return False
    left = "".join(letter for at, letter in enumerate(said) if not any(start <= at < end for start, end in spans))
    return not re.search(_tables()["still"], left)


def _fits(name: str, text: str) -> bool:
    return _patterns()[name].search(f" {plain(text)} ") is not None


@functools.cache
def _patterns() -> Mapping[str, Opened]:
    tables = _tables()
    return {name: either(tables[name], tables["words"]) for name in ("done", "of_self", "third", "afraid", "denied")}


@functools.cache
def _tables() -> Mapping[str, Any]:
    read = strict.plain(_FILE)
    assert isinstance(read, dict)
    return read
