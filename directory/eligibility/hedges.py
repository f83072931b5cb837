"""What is added where less may be claimed: one sentence for each doubt, from `hedges.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from directory.eligibility.basis import DOUBTS, Doubt
from directory.eligibility.days import spoken
from directory.eligibility.strict import Text, read
from directory.model import Language

__all__ = ["Hedges", "hedge", "load_hedges"]

Hedges = Mapping[str, Text]
"""By the name of the doubt; {day} is the last day that was known or checked."""


def load_hedges(path: Path) -> Hedges:
    """The sentences of the file; RulesError names the key of one that is missing or unknown."""
    return {doubt: entry.twin_with("day") for doubt, entry in read(path).fields(DOUBTS).items()}


def hedge(hedges: Hedges, doubt: Doubt) -> Text:
    """The sentence for a doubt, with its day in words."""
    text = hedges[doubt.reason]
    return Text(*(text.get(language).format(day=spoken(doubt.day, language)) for language in Language))
