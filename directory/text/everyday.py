"""Everyday words, in both languages, by which a text of a list is told apart."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

import yaml

from directory.model import Language

__all__ = ["common", "of_a_week"]

_FILE = Path(__file__).with_suffix(".yml")


@functools.cache
def common(language: Language) -> frozenset[str]:
    """Common words of the language that are no words of the other."""
    return frozenset(_lists()["common"][language.value].split())


@functools.cache
def of_a_week() -> frozenset[str]:
    """Words that a week of days and times says as well, and those between them, in both languages."""
    return frozenset(word for words in _lists()["week"].values() for word in words.split())


@functools.cache
def _lists() -> Mapping[str, Mapping[str, str]]:
    loaded: Mapping[str, Mapping[str, str]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return loaded
