"""The months and the days of the week in both languages, for all who read or write a day."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from directory.folding import unaccented
from directory.model import Language

__all__ = ["day_names", "day_words", "month_names", "month_words"]

_FILE = Path(__file__).parent / "almanac.yml"


def month_names(language: Language) -> tuple[str, ...]:
    """The twelve names as we write them: "January", "enero"."""
    return _names("months", language)


def day_names(language: Language) -> tuple[str, ...]:
    """The seven names as we write them, from Monday: "Monday", "lunes"."""
    return _names("days", language)


def month_words() -> tuple[tuple[str, ...], ...]:
    """For each month all its words of both languages, without case and accents: "january", "jan", "enero", "ene"."""
    return _words("months")


def day_words() -> tuple[tuple[str, ...], ...]:
    """For each day from Monday all its words of both languages, without case and accents: "monday", "mo", "lun"."""
    return _words("days")


@functools.cache
def _names(table: str, language: Language) -> tuple[str, ...]:
    return tuple(row[language.value][0] for row in _tables()[table])


@functools.cache
def _words(table: str) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(unaccented(word.casefold()) for language in Language for word in row[language.value])
        for row in _tables()[table]
    )


@functools.cache
def _tables() -> Mapping[str, Sequence[Mapping[str, Sequence[str]]]]:
    loaded: Mapping[str, Sequence[Mapping[str, Sequence[str]]]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return loaded
