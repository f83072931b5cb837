"""Next month's list: the same in another order or with one more column; stopped with a sentence when it may not be."""

from __future__ import annotations

import pytest

from directory.errors import ChangedHeadings
from directory.sync import recognize
from directory.sync.propose.trying import source_of
from directory.sync.source import Source

from .variants import CELLS

COLUMNS = {
    "Agency": "organization", "Services": "programs", "County": "counties", "Street": "address_1", "City": "city",
    "ZIP": "postal_code", "Phone": "phones", "Website": "url", "Hours": "hours_text", "About": "description",
}  # fmt: skip
"""Heading -> what its cells are."""
TEXT = """
id: roster
title: Roster
format: {kind: csv}
row_id: {hash: [Agency, Street]}
columns:
  organization: Agency
  programs: Services
  counties: County
  address_1: Street
  city: City
  postal_code: ZIP
  phones: Phone
  url: Website
  hours_text: Hours
  description: About
"""


def source(more: str = "") -> Source:
    return source_of("roster", TEXT + more)


def check(columns: dict[str, str], more: str = "") -> recognize.Checked:
    """The check of a list with these columns: heading -> what its cells are."""
    cells = [
        dict(zip(columns, row, strict=True)) for row in zip(*(CELLS[kind] for kind in columns.values()), strict=True)
    ]
    return recognize.check(tuple(columns), source(more), cells, name="roster.csv")


def test_the_same_in_another_order() -> None:
    assert check(dict(reversed(COLUMNS.items()))) == recognize.Checked()


@pytest.mark.parametrize(
    ("heading", "cells"), [("Budget", "money"), ("Notes", "words"), ("Beds", "beds"), ("", "words")]
)
def test_a_new_column_is_left_aside_and_said(heading: str, cells: str) -> None:
    assert check({**COLUMNS, heading: cells}).ignored == (heading,)


RENAMED = {
    "Phone": ("Main phone", "phones"), "Agency": ("Agency name", "organization"), "ZIP": ("Postal code", "postal_code"),
    "Hours": ("Days and hours", "hours_text"), "County": ("Counties served", "counties"),
    "About": ("About them", "description"), "Website": ("Link", "url"),
}  # fmt: skip


@pytest.mark.parametrize("heading", RENAMED)
def test_a_renamed_column_is_named_with_how_to_accept_it(heading: str) -> None:
    new, _ = RENAMED[heading]
    columns = {(new if name == heading else name): kind for name, kind in COLUMNS.items()}
    with pytest.raises(ChangedHeadings, match=f'"{heading}" seems now to be called "{new}"') as stopped:
        check(columns)
    assert f'puente source accept roster --heading "{heading}={new}"' in str(stopped.value)
    accepted = check(columns, f'also: {{"{heading}": ["{new}"]}}\n')
    assert accepted.renamed == {new: heading}
    assert not accepted.ignored


# What is changed -> what the list has then, and the words that have to be said
STOPPED = {
    "gone": ({"Phone": None}, 'Missing: "Phone"'),
    "two gone, one new": ({"Phone": None, "Hours": None, "Line": "phones"}, 'Missing: "Hours", "Phone". New: "Line"'),
    "another thing under a like name": ({"Phone": None, "Phone type": "words"}, 'Missing: "Phone". New: "Phone type"'),
    "slipped": ({"Phone": "postal_code"}, '"Phone" now holds ZIP codes'),
    "names slipped": ({"Agency": "phones"}, '"Agency" now holds phones'),
    "city slipped": ({"City": "assured_on"}, '"City" now holds days'),
    "twins": ({"Phone (2)": "phones"}, 'Two columns are called "Phone"'),
    "a second phone": ({"New number": "phones"}, '"New number" is new and holds phones, as "Phone" does'),
    "in its place": ({"County": "empty", "Area": "counties"}, '"Area" is new and holds counties, as "County" does'),
    "another list": (dict.fromkeys(COLUMNS) | {"Drug": "words", "Dose": "words"}, "None of its columns is there"),
}  # fmt: skip


@pytest.mark.parametrize("case", STOPPED)
def test_what_may_be_another_list_is_stopped_with_a_sentence(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CELLS, "empty", ("",) * 6)
    changed, words = STOPPED[case]
    columns = {heading: kind for heading, kind in {**COLUMNS, **changed}.items() if kind is not None}
    with pytest.raises(ChangedHeadings) as stopped:
        check(columns)
    assert words in str(stopped.value)
    assert "Nothing was changed." in str(stopped.value)


def test_a_column_that_a_person_left_aside_is_no_news() -> None:
    assert check({**COLUMNS, "New number": "phones"}, "ignored: [New number]\n") == recognize.Checked()


def test_a_list_too_short_to_tell_is_not_stopped_for_what_it_holds() -> None:
    cells = [dict.fromkeys(COLUMNS, "") | {"Agency": "Heron House", "Phone": "95354"}]
    assert recognize.check(tuple(COLUMNS), source(), cells, name="roster.csv") == recognize.Checked()
