"""Everyday words, in both languages, by which a text of a list is told apart."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path

import yaml

from directory.model import Language

__all__ = ["common", "in_spanish", "of_a_week", "ranks_in_spanish"]

_FILE = Path(__file__).with_suffix(".yml")


@functools.cache
def common(language: Language) -> frozenset[str]:
    """Common words of the language that are no words of the other."""
    return frozenset(_lists()["common"][language.value].split())


@functools.cache
def of_a_week() -> frozenset[str]:
    """Words that a week of days and times says as well, and those between them, in both languages."""
    return frozenset(word for words in _lists()["week"].values() for word in words.split())


def in_spanish(text: str) -> str | None:
    """A text of nothing but what lists say most in English, in Spanish; None for any other."""
    phrases = _lists()["phrases"]
    parts = [" ".join(part.split()) for part in re.split(r"[.;,]", text) if part.strip()]
    said = [phrases.get(part.casefold()) for part in parts]
    if not parts or None in said:
        return None
    joined = ", ".join(filter(None, said))
    return joined[0].upper() + joined[1:] if parts[0][0].isupper() else joined


def ranks_in_spanish() -> Mapping[str, str]:
    """The weeks of a month: "1st" is "primer"."""
    return _lists()["ranks"]


@functools.cache
def _lists() -> Mapping[str, Mapping[str, str]]:
    loaded: Mapping[str, Mapping[str, str]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return loaded
