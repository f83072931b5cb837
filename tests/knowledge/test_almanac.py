"""Months and weekdays: whole, in order, and no word that means two of them."""

from __future__ import annotations

import calendar
from itertools import chain

import pytest

from directory.almanac import day_names, day_words, month_names, month_words
from directory.folding import unaccented
from directory.model import Language


def test_the_english_names_are_those_of_the_calendar() -> None:
    assert month_names(Language.EN) == tuple(calendar.month_name)[1:]
    assert day_names(Language.EN) == tuple(calendar.day_name)


@pytest.mark.parametrize(
    ("names", "first", "last"),
    [(month_names, "enero", "diciembre"), (day_names, "lunes", "domingo")],
)
def test_the_spanish_names_stand_in_the_same_order(names: object, first: str, last: str) -> None:
    assert callable(names)
    found = names(Language.ES)
    assert (found[0], found[-1]) == (first, last)


@pytest.mark.parametrize("table", [month_words(), day_words()], ids=["months", "days"])
def test_no_word_means_two(table: tuple[tuple[str, ...], ...]) -> None:
    every = list(chain.from_iterable(table))
    assert len(every) == len(set(every))


@pytest.mark.parametrize(("names", "table"), [(month_names, month_words()), (day_names, day_words())])
def test_every_name_is_among_the_words(names: object, table: tuple[tuple[str, ...], ...]) -> None:
    assert callable(names)
    for language in Language:
        for name, words in zip(names(language), table, strict=True):
            assert unaccented(name.casefold()) in words
